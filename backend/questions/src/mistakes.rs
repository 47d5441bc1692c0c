//! Typical mistakes: what comes out for a cell when someone forgets the bias or the activation, turns the kernel, looks one cell too
//! far, or takes the mean for the maximum. Not which of them become options.

use convocation_inference::{Layer, Op};

use crate::{
    kernel::Kernel,
    view::{OpenCell, Values},
    window::Window,
};

/// Wrong values for a cell, the most typical first; some may be right by chance. `None` where numbers are missing.
pub(crate) fn mistakes(cell: &OpenCell, values: &impl Values, right: f64) -> Option<Vec<f64>> {
    let input = values.layer(&cell.source.id)?;
    let own = values.layer(&cell.layer.id)?;
    let mut wrong = match cell.layer.op {
        Op::Conv { .. } => {
            Kernel::of(cell, input, &values.weights(&cell.layer.id)?)?.mistakes(right)
        }
        Op::Dense => dense(cell, input, &values.weights(&cell.layer.id)?, right)?,
        Op::MaxPool { .. } | Op::AveragePool { .. } | Op::GlobalAveragePool => {
            pooling(cell, input)?
        }
        _ => {
            let before = f64::from(*input.get(place(cell.source, cell.unit, cell.step))?);
            // The activation forgotten, everything taken away, the sign dropped.
            vec![before, 0.0, -before, 1.0 - right]
        }
    };
    wrong.extend(neighbours(cell, own));
    Some(wrong)
}

/// Index of a unit's cell among a layer's activations.
pub(crate) fn place(layer: &Layer, unit: u32, cell: u32) -> usize {
    let (rows, columns) = layer.map();
    unit as usize * (rows * columns) as usize + cell as usize
}

/// Off by one: what comes out one cell further to the right, below, to the left and above; of a flat layer, for the next units.
fn neighbours(cell: &OpenCell, own: &[f32]) -> Vec<f64> {
    let (rows, columns) = cell.layer.map();
    let (row, column) = (cell.step / columns, cell.step % columns);
    let around = [
        (row.checked_add(0), column.checked_add(1)),
        (row.checked_add(1), column.checked_add(0)),
        (row.checked_add(0), column.checked_sub(1)),
        (row.checked_sub(1), column.checked_add(0)),
    ];
    let on_map = around.into_iter().filter_map(|(row, column)| {
        let (row, column) = (
            row.filter(|row| *row < rows)?,
            column.filter(|c| *c < columns)?,
        );
        own.get(place(cell.layer, cell.unit, row * columns + column))
    });
    let units = cell.layer.units();
    let others = (1..units.min(4)).map(|further| (cell.unit + further) % units);
    let in_layer = others
        .filter(|_| rows * columns == 1)
        .filter_map(|unit| own.get(place(cell.layer, unit, 0)));
    on_map
        .chain(in_layer)
        .map(|value| f64::from(*value))
        .collect()
}

fn pooling(cell: &OpenCell, input: &[f32]) -> Option<Vec<f64>> {
    let window = Window::of(cell.layer, cell.source)?;
    let seen: Vec<f64> = window
        .cells(cell.step)
        .flatten()
        .filter_map(|at| input.get(place(cell.source, cell.unit, at)))
        .map(|value| f64::from(*value))
        .collect();
    let (first, last) = (*seen.first()?, *seen.last()?);
    let sum: f64 = seen.iter().sum();
    let mean = sum / seen.len() as f64;
    let largest = seen.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let smallest = seen.iter().copied().fold(f64::INFINITY, f64::min);
    Some(match cell.layer.op {
        Op::MaxPool { .. } => vec![mean, smallest, first, last, sum],
        _ => vec![largest, sum, smallest, (largest + smallest) / 2.0],
    })
}

/// `weights` are `[outputs, inputs]`, then the biases where there are any.
fn dense(cell: &OpenCell, input: &[f32], weights: &[f32], right: f64) -> Option<Vec<f64>> {
    let (unit, inputs) = (cell.unit as usize, input.len());
    let row = weights.get(unit * inputs..(unit + 1) * inputs)?;
    let biases = weights.get(cell.layer.units() as usize * inputs..)?;
    let bias = f64::from(biases.get(unit).copied().unwrap_or(0.0));
    let terms = || {
        row.iter()
            .zip(input)
            .map(|(w, x)| f64::from(*w) * f64::from(*x))
    };
    let positive: f64 = terms().filter(|term| *term > 0.0).sum();
    let mut wrong = vec![
        right - bias,
        right - 2.0 * bias,
        right.max(0.0),
        positive + bias,
    ];
    wrong.push(-right);
    Some(wrong)
}

impl Kernel {
    fn mistakes(&self, right: f64) -> Vec<f64> {
        let [rows, columns] = self.size;
        let mut wrong = vec![right - self.bias];
        if rows == columns {
            let transposed = |cell| cell % columns * columns + cell / columns;
            wrong.push(self.sum(transposed) + self.bias);
        }
        let flipped = |cell| rows * columns - 1 - cell;
        wrong.push(self.sum(flipped) + self.bias);
        if let [first, _, ..] = &self.channels[..] {
            let alone: f64 = first.0.iter().zip(&first.1).map(|(x, w)| x * w).sum();
            wrong.push(alone + self.bias);
        }
        wrong.extend([right.max(0.0), right - 2.0 * self.bias]);
        wrong
    }
}
