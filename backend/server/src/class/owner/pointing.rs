//! Pointing: what the driver points at is shown at a bounded rate, however often they say it. Nothing of it is kept.

use std::time::Duration;

use convocation_classroom::{
    ids::{ClassTime, SeatId, Version},
    pointer::{Gesture, Pointer},
    topics::TopicValue,
};
use tokio::time::Instant;

use super::Owner;
use crate::class::board::Frame;

/// At most 20 a second: the eye sees no more of it.
pub(super) const POINTER_EVERY: Duration = Duration::from_millis(50);

/// What pointing may cost one follower, in bytes per second: of a thousand on one network, half of a line of 100 Mbit/s. A pointer alone is
/// below a quarter of it; while much is drawn there are fewer updates.
const BYTES_PER_SECOND: u32 = 8 * 1024;

/// How long the next update waits for one of so many bytes to be paid for.
fn pause(bytes: usize) -> Duration {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    Duration::from_secs(1) * bytes / BYTES_PER_SECOND
}

/// A pointer's frame. Its version is the class clock, so that it grows across restarts though the pointer is forgotten.
pub(super) fn frame(pointer: Pointer, now: ClassTime) -> Frame {
    Frame::new(Version(now.0.max(1)), TopicValue::Pointer(pointer))
}

impl Owner {
    /// Someone points. What the rules do not let through is ignored.
    pub(super) fn point(&mut self, seat: SeatId, gesture: &Gesture) {
        // The class as it will be: a thing of what was opened a moment ago is there already.
        let now = self.clock.now();
        if self
            .pointing
            .gesture(self.class.ahead(), seat, gesture, now)
        {
            self.pointer_pacer.touch();
        }
    }

    /// What is pointed at may be gone.
    pub(super) fn settle_pointer(&mut self) {
        if self.pointing.settle(self.class.ahead()) {
            self.pointer_pacer.touch();
        }
    }

    /// Shows the pointer, if that is due.
    pub(super) fn show_pointer(&mut self) {
        let now = Instant::now();
        if !self.pointer_pacer.take(now) {
            return;
        }
        let next = ClassTime(self.pointer_version.0.saturating_add(1));
        let frame = frame(self.pointing.value().clone(), self.clock.now().max(next));
        self.pointer_version = frame.version;
        let bytes = frame.bytes.len();
        self.boards.show_all(|board| board.pointer = frame.clone());
        self.pointer_pacer.rest(now, pause(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follower_is_sent_a_bounded_number_of_bytes_a_second() {
        for (bytes, expected) in [(0, 0), (409, 49), (1024, 125), (8192, 1000)] {
            assert_eq!(pause(bytes).as_millis(), expected, "{bytes}");
        }
    }
}
