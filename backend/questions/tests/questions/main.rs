//! Questions about a network that can be computed by head: options, key, and what cannot be asked.

mod filling;
mod network;
mod offers;
mod properties;
mod tables;
