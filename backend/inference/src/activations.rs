//! Activations: every value that a network computed for one picture. Holds what the runtime made, without copying it.

use std::collections::HashMap;

use ort::value::DynValue;

use crate::description::Layer;

/// The values of one layer.
#[derive(Debug)]
pub(crate) enum Values {
    /// Ours: the input.
    Owned(Vec<f32>),
    /// The runtime's.
    Computed(DynValue),
}

impl Values {
    fn as_slice(&self) -> &[f32] {
        match self {
            Self::Owned(values) => values,
            Self::Computed(value) => {
                value
                    .try_extract_tensor::<f32>()
                    .expect("the session was checked to give floats")
                    .1
            }
        }
    }
}

/// All values of all layers.
#[derive(Debug)]
pub struct Activations {
    layers: HashMap<String, (Values, usize)>,
    bytes: u64,
}

impl Activations {
    /// `values` in the order of `layers`, each of the layer's shape.
    pub(crate) fn of(layers: &[Layer], values: impl Iterator<Item = Values>) -> Self {
        let layers: HashMap<_, _> = layers
            .iter()
            .zip(values)
            .map(|(layer, values)| (layer.id.clone(), (values, layer.units() as usize)))
            .collect();
        let bytes = layers
            .values()
            .map(|(values, _)| size_of_val(values.as_slice()) as u64)
            .sum();
        Self { layers, bytes }
    }

    /// All values of a layer, `[C, H, W]` or `[N]`.
    #[must_use]
    pub fn layer(&self, id: &str) -> Option<&[f32]> {
        self.layers.get(id).map(|(values, _)| values.as_slice())
    }

    /// One unit of a layer, `[H, W]` or one value.
    #[must_use]
    pub fn unit(&self, id: &str, unit: u32) -> Option<&[f32]> {
        let (values, units) = self.layers.get(id)?;
        let values = values.as_slice();
        let size = values.len() / units;
        let begin = (unit as usize).checked_mul(size)?;
        values.get(begin..begin + size)
    }

    /// Memory that the values take, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}
