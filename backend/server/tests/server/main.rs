//! The real binary on a free port, as browsers and operators meet it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod assets;
mod client;
mod command_line;
mod doctor;
mod edits;
mod events;
mod file;
mod filling;
mod following;
mod joining;
mod limits;
mod pages;
mod persistence;
mod pictures;
mod pointing;
mod questions;
mod recordings;
mod server;
mod tensors;
mod tls;
mod viewing;
