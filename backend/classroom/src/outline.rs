//! What the rules need to know of a network: which layers there are, how many units and steps each has.
//! The full description, with operations and weights, belongs to the inference crate.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{LayerId, NetworkId},
    stage::Focus,
};

/// How the units of a layer draw on the units of the layer before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Wiring {
    /// The input layer: no sources.
    None,
    /// Unit `i` reads unit `i` only (ReLU, pooling, batch normalisation).
    OneToOne,
    /// Every unit reads every unit before it (convolution, dense, softmax, flatten).
    AllToAll,
}

/// One layer as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerOutline {
    /// Which layer this is.
    pub id: LayerId,
    /// Number of channels, or of elements for a flat layer; at least 1.
    pub units: u32,
    /// Output positions of one unit, rows × columns; at least 1.
    pub steps: u32,
    /// Units of the layer it reads, 0 for the input.
    pub sources: u32,
    /// Which of those each unit reads.
    pub wiring: Wiring,
    /// Weights of one kernel, rows × columns; 0 where there are no kernels.
    #[serde(default)]
    pub kernel: u32,
}

impl LayerOutline {
    /// Whether `unit` of this layer reads unit `input` of the layer before.
    #[must_use]
    pub fn reads(&self, unit: u32, input: u32) -> bool {
        input < self.sources
            && match self.wiring {
                Wiring::None => false,
                Wiring::OneToOne => input == unit,
                Wiring::AllToAll => true,
            }
    }
}

/// A network as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outline {
    /// Which network this is.
    pub network: NetworkId,
    /// Layers from the input to the output.
    pub layers: Vec<LayerOutline>,
    /// Number of classes the network tells apart.
    pub classes: u32,
}

impl Outline {
    /// The layer with this id, if the network has it.
    #[must_use]
    pub fn layer(&self, id: &LayerId) -> Option<&LayerOutline> {
        self.layers.iter().find(|layer| layer.id == *id)
    }

    /// Position of a layer in the network, from 0 (the input).
    #[must_use]
    pub fn position(&self, id: &LayerId) -> Option<u32> {
        let position = self.layers.iter().position(|layer| layer.id == *id)?;
        u32::try_from(position).ok()
    }

    /// Steps of what is in view. `None` where nothing is computed step by step: above a unit, at a class,
    /// in the input, where the network has no such layer, and where a window does not fit.
    #[must_use]
    pub fn steps(&self, focus: &Focus) -> Option<u32> {
        let layer = match focus {
            Focus::Unit { layer, .. } | Focus::Link { layer, .. } => layer,
            Focus::Hyperparameters(sizes) => return sizes.output().map(|side| side * side),
            Focus::Overview | Focus::Layer { .. } | Focus::Class { .. } => return None,
        };
        let layer = self.layer(layer)?;
        (layer.wiring != Wiring::None).then_some(layer.steps)
    }
}
