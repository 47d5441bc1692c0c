//! Pacing: what changes with everyone who comes, goes or answers is shown soon, but at a bounded rate per audience.

use std::time::Duration;

use convocation_classroom::topics::Audience;
use tokio::time::Instant;

/// When something is shown to each audience.
pub(super) struct Pacers {
    staff: Pacer,
    room: Pacer,
}

impl Pacers {
    /// At most once in each of these periods.
    pub(super) fn new(staff: Duration, room: Duration) -> Self {
        Self {
            staff: Pacer::new(staff),
            room: Pacer::new(room),
        }
    }

    /// Something changed.
    pub(super) fn touch(&mut self) {
        self.staff.touch();
        self.room.touch();
    }

    /// When the next is to be shown.
    pub(super) fn due(&self) -> Option<Instant> {
        self.staff.due.into_iter().chain(self.room.due).min()
    }

    /// Who is to be shown it now.
    pub(super) fn take(&mut self, now: Instant) -> impl Iterator<Item = Audience> + use<> {
        let staff = self.staff.take(now).then_some(Audience::Staff);
        let room = self.room.take(now).then_some(Audience::Room);
        staff.into_iter().chain(room)
    }
}

/// Lets something happen soon after it is asked for, but never twice within a period.
pub(super) struct Pacer {
    period: Duration,
    /// Not before this.
    earliest: Instant,
    due: Option<Instant>,
}

impl Pacer {
    pub(super) fn new(period: Duration) -> Self {
        Self {
            period,
            earliest: Instant::now(),
            due: None,
        }
    }

    /// Asks for it.
    pub(super) fn touch(&mut self) {
        self.due.get_or_insert(self.earliest);
    }

    /// Whether it is to happen now.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let is_due = self.due.is_some_and(|due| due <= now);
        if is_due {
            self.due = None;
            self.earliest = now + self.period;
        }
        is_due
    }

    /// When it is to happen, if it was asked for.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// It happened at `now` and is not to happen again for `pause`, where that is longer than the period.
    pub(super) fn rest(&mut self, now: Instant, pause: Duration) {
        self.earliest = self.earliest.max(now + pause);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn however_often_it_is_asked_for_it_happens_once_a_period() {
        let mut pacer = Pacer::new(PERIOD);
        let mut happened = 0;
        for _ in 0..1000 {
            pacer.touch();
            happened += u32::from(pacer.take(Instant::now()));
            tokio::time::advance(Duration::from_millis(10)).await;
        }
        assert_eq!(happened, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_change_after_a_pause_is_shown_at_once() {
        let mut pacer = Pacer::new(PERIOD);
        assert!(!pacer.take(Instant::now()));
        pacer.touch();
        assert!(pacer.take(Instant::now()));
        tokio::time::advance(PERIOD * 5).await;
        pacer.touch();
        assert!(pacer.take(Instant::now()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_is_longer_than_the_period_or_nothing() {
        const PERIOD: Duration = Duration::from_secs(1);
        for (pause, expected) in [(PERIOD / 2, PERIOD), (PERIOD * 3, PERIOD * 3)] {
            let mut pacer = Pacer::new(PERIOD);
            let began = Instant::now();
            pacer.touch();
            assert!(pacer.take(began));
            pacer.rest(began, pause);
            pacer.touch();
            assert_eq!(pacer.due(), Some(began + expected));
        }
    }
}
