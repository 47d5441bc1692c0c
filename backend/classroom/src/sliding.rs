//! The sizes of a sliding window, as one chooses them to see what comes out: one axis of a square input. Not a layer's own
//! window, which belongs to the network's description.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Input, padding, kernel, stride and dilation, in cells along one axis. Everything is square.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Hyperparameters {
    /// Rows (and columns) of the input: 1 to [`INPUT_MOST`].
    pub input: u32,
    /// Rows added on each side: 0 to [`PADDING_MOST`].
    pub padding: u32,
    /// Rows of the kernel: 1 to [`KERNEL_MOST`].
    pub kernel: u32,
    /// Cells from one position of the kernel to the next: 1 to [`STRIDE_MOST`].
    pub stride: u32,
    /// Cells from one weight of the kernel to the next: 1 to [`DILATION_MOST`].
    pub dilation: u32,
}

/// Largest input: with its padding it still has cells that a finger can hit on a phone.
pub const INPUT_MOST: u32 = 16;
/// Widest padding.
pub const PADDING_MOST: u32 = 8;
/// Largest kernel: that of AlexNet's first layer.
pub const KERNEL_MOST: u32 = 11;
/// Longest stride.
pub const STRIDE_MOST: u32 = 8;
/// Widest dilation.
pub const DILATION_MOST: u32 = 4;

impl Hyperparameters {
    /// Rows of the output, ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1 (Dumoulin and Visin, *A guide to convolution arithmetic for deep
    /// learning*, 2016, relationship 15). `None` where a size is out of range or the kernel does not fit.
    #[must_use]
    pub fn output(self) -> Option<u32> {
        let in_range = (1..=INPUT_MOST).contains(&self.input)
            && self.padding <= PADDING_MOST
            && (1..=KERNEL_MOST).contains(&self.kernel)
            && (1..=STRIDE_MOST).contains(&self.stride)
            && (1..=DILATION_MOST).contains(&self.dilation);
        if !in_range {
            return None;
        }
        let padded = self.input + 2 * self.padding;
        let reach = self.dilation * (self.kernel - 1) + 1;
        Some(padded.checked_sub(reach)? / self.stride + 1)
    }
}
