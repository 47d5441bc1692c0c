//! An edit: other weights for one unit of one convolution, and the network as it is with them. Nothing of it outlives the runs that are
//! asked for: the network itself never changes.

use std::sync::Arc;

use convocation_pictures::digest::digest;

use crate::{
    description::{Layer, Op},
    network::Network,
};

/// Most weights of an edit together, so that it fits the address of what is computed with it.
pub const EDIT_WEIGHTS: usize = 512;

/// Other weights for one unit of a convolution.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelEdit {
    /// The convolution.
    pub layer: String,
    /// The unit, from 0.
    pub unit: u32,
    /// Its new kernels; those that are not named stay.
    pub kernels: Vec<Kernel>,
    /// Its new bias; `None` keeps the old one.
    pub bias: Option<f32>,
}

/// The kernel through which a unit reads one unit of the layer before.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// The unit that is read, from 0.
    pub input: u32,
    /// The weights, row by row.
    pub weights: Vec<f32>,
}

/// Why an edit does not fit a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The network has no such layer.
    #[error("the network has no layer '{0}'")]
    NoSuchLayer(String),
    /// The layer has no kernels.
    #[error("layer '{0}' is no convolution: it has no kernels to edit")]
    NotAConvolution(String),
    /// The layer shares its weights with another one.
    #[error("layer '{0}' shares its weights with another layer: they cannot be edited alone")]
    Shared(String),
    /// The layer has no such unit.
    #[error("the layer has {units} units, counted from 0: there is no unit {unit}")]
    NoSuchUnit {
        /// The unit that was named.
        unit: u32,
        /// How many there are.
        units: u32,
    },
    /// The unit does not read that input.
    #[error("unit {unit} does not read input {input}")]
    NotRead {
        /// The unit.
        unit: u32,
        /// The input that was named.
        input: u32,
    },
    /// An input is named twice.
    #[error("input {0} is named twice")]
    Twice(u32),
    /// The kernel is larger or smaller than the layer's.
    #[error("a kernel of this layer has {expected} weights, not {found}")]
    Size {
        /// Weights of the layer's kernels.
        expected: usize,
        /// Weights that were given.
        found: usize,
    },
    /// More weights than [`EDIT_WEIGHTS`].
    #[error("an edit has at most {EDIT_WEIGHTS} weights, not {0}")]
    TooMany(usize),
    /// A weight or bias is infinite or not a number.
    #[error("every weight must be a number")]
    NotANumber,
    /// The convolution adds no bias.
    #[error("layer '{0}' has no bias")]
    NoBias(String),
}

impl EditError {
    /// Machine-readable reason.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchLayer(_) => "edit_layer_unknown",
            Self::NotAConvolution(_) => "edit_not_a_convolution",
            Self::Shared(_) => "edit_weights_shared",
            Self::NoSuchUnit { .. } => "edit_unit_unknown",
            Self::NotRead { .. } => "edit_input_not_read",
            Self::Twice(_) => "edit_input_twice",
            Self::Size { .. } => "edit_kernel_size",
            Self::TooMany(_) => "edit_too_many_weights",
            Self::NotANumber => "edit_not_a_number",
            Self::NoBias(_) => "edit_no_bias",
        }
    }
}

/// A network with an edit that fits it.
#[derive(Debug)]
pub struct EditedNetwork {
    network: Arc<Network>,
    edit: KernelEdit,
    digest: String,
    /// Position of the edited layer.
    layer: usize,
    /// Where the unit's first kernel begins among the layer's weights.
    begin: usize,
    /// The first unit that the unit reads.
    first: u32,
}

impl EditedNetwork {
    /// The network with the edit.
    ///
    /// # Errors
    /// When the edit does not fit the network.
    pub fn new(network: &Arc<Network>, edit: KernelEdit) -> Result<Self, EditError> {
        let name = || edit.layer.clone();
        let layers = &network.description().layers;
        let place = layers.iter().position(|layer| layer.id == edit.layer);
        let place = place.ok_or_else(|| EditError::NoSuchLayer(name()))?;
        let shape =
            KernelShape::of(&layers[place]).ok_or_else(|| EditError::NotAConvolution(name()))?;
        if network.kernels().of(place).is_empty() {
            return Err(EditError::Shared(name()));
        }
        if edit.bias.is_some() && layers[place].weights.len() < 2 {
            return Err(EditError::NoBias(name()));
        }
        let first = shape.check(&edit)?;
        Ok(Self {
            network: network.clone(),
            digest: digest_of(&edit),
            layer: place,
            begin: edit.unit as usize * shape.inputs as usize * shape.weights,
            first,
            edit,
        })
    }

    /// The network without the edit.
    #[must_use]
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// 32 lower-case hexadecimal digits: the same for the same edit of whichever network.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// As [`Network::weights`], with the edit.
    #[must_use]
    pub fn weights(&self, layer: &str) -> Option<Vec<u8>> {
        if layer == self.edit.layer {
            Some(
                self.values()
                    .iter()
                    .flat_map(|value| value.to_le_bytes())
                    .collect(),
            )
        } else {
            self.network.weights(layer).map(<[u8]>::to_vec)
        }
    }

    /// Position of the edited layer.
    pub(crate) fn layer(&self) -> usize {
        self.layer
    }

    /// The edited layer's weight tensors, joined.
    pub(crate) fn values(&self) -> Vec<f32> {
        let mut values: Vec<f32> = self.network.weights_of(self.layer).collect();
        for kernel in &self.edit.kernels {
            let size = kernel.weights.len();
            let begin = self.begin + (kernel.input - self.first) as usize * size;
            values[begin..begin + size].copy_from_slice(&kernel.weights);
        }
        if let Some(bias) = self.edit.bias {
            let described = &self.network.description().layers[self.layer];
            let place = values.len() - described.units() as usize + self.edit.unit as usize;
            values[place] = bias;
        }
        values
    }
}

/// The weights of a convolution, `[units, inputs, rows, columns]`.
struct KernelShape {
    units: u32,
    /// Inputs of one group.
    inputs: u32,
    /// Weights of one kernel.
    weights: usize,
    /// Units of one group.
    group: u32,
}

impl KernelShape {
    fn of(layer: &Layer) -> Option<Self> {
        let Op::Conv { groups, .. } = layer.op else {
            return None;
        };
        let [units, inputs, rows, columns] = layer.weights.first()?[..] else {
            return None;
        };
        Some(Self {
            units,
            inputs,
            weights: rows as usize * columns as usize,
            group: units / groups,
        })
    }

    /// Checks an edit; returns the first unit that the edited unit reads.
    fn check(&self, edit: &KernelEdit) -> Result<u32, EditError> {
        let KernelEdit { unit, kernels, .. } = edit;
        if *unit >= self.units {
            return Err(EditError::NoSuchUnit {
                unit: *unit,
                units: self.units,
            });
        }
        let first = unit / self.group * self.inputs;
        let total: usize = kernels.iter().map(|kernel| kernel.weights.len()).sum();
        if total > EDIT_WEIGHTS {
            return Err(EditError::TooMany(total));
        }
        for (place, Kernel { input, weights }) in kernels.iter().enumerate() {
            if !(first..first + self.inputs).contains(input) {
                return Err(EditError::NotRead {
                    unit: *unit,
                    input: *input,
                });
            }
            if kernels[..place].iter().any(|other| other.input == *input) {
                return Err(EditError::Twice(*input));
            }
            if weights.len() != self.weights {
                return Err(EditError::Size {
                    expected: self.weights,
                    found: weights.len(),
                });
            }
        }
        let mut given = kernels
            .iter()
            .flat_map(|kernel| &kernel.weights)
            .chain(&edit.bias);
        if given.any(|value| !value.is_finite()) {
            return Err(EditError::NotANumber);
        }
        Ok(first)
    }
}

/// The order in which kernels are named makes no difference.
fn digest_of(edit: &KernelEdit) -> String {
    let mut kernels: Vec<&Kernel> = edit.kernels.iter().collect();
    kernels.sort_by_key(|kernel| kernel.input);
    let bytes = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect();
    let mut parts: Vec<Vec<u8>> = vec![
        edit.layer.clone().into_bytes(),
        edit.unit.to_le_bytes().to_vec(),
        bytes(edit.bias.as_slice()),
    ];
    for kernel in kernels {
        parts.push(kernel.input.to_le_bytes().to_vec());
        parts.push(bytes(&kernel.weights));
    }
    digest(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
}
