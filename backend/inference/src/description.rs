//! The description of a network: what a screen needs to lay it out and explain it. Derived from the ONNX graph and the folder's
//! `network.toml`; holds no weights and no activations.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// One network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// Name of the network's folder, for example `tiny-vgg`.
    pub id: String,
    /// 32 lower-case hexadecimal digits over the ONNX file and the preprocessing: the address of its tensors.
    pub digest: String,
    /// Name for people.
    pub name: String,
    /// One sentence for people.
    pub summary: String,
    /// Name of each class, in output order.
    pub labels: Vec<String>,
    /// How a picture becomes the input.
    pub input: Input,
    /// Layers in the order of computation; the first is the input.
    pub layers: Vec<Layer>,
    /// Layer with the logits, if the network ends in a softmax: the one that the softmax reads.
    #[schema(required)]
    pub logits: Option<String>,
    /// Layer with the class scores: the last.
    pub output: String,
    /// Number of weights and biases.
    pub parameters: u32,
    /// Pictures that come with the network.
    pub gallery: Vec<GalleryPicture>,
    /// Licence and origin, for people.
    pub credits: Credits,
}

/// How a picture becomes the input tensor `[1, C, H, W]`: the shorter side is scaled, the centre cropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// Name of each channel, for example Red, Green, Blue.
    pub channels: Vec<String>,
    /// Rows.
    pub height: u32,
    /// Columns.
    pub width: u32,
    /// Value of a black and of a white pixel.
    pub range: [f32; 2],
    /// How many values a pixel can have, evenly spread over the range, where they are fewer than a picture's 256; at least 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub levels: Option<u32>,
}

/// One layer: one node of the graph, or the input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// Name of the graph's node (of its output where the node has none); letters, digits, `_`, `-` and `.` only.
    pub id: String,
    /// What it computes.
    pub op: Op,
    /// Ids of the layers it reads.
    pub inputs: Vec<String>,
    /// Shape of its output without the batch: `[C, H, W]`, or `[N]` for a flat layer.
    pub shape: Vec<u32>,
    /// Number of weights and biases that were learnt.
    pub parameters: u32,
    /// Shapes of its weight tensors in the order they are served: weight, then bias if there is one. Of a batch
    /// normalisation: scale, shift, mean, variance.
    pub weights: Vec<Vec<u32>>,
    /// Position of its block, from 0: a block begins at a convolution or dense layer (the input is a block of its own).
    pub block: u32,
    /// Position of its module, from 0: a module ends after a pooling layer.
    pub module: u32,
}

impl Layer {
    /// Number of channels, or of elements for a flat layer.
    #[must_use]
    pub fn units(&self) -> u32 {
        self.shape.first().copied().unwrap_or(0)
    }

    /// Rows and columns of one unit; 1 × 1 for a flat layer.
    #[must_use]
    pub fn map(&self) -> (u32, u32) {
        match self.shape[..] {
            [_, rows, columns] => (rows, columns),
            _ => (1, 1),
        }
    }

    /// Whether the layer has no maps, only one value per unit.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        self.shape.len() == 1
    }
}

/// What a layer computes. Sizes are `[rows, columns]`; paddings `[top, left, bottom, right]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Op {
    /// The picture.
    Input,
    /// Cross-correlation with a kernel per pair of channels, plus a bias per output channel.
    Conv {
        /// Size of the kernel.
        kernel: [u32; 2],
        /// Distance between two steps.
        stride: [u32; 2],
        /// Zeros around the input.
        padding: [u32; 4],
        /// Distance between two kernel cells on the input.
        dilation: [u32; 2],
        /// Input and output channels are split into this many independent groups.
        groups: u32,
    },
    /// max(0, x).
    Relu,
    /// x where x is positive, otherwise alpha · x.
    LeakyRelu {
        /// What is left of a negative value.
        alpha: f32,
    },
    /// 1 / (1 + exp(−x)).
    Sigmoid,
    /// min(max(x, `min`), `max`), for example ReLU6.
    Clip {
        /// Smallest value that comes out; the lowest `f32` where there is no such bound.
        min: f32,
        /// Largest value that comes out, at least `min`; the highest `f32` where there is no such bound.
        max: f32,
    },
    /// Largest value of the window.
    MaxPool {
        /// Size of the window.
        kernel: [u32; 2],
        /// Distance between two steps.
        stride: [u32; 2],
        /// Cells around the input that never win.
        padding: [u32; 4],
        /// Distance between two window cells on the input.
        dilation: [u32; 2],
    },
    /// Mean of the window.
    AveragePool {
        /// Size of the window.
        kernel: [u32; 2],
        /// Distance between two steps.
        stride: [u32; 2],
        /// Zeros around the input.
        padding: [u32; 4],
        /// Whether the padding counts in the mean.
        // `ToSchema` does not know `rename_all_fields`.
        #[schema(rename = "countPadding")]
        count_padding: bool,
    },
    /// Mean of the whole map.
    GlobalAveragePool,
    /// Normalises each channel with stored mean and variance, then scales and shifts it.
    BatchNormalization {
        /// Added to the variance.
        epsilon: f32,
    },
    /// Rows of all channels, one after the other.
    Flatten,
    /// Every output is a weighted sum of all inputs, plus a bias. Weights are served as `[outputs, inputs]`.
    Dense,
    /// Does nothing outside training.
    Dropout,
    /// exp(z) / Σ exp(z).
    Softmax,
}

/// A picture that comes with the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GalleryPicture {
    /// Digest of the picture, as an upload of the same file would get.
    pub picture: String,
    /// Its class.
    pub label: String,
    /// What is on it, in one sentence: the alternative text.
    pub title: String,
}

/// Licence and origin of a network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Credits {
    /// SPDX expression.
    pub licence: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// What it was trained on.
    pub data: String,
}
