//! Lessons as files: text in, lesson out, and back. There is no I/O in this crate, and nothing of how a lesson is taught: that is in
//! `classroom`. The format is described in `models/LESSONS.md`.

pub mod facts;
pub mod fault;
mod front;
mod parse;
mod plain;
mod presets;
mod print;
mod question;
mod stage;

pub use facts::{Facts, LayerFacts};
pub use fault::Fault;
pub use parse::parse;
pub use print::print;

/// Largest file, in bytes: the longest lesson with the longest notes in any script stays below.
pub const FILE_BYTES: usize = 1024 * 1024;
