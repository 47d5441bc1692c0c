//! Presence: who has a connection now, and where on the network those who explore are. Forgotten with the process: never
//! in the journal, and no part of the rules.

use std::collections::BTreeMap;

use crate::{
    class::Class,
    ids::{LayerId, SeatId},
    seat::{Mode, Role},
    topics::{Audience, GROUP, LayerCount, Roster, RosterSeat},
};

/// Who is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    here: BTreeMap<SeatId, Here>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Here {
    connections: u32,
    layer: Option<LayerId>,
}

impl Presence {
    /// A seat has one connection more. Returns whether it had none before, so that the roster is news.
    pub fn connect(&mut self, seat: SeatId) -> bool {
        let here = self.here.entry(seat).or_default();
        here.connections += 1;
        here.connections == 1
    }

    /// A seat has one connection less. Returns whether that was its last, so that the roster is news.
    pub fn disconnect(&mut self, seat: SeatId) -> bool {
        let Some(here) = self.here.get_mut(&seat) else {
            return false;
        };
        here.connections -= 1;
        let gone = here.connections == 0;
        if gone {
            self.here.remove(&seat);
        }
        gone
    }

    /// Whether a seat has a connection.
    #[must_use]
    pub fn has(&self, seat: SeatId) -> bool {
        self.here.contains_key(&seat)
    }

    /// A seat tells which layer it looks at, none for the overview. A layer that the network on the stage does not
    /// have counts as none, so that nobody can make the server keep arbitrary text. Returns whether this is news.
    pub fn whereabouts(&mut self, class: &Class, seat: SeatId, layer: Option<&LayerId>) -> bool {
        let known = layer
            .and_then(|id| class.outline_on_stage().layer(id))
            .map(|layer| &layer.id);
        match self.here.get_mut(&seat) {
            Some(here) if here.layer.as_ref() != known => {
                here.layer = known.cloned();
                true
            }
            _ => false,
        }
    }

    /// The roster as `audience` may see it (R60 to R62).
    #[must_use]
    pub fn roster(&self, class: &Class, audience: Audience) -> Roster {
        let students = || {
            class
                .seats()
                .filter(|seat| seat.role == Role::Student && self.has(seat.id))
        };
        let (seats, whereabouts) = match audience {
            Audience::Staff => (self.lines(class), self.groups(class)),
            Audience::Room => (Vec::new(), Vec::new()),
        };
        Roster {
            present: count(students()),
            following: count(students().filter(|seat| seat.mode == Mode::Following)),
            driver_present: self.has(class.room().driver),
            seats,
            whereabouts,
        }
    }

    fn lines(&self, class: &Class) -> Vec<RosterSeat> {
        let line = |seat: &crate::seat::Seat| RosterSeat {
            id: seat.id,
            role: seat.role,
            name: seat.name.clone(),
            mode: seat.mode,
            present: self.has(seat.id),
        };
        class.seats().map(line).collect()
    }

    fn groups(&self, class: &Class) -> Vec<LayerCount> {
        let mut counts: BTreeMap<&LayerId, u32> = BTreeMap::new();
        let explorers = class.seats().filter(|seat| seat.mode == Mode::Exploring);
        for layer in explorers.filter_map(|seat| self.here.get(&seat.id)?.layer.as_ref()) {
            *counts.entry(layer).or_default() += 1;
        }
        let in_order = class.outline_on_stage().layers.iter();
        in_order
            .filter_map(|layer| {
                Some(LayerCount {
                    layer: layer.id.clone(),
                    count: *counts.get(&layer.id)?,
                })
            })
            .filter(|group| group.count >= GROUP)
            .collect()
    }
}

fn count<T>(those: impl Iterator<Item = T>) -> u32 {
    u32::try_from(those.count()).unwrap_or(u32::MAX)
}
