//! Pace: how far from the instructor students may go. Not what is shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::ClassTime;

/// How freely students explore.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Roaming {
    /// Everywhere.
    Free,
    /// Up to the furthest layer the class has seen.
    Taught,
    /// Nowhere: every screen follows.
    Together,
}

/// How long before a screen goes back to the stage its student is told, in ms: enough to read one line.
pub const GATHER_MS: u32 = 3000;

/// The pace of the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Pace {
    /// How freely students explore.
    pub roaming: Roaming,
    /// Position in the network of the furthest layer shown so far, from 0 (the input).
    pub taught: u32,
    /// When everyone was last called back to the stage, if ever. A screen that explores goes back [`GATHER_MS`] later.
    pub gathered: Option<ClassTime>,
    /// Whether every student's screen stays as it is and takes no touch.
    pub paused: bool,
}
