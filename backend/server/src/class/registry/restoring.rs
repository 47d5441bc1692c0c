//! Restoring: classes come back from the journal when the server starts.

use anyhow::Context;
use convocation_classroom::{class::Class, ids::ClassTime};
use convocation_storage::{ClassKey, Saved};

use super::Classes;
use crate::class::{
    clock::{ClassClock, now},
    owner::{Estate, is_forgotten},
};

impl Classes {
    /// Brings back the classes that the journal has; deletes those that nobody came to for too long.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn restore(&self) -> anyhow::Result<()> {
        let journal = &self.inner.surroundings.journal;
        let loaded = journal.load().await.context("cannot read the journal")?;
        let now = now();
        let (mut deleted, mut unreadable) = (0, 0);
        for class in loaded.unreadable {
            if is_forgotten(class.last_seen, now) {
                self.delete(class.class).await?;
                deleted += 1;
            } else {
                tracing::error!(class = %class.class, reason = class.reason, "a class cannot be read and stays closed");
                unreadable += 1;
            }
        }
        for saved in loaded.classes {
            if is_forgotten(saved.last_seen, now) {
                self.delete(saved.class).await?;
                deleted += 1;
            } else {
                self.bring_back(saved).await?;
            }
        }
        tracing::info!(
            classes = self.len(),
            deleted,
            unreadable,
            "classes are back from the journal"
        );
        Ok(())
    }

    async fn bring_back(&self, saved: Saved) -> anyhow::Result<()> {
        let mut class = Class::open(&saved.opening);
        self.inner
            .surroundings
            .pictures
            .pin(&saved.opening.picture, saved.class);
        for entry in &saved.entries {
            if let Err(rejection) = class.apply(entry) {
                // Such a class would go on from another state than the one that was acknowledged.
                tracing::error!(class = %saved.class, %rejection, "the rules refuse an entry of the journal; the class stays closed");
                return Ok(());
            }
            if let Some(picture) = entry.picture() {
                self.inner.surroundings.pictures.pin(picture, saved.class);
            }
        }
        if class.room().ended {
            self.inner.surroundings.pictures.unpin(saved.class);
            return self.delete(saved.class).await;
        }
        let last = saved.entries.last().map_or(ClassTime(0), |entry| entry.at);
        let clock = ClassClock::resume(saved.opened_at, last);
        let code = class.code().clone();
        let handle = self.start(Estate {
            key: saved.class,
            class,
            clock,
            last_seen: saved.last_seen,
        });
        self.write().insert(code, handle);
        Ok(())
    }

    async fn delete(&self, class: ClassKey) -> anyhow::Result<()> {
        let journal = &self.inner.surroundings.journal;
        let deleted = journal.delete(class).await;
        deleted.context("cannot delete a class from the journal")
    }
}
