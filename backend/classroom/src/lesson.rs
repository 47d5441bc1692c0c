//! A lesson: prepared steps that the driver leads the class through, one after the other. What a class needs of it, wherever it came
//! from; not the file in which it was written. How it is taught is decided in `rules::lesson`.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    asked::Asked,
    edit::KernelEdit,
    ids::{ClassTime, NetworkId, PictureId},
    stage::{ColourScale, Focus},
};

/// Most steps of a lesson: four hours with one each minute, with room to spare.
pub const LESSON_STEPS: usize = 300;
/// Longest title, in characters.
pub const TITLE_CHARS: usize = 100;
/// Longest notes of a step, in characters: what can be read at a glance, ten times over.
pub const NOTES_CHARS: usize = 2000;
/// Longest lesson, in minutes.
pub const MINUTES_MOST: u32 = 600;
/// Changes of a lesson that can be undone.
pub const UNDO_DEPTH: usize = 50;

/// A lesson as it is taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lesson {
    /// What it is called: 1 to [`TITLE_CHARS`] characters.
    pub title: String,
    /// How long it is meant to take: 1 to [`MINUTES_MOST`].
    pub minutes: u32,
    /// The language of its texts, as a tag of BCP 47, for example `en`.
    pub language: String,
    /// The network it is about.
    pub network: NetworkId,
    /// The picture it begins with where no step has named one yet and another network was on the stage.
    pub picture: PictureId,
    /// At most [`LESSON_STEPS`].
    pub steps: Vec<LessonStep>,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LessonStep {
    /// The sentence for the class, if there is one (R14).
    pub caption: Option<String>,
    /// What is shown; the view of the step before where there is none.
    pub view: Option<LessonView>,
    /// A question to the class that belongs here, if there is one: for the instructor to ask.
    #[serde(default)]
    pub question: Option<Asked>,
    /// For the instructor's eyes: at most [`NOTES_CHARS`] characters, in as many lines as wanted; empty where there are none.
    pub notes: String,
}

/// What a step shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LessonView {
    /// The picture; the one before where there is none.
    pub picture: Option<PictureId>,
    /// What is in view.
    pub focus: Focus,
    /// Where the kernel stands, from 0; 0 where there are no steps.
    pub step: u32,
    /// At how many steps per second the kernel moves on from there; it stands where there is none.
    pub rate: Option<u32>,
    /// Reach of the colour scale; as before where there is none.
    pub scale: Option<ColourScale>,
    /// Whether shapes, full names and legends are shown; as before where there is none.
    pub detail: Option<bool>,
    /// Whether the part of the picture that the open unit sees is marked.
    pub receptive_field: bool,
    /// A kernel that is tried instead of the learned one.
    pub edit: Option<KernelEdit>,
}

/// Which lesson the class is in, and where in it: the same for everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LessonPlace {
    /// What the lesson is called.
    pub title: String,
    /// How long it is meant to take.
    pub minutes: u32,
    /// The language of its texts.
    pub language: String,
    /// The step that was last gone to, from 0; none before the first.
    pub step: Option<u32>,
    /// How many steps there are.
    pub count: u32,
    /// When the first step was gone to.
    pub began: Option<ClassTime>,
}

/// What only staff see of a lesson: all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// The network the lesson is about.
    pub network: NetworkId,
    /// See [`Lesson::picture`].
    pub picture: PictureId,
    /// Its steps, with notes.
    pub steps: Vec<LessonStep>,
    /// Whether there is a change that can be undone.
    pub can_undo: bool,
}

/// A lesson that is being taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teaching {
    pub(crate) lesson: Lesson,
    pub(crate) step: Option<u32>,
    pub(crate) began: Option<ClassTime>,
    /// What takes the last changes back, the newest last.
    undo: VecDeque<Change>,
}

/// One change of the steps of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Insert { at: usize, step: Box<LessonStep> },
    Remove { at: usize },
    Replace { at: usize, step: Box<LessonStep> },
    Move { from: usize, to: usize },
}

impl Teaching {
    /// A lesson before its first step.
    pub(crate) fn new(lesson: Lesson) -> Self {
        Self {
            lesson,
            step: None,
            began: None,
            undo: VecDeque::new(),
        }
    }

    /// The lesson as it is now.
    #[must_use]
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// What everyone may know of it.
    #[must_use]
    pub fn place(&self) -> LessonPlace {
        LessonPlace {
            title: self.lesson.title.clone(),
            minutes: self.lesson.minutes,
            language: self.lesson.language.clone(),
            step: self.step,
            count: u32::try_from(self.lesson.steps.len()).unwrap_or(u32::MAX),
            began: self.began,
        }
    }

    /// What only staff may know.
    #[must_use]
    pub fn script(&self) -> Script {
        Script {
            network: self.lesson.network.clone(),
            picture: self.lesson.picture.clone(),
            steps: self.lesson.steps.clone(),
            can_undo: !self.undo.is_empty(),
        }
    }

    /// The picture that a step puts on the stage: the last one named up to it. `None` where the one on the stage stays.
    #[must_use]
    pub fn picture_at(&self, step: u32) -> Option<&PictureId> {
        self.views_to(step).find_map(|view| view.picture.as_ref())
    }

    /// What the steps up to `step` show, the last one first.
    pub(crate) fn views_to(&self, step: u32) -> impl Iterator<Item = &LessonView> {
        let count = usize::try_from(step).unwrap_or(usize::MAX);
        let steps = self.lesson.steps.iter().take(count.saturating_add(1));
        steps.rev().filter_map(|step| step.view.as_ref())
    }

    /// Changes the steps. The place stays at its step; where that goes, at the one before.
    pub(crate) fn change(&mut self, change: Change) {
        let undo = self.make(change);
        if self.undo.len() == UNDO_DEPTH {
            self.undo.pop_front();
        }
        self.undo.push_back(undo);
    }

    /// Takes the newest change back. Returns whether there was one.
    pub(crate) fn undo(&mut self) -> bool {
        let Some(change) = self.undo.pop_back() else {
            return false;
        };
        self.make(change);
        true
    }

    /// Makes a change and returns what takes it back. The positions in it are those of steps that exist.
    fn make(&mut self, change: Change) -> Change {
        let steps = &mut self.lesson.steps;
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let place = &mut self.step;
        match change {
            Change::Insert { at, step } => {
                steps.insert(at, *step);
                *place = place.map(|place| {
                    if place >= position(at) {
                        place + 1
                    } else {
                        place
                    }
                });
                Change::Remove { at }
            }
            Change::Remove { at } => {
                let step = Box::new(steps.remove(at));
                *place = place.and_then(|place| {
                    if place >= position(at) {
                        place.checked_sub(1)
                    } else {
                        Some(place)
                    }
                });
                Change::Insert { at, step }
            }
            Change::Replace { at, step } => {
                let step = Box::new(std::mem::replace(&mut steps[at], *step));
                Change::Replace { at, step }
            }
            Change::Move { from, to } => {
                let step = steps.remove(from);
                steps.insert(to, step);
                *place = place.map(|place| moved(place, position(from), position(to)));
                Change::Move { from: to, to: from }
            }
        }
    }
}

/// Where the step at `place` is after the one at `from` went to `to`.
fn moved(place: u32, from: u32, to: u32) -> u32 {
    if place == from {
        to
    } else if from < place && place <= to {
        place - 1
    } else if to <= place && place < from {
        place + 1
    } else {
        place
    }
}
