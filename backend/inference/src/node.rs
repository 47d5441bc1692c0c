//! A node: one operation of the graph, read together with its constants into what the description says about it.

mod dense;
mod elementwise;
mod windowed;

use std::collections::HashMap;

use crate::{
    description::Op,
    graph::count,
    onnx::{AttributeProto, NodeProto, TensorProto},
    tensor::{Element, ExternalFiles, Tensor},
};

/// The operations that [`Node::read`] knows, and the addition that completes a product.
const KNOWN: [&str; 16] = [
    "Add",
    "AveragePool",
    "BatchNormalization",
    "Clip",
    "Conv",
    "Dropout",
    "Flatten",
    "Gemm",
    "GlobalAveragePool",
    "LeakyRelu",
    "MatMul",
    "MaxPool",
    "Relu",
    "Reshape",
    "Sigmoid",
    "Softmax",
];

/// The file's constants.
pub(crate) struct Constants<'a, 'f> {
    pub by_name: &'a HashMap<&'a str, &'a TensorProto>,
    pub files: &'a mut ExternalFiles<'f>,
}

/// A node and what is needed to read it.
pub(crate) struct Node<'a, 'f> {
    pub proto: &'a NodeProto,
    pub attributes: HashMap<&'a str, &'a AttributeProto>,
    pub opset: i64,
    pub constants: Constants<'a, 'f>,
}

/// What a node computes.
pub(crate) struct Computed {
    pub op: Op,
    pub shape: Vec<usize>,
    pub parameters: u32,
    pub weights: Vec<Tensor<f32>>,
}

impl Computed {
    fn plain(op: Op, shape: Vec<usize>) -> Self {
        Self {
            op,
            shape,
            parameters: 0,
            weights: Vec::new(),
        }
    }

    fn weighted(op: Op, shape: Vec<usize>, weights: Vec<Tensor<f32>>) -> Self {
        Self {
            op,
            shape,
            parameters: weights.iter().map(count).sum(),
            weights,
        }
    }
}

use dense::spread;

type Read<T> = Result<T, String>;

impl<'a> Node<'a, '_> {
    pub fn is_known(&self) -> bool {
        matches!(self.proto.domain.as_str(), "" | "ai.onnx")
            && KNOWN.contains(&self.proto.op_type.as_str())
    }

    /// Names of the inputs that are computed, not constant.
    pub fn values_read(&self) -> impl Iterator<Item = &'a str> {
        let constants = self.constants.by_name;
        let inputs = self.proto.input.iter().map(String::as_str);
        inputs.filter(move |name| !name.is_empty() && !constants.contains_key(name))
    }

    /// What the node makes of an input of this shape (without the batch).
    pub fn read(mut self, input: &[usize]) -> Read<Computed> {
        if self
            .proto
            .input
            .first()
            .is_none_or(|name| self.constants.by_name.contains_key(name.as_str()))
        {
            return Err("its first input is a constant; it must be the layer before".to_owned());
        }
        match self.proto.op_type.as_str() {
            "Conv" => self.conv(map(input)?),
            "MaxPool" => self.max_pool(map(input)?),
            "AveragePool" => self.average_pool(map(input)?),
            "GlobalAveragePool" => {
                let [channels, ..] = map(input)?;
                Ok(Computed::plain(Op::GlobalAveragePool, vec![channels, 1, 1]))
            }
            "BatchNormalization" => self.batch_normalization(input),
            "Relu" => Ok(Computed::plain(Op::Relu, input.to_vec())),
            "LeakyRelu" => self.leaky_relu(input),
            "Sigmoid" => Ok(Computed::plain(Op::Sigmoid, input.to_vec())),
            "Clip" => self.clip(input),
            "Dropout" => self.dropout(input),
            "Flatten" => self.flatten(input),
            "Reshape" => self.reshape(input),
            "Gemm" => self.gemm(flat(input)?),
            "MatMul" => self.mat_mul(flat(input)?),
            "Softmax" => self.softmax(flat(input)?),
            other => Err(format!("operation {other} cannot stand here")),
        }
    }

    fn flatten(&mut self, input: &[usize]) -> Read<Computed> {
        let axis = self.int("axis").unwrap_or(1);
        let rank = i64::try_from(input.len()).map_err(|_| "has too many axes")? + 1;
        if axis != 1 && axis + rank != 1 {
            return Err(format!(
                "flattens from axis {axis}; only axis 1 is supported"
            ));
        }
        Ok(Computed::plain(Op::Flatten, vec![input.iter().product()]))
    }

    fn reshape(&mut self, input: &[usize]) -> Read<Computed> {
        let target: Tensor<i64> = self.tensor(1)?.ok_or("its shape must be a constant")?;
        let length: usize = input.iter().product();
        let is_length = |size: i64| size == -1 || usize::try_from(size) == Ok(length);
        // 0 keeps the size of the input's axis: the batch, which is 1, may be given, kept or left open.
        let to_flat = match target.values[..] {
            [0 | 1, size] => is_length(size),
            [-1, size] => size != -1 && is_length(size),
            _ => false,
        };
        if !to_flat {
            return Err(format!(
                "reshapes to {:?}; only [1, {length}] is supported",
                target.values
            ));
        }
        Ok(Computed::plain(Op::Flatten, vec![length]))
    }

    fn softmax(&mut self, input: usize) -> Read<Computed> {
        let axis = self
            .int("axis")
            .unwrap_or(if self.opset < 13 { 1 } else { -1 });
        if !matches!(axis, 1 | -1) {
            return Err(format!(
                "normalises axis {axis}; only the classes, axis 1, are supported"
            ));
        }
        Ok(Computed::plain(Op::Softmax, vec![input]))
    }

    /// The constant at a place among the inputs; `None` when the node has no input there.
    fn tensor<T: Element>(&mut self, place: usize) -> Read<Option<Tensor<T>>> {
        let Some(name) = self.proto.input.get(place).filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        let tensor = self.constants.by_name.get(name.as_str());
        let tensor = tensor.ok_or_else(|| format!("its input '{name}' must be a constant"))?;
        Tensor::read(tensor, self.constants.files).map(Some)
    }

    fn float(&self, name: &str) -> Option<f32> {
        self.attributes.get(name).map(|attribute| attribute.f)
    }

    fn int(&self, name: &str) -> Option<i64> {
        self.attributes.get(name).map(|attribute| attribute.i)
    }

    fn ints<const N: usize>(&self, name: &str) -> Read<Option<[usize; N]>> {
        let Some(attribute) = self
            .attributes
            .get(name)
            .filter(|attribute| !attribute.ints.is_empty())
        else {
            return Ok(None);
        };
        let values: Option<Vec<usize>> = attribute
            .ints
            .iter()
            .map(|value| usize::try_from(*value).ok())
            .collect();
        let values = values.and_then(|values| values.try_into().ok());
        values
            .map(Some)
            .ok_or_else(|| format!("{name} is {:?}; {N} sizes are needed", attribute.ints))
    }
}

fn map(input: &[usize]) -> Read<[usize; 3]> {
    input
        .try_into()
        .map_err(|_| format!("needs maps [C, H, W], gets {input:?}"))
}

fn flat(input: &[usize]) -> Read<usize> {
    match input {
        [length] => Ok(*length),
        _ => Err(format!(
            "needs a flat input, gets {input:?}; flatten it first"
        )),
    }
}
