//! What is said on the wire, written to the journal and kept as a file, as JSON.
//!
//! Here once: `serde_json` is generic over the type, so each crate that called it for a message would compile the code of every
//! command, topic and question again.

use serde_json::Result;

use crate::{
    asked::Asking,
    entry::{Entry, Opening},
    lesson::Lesson,
    question::Resolved,
    recording::Recording,
    report::Report,
    wire::{ClientMessage, ServerMessage},
};

/// A whole document that this crate writes as JSON.
pub trait ToJson {
    /// The document, without white space.
    ///
    /// # Errors
    /// Never for messages: they have text keys and finite numbers only.
    fn to_json(&self) -> Result<String>;
}

/// A whole document that this crate reads from JSON.
pub trait FromJson: Sized {
    /// Reads the document; fields that it does not know are ignored.
    ///
    /// # Errors
    /// When it is not UTF-8, not JSON, or not such a document.
    fn from_json(json: &[u8]) -> Result<Self>;
}

macro_rules! written {
    ($($document:ty),+) => {$(
        impl ToJson for $document {
            fn to_json(&self) -> Result<String> {
                serde_json::to_string(self)
            }
        }
    )+};
}

macro_rules! read {
    ($($document:ty),+) => {$(
        impl FromJson for $document {
            fn from_json(json: &[u8]) -> Result<Self> {
                serde_json::from_slice(json)
            }
        }
    )+};
}

written!(
    ClientMessage,
    ServerMessage,
    Opening,
    Entry,
    Report,
    Recording,
    Resolved
);
read!(
    ClientMessage,
    ServerMessage,
    Opening,
    Entry,
    Recording,
    Lesson,
    Asking
);
