//! How new every topic of a class is: the number of the last entry that changed it (R4). Not the values themselves.

use std::collections::BTreeMap;

use crate::{
    changes::Changes,
    class::HOST,
    ids::{SeatId, Version},
    topics::Versions,
};

/// What the opening gave every topic.
const FIRST: Version = Version(1);

/// Versions of all topics but those that depend on connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TopicVersions {
    stage: Version,
    pace: Version,
    room: Version,
    asks: Version,
    lost: Version,
    views: Version,
    question: Version,
    lesson: Version,
    script: Version,
    seats: BTreeMap<SeatId, Version>,
}

impl TopicVersions {
    /// Those of a class that was just opened.
    pub(crate) fn first() -> Self {
        Self {
            stage: FIRST,
            pace: FIRST,
            room: FIRST,
            asks: FIRST,
            lost: FIRST,
            views: FIRST,
            question: FIRST,
            lesson: FIRST,
            script: FIRST,
            seats: BTreeMap::from([(HOST, FIRST)]),
        }
    }

    /// Gives the topics that changed the version of the entry that changed them.
    pub(crate) fn number(&mut self, changes: &Changes, version: Version) {
        for (changed, topic) in [
            (changes.stage, &mut self.stage),
            (changes.pace, &mut self.pace),
            (changes.room, &mut self.room),
            (changes.asks, &mut self.asks),
            (changes.lost, &mut self.lost),
            (changes.views || changes.offered, &mut self.views),
            (changes.question || changes.answered, &mut self.question),
            (changes.lesson, &mut self.lesson),
            (changes.script, &mut self.script),
        ] {
            if changed {
                *topic = version;
            }
        }
        self.seats
            .extend(changes.seats.iter().map(|seat| (*seat, version)));
        if let Some(removed) = changes.removed {
            self.seats.remove(&removed);
        }
    }

    /// As `seat` sees them; 0 for roster and pointer, and for a seat that is not there.
    pub(crate) fn seen_from(&self, seat: SeatId) -> Versions {
        Versions {
            stage: self.stage,
            pace: self.pace,
            room: self.room,
            question: self.question,
            lesson: self.lesson,
            script: self.script,
            roster: Version(0),
            pointer: Version(0),
            seat: self.seats.get(&seat).copied().unwrap_or_default(),
            asks: self.asks,
            lost: self.lost,
            views: self.views,
        }
    }
}
