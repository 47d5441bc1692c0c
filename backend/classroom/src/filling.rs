//! A map that a class fills cell by cell: each student computes a few cells of it by hand, and together they are the convolution. Which
//! cells there are, what is right, and what of it each audience may know; not who gets which cell (see `rules::filling`).

use std::{cmp::Reverse, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asked::optional,
    decimal::{DECIMALS_MOST, Decimal},
    ids::{QuestionId, SecretHash},
    rejection::Rejection,
    seat::Seat,
};

/// Most cells that a class fills, as rows and columns of a square: a small class is done in a quarter of an hour, and a phone shows all of
/// them at once.
pub const FILL_SIDE_MOST: u32 = 6;
/// Fewest rows and columns of a part of a map.
pub const FILL_SIDE_LEAST: u32 = 2;
/// Most cells that a class fills.
pub const FILL_CELLS_MOST: u32 = FILL_SIDE_MOST * FILL_SIDE_MOST;

/// A map to be filled, as someone asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fill {
    /// Which of its cells.
    pub area: Area,
    /// As in [`crate::asked::Wording`].
    #[serde(default)]
    pub text: Option<String>,
    /// As in [`crate::asked::Wording`].
    #[serde(default)]
    pub why: Option<String>,
}

/// Which cells of a map are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Area {
    /// All, where there are at most [`FILL_CELLS_MOST`].
    Whole,
    /// A square around the window, as far as the map goes.
    Patch {
        /// Rows and columns, [`FILL_SIDE_LEAST`] to [`FILL_SIDE_MOST`].
        side: u32,
    },
    /// A square of cells spread evenly over the map.
    Spread {
        /// Rows and columns, [`FILL_SIDE_LEAST`] to [`FILL_SIDE_MOST`].
        side: u32,
    },
}

impl Area {
    /// Rows and columns of a part.
    #[must_use]
    pub fn side(self) -> Option<u32> {
        match self {
            Self::Whole => None,
            Self::Patch { side } | Self::Spread { side } => Some(side),
        }
    }
}

impl Fill {
    /// As [`crate::asked::Asked::checked`].
    pub(crate) fn checked(&self) -> Result<Self, Rejection> {
        let sides = FILL_SIDE_LEAST..=FILL_SIDE_MOST;
        if !self.area.side().is_none_or(|side| sides.contains(&side)) {
            return Err(Rejection::BadQuestion);
        }
        Ok(Self {
            area: self.area,
            text: optional(self.text.as_deref())?,
            why: optional(self.why.as_deref())?,
        })
    }
}

/// What is right for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// The cell's value, rounded.
    pub number: Decimal,
    /// By how many units of the last digit of `number` someone may be off who calculated with rounded numbers.
    pub tolerance: u32,
}

impl Truth {
    /// Whether a number is right.
    #[must_use]
    pub fn allows(self, number: Decimal) -> bool {
        let unit = 10_i64.pow(DECIMALS_MOST.saturating_sub(self.number.decimals));
        number.scaled().abs_diff(self.number.scaled())
            <= (i64::from(self.tolerance) * unit).unsigned_abs()
    }

    pub(crate) fn is_sound(self) -> bool {
        self.number.decimals <= DECIMALS_MOST
    }
}

/// A cell that was dealt to a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnCell {
    /// Of which question.
    pub question: QuestionId,
    /// Which of the cells that are filled, from 0.
    pub cell: u32,
    /// What the seat has computed for it, if it has.
    pub number: Option<Decimal>,
}

/// What a cell was filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FilledCell {
    /// What is right.
    pub truth: Truth,
    /// The number of the class, if there is one.
    pub number: Option<Decimal>,
    /// How many have computed it.
    pub entries: u32,
    /// How many of them are right.
    pub right: u32,
    /// Whether the number of the class is wrong: at most half of those who computed it are right.
    pub wrong: bool,
}

impl FilledCell {
    /// A cell for which these were computed, each without zeros at its end (R145).
    pub(crate) fn of(truth: Truth, numbers: &[Decimal]) -> Self {
        let count = |numbers: usize| u32::try_from(numbers).unwrap_or(u32::MAX);
        let right = numbers
            .iter()
            .filter(|number| truth.allows(**number))
            .count();
        let wrong = !numbers.is_empty() && right <= numbers.len() / 2;
        let mut decide: BTreeMap<i64, (u32, Decimal)> = BTreeMap::new();
        for number in numbers
            .iter()
            .filter(|number| truth.allows(**number) != wrong)
        {
            decide.entry(number.scaled()).or_insert((0, *number)).0 += 1;
        }
        let most = decide
            .into_iter()
            .max_by_key(|(scaled, (often, _))| (*often, Reverse(*scaled)));
        Self {
            truth,
            number: most.map(|(_, (_, number))| number),
            entries: count(numbers.len()),
            right: count(right),
            wrong,
        }
    }
}

/// In which order a seat takes cells that are equally open. From the order of arrival, which staff know, it could be told who computed
/// which cell; the token is known to nobody else.
#[derive(Clone, Copy)]
pub(crate) struct Order(u32);

impl Order {
    pub(crate) fn new(token: &SecretHash, question: QuestionId) -> Self {
        Self(fnv1a(
            fnv1a(0x811c_9dc5, token.0.as_bytes()),
            &question.0.to_le_bytes(),
        ))
    }

    fn of(self, cell: u32) -> u32 {
        fnv1a(self.0, &cell.to_le_bytes())
    }
}

/// The hash of Fowler, Noll and Vo, going on from `hash`: the same at every replay, which that of the standard library does not promise.
fn fnv1a(hash: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// What students have computed, cell by cell.
pub(crate) struct Entries {
    numbers: Vec<Vec<Decimal>>,
    /// How many have each cell, whether they have computed it or not.
    holders: Vec<u32>,
    seats: u32,
}

impl Entries {
    /// What `seats` have computed of so many cells of a question.
    pub(crate) fn of<'a>(
        question: QuestionId,
        cells: u32,
        seats: impl Iterator<Item = &'a Seat>,
    ) -> Self {
        let mut entries = Self {
            numbers: vec![Vec::new(); cells as usize],
            holders: vec![0; cells as usize],
            seats: 0,
        };
        for seat in seats {
            let own = || seat.cells.iter().filter(|own| own.question == question);
            entries.seats += u32::from(own().any(|own| own.number.is_some()));
            for own in own() {
                entries.hold(own.cell);
                if let Some(numbers) = entries.numbers.get_mut(own.cell as usize) {
                    numbers.extend(own.number);
                }
            }
        }
        entries
    }

    /// One more has a cell.
    pub(crate) fn hold(&mut self, cell: u32) {
        if let Some(holders) = self.holders.get_mut(cell as usize) {
            *holders += 1;
        }
    }

    /// The most open cell but for those of `own` (R141).
    pub(crate) fn most_open(&self, own: &[OwnCell], order: Order) -> Option<u32> {
        let cells = (0..).zip(self.numbers.iter().zip(&self.holders));
        cells
            .filter(|(cell, _)| own.iter().all(|own| own.cell != *cell))
            .min_by_key(|(cell, (numbers, holders))| (numbers.len(), **holders, order.of(*cell)))
            .map(|(cell, _)| cell)
    }

    /// How many have computed a cell.
    pub(crate) fn seats(&self) -> u32 {
        self.seats
    }

    /// The cells that someone has computed, ascending.
    pub(crate) fn filled(&self) -> Vec<u32> {
        let cells = (0..).zip(&self.numbers);
        cells
            .filter(|(_, numbers)| !numbers.is_empty())
            .map(|(cell, _)| cell)
            .collect()
    }

    /// What each cell was filled with.
    pub(crate) fn cells(&self, truth: &[Truth]) -> Vec<FilledCell> {
        let cells = truth.iter().zip(&self.numbers);
        cells
            .map(|(truth, numbers)| FilledCell::of(*truth, numbers))
            .collect()
    }
}
