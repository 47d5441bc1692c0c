//! The report of a class: what its instructor wants to know of it afterwards, worked out from the journal alone. Counts only: it has no
//! name, no seat, and of few who were lost at a place not the place. Not the recording itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asks::Spot,
    class::{Class, Lifecycle},
    command::Command,
    entry::{Entry, Event, Opening},
    ids::{ClassTime, NetworkId, QuestionId},
    lost::{LostMoment, MINUTE_MS},
    question::{Count, Posed, Task},
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

/// The report of a class of which the journal has these entries (R131 to R134).
///
/// # Errors
/// When the rules refuse an entry: then this is not a journal that they wrote.
pub fn report(opening: &Opening, entries: &[Entry]) -> Result<Report, Rejection> {
    let mut replay = Replay {
        class: Class::open(opening),
        questions: Vec::new(),
        lessons: Vec::new(),
        is_counted: true,
    };
    for entry in entries {
        replay.apply(entry)?;
    }
    replay.count();
    let last = entries.last().map_or(ClassTime(0), |entry| entry.at);
    Ok(replay.finish(last))
}

/// A class that happens once more, and what is noted on the way.
struct Replay {
    class: Class,
    questions: Vec<ReportedQuestion>,
    lessons: Vec<String>,
    /// Whether the last of `questions` has the newest counts.
    is_counted: bool,
}

impl Replay {
    fn apply(&mut self, entry: &Entry) -> Result<(), Rejection> {
        // The question may be gone afterwards; a thousand answers in a row are counted once.
        if !is_answer(entry) {
            self.count();
        }
        let changes = self.class.apply(entry)?;
        if let (Event::Pose { .. }, Some(posed)) = (&entry.event, &self.class.question) {
            self.questions.push(asked(&self.class, posed, entry.at));
        }
        self.is_counted &= !(changes.question || changes.answered);
        if let Some(teaching) = self.class.teaching().filter(|_| changes.lesson) {
            let title = teaching.place().title;
            if !self.lessons.contains(&title) {
                self.lessons.push(title);
            }
        }
        Ok(())
    }

    /// Writes down what the question before the class was answered with so far.
    fn count(&mut self) {
        let (Some(posed), Some(question)) = (&self.class.question, self.questions.last_mut())
        else {
            return;
        };
        if !self.is_counted {
            question.rounds = posed.tally(self.class.seats());
            self.is_counted = true;
        }
    }

    fn finish(self, last: ClassTime) -> Report {
        let class = self.class;
        let (ended, until) = match class.lifecycle() {
            Lifecycle::Ended { at } => (true, at),
            Lifecycle::Open | Lifecycle::Locked => (false, last),
        };
        let students = class.seats().filter(|seat| seat.role == Role::Student);
        Report {
            minutes: until.0.div_ceil(MINUTE_MS),
            ended,
            kept: class.is_kept(),
            lessons: self.lessons,
            students: u32::try_from(students.count()).unwrap_or(u32::MAX),
            questions: self.questions,
            lost: lost(&class),
            asks: asks(&class),
        }
    }
}

fn is_answer(entry: &Entry) -> bool {
    matches!(
        entry.event,
        Event::Command {
            command: Command::Answer(_),
            ..
        }
    )
}

fn asked(class: &Class, posed: &Posed, at: ClassTime) -> ReportedQuestion {
    let resolved = posed.resolved.clone();
    ReportedQuestion {
        id: posed.id,
        minute: at.0 / MINUTE_MS,
        network: class.stage().network.clone(),
        task: resolved.task,
        text: resolved.text,
        key: resolved.key,
        why: resolved.why,
        rounds: vec![Vec::new()],
    }
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
