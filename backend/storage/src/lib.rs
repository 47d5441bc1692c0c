//! The journal: what classes have been through, kept so that a killed server comes back with codes, names, seats and stage. It
//! stores and returns entries; whether they make sense is decided in `convocation-classroom`. No HTTP, no ONNX.

mod error;
mod journal;
mod sqlite;

pub use error::StorageError;
pub use journal::{
    Answer, Birth, ClassKey, Journal, KEPT_PICTURES, Loaded, Record, Saved, StoredPicture, UnixMs,
    Unreadable,
};
pub use sqlite::SqliteJournal;
