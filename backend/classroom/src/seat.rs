//! A seat: one participant of a class, kept for as long as the class exists. Not a connection: a seat may have none or several.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{asks::OwnAsks, filling::OwnCell, ids::SeatId, question::Answer, views::ViewId};

/// What a participant may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Opened the class: drives, hands over, ends it. Always seat 0.
    Host,
    /// Joined by the assistants' link: keeps order, drives when handed the wheel.
    Assistant,
    /// Joined by code.
    Student,
    /// A screen for the room: sees what students see, sends nothing, is not counted.
    Projector,
}

impl Role {
    /// Whether this role keeps order in the class.
    #[must_use]
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Host | Self::Assistant)
    }
}

/// Whether a student's screen shows the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Shows what the class shows.
    Following,
    /// Went its own way.
    Exploring,
}

/// Longest name, in characters.
pub const NAME_CHARS: usize = 32;

/// One participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Seat {
    /// Which seat.
    pub id: SeatId,
    /// What it may do.
    pub role: Role,
    /// How it is called, 1 to [`NAME_CHARS`] characters.
    pub name: String,
    /// Whether it shows the stage.
    pub mode: Mode,
    /// What it asked and voted for. Told to nobody else.
    pub asks: OwnAsks,
    /// What it answered to the question before the class, one per round. Told to nobody else.
    pub answers: Vec<Answer>,
    /// The view that it offers to the class, if it does. Told to nobody else.
    pub offered: Option<ViewId>,
    /// The cells that it computes of the map that the class fills, in the order in which they were dealt. Told to nobody else.
    pub cells: Vec<OwnCell>,
}
