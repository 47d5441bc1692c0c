//! A tally of what each neighbourhood did in the last minute, to slow those who try codes or open classes without end. Bounded in
//! memory: under attack from very many addresses the oldest are forgotten.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;

use crate::origin::Neighbourhood;

/// How long a count is kept after it began.
const WINDOW: Duration = Duration::from_secs(60);

/// Neighbourhoods counted at a time: about 100 bytes each.
const NEIGHBOURHOODS: u64 = 100_000;

/// Counts per neighbourhood and minute.
#[derive(Clone)]
pub struct Tally {
    counts: Cache<Neighbourhood, Arc<AtomicU32>>,
    most: u32,
}

impl Tally {
    /// Allows `most` events per neighbourhood and minute.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self {
            counts: Cache::builder()
                .max_capacity(NEIGHBOURHOODS)
                .time_to_live(WINDOW)
                .build(),
            most,
        }
    }

    /// Counts one more event.
    pub fn count(&self, from: Neighbourhood) {
        self.counts
            .get_with(from, Arc::default)
            .fetch_add(1, Ordering::Relaxed);
    }

    /// Whether a neighbourhood has used up its events.
    #[must_use]
    pub fn is_full(&self, from: Neighbourhood) -> bool {
        self.counts
            .get(&from)
            .is_some_and(|count| count.load(Ordering::Relaxed) >= self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_neighbourhood_has_its_own_count() {
        let tally = Tally::new(3);
        let school = Neighbourhood::of("192.0.2.1".parse().unwrap());
        let other = Neighbourhood::of("192.0.2.2".parse().unwrap());
        for _ in 0..3 {
            assert!(!tally.is_full(school));
            tally.count(school);
        }
        assert!(tally.is_full(school));
        assert!(!tally.is_full(other));
    }
}
