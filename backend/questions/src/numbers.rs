//! Numbers as they are displayed: how many decimals tell options apart, and which options remain different once they are rounded.

use convocation_classroom::decimal::{DECIMALS_MOST, Decimal};

/// Decimals of a number that is no whole one.
const DECIMALS: u32 = 2;

/// Wrong options beside the right one.
const DISTRACTORS: usize = 3;

/// Decimals with which `numbers` are written: none where all are whole.
pub(crate) fn decimals(numbers: &[f32]) -> u32 {
    let is_whole = |number: &f32| number.fract() == 0.0;
    if numbers.iter().all(is_whole) {
        0
    } else {
        DECIMALS
    }
}

/// The number with so many decimals, rounded half away from zero as displays do. `None` where it has too many digits.
pub(crate) fn rounded(number: f64, decimals: u32) -> Option<Decimal> {
    let digits = (number * 10_f64.powi(i32::try_from(decimals).ok()?)).round();
    let fits = digits.abs() <= f64::from(i32::MAX);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and to fit"
    )]
    fits.then_some(Decimal {
        digits: digits as i32,
        decimals,
    })
}

/// The right number and up to three others that all differ as displayed, the right one first; with as few decimals as it takes.
/// `None` where none differs.
pub(crate) fn options(right: f64, others: &[f64], fewest: u32) -> Option<Vec<Decimal>> {
    let mut best: Option<Vec<Decimal>> = None;
    for decimals in fewest..=DECIMALS_MOST {
        let Some(right) = rounded(right, decimals) else {
            break;
        };
        let mut options = vec![right];
        for other in others.iter().filter_map(|other| rounded(*other, decimals)) {
            if options.len() <= DISTRACTORS && !options.contains(&other) {
                options.push(other);
            }
        }
        let is_better = best.as_ref().is_none_or(|best| options.len() > best.len());
        let is_full = options.len() > DISTRACTORS;
        if is_better {
            best = Some(options);
        }
        if is_full || fewest == 0 {
            // Whole numbers that are the same stay the same with any decimals.
            break;
        }
    }
    best.filter(|options| options.len() > 1)
}
