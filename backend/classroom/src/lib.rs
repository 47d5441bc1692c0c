//! A class, as a state machine: commands in, new state out. There are no sockets, threads, clocks, files or randomness in this
//! crate; time, ids and secrets' hashes are arguments. The rules are numbered in `SPEC.md`.

pub mod code;
pub mod command;
pub mod ids;
pub mod outline;
pub mod pace;
pub mod rejection;
pub mod seat;
pub mod stage;
pub mod topics;
pub mod wire;
