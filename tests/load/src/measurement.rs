//! The measurement: when each change was asked for and when each screen had it, and what follows from that.

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::ensure;

/// When changes arrived.
#[derive(Default)]
pub struct Deliveries {
    by_caption: Mutex<HashMap<String, Arrivals>>,
}

/// What is known of one change.
struct Arrivals {
    sent: Instant,
    after: Vec<Duration>,
}

impl Deliveries {
    /// A change is about to be asked for.
    pub fn expect(&self, caption: &str, sent: Instant) {
        let arrivals = Arrivals {
            sent,
            after: Vec::new(),
        };
        self.by_caption
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(caption.to_owned(), arrivals);
    }

    /// A screen has a change.
    pub fn note(&self, caption: &str, at: Instant) {
        if let Some(arrivals) = self
            .by_caption
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_mut(caption)
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
    changes: usize,
    followers: usize,
    /// From each command to its last screen, sorted.
    last_screen: Vec<Duration>,
    /// From each command to each screen, sorted.
    deliveries: Vec<Duration>,
    /// Changes that a screen skipped because a newer one was there already.
    skipped: usize,
    usage: Option<Usage>,
}

impl Report {
    /// Evaluates a run.
    #[must_use]
    pub fn new(deliveries: &Deliveries, followers: usize, usage: Option<Usage>) -> Self {
        let by_caption = deliveries
            .by_caption
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut last_screen: Vec<Duration> = by_caption
            .values()
            .filter_map(|arrivals| arrivals.after.iter().max().copied())
            .collect();
        let mut all: Vec<Duration> = by_caption
            .values()
            .flat_map(|arrivals| arrivals.after.iter().copied())
            .collect();
        last_screen.sort_unstable();
        all.sort_unstable();
        let skipped = (by_caption.len() * followers).saturating_sub(all.len());
        Self {
            changes: by_caption.len(),
            followers,
            last_screen,
            deliveries: all,
            skipped,
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
        writeln!(
            out,
            "{} changes, {} deliveries, {} skipped for a newer change",
            self.changes,
            self.deliveries.len(),
            self.skipped
        )?;
        for (what, sorted) in [
            ("command to last screen", &self.last_screen),
            ("command to each screen", &self.deliveries),
        ] {
            let ms = |rank| milliseconds(percentile(sorted, rank));
            writeln!(
                out,
                "{what}: p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
                ms(50),
                ms(99),
                ms(100)
            )?;
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
        let each = cpu.as_secs_f64() * 1e6 / self.deliveries.len().max(1) as f64;
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
            self.last_screen.len() == self.changes,
            "{} changes arrived nowhere",
            self.changes - self.last_screen.len()
        );
        let p99 = milliseconds(percentile(&self.last_screen, 99));
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
        assert_eq!(report.last_screen, [Duration::from_millis(9)]);
        assert_eq!((report.deliveries.len(), report.skipped), (3, 3));
        assert!(report.check(50.0).is_err());
    }
}
