//! The measurement: when each change was asked for and when each screen had it, and what follows from that.

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::ensure;

/// What is on its way to the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A change of the stage: a command, which the journal keeps.
    Change,
    /// A place of the pointer, which nothing keeps.
    Gesture,
}

impl Kind {
    /// What one of this kind is called.
    #[must_use]
    pub fn name(self, number: u32) -> String {
        match self {
            Self::Change => format!("Change {number}"),
            Self::Gesture => format!("Gesture {number}"),
        }
    }

    fn is_name(self, name: &str) -> bool {
        name.starts_with("Gesture") == (self == Self::Gesture)
    }
}

/// When changes and gestures arrived.
#[derive(Default)]
pub struct Deliveries {
    by_name: Mutex<HashMap<String, Arrivals>>,
}

/// What is known of one change.
struct Arrivals {
    sent: Instant,
    after: Vec<Duration>,
}

impl Deliveries {
    /// A change is about to be asked for.
    pub fn expect(&self, name: &str, sent: Instant) {
        let arrivals = Arrivals {
            sent,
            after: Vec::new(),
        };
        self.by_name
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), arrivals);
    }

    /// A screen has a change.
    pub fn note(&self, name: &str, at: Instant) {
        if let Some(arrivals) = self
            .by_name
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_mut(name)
        {
            let after = at.saturating_duration_since(arrivals.sent);
            arrivals.after.push(after);
        }
    }
}

/// What the server used: before anyone joined, before the changes and after them.
pub struct Usage {
    /// Only the host is there.
    pub empty: crate::process::Usage,
    /// Everyone is there.
    pub before: crate::process::Usage,
    /// All changes are made.
    pub after: crate::process::Usage,
}

/// What came out.
pub struct Report {
    followers: usize,
    changes: Ways,
    gestures: Ways,
    usage: Option<Usage>,
}

/// How long what is of one kind took.
struct Ways {
    count: usize,
    /// From each to its last screen, sorted.
    last_screen: Vec<Duration>,
    /// From each to each screen, sorted.
    deliveries: Vec<Duration>,
    /// Those that a screen skipped because a newer one was there already.
    skipped: usize,
}

impl Ways {
    fn new<'a>(arrivals: impl Iterator<Item = &'a Arrivals>, followers: usize) -> Self {
        let (mut count, mut last_screen, mut deliveries) = (0, Vec::new(), Vec::new());
        for Arrivals { after, .. } in arrivals {
            count += 1;
            last_screen.extend(after.iter().max());
            deliveries.extend(after);
        }
        last_screen.sort_unstable();
        deliveries.sort_unstable();
        let skipped = (count * followers).saturating_sub(deliveries.len());
        Self {
            count,
            last_screen,
            deliveries,
            skipped,
        }
    }

    /// Says in two or three lines how long it took; `what` is one of them.
    fn print(&self, what: &str, many: &str, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "{} {many}, {} deliveries, {} skipped for a newer one",
            self.count,
            self.deliveries.len(),
            self.skipped
        )?;
        for (way, sorted) in [
            ("to last screen", &self.last_screen),
            ("to each screen", &self.deliveries),
        ] {
            let ms = |rank| milliseconds(percentile(sorted, rank));
            writeln!(
                out,
                "{what} {way}: p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
                ms(50),
                ms(99),
                ms(100)
            )?;
        }
        Ok(())
    }
}

impl Report {
    /// Evaluates a run.
    #[must_use]
    pub fn new(deliveries: &Deliveries, followers: usize, usage: Option<Usage>) -> Self {
        let by_name = deliveries
            .by_name
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let ways = |kind: Kind| {
            let own = by_name.iter().filter(|(name, _)| kind.is_name(name));
            Ways::new(own.map(|(_, arrivals)| arrivals), followers)
        };
        Self {
            followers,
            changes: ways(Kind::Change),
            gestures: ways(Kind::Gesture),
            usage,
        }
    }

    /// Prints what came out.
    ///
    /// # Errors
    /// Standard output is closed.
    pub fn print(&self, joining: Duration) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "{} followers joined in {:.1} s",
            self.followers,
            joining.as_secs_f64()
        )?;
        self.changes.print("command", "changes", &mut out)?;
        if self.gestures.count > 0 {
            self.gestures.print("gesture", "gestures", &mut out)?;
        }
        if let Some(usage) = &self.usage {
            self.print_usage(usage, &mut out)?;
        }
        Ok(())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and bytes are far below 2^52"
    )]
    fn print_usage(&self, usage: &Usage, out: &mut impl Write) -> io::Result<()> {
        let cpu = usage.after.cpu.saturating_sub(usage.before.cpu);
        let deliveries = self.changes.deliveries.len() + self.gestures.deliveries.len();
        let each = cpu.as_secs_f64() * 1e6 / deliveries.max(1) as f64;
        writeln!(
            out,
            "server CPU: {:.2} s, {each:.1} µs per delivery",
            cpu.as_secs_f64()
        )?;
        let grown = usage
            .before
            .memory_bytes
            .saturating_sub(usage.empty.memory_bytes);
        let each = grown as f64 / 1024.0 / self.followers as f64;
        let now = usage.before.memory_bytes as f64 / 1024.0 / 1024.0;
        writeln!(
            out,
            "server memory: {now:.1} MiB with all seats, {each:.1} KiB per seat"
        )
    }

    /// Whether the last screen is fast enough.
    ///
    /// # Errors
    /// It is not, or changes did not arrive at all.
    pub fn check(&self, limit_ms: f64) -> anyhow::Result<()> {
        ensure!(
            self.changes.last_screen.len() == self.changes.count,
            "{} changes arrived nowhere",
            self.changes.count - self.changes.last_screen.len()
        );
        let p99 = milliseconds(percentile(&self.changes.last_screen, 99));
        ensure!(
            p99 <= limit_ms,
            "p99 from command to last screen is {p99:.1} ms, above {limit_ms} ms"
        );
        Ok(())
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The value that `rank` percent of the values do not exceed (nearest rank); 0 of none.
fn percentile(sorted: &[Duration], rank: usize) -> Duration {
    let index = (sorted.len() * rank).div_ceil(100).saturating_sub(1);
    sorted.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let sorted: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&sorted, 50), Duration::from_millis(100));
        assert_eq!(percentile(&sorted, 99), Duration::from_millis(198));
        assert_eq!(percentile(&sorted, 100), Duration::from_millis(200));
        assert_eq!(percentile(&sorted[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }

    #[test]
    fn the_last_screen_counts_and_lost_changes_are_found() {
        let deliveries = Deliveries::default();
        let sent = Instant::now();
        deliveries.expect("a", sent);
        deliveries.expect("b", sent);
        for after in [1, 9, 4] {
            deliveries.note("a", sent + Duration::from_millis(after));
        }
        deliveries.note("unknown", sent);
        let report = Report::new(&deliveries, 3, None);
        let Ways {
            last_screen,
            deliveries,
            skipped,
            ..
        } = &report.changes;
        assert_eq!(*last_screen, [Duration::from_millis(9)]);
        assert_eq!((deliveries.len(), *skipped), (3, 3));
        assert_eq!(report.gestures.count, 0);
        assert!(report.check(50.0).is_err());
    }
}
