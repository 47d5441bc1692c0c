//! What an accepted entry changed: which topics have a new value, who came and who went. Not the values themselves.

use crate::ids::SeatId;

/// The difference an entry made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The stage has a new value.
    pub stage: bool,
    /// The pace has a new value.
    pub pace: bool,
    /// The room has a new value.
    pub room: bool,
    /// The question has a new value, and everyone should see it at once.
    pub question: bool,
    /// Only the count of answers to the question is new, or what they were: soon enough is enough.
    pub answered: bool,
    /// The place in the lesson has a new value.
    pub lesson: bool,
    /// What staff see of the lesson has a new value.
    pub script: bool,
    /// The roster may have a new value: a name, a mode, a seat, or who drives.
    pub roster: bool,
    /// A network became known, or known anew.
    pub equipped: bool,
    /// What students ask has a new value, or the votes for it: soon enough is enough.
    pub asks: bool,
    /// What everyone knows of students' views has a new value.
    pub views: bool,
    /// Only which views are on offer is new, or whether there is a way back, for staff alone: soon enough is enough.
    pub offered: bool,
    /// How many are lost is new, or was: soon enough is enough.
    pub lost: bool,
    /// Seats whose own topic has a new value, newcomers included.
    pub seats: Vec<SeatId>,
    /// Who took a seat.
    pub admitted: Option<SeatId>,
    /// Whose seat is gone, and with it the right to come back.
    pub removed: Option<SeatId>,
    /// Whether the recording is kept is another matter than before.
    pub kept: bool,
    /// The class is over from now on.
    pub ended: bool,
}

impl Changes {
    /// Whether the class is as it was: such an entry is acknowledged but has no place in the journal (R3).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
