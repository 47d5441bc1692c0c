//! The rosters: who is here, shown at a bounded rate however many come and go.

use std::time::Duration;

use convocation_classroom::{
    ids::{ClassTime, Version},
    topics::{Audience, Roster, TopicValue},
};
use tokio::time::Instant;

use super::Owner;
use crate::class::board::Frame;

/// The staff's roster names everyone: 0.1 MB for a large class, so not more often than the eye can follow.
const STAFF_EVERY: Duration = Duration::from_millis(250);

/// The room's roster is two numbers, but goes to everyone.
const ROOM_EVERY: Duration = Duration::from_secs(1);

/// When the rosters are shown.
pub(super) struct Rosters {
    staff: Pacer,
    room: Pacer,
}

impl Default for Rosters {
    fn default() -> Self {
        Self {
            staff: Pacer::new(STAFF_EVERY),
            room: Pacer::new(ROOM_EVERY),
        }
    }
}

impl Rosters {
    /// Something changed.
    pub(super) fn touch(&mut self) {
        self.staff.touch();
        self.room.touch();
    }

    /// When the next is to be shown.
    pub(super) fn due(&self) -> Option<Instant> {
        self.staff.due.into_iter().chain(self.room.due).min()
    }
}

/// Lets something happen soon after it is asked for, but never twice within a period.
struct Pacer {
    period: Duration,
    /// Not before this.
    earliest: Instant,
    due: Option<Instant>,
}

impl Pacer {
    fn new(period: Duration) -> Self {
        Self {
            period,
            earliest: Instant::now(),
            due: None,
        }
    }

    fn touch(&mut self) {
        self.due.get_or_insert(self.earliest);
    }

    /// Whether it is to happen now.
    fn take(&mut self, now: Instant) -> bool {
        let is_due = self.due.is_some_and(|due| due <= now);
        if is_due {
            self.due = None;
            self.earliest = now + self.period;
        }
        is_due
    }
}

/// A roster's frame. Its version is the class clock, so that it grows across restarts though presence is forgotten.
pub(super) fn frame(roster: Roster, now: ClassTime) -> Frame {
    Frame::new(Version(now.0.max(1)), TopicValue::Roster(roster))
}

impl Owner {
    /// Shows the rosters that are due.
    pub(super) fn show_rosters(&mut self) {
        let now = Instant::now();
        for audience in [Audience::Staff, Audience::Room] {
            let pacer = match audience {
                Audience::Staff => &mut self.rosters.staff,
                Audience::Room => &mut self.rosters.room,
            };
            if pacer.take(now) {
                let roster = self.presence.roster(self.class.kept(), audience);
                let clock = self.clock.now();
                self.boards.show(audience, |board| {
                    let next = ClassTime(board.roster.version.0.saturating_add(1));
                    board.roster = frame(roster, clock.max(next));
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn however_often_it_is_asked_for_it_happens_once_a_period() {
        let mut pacer = Pacer::new(ROOM_EVERY);
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
        let mut pacer = Pacer::new(ROOM_EVERY);
        assert!(!pacer.take(Instant::now()));
        pacer.touch();
        assert!(pacer.take(Instant::now()));
        tokio::time::advance(ROOM_EVERY * 5).await;
        pacer.touch();
        assert!(pacer.take(Instant::now()));
    }
}
