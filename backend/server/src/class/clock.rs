//! The class clock: milliseconds since a class was opened. Follows the wall clock from one start of the server to the next, and within
//! a process only ever grows.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use convocation_classroom::ids::ClassTime;
use convocation_storage::UnixMs;

/// The clock of one class.
#[derive(Clone, Copy, Debug)]
pub struct ClassClock {
    started: Instant,
    /// What the clock showed at `started`.
    shown: Duration,
}

impl ClassClock {
    /// The clock of a class opened at `opened_at` whose last entry is of `last`: never earlier than that, even when the
    /// machine's clock was set back.
    #[must_use]
    pub fn resume(opened_at: UnixMs, last: ClassTime) -> Self {
        let since_opening = Duration::from_millis(now().0.saturating_sub(opened_at.0));
        Self {
            started: Instant::now(),
            shown: since_opening.max(Duration::from_millis(last.0.into())),
        }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> ClassTime {
        let elapsed = self.shown + self.started.elapsed();
        ClassTime(u32::try_from(elapsed.as_millis()).unwrap_or(u32::MAX))
    }
}

/// Now, by the machine's clock.
#[must_use]
pub fn now() -> UnixMs {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    UnixMs(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_on_from_the_last_entry() {
        let an_hour_ago = now().0 - 3_600_000;
        let clock = ClassClock::resume(UnixMs(an_hour_ago), ClassTime(10));
        assert!((3_600_000..3_601_000).contains(&clock.now().0));
        let set_back = ClassClock::resume(UnixMs(now().0 + 1_000_000), ClassTime(500));
        assert!((500..1_500).contains(&set_back.now().0));
    }
}
