//! The stage: what the whole class looks at, as meaning. Not pixels, not layout, not who is allowed to change it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    edit::KernelEdit,
    ids::{ClassTime, LayerId, NetworkId, PictureId},
    sliding::Hyperparameters,
};

/// What is in view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Focus {
    /// The whole network.
    Overview,
    /// One layer, all its units.
    Layer {
        /// The layer.
        layer: LayerId,
    },
    /// One unit and how it is computed.
    Unit {
        /// The layer.
        layer: LayerId,
        /// Channel, or element of a flat layer, from 0.
        unit: u32,
    },
    /// One unit and the part of it that one unit of the layer before contributes.
    Link {
        /// The layer.
        layer: LayerId,
        /// Output unit, from 0.
        unit: u32,
        /// Unit of the layer before, from 0.
        input: u32,
    },
    /// One class of the output: its logit and probability.
    Class {
        /// Index of the label, from 0.
        class: u32,
    },
    /// A window of chosen sizes over a diagram, not over the network.
    Hyperparameters(Hyperparameters),
}

impl Focus {
    /// The layer of which a unit or link is open, if one is. All its units and links have the same steps.
    #[must_use]
    pub fn open_layer(&self) -> Option<&LayerId> {
        match self {
            Self::Unit { layer, .. } | Self::Link { layer, .. } => Some(layer),
            Self::Overview | Self::Layer { .. } | Self::Class { .. } | Self::Hyperparameters(_) => {
                None
            }
        }
    }
}

/// Where the kernel is, as a function of the class clock. A step is one output position, row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Playback {
    /// Stands at a step.
    Paused {
        /// The step, from 0.
        step: u32,
    },
    /// Moves, and stands when it reaches the last step.
    Playing {
        /// The step at `since`.
        from: u32,
        /// When it began to move.
        since: ClassTime,
        /// Steps per second: one of [`RATES`].
        rate: u32,
    },
}

/// The speeds of playing, in steps per second.
pub const RATES: [u32; 4] = [1, 4, 16, 64];

impl Playback {
    /// Where every new focus begins.
    pub const START: Self = Self::Paused { step: 0 };

    /// The step shown at `now`, for an operation of `steps` steps: never past the last one.
    #[must_use]
    pub fn step_at(self, now: ClassTime, steps: u32) -> u32 {
        let last = steps.saturating_sub(1);
        match self {
            Self::Paused { step } => step.min(last),
            Self::Playing { from, since, rate } => {
                let elapsed_ms = u64::from(now.0.saturating_sub(since.0));
                let moved = elapsed_ms * u64::from(rate) / 1000;
                u32::try_from(u64::from(from) + moved).map_or(last, |step| step.min(last))
            }
        }
    }
}

/// Over which tiles one colour scale extends. It is always symmetric around zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ColourScale {
    /// Each block (a convolution and what follows until the next) has its own.
    Block,
    /// Each module (blocks up to and including a pooling) has its own.
    Module,
    /// One for all layers.
    Global,
}

/// Everything the class looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// The network shown.
    pub network: NetworkId,
    /// The picture it looks at.
    pub picture: PictureId,
    /// What is in view.
    pub focus: Focus,
    /// Where the kernel is. `Paused { step: 0 }` where the focus has no steps.
    pub playback: Playback,
    /// Reach of the colour scale.
    pub scale: ColourScale,
    /// Whether shapes, full names and legends are shown.
    pub detail: bool,
    /// Whether the part of the picture that the open unit sees at the current step is marked.
    pub receptive_field: bool,
    /// A kernel that is tried instead of the learned one, if one is.
    pub edit: Option<KernelEdit>,
    /// A sentence for the class, at most [`CAPTION_CHARS`] characters.
    pub caption: Option<String>,
}

/// Longest caption, in characters: two lines on a projector.
pub const CAPTION_CHARS: usize = 200;
