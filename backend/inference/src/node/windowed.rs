//! Operations that move a window over maps: convolution and pooling. How a window moves is in `window`.

use super::{Computed, Node, Read, spread};
use crate::{
    description::Op,
    graph::sizes,
    tensor::Tensor,
    window::{Axis, Padding, Placed},
};

impl Node<'_, '_> {
    pub(super) fn conv(&mut self, [channels, height, width]: [usize; 3]) -> Read<Computed> {
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

    pub(super) fn max_pool(&mut self, input: [usize; 3]) -> Read<Computed> {
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

    pub(super) fn average_pool(&mut self, input: [usize; 3]) -> Read<Computed> {
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
        let dilations = self.ints::<2>("dilations")?.unwrap_or([1, 1]);
        // ONNX Runtime refuses such convolutions and leaves the gaps of such poolings out of its reckoning.
        if auto_pad.starts_with(b"SAME") && dilations != [1, 1] {
            return Err(format!(
                "auto_pad {} together with dilations is not supported; give pads",
                String::from_utf8_lossy(auto_pad)
            ));
        }
        Ok(Axis {
            kernel,
            stride: self
                .ints::<2>("strides")?
                .map_or(1, |strides| strides[axis]),
            dilation: dilations[axis],
            padding,
            ceil: self.int("ceil_mode").unwrap_or(0) != 0,
        })
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
