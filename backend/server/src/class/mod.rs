//! Running classes: each is owned by one task; everything else holds handles and reads boards. The rules are in the classroom crate.

pub mod archive;
pub mod board;
pub mod clock;
pub mod front;
pub mod handle;
mod journaling;
pub mod owner;
pub mod registry;
#[cfg(test)]
pub mod sample;
mod seats;
pub mod visitor;
