//! Famous kernels by name, as the kernel lab offers them: the same forms, for every size. In all kernels of a unit a preset stands for
//! itself alone: divided by their number, without a bias.
//!
//! Kernels are laid over the picture unflipped (cross-correlation). The 3 × 3 forms are those of R. C. Gonzalez and R. E. Woods,
//! Digital Image Processing, 4th edition, sections 3.5, 3.6 and 10.2.

use convocation_classroom::edit::{EDITED_WEIGHTS, KernelEdit, KernelWeights};

use crate::facts::LayerFacts;

/// The names that there are.
pub(crate) const PRESETS: [&str; 8] = [
    "identity",
    "blur",
    "sharpen",
    "edges-horizontal",
    "edges-vertical",
    "edges",
    "emboss",
    "zero",
];

/// Positive weights of the 3 × 3 Sobel and emboss kernels together: other sizes are scaled to the same strength.
const STRENGTH: f64 = 4.0;

/// The edit of a unit that has a preset in all its kernels; `None` where that is too much for one edit.
pub(crate) fn edit(
    preset: &str,
    facts: LayerFacts,
    unit: (&convocation_classroom::ids::LayerId, u32),
    inputs: std::ops::Range<u32>,
) -> Option<KernelEdit> {
    let count = f64::from(u32::try_from(inputs.len()).ok()?);
    let exact: Vec<f64> = weights(preset, facts.kernel)?
        .iter()
        .map(|weight| weight / count)
        .collect();
    let weights = rounded(&exact);
    let fits = weights.len().checked_mul(inputs.len())? <= EDITED_WEIGHTS;
    fits.then(|| KernelEdit {
        layer: unit.0.clone(),
        unit: unit.1,
        kernels: inputs
            .map(|input| KernelWeights {
                input,
                weights: weights.clone(),
            })
            .collect(),
        bias: Some(0),
    })
}

/// The weights of a preset, row by row; `None` for a name that is none.
fn weights(preset: &str, size: [u32; 2]) -> Option<Vec<f64>> {
    let [rows, columns] = size;
    let each = |weight: &dyn Fn(u32, u32) -> f64| -> Vec<f64> {
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        cells.map(|(row, column)| weight(row, column)).collect()
    };
    let distance =
        |row: u32, column: u32| row.abs_diff(centre(rows)) + column.abs_diff(centre(columns));
    let identity = || each(&|row, column| f64::from(u8::from(distance(row, column) == 0)));
    // The difference of the neighbours that there are from the centre.
    let laplacian = || {
        let near = each(&|row, column| f64::from(u8::from(distance(row, column) == 1)));
        let count: f64 = near.iter().sum();
        sum(&near, &identity(), -count)
    };
    let slope = |row: u32, column: u32| {
        let from = |n: u32, i: u32| f64::from(i) - (f64::from(n) - 1.0) / 2.0;
        from(rows, row) + from(columns, column)
    };
    let product = |down: Vec<f64>, across: Vec<f64>| {
        scaled(each(&|row, column| at(&down, row) * at(&across, column)))
    };
    Some(match preset {
        "identity" => identity(),
        "blur" => each(&|_, _| 1.0 / f64::from(rows * columns)),
        "sharpen" => sum(&identity(), &laplacian(), -1.0),
        "edges-horizontal" => product(difference(rows), smoothing(columns)),
        "edges-vertical" => product(smoothing(rows), difference(columns)),
        "edges" => laplacian(),
        "emboss" => sum(&identity(), &scaled(each(&slope)), 1.0),
        "zero" => each(&|_, _| 0.0),
        _ => return None,
    })
}

fn at(values: &[f64], place: u32) -> f64 {
    let value = usize::try_from(place).ok().and_then(|i| values.get(i));
    value.copied().unwrap_or(0.0)
}

fn centre(n: u32) -> u32 {
    n.saturating_sub(1) / 2
}

/// Binomial coefficients C(n − 1, i).
fn smoothing(n: u32) -> Vec<f64> {
    let mut row = vec![1.0];
    for _ in 1..n {
        let next = (0..=row.len()).map(|i| {
            let before = i.checked_sub(1).and_then(|i| row.get(i));
            before.copied().unwrap_or(0.0) + row.get(i).copied().unwrap_or(0.0)
        });
        row = next.collect();
    }
    row
}

/// The difference of two smoothings of n − 1 cells, one cell apart; one cell alone has none.
fn difference(n: u32) -> Vec<f64> {
    if n <= 1 {
        return vec![0.0];
    }
    let smooth = smoothing(n - 1);
    let cells = (0..n).map(|i| i.checked_sub(1).map_or(0.0, |i| at(&smooth, i)) - at(&smooth, i));
    cells.collect()
}

fn scaled(weights: Vec<f64>) -> Vec<f64> {
    let positive: f64 = weights.iter().map(|weight| weight.max(0.0)).sum();
    if positive == 0.0 {
        return weights;
    }
    weights
        .iter()
        .map(|weight| weight * STRENGTH / positive)
        .collect()
}

fn sum(a: &[f64], b: &[f64], times: f64) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + times * b).collect()
}

/// Thousandths with the same sum as the exact weights: what rounding takes or adds goes to the largest of them.
fn rounded(exact: &[f64]) -> Vec<i32> {
    let mut weights: Vec<i32> = exact.iter().copied().map(thousandths).collect();
    let rest = thousandths(exact.iter().sum()) - weights.iter().sum::<i32>();
    // Of equally large ones the middle: a blur stays symmetric.
    let largest = exact.iter().map(|weight| weight.abs()).fold(0.0, f64::max);
    let places: Vec<usize> = (0..exact.len())
        .filter(|place| exact[*place].abs() == largest)
        .collect();
    if let Some(place) = places.get(places.len() / 2) {
        weights[*place] += rest;
    }
    weights
}

/// The nearest thousandth.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, and the rules refuse what is out of range"
)]
pub(crate) fn thousandths(value: f64) -> i32 {
    (value * 1000.0).round() as i32
}
