//! Asking: what students ask and vote for, how many are lost, and which views they offer, shown at a bounded rate however many tap at the same time.

use std::time::Duration;

use convocation_classroom::{
    class::{Class, HOST},
    topics::{Audience, TopicValue},
};
use tokio::time::Instant;

use super::{
    Owner,
    pacing::{Pacer, Pacers},
};
use crate::class::board::Frame;

/// Not more often than the eye can follow.
const STAFF_EVERY: Duration = Duration::from_millis(250);

/// Goes to everyone with all its texts: a few kB.
const ROOM_EVERY: Duration = Duration::from_secs(1);

/// When what students ask is shown.
pub(super) struct Asking {
    pub(super) asks: Pacers,
    pub(super) lost: Pacers,
    /// For staff alone.
    pub(super) offered: Pacer,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            asks: Pacers::new(STAFF_EVERY, ROOM_EVERY),
            lost: Pacers::new(STAFF_EVERY, ROOM_EVERY),
            offered: Pacer::new(STAFF_EVERY),
        }
    }
}

impl Asking {
    /// When the next is to be shown.
    pub(super) fn due(&self) -> Option<Instant> {
        let dues = [self.asks.due(), self.lost.due(), self.offered.due()];
        dues.into_iter().flatten().min()
    }
}

impl Owner {
    /// Shows what is due.
    pub(super) fn show_asking(&mut self) {
        let (class, now) = (self.class.kept(), Instant::now());
        for audience in self.asking.asks.take(now) {
            let frame = asks_frame(class, audience);
            self.boards.show(audience, |board| board.asks = frame);
        }
        for audience in self.asking.lost.take(now) {
            // For the room there is never anything to see.
            if audience == Audience::Staff {
                let frame = lost_frame(class, audience);
                self.boards.show(audience, |board| board.lost = frame);
            }
        }
        if self.asking.offered.take(now) {
            self.show_views(Audience::Staff);
        }
    }

    /// Shows the views of students as `audience` may know them.
    pub(super) fn show_views(&self, audience: Audience) {
        let frame = views_frame(self.class.kept(), audience);
        self.boards.show(audience, |board| board.views = frame);
    }
}

/// What students ask.
pub(super) fn asks_frame(class: &Class, audience: Audience) -> Frame {
    let asks = TopicValue::Asks(class.asks(audience));
    Frame::new(class.versions(HOST).asks, asks)
}

/// Where students are lost.
pub(super) fn lost_frame(class: &Class, audience: Audience) -> Frame {
    let lost = TopicValue::Lost(class.lost(audience));
    Frame::new(class.versions(HOST).lost, lost)
}

/// Views of students.
pub(super) fn views_frame(class: &Class, audience: Audience) -> Frame {
    let views = TopicValue::Views(class.views(audience));
    Frame::new(class.versions(HOST).views, views)
}
