//! A window on a map: where its cells lie at a step. Rows and columns are counted from 0.

use convocation_inference::{Layer, Op};

/// How a layer's window moves over the map it reads.
pub(crate) struct Window {
    /// Rows and columns of the window.
    pub kernel: [u32; 2],
    pub stride: [u32; 2],
    /// Padding above and to the left; what is below and to the right follows from the output.
    pub before: [u32; 2],
    /// Padding on both sides of an axis.
    pub around: [u32; 2],
    pub dilation: [u32; 2],
    /// Rows and columns of the map it moves over.
    map: [u32; 2],
    /// Columns of the output.
    columns: u32,
}

impl Window {
    /// The window of a layer that has one.
    pub fn of(layer: &Layer, source: &Layer) -> Option<Self> {
        let (rows, columns) = source.map();
        let (kernel, stride, padding, dilation) = match layer.op {
            Op::Conv {
                kernel,
                stride,
                padding,
                dilation,
                ..
            }
            | Op::MaxPool {
                kernel,
                stride,
                padding,
                dilation,
            } => (kernel, stride, padding, dilation),
            Op::AveragePool {
                kernel,
                stride,
                padding,
                ..
            } => (kernel, stride, padding, [1, 1]),
            Op::GlobalAveragePool => ([rows, columns], [1, 1], [0; 4], [1, 1]),
            _ => return None,
        };
        let [top, left, bottom, right] = padding;
        Some(Self {
            kernel,
            stride,
            before: [top, left],
            around: [top + bottom, left + right],
            dilation,
            map: [rows, columns],
            columns: layer.map().1,
        })
    }

    /// Where the window's cells lie on the map at a step, row by row; none beside it.
    pub fn cells(&self, step: u32) -> impl Iterator<Item = Option<u32>> + '_ {
        let at = [step / self.columns, step % self.columns];
        let on_axis = move |axis: usize, place: u32| {
            let on_padded = at[axis] * self.stride[axis] + place * self.dilation[axis];
            let on_map = on_padded.checked_sub(self.before[axis]);
            on_map.filter(|place| *place < self.map[axis])
        };
        (0..self.kernel[0] * self.kernel[1]).map(move |cell| {
            let row = on_axis(0, cell / self.kernel[1])?;
            let column = on_axis(1, cell % self.kernel[1])?;
            Some(row * self.map[1] + column)
        })
    }
}
