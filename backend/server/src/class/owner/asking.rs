//! Asking: what students ask and vote for, and how many are lost, shown at a bounded rate however many tap at the same time.

use std::time::Duration;

use convocation_classroom::{
    class::{Class, HOST},
    topics::{Audience, TopicValue},
};
use tokio::time::Instant;

use super::{Owner, pacing::Pacers};
use crate::class::board::Frame;

/// Not more often than the eye can follow.
const STAFF_EVERY: Duration = Duration::from_millis(250);

/// Goes to everyone with all its texts: a few kB.
const ROOM_EVERY: Duration = Duration::from_secs(1);

/// When what students ask is shown.
pub(super) struct Asking {
    pub(super) asks: Pacers,
    pub(super) lost: Pacers,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            asks: Pacers::new(STAFF_EVERY, ROOM_EVERY),
            lost: Pacers::new(STAFF_EVERY, ROOM_EVERY),
        }
    }
}

impl Asking {
    /// When the next is to be shown.
    pub(super) fn due(&self) -> Option<Instant> {
        self.asks.due().into_iter().chain(self.lost.due()).min()
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
