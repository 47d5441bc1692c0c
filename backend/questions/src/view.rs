//! A view: what is on the stage as far as questions are concerned, and which of them it offers.

use convocation_classroom::{asked::Asked, ids::LayerId, stage::Focus};
use convocation_inference::{Description, Layer, Op};

use crate::{filling, sizes, spots, window::Window};

/// What is on the stage.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The network.
    pub network: &'a Description,
    /// What is in view.
    pub focus: &'a Focus,
    /// The step at which the window stands, from 0.
    pub step: u32,
}

/// The numbers of a network for one picture.
pub trait Values {
    /// All activations of a layer, `[C, H, W]` or `[N]`.
    fn layer(&self, id: &str) -> Option<&[f32]>;
    /// The weight tensors of a layer in the order and shapes of its description, joined.
    fn weights(&self, id: &str) -> Option<Vec<f32>>;
}

/// A cell of the open unit, and what it is computed from.
pub(crate) struct OpenCell<'a> {
    pub layer: &'a Layer,
    pub source: &'a Layer,
    pub unit: u32,
    /// The step that computes it.
    pub step: u32,
}

impl<'a> View<'a> {
    /// The layer with an id.
    pub(crate) fn layer(&self, id: &LayerId) -> Option<&'a Layer> {
        let layers = &self.network.layers;
        layers.iter().find(|layer| layer.id == id.as_str())
    }

    /// The layer that `layer` reads.
    pub(crate) fn source(&self, layer: &Layer) -> Option<&'a Layer> {
        let id = layer.inputs.first()?;
        self.network.layers.iter().find(|layer| layer.id == *id)
    }

    /// The layer in view, and its unit where one is open.
    pub(crate) fn open(&self) -> Option<(&'a Layer, Option<u32>)> {
        let (id, unit) = match self.focus {
            Focus::Layer { layer } => (layer, None),
            Focus::Unit { layer, unit } | Focus::Link { layer, unit, .. } => (layer, Some(*unit)),
            Focus::Overview | Focus::Class { .. } | Focus::Hyperparameters(_) => return None,
        };
        let layer = self.layer(id)?;
        let is_there = unit.is_none_or(|unit| unit < layer.units());
        is_there.then_some((layer, unit))
    }

    /// The steps of what is in view, where it has any.
    pub(crate) fn steps(&self) -> Option<u32> {
        if let Focus::Hyperparameters(sizes) = self.focus {
            return sizes.output().map(|side| side * side);
        }
        let (layer, unit) = self.open()?;
        unit?;
        let (rows, columns) = layer.map();
        (layer.op != Op::Input).then_some(rows * columns)
    }

    /// The cell that is computed next: the one after the step, or the only one.
    pub(crate) fn next_cell(&self) -> Option<OpenCell<'a>> {
        let (layer, unit) = self.open()?;
        let steps = self.steps()?;
        let step = if steps == 1 { 0 } else { self.step + 1 };
        (step < steps).then_some(OpenCell {
            layer,
            source: self.source(layer)?,
            unit: unit?,
            step,
        })
    }
}

/// Whether `asked` can be asked about `view`, as far as the network's description tells: its numbers may still say that every answer
/// would be right.
#[must_use]
pub fn askable(asked: &Asked, view: &View) -> bool {
    let next = |is_asked: fn(&Op) -> bool| {
        view.next_cell()
            .is_some_and(|cell| is_asked(&cell.layer.op))
    };
    match asked {
        Asked::Value(_) => next(has_value),
        Asked::Sign(_) => next(|op| matches!(op, Op::Conv { .. })),
        Asked::Winner(_) => view.next_cell().is_some_and(|cell| is_contest(&cell)),
        Asked::TopClass(_) => *view.focus == Focus::Overview && view.network.labels.len() > 1,
        Asked::OutputSize(_) => sizes::output_size(view).is_some(),
        Asked::Tile(tile) => spots::tiled(view, tile.layer.as_ref()).is_some(),
        Asked::Pixel(_) => spots::mapped(view).is_some(),
        Asked::Fill(fill) => filling::fillable(fill.area, view).is_some(),
        Asked::Choice(_) | Asked::Scale(_) => true,
    }
}

/// Whether the layer's arithmetic is what a value is asked about.
pub(crate) fn has_value(op: &Op) -> bool {
    matches!(
        op,
        Op::Conv { .. }
            | Op::Relu
            | Op::LeakyRelu { .. }
            | Op::Sigmoid
            | Op::Clip { .. }
            | Op::MaxPool { .. }
            | Op::AveragePool { .. }
            | Op::GlobalAveragePool
            | Op::Dense
    )
}

/// Whether a window of several cells is reduced to the largest.
pub(crate) fn is_contest(cell: &OpenCell) -> bool {
    matches!(cell.layer.op, Op::MaxPool { .. })
        && Window::of(cell.layer, cell.source)
            .is_some_and(|window| window.kernel[0] * window.kernel[1] > 1)
}
