//! A node: one operation of the graph, read together with its constants into what the description says about it.

use std::collections::HashMap;

use crate::{
    description::Op,
    graph::{count, sizes},
    onnx::{AttributeProto, NodeProto, TensorProto},
    tensor::{Element, ExternalFiles, Tensor},
    window::{Axis, Padding, Placed},
};

/// The operations that [`Node::read`] knows, and the addition that completes a product.
const KNOWN: [&str; 13] = [
    "Add",
    "AveragePool",
    "BatchNormalization",
    "Conv",
    "Dropout",
    "Flatten",
    "Gemm",
    "GlobalAveragePool",
    "MatMul",
    "MaxPool",
    "Relu",
    "Reshape",
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
            "Dropout" => self.dropout(input),
            "Flatten" => self.flatten(input),
            "Reshape" => self.reshape(input),
            "Gemm" => self.gemm(flat(input)?),
            "MatMul" => self.mat_mul(flat(input)?),
            "Softmax" => self.softmax(flat(input)?),
            other => Err(format!("operation {other} cannot stand here")),
        }
    }

    /// The constant that an addition adds to `outputs` values.
    pub fn bias(mut self, outputs: usize) -> Read<Tensor<f32>> {
        let constants = self.constants.by_name;
        let place = self
            .proto
            .input
            .iter()
            .position(|name| constants.contains_key(name.as_str()));
        let place = place.ok_or("one of its inputs must be a constant")?;
        let tensor = self.tensor(place)?.ok_or("its constant is missing")?;
        spread(tensor, outputs)
    }

    fn conv(&mut self, [channels, height, width]: [usize; 3]) -> Read<Computed> {
        let weight: Tensor<f32> = self.tensor(1)?.ok_or("its weights must be a constant")?;
        let [outputs, inputs, kernel_rows, kernel_columns] = weight.shape[..] else {
            return Err(format!(
                "its weights have shape {:?}; only two-dimensional convolutions are supported",
                weight.shape
            ));
        };
        let groups = usize::try_from(self.int("group").unwrap_or(1)).unwrap_or(0);
        let fits = groups > 0
            && groups.checked_mul(inputs) == Some(channels)
            && outputs % groups == 0
            && outputs > 0;
        if !fits {
            let shape = &weight.shape;
            return Err(format!(
                "weights {shape:?} in {groups} groups do not fit {channels} channels"
            ));
        }
        let rows = self.axis(0, kernel_rows)?;
        let columns = self.axis(1, kernel_columns)?;
        let placed = [place(rows, height)?, place(columns, width)?];
        let op = Op::Conv {
            kernel: pair([rows.kernel, columns.kernel]),
            stride: pair([rows.stride, columns.stride]),
            padding: around(placed),
            dilation: pair([rows.dilation, columns.dilation]),
            groups: sizes(&[groups])[0],
        };
        let bias = self
            .tensor(2)?
            .map(|bias| spread(bias, outputs))
            .transpose()?;
        let shape = vec![outputs, placed[0].output, placed[1].output];
        Ok(Computed::weighted(
            op,
            shape,
            std::iter::once(weight).chain(bias).collect(),
        ))
    }

    fn pooled(&self, [_, height, width]: [usize; 3]) -> Read<([Axis; 2], [Placed; 2])> {
        let [rows, columns] = self
            .ints::<2>("kernel_shape")?
            .ok_or("kernel_shape is missing")?;
        let axes = [self.axis(0, rows)?, self.axis(1, columns)?];
        Ok((axes, [place(axes[0], height)?, place(axes[1], width)?]))
    }

    fn max_pool(&mut self, input: [usize; 3]) -> Read<Computed> {
        let (axes, placed) = self.pooled(input)?;
        let op = Op::MaxPool {
            kernel: pair(axes.map(|axis| axis.kernel)),
            stride: pair(axes.map(|axis| axis.stride)),
            padding: around(placed),
            dilation: pair(axes.map(|axis| axis.dilation)),
        };
        Ok(Computed::plain(
            op,
            vec![input[0], placed[0].output, placed[1].output],
        ))
    }

    fn average_pool(&mut self, input: [usize; 3]) -> Read<Computed> {
        let (axes, placed) = self.pooled(input)?;
        if axes.iter().any(|axis| axis.dilation != 1) {
            return Err("dilations are supported for MaxPool only".to_owned());
        }
        let overhangs = placed.iter().any(|axis| axis.overhang > 0);
        let padded = placed
            .iter()
            .any(|axis| axis.before + axis.after > axis.overhang);
        let count_padding = self.int("count_include_pad").unwrap_or(0) != 0 && padded;
        if overhangs && count_padding {
            return Err(
                "ceil_mode together with count_include_pad and padding is not supported".to_owned(),
            );
        }
        let op = Op::AveragePool {
            kernel: pair(axes.map(|axis| axis.kernel)),
            stride: pair(axes.map(|axis| axis.stride)),
            padding: around(placed),
            count_padding,
        };
        Ok(Computed::plain(
            op,
            vec![input[0], placed[0].output, placed[1].output],
        ))
    }

    fn batch_normalization(&mut self, input: &[usize]) -> Read<Computed> {
        if self.int("training_mode").unwrap_or(0) != 0 {
            return Err("is in training mode; export the network for inference".to_owned());
        }
        let weights = (1..5)
            .map(|place| {
                let tensor: Tensor<f32> = self
                    .tensor(place)?
                    .ok_or("scale, shift, mean and variance must be constants")?;
                if tensor.shape == [input[0]] {
                    Ok(tensor)
                } else {
                    Err(format!("its constants need shape [{}]", input[0]))
                }
            })
            .collect::<Read<Vec<_>>>()?;
        let epsilon = self
            .attributes
            .get("epsilon")
            .map_or(1e-5, |attribute| attribute.f);
        let mut computed =
            Computed::weighted(Op::BatchNormalization { epsilon }, input.to_vec(), weights);
        // Mean and variance are measured, not learnt.
        computed.parameters /= 2;
        Ok(computed)
    }

    fn dropout(&mut self, input: &[usize]) -> Read<Computed> {
        // Since opset 12 a third input can switch the noise on; whatever it holds, inference networks have none.
        if self.proto.input.get(2).is_some_and(|name| !name.is_empty()) {
            let name = &self.proto.input[2];
            let off = self
                .constants
                .by_name
                .get(name.as_str())
                .is_some_and(|t| t.raw_data == [0]);
            if !off {
                return Err("is in training mode; export the network for inference".to_owned());
            }
        }
        Ok(Computed::plain(Op::Dropout, input.to_vec()))
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

    fn gemm(&mut self, inputs: usize) -> Read<Computed> {
        if self.int("transA").unwrap_or(0) != 0 {
            return Err("transA is not supported".to_owned());
        }
        let matrix = self.matrix()?;
        let weight = if self.int("transB").unwrap_or(0) == 0 {
            matrix.transposed()
        } else {
            matrix
        };
        let factor = |name| {
            self.attributes
                .get(name)
                .map_or(1.0, |attribute| attribute.f)
        };
        let (alpha, beta) = (factor("alpha"), factor("beta"));
        let bias = self
            .tensor(2)?
            .map(|bias| spread(bias, weight.shape[0]))
            .transpose()?;
        dense(
            scaled(weight, alpha),
            bias.map(|bias| scaled(bias, beta)),
            inputs,
        )
    }

    fn mat_mul(&mut self, inputs: usize) -> Read<Computed> {
        dense(self.matrix()?.transposed(), None, inputs)
    }

    fn matrix(&mut self) -> Read<Tensor<f32>> {
        let matrix: Tensor<f32> = self.tensor(1)?.ok_or("its weights must be a constant")?;
        if matrix.shape.len() == 2 && !matrix.values.is_empty() {
            Ok(matrix)
        } else {
            Err(format!(
                "its weights have shape {:?}; a matrix is needed",
                matrix.shape
            ))
        }
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

    /// What the node says about rows (axis 0) or columns (axis 1).
    fn axis(&self, axis: usize, kernel: usize) -> Read<Axis> {
        if let Some(given) = self
            .ints::<2>("kernel_shape")?
            .filter(|given| given[axis] != kernel)
        {
            return Err(format!(
                "kernel_shape is {given:?}, its weights say {kernel}"
            ));
        }
        let auto_pad = self
            .attributes
            .get("auto_pad")
            .map_or(&b"NOTSET"[..], |attribute| &attribute.s);
        let padding = match auto_pad {
            b"NOTSET" | b"" => {
                let pads = self.ints::<4>("pads")?.unwrap_or_default();
                Padding::Explicit {
                    before: pads[axis],
                    after: pads[axis + 2],
                }
            }
            b"VALID" => Padding::Explicit {
                before: 0,
                after: 0,
            },
            b"SAME_UPPER" => Padding::SameUpper,
            b"SAME_LOWER" => Padding::SameLower,
            other => {
                return Err(format!(
                    "auto_pad '{}' is not known",
                    String::from_utf8_lossy(other)
                ));
            }
        };
        Ok(Axis {
            kernel,
            stride: self
                .ints::<2>("strides")?
                .map_or(1, |strides| strides[axis]),
            dilation: self
                .ints::<2>("dilations")?
                .map_or(1, |dilations| dilations[axis]),
            padding,
            ceil: self.int("ceil_mode").unwrap_or(0) != 0,
        })
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

fn place(axis: Axis, input: usize) -> Read<Placed> {
    axis.place(input)
        .ok_or_else(|| format!("its window ({axis:?}) does not fit an input of {input}"))
}

fn pair(values: [usize; 2]) -> [u32; 2] {
    values.map(|value| sizes(&[value])[0])
}

fn around([rows, columns]: [Placed; 2]) -> [u32; 4] {
    [rows.before, columns.before, rows.after, columns.after].map(|value| sizes(&[value])[0])
}

fn scaled(mut tensor: Tensor<f32>, factor: f32) -> Tensor<f32> {
    tensor.values.iter_mut().for_each(|value| *value *= factor);
    tensor
}

/// A bias as `[outputs]`: one value stands for all, axes of length 1 do not count.
fn spread(mut bias: Tensor<f32>, outputs: usize) -> Read<Tensor<f32>> {
    let last = bias.shape.last().copied().unwrap_or(1);
    if bias.values.len() == 1 {
        bias.values = vec![bias.values[0]; outputs];
    } else if last != outputs || bias.values.len() != outputs {
        return Err(format!(
            "a bias of shape {:?} does not fit {outputs} outputs",
            bias.shape
        ));
    }
    bias.shape = vec![outputs];
    Ok(bias)
}

fn dense(weight: Tensor<f32>, bias: Option<Tensor<f32>>, inputs: usize) -> Read<Computed> {
    let [outputs, columns] = weight.shape[..] else {
        unreachable!("a matrix has two axes");
    };
    if columns != inputs {
        return Err(format!(
            "its weights are for {columns} inputs, it gets {inputs}"
        ));
    }
    Ok(Computed::weighted(
        Op::Dense,
        vec![outputs],
        std::iter::once(weight).chain(bias).collect(),
    ))
}
