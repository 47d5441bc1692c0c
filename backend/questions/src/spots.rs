//! Questions answered by finding a place: the class with the highest score, the tile and the cell that respond most strongly.

use convocation_classroom::{ids::LayerId, question::Task, stage::Focus};
use convocation_inference::Layer;

use crate::{
    Answers,
    mistakes::place,
    view::{Values, View},
};

/// Classes to choose from: all of a small network, the most likely of a large one.
const CLASSES: usize = 10;

/// A cell is hit where it is no further from the strongest one than the longer side of the map divided by this: on a map of 62 cells
/// nobody's finger is more exact.
const REACH_PART: u32 = 16;

/// Most cells that respond most strongly at the same time: beyond, there is no place to find.
const PEAKS_MOST: usize = 16;

/// Most cells that count as right, one in so many: beyond, nothing is found by finding one.
const RIGHT_PART: usize = 4;

/// Asked about the overview: any other view of the scores tells them.
pub(crate) fn top_class(view: &View, values: &impl Values) -> Option<Answers> {
    if *view.focus != Focus::Overview {
        return None;
    }
    let scores = values.layer(&view.network.output)?;
    let count = scores.len().min(view.network.labels.len());
    let mut classes: Vec<usize> = (0..count).collect();
    classes.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    classes.truncate(CLASSES);
    let highest = scores[*classes.first()?];
    classes.sort_unstable();
    let wins = (0..)
        .zip(&classes)
        .filter(|(_, class)| scores[**class] >= highest);
    let key: Vec<u32> = wins.map(|(option, _)| option).collect();
    let classes: Result<Vec<u32>, _> = classes.iter().map(|class| u32::try_from(*class)).collect();
    (key.len() < count).then_some(Answers {
        task: Task::TopClass {
            classes: classes.ok()?,
        },
        key,
    })
}

/// The layer whose tiles can be asked about: the one named, or the one in view.
pub(crate) fn tiled<'a>(view: &View<'a>, layer: Option<&LayerId>) -> Option<&'a Layer> {
    let layer = match layer {
        Some(id) => view.layer(id)?,
        None => view.open()?.0,
    };
    (!layer.is_flat() && layer.units() > 1).then_some(layer)
}

pub(crate) fn tile(view: &View, values: &impl Values, layer: Option<&LayerId>) -> Option<Answers> {
    let layer = tiled(view, layer)?;
    let own = values.layer(&layer.id)?;
    let peaks: Vec<f32> = own
        .chunks_exact(place(layer, 1, 0))
        .map(|map| map.iter().copied().fold(f32::MIN, f32::max))
        .collect();
    let highest = peaks.iter().copied().fold(f32::MIN, f32::max);
    let wins = (0..).zip(&peaks).filter(|(_, peak)| **peak >= highest);
    let key: Vec<u32> = wins.map(|(unit, _)| unit).collect();
    (key.len() < peaks.len()).then(|| Answers {
        task: Task::Tile {
            layer: LayerId(layer.id.clone()),
            units: layer.units(),
        },
        key,
    })
}

/// The unit whose map can be asked about.
pub(crate) fn mapped<'a>(view: &View<'a>) -> Option<(&'a Layer, u32)> {
    if !matches!(view.focus, Focus::Unit { .. } | Focus::Link { .. }) {
        return None;
    }
    let (layer, unit) = view.open()?;
    let (rows, columns) = layer.map();
    (rows * columns > 1).then_some((layer, unit?))
}

pub(crate) fn pixel(view: &View, values: &impl Values) -> Option<Answers> {
    let (layer, unit) = mapped(view)?;
    let own = values.layer(&layer.id)?;
    let map = own.get(place(layer, unit, 0)..place(layer, unit + 1, 0))?;
    let (rows, columns) = layer.map();
    let reach = rows.max(columns) / REACH_PART;
    let highest = map.iter().copied().fold(f32::MIN, f32::max);
    let peaks: Vec<[u32; 2]> = (0..)
        .zip(map)
        .filter(|(_, value)| **value >= highest)
        .map(|(cell, _): (u32, _)| [cell / columns, cell % columns])
        .collect();
    if peaks.len() > PEAKS_MOST {
        return None;
    }
    let is_near = |cell: u32| {
        let (row, column) = (cell / columns, cell % columns);
        let mut near = peaks.iter();
        near.any(|[r, c]| row.abs_diff(*r) <= reach && column.abs_diff(*c) <= reach)
    };
    let key: Vec<u32> = (0..rows * columns).filter(|cell| is_near(*cell)).collect();
    (key.len() <= map.len() / RIGHT_PART).then(|| Answers {
        task: Task::Pixel {
            layer: LayerId(layer.id.clone()),
            unit,
            rows,
            columns,
        },
        key,
    })
}
