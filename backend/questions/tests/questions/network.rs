//! A network to ask about, small enough to compute by head: 5 × 5 whole numbers, a 3 × 3 convolution with two units, ReLU, max-pool,
//! two dense units.

use std::collections::HashMap;

use convocation_inference::{
    Description, Layer, Op,
    description::{Credits, Input},
};
use convocation_questions::Values;

pub struct Numbers {
    pub layers: HashMap<&'static str, Vec<f32>>,
    pub weights: HashMap<&'static str, Vec<f32>>,
}

impl Values for Numbers {
    fn layer(&self, id: &str) -> Option<&[f32]> {
        self.layers.get(id).map(Vec::as_slice)
    }

    fn weights(&self, id: &str) -> Option<Vec<f32>> {
        self.weights.get(id).cloned()
    }
}

#[rustfmt::skip]
const PICTURE: [f32; 25] = [
    1., 0., 2., 1., 0.,
    0., 3., 1., 0., 2.,
    2., 1., 0., 1., 1.,
    0., 2., 1., 3., 0.,
    1., 0., 1., 0., 2.,
];

/// Not its own transpose, nor the same when turned by half a turn.
#[rustfmt::skip]
pub const KERNELS: [f32; 18] = [
    1., 0., -1.,
    2., 1., -2.,
    0., -1., 1.,

    -1., 0., 0.,
    0., -1., 0.,
    0., 0., -1.,
];
pub const BIASES: [f32; 2] = [1., -2.];

fn layer(id: &str, op: Op, inputs: &[&str], shape: &[u32], weights: &[&[u32]]) -> Layer {
    Layer {
        id: id.to_owned(),
        op,
        inputs: inputs.iter().map(|&id| id.to_owned()).collect(),
        shape: shape.to_vec(),
        parameters: 0,
        weights: weights.iter().map(|shape| shape.to_vec()).collect(),
        block: 0,
        module: 0,
    }
}

pub fn description() -> Description {
    let conv = Op::Conv {
        kernel: [3, 3],
        stride: [1, 1],
        padding: [0; 4],
        dilation: [1, 1],
        groups: 1,
    };
    let pool = Op::MaxPool {
        kernel: [2, 2],
        stride: [1, 1],
        padding: [0; 4],
        dilation: [1, 1],
    };
    Description {
        id: "small".to_owned(),
        digest: "0".repeat(32),
        name: "Small".to_owned(),
        summary: String::new(),
        labels: vec!["cross".to_owned(), "ring".to_owned()],
        input: Input {
            channels: vec!["Grey".to_owned()],
            height: 5,
            width: 5,
            range: [0.0, 3.0],
            levels: None,
        },
        layers: vec![
            layer("input", Op::Input, &[], &[1, 5, 5], &[]),
            layer("conv", conv, &["input"], &[2, 3, 3], &[&[2, 1, 3, 3], &[2]]),
            layer("relu", Op::Relu, &["conv"], &[2, 3, 3], &[]),
            layer("pool", pool, &["relu"], &[2, 2, 2], &[]),
            layer("flat", Op::Flatten, &["pool"], &[8], &[]),
            layer("dense", Op::Dense, &["flat"], &[2], &[&[2, 8], &[2]]),
        ],
        logits: None,
        output: "dense".to_owned(),
        parameters: 0,
        gallery: Vec::new(),
        credits: Credits::default(),
    }
}

/// A 3 × 3 kernel over the picture, with weights taken at `turned`.
pub fn convolved(kernel: &[f32], bias: f32, step: usize, turned: impl Fn(usize) -> usize) -> f32 {
    let (row, column) = (step / 3, step % 3);
    let term =
        |cell: usize| PICTURE[(row + cell / 3) * 5 + column + cell % 3] * kernel[turned(cell)];
    (0..9).map(term).sum::<f32>() + bias
}

pub fn numbers() -> Numbers {
    let conv: Vec<f32> = (0..18)
        .map(|cell| {
            let unit = cell / 9;
            convolved(
                &KERNELS[unit * 9..(unit + 1) * 9],
                BIASES[unit],
                cell % 9,
                |cell| cell,
            )
        })
        .collect();
    let relu: Vec<f32> = conv.iter().map(|value| value.max(0.0)).collect();
    let pool: Vec<f32> = (0..8)
        .map(|cell| {
            let (unit, row, column) = (cell / 4, cell % 4 / 2, cell % 2);
            let at = |down: usize, right: usize| relu[unit * 9 + (row + down) * 3 + column + right];
            at(0, 0).max(at(0, 1)).max(at(1, 0)).max(at(1, 1))
        })
        .collect();
    let weights: Vec<f32> = (0..16)
        .map(|place| [0.5, -0.25, 1.0, 0.125][place % 4])
        .collect();
    let biases = [0.75, -1.5];
    let dense = (0..2)
        .map(|unit| {
            let row = &weights[unit * 8..(unit + 1) * 8];
            row.iter().zip(&pool).map(|(w, x)| w * x).sum::<f32>() + biases[unit]
        })
        .collect();
    let with_biases = |weights: &[f32], biases: &[f32]| [weights, biases].concat();
    Numbers {
        weights: HashMap::from([
            ("conv", with_biases(&KERNELS, &BIASES)),
            ("dense", with_biases(&weights, &biases)),
        ]),
        layers: HashMap::from([
            ("input", PICTURE.to_vec()),
            ("conv", conv),
            ("relu", relu),
            ("pool", pool.clone()),
            ("flat", pool),
            ("dense", dense),
        ]),
    }
}
