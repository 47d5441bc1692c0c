//! Lessons as their authors write them: what is read, what is said about mistakes, and that what is printed reads as the same.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod network;
mod reading;
mod round_trip;
