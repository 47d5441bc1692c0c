//! Questions about a network that can be computed by head: options, key, and what cannot be asked.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod network;
mod offers;
mod properties;
mod tables;
