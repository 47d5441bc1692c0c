//! What holds for every question about any numbers.

use std::collections::{BTreeMap, BTreeSet};

use convocation_classroom::{
    asked::{Asked, Tile, Wording},
    question::Task,
    stage::Focus,
};
use convocation_questions::{View, resolve};
use proptest::prelude::*;

use crate::{
    network::{description, numbers},
    tables::unit,
};

fn focus() -> impl Strategy<Value = Focus> {
    let layers = vec!["input", "conv", "relu", "pool", "flat", "dense"];
    prop_oneof![
        1 => Just(Focus::Overview),
        8 => (prop::sample::select(layers), 0..3u32).prop_map(|(layer, place)| unit(layer, place)),
    ]
}

fn asked() -> impl Strategy<Value = Asked> {
    prop::sample::select(vec![
        Asked::Value(Wording::default()),
        Asked::Sign(Wording::default()),
        Asked::Winner(Wording::default()),
        Asked::TopClass(Wording::default()),
        Asked::OutputSize(Wording::default()),
        Asked::Tile(Tile::default()),
        Asked::Pixel(Wording::default()),
    ])
}

/// What stands on each option, as far as options are made.
fn options(task: &Task) -> Option<Vec<String>> {
    match task {
        Task::Value { numbers, .. } => Some(numbers.iter().map(|n| format!("{n:?}")).collect()),
        Task::OutputSize { sizes, .. } => Some(sizes.iter().map(|s| format!("{s:?}")).collect()),
        Task::TopClass { classes } => Some(classes.iter().map(u32::to_string).collect()),
        _ => None,
    }
}

proptest! {
    #[test]
    fn options_differ_and_the_key_is_among_them(
        asked in asked(),
        focus in focus(),
        step in 0..10u32,
        noise in prop::collection::vec(prop_oneof![-3.0..3.0f32, Just(0.0), -1e9..1e9f32], 25),
    ) {
        let mut numbers = numbers();
        for values in numbers.layers.values_mut().chain(numbers.weights.values_mut()) {
            for (value, noise) in values.iter_mut().zip(noise.iter().cycle()) {
                *value += noise;
            }
        }
        let network = description();
        let view = View { network: &network, focus: &focus, step };
        let Ok(resolved) = resolve(&asked, &view, &numbers) else { return Ok(()) };
        let again = resolve(&asked, &view, &numbers);
        prop_assert_eq!(Ok(&resolved), again.as_ref());
        let answers = resolved.task.answers();
        prop_assert!(answers > 1);
        prop_assert!(!resolved.key.is_empty() && resolved.key.len() < answers as usize);
        prop_assert!(resolved.key.is_sorted() && resolved.key.iter().all(|right| *right < answers));
        if let Some(options) = options(&resolved.task) {
            let different: BTreeSet<&String> = options.iter().collect();
            prop_assert_eq!(different.len(), options.len());
        }
    }
}

/// Whoever always takes the first option is right as often as someone who guesses.
#[test]
fn the_place_of_the_right_option_says_nothing() {
    let network = description();
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    for number in 0..2000_u16 {
        let mut numbers = numbers();
        for (place, value) in (0_u16..).zip(numbers.layers.get_mut("conv").unwrap()) {
            *value = f32::from(number * 31 % 1009 + place * 17) / 16.0 - 20.0;
        }
        let focus = unit("conv", 0);
        let view = View {
            network: &network,
            focus: &focus,
            step: u32::from(number % 8),
        };
        let resolved = resolve(&Asked::Value(Wording::default()), &view, &numbers).unwrap();
        assert_eq!(resolved.task.answers(), 4);
        *places.entry(resolved.key[0]).or_default() += 1;
    }
    // 500 are expected, 60 is three standard deviations.
    assert!(
        places.len() == 4 && places.values().all(|count| (440..560).contains(count)),
        "{places:?}"
    );
}
