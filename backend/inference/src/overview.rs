//! The overview: all tiles of a network for one picture in one small binary, for painting. Not for reading numbers off: those
//! are served exactly, layer by layer and unit by unit. Read by `frontend/src/data/overview.ts`.
//!
//! All numbers are little-endian. The binary is sent compressed (brotli or gzip).
//!
//! | bytes | what |
//! |---|---|
//! | 3 | `CVO` |
//! | 1 | version of this format: 1 |
//! | 2 | longest side of a tile, `u16`: a map with a longer side `S` is averaged down by the factor `ceil(S / side)` |
//! | … | layers in the order of the description, each as follows |
//!
//! | kind (1 byte) | then | the layer |
//! |---|---|---|
//! | 0 derived | nothing | the reader computes values and ranges from the layer before: see [`is_derived`] |
//! | 1 pooled | ranges | the reader computes values from the layer before |
//! | 2 tiles | ranges, levels (1 byte), codes | each unit's levels spread over its own range |
//! | 3 exact | `f32` per unit | a flat layer: logits and scores |
//! | 4 row | one range, levels (1 byte), 1 byte per unit | another flat layer; levels spread over that range |
//! | 5 picture | ranges, levels (1 byte), codes | the input; levels spread over the network's input range |
//!
//! A *range* is the exact smallest and largest value of a whole map, two `f32`; *ranges* has one per unit. Level `q` of `n`
//! stands for `low + q / n · (high − low)`. *Codes* has a byte for each cell of each unit, row by row: the difference of the
//! cell's level from what its neighbours above (`a`), left (`l`) and both (`c`) make likely, which is the median of `a`, `l`
//! and `a + l − c` (`l` in the first row, `a` in the first column, 0 in the corner). The difference `d` is taken modulo `n + 1`
//! to lie around zero and folded to be positive: `2d` for `d ≥ 0`, `−2d − 1` otherwise. Small codes are frequent, which is what
//! compression feeds on.

mod tiles;

use std::str::FromStr;

use crate::{
    activations::Activations,
    description::{Description, Layer, Op},
};

use tiles::{Tile, code, entropy_bytes};

/// First bytes and version of the format.
const MAGIC: &[u8; 4] = b"CVO\x01";

/// Levels that are tried, most first: 8 bits where that fits the size, never less than 5.
const LEVELS: [u8; 4] = [255, 127, 63, 31];

/// Levels of the picture at full size and of rows: a picture has 8 bits, so it comes through exactly.
const ALL_LEVELS: u8 = 255;

/// How large the tiles are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// Tiles of at most 32 × 32, for phones.
    Phone,
    /// Every cell.
    Full,
}

impl Size {
    /// Longest side of a tile, in cells.
    fn side(self) -> u16 {
        match self {
            Self::Phone => 32,
            Self::Full => u16::MAX,
        }
    }

    /// Compressed size, in bytes, above which fewer levels are used: 300 phones then take 10 MB, a second on 100 Mbit/s. Both
    /// are a little below the 32 and 80 kB that are promised for Tiny VGG, because gzip does not reach the entropy.
    fn budget_bytes(self) -> f64 {
        match self {
            Self::Phone => 30_500.0,
            Self::Full => 75_500.0,
        }
    }
}

impl FromStr for Size {
    type Err = ();

    /// Reads `phone` or `full`.
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "phone" => Ok(Self::Phone),
            "full" => Ok(Self::Full),
            _ => Err(()),
        }
    }
}

/// Encodes the activations of a network. The same activations give the same bytes.
///
/// # Panics
/// When the activations are of another network.
#[must_use]
pub fn encode(description: &Description, activations: &Activations, size: Size) -> Vec<u8> {
    let encoder = Encoder {
        description,
        activations,
        size,
    };
    let mut best = Vec::new();
    for levels in LEVELS {
        let (bytes, compressed) = encoder.encode(levels);
        best = bytes;
        if compressed <= size.budget_bytes() {
            break;
        }
    }
    best
}

struct Encoder<'a> {
    description: &'a Description,
    activations: &'a Activations,
    size: Size,
}

impl Encoder<'_> {
    /// The binary, and about how many bytes of it are left after compression.
    fn encode(&self, levels: u8) -> (Vec<u8>, f64) {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.size.side().to_le_bytes());
        let mut saved = 0.0;
        for layer in &self.description.layers {
            let begin = bytes.len();
            let codes = self.layer(layer, levels, &mut bytes);
            let coded = &bytes[begin.max(bytes.len() - codes)..];
            saved += coded.len() as f64 - entropy_bytes(coded);
        }
        let compressed = bytes.len() as f64 - saved;
        (bytes, compressed)
    }

    /// Appends a layer; returns how many of its last bytes are codes.
    fn layer(&self, layer: &Layer, levels: u8, bytes: &mut Vec<u8>) -> usize {
        let values = self
            .activations
            .layer(&layer.id)
            .expect("activations are of the described network");
        let exact = layer.id == self.description.output
            || Some(&layer.id) == self.description.logits.as_ref();
        match layer.op {
            _ if exact => {
                bytes.push(3);
                push_floats(bytes, values);
                0
            }
            _ if is_derived(&layer.op) => {
                bytes.push(0);
                0
            }
            Op::MaxPool { .. } | Op::AveragePool { .. } | Op::GlobalAveragePool => {
                bytes.push(1);
                push_ranges(bytes, layer, values);
                0
            }
            _ if layer.is_flat() => {
                bytes.push(4);
                let [low, high] = range(values);
                push_floats(bytes, &[low, high]);
                bytes.push(ALL_LEVELS);
                let quantise = tiles::quantiser([low, high], ALL_LEVELS);
                bytes.extend(values.iter().map(|value| quantise(*value)));
                values.len()
            }
            Op::Input => {
                bytes.push(5);
                push_ranges(bytes, layer, values);
                let levels = if self.size == Size::Full {
                    ALL_LEVELS
                } else {
                    levels
                };
                self.tiles(
                    layer,
                    values,
                    levels,
                    Some(self.description.input.range),
                    bytes,
                )
            }
            _ => {
                bytes.push(2);
                push_ranges(bytes, layer, values);
                self.tiles(layer, values, levels, None, bytes)
            }
        }
    }

    /// Appends levels and codes; returns the number of codes.
    fn tiles(
        &self,
        layer: &Layer,
        values: &[f32],
        levels: u8,
        over: Option<[f32; 2]>,
        bytes: &mut Vec<u8>,
    ) -> usize {
        bytes.push(levels);
        let begin = bytes.len();
        let (rows, columns) = layer.map();
        for unit in units(layer, values) {
            let over = over.unwrap_or_else(|| range(unit));
            let tile = Tile::of(
                unit,
                [rows as usize, columns as usize],
                usize::from(self.size.side()),
            );
            code(&tile, tiles::quantiser(over, levels), levels, bytes);
        }
        bytes.len() - begin
    }
}

/// Whether the reader gets a layer right from the one before: its ranges to the last bit, its values to less than a level of
/// what they came from. A sigmoid can stretch one level over half of its own range, a negative alpha turns ranges around.
fn is_derived(op: &Op) -> bool {
    match op {
        Op::Relu | Op::Clip { .. } | Op::Dropout | Op::Flatten => true,
        Op::LeakyRelu { alpha } => (0.0..=1.0).contains(alpha),
        _ => false,
    }
}

fn units<'a>(layer: &Layer, values: &'a [f32]) -> impl Iterator<Item = &'a [f32]> {
    values.chunks_exact((values.len() / layer.units().max(1) as usize).max(1))
}

fn range(values: &[f32]) -> [f32; 2] {
    values
        .iter()
        .fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], value| {
            [low.min(*value), high.max(*value)]
        })
}

fn push_ranges(bytes: &mut Vec<u8>, layer: &Layer, values: &[f32]) {
    for unit in units(layer, values) {
        push_floats(bytes, &range(unit));
    }
}

fn push_floats(bytes: &mut Vec<u8>, values: &[f32]) {
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

#[cfg(test)]
mod tests;
