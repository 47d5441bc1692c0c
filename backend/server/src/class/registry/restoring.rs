//! Restoring: classes come back from the journal when the server starts.

use std::collections::HashSet;

use anyhow::Context;
use convocation_classroom::{
    class::{Class, Lifecycle},
    ids::ClassTime,
};
use convocation_storage::{ClassKey, Saved, UnixMs};

use super::Classes;
use crate::class::{archive::Past, clock::ClassClock, owner::Estate};

/// What became of a class that the journal has.
enum Return {
    Running,
    /// Its recording is there.
    Over,
    /// It was there for too long.
    TooLate,
    /// The rules do not know what to do with it.
    Refused,
}

impl Classes {
    /// Brings back the classes that the journal has; deletes those that nobody came to for too long, and recordings whose time
    /// has come.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn restore(&self) -> anyhow::Result<()> {
        let surroundings = &self.inner.surroundings;
        let loaded = surroundings.journal.load().await;
        let loaded = loaded.context("cannot read the journal")?;
        let (mut over, mut deleted, mut unreadable) = (0, 0, 0);
        for class in loaded.unreadable {
            if surroundings.is_past(class.last_seen) {
                self.delete(class.class).await?;
                deleted += 1;
            } else {
                tracing::error!(class = %class.class, reason = class.reason, "a class cannot be read and stays closed");
                unreadable += 1;
            }
        }
        for saved in loaded.classes {
            match self.bring_back(saved).await? {
                Return::Running => {}
                Return::Over => over += 1,
                Return::TooLate => deleted += 1,
                Return::Refused => unreadable += 1,
            }
        }
        tracing::info!(
            classes = self.len(),
            over,
            deleted,
            unreadable,
            "classes are back from the journal"
        );
        Ok(())
    }

    async fn bring_back(&self, saved: Saved) -> anyhow::Result<Return> {
        let surroundings = &self.inner.surroundings;
        let mut class = Class::open(&saved.opening);
        let mut shown = HashSet::from([saved.opening.picture.clone()]);
        for entry in &saved.entries {
            if let Err(rejection) = class.apply(entry) {
                // Such a class would go on from another state than the one that was acknowledged.
                tracing::error!(class = %saved.class, %rejection, "the rules refuse an entry of the journal; the class stays closed");
                return Ok(Return::Refused);
            }
            // A step of a lesson or a student's view brings a picture that its entry does not name.
            if !shown.contains(&class.stage().picture) {
                shown.insert(class.stage().picture.clone());
            }
        }
        let left_at = match class.lifecycle() {
            Lifecycle::Ended { at } => UnixMs(saved.opened_at.0.saturating_add(at.0.into())),
            Lifecycle::Open | Lifecycle::Locked => saved.last_seen,
        };
        if surroundings.is_past(left_at) && !class.is_kept() {
            self.delete(saved.class).await?;
            return Ok(Return::TooLate);
        }
        let code = class.code().clone();
        if class.room().ended {
            let past = Past {
                key: saved.class,
                host: class.host_secret().clone(),
                ended_at: left_at,
                kept: class.is_kept(),
            };
            self.archive().put(code, past);
            return Ok(Return::Over);
        }
        for picture in &shown {
            surroundings.pictures.pin(picture, saved.class);
        }
        let last = saved.entries.last().map_or(ClassTime(0), |entry| entry.at);
        let clock = ClassClock::resume(saved.opened_at, last);
        let handle = self.start(Estate {
            key: saved.class,
            class,
            clock,
            last_seen: saved.last_seen,
        });
        self.write().insert(code, handle);
        Ok(Return::Running)
    }

    async fn delete(&self, class: ClassKey) -> anyhow::Result<()> {
        let journal = &self.inner.surroundings.journal;
        let deleted = journal.delete(class).await;
        deleted.context("cannot delete a class from the journal")
    }
}
