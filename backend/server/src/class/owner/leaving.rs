//! Leaving: one connection, everyone at the end of a class, and everyone for a moment when the server goes down.

use convocation_classroom::{
    class::HOST, command::Command, entry::Event, ids::SeatId, rejection::Rejection, wire::Farewell,
};

use super::{Finish, Owner, Then};
use crate::class::{archive::Past, handle::Call};

impl Owner {
    /// A connection is gone.
    pub(super) fn depart(&mut self, seat: SeatId) {
        self.seats.disconnect(seat);
        if self.pointing.leave(seat) {
            self.pointer_pacer.touch();
        }
        if self.presence.disconnect(seat) {
            self.rosters.touch();
        }
        self.last_seen = (self.surroundings.wall_clock)();
    }

    /// Notes for the next start of the server when someone was last here.
    pub(super) fn look_around(&mut self) {
        if self.seats.connections() > 0 {
            self.last_seen = (self.surroundings.wall_clock)();
        }
        if self.last_seen != self.last_seen_noted {
            self.last_seen_noted = self.last_seen;
            // Nobody waits for this: when it fails, the class lives a minute less.
            drop(self.surroundings.journal.touch(self.key, self.last_seen));
        }
    }

    /// Whether nobody came for too long.
    pub(super) fn is_forgotten(&self) -> bool {
        self.seats.connections() == 0 && self.surroundings.is_past(self.last_seen)
    }

    /// A class that nobody comes to, and whose recording is kept: it is over, as if its host had ended it.
    pub(super) fn end_by_itself(&mut self) {
        if self.class.ahead().room().ended {
            return;
        }
        let command = Command::End;
        self.hand_in(
            Event::Command {
                seat: HOST,
                command,
            },
            None,
            Then::Nothing,
        );
    }

    /// Sends everyone away, those included who still stand at the door.
    fn dismiss(&mut self, farewell: Farewell, rejection: Rejection) {
        self.boards
            .show_all(|board| board.farewell = Some(farewell));
        self.desk.calls.close();
        while let Ok(call) = self.desk.calls.try_recv() {
            match call {
                Call::Enter { reply, .. } => drop(reply.send(Err(farewell))),
                Call::Command { reply, .. } | Call::Keep { reply, .. } => {
                    Then::Answer(reply).refuse(rejection)
                }
                Call::Delete { reply } => self.deleting.push(reply),
                Call::Drain { reply } => self.drained.push(reply),
                Call::Whereabouts { .. } | Call::Point { .. } => {}
            }
        }
    }

    /// The class is over: everyone goes, the recording stays for a while.
    pub(super) fn end(mut self) -> Finish {
        self.dismiss(Farewell::Ended, Rejection::Ended);
        self.surroundings.pictures.unpin(self.key);
        tracing::info!("class over");
        let class = self.class.kept();
        let past = Past {
            key: self.key,
            host: class.host_secret().clone(),
            ended_at: (self.surroundings.wall_clock)(),
            kept: class.is_kept(),
        };
        Finish::Ended(past)
    }

    /// Nothing is to be left: everyone goes, the data too.
    pub(super) async fn delete(mut self, farewell: Farewell) -> Finish {
        self.dismiss(farewell, Rejection::Ended);
        self.surroundings.pictures.unpin(self.key);
        let deleted = self.surroundings.journal.delete(self.key).await;
        match &deleted {
            Ok(()) => tracing::info!("class over, its data deleted"),
            Err(error) => {
                tracing::error!(%error, "class over, but its data stays until the next start");
            }
        }
        for reply in self.deleting {
            let _ = reply.send(deleted.is_ok());
        }
        Finish::Deleted
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

#[cfg(test)]
#[path = "leaving_tests.rs"]
mod tests;
