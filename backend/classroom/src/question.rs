//! A question before the class: what can be answered, how far it has come, and what of it each audience may know. Not who answered
//! what: that is kept with the seats.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asked::{OPTIONS_MOST, SCALE_MOST},
    decimal::{DECIMALS_MOST, Decimal},
    filling::{Entries, FILL_CELLS_MOST, FilledCell, Truth},
    ids::{LayerId, QuestionId},
    seat::Seat,
    topics::Audience,
};

/// Votes on one question: a first one, and a second after discussion.
pub const ROUNDS: u32 = 2;

/// What is answered. Every answer is a number from 0, below [`Task::answers`]; cells are filled with their values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Task {
    /// The value of a cell: one of these.
    Value {
        /// Where.
        cell: Cell,
        /// The options; all differ.
        numbers: Vec<Decimal>,
    },
    /// The sign of a cell: 0 is negative, 1 zero, 2 positive.
    Sign {
        /// Where.
        cell: Cell,
    },
    /// The element of the window that becomes the cell, counted row by row.
    Winner {
        /// Where.
        cell: Cell,
        /// Rows of the window.
        rows: u32,
        /// Columns of the window.
        columns: u32,
        /// What the window lies on, row by row; none beside the map.
        numbers: Vec<Option<Decimal>>,
    },
    /// The class with the highest score: one of these.
    TopClass {
        /// Indices of labels, ascending.
        classes: Vec<u32>,
    },
    /// The size of an output: one of these.
    OutputSize {
        /// The layer; none for the hyperparameters on the stage.
        layer: Option<LayerId>,
        /// The options; all differ.
        sizes: Vec<Size>,
    },
    /// A unit of a layer.
    Tile {
        /// The layer.
        layer: LayerId,
        /// How many units it has.
        units: u32,
    },
    /// A cell of a unit's map, counted row by row.
    Pixel {
        /// The layer.
        layer: LayerId,
        /// The unit, from 0.
        unit: u32,
        /// Rows of the map.
        rows: u32,
        /// Columns of the map.
        columns: u32,
    },
    /// One of these.
    Choice {
        /// The options.
        options: Vec<String>,
    },
    /// A step of a scale.
    Scale {
        /// What the first step means.
        low: String,
        /// What the last step means.
        high: String,
        /// How many steps there are.
        steps: u32,
    },
    /// The values of some cells of a map, one by one; there is nothing to choose from.
    Fill {
        /// The layer.
        layer: LayerId,
        /// The unit, from 0.
        unit: u32,
        /// The only input whose part is computed, without the bias; none where all count.
        input: Option<u32>,
        /// Rows of the cells.
        rows: u32,
        /// Columns of the cells.
        columns: u32,
        /// The step that computes each of the cells, row by row, ascending.
        steps: Vec<u32>,
        /// Decimals with which the numbers are written that are calculated with.
        shown: u32,
        /// Decimals that an answer has.
        decimals: u32,
    },
}

impl Task {
    /// How many answers there are to choose from.
    #[must_use]
    pub fn answers(&self) -> u32 {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match self {
            Self::Value { numbers, .. } => count(numbers.len()),
            Self::Sign { .. } => 3,
            Self::Winner { numbers, .. } => count(numbers.len()),
            Self::TopClass { classes } => count(classes.len()),
            Self::OutputSize { sizes, .. } => count(sizes.len()),
            Self::Tile { units, .. } => *units,
            Self::Pixel { rows, columns, .. } => rows.saturating_mul(*columns),
            Self::Choice { options } => count(options.len()),
            Self::Scale { steps, .. } => *steps,
            Self::Fill { .. } => 0,
        }
    }

    /// How many cells there are to be filled: 0 where there is something to choose from.
    #[must_use]
    pub fn cells(&self) -> u32 {
        match self {
            Self::Fill { steps, .. } => u32::try_from(steps.len()).unwrap_or(u32::MAX),
            _ => 0,
        }
    }

    /// Whether there is something to choose from, and no more than a screen can offer.
    fn is_sound(&self) -> bool {
        let most = match self {
            Self::Fill {
                rows,
                columns,
                steps,
                shown,
                decimals,
                ..
            } => {
                return (2..=FILL_CELLS_MOST).contains(&self.cells())
                    && rows.checked_mul(*columns) == Some(self.cells())
                    && steps.is_sorted_by(|a, b| a < b)
                    && *shown.max(decimals) <= DECIMALS_MOST;
            }
            Self::Choice { .. } => u32::try_from(OPTIONS_MOST).unwrap_or(u32::MAX),
            Self::Scale { .. } => SCALE_MOST,
            _ => u32::MAX - 1,
        };
        (2..=most).contains(&self.answers())
    }
}

/// One cell of one unit's map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cell {
    /// The layer.
    pub layer: LayerId,
    /// Its unit, from 0.
    pub unit: u32,
    /// The step that computes the cell, from 0.
    pub step: u32,
}

/// Size of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    /// Rows.
    pub rows: u32,
    /// Columns.
    pub columns: u32,
}

/// A question with everything that the network on the stage says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Resolved {
    /// What is answered.
    pub task: Task,
    /// Instead of the standard wording.
    pub text: Option<String>,
    /// The right answers, ascending; none where no answer is right or wrong.
    pub key: Vec<u32>,
    /// What is right for each of the cells that are filled; none for other tasks.
    #[serde(default)]
    pub truth: Vec<Truth>,
    /// Why they are right.
    pub why: Option<String>,
    /// The step at which the stage stands while the question is before the class; none where it has no steps.
    pub step: Option<u32>,
}

impl Resolved {
    /// Whether it can be answered, and its key is among the answers (R72).
    pub(crate) fn is_sound(&self) -> bool {
        self.task.is_sound()
            && self.key.iter().all(|right| *right < self.task.answers())
            && self.key.is_sorted_by(|a, b| a < b)
            && self.truth.len() == self.task.cells() as usize
            && self.truth.iter().all(|truth| truth.is_sound())
    }
}

/// How far a question has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Answers are taken.
    Open,
    /// No more answers are taken; what was answered is for staff.
    Closed,
    /// Everyone may see what was answered, and what is right.
    Revealed,
}

/// A question before the class, as the class keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posed {
    pub(crate) id: QuestionId,
    pub(crate) resolved: Resolved,
    pub(crate) phase: Phase,
    /// From 1 to [`ROUNDS`].
    pub(crate) round: u32,
}

/// An answer of one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// To which question.
    pub question: QuestionId,
    /// In which round, from 1.
    pub round: u32,
    /// What: below the number of answers of the question's task.
    pub choice: u32,
}

/// The topic `question`: what an audience may know of the question before the class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Number of the question within the class, from 1.
    pub id: QuestionId,
    /// What is answered.
    pub task: Task,
    /// Instead of the standard wording.
    pub text: Option<String>,
    /// How far it has come.
    pub phase: Phase,
    /// From 1 to [`ROUNDS`].
    pub round: u32,
    /// How many have answered in this round.
    pub answered: u32,
    /// The cells that someone has filled, ascending; none for other tasks.
    pub filled: Vec<u32>,
    /// What is right and what was answered. For the room: none before the reveal.
    pub outcome: Option<Outcome>,
}

/// What only those may know who have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The right answers, ascending; none where no answer is right or wrong.
    pub key: Vec<u32>,
    /// Why they are right.
    pub why: Option<String>,
    /// What was answered in each round that is over.
    pub rounds: Vec<Vec<Count>>,
    /// What each of the cells was filled with; none for other tasks.
    pub cells: Vec<FilledCell>,
}

/// How many gave one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// The answer.
    pub choice: u32,
    /// How many gave it: at least 1.
    pub count: u32,
}

impl Posed {
    /// What `audience` may know (R78). `seats` are those of the class.
    pub(crate) fn seen_by<'a>(
        &self,
        audience: Audience,
        seats: impl Iterator<Item = &'a Seat> + Clone,
    ) -> Question {
        let entries = self.entries(seats.clone());
        let mut rounds = self.counts(seats);
        let chosen: u32 = rounds.last().map_or(0, |counts| counts.values().sum());
        if self.phase == Phase::Open {
            rounds.pop();
        }
        let may_know = audience == Audience::Staff || self.phase == Phase::Revealed;
        Question {
            id: self.id,
            task: self.resolved.task.clone(),
            text: self.resolved.text.clone(),
            phase: self.phase,
            round: self.round,
            answered: chosen + entries.seats(),
            filled: entries.filled(),
            outcome: may_know.then(|| Outcome {
                key: self.resolved.key.clone(),
                why: self.resolved.why.clone(),
                rounds: rounds.iter().map(histogram).collect(),
                cells: entries.cells(&self.resolved.truth),
            }),
        }
    }

    /// Whether there is another round once this one is over (R75, R140).
    pub(crate) fn may_vote_again(&self) -> bool {
        self.round < ROUNDS && self.resolved.task.cells() == 0
    }

    /// What was answered in each round so far, also in one that goes on.
    pub(crate) fn tally<'a>(&self, seats: impl Iterator<Item = &'a Seat>) -> Vec<Vec<Count>> {
        self.counts(seats).iter().map(histogram).collect()
    }

    /// What each of the cells to be filled was filled with so far.
    pub(crate) fn filled<'a>(&self, seats: impl Iterator<Item = &'a Seat>) -> Vec<FilledCell> {
        self.entries(seats).cells(&self.resolved.truth)
    }

    /// What was computed for each of the cells to be filled.
    pub(crate) fn entries<'a>(&self, seats: impl Iterator<Item = &'a Seat>) -> Entries {
        Entries::of(self.id, self.resolved.task.cells(), seats)
    }

    /// How many gave each answer, by round.
    fn counts<'a>(&self, seats: impl Iterator<Item = &'a Seat>) -> Vec<BTreeMap<u32, u32>> {
        let mut rounds = vec![BTreeMap::new(); self.round as usize];
        for answer in seats.flat_map(|seat| &seat.answers) {
            let round = (answer.round as usize).wrapping_sub(1);
            if answer.question == self.id
                && let Some(counts) = rounds.get_mut(round)
            {
                *counts.entry(answer.choice).or_insert(0) += 1;
            }
        }
        rounds
    }
}

fn histogram(counts: &BTreeMap<u32, u32>) -> Vec<Count> {
    let counts = counts.iter();
    counts
        .map(|(&choice, &count)| Count { choice, count })
        .collect()
}
