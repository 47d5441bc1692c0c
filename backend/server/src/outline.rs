//! From the description of a network to its outline and to the facts of lessons: what screens need becomes what rules and authors need.

use convocation_classroom::{
    ids::{LayerId, NetworkId, PictureId},
    outline::{LayerOutline, Outline, Wiring},
};
use convocation_inference::{Description, Layer, Network, Op};
use convocation_lessons::{Facts, LayerFacts};

/// The outline of a network.
#[must_use]
pub fn outline(description: &Description) -> Outline {
    let layers = description.layers.iter().map(|layer| {
        let (rows, columns) = layer.map();
        LayerOutline {
            id: LayerId(layer.id.clone()),
            units: layer.units(),
            steps: rows * columns,
            sources: sources(layer, &description.layers),
            wiring: wiring(&layer.op),
            kernel: kernel(&layer.op),
        }
    });
    Outline {
        network: NetworkId(description.id.clone()),
        layers: layers.collect(),
        classes: u32::try_from(description.labels.len()).unwrap_or(u32::MAX),
    }
}

/// What a lesson about a network may speak about.
#[must_use]
pub fn facts(network: &Network) -> Facts {
    let description = network.description();
    let layers = description.layers.iter().map(|layer| LayerFacts {
        columns: layer.map().1,
        kernel: match &layer.op {
            Op::Conv { kernel, .. } => *kernel,
            _ => [0, 0],
        },
        groups: match &layer.op {
            Op::Conv { groups, .. } => *groups,
            _ => 1,
        },
    });
    let pictures = description
        .gallery
        .iter()
        .map(|picture| PictureId(picture.picture.clone()));
    Facts {
        outline: outline(description),
        layers: layers.collect(),
        labels: description.labels.clone(),
        gallery: network
            .picture_names()
            .iter()
            .cloned()
            .zip(pictures)
            .collect(),
    }
}

/// Units of the layer that `layer` reads, 0 for the input.
fn sources(layer: &Layer, layers: &[Layer]) -> u32 {
    let read = layer
        .inputs
        .first()
        .and_then(|id| layers.iter().find(|other| other.id == *id));
    read.map_or(0, Layer::units)
}

/// Weights of one kernel, 0 where there are none.
fn kernel(op: &Op) -> u32 {
    match op {
        Op::Conv { kernel, .. } => kernel.iter().product(),
        _ => 0,
    }
}

fn wiring(op: &Op) -> Wiring {
    match op {
        Op::Input => Wiring::None,
        Op::Relu
        | Op::LeakyRelu { .. }
        | Op::Sigmoid
        | Op::Clip { .. }
        | Op::MaxPool { .. }
        | Op::AveragePool { .. }
        | Op::GlobalAveragePool
        | Op::BatchNormalization { .. }
        | Op::Dropout => Wiring::OneToOne,
        Op::Conv { .. } | Op::Flatten | Op::Dense | Op::Softmax => Wiring::AllToAll,
    }
}
