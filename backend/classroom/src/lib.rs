//! A class, as a state machine: commands in, new state out. There are no sockets, threads, clocks, files or randomness in this
//! crate; time, ids and secrets' hashes are arguments. The rules are numbered in `SPEC.md`.

pub mod asked;
pub mod asks;
pub mod changes;
pub mod class;
pub mod code;
pub mod command;
pub mod decimal;
pub mod edit;
pub mod entry;
pub mod filling;
mod history;
pub mod ids;
pub mod json;
pub mod lesson;
pub mod lost;
pub mod names;
pub mod outline;
pub mod pace;
pub mod pointer;
pub mod presence;
pub mod question;
pub mod recording;
pub mod rejection;
pub mod report;
mod rules;
pub mod seat;
pub mod sliding;
pub mod stage;
mod text;
pub mod topics;
mod versions;
pub mod views;
pub mod wire;
