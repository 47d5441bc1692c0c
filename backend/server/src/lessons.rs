//! Lessons: those that came with the networks, read at the start, and those that were sent in lately. The first are always here; the
//! second share a byte budget, and a class that began one has it in its journal.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use convocation_classroom::{ids::LessonId, lesson::Lesson};
use convocation_inference::{Library, Network};
use convocation_lessons::{Facts, Fault, parse};
use moka::{policy::EvictionPolicy, sync::Cache};
use sha2::{Digest, Sha256};

use crate::outline::facts;

/// Folder of a network's lessons, with one folder per language.
const FOLDER: &str = "lessons";

/// Memory for lessons that were sent in, by the bytes of their files.
const SENT_BYTES: u64 = 16 * 1024 * 1024;

/// A lesson in a file.
#[derive(Clone, Debug)]
pub struct Shipped {
    /// By what it is asked for.
    pub id: LessonId,
    /// Name of its file without the ending: the same in every language.
    pub name: String,
    /// What is in it.
    pub lesson: Arc<Lesson>,
}

/// All lessons that may be begun.
#[derive(Clone)]
pub struct Lessons {
    shipped: Arc<Vec<Shipped>>,
    sent: Cache<LessonId, (Arc<Lesson>, u32)>,
}

impl Default for Lessons {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Lessons {
    fn new(shipped: Vec<Shipped>) -> Self {
        Self {
            shipped: Arc::new(shipped),
            sent: Cache::builder()
                .max_capacity(SENT_BYTES)
                .weigher(|_: &LessonId, (_, bytes): &(Arc<Lesson>, u32)| *bytes)
                .eviction_policy(EvictionPolicy::lru())
                .build(),
        }
    }

    /// Reads the lessons of all networks of a library in `models`. What is wrong is told in the log and left out: a class without
    /// this lesson is better than no class.
    #[must_use]
    pub fn load(library: &Library, models: &Path) -> Self {
        let mut shipped = Vec::new();
        for network in library.networks() {
            let facts = facts(network);
            let files = files(&models.join(network.id())).unwrap_or_else(|error| {
                tracing::warn!(network = network.id(), %error, "lessons cannot be read");
                Vec::new()
            });
            for file in files {
                match file.read(&facts) {
                    Ok(lesson) => shipped.push(Shipped {
                        id: file.id(network),
                        name: file.name,
                        lesson: Arc::new(lesson),
                    }),
                    Err(faults) => {
                        let first = faults.first().map(Fault::to_string).unwrap_or_default();
                        tracing::warn!(
                            file = %file.path.display(),
                            faults = faults.len(),
                            "lesson left out: {first}"
                        );
                    }
                }
            }
        }
        tracing::info!(lessons = shipped.len(), "lessons loaded");
        Self::new(shipped)
    }

    /// The lessons of a network that came with it.
    pub fn of<'a>(&'a self, network: &'a str) -> impl Iterator<Item = &'a Shipped> {
        let is_its = move |shipped: &&Shipped| shipped.lesson.network.as_str() == network;
        self.shipped.iter().filter(is_its)
    }

    /// A lesson, wherever it came from.
    #[must_use]
    pub fn find(&self, id: &LessonId) -> Option<Arc<Lesson>> {
        let shipped = self.shipped.iter().find(|shipped| shipped.id == *id);
        let shipped = shipped.map(|shipped| Arc::clone(&shipped.lesson));
        shipped.or_else(|| self.sent.get(id).map(|(lesson, _)| lesson))
    }

    /// Reads a lesson that was sent in and keeps it for a while.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn keep(
        &self,
        network: &Network,
        text: &str,
    ) -> Result<(LessonId, Arc<Lesson>), Vec<Fault>> {
        let lesson = Arc::new(parse(text, &facts(network))?);
        let digest = Sha256::digest(format!("{}\n{text}", network.digest()));
        let digest: String = digest.iter().take(16).map(|b| format!("{b:02x}")).collect();
        let id = LessonId(digest);
        let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.sent.insert(id.clone(), (Arc::clone(&lesson), bytes));
        self.sent.run_pending_tasks();
        Ok((id, lesson))
    }
}

/// A file that should be a lesson.
pub struct LessonFile {
    pub path: PathBuf,
    /// Name of the folder it is in.
    pub language: String,
    /// Its own name without the ending.
    pub name: String,
}

impl LessonFile {
    /// The lesson in it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, facts: &Facts) -> Result<Lesson, Vec<Fault>> {
        let fault = |line, message| vec![Fault { line, message }];
        let text = fs::read_to_string(&self.path).map_err(|error| fault(1, error.to_string()))?;
        let lesson = parse(&text, facts)?;
        if lesson.language == self.language {
            return Ok(lesson);
        }
        let message = format!(
            "`language` says '{}', but the file is in the folder '{}'",
            lesson.language, self.language
        );
        Err(fault(1, message))
    }

    fn id(&self, network: &Network) -> LessonId {
        LessonId(format!("{}/{}/{}", network.id(), self.language, self.name))
    }
}

/// The files of a network's lessons, by language, then by name; none where there is no folder.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(network: &Path) -> io::Result<Vec<LessonFile>> {
    let folder = network.join(FOLDER);
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for language in fs::read_dir(folder)? {
        let language = language?;
        if !language.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(language.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                let name = path.file_stem().unwrap_or_default();
                files.push(LessonFile {
                    name: name.to_string_lossy().into_owned(),
                    language: language.file_name().to_string_lossy().into_owned(),
                    path,
                });
            }
        }
    }
    files.sort_by(|a, b| (&a.language, &a.name).cmp(&(&b.language, &b.name)));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use convocation_classroom::{
        class::{Class, HOST},
        command::Command,
        entry::{Entry, Event, Opening},
        ids::{ClassTime, PictureId},
    };
    use convocation_inference::Runtime;

    use super::*;
    use crate::class::sample;

    fn models() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
    }

    fn library() -> Library {
        Library::open(&Runtime::load().unwrap(), &models()).unwrap()
    }

    #[test]
    fn every_lesson_that_ships_is_right() {
        for network in library().networks() {
            let files = files(&models().join(network.id())).unwrap();
            assert!(!files.is_empty(), "{} has no lessons", network.id());
            for file in files {
                let faults = file.read(&facts(network)).err().unwrap_or_default();
                assert!(faults.is_empty(), "{}: {faults:?}", file.path.display());
            }
        }
    }

    /// A class is led through every step of every lesson: each is taken by the rules, and shows what it names.
    #[test]
    fn a_class_can_go_through_every_step_of_every_lesson() {
        let library = library();
        let lessons = Lessons::load(&library, &models());
        for network in library.networks() {
            let facts = facts(network);
            for Shipped { id, lesson, .. } in lessons.of(network.id()) {
                let mut class = Class::open(&Opening {
                    outline: facts.outline.clone(),
                    picture: PictureId::from("none"),
                    ..sample::opening()
                });
                let mut happens = |event| {
                    let at = ClassTime(1000);
                    class
                        .apply(&Entry { at, event })
                        .map(|_| class.stage().clone())
                };
                let lesson = Lesson::clone(lesson);
                let steps = lesson.steps.clone();
                happens(Event::Teach { seat: HOST, lesson }).unwrap();
                for (place, step) in steps.iter().enumerate() {
                    let command = Command::NextStep;
                    let stage = happens(Event::Command {
                        seat: HOST,
                        command,
                    });
                    let stage =
                        stage.unwrap_or_else(|reason| panic!("{id}, step {}: {reason}", place + 1));
                    assert_eq!(stage.caption, step.caption, "{id}, step {}", place + 1);
                    assert!(
                        stage.caption.is_some(),
                        "{id}, step {} says nothing",
                        place + 1
                    );
                    assert!(
                        !step.notes.is_empty(),
                        "{id}, step {} has no notes",
                        place + 1
                    );
                    if let Some(view) = &step.view {
                        assert_eq!(stage.focus, view.focus, "{id}, step {}", place + 1);
                    }
                    assert!(
                        facts
                            .gallery
                            .iter()
                            .any(|(_, known)| *known == stage.picture),
                        "{id}, step {}",
                        place + 1
                    );
                }
            }
        }
    }

    #[test]
    fn a_lesson_shows_the_same_in_every_language() {
        let library = library();
        let lessons = Lessons::load(&library, &models());
        for network in library.networks() {
            let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for shipped in lessons.of(network.id()) {
                let languages = names.entry(&shipped.name).or_default();
                languages.insert(&shipped.lesson.language);
                let english = lessons
                    .of(network.id())
                    .find(|other| other.name == shipped.name && other.lesson.language == "en");
                let english =
                    english.unwrap_or_else(|| panic!("{} is not there in English", shipped.id));
                let views = |lesson: &Lesson| -> Vec<_> {
                    lesson.steps.iter().map(|step| step.view.clone()).collect()
                };
                assert_eq!(
                    views(&shipped.lesson),
                    views(&english.lesson),
                    "{}",
                    shipped.id
                );
                assert_eq!(
                    shipped.lesson.minutes, english.lesson.minutes,
                    "{}",
                    shipped.id
                );
            }
            for (name, languages) in names {
                assert_eq!(
                    languages,
                    BTreeSet::from(["de", "en", "es", "zh"]),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn what_is_wrong_is_left_out_and_the_rest_is_there() {
        let library = library();
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("tiny-example/lessons/en");
        fs::create_dir_all(&own).unwrap();
        let front = "---\ntitle: x\nminutes: 1\nnetwork: tiny-example\nlanguage: en\n---\n";
        fs::write(own.join("good.md"), format!("{front}Hello\n")).unwrap();
        fs::write(
            own.join("bad.md"),
            format!("{front}```stage\nshow = 1\n```\n"),
        )
        .unwrap();
        fs::write(own.join("german.md"), front.replace("en\n", "de\n")).unwrap();
        fs::write(own.join("notes.txt"), "not a lesson").unwrap();
        let lessons = Lessons::load(&library, folder.path());
        let names: Vec<_> = lessons
            .of("tiny-example")
            .map(|shipped| shipped.name.as_str())
            .collect();
        assert_eq!(names, ["good"]);
        assert!(lessons.find(&"tiny-example/en/good".into()).is_some());
        assert!(lessons.find(&"tiny-example/en/bad".into()).is_none());
        assert!(lessons.find(&"../../etc/passwd".into()).is_none());
    }

    #[test]
    fn a_lesson_that_was_sent_in_is_found_by_its_id() {
        let library = library();
        let network = library.by_id("tiny-example").unwrap();
        let text =
            "---\ntitle: Mine\nminutes: 1\nnetwork: tiny-example\nlanguage: fr\n---\nBonjour\n";
        let lessons = Lessons::default();
        let (id, lesson) = lessons.keep(network, text).unwrap();
        assert_eq!(lesson.title, "Mine");
        assert_eq!(lessons.find(&id), Some(lesson));
        assert!(lessons.keep(network, "# nothing").is_err());
    }
}
