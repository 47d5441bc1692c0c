//! Dense layers, in the two ways in which files write them. Weights are turned to `[outputs, inputs]`, factors multiplied in.

use super::{Computed, Node, Read};
use crate::{description::Op, tensor::Tensor};

impl Node<'_, '_> {
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

    pub(super) fn gemm(&mut self, inputs: usize) -> Read<Computed> {
        if self.int("transA").unwrap_or(0) != 0 {
            return Err("transA is not supported".to_owned());
        }
        let matrix = self.matrix()?;
        let weight = if self.int("transB").unwrap_or(0) == 0 {
            matrix.transposed()
        } else {
            matrix
        };
        let factor = |name| self.float(name).unwrap_or(1.0);
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

    pub(super) fn mat_mul(&mut self, inputs: usize) -> Read<Computed> {
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
}

fn scaled(mut tensor: Tensor<f32>, factor: f32) -> Tensor<f32> {
    tensor.values.iter_mut().for_each(|value| *value *= factor);
    tensor
}

/// A bias as `[outputs]`: one value stands for all, axes of length 1 do not count.
pub(super) fn spread(mut bias: Tensor<f32>, outputs: usize) -> Read<Tensor<f32>> {
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
