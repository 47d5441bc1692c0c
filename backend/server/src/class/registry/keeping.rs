//! Keeping: what the host of a class does with its recording, during the class and after it, and how it is deleted in time. Who the host
//! is, the secret proves.

use std::time::Duration;

use convocation_classroom::{
    class::Class,
    entry::{Entry, Event},
    ids::{ClassCode, ClassTime, SecretHash},
    rejection::Rejection,
};
use convocation_storage::{ClassKey, Record, Saved, StorageError, UnixMs};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::Classes;
use crate::{class::handle::ClassHandle, origin::Neighbourhood, refusal::Refusal};

/// How often it is looked whether a recording has to go.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Recordings of ended classes that are there at a time, per class that may run: several lessons in one room within the time that they
/// stay.
const PAST_PER_RUNNING: usize = 8;

/// A class that ends in the very moment is looked for again, so often and after so long: then it is over, or its owner is too busy.
const ENDING_LOOKS: u32 = 20;
const ENDING_EVERY: Duration = Duration::from_millis(50);

/// A class as its host finds it.
enum Owned {
    Running(ClassHandle),
    Past(ClassKey),
}

/// The host at the door of the recording.
#[derive(Clone)]
pub struct HostClaim {
    /// The code; nothing when it cannot be one.
    pub code: Option<ClassCode>,
    /// Hash of what is presented as the host's secret.
    pub secret: SecretHash,
    /// From where.
    pub from: Neighbourhood,
}

/// A recording, and until when it is there.
pub struct Recording {
    /// What the journal has.
    pub saved: Saved,
    /// When it will be deleted; nothing while the class runs or the host keeps it.
    pub gone_at: Option<UnixMs>,
}

impl Classes {
    /// The recording of a class, for its host.
    ///
    /// # Errors
    /// [`Refusal::NoSuchClass`], [`Refusal::TooManyWrongCodes`], [`Refusal::NotHost`], or the journal does not answer.
    pub async fn recording(&self, claim: &HostClaim) -> Result<Recording, Refusal> {
        let (key, code) = match self.owned(claim)? {
            (Owned::Running(handle), code) => (handle.key, code),
            (Owned::Past(key), code) => (key, code),
        };
        let saved = self.saved(key).await?;
        let past = self.archive().find(code).cloned();
        let retention_ms = self.inner.surroundings.retention.as_millis();
        let retention_ms = u64::try_from(retention_ms).unwrap_or(u64::MAX);
        let gone_at = past
            .filter(|past| !past.kept)
            .map(|past| UnixMs(past.ended_at.0.saturating_add(retention_ms)));
        Ok(Recording { saved, gone_at })
    }

    /// Keeps the recording of a class, or does not any more.
    ///
    /// # Errors
    /// As [`Classes::recording`]; [`Refusal::TooManyClasses`] when as many are kept as the server has room for.
    pub async fn keep(&self, claim: &HostClaim, kept: bool) -> Result<(), Refusal> {
        for _ in 0..ENDING_LOOKS {
            let (owned, code) = self.owned(claim)?;
            if kept && self.archive().kept() >= self.inner.most {
                return Err(Refusal::TooManyClasses);
            }
            match owned {
                Owned::Running(handle) => {
                    if handle.keep(kept).await.is_ok() {
                        return Ok(());
                    }
                }
                Owned::Past(key) => {
                    self.keep_past(key, kept).await?;
                    self.archive().keep(code, kept);
                    return Ok(());
                }
            }
            sleep(ENDING_EVERY).await;
        }
        Err(Refusal::Busy)
    }

    /// Deletes a class with all that belongs to it; whoever is there is told.
    ///
    /// # Errors
    /// As [`Classes::recording`].
    pub async fn delete_now(&self, claim: &HostClaim) -> Result<(), Refusal> {
        for _ in 0..ENDING_LOOKS {
            match self.owned(claim)? {
                (Owned::Running(handle), _) => {
                    if handle.delete().await {
                        return Ok(());
                    }
                }
                (Owned::Past(key), code) => {
                    return self.remove(code, key).await.map_err(|error| {
                        tracing::error!(class = %key, %error, "cannot delete a class");
                        Refusal::Busy
                    });
                }
            }
            sleep(ENDING_EVERY).await;
        }
        Err(Refusal::Busy)
    }

    /// Deletes recordings when their time has come; never returns.
    pub async fn delete_in_time(self) {
        let mut due = interval(LOOK_EVERY);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            due.tick().await;
            self.delete_past().await;
        }
    }

    async fn delete_past(&self) {
        let surroundings = &self.inner.surroundings;
        let most = self.inner.most.saturating_mul(PAST_PER_RUNNING);
        let due = self.archive().due(most, |then| surroundings.is_past(then));
        for (code, key) in due {
            match self.remove(&code, key).await {
                Ok(()) => tracing::info!(class = %key, "recording deleted"),
                Err(error) => tracing::error!(class = %key, %error, "cannot delete a recording"),
            }
        }
    }

    async fn remove(&self, code: &ClassCode, key: ClassKey) -> Result<(), StorageError> {
        self.inner.surroundings.journal.delete(key).await?;
        self.archive().remove(code);
        Ok(())
    }

    fn owned<'a>(&self, claim: &'a HostClaim) -> Result<(Owned, &'a ClassCode), Refusal> {
        let code = claim.code.as_ref().ok_or(Refusal::NoSuchClass);
        match self.find(claim.code.as_ref(), claim.from) {
            Ok(handle) if handle.host == claim.secret => Ok((Owned::Running(handle), code?)),
            Ok(_) => Err(Refusal::NotHost),
            Err(Refusal::ClassOver) => {
                let code = code?;
                match self.archive().find(code) {
                    Some(past) if past.host == claim.secret => Ok((Owned::Past(past.key), code)),
                    Some(_) => Err(Refusal::NotHost),
                    None => Err(Refusal::NoSuchClass),
                }
            }
            Err(refusal) => Err(refusal),
        }
    }

    async fn saved(&self, key: ClassKey) -> Result<Saved, Refusal> {
        let saved = self.inner.surroundings.journal.read(key).await;
        let saved = saved.map_err(|error| {
            tracing::error!(class = %key, %error, "the journal did not give a class");
            Refusal::Busy
        })?;
        saved.ok_or(Refusal::NoSuchClass)
    }

    /// The journal of a class without an owner goes on by one entry.
    async fn keep_past(&self, key: ClassKey, kept: bool) -> Result<(), Refusal> {
        let saved = self.saved(key).await?;
        let mut class = Class::open(&saved.opening);
        let replayed: Result<Vec<_>, Rejection> = saved
            .entries
            .iter()
            .map(|entry| class.apply(entry))
            .collect();
        let entry = Entry {
            at: saved.entries.last().map_or(ClassTime(0), |entry| entry.at),
            event: Event::Keep { kept },
        };
        let changes = replayed
            .and_then(|_| class.apply(&entry))
            .map_err(|rejection| {
                tracing::error!(class = %key, %rejection, "the rules refuse an entry of the journal");
                Refusal::Internal
            })?;
        if changes.is_empty() {
            return Ok(());
        }
        let record = Record {
            class: key,
            sequence: class.sequence(),
            entry,
            picture: None,
        };
        let appended = self.inner.surroundings.journal.append(record).await;
        appended.map_err(|error| {
            tracing::error!(class = %key, %error, "the journal did not take an entry");
            Refusal::Busy
        })
    }
}
