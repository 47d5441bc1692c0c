//! Journaling: a class in two states, what the journal has and what it will have. Many entries are on their way to the journal at a time;
//! they are acknowledged and shown in order, and only once they are kept. When one cannot be kept, none after it counts either.

use std::sync::Arc;

use convocation_classroom::{changes::Changes, class::Class, entry::Entry, rejection::Rejection};
use convocation_storage::{ClassKey, Journal, Record, StorageError, StoredPicture};
use futures_util::{
    FutureExt, StreamExt,
    future::{self, BoxFuture},
    stream::FuturesOrdered,
};

use crate::meters::JOURNAL_FAILURES;

/// Entries that may be on their way at a time: the journal takes them together, so more would only wait.
const ON_THEIR_WAY: usize = 256;

/// A class and its journal. `T` is what has to happen when an entry is kept, or not.
pub struct Journaled<T> {
    key: ClassKey,
    journal: Arc<dyn Journal>,
    /// As the journal has it: what everyone sees.
    kept: Class,
    /// With the entries on their way: what the rules look at.
    ahead: Class,
    on_their_way: FuturesOrdered<BoxFuture<'static, Written<T>>>,
    failing: bool,
}

struct Written<T> {
    /// Nothing for a command that changed nothing.
    entry: Option<Entry>,
    result: Result<(), StorageError>,
    then: T,
}

/// What became of an entry.
pub struct Settled<T> {
    /// What it changed, or that it could not be kept.
    pub outcome: Result<Changes, Rejection>,
    /// As it was handed in.
    pub then: T,
}

impl<T: Send + 'static> Journaled<T> {
    /// A class as the journal has it.
    #[must_use]
    pub fn new(key: ClassKey, journal: Arc<dyn Journal>, class: Class) -> Self {
        let ahead = class.clone();
        Self {
            key,
            journal,
            kept: class,
            ahead,
            on_their_way: FuturesOrdered::new(),
            failing: false,
        }
    }

    /// The class as everyone sees it.
    #[must_use]
    pub fn kept(&self) -> &Class {
        &self.kept
    }

    /// The class as it will be when all entries are kept.
    #[must_use]
    pub fn ahead(&self) -> &Class {
        &self.ahead
    }

    /// Hands an entry in. What comes of it is told by [`Journaled::settled`], in the order in which entries were handed in.
    ///
    /// # Errors
    /// The reason why the rules refuse it, with `then`; nothing changed.
    pub fn hand_in(
        &mut self,
        entry: Entry,
        picture: Option<StoredPicture>,
        then: T,
    ) -> Result<(), (Rejection, T)> {
        if self.failing {
            return Err((Rejection::Busy, then));
        }
        let changes = match self.ahead.apply(&entry) {
            Ok(changes) => changes,
            Err(rejection) => return Err((rejection, then)),
        };
        // What changes nothing has no place in the journal, but its answer keeps its place in the order.
        let writing = if changes.is_empty() {
            future::ready(Written {
                entry: None,
                result: Ok(()),
                then,
            })
            .boxed()
        } else {
            let record = Record {
                class: self.key,
                sequence: self.ahead.sequence(),
                entry: entry.clone(),
                picture,
            };
            let appended = self.journal.append(record);
            async move {
                Written {
                    result: appended.await,
                    entry: Some(entry),
                    then,
                }
            }
            .boxed()
        };
        self.on_their_way.push_back(writing);
        Ok(())
    }

    /// Whether more entries may be handed in now.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.on_their_way.len() < ON_THEIR_WAY
    }

    /// Whether all entries are settled.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.on_their_way.is_empty()
    }

    /// What became of the oldest entry; never comes when there is none. Nothing is lost when the future is dropped.
    pub async fn settled(&mut self) -> Settled<T> {
        let Some(written) = self.on_their_way.next().await else {
            return future::pending().await;
        };
        let outcome = match written {
            Written {
                result: Err(error), ..
            } => {
                metrics::counter!(JOURNAL_FAILURES).increment(1);
                // The entries after it fail for no other reason, so they are counted only.
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::error!(%error, "the journal did not take an entry");
                }
                Err(Rejection::Busy)
            }
            Written { entry: None, .. } if self.failing => Err(Rejection::Busy),
            Written { entry: None, .. } => Ok(Changes::default()),
            Written {
                entry: Some(entry), ..
            } => self.kept.apply(&entry),
        };
        if self.failing && self.on_their_way.is_empty() {
            self.ahead = self.kept.clone();
            self.failing = false;
        }
        Settled {
            outcome,
            then: written.then,
        }
    }
}

#[cfg(test)]
#[path = "journaling_tests.rs"]
mod tests;
