//! Counting: how many have answered the question before the class, shown at a bounded rate however many answer at the same time.

use std::time::Duration;

use convocation_classroom::topics::Audience;
use tokio::time::Instant;

use super::{Owner, pacing::Pacers, showing::question_frame};

/// Not more often than the eye can follow.
const STAFF_EVERY: Duration = Duration::from_millis(250);

/// The room's count is one number, but goes to everyone.
const ROOM_EVERY: Duration = Duration::from_secs(1);

/// When the counts are shown.
pub(super) fn pacers() -> Pacers {
    Pacers::new(STAFF_EVERY, ROOM_EVERY)
}

impl Owner {
    /// Shows the question as it is now.
    pub(super) fn show_question(&self, audience: Audience) {
        let frame = question_frame(self.class.kept(), audience);
        self.boards.show(audience, |board| board.question = frame);
    }

    /// Shows the counts that are due.
    pub(super) fn show_counts(&mut self) {
        for audience in self.counts.take(Instant::now()) {
            self.show_question(audience);
        }
    }
}
