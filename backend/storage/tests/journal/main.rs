//! The journal: its contract, its implementations, and its death.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod contract;
#[cfg(unix)]
mod kill;
mod sqlite;
