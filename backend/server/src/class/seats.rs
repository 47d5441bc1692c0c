//! The seats of a class that have a connection: where each one's own topic is shown. Not who may sit there.

use std::collections::HashMap;

use convocation_classroom::{ids::SeatId, wire::Farewell};
use tokio::sync::watch;

use super::{board::Frame, handle::OwnSeat};

/// Connections of one seat: a phone, a laptop, and tabs that were forgotten.
const CONNECTIONS_PER_SEAT: u32 = 8;

/// Seats with connections.
#[derive(Default)]
pub struct Seats {
    connected: HashMap<SeatId, Line>,
    connections: usize,
}

struct Line {
    own: watch::Sender<OwnSeat>,
    connections: u32,
}

impl Seats {
    /// Adds a connection to a seat; `frame` is the seat's newest value. Nothing when the seat has all it may have.
    pub fn connect(
        &mut self,
        seat: SeatId,
        frame: impl FnOnce() -> Frame,
    ) -> Option<watch::Receiver<OwnSeat>> {
        let line = self.connected.entry(seat).or_insert_with(|| Line {
            own: watch::Sender::new(OwnSeat {
                frame: frame(),
                farewell: None,
            }),
            connections: 0,
        });
        if line.connections >= CONNECTIONS_PER_SEAT {
            return None;
        }
        line.connections += 1;
        self.connections += 1;
        Some(line.own.subscribe())
    }

    /// Takes a connection from a seat.
    pub fn disconnect(&mut self, seat: SeatId) {
        let Some(line) = self.connected.get_mut(&seat) else {
            return;
        };
        line.connections -= 1;
        self.connections -= 1;
        if line.connections == 0 {
            self.connected.remove(&seat);
        }
    }

    /// Shows a seat its new value, if anyone is there to see it.
    pub fn show(&self, seat: SeatId, frame: impl FnOnce() -> Frame) {
        if let Some(line) = self.connected.get(&seat) {
            line.own.send_modify(|own| own.frame = frame());
        }
    }

    /// Sends all connections of a seat away.
    pub fn dismiss(&self, seat: SeatId, reason: Farewell) {
        if let Some(line) = self.connected.get(&seat) {
            line.own.send_modify(|own| own.farewell = Some(reason));
        }
    }

    /// Connections of all seats together.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections
    }
}
