//! What happens to a class, in the form the journal keeps. An entry is a request, not a fact: `Class::apply` may refuse it,
//! and only those it accepts are kept.

use serde::{Deserialize, Serialize};

use crate::{
    command::Command,
    ids::{ClassCode, ClassTime, PictureId, SeatId, SecretHash},
    lesson::Lesson,
    outline::Outline,
    question::Resolved,
    seat::Role,
};

/// How a class begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opening {
    /// The join code.
    pub code: ClassCode,
    /// Hash of the host's secret.
    pub host: SecretHash,
    /// Hash of the secret in the assistants' link.
    pub assistant: SecretHash,
    /// The network the class begins with.
    pub outline: Outline,
    /// The picture it looks at.
    pub picture: PictureId,
    /// How the host is called: a text that a rename would accept.
    pub host_name: String,
}

/// Something that happened, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// When, on the clock of the class.
    pub at: ClassTime,
    /// What.
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// A newcomer takes the next seat.
    Admit {
        /// Any but the host, of whom there is one.
        role: Role,
        /// How the newcomer is called at first.
        name: String,
        /// Hash of the token the newcomer will come back with.
        token: SecretHash,
    },
    /// A network becomes known to the class.
    Equip {
        /// The network.
        outline: Outline,
    },
    /// A question comes before the class, with what the network on the stage says about it.
    Pose {
        /// Who asks it.
        seat: SeatId,
        /// The question.
        question: Resolved,
    },
    /// Someone begins a lesson that the server found.
    Teach {
        /// Who asked for it.
        seat: SeatId,
        /// The lesson.
        lesson: Lesson,
    },
    /// The host, proved by the secret, has the recording kept for longer than others, or not any more.
    Keep {
        /// Whether it is kept.
        kept: bool,
    },
    /// A participant asks for something.
    Command {
        /// Who asks.
        seat: SeatId,
        /// For what.
        command: Command,
    },
}

impl Entry {
    /// The picture that this entry puts on the stage, if it does.
    #[must_use]
    pub fn picture(&self) -> Option<&PictureId> {
        match &self.event {
            Event::Command {
                command: Command::ChoosePicture { picture } | Command::ChooseNetwork { picture, .. },
                ..
            } => Some(picture),
            _ => None,
        }
    }
}
