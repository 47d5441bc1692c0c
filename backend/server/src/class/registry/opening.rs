//! Opening: a class begins, with a code that no other has, and is in the journal before anyone hears of it.

use convocation_classroom::{
    class::Class,
    entry::Opening,
    ids::{ClassCode, ClassTime, PictureId},
    outline::Outline,
};
use convocation_storage::{Birth, ClassKey, StorageError, StoredPicture};
use uuid::Uuid;

use super::Classes;
use crate::{
    class::{
        clock::{ClassClock, now},
        owner::Estate,
    },
    origin::Neighbourhood,
    refusal::Refusal,
    secret::{self, Secret},
};

/// Codes tried before the server gives up to find one that is free.
const CODE_TRIES: usize = 16;

/// How the host is called at first.
const HOST_NAME: &str = "Instructor";

/// What a class begins with.
pub struct Beginning {
    /// The network.
    pub outline: Outline,
    /// The picture.
    pub picture: PictureId,
    /// Its bytes, unless it came with the network.
    pub stored: Option<StoredPicture>,
}

/// A class that was just opened.
pub struct Opened {
    /// Its join code.
    pub code: ClassCode,
    /// For the host's link.
    pub host: Secret,
    /// For the assistants' link.
    pub assistant: Secret,
}

impl Classes {
    /// Opens a class.
    ///
    /// # Errors
    /// Too many classes, or the journal does not take it.
    pub async fn open(&self, beginning: Beginning, from: Neighbourhood) -> Result<Opened, Refusal> {
        if self.is_draining() {
            return Err(Refusal::Restarting);
        }
        if self.inner.openings.is_full(from) {
            return Err(Refusal::TooManyRequests);
        }
        if self.len() >= self.inner.most {
            return Err(Refusal::TooManyClasses);
        }
        self.inner.openings.count(from);
        let (host, assistant) = (Secret::random(), Secret::random());
        let key = ClassKey(Uuid::new_v4());
        for _ in 0..CODE_TRIES {
            let code = ClassCode::from_bits(secret::bits());
            let opening = Opening {
                code: code.clone(),
                host: host.hash(),
                assistant: assistant.hash(),
                outline: beginning.outline.clone(),
                picture: beginning.picture.clone(),
                host_name: HOST_NAME.to_owned(),
            };
            let birth = Birth {
                class: key,
                opened_at: now(),
                opening,
                picture: beginning.stored.clone(),
            };
            match self.inner.surroundings.journal.open(birth.clone()).await {
                Ok(()) => {
                    self.begin(birth, from);
                    return Ok(Opened {
                        code,
                        host,
                        assistant,
                    });
                }
                Err(StorageError::CodeTaken) => {}
                Err(error) => {
                    tracing::error!(%error, "the journal did not take a new class");
                    return Err(Refusal::Busy);
                }
            }
        }
        tracing::error!("found no free code for a class");
        Err(Refusal::Busy)
    }

    fn begin(&self, birth: Birth, from: Neighbourhood) {
        let class = Class::open(&birth.opening);
        self.inner
            .surroundings
            .pictures
            .pin(&birth.opening.picture, birth.class);
        let clock = ClassClock::resume(birth.opened_at, ClassTime(0));
        let handle = self.start(Estate {
            key: birth.class,
            class,
            clock,
            last_seen: birth.opened_at,
        });
        handle.remember(from);
        self.write().insert(birth.opening.code, handle);
        tracing::info!(class = %birth.class, "class opened");
    }
}
