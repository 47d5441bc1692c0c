//! Restoring: classes come back from the journal when the server starts.

use std::time::Duration;

use anyhow::Context;
use convocation_classroom::{class::Class, ids::ClassTime};
use convocation_storage::Saved;

use super::Classes;
use crate::class::{
    clock::{ClassClock, now},
    owner::{Estate, IDLE_LIMIT},
};

impl Classes {
    /// Brings back the classes that the journal has; deletes those that nobody came to for too long.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn restore(&self) -> anyhow::Result<()> {
        let journal = &self.inner.surroundings.journal;
        let loaded = journal.load().await.context("cannot read the journal")?;
        for unreadable in &loaded.unreadable {
            tracing::error!(class = %unreadable.class, reason = unreadable.reason, "a class cannot be read and stays closed");
        }
        let forgotten = loaded
            .unreadable
            .iter()
            .map(|class| (class.class, class.last_seen));
        let (old, current): (Vec<Saved>, Vec<Saved>) = loaded
            .classes
            .into_iter()
            .partition(|saved| is_forgotten(saved.last_seen.0));
        let forgotten = forgotten
            .filter(|(_, seen)| is_forgotten(seen.0))
            .map(|(class, _)| class);
        for class in forgotten.chain(old.iter().map(|saved| saved.class)) {
            journal
                .delete(class)
                .await
                .context("cannot delete an old class from the journal")?;
        }
        let count = current.len();
        for saved in current {
            self.bring_back(saved).await?;
        }
        tracing::info!(
            classes = count,
            deleted = old.len(),
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
            return self
                .inner
                .surroundings
                .journal
                .delete(saved.class)
                .await
                .context("cannot delete a class that is over");
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
}

fn is_forgotten(last_seen_unix_ms: u64) -> bool {
    Duration::from_millis(now().0.saturating_sub(last_seen_unix_ms)) > IDLE_LIMIT
}
