//! Questions about the size of an output, and the sizes that come out when something in the formula is forgotten.

use convocation_classroom::{
    ids::LayerId,
    question::{Size, Task},
    sliding::Hyperparameters,
    stage::Focus,
};

use crate::{Answers, shuffle::shuffle, view::View, window::Window};

/// Wrong options beside the right one.
const DISTRACTORS: usize = 3;

/// One axis of a window over an input. The output is ⌊(n + p − d(k − 1) − 1) / s⌋ + 1 with p the padding on both sides (see
/// [`Hyperparameters::output`]).
#[derive(Clone, Copy)]
struct Axis {
    input: u32,
    padding: u32,
    kernel: u32,
    stride: u32,
    dilation: u32,
}

impl Axis {
    fn output(self) -> Option<u32> {
        let reach = self.dilation * (self.kernel - 1) + 1;
        Some((self.input + self.padding).checked_sub(reach)? / self.stride + 1)
    }

    /// What comes out with one mistake each, the most typical first.
    fn mistakes(self, right: u32) -> [Option<u32>; 6] {
        [
            Self { stride: 1, ..self }.output(),
            Self { padding: 0, ..self }.output(),
            right.checked_sub(1),
            Self {
                dilation: 1,
                ..self
            }
            .output(),
            Some(right + 1),
            Some(self.input),
        ]
    }
}

pub(crate) fn output_size(view: &View) -> Option<Answers> {
    let (layer, axes, right) = match view.focus {
        Focus::Hyperparameters(sizes) => {
            let side = sizes.output()?;
            (None, [axis(*sizes); 2], [side; 2])
        }
        _ => {
            let (layer, _) = view.open()?;
            let source = view.source(layer)?;
            let window = Window::of(layer, source)?;
            let (rows, columns) = source.map();
            let axis = |axis: usize, input| Axis {
                input,
                padding: window.around[axis],
                kernel: window.kernel[axis],
                stride: window.stride[axis],
                dilation: window.dilation[axis],
            };
            let right = layer.map();
            (
                Some(layer),
                [axis(0, rows), axis(1, columns)],
                [right.0, right.1],
            )
        }
    };
    let right = size(right);
    let [rows, columns] = [
        axes[0].mistakes(right.rows),
        axes[1].mistakes(right.columns),
    ];
    let wrong = rows
        .into_iter()
        .zip(columns)
        .filter_map(|(rows, columns)| Some(size([rows?, columns?])))
        .filter(|wrong| wrong.rows > 0 && wrong.columns > 0);
    let mut sizes = vec![right];
    for wrong in wrong {
        if sizes.len() <= DISTRACTORS && !sizes.contains(&wrong) {
            sizes.push(wrong);
        }
    }
    let about = layer.map_or("", |layer| &layer.id);
    shuffle(&mut sizes, about, |size| {
        format!("{}×{}", size.rows, size.columns)
    });
    let key = sizes.iter().position(|size| *size == right)?;
    Some(Answers {
        task: Task::OutputSize {
            layer: layer.map(|layer| LayerId(layer.id.clone())),
            sizes,
        },
        key: vec![u32::try_from(key).ok()?],
    })
}

fn axis(sizes: Hyperparameters) -> Axis {
    Axis {
        input: sizes.input,
        padding: 2 * sizes.padding,
        kernel: sizes.kernel,
        stride: sizes.stride,
        dilation: sizes.dilation,
    }
}

fn size([rows, columns]: [u32; 2]) -> Size {
    Size { rows, columns }
}
