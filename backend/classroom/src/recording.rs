//! The recording of a class: what everyone in it saw, moment by moment, as one file that can be handed on. It has no name, no seat and
//! nothing that only some were shown, save for the answers to the questions. Not the journal, which the file is worked out from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    changes::Changes,
    class::Class,
    entry::{Entry, Opening},
    history::{History, Witness, is_answer},
    ids::{ClassTime, NetworkId, PictureId, QuestionId},
    lesson::{LessonPlace, Teaching},
    outline::Outline,
    question::Question,
    rejection::Rejection,
    report::ReportedQuestion,
    stage::{Playback, Stage},
    topics::Audience,
};

/// Version of the format of the file. A reader refuses a newer one; what is only added to a file needs no new version.
pub const RECORDING_VERSION: u32 = 1;

/// How often it is written how many have answered, in ms of the class: a thousand answers in a minute are 60 moments, and no answer has a
/// moment of its own in a room full of them.
const COUNT_MS: u32 = 1000;

/// By what a file is known to be a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum RecordingKind {
    /// The one there is.
    #[serde(rename = "convocation-recording")]
    Recording,
}

/// What everyone saw of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Recording {
    /// That it is one.
    pub kind: RecordingKind,
    /// [`RECORDING_VERSION`] of whoever wrote it.
    pub version: u32,
    /// When the class was opened, in milliseconds since 1970.
    #[ts(type = "number")]
    pub opened_at: u64,
    /// How long the class was, in ms.
    pub length: ClassTime,
    /// The networks that were on the stage.
    pub networks: Vec<RecordedNetwork>,
    /// What the class was asked, in order, with what was answered, and what was right where it was revealed (R148, R154).
    pub questions: Vec<ReportedQuestion>,
    /// What was seen, in order. The first are at 0 and have the stage.
    pub moments: Vec<Moment>,
    /// Pictures that were sent in by someone, and that came to the file: those that are not in it were not there any more.
    pub pictures: Vec<RecordedPicture>,
}

/// A network that was on the stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordedNetwork {
    /// Its name.
    pub id: NetworkId,
    /// The digest of its file; none where that was not there any more.
    pub digest: Option<String>,
}

/// A picture in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordedPicture {
    /// Its name.
    pub picture: PictureId,
    /// The picture as a PNG, in base64 (RFC 4648, section 4).
    pub png: String,
}

/// From when on something was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// When, on the clock of the class; never before the moment before.
    pub at: ClassTime,
    /// What.
    pub seen: Seen,
}

/// What became another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "topic", content = "value", rename_all = "camelCase")]
pub enum Seen {
    /// What the class looked at.
    Stage(Stage),
    /// Of the stage only where the kernel was.
    Playback(Playback),
    /// Which lesson the class was in, and where in it; none outside a lesson.
    Lesson(Option<LessonPlace>),
    /// The question before the class, if there was one, as students saw it.
    Question(Option<Question>),
    /// Of the question only how many had answered.
    Answered(u32),
}

impl Recording {
    /// The pictures that were on the stage, each once, in the order in which they came.
    #[must_use]
    pub fn pictures_shown(&self) -> Vec<&PictureId> {
        let mut shown = Vec::new();
        for moment in &self.moments {
            if let Seen::Stage(stage) = &moment.seen
                && !shown.contains(&&stage.picture)
            {
                shown.push(&stage.picture);
            }
        }
        shown
    }
}

/// The recording of a class that was opened at `opened_at` (ms since 1970) and of which the journal has these entries (R150 to R155).
/// `digest` knows the file of a network with such an outline, if it is there. The pictures are for the caller to add.
///
/// # Errors
/// When the rules refuse an entry: then this is not a journal that they wrote.
pub fn record(
    opened_at: u64,
    opening: &Opening,
    entries: &[Entry],
    digest: impl Fn(&Outline) -> Option<String>,
) -> Result<Recording, Rejection> {
    let mut camera = Camera::new(&Class::open(opening));
    let history = History::of(opening, entries, &mut camera)?;
    if let Some(at) = camera.late {
        camera.look_at_question(&history.class, at);
    }
    let networks = camera.networks.values();
    let last = camera
        .moments
        .last()
        .map_or(ClassTime(0), |moment| moment.at);
    Ok(Recording {
        kind: RecordingKind::Recording,
        version: RECORDING_VERSION,
        opened_at,
        length: history.until.max(last),
        networks: networks
            .map(|outline| RecordedNetwork {
                id: outline.network.clone(),
                digest: digest(outline),
            })
            .collect(),
        questions: camera.told(history.questions),
        moments: camera.moments,
        pictures: Vec::new(),
    })
}

/// Looks on while a class happens, and writes down what is new.
struct Camera {
    moments: Vec<Moment>,
    /// Never goes back, whatever the clock of the class did.
    now: ClassTime,
    /// As they were written last.
    stage: Stage,
    lesson: Option<LessonPlace>,
    question: Option<Question>,
    /// When it was last written how many had answered.
    counted: ClassTime,
    /// When an answer came that is not written yet.
    late: Option<ClassTime>,
    networks: BTreeMap<NetworkId, Outline>,
}

impl Camera {
    fn new(class: &Class) -> Self {
        let mut camera = Self {
            moments: Vec::new(),
            now: ClassTime(0),
            stage: class.stage().clone(),
            lesson: None,
            question: None,
            counted: ClassTime(0),
            late: None,
            networks: BTreeMap::new(),
        };
        camera.write(ClassTime(0), Seen::Stage(class.stage().clone()));
        camera.note_network(class);
        camera
    }

    fn write(&mut self, at: ClassTime, seen: Seen) {
        self.moments.push(Moment { at, seen });
    }

    fn note_network(&mut self, class: &Class) {
        let outline = class.outline_on_stage();
        if self.networks.get(&outline.network) != Some(outline) {
            self.networks
                .insert(outline.network.clone(), outline.clone());
        }
    }

    fn look_at_stage(&mut self, class: &Class) {
        let stage = class.stage();
        if *stage == self.stage {
            return;
        }
        self.stage.playback = stage.playback;
        if *stage == self.stage {
            self.write(self.now, Seen::Playback(stage.playback));
        } else {
            self.stage = stage.clone();
            self.write(self.now, Seen::Stage(stage.clone()));
        }
    }

    fn look_at_lesson(&mut self, class: &Class) {
        let lesson = class.teaching().map(Teaching::place);
        if lesson != self.lesson {
            self.lesson.clone_from(&lesson);
            self.write(self.now, Seen::Lesson(lesson));
        }
    }

    fn look_at_question(&mut self, class: &Class, at: ClassTime) {
        self.late = None;
        let question = class.question(Audience::Room);
        if question == self.question {
            return;
        }
        let mut is_filled = false;
        if let (Some(before), Some(now)) = (&mut self.question, &question) {
            before.answered = now.answered;
            is_filled = before.filled != now.filled;
            before.filled.clone_from(&now.filled);
        }
        let is_counted = question == self.question;
        if is_counted {
            self.counted = at;
        }
        self.question.clone_from(&question);
        match question {
            Some(now) if is_counted && !is_filled => self.write(at, Seen::Answered(now.answered)),
            question => self.write(at, Seen::Question(question)),
        }
    }

    /// The questions as they are told of: what was right only where the class was shown it (R148, R154), for students open the file, too.
    fn told(&self, mut questions: Vec<ReportedQuestion>) -> Vec<ReportedQuestion> {
        let shown: BTreeSet<QuestionId> = self
            .moments
            .iter()
            .filter_map(|moment| match &moment.seen {
                Seen::Question(Some(question)) => Some(question),
                _ => None,
            })
            .filter(|question| question.outcome.is_some())
            .map(|question| question.id)
            .collect();
        for question in &mut questions {
            if !shown.contains(&question.id) {
                question.key.clear();
                question.why = None;
                question.cells.clear();
            }
        }
        questions
    }

    /// Whether it is written again how many have answered (R152).
    fn is_due(&self, now: ClassTime) -> bool {
        now.0.saturating_sub(self.counted.0) >= COUNT_MS
    }
}

impl Witness for Camera {
    fn before(&mut self, class: &Class, entry: &Entry) {
        let Some(at) = self.late else { return };
        if !is_answer(entry) || self.is_due(entry.at) {
            self.look_at_question(class, at);
        }
    }

    fn after(&mut self, class: &Class, entry: &Entry, changes: &Changes) {
        self.now = self.now.max(entry.at);
        if changes.stage {
            self.look_at_stage(class);
        }
        if changes.stage || changes.equipped {
            self.note_network(class);
        }
        if changes.lesson {
            self.look_at_lesson(class);
        }
        if is_answer(entry) && changes.answered && !self.is_due(self.now) {
            self.late = Some(self.now);
        } else if changes.question || changes.answered {
            self.look_at_question(class, self.now);
        }
    }
}
