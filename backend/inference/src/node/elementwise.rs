//! Operations that change every value by itself: activation functions, normalisation and dropout.

use super::{Computed, Node, Read};
use crate::{description::Op, tensor::Tensor};

impl Node<'_, '_> {
    pub(super) fn leaky_relu(&self, input: &[usize]) -> Read<Computed> {
        let alpha = self.float("alpha").unwrap_or(0.01);
        if !alpha.is_finite() {
            return Err(format!("alpha is {alpha}; a finite number is needed"));
        }
        Ok(Computed::plain(Op::LeakyRelu { alpha }, input.to_vec()))
    }

    pub(super) fn clip(&mut self, input: &[usize]) -> Read<Computed> {
        let bounds = [
            self.bound("min", 1)?.unwrap_or(f32::MIN),
            self.bound("max", 2)?.unwrap_or(f32::MAX),
        ];
        if bounds[0] > bounds[1] || bounds.iter().any(|bound| bound.is_nan()) {
            let [min, max] = bounds;
            return Err(format!("there is nothing between min {min} and max {max}"));
        }
        // JSON has no infinity, and no activation lies beyond these.
        let [min, max] = bounds.map(|bound| bound.clamp(f32::MIN, f32::MAX));
        Ok(Computed::plain(Op::Clip { min, max }, input.to_vec()))
    }

    /// A bound of a clip: an attribute before opset 11, since then a constant at a place among the inputs.
    fn bound(&mut self, name: &str, place: usize) -> Read<Option<f32>> {
        if self.opset < 11 {
            return Ok(self.float(name));
        }
        let Some(bound) = self.tensor::<f32>(place)? else {
            return Ok(None);
        };
        match bound.values[..] {
            [value] => Ok(Some(value)),
            _ => Err(format!(
                "{name} has shape {:?}; one number is needed",
                bound.shape
            )),
        }
    }

    pub(super) fn batch_normalization(&mut self, input: &[usize]) -> Read<Computed> {
        // Before opset 14 no attribute said so, but the number of outputs.
        let more_outputs = self
            .proto
            .output
            .iter()
            .skip(1)
            .any(|name| !name.is_empty());
        if self.int("training_mode").unwrap_or(0) != 0 || more_outputs {
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
        let epsilon = self.float("epsilon").unwrap_or(1e-5);
        let mut computed =
            Computed::weighted(Op::BatchNormalization { epsilon }, input.to_vec(), weights);
        // Mean and variance are measured, not learnt.
        computed.parameters /= 2;
        Ok(computed)
    }

    pub(super) fn dropout(&mut self, input: &[usize]) -> Read<Computed> {
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
}
