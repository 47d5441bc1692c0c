//! Questions about the next cell of the open unit: its value, its sign, and which element of the window becomes it.

use convocation_classroom::{
    decimal::{DECIMALS_MOST, Decimal},
    ids::LayerId,
    question::{Cell, Task},
};
use convocation_inference::Op;

use crate::{
    Answers,
    mistakes::{mistakes, place},
    numbers::{decimals, options, rounded},
    shuffle::shuffle,
    view::{OpenCell, Values, View, has_value, is_contest},
    window::Window,
};

pub(crate) fn value(view: &View, values: &impl Values) -> Option<Answers> {
    let cell = view.next_cell()?;
    if !has_value(&cell.layer.op) {
        return None;
    }
    let right = right(&cell, values)?;
    let wrong = mistakes(&cell, values, right)?;
    let fewest =
        decimals(values.layer(&cell.layer.id)?).max(decimals(values.layer(&cell.source.id)?));
    let mut numbers = options(right, &wrong, fewest)?;
    let right = numbers[0];
    let cell = named(&cell);
    let about = format!("{} {} {}", cell.layer, cell.unit, cell.step);
    shuffle(&mut numbers, &about, |number| number.digits.to_string());
    let key = numbers.iter().position(|number| *number == right)?;
    Some(Answers {
        task: Task::Value { cell, numbers },
        key: vec![u32::try_from(key).ok()?],
    })
}

pub(crate) fn sign(view: &View, values: &impl Values) -> Option<Answers> {
    let cell = view.next_cell()?;
    if !matches!(cell.layer.op, Op::Conv { .. }) {
        return None;
    }
    let right = right(&cell, values)?;
    let key = match right {
        negative if negative < 0.0 => 0,
        positive if positive > 0.0 => 2,
        _ => 1,
    };
    Some(Answers {
        task: Task::Sign { cell: named(&cell) },
        key: vec![key],
    })
}

pub(crate) fn winner(view: &View, values: &impl Values) -> Option<Answers> {
    let cell = view.next_cell()?;
    if !is_contest(&cell) {
        return None;
    }
    let window = Window::of(cell.layer, cell.source)?;
    let input = values.layer(&cell.source.id)?;
    let seen: Vec<Option<f32>> = window
        .cells(cell.step)
        .map(|at| input.get(place(cell.source, cell.unit, at?)).copied())
        .collect();
    let numbers = written(&seen, decimals(input))?;
    let largest = numbers.iter().flatten().map(|number| number.digits).max()?;
    let wins = |number: &Option<Decimal>| number.is_some_and(|number| number.digits == largest);
    let (mut key, mut loses) = (Vec::new(), false);
    for (place, number) in (0..).zip(&numbers) {
        if wins(number) {
            key.push(place);
        } else {
            loses |= number.is_some();
        }
    }
    // Where all are equal there is nothing to find out.
    loses.then(|| Answers {
        task: Task::Winner {
            cell: named(&cell),
            rows: window.kernel[0],
            columns: window.kernel[1],
            numbers,
        },
        key,
    })
}

/// The window's values with as few decimals as tell the largest from the others.
fn written(seen: &[Option<f32>], fewest: u32) -> Option<Vec<Option<Decimal>>> {
    let largest = seen.iter().flatten().copied().fold(f32::MIN, f32::max);
    let write = |decimals| -> Option<Vec<Option<Decimal>>> {
        let one = |value: &Option<f32>| match value {
            Some(value) => rounded(f64::from(*value), decimals).map(Some),
            None => Some(None),
        };
        seen.iter().map(one).collect()
    };
    let tells_apart = |numbers: &[Option<Decimal>]| {
        let shown = rounded(
            f64::from(largest),
            numbers.iter().flatten().next()?.decimals,
        )?;
        let mut pairs = seen.iter().zip(numbers);
        Some(pairs.all(|(value, number)| *number != Some(shown) || *value == Some(largest)))
    };
    let mut fullest = None;
    for decimals in fewest..=DECIMALS_MOST {
        let Some(numbers) = write(decimals) else {
            break;
        };
        let is_told_apart = tells_apart(&numbers).unwrap_or(false);
        fullest = Some(numbers);
        if is_told_apart {
            break;
        }
    }
    fullest
}

fn right(cell: &OpenCell, values: &impl Values) -> Option<f64> {
    let own = values.layer(&cell.layer.id)?;
    own.get(place(cell.layer, cell.unit, cell.step))
        .copied()
        .map(f64::from)
}

fn named(cell: &OpenCell) -> Cell {
    Cell {
        layer: LayerId(cell.layer.id.clone()),
        unit: cell.unit,
        step: cell.step,
    }
}
