//! A window: how a kernel moves over a map. One axis at a time; rows and columns are independent.

/// How the padding of a node is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Padding {
    /// So many cells before and after.
    Explicit { before: usize, after: usize },
    /// As many as make the output `ceil(input / stride)` long; the odd one goes after.
    SameUpper,
    /// The same; the odd one goes before.
    SameLower,
}

/// What a node says about one axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    pub kernel: usize,
    pub stride: usize,
    pub dilation: usize,
    pub padding: Padding,
    /// Whether a last window that hangs over the end counts.
    pub ceil: bool,
}

/// What follows from it for an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub output: usize,
    /// Padding with which plain rounding down gives `output`.
    pub before: usize,
    pub after: usize,
    /// How much of `after` the node did not ask for: a last window hangs over by so much.
    pub overhang: usize,
}

impl Axis {
    /// Cells of the input that the dilated kernel spans.
    fn span(&self) -> Option<usize> {
        self.kernel
            .checked_sub(1)?
            .checked_mul(self.dilation)?
            .checked_add(1)
    }

    /// Places the window on an input of `input` cells. `None` when it does not fit once, or sizes are absurd.
    pub fn place(&self, input: usize) -> Option<Placed> {
        let span = self.span()?;
        if self.stride == 0 || self.dilation == 0 || input == 0 {
            return None;
        }
        let (before, after) = match self.padding {
            Padding::Explicit { before, after } => (before, after),
            same => {
                let output = input.div_ceil(self.stride);
                let total = ((output - 1) * self.stride)
                    .checked_add(span)?
                    .saturating_sub(input);
                let less = total / 2;
                if same == Padding::SameUpper {
                    (less, total - less)
                } else {
                    (total - less, less)
                }
            }
        };
        let padded = input.checked_add(before)?.checked_add(after)?;
        let room = padded.checked_sub(span)?;
        let mut output = room / self.stride + 1;
        if self.ceil {
            output = room.div_ceil(self.stride) + 1;
            // A window that would begin beyond the input and its leading padding sees nothing.
            if (output - 1) * self.stride >= input + before {
                output -= 1;
            }
        }
        let needed = (output - 1) * self.stride + span;
        let overhang = needed.saturating_sub(padded);
        Some(Placed {
            output,
            before,
            after: after + overhang,
            overhang,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(axis: Axis, input: usize, expected: Option<(usize, usize, usize)>) {
        let found = axis
            .place(input)
            .map(|placed| (placed.output, placed.before, placed.after));
        assert_eq!(found, expected, "{axis:?} on {input}");
    }

    const PLAIN: Axis = Axis {
        kernel: 3,
        stride: 1,
        dilation: 1,
        padding: Padding::Explicit {
            before: 0,
            after: 0,
        },
        ceil: false,
    };

    #[test]
    fn places_windows() {
        check(PLAIN, 64, Some((62, 0, 0)));
        check(
            Axis {
                kernel: 2,
                stride: 2,
                ..PLAIN
            },
            5,
            Some((2, 0, 0)),
        );
        check(
            Axis {
                kernel: 2,
                stride: 2,
                ceil: true,
                ..PLAIN
            },
            5,
            Some((3, 0, 1)),
        );
        check(
            Axis {
                dilation: 2,
                ..PLAIN
            },
            5,
            Some((1, 0, 0)),
        );
        check(
            Axis {
                padding: Padding::SameUpper,
                kernel: 2,
                ..PLAIN
            },
            5,
            Some((5, 0, 1)),
        );
        check(
            Axis {
                padding: Padding::SameLower,
                kernel: 2,
                ..PLAIN
            },
            5,
            Some((5, 1, 0)),
        );
        check(
            Axis {
                padding: Padding::SameUpper,
                stride: 2,
                ..PLAIN
            },
            5,
            Some((3, 1, 1)),
        );
    }

    #[test]
    fn a_window_that_begins_in_the_trailing_padding_is_left_out() {
        let padding = Padding::Explicit {
            before: 1,
            after: 1,
        };
        check(
            Axis {
                kernel: 2,
                stride: 3,
                ceil: true,
                padding,
                ..PLAIN
            },
            5,
            Some((2, 1, 1)),
        );
    }

    #[test]
    fn refuses_what_does_not_fit() {
        check(PLAIN, 2, None);
        check(Axis { stride: 0, ..PLAIN }, 9, None);
        check(Axis { kernel: 0, ..PLAIN }, 9, None);
        check(
            Axis {
                dilation: usize::MAX,
                ..PLAIN
            },
            9,
            None,
        );
    }
}
