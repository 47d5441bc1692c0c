//! The report of a class: what its instructor wants to know of it afterwards, worked out from the journal alone. Counts only: it has no
//! name, no seat, and of few who were lost at a place not the place. Not the recording itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asks::Spot,
    class::{Class, Lifecycle},
    entry::{Entry, Opening},
    filling::FilledCell,
    history::History,
    ids::{NetworkId, QuestionId},
    lost::{LostMoment, MINUTE_MS},
    question::{Count, Task},
    rejection::Rejection,
    seat::Role,
    topics::{Audience, GROUP},
};

/// What happened in a class, as far as it is written down for good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Minutes from the opening until the end, or until something happened last; those begun count.
    pub minutes: u32,
    /// Whether the class is over.
    pub ended: bool,
    /// Whether the host keeps the recording.
    pub kept: bool,
    /// Titles of the lessons that were begun, each once, in order.
    pub lessons: Vec<String>,
    /// Students who came and were not sent away.
    pub students: u32,
    /// What the class was asked, in order.
    pub questions: Vec<ReportedQuestion>,
    /// Where and when students were lost, in the order in which it happened. The place is told of groups of [`GROUP`] or more.
    pub lost: Vec<LostMoment>,
    /// What students asked and nobody took back or cleared: most votes first, among equals in the order of asking.
    pub asks: Vec<ReportedAsk>,
}

/// One question to the class, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportedQuestion {
    /// Its number within the class, from 1.
    pub id: QuestionId,
    /// Minute of the class in which it was asked, from 0.
    pub minute: u32,
    /// The network that was on the stage.
    pub network: NetworkId,
    /// What was answered.
    pub task: Task,
    /// Instead of the standard wording.
    pub text: Option<String>,
    /// The right answers, ascending; none where no answer is right or wrong.
    pub key: Vec<u32>,
    /// Why they are right.
    pub why: Option<String>,
    /// What was answered in each round, answers that nobody gave left out.
    pub rounds: Vec<Vec<Count>>,
    /// What each cell of the map that was filled was filled with; none for other tasks, nor in a recording before the reveal.
    pub cells: Vec<FilledCell>,
}

/// What a student asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportedAsk {
    /// The words.
    pub text: String,
    /// The view that it is about.
    pub spot: Option<Spot>,
    /// How many others would have liked to know it, too.
    pub votes: u32,
    /// Whether it was answered.
    pub answered: bool,
}

/// The report of a class of which the journal has these entries (R131 to R134, R148).
///
/// # Errors
/// When the rules refuse an entry: then this is not a journal that they wrote.
pub fn report(opening: &Opening, entries: &[Entry]) -> Result<Report, Rejection> {
    let History {
        class,
        questions,
        lessons,
        until,
        ..
    } = History::of(opening, entries, &mut ())?;
    let students = class.seats().filter(|seat| seat.role == Role::Student);
    Ok(Report {
        minutes: until.0.div_ceil(MINUTE_MS),
        ended: matches!(class.lifecycle(), Lifecycle::Ended { .. }),
        kept: class.is_kept(),
        lessons,
        students: u32::try_from(students.count()).unwrap_or(u32::MAX),
        questions,
        lost: lost(&class),
        asks: asks(&class),
    })
}

/// The timeline as it may be handed on: stricter than what staff see, for whom the stage is no secret (R133).
fn lost(class: &Class) -> Vec<LostMoment> {
    let seen = class.lost(Audience::Staff).unwrap_or_default().moments;
    let mut told: Vec<LostMoment> = Vec::new();
    for mut moment in seen {
        if moment.count < GROUP {
            moment.spot = None;
        }
        let same = |one: &&mut LostMoment| one.minute == moment.minute && one.spot == moment.spot;
        match told.iter_mut().find(same) {
            Some(one) => one.count += moment.count,
            None => told.push(moment),
        }
    }
    told
}

fn asks(class: &Class) -> Vec<ReportedAsk> {
    let mut list = class.asks(Audience::Staff).list;
    list.sort_by_key(|ask| (std::cmp::Reverse(ask.votes), ask.id));
    let list = list.into_iter();
    list.map(|ask| ReportedAsk {
        text: ask.text,
        spot: ask.spot,
        votes: ask.votes,
        answered: ask.answered,
    })
    .collect()
}
