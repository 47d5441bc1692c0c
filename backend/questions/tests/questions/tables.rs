use std::collections::BTreeSet;

use convocation_classroom::{
    asked::{Asked, Choice, Scale, Tile, Wording},
    decimal::Decimal,
    question::{Resolved, Size, Task},
    rejection::Rejection,
    sliding::Hyperparameters,
    stage::Focus,
};
use convocation_inference::Op;
use convocation_questions::{View, askable, resolve};

use crate::network::{BIASES, KERNELS, Numbers, convolved, description, numbers};

pub fn unit(layer: &str, unit: u32) -> Focus {
    Focus::Unit {
        layer: layer.into(),
        unit,
    }
}

fn words() -> Wording {
    Wording::default()
}

fn ask(asked: &Asked, focus: &Focus, step: u32) -> Result<Resolved, Rejection> {
    ask_of(&numbers(), asked, focus, step)
}

fn ask_of(
    numbers: &Numbers,
    asked: &Asked,
    focus: &Focus,
    step: u32,
) -> Result<Resolved, Rejection> {
    let network = description();
    let view = View {
        network: &network,
        focus,
        step,
    };
    let resolved = resolve(asked, &view, numbers);
    // Whoever offers questions must not leave one out that can be asked.
    assert!(
        resolved.is_err() || askable(asked, &view),
        "{asked:?} {focus:?} {step}"
    );
    resolved
}

/// The right number of a question, and the others.
fn value(focus: &Focus, step: u32) -> Option<(f64, Vec<f64>)> {
    let resolved = ask(&Asked::Value(words()), focus, step).ok()?;
    let Task::Value { numbers, .. } = resolved.task else {
        unreachable!("a value was asked for");
    };
    let number =
        |decimal: &Decimal| f64::from(decimal.digits) / f64::from(10_u32.pow(decimal.decimals));
    let [key] = resolved.key[..] else {
        panic!("one number is right");
    };
    let mut others: Vec<f64> = numbers.iter().map(number).collect();
    let right = others.remove(key as usize);
    others.sort_by(f64::total_cmp);
    Some((right, others))
}

#[test]
fn the_value_of_the_next_cell_and_what_typical_mistakes_make_of_it() {
    // Convolution: bias forgotten (−1), kernel transposed, kernel turned by half a turn; the same three are never offered twice.
    for step in 0..8 {
        let next = step as usize + 1;
        let of =
            |turned: fn(usize) -> usize| f64::from(convolved(&KERNELS[..9], 1.0, next, turned));
        let right = of(|cell| cell);
        let (found, others) = value(&unit("conv", 0), step).unwrap();
        assert_eq!(found, right, "after step {step}");
        assert!(
            others.contains(&(right - f64::from(BIASES[0]))),
            "{others:?}"
        );
        let transposed = of(|cell| cell % 3 * 3 + cell / 3);
        assert!(
            transposed == right || others.contains(&transposed),
            "{others:?}"
        );
        assert_eq!(others.len(), 3);
    }
    for (focus, step, expected) in [
        // ReLU of −4: forgotten, the sign dropped, and 1 − y of those who think of another activation.
        (unit("relu", 0), 4, Some((0.0, vec![-4.0, 1.0, 4.0]))),
        // ReLU of 4: everything taken away, the sign turned.
        (unit("relu", 0), 5, Some((4.0, vec![-4.0, -3.0, 0.0]))),
        // Largest of 8 1 / 6 0: the mean as whole numbers are written, the smallest, the sum.
        (unit("pool", 0), 0, Some((8.0, vec![0.0, 4.0, 15.0]))),
        // There is no cell after the last.
        (unit("conv", 0), 8, None),
        (unit("pool", 0), 3, None),
        // A window of zeros: whatever one forgets, nothing comes out.
        (unit("pool", 1), 0, None),
        // Nothing is computed there, or no value is.
        (unit("input", 0), 0, None),
        (unit("flat", 0), 0, None),
        (Focus::Overview, 0, None),
        (unit("conv", 2), 0, None),
        (unit("elsewhere", 0), 0, None),
    ] {
        assert_eq!(value(&focus, step), expected, "{focus:?} after {step}");
    }
    // 8·0.5 − 8·0.25 + 6 + 7·0.125 + 0.75: the bias forgotten, taken away, and the positive terms alone.
    let dense = value(&unit("dense", 0), 0);
    assert_eq!(dense, Some((9.63, vec![8.13, 8.88, 11.63])));
}

#[test]
fn a_link_asks_about_the_cell_of_its_unit() {
    let link = Focus::Link {
        layer: "conv".into(),
        unit: 0,
        input: 0,
    };
    let asked = Asked::Value(words());
    assert_eq!(ask(&asked, &link, 2), ask(&asked, &unit("conv", 0), 2));
}

#[test]
fn close_numbers_get_the_decimals_that_tell_them_apart() {
    let mut close = numbers();
    for value in close.layers.get_mut("relu").unwrap() {
        *value = 0.001_2;
    }
    for value in close.layers.get_mut("conv").unwrap() {
        *value = 0.001_2;
    }
    let asked = Asked::Value(words());
    let resolved = ask_of(&close, &asked, &unit("relu", 0), 0).unwrap();
    let Task::Value { numbers, .. } = &resolved.task else {
        unreachable!("a value was asked for");
    };
    let right = Decimal {
        digits: 1,
        decimals: 3,
    };
    assert_eq!(numbers[resolved.key[0] as usize], right);
    let texts: BTreeSet<i32> = numbers.iter().map(|number| number.digits).collect();
    assert_eq!(texts.len(), numbers.len());
}

#[test]
fn numbers_with_too_many_digits_are_not_asked_for() {
    let mut huge = numbers();
    huge.layers.get_mut("conv").unwrap()[1] = 1e12;
    let asked = Asked::Value(words());
    let outcome = ask_of(&huge, &asked, &unit("conv", 0), 0);
    assert_eq!(outcome, Err(Rejection::NotAskable));
}

#[test]
fn the_sign_of_the_next_cell() {
    for (step, key) in [(0, Some(2)), (4, Some(0)), (8, None)] {
        let resolved = ask(&Asked::Sign(words()), &unit("conv", 0), step).ok();
        let found = resolved.map(|resolved| resolved.key);
        assert_eq!(found, key.map(|key| vec![key]), "after {step}");
    }
    let mut zero = numbers();
    zero.layers.get_mut("conv").unwrap()[1] = -0.0;
    let resolved = ask_of(&zero, &Asked::Sign(words()), &unit("conv", 0), 0);
    assert_eq!(resolved.unwrap().key, [1]);
    let outcome = ask(&Asked::Sign(words()), &unit("relu", 0), 0);
    assert_eq!(outcome, Err(Rejection::NotAskable));
}

#[test]
fn the_winner_of_the_next_window() {
    let winner = |step| {
        let resolved = ask(&Asked::Winner(words()), &unit("pool", 0), step).ok()?;
        let Task::Winner {
            rows,
            columns,
            numbers,
            ..
        } = resolved.task
        else {
            unreachable!("a winner was asked for");
        };
        assert_eq!((rows, columns), (2, 2));
        let digits: Vec<i32> = numbers
            .iter()
            .flatten()
            .map(|number| number.digits)
            .collect();
        Some((digits, resolved.key))
    };
    assert_eq!(winner(0), Some((vec![8, 1, 6, 0], vec![0])));
    assert_eq!(winner(1), Some((vec![4, 6, 4, 0], vec![1])));
    assert_eq!(winner(2), Some((vec![6, 0, 0, 7], vec![3])));
    assert_eq!(winner(3), None);
    // All equal: every answer would be right.
    let outcome = ask(&Asked::Winner(words()), &unit("pool", 1), 0);
    assert_eq!(outcome, Err(Rejection::NotAskable));
    let mut tied = numbers();
    tied.layers.get_mut("relu").unwrap()[4] = 8.0;
    let resolved = ask_of(&tied, &Asked::Winner(words()), &unit("pool", 0), 0);
    assert_eq!(resolved.unwrap().key, [0, 2]);
}

#[test]
fn cells_beside_the_map_never_win() {
    let mut network = description();
    let Op::MaxPool { padding, .. } = &mut network.layers[3].op else {
        unreachable!("it is the pooling");
    };
    *padding = [1, 1, 0, 0];
    network.layers[3].shape = vec![2, 3, 3];
    let focus = unit("pool", 0);
    let view = View {
        network: &network,
        focus: &focus,
        step: 0,
    };
    let resolved = resolve(&Asked::Winner(words()), &view, &numbers()).unwrap();
    let Task::Winner { numbers, .. } = resolved.task else {
        unreachable!("a winner was asked for");
    };
    assert_eq!((numbers[0], numbers[1]), (None, None));
    assert_eq!(numbers[2].map(|number| number.digits), Some(0));
    assert_eq!(resolved.key, [3]);
}

#[test]
fn the_class_with_the_highest_score() {
    let resolved = ask(&Asked::TopClass(words()), &Focus::Overview, 0).unwrap();
    let task = Task::TopClass {
        classes: vec![0, 1],
    };
    assert_eq!((resolved.task, resolved.key), (task, vec![0]));
    let mut even = numbers();
    even.layers.insert("dense", vec![1.0, 1.0]);
    let outcome = ask_of(&even, &Asked::TopClass(words()), &Focus::Overview, 0);
    assert_eq!(outcome, Err(Rejection::NotAskable));
}

#[test]
fn of_many_classes_the_most_likely_can_be_chosen() {
    let mut network = description();
    network.labels = (0..1000).map(|class| format!("class {class}")).collect();
    let mut many = numbers();
    let scores = (0..1000_u16).map(|class| f32::from(class * 7 % 1000));
    many.layers.insert("dense", scores.collect());
    let view = View {
        network: &network,
        focus: &Focus::Overview,
        step: 0,
    };
    let resolved = resolve(&Asked::TopClass(words()), &view, &many).unwrap();
    let Task::TopClass { classes } = resolved.task else {
        unreachable!("a class was asked for");
    };
    assert!(classes.len() == 10 && classes.is_sorted());
    // 857 · 7 = 5999.
    assert_eq!(classes[resolved.key[0] as usize], 857);
}

#[test]
fn the_size_of_an_output_and_what_forgetting_makes_of_it() {
    let chosen = |input, padding, kernel, stride, dilation| {
        Focus::Hyperparameters(Hyperparameters {
            input,
            padding,
            kernel,
            stride,
            dilation,
        })
    };
    for (focus, right, expected) in [
        // 5 cells, kernel 3: one less, one more, none lost.
        (unit("conv", 0), 3, vec![2, 4, 5]),
        (
            Focus::Layer {
                layer: "conv".into(),
            },
            3,
            vec![2, 4, 5],
        ),
        (unit("pool", 0), 2, vec![1, 3]),
        // ⌊(7 + 2 − 3) / 2⌋ + 1 = 4: stride forgotten 7, padding forgotten 3, one more 5.
        (chosen(7, 1, 3, 2, 1), 4, vec![3, 5, 7]),
        // ⌊(9 − 5) / 2⌋ + 1 = 3: stride forgotten 5, off by one 2, dilation forgotten 4.
        (chosen(9, 0, 3, 2, 2), 3, vec![2, 4, 5]),
        // Nothing smaller than a cell is offered.
        (chosen(3, 0, 3, 1, 1), 1, vec![2, 3]),
    ] {
        let resolved = ask(&Asked::OutputSize(words()), &focus, 0).unwrap();
        let Task::OutputSize { sizes, .. } = resolved.task else {
            unreachable!("a size was asked for");
        };
        let mut sides: Vec<u32> = sizes.iter().map(|size| size.rows).collect();
        assert!(sizes.iter().all(|Size { rows, columns }| rows == columns));
        assert_eq!(sides.remove(resolved.key[0] as usize), right, "{focus:?}");
        sides.sort_unstable();
        assert_eq!(sides, expected, "{focus:?}");
    }
    for focus in [Focus::Overview, unit("relu", 0), chosen(3, 0, 5, 1, 1)] {
        let outcome = ask(&Asked::OutputSize(words()), &focus, 0);
        assert_eq!(outcome, Err(Rejection::NotAskable), "{focus:?}");
    }
}

#[test]
fn the_tile_that_responds_most_strongly() {
    let tile = |layer: Option<&str>| {
        Asked::Tile(Tile {
            layer: layer.map(Into::into),
            ..Tile::default()
        })
    };
    let task = |layer: &str| Task::Tile {
        layer: layer.into(),
        units: 2,
    };
    for (asked, focus, expected) in [
        (tile(Some("conv")), Focus::Overview, Some(task("conv"))),
        (tile(None), unit("relu", 1), Some(task("relu"))),
        (tile(Some("pool")), unit("relu", 1), Some(task("pool"))),
        (tile(None), Focus::Overview, None),
        (tile(Some("input")), Focus::Overview, None),
        (tile(Some("dense")), Focus::Overview, None),
        (tile(Some("elsewhere")), Focus::Overview, None),
    ] {
        let found = ask(&asked, &focus, 0).ok();
        assert!(found.as_ref().is_none_or(|found| found.key == [0]));
        assert_eq!(found.map(|found| found.task), expected, "{asked:?}");
    }
}

#[test]
fn the_cell_that_responds_most_strongly() {
    let resolved = ask(&Asked::Pixel(words()), &unit("conv", 0), 0).unwrap();
    let task = Task::Pixel {
        layer: "conv".into(),
        unit: 0,
        rows: 3,
        columns: 3,
    };
    assert_eq!((resolved.task, resolved.key), (task, vec![1]));
    // A map of zeros, and what has no map.
    for focus in [
        unit("relu", 1),
        unit("dense", 0),
        Focus::Overview,
        Focus::Layer {
            layer: "conv".into(),
        },
    ] {
        let outcome = ask(&Asked::Pixel(words()), &focus, 0);
        assert_eq!(outcome, Err(Rejection::NotAskable), "{focus:?}");
    }
}

#[test]
fn on_a_large_map_a_near_hit_counts() {
    let mut network = description();
    network.layers[1].shape = vec![2, 32, 40];
    let mut large = numbers();
    let mut map = vec![0.0; 2 * 32 * 40];
    map[5 * 40 + 39] = 3.0;
    large.layers.insert("conv", map);
    let focus = unit("conv", 0);
    let view = View {
        network: &network,
        focus: &focus,
        step: 7,
    };
    let resolved = resolve(&Asked::Pixel(words()), &view, &large).unwrap();
    let expected: Vec<u32> = (3..=7)
        .flat_map(|row| (37..40).map(move |column| row * 40 + column))
        .collect();
    assert_eq!(resolved.key, expected);
    assert_eq!(resolved.step, Some(7));
}

#[test]
fn own_questions_can_be_asked_about_anything() {
    let choice = Asked::Choice(Choice {
        text: " What slides? ".to_owned(),
        options: vec!["The kernel".to_owned(), "The picture".to_owned()],
        right: Some(0),
        why: Some("The picture stays.".to_owned()),
    });
    let scale = Asked::Scale(Scale {
        text: "How clear?".to_owned(),
        low: "lost".to_owned(),
        high: "clear".to_owned(),
        steps: 4,
        why: None,
    });
    for focus in [Focus::Overview, unit("conv", 1), Focus::Class { class: 0 }] {
        let resolved = ask(&choice, &focus, 0).unwrap();
        assert_eq!(resolved.text.as_deref(), Some("What slides?"));
        assert_eq!(resolved.why.as_deref(), Some("The picture stays."));
        assert_eq!((resolved.task.answers(), resolved.key), (2, vec![0]));
        let resolved = ask(&scale, &focus, 0).unwrap();
        assert_eq!((resolved.task.answers(), resolved.key), (4, vec![]));
    }
}
