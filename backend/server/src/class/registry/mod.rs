//! The registry: all running classes by code. Opens them, finds them, brings them back after a restart and lets them go. What happens in
//! a class is its owner's matter.

mod restoring;

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use convocation_classroom::{
    class::Class,
    entry::Opening,
    ids::{ClassCode, ClassTime, PictureId},
    outline::Outline,
};
use convocation_storage::{Birth, ClassKey, StorageError, StoredPicture};
use futures_util::future::join_all;
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
};
use tracing::Instrument;
use uuid::Uuid;

use super::{
    clock::{ClassClock, now},
    handle::ClassHandle,
    owner::{Desk, Estate, Finish, Owner, Surroundings},
};
use crate::{
    meters::Counted,
    origin::Neighbourhood,
    refusal::Refusal,
    secret::{self, Secret},
    tally::Tally,
};

/// Calls that may wait for the owner of a class: a thousand students who come back in the same second, and the driver.
const MAILBOX: usize = 2_048;

/// Wrong codes per neighbourhood and minute. A school that types 100 times wrong in a minute is rare; whoever tries all 10^9 codes at this
/// rate needs 19,000 years.
pub const WRONG_CODES: u32 = 100;

/// Classes that one neighbourhood may open per minute: every room of a large school at the start of the lesson.
const OPENINGS: u32 = 60;

/// Codes tried before the server gives up to find one that is free.
const CODE_TRIES: usize = 16;

/// How the host is called at first.
const HOST_NAME: &str = "Instructor";

/// The longest that a class may take to complete its journal when the server goes down.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// All running classes.
#[derive(Clone)]
pub struct Classes {
    inner: Arc<Inner>,
}

struct Inner {
    by_code: RwLock<HashMap<ClassCode, ClassHandle>>,
    surroundings: Surroundings,
    most: usize,
    wrong_codes: Tally,
    openings: Tally,
    /// Where owners run: not on the web threads, which have each their own runtime.
    runtime: Handle,
    draining: AtomicBool,
}

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
    /// None yet. Must be called within the runtime that will run the owners.
    #[must_use]
    pub fn new(surroundings: Surroundings, most: usize) -> Self {
        let inner = Inner {
            by_code: RwLock::default(),
            surroundings,
            most,
            wrong_codes: Tally::new(WRONG_CODES),
            openings: Tally::new(OPENINGS),
            runtime: Handle::current(),
            draining: AtomicBool::new(false),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

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

    fn start(&self, estate: Estate) -> ClassHandle {
        let (calls_sender, calls) = mpsc::channel(MAILBOX);
        let (departures_sender, departures) = mpsc::unbounded_channel();
        let (locked_sender, locked) = watch::channel(estate.class.room().locked);
        let code = estate.class.code().clone();
        let span = tracing::info_span!("owner", class = %estate.key);
        let desk = Desk {
            calls,
            departures,
            calls_sender: calls_sender.downgrade(),
            departures_sender,
            locked: locked_sender,
        };
        let owner = Owner::new(estate, desk, self.inner.surroundings.clone());
        let (classes, counted) = (self.clone(), Counted::class());
        let ended = code.clone();
        let running = async move {
            if owner.run().await == Finish::Ended {
                classes.write().remove(&ended);
            }
            drop(counted);
        };
        self.inner.runtime.spawn(running.instrument(span));
        ClassHandle::new(calls_sender, locked)
    }

    /// The class with a code, for someone who has nothing but the code.
    ///
    /// # Errors
    /// [`Refusal::NoSuchClass`]; [`Refusal::TooManyWrongCodes`] for those who tried too many.
    pub fn find(
        &self,
        code: Option<&ClassCode>,
        from: Neighbourhood,
    ) -> Result<ClassHandle, Refusal> {
        let handle = code.and_then(|code| self.read().get(code).cloned());
        // Where someone of the class is already, everyone may come in, whatever others there typed: a school has one address.
        let is_slowed = self.inner.wrong_codes.is_full(from);
        match handle {
            Some(handle) if !is_slowed || handle.is_at_home(from) => Ok(handle),
            _ if is_slowed => Err(Refusal::TooManyWrongCodes),
            _ => {
                self.inner.wrong_codes.count(from);
                Err(Refusal::NoSuchClass)
            }
        }
    }

    /// Running classes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read().len()
    }

    /// Whether the server goes down.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.inner.draining.load(Ordering::Relaxed)
    }

    /// Tells everyone that the server goes down, and completes the journal.
    pub async fn drain(&self) {
        self.inner.draining.store(true, Ordering::Relaxed);
        let handles: Vec<ClassHandle> = self.read().values().cloned().collect();
        let draining = join_all(handles.iter().map(ClassHandle::drain));
        if tokio::time::timeout(DRAIN_TIMEOUT, draining).await.is_err() {
            tracing::warn!("not all classes were told in time that the server goes down");
        }
        match tokio::time::timeout(DRAIN_TIMEOUT, self.inner.surroundings.journal.flush()).await {
            Ok(Ok(())) => tracing::info!(
                classes = handles.len(),
                "everyone was told, the journal is complete"
            ),
            Ok(Err(error)) => tracing::error!(%error, "the journal could not be completed"),
            Err(_) => tracing::error!("the journal was not complete in time"),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<ClassCode, ClassHandle>> {
        self.inner
            .by_code
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<ClassCode, ClassHandle>> {
        self.inner
            .by_code
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
