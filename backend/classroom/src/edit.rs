//! An edited kernel: weights of one unit of a convolution that someone tries instead of the learned ones. What the network makes
//! of them is for the server to compute.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::LayerId;

/// Most weights of one edit: it has to fit into a message and into an address.
pub const EDITED_WEIGHTS: usize = 512;
/// Largest edited weight or bias, in thousandths, of either sign.
pub const EDITED_MOST: i32 = 100_000;

/// New weights of one unit. What is not named stays as the network learned it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KernelEdit {
    /// A layer that has kernels.
    pub layer: LayerId,
    /// Its unit, from 0.
    pub unit: u32,
    /// By ascending input, at most [`EDITED_WEIGHTS`] weights in total.
    pub kernels: Vec<KernelWeights>,
    /// The bias in thousandths, if it is edited: at most [`EDITED_MOST`] of either sign.
    pub bias: Option<i32>,
}

/// One kernel: the weights from one input unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KernelWeights {
    /// Unit of the layer before, from 0.
    pub input: u32,
    /// Row by row, in thousandths: at most [`EDITED_MOST`] of either sign.
    pub weights: Vec<i32>,
}

impl KernelEdit {
    /// Whether the numbers are in range and in order, for kernels of `size` weights.
    #[must_use]
    pub fn is_sound(&self, size: u32) -> bool {
        let is_sorted = self.kernels.is_sorted_by(|a, b| a.input < b.input);
        let all = || self.kernels.iter().flat_map(|kernel| &kernel.weights);
        let mut numbers = all().chain(&self.bias);
        is_sorted
            && all().count() <= EDITED_WEIGHTS
            && self
                .kernels
                .iter()
                .all(|kernel| u32::try_from(kernel.weights.len()) == Ok(size))
            && numbers.all(|number| (-EDITED_MOST..=EDITED_MOST).contains(number))
    }
}
