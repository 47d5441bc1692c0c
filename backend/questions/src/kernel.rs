//! The kernels of one unit over their windows at one step: what each weight lies on. Not what is made of them.

use convocation_inference::Op;

use crate::{mistakes::place, view::OpenCell, window::Window};

/// The kernels of one unit over their windows at one step.
pub(crate) struct Kernel {
    /// Rows and columns of the kernel.
    pub size: [usize; 2],
    /// Per input channel: what each weight lies on, and the weights, row by row. Padding is 0.
    pub channels: Vec<(Vec<f64>, Vec<f64>)>,
    pub bias: f64,
    /// The unit of the source that the first channel is.
    pub first: u32,
}

impl Kernel {
    /// `weights` are `[outputs, inputs of the group, rows, columns]`, then the biases where there are any.
    pub fn of(cell: &OpenCell, input: &[f32], weights: &[f32]) -> Option<Self> {
        let Op::Conv { kernel, groups, .. } = cell.layer.op else {
            return None;
        };
        let window = Window::of(cell.layer, cell.source)?;
        let size = kernel.map(|side| side as usize);
        let (units, unit) = (cell.layer.units(), cell.unit);
        let inputs = cell.source.units() / groups;
        let first = unit / (units / groups) * inputs;
        let cells = size[0] * size[1];
        let per_unit = inputs as usize * cells;
        let own = weights.get(unit as usize * per_unit..(unit as usize + 1) * per_unit)?;
        let biases = weights.get(units as usize * per_unit..)?;
        let channels = own
            .chunks_exact(cells)
            .zip(first..)
            .map(|(weights, channel)| {
                let seen = window.cells(cell.step).map(|at| {
                    let at = at.and_then(|at| input.get(place(cell.source, channel, at)));
                    at.copied().map_or(0.0, f64::from)
                });
                (
                    seen.collect(),
                    weights.iter().map(|w| f64::from(*w)).collect(),
                )
            });
        Some(Self {
            size,
            channels: channels.collect(),
            bias: biases.get(unit as usize).copied().map_or(0.0, f64::from),
            first,
        })
    }

    /// Sum of products where `turned` says which weight each cell is multiplied with.
    pub fn sum(&self, turned: impl Fn(usize) -> usize) -> f64 {
        let product = |(seen, weights): &(Vec<f64>, Vec<f64>)| -> f64 {
            let cells = seen.iter().enumerate();
            cells.map(|(cell, x)| x * weights[turned(cell)]).sum()
        };
        self.channels.iter().map(product).sum()
    }

    /// What is multiplied: all of it, or what comes from one unit of the source.
    pub fn terms(&self, input: Option<u32>) -> impl Iterator<Item = (f64, f64)> + '_ {
        let channels = (self.first..).zip(&self.channels);
        let counted = channels.filter(move |(unit, _)| input.is_none_or(|input| input == *unit));
        counted.flat_map(|(_, (seen, weights))| seen.iter().copied().zip(weights.iter().copied()))
    }
}
