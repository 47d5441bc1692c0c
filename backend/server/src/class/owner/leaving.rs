//! Leaving: one connection, everyone at the end of a class, and everyone for a moment when the server goes down.

use std::time::Duration;

use convocation_classroom::{ids::SeatId, rejection::Rejection, wire::Farewell};

use super::{Finish, IDLE_LIMIT, Owner, Then};
use crate::class::{clock::now, handle::Call};

impl Owner {
    /// A connection is gone.
    pub(super) fn depart(&mut self, seat: SeatId) {
        self.seats.disconnect(seat);
        if self.presence.disconnect(seat) {
            self.rosters.touch();
        }
        self.last_seen = now();
    }

    /// Notes for the next start of the server when someone was last here.
    pub(super) fn look_around(&mut self) {
        if self.seats.connections() > 0 {
            self.last_seen = now();
        }
        if self.last_seen != self.last_seen_noted {
            self.last_seen_noted = self.last_seen;
            // Nobody waits for this: when it fails, the class lives a minute less.
            drop(self.surroundings.journal.touch(self.key, self.last_seen));
        }
    }

    /// Whether nobody came for too long.
    pub(super) fn is_forgotten(&self) -> bool {
        let idle = Duration::from_millis(now().0.saturating_sub(self.last_seen.0));
        self.seats.connections() == 0 && idle > IDLE_LIMIT
    }

    /// Sends everyone away, those included who still stand at the door.
    fn dismiss(&mut self, farewell: Farewell, rejection: Rejection) {
        self.boards
            .show_all(|board| board.farewell = Some(farewell));
        self.desk.calls.close();
        while let Ok(call) = self.desk.calls.try_recv() {
            match call {
                Call::Enter { reply, .. } => drop(reply.send(Err(farewell))),
                Call::Command { reply, .. } => Then::Answer(reply).refuse(rejection),
                Call::Drain { reply } => self.drained.push(reply),
                Call::Whereabouts { .. } => {}
            }
        }
    }

    /// The class is over: everyone goes, its data too.
    pub(super) async fn end(mut self) -> Finish {
        self.dismiss(Farewell::Ended, Rejection::Ended);
        self.surroundings.pictures.unpin(self.key);
        if let Err(error) = self.surroundings.journal.delete(self.key).await {
            tracing::error!(class = %self.key, %error, "the journal did not delete a class that is over");
        }
        tracing::info!(class = %self.key, "class over, its data deleted");
        Finish::Ended
    }

    /// The server goes down: everyone goes, the class stays in the journal.
    pub(super) async fn drain(mut self) -> Finish {
        self.dismiss(Farewell::Restarting, Rejection::Busy);
        self.look_around();
        for reply in self.drained {
            let _ = reply.send(());
        }
        Finish::Drained
    }
}
