//! Topics: the handful of values a class consists of for those who watch it. Each has a version that only grows; whoever
//! falls behind skips to the newest. What a value contains may depend on the audience, never on the connection.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asks::Asks,
    ids::{SeatId, Version},
    lesson::{LessonPlace, Script},
    lost::Lost,
    pace::Pace,
    pointer::Pointer,
    question::Question,
    seat::{Mode, Role, Seat},
    stage::Stage,
    views::Views,
};

/// For whom a value is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Host and assistants.
    Staff,
    /// Students and projectors.
    Room,
}

impl Audience {
    /// The audience a role belongs to.
    #[must_use]
    pub fn of(role: Role) -> Self {
        if role.is_staff() {
            Self::Staff
        } else {
            Self::Room
        }
    }
}

/// The door, the wheel, and what may be brought along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Room {
    /// Whether newcomers are kept out.
    pub locked: bool,
    /// Whether students may explore with pictures of their own.
    pub own_pictures: bool,
    /// Who drives: always host or assistant.
    pub driver: SeatId,
    /// Whether the class is over.
    pub ended: bool,
    /// Whether projectors show how to join, filling the screen.
    pub code_shown: bool,
}

/// Who is here, as far as the audience may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Roster {
    /// Students with a connection.
    pub present: u32,
    /// Of those, how many follow.
    pub following: u32,
    /// Whether the driver has a connection: 'the instructor is offline' when not.
    pub driver_present: bool,
    /// Staff only (empty for the room): every seat, students in order of arrival.
    pub seats: Vec<RosterSeat>,
    /// Staff only (empty for the room): how many exploring students are at each layer, for groups of
    /// [`GROUP`] or more.
    pub whereabouts: Vec<LayerCount>,
}

/// Smallest group of students whose whereabouts are told: no single person can be made out.
pub const GROUP: u32 = 5;

/// One line of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RosterSeat {
    /// Which seat.
    pub id: SeatId,
    /// What it may do.
    pub role: Role,
    /// How it is called.
    pub name: String,
    /// Whether it shows the stage.
    pub mode: Mode,
    /// Whether it has a connection.
    pub present: bool,
}

/// How many are at one layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LayerCount {
    /// The layer.
    pub layer: crate::ids::LayerId,
    /// How many, at least [`GROUP`].
    pub count: u32,
}

/// A topic's value with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "topic", content = "value", rename_all = "camelCase")]
pub enum TopicValue {
    /// What the class looks at.
    Stage(Stage),
    /// How far students may go.
    Pace(Pace),
    /// The door and the wheel.
    Room(Room),
    /// Which lesson the class is in, and where in it; none outside a lesson.
    Lesson(Option<LessonPlace>),
    /// Staff only (never sent to the room): the lesson with its notes; none outside a lesson.
    Script(Option<Script>),
    /// Who is here.
    Roster(Roster),
    /// What the driver points at.
    Pointer(Pointer),
    /// The question before the class, if there is one.
    Question(Option<Question>),
    /// The receiver's own seat.
    Seat(Seat),
    /// What students ask.
    Asks(Asks),
    /// Where students are lost; none for the room.
    Lost(Option<Lost>),
    /// Views of students, as far as the audience may know.
    Views(Views),
}

/// The newest versions a client has; 0 where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Versions {
    /// Of the stage.
    pub stage: Version,
    /// Of the pace.
    pub pace: Version,
    /// Of the room.
    pub room: Version,
    /// Of the lesson.
    pub lesson: Version,
    /// Of the lesson's script.
    pub script: Version,
    /// Of the roster.
    pub roster: Version,
    /// Of the pointer.
    pub pointer: Version,
    /// Of the question.
    pub question: Version,
    /// Of the own seat.
    pub seat: Version,
    /// Of what students ask.
    pub asks: Version,
    /// Of where they are lost.
    pub lost: Version,
    /// Of the views that they offer.
    pub views: Version,
}
