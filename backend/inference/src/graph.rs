//! A graph, read as a path: layers in the order of computation, with shapes and weights. Holds no labels and computes nothing.

use std::{collections::HashMap, path::Path};

use prost::Message;

use crate::{
    description::{Layer, Op},
    kernels::Kernels,
    node::{Constants, Node},
    onnx::{FLOAT, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto},
    tensor::{ExternalFiles, Tensor},
};

/// Most values of all layers together, 4 bytes each: what one picture may cost a small server.
const ACTIVATION_VALUES: usize = 64 << 20;

/// Id of the input layer.
pub(crate) const INPUT: &str = "input";

/// Why a file is not a network that can be shown.
#[derive(Debug, thiserror::Error)]
pub enum GraphError {
    /// Not an ONNX file.
    #[error("this is not an ONNX file: {0}")]
    NotOnnx(#[from] prost::DecodeError),
    /// The input cannot take a picture.
    #[error("input: {0}")]
    Input(String),
    /// An operation that is not known here.
    #[error("node '{node}': operation {op} is not supported")]
    UnsupportedOp {
        /// The operation.
        op: String,
        /// The node.
        node: String,
    },
    /// A known operation, used in a way that is not supported.
    #[error("node '{node}' ({op}): {message}")]
    Node {
        /// The operation.
        op: String,
        /// The node.
        node: String,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The path does not end where the graph says.
    #[error("output: {0}")]
    Output(String),
}

/// A file that was understood.
pub(crate) struct Graph {
    pub layers: Vec<Layer>,
    /// Per layer, the name of its value in the file.
    pub values: Vec<String>,
    /// Per layer, its weight tensors.
    pub weights: Vec<Vec<Tensor<f32>>>,
    /// Which constants a run may give.
    pub kernels: Kernels,
    /// Tensors kept outside of the file, as bytes.
    pub external: Vec<Vec<u8>>,
}

impl Graph {
    /// Reads an ONNX file; tensors that it keeps elsewhere are looked up in `folder`.
    pub fn read(file: &[u8], folder: &Path) -> Result<Self, GraphError> {
        let model = ModelProto::decode(file)?;
        let opset = model
            .opset_import
            .iter()
            .find(|set| matches!(set.domain.as_str(), "" | "ai.onnx"))
            .map_or(1, |set| set.version);
        let graph = model.graph.unwrap_or_default();
        let mut files = ExternalFiles::of(folder);
        let mut path = PathBuilder::new(&graph)?;
        for proto in &graph.node {
            if proto.op_type != "Constant" {
                path.take(proto, opset, &mut files)?;
            }
        }
        let PathBuilder {
            layers,
            values,
            weights,
            ..
        } = path.finish(&graph.output)?;
        let kernels = Kernels::read(model.ir_version, &graph, &values, &weights);
        let external = files.contents().into_iter().map(<[u8]>::to_vec).collect();
        Ok(Self {
            layers,
            values,
            weights,
            kernels,
            external,
        })
    }
}

/// The layers so far. Every node must read the value of the last one: that makes the graph a path.
struct PathBuilder<'a> {
    constants: HashMap<&'a str, &'a TensorProto>,
    layers: Vec<Layer>,
    values: Vec<String>,
    weights: Vec<Vec<Tensor<f32>>>,
    activation_values: usize,
    /// Whether the last layer is a product that a following addition completes to a dense layer.
    open_product: bool,
}

impl<'a> PathBuilder<'a> {
    fn new(graph: &'a GraphProto) -> Result<Self, GraphError> {
        let mut constants: HashMap<_, _> = graph
            .initializer
            .iter()
            .map(|tensor| (tensor.name.as_str(), tensor))
            .collect();
        for node in graph.node.iter().filter(|node| node.op_type == "Constant") {
            let value = node
                .attribute
                .iter()
                .find(|attribute| attribute.name == "value");
            if let (Some(name), Some(tensor)) =
                (node.output.first(), value.and_then(|a| a.t.as_ref()))
            {
                constants.insert(name, tensor);
            }
        }
        // Old files list their constants among the inputs.
        let inputs: Vec<_> = graph
            .input
            .iter()
            .filter(|input| !constants.contains_key(input.name.as_str()))
            .collect();
        let [input] = inputs[..] else {
            return Err(GraphError::Input(format!(
                "a network has one input, this graph has {}",
                inputs.len()
            )));
        };
        let shape = input_shape(input)?;
        let layer = Layer {
            id: INPUT.to_owned(),
            op: Op::Input,
            inputs: Vec::new(),
            shape: sizes(&shape),
            parameters: 0,
            weights: Vec::new(),
            block: 0,
            module: 0,
        };
        Ok(Self {
            constants,
            activation_values: shape.iter().product(),
            layers: vec![layer],
            values: vec![input.name.clone()],
            weights: vec![Vec::new()],
            open_product: false,
        })
    }

    fn take(
        &mut self,
        proto: &NodeProto,
        opset: i64,
        files: &mut ExternalFiles<'_>,
    ) -> Result<(), GraphError> {
        let name = name_of(proto);
        let refuse = |message: String| GraphError::Node {
            op: proto.op_type.clone(),
            node: name.clone(),
            message,
        };
        let node = Node {
            proto,
            attributes: proto.attributes(),
            opset,
            constants: Constants {
                by_name: &self.constants,
                files,
            },
        };
        if !node.is_known() {
            return Err(GraphError::UnsupportedOp {
                op: proto.op_type.clone(),
                node: name,
            });
        }
        let current = self.values.last().expect("there is the input");
        let read: Vec<_> = node.values_read().collect();
        if read != [current.as_str()] {
            return Err(refuse(format!(
                "reads {read:?}; only chains are supported, where it reads '{current}'"
            )));
        }
        let output = proto.output.first().cloned().unwrap_or_default();
        let last = self.layers.last().expect("there is the input");
        let shape: Vec<usize> = last.shape.iter().map(|size| *size as usize).collect();
        if proto.op_type == "Add" {
            if !self.open_product {
                return Err(refuse(
                    "is supported only right after a MatMul, as its bias".to_owned(),
                ));
            }
            let bias = node.bias(shape[0]).map_err(refuse)?;
            self.complete_product(bias, output);
            return Ok(());
        }
        self.open_product = proto.op_type == "MatMul";
        let computed = node.read(&shape).map_err(refuse)?;
        self.activation_values = computed
            .shape
            .iter()
            .try_fold(1_usize, |count, size| count.checked_mul(*size))
            .and_then(|count| count.checked_add(self.activation_values))
            .filter(|count| *count <= ACTIVATION_VALUES)
            .ok_or_else(|| {
                refuse(format!(
                    "all layers up to here have more than {ACTIVATION_VALUES} values"
                ))
            })?;
        let (block, module) = self.place(&computed.op);
        let layer = Layer {
            id: self.free_id(&name),
            op: computed.op,
            inputs: vec![self.layers.last().expect("there is the input").id.clone()],
            shape: sizes(&computed.shape),
            parameters: computed.parameters,
            weights: computed
                .weights
                .iter()
                .map(|tensor| sizes(&tensor.shape))
                .collect(),
            block,
            module,
        };
        self.layers.push(layer);
        self.values.push(output);
        self.weights.push(computed.weights);
        Ok(())
    }

    fn complete_product(&mut self, bias: Tensor<f32>, output: String) {
        let layer = self.layers.last_mut().expect("the product is there");
        layer.weights.push(sizes(&bias.shape));
        layer.parameters += count(&bias);
        *self.values.last_mut().expect("the product is there") = output;
        self.weights
            .last_mut()
            .expect("the product is there")
            .push(bias);
        self.open_product = false;
    }

    /// Block and module of the next layer.
    fn place(&self, op: &Op) -> (u32, u32) {
        let last = self.layers.last().expect("there is the input");
        let begins = matches!(last.op, Op::Input) || matches!(op, Op::Conv { .. } | Op::Dense);
        let ended = matches!(
            last.op,
            Op::MaxPool { .. } | Op::AveragePool { .. } | Op::GlobalAveragePool
        );
        (
            last.block + u32::from(begins),
            last.module + u32::from(ended),
        )
    }

    fn free_id(&self, name: &str) -> String {
        let safe = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') {
                c
            } else {
                '_'
            }
        };
        // A leading dot could read as a folder in an address.
        let wanted: String = name.chars().map(safe).skip_while(|c| *c == '.').collect();
        let taken = |id: &str| id.is_empty() || self.layers.iter().any(|layer| layer.id == id);
        let numbered = (2_usize..).map(|number| format!("{wanted}_{number}"));
        std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|id| !taken(id))
            .expect("numbers do not run out")
    }

    fn finish(self, outputs: &[ValueInfoProto]) -> Result<Self, GraphError> {
        let wrong = |message: String| Err(GraphError::Output(message));
        let last = self.layers.last().expect("there is the input");
        let value = self.values.last().expect("there is the input");
        let [output] = outputs else {
            return wrong(format!(
                "a network has one output, this graph has {}",
                outputs.len()
            ));
        };
        if output.name != *value {
            return wrong(format!(
                "'{}' is not computed by the last node, which makes '{value}'",
                output.name
            ));
        }
        if last.shape.len() != 1 {
            return wrong(format!(
                "it has shape {:?}; a classifier ends in one value per class",
                last.shape
            ));
        }
        Ok(self)
    }
}

/// What people call a node: its name, or that of its value where it has none.
fn name_of(node: &NodeProto) -> String {
    let value = node.output.first().map_or("", String::as_str);
    if node.name.is_empty() {
        value.to_owned()
    } else {
        node.name.clone()
    }
}

/// The shape `[C, H, W]` of the input. The batch may be open or 1.
fn input_shape(input: &ValueInfoProto) -> Result<Vec<usize>, GraphError> {
    let wrong = |message: &str| GraphError::Input(format!("'{}' {message}", input.name));
    let tensor = input.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
    let tensor = tensor.ok_or_else(|| wrong("is not a tensor"))?;
    if tensor.elem_type != FLOAT {
        return Err(wrong("is not made of 32-bit floats"));
    }
    let dims: Vec<i64> = tensor
        .shape
        .iter()
        .flat_map(|shape| &shape.dim)
        .map(|dim| dim.dim_value)
        .collect();
    let [0 | 1, channels @ (1 | 3), height @ (1..), width @ (1..)] = dims[..] else {
        return Err(wrong(&format!(
            "has shape {dims:?}; [1, 1 or 3, height, width] is needed, with fixed sizes"
        )));
    };
    let size = |size: i64| {
        usize::try_from(size)
            .ok()
            .filter(|size| *size <= INPUT_SIDE)
            .ok_or_else(|| wrong(&format!("is larger than {INPUT_SIDE} × {INPUT_SIDE}")))
    };
    Ok(vec![size(channels)?, size(height)?, size(width)?])
}

/// Longest side of an input, in px: pictures are kept at 512 px, twice that only blurs.
const INPUT_SIDE: usize = 1024;

/// A shape as it is described. Every size is at most [`ACTIVATION_VALUES`] or the length of a tensor in memory.
pub(crate) fn sizes(shape: &[usize]) -> Vec<u32> {
    shape
        .iter()
        .map(|size| u32::try_from(*size).unwrap_or(u32::MAX))
        .collect()
}

/// Number of values of a tensor.
pub(crate) fn count(tensor: &Tensor<f32>) -> u32 {
    u32::try_from(tensor.values.len()).unwrap_or(u32::MAX)
}
