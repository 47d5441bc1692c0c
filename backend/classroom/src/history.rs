//! A class that happens once more: its journal, entry by entry, with the questions and lessons noted on the way. What is made of it is the
//! matter of `report` and `recording`.

use crate::{
    changes::Changes,
    class::{Class, Lifecycle},
    command::Command,
    entry::{Entry, Event, Opening},
    ids::ClassTime,
    lost::MINUTE_MS,
    question::Posed,
    rejection::Rejection,
    report::ReportedQuestion,
};

/// Whoever looks on while the class happens once more.
pub(crate) trait Witness {
    /// `entry` is about to happen to `class`.
    fn before(&mut self, _class: &Class, _entry: &Entry) {}

    /// `entry` happened and made `changes`; `class` is as it is now.
    fn after(&mut self, _class: &Class, _entry: &Entry, _changes: &Changes) {}
}

/// Nobody looks on: only what is left at the end counts.
impl Witness for () {}

/// What happened in a class.
pub(crate) struct History {
    /// The class as it was last.
    pub(crate) class: Class,
    /// What it was asked, in order.
    pub(crate) questions: Vec<ReportedQuestion>,
    /// Titles of the lessons that were begun, each once, in order.
    pub(crate) lessons: Vec<String>,
    /// When it ended, or something happened last.
    pub(crate) until: ClassTime,
    /// Whether the last of `questions` has the newest counts.
    is_counted: bool,
}

impl History {
    /// The class of which the journal has these entries.
    ///
    /// # Errors
    /// When the rules refuse an entry: then this is not a journal that they wrote.
    pub(crate) fn of(
        opening: &Opening,
        entries: &[Entry],
        witness: &mut impl Witness,
    ) -> Result<Self, Rejection> {
        let mut history = Self {
            class: Class::open(opening),
            questions: Vec::new(),
            lessons: Vec::new(),
            until: ClassTime(0),
            is_counted: true,
        };
        for entry in entries {
            history.apply(entry, witness)?;
        }
        history.count();
        if let Lifecycle::Ended { at } = history.class.lifecycle() {
            history.until = at;
        }
        Ok(history)
    }

    fn apply(&mut self, entry: &Entry, witness: &mut impl Witness) -> Result<(), Rejection> {
        // The question may be gone afterwards; a thousand answers in a row are counted once.
        if !is_answer(entry) {
            self.count();
        }
        witness.before(&self.class, entry);
        let changes = self.class.apply(entry)?;
        self.until = entry.at;
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
        witness.after(&self.class, entry, &changes);
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
            question.cells = posed.filled(self.class.seats());
            self.is_counted = true;
        }
    }
}

/// Whether an entry is a student's answer, or on the way to one.
pub(crate) fn is_answer(entry: &Entry) -> bool {
    matches!(
        entry.event,
        Event::Command {
            command: Command::Answer(_) | Command::FillCell { .. } | Command::TakeCell { .. },
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
        cells: posed.filled(std::iter::empty()),
    }
}
