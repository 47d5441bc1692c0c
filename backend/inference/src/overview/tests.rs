//! The binary against a plain reader, and the golden file that the browser's reader is tested with.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    activations::Values,
    description::{Credits, Input},
};

fn layer(id: &str, op: Op, shape: &[u32]) -> Layer {
    Layer {
        id: id.to_owned(),
        op,
        inputs: Vec::new(),
        shape: shape.to_vec(),
        parameters: 0,
        weights: Vec::new(),
        block: 0,
        module: 0,
    }
}

/// A network with every way in which a layer is encoded. Maps of 36 × 40 are averaged down for phones.
fn description() -> Description {
    let convolution = Op::Conv {
        kernel: [3, 3],
        stride: [1, 1],
        padding: [1; 4],
        dilation: [1, 1],
        groups: 1,
    };
    let max_pool = Op::MaxPool {
        kernel: [3, 2],
        stride: [2, 2],
        padding: [1, 0, 1, 0],
        dilation: [1, 1],
    };
    let average_pool = |count_padding| Op::AveragePool {
        kernel: [2, 2],
        stride: [1, 2],
        padding: [0, 0, 1, 0],
        count_padding,
    };
    let mut layers = vec![
        layer("input", Op::Input, &[3, 36, 40]),
        layer("conv_1", convolution.clone(), &[2, 36, 40]),
        layer("relu_1", Op::Relu, &[2, 36, 40]),
        layer("max_pool", max_pool, &[2, 18, 20]),
        layer("average_pool", average_pool(false), &[2, 18, 10]),
        layer("counting_pool", average_pool(true), &[2, 18, 5]),
        layer("conv_2", convolution, &[3, 18, 5]),
        layer(
            "norm",
            Op::BatchNormalization { epsilon: 1e-5 },
            &[3, 18, 5],
        ),
        layer("dropout", Op::Dropout, &[3, 18, 5]),
        layer("leak", Op::LeakyRelu { alpha: 0.3 }, &[3, 18, 5]),
        layer("gate", Op::Sigmoid, &[3, 18, 5]),
        layer("clip", Op::Clip { min: 0.2, max: 0.8 }, &[3, 18, 5]),
        layer("turn", Op::LeakyRelu { alpha: -2.0 }, &[3, 18, 5]),
        layer("mean", Op::GlobalAveragePool, &[3, 1, 1]),
        layer("flatten", Op::Flatten, &[3]),
        layer("hidden", Op::Dense, &[6]),
        layer("relu_2", Op::Relu, &[6]),
        layer("logits", Op::Dense, &[4]),
        layer("scores", Op::Softmax, &[4]),
    ];
    for place in 1..layers.len() {
        layers[place].inputs = vec![layers[place - 1].id.clone()];
    }
    Description {
        id: "golden".to_owned(),
        digest: "0".repeat(32),
        name: "Golden".to_owned(),
        summary: "Every way of encoding a layer.".to_owned(),
        labels: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
        input: Input {
            channels: ["Red", "Green", "Blue"].map(str::to_owned).to_vec(),
            height: 36,
            width: 40,
            range: [-1.0, 1.0],
            levels: None,
        },
        layers,
        logits: Some("logits".to_owned()),
        output: "scores".to_owned(),
        parameters: 0,
        gallery: Vec::new(),
        credits: Credits::default(),
    }
}

/// A map with slopes, and noise from a small generator.
fn wavy(shape: &[u32], seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
    let columns = *shape.last().unwrap();
    (0..shape.iter().product::<u32>())
        .map(|place| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = f32::from(u16::try_from(state >> 20).unwrap()) / 4096.0;
            // A flat layer is one row: the middle one, so that it has both signs.
            let (row, column) = (
                if shape.len() == 1 {
                    8
                } else {
                    place / columns % 16
                },
                place % columns,
            );
            (row as f32 - 7.5) / 4.0 + (column as f32 - 6.0) / 8.0 + noise
        })
        .collect()
}

/// Plain reference of what the reader derives: windows on a map, cells outside left out or counted as zero.
fn pooled(from: (&Layer, &[f32]), to: &Layer) -> Vec<f32> {
    let (source, values) = from;
    let (rows, columns) = source.map();
    let (kernel, stride, padding, mean, count_padding) = match to.op {
        Op::MaxPool {
            kernel,
            stride,
            padding,
            ..
        } => (kernel, stride, padding, false, false),
        Op::AveragePool {
            kernel,
            stride,
            padding,
            count_padding,
        } => (kernel, stride, padding, true, count_padding),
        _ => ([rows, columns], [1, 1], [0; 4], true, false),
    };
    let (to_rows, to_columns) = to.map();
    let mut result = Vec::new();
    for unit in units(source, values) {
        for place in 0..to_rows * to_columns {
            let (row, column) = (place / to_columns, place % to_columns);
            let mut window = Vec::new();
            for cell in 0..kernel[0] * kernel[1] {
                let y = (row * stride[0] + cell / kernel[1])
                    .checked_sub(padding[0])
                    .filter(|y| *y < rows);
                let x = (column * stride[1] + cell % kernel[1])
                    .checked_sub(padding[1])
                    .filter(|x| *x < columns);
                if let (Some(y), Some(x)) = (y, x) {
                    window.push(unit[(y * columns + x) as usize]);
                }
            }
            let count = if count_padding {
                (kernel[0] * kernel[1]) as usize
            } else {
                window.len()
            };
            let sum: f32 = window.iter().sum();
            result.push(if mean {
                sum / count as f32
            } else {
                range(&window)[1]
            });
        }
    }
    result
}

/// Values for all layers. What the reader derives is right; the rest is made up.
fn activations(description: &Description) -> Activations {
    let mut all: Vec<Vec<f32>> = Vec::new();
    for (place, layer) in description.layers.iter().enumerate() {
        let made_up = wavy(&layer.shape, u32::try_from(place).unwrap());
        let values = match layer.op {
            Op::Input => made_up
                .iter()
                .map(|value| ((value * 30.0).rem_euclid(255.0).floor() / 255.0) * 2.0 - 1.0)
                .collect(),
            Op::Relu => all[place - 1].iter().map(|value| value.max(0.0)).collect(),
            Op::LeakyRelu { alpha } => all[place - 1]
                .iter()
                .map(|value| if *value < 0.0 { alpha * value } else { *value })
                .collect(),
            Op::Clip { min, max } => all[place - 1]
                .iter()
                .map(|value| value.clamp(min, max))
                .collect(),
            Op::Sigmoid => all[place - 1]
                .iter()
                .map(|value| 1.0 / (1.0 + (-value).exp()))
                .collect(),
            Op::Dropout | Op::Flatten => all[place - 1].clone(),
            Op::MaxPool { .. } | Op::AveragePool { .. } | Op::GlobalAveragePool => {
                pooled((&description.layers[place - 1], &all[place - 1]), layer)
            }
            _ => made_up,
        };
        all.push(values);
    }
    Activations::of(&description.layers, all.into_iter().map(Values::Owned))
}

/// Undoes [`tiles::code`], step by step after the byte table.
fn decode_cells(codes: &[u8], columns: usize, levels: u8) -> Vec<u8> {
    let mut cells: Vec<i32> = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let likely = match (row, column) {
            (0, 0) => 0,
            (0, _) => cells[place - 1],
            (_, 0) => cells[place - columns],
            _ => {
                let (above, left, both) = (
                    cells[place - columns],
                    cells[place - 1],
                    cells[place - columns - 1],
                );
                let mut three = [above, left, above + left - both];
                three.sort_unstable();
                three[1]
            }
        };
        let code = i32::from(*code);
        let difference = if code % 2 == 0 {
            code / 2
        } else {
            -(code + 1) / 2
        };
        cells.push((likely + difference).rem_euclid(i32::from(levels) + 1));
    }
    cells
        .into_iter()
        .map(|cell| u8::try_from(cell).unwrap())
        .collect()
}

proptest! {
    #[test]
    fn codes_can_be_undone(
        columns in 1_usize..9,
        values in proptest::collection::vec(-2.0_f32..2.0, 1..80),
        levels in proptest::sample::select(LEVELS.to_vec()),
    ) {
        let rows = values.len().div_ceil(columns);
        let mut cells = values.clone();
        cells.resize(rows * columns, 0.0);
        let tile = Tile { rows, columns, cells };
        let over = range(&tile.cells);
        let mut codes = Vec::new();
        code(&tile, tiles::quantiser(over, levels), levels, &mut codes);
        let quantise = tiles::quantiser(over, levels);
        let expected: Vec<u8> = tile.cells.iter().map(|value| quantise(*value)).collect();
        prop_assert_eq!(decode_cells(&codes, columns, levels), expected);
    }

    #[test]
    fn a_tile_keeps_the_mean_of_maps_that_divide(rows in 1_usize..5, columns in 1_usize..5, factor in 1_usize..4) {
        let side = rows.max(columns);
        let map: Vec<f32> = (0..rows * columns * factor * factor).map(|value| value as f32).collect();
        let tile = Tile::of(&map, [rows * factor, columns * factor], side);
        prop_assert_eq!((tile.rows, tile.columns), (rows, columns));
        let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
        prop_assert!((mean(&tile.cells) - mean(&map)).abs() < 1e-2);
    }
}

#[test]
fn a_picture_of_8_bits_comes_through_exactly_at_full_size() {
    let description = description();
    let activations = activations(&description);
    let bytes = encode(&description, &activations, Size::Full);
    let ranges = 6 + 1;
    let codes = ranges + 3 * 8 + 1;
    assert_eq!((bytes[6], bytes[codes - 1]), (5, 255));
    let values = activations.unit("input", 0).unwrap();
    let cells = decode_cells(&bytes[codes..codes + 36 * 40], 40, 255);
    for (cell, value) in cells.iter().zip(values) {
        assert_eq!(f32::from(*cell) / 255.0 * 2.0 - 1.0, *value);
    }
}

#[test]
fn nothing_that_is_not_a_number_panics() {
    let description = description();
    for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0] {
        let values = description
            .layers
            .iter()
            .map(|layer| vec![odd; layer.shape.iter().product::<u32>() as usize]);
        let activations = Activations::of(&description.layers, values.map(Values::Owned));
        assert!(!encode(&description, &activations, Size::Phone).is_empty());
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// What a perfect reader would show: exact values, averaged down to the size of the tile.
fn expected_layers(
    description: &Description,
    activations: &Activations,
    size: Size,
) -> BTreeMap<String, Value> {
    let expected = |layer: &Layer| {
        let values = activations.layer(&layer.id).unwrap();
        let (rows, columns) = layer.map();
        let of = |unit| {
            Tile::of(
                unit,
                [rows as usize, columns as usize],
                usize::from(size.side()),
            )
        };
        let tiles: Vec<Tile> = units(layer, values).map(of).collect();
        let ranges: Vec<[f32; 2]> = units(layer, values).map(range).collect();
        json!({
            "units": layer.units(),
            "rows": tiles[0].rows,
            "columns": tiles[0].columns,
            "values": tiles.iter().flat_map(|tile| &tile.cells).map(short).collect::<Vec<_>>(),
            "min": ranges.iter().map(|range| range[0]).collect::<Vec<_>>(),
            "max": ranges.iter().map(|range| range[1]).collect::<Vec<_>>(),
        })
    };
    description
        .layers
        .iter()
        .map(|layer| (layer.id.clone(), expected(layer)))
        .collect()
}

/// Four decimals are far below a level and keep the file small.
fn short(value: &f32) -> f64 {
    (f64::from(*value) * 1e4).round() / 1e4
}

#[test]
fn the_golden_file_of_the_browser_is_up_to_date() {
    let description = description();
    let activations = activations(&description);
    let case = |(name, size)| {
        json!({
            "size": name,
            "overview": hexadecimal(&encode(&description, &activations, size)),
            "layers": expected_layers(&description, &activations, size),
            "logits": activations.layer("logits"),
            "scores": activations.layer("scores"),
        })
    };
    let cases: Vec<Value> = [("phone", Size::Phone), ("full", Size::Full)]
        .map(case)
        .to_vec();
    let golden = json!({ "description": description, "cases": cases });
    let expected = serde_json::to_string(&golden).unwrap() + "\n";

    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../frontend/src/data/overview.golden");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{} is stale: UPDATE_GOLDEN=1 cargo test -p convocation-inference golden",
        path.display()
    );
}
