//! The rosters: who is here, shown at a bounded rate however many come and go.

use std::time::Duration;

use convocation_classroom::{
    ids::{ClassTime, Version},
    topics::{Roster, TopicValue},
};
use tokio::time::Instant;

use super::{Owner, pacing::Pacers};
use crate::class::board::Frame;

/// The staff's roster names everyone: 0.1 MB for a large class, so not more often than the eye can follow.
const STAFF_EVERY: Duration = Duration::from_millis(250);

/// The room's roster is two numbers, but goes to everyone.
const ROOM_EVERY: Duration = Duration::from_secs(1);

/// When the rosters are shown.
pub(super) fn pacers() -> Pacers {
    Pacers::new(STAFF_EVERY, ROOM_EVERY)
}

/// A roster's frame. Its version is the class clock, so that it grows across restarts though presence is forgotten.
pub(super) fn frame(roster: Roster, now: ClassTime) -> Frame {
    Frame::new(Version(now.0.max(1)), TopicValue::Roster(roster))
}

impl Owner {
    /// Shows the rosters that are due.
    pub(super) fn show_rosters(&mut self) {
        for audience in self.rosters.take(Instant::now()) {
            let roster = self.presence.roster(self.class.kept(), audience);
            let clock = self.clock.now();
            self.boards.show(audience, |board| {
                let next = ClassTime(board.roster.version.0.saturating_add(1));
                board.roster = frame(roster, clock.max(next));
            });
        }
    }
}
