//! What a description says a layer computes, computed the plain way: the reference that ONNX Runtime is compared with.

use crate::description::{Layer, Op};

/// A layer's output for the output of the layer before, both without the batch.
pub fn compute(layer: &Layer, weights: &[f32], before: &Layer, input: &[f32]) -> Vec<f32> {
    let weight_count = layer
        .weights
        .first()
        .map_or(0, |shape| shape.iter().product::<u32>() as usize);
    let (weight, rest) = weights.split_at(weight_count);
    match layer.op {
        Op::Conv { .. } => convolve(layer, weights, before, input),
        Op::MaxPool {
            kernel,
            stride,
            padding,
            dilation,
        } => {
            let window = Window {
                kernel,
                stride,
                padding,
                dilation,
            };
            let largest =
                |values: &[Option<f32>]| values.iter().flatten().copied().fold(f32::MIN, f32::max);
            pool(layer, before, input, &window, largest)
        }
        Op::AveragePool {
            kernel,
            stride,
            padding,
            count_padding,
        } => {
            let window = Window {
                kernel,
                stride,
                padding,
                dilation: [1, 1],
            };
            let mean = |values: &[Option<f32>]| {
                let count = if count_padding {
                    values.len()
                } else {
                    values.iter().flatten().count()
                };
                values.iter().flatten().sum::<f32>() / count as f32
            };
            pool(layer, before, input, &window, mean)
        }
        Op::GlobalAveragePool => input
            .chunks_exact(steps(before) as usize)
            .map(|map| map.iter().sum::<f32>() / map.len() as f32)
            .collect(),
        Op::BatchNormalization { epsilon } => {
            let of = |tensor: usize, unit: usize| weights[tensor * before.units() as usize + unit];
            let normalise = |(unit, map): (usize, &[f32])| {
                let [scale, shift, mean, variance] = [0, 1, 2, 3].map(|tensor| of(tensor, unit));
                map.iter()
                    .map(move |value| (value - mean) / (variance + epsilon).sqrt() * scale + shift)
                    .collect::<Vec<_>>()
            };
            input
                .chunks_exact(steps(before) as usize)
                .enumerate()
                .flat_map(normalise)
                .collect()
        }
        Op::Relu => input.iter().map(|value| value.max(0.0)).collect(),
        Op::LeakyRelu { alpha } => {
            let leak = |value: &f32| if *value < 0.0 { alpha * value } else { *value };
            input.iter().map(leak).collect()
        }
        Op::Sigmoid => input
            .iter()
            .map(|value| 1.0 / (1.0 + (-value).exp()))
            .collect(),
        Op::Clip { min, max } => input.iter().map(|value| value.clamp(min, max)).collect(),
        Op::Dense => (0..layer.units() as usize)
            .map(|unit| {
                let row = &weight[unit * input.len()..(unit + 1) * input.len()];
                let product: f32 = row
                    .iter()
                    .zip(input)
                    .map(|(weight, value)| weight * value)
                    .sum();
                product + rest.get(unit).copied().unwrap_or(0.0)
            })
            .collect(),
        Op::Softmax => {
            let largest = input.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = input.iter().map(|value| (value - largest).exp()).sum();
            input
                .iter()
                .map(|value| (value - largest).exp() / sum)
                .collect()
        }
        Op::Input | Op::Flatten | Op::Dropout => input.to_vec(),
    }
}

fn convolve(layer: &Layer, weights: &[f32], before: &Layer, input: &[f32]) -> Vec<f32> {
    let Op::Conv {
        kernel,
        stride,
        padding,
        dilation,
        groups,
    } = layer.op
    else {
        unreachable!("only convolutions come here");
    };
    let window = Window {
        kernel,
        stride,
        padding,
        dilation,
    };
    let cells = kernel[0] * kernel[1];
    let [outputs, inputs] = [layer.units() / groups, before.units() / groups];
    let (weight, bias) = weights.split_at((layer.units() * inputs * cells) as usize);
    let mut result = Vec::new();
    for unit in 0..layer.units() {
        for step in 0..steps(layer) {
            let mut sum = bias.get(unit as usize).copied().unwrap_or(0.0);
            for channel in 0..inputs {
                let source = unit / outputs * inputs + channel;
                for (cell, value) in window.values(before, input, source, position(layer, step)) {
                    let place = (unit * inputs + channel) * cells + cell;
                    sum += value.unwrap_or(0.0) * weight[place as usize];
                }
            }
            result.push(sum);
        }
    }
    result
}

fn steps(layer: &Layer) -> u32 {
    layer.map().0 * layer.map().1
}

fn position(layer: &Layer, step: u32) -> [u32; 2] {
    [step / layer.map().1, step % layer.map().1]
}

struct Window {
    kernel: [u32; 2],
    stride: [u32; 2],
    padding: [u32; 4],
    dilation: [u32; 2],
}

impl Window {
    /// The cells of the kernel with what they lie on, none beside the map.
    fn values<'a>(
        &'a self,
        before: &'a Layer,
        input: &'a [f32],
        channel: u32,
        at: [u32; 2],
    ) -> impl Iterator<Item = (u32, Option<f32>)> + 'a {
        let (rows, columns) = before.map();
        (0..self.kernel[0] * self.kernel[1]).map(move |cell| {
            let y = at[0] * self.stride[0] + cell / self.kernel[1] * self.dilation[0];
            let x = at[1] * self.stride[1] + cell % self.kernel[1] * self.dilation[1];
            let y = y.checked_sub(self.padding[0]).filter(|y| *y < rows);
            let x = x.checked_sub(self.padding[1]).filter(|x| *x < columns);
            let place = y.zip(x).map(|(y, x)| (channel * rows + y) * columns + x);
            (cell, place.map(|place| input[place as usize]))
        })
    }
}

fn pool(
    layer: &Layer,
    before: &Layer,
    input: &[f32],
    window: &Window,
    summary: impl Fn(&[Option<f32>]) -> f32,
) -> Vec<f32> {
    let mut result = Vec::new();
    for unit in 0..layer.units() {
        for step in 0..steps(layer) {
            let values: Vec<_> = window
                .values(before, input, unit, position(layer, step))
                .map(|(_, value)| value)
                .collect();
            result.push(summary(&values));
        }
    }
    result
}
