//! What can go wrong with a journal.

use std::sync::Arc;

use crate::journal::ClassKey;

/// Why the journal did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StorageError {
    /// More is waiting to be written than the journal takes: try again later, or refuse the one who asked.
    #[error("the journal is clogged")]
    Clogged,
    /// The journal has stopped.
    #[error("the journal is closed")]
    Closed,
    /// The journal has no such class.
    #[error("the journal has no class {0}")]
    UnknownClass(ClassKey),
    /// There is a class with this key already.
    #[error("class {0} is in the journal already")]
    KnownClass(ClassKey),
    /// Another class has this join code.
    #[error("the join code is taken")]
    CodeTaken,
    /// The entry is not the one after the last: someone else wrote, or wrote twice.
    #[error("entry {offered} of class {class} does not follow entry {last}")]
    Conflict {
        /// Whose entry.
        class: ClassKey,
        /// The number it came with.
        offered: u32,
        /// The number of the last entry kept, 0 when there is none.
        last: u32,
    },
    /// Another process uses the journal.
    #[error("{0} is used by another process")]
    InUse(String),
    /// The journal was written by another version of this program.
    #[error("the journal has format {found}, this version reads format {known}")]
    OtherFormat {
        /// What the file says.
        found: u32,
        /// What this version reads and writes.
        known: u32,
    },
    /// The disk, the file or the network failed.
    #[error("the journal failed: {0}")]
    Failed(#[source] Arc<dyn std::error::Error + Send + Sync>),
}

impl StorageError {
    pub(crate) fn failed(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Failed(Arc::new(cause))
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(cause: rusqlite::Error) -> Self {
        Self::failed(cause)
    }
}
