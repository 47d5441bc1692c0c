//! A question as someone asks it: what kind, and in which words. Not yet what can be answered: options and key come from the network
//! on the stage (see `question`). A lesson's question block has these fields.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    edit::KernelEdit,
    filling::Fill,
    ids::{LayerId, NetworkId, PictureId},
    rejection::Rejection,
    stage::Focus,
    text,
};

/// Longest wording of a question, and longest reason for its answer, in characters: three lines on a phone.
pub const QUESTION_CHARS: usize = 200;
/// Longest own option, and longest word at an end of a scale, in characters.
pub const OPTION_CHARS: usize = 80;
/// Fewest own options.
pub const OPTIONS_LEAST: usize = 2;
/// Most own options: what fits a phone without scrolling.
pub const OPTIONS_MOST: usize = 6;
/// Fewest steps of a scale.
pub const SCALE_LEAST: u32 = 2;
/// Most steps of a scale.
pub const SCALE_MOST: u32 = 7;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Asked {
    /// Which value the next cell of the open unit has.
    Value(Wording),
    /// Whether the next cell of the open unit is negative, zero or positive.
    Sign(Wording),
    /// Which element of the next window the pooling keeps.
    Winner(Wording),
    /// Which class the network takes the picture for.
    TopClass(Wording),
    /// How large the output of the open layer is, or that of the chosen hyperparameters.
    OutputSize(Wording),
    /// Which unit of a layer responds most strongly: answered by a click on its tile.
    Tile(Tile),
    /// Where on its map the open unit responds most strongly: answered by a click on the cell.
    Pixel(Wording),
    /// A question of one's own with options of one's own.
    Choice(Choice),
    /// A question of one's own answered on a scale; no step is right or wrong.
    Scale(Scale),
    /// The map of the open unit, or the part of it that comes from one input: filled by the class, cell by cell.
    Fill(Fill),
}

/// A question with all that it is about: what someone who learns alone asks the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Asking {
    /// The network.
    pub network: NetworkId,
    /// The picture it looks at.
    pub picture: PictureId,
    /// What is in view.
    pub focus: Focus,
    /// The step at which the window stands, from 0.
    pub step: u32,
    /// An edited kernel, if there is one.
    pub edit: Option<KernelEdit>,
    /// The question.
    pub question: Asked,
}

/// Words around a question that the network answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Wording {
    /// Instead of the standard wording, at most [`QUESTION_CHARS`] characters.
    pub text: Option<String>,
    /// Why the right answer is right, shown with it; at most [`QUESTION_CHARS`] characters.
    pub why: Option<String>,
}

/// A question about the tiles of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Tile {
    /// The layer; when absent, the one that is open on the stage.
    pub layer: Option<LayerId>,
    /// As in [`Wording`].
    pub text: Option<String>,
    /// As in [`Wording`].
    pub why: Option<String>,
}

/// A question with own options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// The question, at most [`QUESTION_CHARS`] characters.
    pub text: String,
    /// [`OPTIONS_LEAST`] to [`OPTIONS_MOST`] different ones, each at most [`OPTION_CHARS`] characters.
    pub options: Vec<String>,
    /// The right one, from 0; none where opinions are asked for.
    #[serde(default)]
    pub right: Option<u32>,
    /// As in [`Wording`].
    #[serde(default)]
    pub why: Option<String>,
}

/// A question with a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Scale {
    /// The question, at most [`QUESTION_CHARS`] characters.
    pub text: String,
    /// What the first step means, at most [`OPTION_CHARS`] characters.
    pub low: String,
    /// What the last step means, at most [`OPTION_CHARS`] characters.
    pub high: String,
    /// [`SCALE_LEAST`] to [`SCALE_MOST`].
    pub steps: u32,
    /// As in [`Wording`].
    #[serde(default)]
    pub why: Option<String>,
}

impl Asked {
    /// The question as it is kept: texts without space around them (R71).
    ///
    /// # Errors
    /// [`Rejection::BadText`], [`Rejection::BadQuestion`].
    pub fn checked(&self) -> Result<Self, Rejection> {
        Ok(match self {
            Self::Value(wording) => Self::Value(wording.checked()?),
            Self::Sign(wording) => Self::Sign(wording.checked()?),
            Self::Winner(wording) => Self::Winner(wording.checked()?),
            Self::TopClass(wording) => Self::TopClass(wording.checked()?),
            Self::OutputSize(wording) => Self::OutputSize(wording.checked()?),
            Self::Pixel(wording) => Self::Pixel(wording.checked()?),
            Self::Tile(tile) => Self::Tile(Tile {
                layer: tile.layer.clone(),
                text: optional(tile.text.as_deref())?,
                why: optional(tile.why.as_deref())?,
            }),
            Self::Choice(choice) => Self::Choice(choice.checked()?),
            Self::Scale(scale) => Self::Scale(scale.checked()?),
            Self::Fill(fill) => Self::Fill(fill.checked()?),
        })
    }

    /// The own wording, if there is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Value(words)
            | Self::Sign(words)
            | Self::Winner(words)
            | Self::TopClass(words)
            | Self::OutputSize(words)
            | Self::Pixel(words) => words.text.as_deref(),
            Self::Tile(tile) => tile.text.as_deref(),
            Self::Choice(choice) => Some(&choice.text),
            Self::Scale(scale) => Some(&scale.text),
            Self::Fill(fill) => fill.text.as_deref(),
        }
    }

    /// Why the right answer is right, if someone says so.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Value(words)
            | Self::Sign(words)
            | Self::Winner(words)
            | Self::TopClass(words)
            | Self::OutputSize(words)
            | Self::Pixel(words) => words.why.as_deref(),
            Self::Tile(tile) => tile.why.as_deref(),
            Self::Choice(choice) => choice.why.as_deref(),
            Self::Scale(scale) => scale.why.as_deref(),
            Self::Fill(fill) => fill.why.as_deref(),
        }
    }
}

impl Wording {
    fn checked(&self) -> Result<Self, Rejection> {
        Ok(Self {
            text: optional(self.text.as_deref())?,
            why: optional(self.why.as_deref())?,
        })
    }
}

impl Choice {
    fn checked(&self) -> Result<Self, Rejection> {
        if !(OPTIONS_LEAST..=OPTIONS_MOST).contains(&self.options.len()) {
            return Err(Rejection::BadQuestion);
        }
        let options: Vec<String> = self
            .options
            .iter()
            .map(|option| required(option, OPTION_CHARS))
            .collect::<Result<_, _>>()?;
        let is_repeated = |(place, option)| options[..place].contains(option);
        let is_there = |right: u32| (right as usize) < options.len();
        if options.iter().enumerate().any(is_repeated) || !self.right.is_none_or(is_there) {
            return Err(Rejection::BadQuestion);
        }
        Ok(Self {
            text: required(&self.text, QUESTION_CHARS)?,
            options,
            right: self.right,
            why: optional(self.why.as_deref())?,
        })
    }
}

impl Scale {
    fn checked(&self) -> Result<Self, Rejection> {
        if !(SCALE_LEAST..=SCALE_MOST).contains(&self.steps) {
            return Err(Rejection::BadQuestion);
        }
        Ok(Self {
            text: required(&self.text, QUESTION_CHARS)?,
            low: required(&self.low, OPTION_CHARS)?,
            high: required(&self.high, OPTION_CHARS)?,
            steps: self.steps,
            why: optional(self.why.as_deref())?,
        })
    }
}

pub(crate) fn optional(typed: Option<&str>) -> Result<Option<String>, Rejection> {
    let clean = typed.map(|typed| text::clean(typed, QUESTION_CHARS));
    Ok(clean.transpose()?.flatten())
}

fn required(typed: &str, most_chars: usize) -> Result<String, Rejection> {
    text::clean(typed, most_chars)?.ok_or(Rejection::BadText)
}
