//! What a lane of the engine has done and is doing, for metrics and tests.

use std::time::Duration;

/// Counts since the start, and what is going on now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Tasks that wait for a thread.
    pub queued: usize,
    /// Threads at work.
    pub running: usize,
    /// Tasks done, failures included.
    pub runs: u64,
    /// Of those, how many failed.
    pub failures: u64,
    /// Requests answered with *busy*.
    pub refused: u64,
    /// Requests answered from the cache.
    pub cache_hits: u64,
    /// Requests that made a thread compute.
    pub cache_misses: u64,
    /// Memory in the cache, in bytes.
    pub cache_bytes: u64,
    /// Time of all runs together: `busy / runs` is the mean latency.
    pub busy: Duration,
}
