//! The journal as the server sees it: one trait, whatever keeps the data. The promises are in the docs of each method and
//! checked for every implementation by `tests/contract`.

use std::{fmt, pin::Pin};

use convocation_classroom::{
    entry::{Entry, Opening},
    ids::PictureId,
};
use uuid::Uuid;

use crate::error::StorageError;

/// Pictures kept for one class: those chosen last. At most 0.5 MB each, so a class takes at most 32 MB of the disk, and
/// the one on the stage is always among them.
pub const KEPT_PICTURES: u32 = 64;

/// An answer on its way. What was asked takes its place in the order when the method is called, and happens whether or not
/// the answer is awaited.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + Send>>;

/// Keeps classes. Calls take effect in the order in which they are made.
pub trait Journal: Send + Sync {
    /// Begins to keep a class. Answers when it would survive `kill -9`.
    ///
    /// # Errors
    ///
    /// [`StorageError::KnownClass`], [`StorageError::CodeTaken`].
    fn open(&self, birth: Birth) -> Answer<()>;

    /// Adds an entry to a class. Answers when it would survive `kill -9`.
    ///
    /// # Errors
    ///
    /// [`StorageError::UnknownClass`]; [`StorageError::Conflict`] unless its number is the one after the last.
    /// Nothing is kept then.
    fn append(&self, record: Record) -> Answer<()>;

    /// Everything that is kept, except pictures; classes in the order in which they were opened.
    fn load(&self) -> Answer<Loaded>;

    /// One class, without pictures; `None` when there is no such class.
    ///
    /// # Errors
    ///
    /// [`StorageError::Failed`] also when it is there and cannot be read.
    fn read(&self, class: ClassKey) -> Answer<Option<Saved>>;

    /// A picture of a class; `None` when it is not kept.
    fn picture(&self, class: ClassKey, picture: PictureId) -> Answer<Option<Vec<u8>>>;

    /// Someone was connected to the class at `at`. Never goes back; does nothing when there is no such class.
    fn touch(&self, class: ClassKey, at: UnixMs) -> Answer<()>;

    /// Deletes a class with everything that belongs to it. Answers when its bytes are gone from the files of the journal.
    /// Does nothing when there is no such class.
    fn delete(&self, class: ClassKey) -> Answer<()>;

    /// Answers when everything asked before would survive a power loss too.
    fn flush(&self) -> Answer<()>;
}

/// A class by a name that is never used again, unlike its join code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassKey(pub Uuid);

impl fmt::Display for ClassKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A moment: milliseconds since 1970 (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMs(pub u64);

/// The beginning of a class.
#[derive(Clone, Debug)]
pub struct Birth {
    /// Which class.
    pub class: ClassKey,
    /// When its clock began; counts as its last connection until there is one.
    pub opened_at: UnixMs,
    /// How it begins.
    pub opening: Opening,
    /// The picture of the opening, unless it can be had elsewhere.
    pub picture: Option<StoredPicture>,
}

/// One entry of one class.
#[derive(Clone, Debug)]
pub struct Record {
    /// Whose.
    pub class: ClassKey,
    /// Its number, from 1.
    pub sequence: u32,
    /// The entry.
    pub entry: Entry,
    /// The picture it puts on the stage, unless it can be had elsewhere or is kept already.
    pub picture: Option<StoredPicture>,
}

/// A picture that only this class has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPicture {
    /// Its name.
    pub id: PictureId,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Everything that is kept.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Classes as they were.
    pub classes: Vec<Saved>,
    /// Classes that cannot be read. They stay as they are until deleted.
    pub unreadable: Vec<Unreadable>,
}

/// A class as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Which class.
    pub class: ClassKey,
    /// When its clock began.
    pub opened_at: UnixMs,
    /// When someone was last connected.
    pub last_seen: UnixMs,
    /// How it began.
    pub opening: Opening,
    /// What happened since; the first has the number 1.
    pub entries: Vec<Entry>,
}

/// A class that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Which class.
    pub class: ClassKey,
    /// When someone was last connected.
    pub last_seen: UnixMs,
    /// What is wrong with it.
    pub reason: String,
}
