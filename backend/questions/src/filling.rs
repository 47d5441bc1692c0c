//! A map that a class can fill by hand: which of its cells, and what is right for each. Not who computes which.

use convocation_classroom::{
    filling::{Area, FILL_CELLS_MOST, Fill, Truth},
    ids::LayerId,
    question::{Resolved, Task},
    stage::Focus,
};
use convocation_inference::{Layer, Op};

use crate::{
    kernel::Kernel,
    mistakes::place,
    numbers::{decimals, rounded},
    view::{OpenCell, Values, View},
};

/// Most numbers under the window: three kernels of 3 × 3 are what one computes by hand.
const TERMS_MOST: u32 = 27;

/// What is filled.
pub(crate) struct Part<'a> {
    layer: &'a Layer,
    source: &'a Layer,
    unit: u32,
    /// The only input that counts, if one does.
    input: Option<u32>,
    rows: Vec<u32>,
    columns: Vec<u32>,
}

/// The part of the open map that can be filled, if it is small enough and its arithmetic can be done by hand.
pub(crate) fn fillable<'a>(area: Area, view: &View<'a>) -> Option<Part<'a>> {
    let (layer, unit) = view.open()?;
    let (unit, source) = (unit?, view.source(layer)?);
    let input = match (view.focus, &layer.op) {
        (Focus::Link { input, .. }, Op::Conv { .. }) => Some(*input),
        _ => None,
    };
    let (rows, columns) = layer.map();
    let at = (view.step / columns.max(1), view.step % columns.max(1));
    let mut part = Part {
        layer,
        source,
        unit,
        input,
        rows: along(area, rows, at.0),
        columns: along(area, columns, at.1),
    };
    let cells = u32::try_from(part.rows.len() * part.columns.len()).ok()?;
    let fits = part.terms()? <= TERMS_MOST && (2..=FILL_CELLS_MOST).contains(&cells);
    if let Op::Conv { groups, .. } = layer.op {
        // A unit with one input is that input's part and the bias.
        part.input = part.input.filter(|_| source.units() > groups);
    }
    fits.then_some(part)
}

/// Which rows of a map are filled, or which columns; `at` is where the window stands.
fn along(area: Area, length: u32, at: u32) -> Vec<u32> {
    match area {
        Area::Whole => (0..length).collect(),
        Area::Patch { side } => {
            let count = side.min(length);
            let first = at.saturating_sub(count.saturating_sub(1) / 2);
            let first = first.min(length - count);
            (first..first + count).collect()
        }
        Area::Spread { side } => {
            let count = side.min(length);
            // The middle of each of so many equal parts.
            (0..count)
                .map(|part| (2 * part + 1) * length / (2 * count))
                .collect()
        }
    }
}

impl Part<'_> {
    /// How many numbers the window lies on; `None` where it is not computed by hand.
    fn terms(&self) -> Option<u32> {
        match self.layer.op {
            Op::Conv { kernel, groups, .. } => {
                let inputs = self.source.units() / groups;
                let first = self.unit / (self.layer.units() / groups) * inputs;
                let inputs = match self.input {
                    Some(input) if !(first..first + inputs).contains(&input) => return None,
                    Some(_) => 1,
                    None => inputs,
                };
                kernel[0].checked_mul(kernel[1])?.checked_mul(inputs)
            }
            Op::MaxPool { kernel, .. } | Op::AveragePool { kernel, .. } => {
                kernel[0].checked_mul(kernel[1])
            }
            Op::Relu | Op::LeakyRelu { .. } | Op::Clip { .. } => Some(1),
            _ => None,
        }
    }

    /// The steps that compute the cells, row by row.
    fn steps(&self) -> Vec<u32> {
        let (_, columns) = self.layer.map();
        let cells = self.rows.iter().flat_map(|row| {
            self.columns
                .iter()
                .map(move |column| row * columns + column)
        });
        cells.collect()
    }

    /// The kernels over the window at each step; `None` for what is no convolution.
    fn kernels(&self, steps: &[u32], values: &impl Values) -> Option<Vec<Kernel>> {
        let weights = values.weights(&self.layer.id)?;
        let input = values.layer(&self.source.id)?;
        let kernel = |step: &u32| {
            let cell = OpenCell {
                layer: self.layer,
                source: self.source,
                unit: self.unit,
                step: *step,
            };
            Kernel::of(&cell, input, &weights)
        };
        steps.iter().map(kernel).collect()
    }

    fn bias(&self, kernel: &Kernel) -> f64 {
        match self.input {
            Some(_) => 0.0,
            None => kernel.bias,
        }
    }
}

/// The cells with what is right for each.
pub(crate) fn resolve(fill: &Fill, view: &View, values: &impl Values) -> Option<Resolved> {
    let part = fillable(fill.area, view)?;
    let steps = part.steps();
    let (shown, right, kernels) = if matches!(part.layer.op, Op::Conv { .. }) {
        let kernels = part.kernels(&steps, values)?;
        let right = match part.input {
            None => own(&part, &steps, values)?,
            Some(_) => kernels.iter().map(|k| sum(k.terms(part.input))).collect(),
        };
        let read = decimals(values.layer(&part.source.id)?);
        let first = kernels.first()?;
        let weights = first.terms(part.input).map(|(_, weight)| weight);
        let written = decimals_of(weights.chain([part.bias(first)]));
        (read.max(written), right, kernels)
    } else {
        let read = decimals(values.layer(&part.source.id)?);
        (read, own(&part, &steps, values)?, Vec::new())
    };
    let decimals = shown.max(decimals_of(right.iter().copied()));
    let tolerance = |place: usize| match kernels.get(place) {
        Some(kernel) => slack(&part, kernel, right[place], [shown, decimals]),
        None => u32::from(decimals > 0),
    };
    let truth: Option<Vec<Truth>> = right
        .iter()
        .enumerate()
        .map(|(place, number)| {
            Some(Truth {
                number: rounded(*number, decimals)?,
                tolerance: tolerance(place),
            })
        })
        .collect();
    Some(Resolved {
        task: Task::Fill {
            layer: LayerId(part.layer.id.clone()),
            unit: part.unit,
            input: part.input,
            rows: u32::try_from(part.rows.len()).ok()?,
            columns: u32::try_from(part.columns.len()).ok()?,
            steps,
            shown,
            decimals,
        },
        text: fill.text.clone(),
        key: Vec::new(),
        truth: truth?,
        why: fill.why.clone(),
        step: Some(view.step),
    })
}

/// The unit's own values at these steps.
fn own(part: &Part, steps: &[u32], values: &impl Values) -> Option<Vec<f64>> {
    let own = values.layer(&part.layer.id)?;
    let value = |step: &u32| own.get(place(part.layer, part.unit, *step));
    steps
        .iter()
        .map(|step| value(step).copied().map(f64::from))
        .collect()
}

fn sum(terms: impl Iterator<Item = (f64, f64)>) -> f64 {
    terms.map(|(x, w)| x * w).sum()
}

/// How far off someone may be, in units of the last of `decimals`, who calculates with numbers of `shown` decimals and rounds every
/// product: what the shown numbers make, half a unit for every product that has to be rounded, and half a unit for the sum.
fn slack(part: &Part, kernel: &Kernel, right: f64, [shown, decimals]: [u32; 2]) -> u32 {
    if decimals == 0 {
        return 0;
    }
    let unit = |decimals: u32| 10_f64.powf(f64::from(decimals));
    let written = |number: f64| (number * unit(shown)).round() / unit(shown);
    let terms = || {
        kernel
            .terms(part.input)
            .map(|(x, w)| (written(x), written(w)))
    };
    let made = sum(terms()) + written(part.bias(kernel));
    let products = terms().filter(|(x, w)| *x != 0.0 && *w != 0.0 && shown > 0);
    let halves = products.count() as f64 / 2.0 + 0.5;
    let units = ((made - right).abs() * unit(decimals) + halves).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a positive whole number; what is too large saturates"
    )]
    let units = units as u32;
    units
}

fn decimals_of(numbers: impl Iterator<Item = f64>) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "they were f32, or are sums of whole numbers"
    )]
    let numbers: Vec<f32> = numbers.map(|number| number as f32).collect();
    decimals(&numbers)
}
