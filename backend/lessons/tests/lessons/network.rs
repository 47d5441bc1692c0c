//! A small network to write lessons about: an input of 6 × 5, a convolution with 2 × 3 kernels in one group, ReLU, a dense layer.

use convocation_classroom::outline::{LayerOutline, Outline, Wiring};
use convocation_lessons::{Facts, LayerFacts};

/// Rows and columns of the convolution's maps.
pub const ROWS: u32 = 5;
pub const COLUMNS: u32 = 3;

pub fn facts() -> Facts {
    let layer = |id: &str, units, steps, sources, wiring| LayerOutline {
        id: id.into(),
        units,
        steps,
        sources,
        wiring,
        kernel: if id == "conv" { 6 } else { 0 },
    };
    let of = |columns, kernel| LayerFacts {
        columns,
        kernel,
        groups: 1,
    };
    Facts {
        outline: Outline {
            network: "small".into(),
            layers: vec![
                layer("input", 3, 30, 0, Wiring::None),
                layer("conv", 4, ROWS * COLUMNS, 3, Wiring::AllToAll),
                layer("relu", 4, ROWS * COLUMNS, 4, Wiring::OneToOne),
                layer("out", 2, 1, 4, Wiring::AllToAll),
            ],
            classes: 2,
        },
        layers: vec![
            of(5, [0, 0]),
            of(COLUMNS, [2, 3]),
            of(COLUMNS, [0, 0]),
            of(1, [0, 0]),
        ],
        labels: vec!["red panda".to_owned(), "espresso".to_owned()],
        gallery: vec![
            ("koala-1".to_owned(), "0a".repeat(16).as_str().into()),
            ("koala-2".to_owned(), "0b".repeat(16).as_str().into()),
            ("cup".to_owned(), "0c".repeat(16).as_str().into()),
        ],
    }
}
