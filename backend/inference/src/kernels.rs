//! Kernels: which constants of the file are a convolution's weights, and the model in which a run may give others. Not the edits
//! themselves: see `edit`.

use std::collections::{HashMap, HashSet};

use crate::{
    graph::sizes,
    onnx::{
        self, DimensionProto, FLOAT, GraphProto, TensorShapeProto, TensorTypeProto, TypeProto,
        ValueInfoProto,
    },
    tensor::Tensor,
};

/// The constants that a run may give, and what is needed to say so in the file.
#[derive(Debug)]
pub(crate) struct Kernels {
    ir_version: i64,
    /// Names per layer: the weights, and the bias where there is one. Nothing for what is no convolution, and for a convolution that
    /// shares a constant with another node: giving it would change both.
    names: Vec<Vec<String>>,
    /// Those of them that the file does not list among its inputs.
    inputs: Vec<ValueInfoProto>,
}

impl Kernels {
    /// Finds the constants; `values` and `weights` are those of the layers.
    pub fn read(
        ir_version: i64,
        graph: &GraphProto,
        values: &[String],
        weights: &[Vec<Tensor<f32>>],
    ) -> Self {
        let mut readers: HashMap<&str, usize> = HashMap::new();
        for name in graph.node.iter().flat_map(|node| &node.input) {
            *readers.entry(name).or_default() += 1;
        }
        let listed: HashSet<&str> = graph.input.iter().map(|each| each.name.as_str()).collect();
        let mut names = vec![Vec::new(); values.len()];
        let mut inputs = Vec::new();
        for node in graph.node.iter().filter(|node| node.op_type == "Conv") {
            let layer = values
                .iter()
                .position(|value| node.output.first() == Some(value));
            let constants: Vec<&String> =
                node.input[1..].iter().filter(|n| !n.is_empty()).collect();
            let own = |name: &&String| readers.get(name.as_str()) == Some(&1);
            let Some(layer) = layer.filter(|_| constants.iter().all(own)) else {
                continue;
            };
            for (name, tensor) in constants.iter().zip(&weights[layer]) {
                if !listed.contains(name.as_str()) {
                    inputs.push(floats(name, &sizes(&tensor.shape)));
                }
            }
            names[layer] = constants.into_iter().cloned().collect();
        }
        Self {
            ir_version,
            names,
            inputs,
        }
    }

    /// Names of a layer's constants; none where no other weights can be given.
    pub fn of(&self, layer: usize) -> &[String] {
        &self.names[layer]
    }

    /// The model in which the constants may be given.
    pub fn overridable(&self, model: &[u8]) -> Vec<u8> {
        onnx::with_inputs(model, self.ir_version, self.inputs.clone())
    }
}

/// Name and type of a tensor of floats.
fn floats(name: &str, shape: &[u32]) -> ValueInfoProto {
    let dim = |size: &u32| DimensionProto {
        dim_value: i64::from(*size),
        ..DimensionProto::default()
    };
    let tensor_type = TensorTypeProto {
        elem_type: FLOAT,
        shape: Some(TensorShapeProto {
            dim: shape.iter().map(dim).collect(),
        }),
    };
    ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(TypeProto {
            tensor_type: Some(tensor_type),
        }),
    }
}
