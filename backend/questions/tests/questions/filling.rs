//! Maps to be filled by hand: which cells, and what is right for each.

use convocation_classroom::{
    asked::Asked,
    decimal::Decimal,
    filling::{Area, Fill, Truth},
    question::{Resolved, Task},
    rejection::Rejection,
    stage::Focus,
};
use convocation_inference::Op;
use convocation_questions::{View, askable, resolve};
use proptest::prelude::*;

use crate::{
    network::{BIASES, KERNELS, Numbers, convolved, description, numbers},
    tables::unit,
};

fn fill(area: Area) -> Asked {
    Asked::Fill(Fill {
        area,
        text: None,
        why: None,
    })
}

fn link(input: u32) -> Focus {
    Focus::Link {
        layer: "conv".into(),
        unit: 0,
        input,
    }
}

fn ask(numbers: &Numbers, area: Area, focus: &Focus, step: u32) -> Result<Resolved, Rejection> {
    let network = description();
    let view = View {
        network: &network,
        focus,
        step,
    };
    let resolved = resolve(&fill(area), &view, numbers);
    assert_eq!(resolved.is_ok(), askable(&fill(area), &view), "{focus:?}");
    resolved
}

fn steps(resolved: &Resolved) -> &[u32] {
    let Task::Fill { steps, .. } = &resolved.task else {
        panic!("a map is to be filled");
    };
    steps
}

fn exactly(value: f32) -> Truth {
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
    let digits = value as i32;
    Truth {
        number: Decimal {
            digits,
            decimals: 0,
        },
        tolerance: 0,
    }
}

#[test]
fn whole_numbers_are_exact() {
    let numbers = numbers();
    let conv = ask(&numbers, Area::Whole, &unit("conv", 0), 4).unwrap();
    let value = |step| exactly(convolved(&KERNELS[..9], BIASES[0], step, |cell| cell));
    let expected: Vec<Truth> = (0..9).map(value).collect();
    assert_eq!(conv.truth, expected);
    assert_eq!((conv.step, &conv.key[..]), (Some(4), &[][..]));
    let expected = Task::Fill {
        layer: "conv".into(),
        unit: 0,
        input: None,
        rows: 3,
        columns: 3,
        steps: (0..9).collect(),
        shown: 0,
        decimals: 0,
    };
    assert_eq!(conv.task, expected);
    // Where there is one input, its link is the whole sum.
    assert_eq!(ask(&numbers, Area::Whole, &link(0), 4), Ok(conv));
    for (layer, source) in [("relu", "relu"), ("pool", "pool")] {
        let resolved = ask(&numbers, Area::Whole, &unit(layer, 1), 0).unwrap();
        let cells = resolved.truth.len();
        let own = &numbers.layers[source][cells..2 * cells];
        let expected: Vec<Truth> = own.iter().copied().map(exactly).collect();
        assert_eq!(resolved.truth, expected, "{layer}");
    }
}

#[test]
fn one_input_of_several_goes_without_the_bias() {
    let mut network = description();
    network.layers[0].shape = vec![2, 5, 5];
    network.layers[1].weights = vec![vec![2, 2, 3, 3], vec![2]];
    let mut numbers = numbers();
    let picture = numbers.layers["input"].repeat(2);
    numbers.layers.insert("input", picture);
    let weights = [&KERNELS[..], &KERNELS[..], &BIASES[..]].concat();
    numbers.weights.insert("conv", weights);
    for input in [0, 1] {
        let view = View {
            network: &network,
            focus: &link(input),
            step: 0,
        };
        let resolved = resolve(&fill(Area::Whole), &view, &numbers).unwrap();
        let kernel = &KERNELS[input as usize * 9..][..9];
        let value = |step| exactly(convolved(kernel, 0.0, step, |cell| cell));
        let expected: Vec<Truth> = (0..9).map(value).collect();
        assert_eq!(resolved.truth, expected);
        assert!(matches!(resolved.task, Task::Fill { input: Some(one), .. } if one == input));
    }
}

#[test]
fn a_part_of_a_map_is_a_patch_around_the_window_or_spread() {
    let numbers = numbers();
    for (area, step, expected) in [
        (Area::Patch { side: 2 }, 0, &[0, 1, 3, 4][..]),
        (Area::Patch { side: 2 }, 4, &[4, 5, 7, 8]),
        (Area::Patch { side: 2 }, 8, &[4, 5, 7, 8]),
        (Area::Patch { side: 6 }, 8, &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (Area::Spread { side: 2 }, 8, &[0, 2, 6, 8]),
        (Area::Spread { side: 3 }, 0, &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ] {
        let resolved = ask(&numbers, area, &unit("conv", 0), step).unwrap();
        assert_eq!(steps(&resolved), expected, "{area:?} at {step}");
    }
}

#[test]
fn what_is_not_computed_by_hand_is_not_filled() {
    let numbers = numbers();
    for focus in [
        Focus::Overview,
        unit("input", 0),
        unit("flat", 0),
        unit("dense", 0),
        unit("conv", 9),
        link(1),
    ] {
        let outcome = ask(&numbers, Area::Whole, &focus, 0);
        assert_eq!(outcome, Err(Rejection::NotAskable), "{focus:?}");
    }
    // Four inputs of 3 × 3 are too many numbers, one of them is not; nor is a map of 49 cells filled whole.
    let mut network = description();
    network.layers[0].shape = vec![4, 9, 9];
    network.layers[1].shape = vec![2, 7, 7];
    for (focus, area, expected) in [
        (unit("conv", 0), Area::Spread { side: 3 }, false),
        (link(3), Area::Spread { side: 3 }, true),
        (link(3), Area::Whole, false),
        (link(4), Area::Spread { side: 3 }, false),
        (unit("relu", 0), Area::Patch { side: 6 }, true),
    ] {
        let view = View {
            network: &network,
            focus: &focus,
            step: 0,
        };
        assert_eq!(askable(&fill(area), &view), expected, "{focus:?} {area:?}");
    }
    let Op::Conv { kernel, .. } = &mut network.layers[1].op else {
        panic!("the second layer is a convolution");
    };
    *kernel = [7, 7];
    let view = View {
        network: &network,
        focus: &link(0),
        step: 0,
    };
    assert!(!askable(&fill(Area::Patch { side: 2 }), &view));
}

/// With so many decimals.
fn written(number: f32, decimals: u32) -> f64 {
    let unit = 10_f64.powf(f64::from(decimals));
    (f64::from(number) * unit).round() / unit
}

fn decimal(number: f64, decimals: u32) -> Decimal {
    #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
    let digits = (number * 10_f64.powf(f64::from(decimals))).round() as i32;
    Decimal { digits, decimals }
}

proptest! {
    /// Whoever calculates with the numbers as they are shown is right, whether each product is rounded or only the sum; whoever forgets a
    /// large bias is not.
    #[test]
    fn honest_arithmetic_is_right(
        picture in prop::collection::vec(-3.0..3.0f32, 25),
        weights in prop::collection::vec(-1.0..1.0f32, 18),
        bias in prop_oneof![-9.0..-5.0f32, 5.0..9.0f32],
        whole in any::<bool>(),
    ) {
        let tidy = |number: &f32| if whole { number.round() } else { *number };
        let picture: Vec<f32> = picture.iter().map(tidy).collect();
        let weights: Vec<f32> = weights.iter().map(tidy).collect();
        let bias = tidy(&bias);
        let mut numbers = numbers();
        let cell = |step: usize, kernel: &[f32], bias: f32| {
            let at = |i: usize| picture[(step / 3 + i / 3) * 5 + step % 3 + i % 3];
            (0..9).map(|i| at(i) * kernel[i]).sum::<f32>() + bias
        };
        let conv: Vec<f32> = (0..18).map(|i| cell(i % 9, &weights[i / 9 * 9..][..9], bias)).collect();
        numbers.layers.insert("conv", conv);
        numbers.layers.insert("input", picture.clone());
        numbers.weights.insert("conv", [&weights[..], &[bias, bias]].concat());
        let resolved = ask(&numbers, Area::Whole, &unit("conv", 0), 0).unwrap();
        let Task::Fill { shown, decimals, .. } = resolved.task else { unreachable!() };
        for (step, truth) in resolved.truth.iter().enumerate() {
            let products: Vec<f64> = (0..9)
                .map(|i| {
                    let x = picture[(step / 3 + i / 3) * 5 + step % 3 + i % 3];
                    written(x, shown) * written(weights[i], shown)
                })
                .collect();
            let sum: f64 = products.iter().sum();
            prop_assert!(truth.allows(decimal(sum + written(bias, shown), decimals)));
            let rough: f64 = products.iter().map(|p| (p * 100.0).round() / 100.0).sum();
            prop_assert!(truth.allows(decimal(rough + written(bias, shown), decimals)));
            prop_assert!(!truth.allows(decimal(sum, decimals)));
            prop_assert!(whole == (truth.tolerance == 0));
        }
    }
}
