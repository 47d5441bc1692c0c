//! The registry: all running classes by code. Starts their owners, finds them and lets them go. How a class begins is
//! in `opening`, how it comes back after a restart in `restoring`, what is left of it in `keeping`; what happens in it is its owner's
//! matter.

mod keeping;
mod opening;
mod restoring;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use convocation_classroom::ids::ClassCode;
use futures_util::future::join_all;
use tokio::{
    runtime::Handle,
    sync::{mpsc, watch},
};
use tracing::Instrument;

pub use keeping::{HostClaim, Recording};
pub use opening::Beginning;

use super::{
    archive::Archive,
    front::Front,
    handle::ClassHandle,
    owner::{Desk, Estate, Finish, Owner, Surroundings},
};
use crate::{meters::Counted, origin::Neighbourhood, refusal::Refusal, tally::Tally};

/// Calls that may wait for the owner of a class: a thousand students who come back in the same second, and the driver.
const MAILBOX: usize = 2_048;

/// Wrong codes per neighbourhood and minute. A school that types 100 times wrong in a minute is rare; whoever tries all 10^9 codes at this
/// rate needs 19,000 years.
pub const WRONG_CODES: u32 = 100;

/// Classes that one neighbourhood may open per minute: every room of a large school at the start of the lesson.
const OPENINGS: u32 = 60;

/// The longest that a class may take to complete its journal when the server goes down.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// All running classes.
#[derive(Clone)]
pub struct Classes {
    inner: Arc<Inner>,
}

struct Inner {
    by_code: RwLock<HashMap<ClassCode, ClassHandle>>,
    archive: Mutex<Archive>,
    surroundings: Surroundings,
    most: usize,
    wrong_codes: Tally,
    openings: Tally,
    /// Where owners run: not on the web threads, which have each their own runtime.
    runtime: Handle,
    draining: AtomicBool,
}

impl Classes {
    /// None yet. Must be called within the runtime that will run the owners.
    #[must_use]
    pub fn new(surroundings: Surroundings, most: usize) -> Self {
        let inner = Inner {
            by_code: RwLock::default(),
            archive: Mutex::default(),
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

    fn start(&self, estate: Estate) -> ClassHandle {
        let (calls_sender, calls) = mpsc::channel(MAILBOX);
        let (departures_sender, departures) = mpsc::unbounded_channel();
        let (front_sender, front) = watch::channel(Front::of(&estate.class));
        let code = estate.class.code().clone();
        let span = tracing::info_span!("owner", class = %estate.key);
        let desk = Desk {
            calls,
            departures,
            calls_sender: calls_sender.downgrade(),
            departures_sender,
            front: front_sender,
        };
        let handle = ClassHandle::new(calls_sender, front, &estate);
        let owner = Owner::new(estate, desk, self.inner.surroundings.clone());
        let (classes, counted) = (self.clone(), Counted::class());
        let running = async move {
            match owner.run().await {
                Finish::Ended(past) => {
                    // At any moment the class is in one of both.
                    classes.archive().put(code.clone(), past);
                    classes.write().remove(&code);
                }
                Finish::Deleted => drop(classes.write().remove(&code)),
                Finish::Drained => {}
            }
            drop(counted);
        };
        self.inner.runtime.spawn(running.instrument(span));
        handle
    }

    /// The class with a code, for someone who has nothing but the code.
    ///
    /// # Errors
    /// [`Refusal::NoSuchClass`]; [`Refusal::ClassOver`]; [`Refusal::TooManyWrongCodes`] for those who tried too many.
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
            // A class that comes back to its page after the end has typed nothing wrong.
            _ if code.is_some_and(|code| self.archive().find(code).is_some()) => {
                Err(Refusal::ClassOver)
            }
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

    fn archive(&self) -> MutexGuard<'_, Archive> {
        self.inner
            .archive
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
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
