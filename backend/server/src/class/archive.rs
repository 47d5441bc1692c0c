//! The archive: classes that are over and whose recordings are still in the journal, by code. Knows whose they are and how long they stay;
//! what happened in them only the journal knows.

use std::collections::HashMap;

use convocation_classroom::ids::{ClassCode, SecretHash};
use convocation_storage::{ClassKey, UnixMs};

/// A class that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its name in the journal.
    pub key: ClassKey,
    /// Hash of the host's secret.
    pub host: SecretHash,
    /// When it ended.
    pub ended_at: UnixMs,
    /// Whether the host keeps the recording.
    pub kept: bool,
}

/// Classes that are over.
#[derive(Default)]
pub struct Archive {
    by_code: HashMap<ClassCode, Past>,
}

impl Archive {
    /// Puts a class in.
    pub fn put(&mut self, code: ClassCode, past: Past) {
        self.by_code.insert(code, past);
    }

    /// The class with a code.
    #[must_use]
    pub fn find(&self, code: &ClassCode) -> Option<&Past> {
        self.by_code.get(code)
    }

    /// Notes that the host keeps a recording, or not any more.
    pub fn keep(&mut self, code: &ClassCode, kept: bool) {
        if let Some(past) = self.by_code.get_mut(code) {
            past.kept = kept;
        }
    }

    /// Takes a class out.
    pub fn remove(&mut self, code: &ClassCode) {
        self.by_code.remove(code);
    }

    /// Recordings that hosts keep.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.by_code.values().filter(|past| past.kept).count()
    }

    /// What is not kept and has been there for too long, or, where there are more than `most`, does not fit: those that ended first.
    #[must_use]
    pub fn due(&self, most: usize, is_past: impl Fn(UnixMs) -> bool) -> Vec<(ClassCode, ClassKey)> {
        let mut all: Vec<_> = self
            .by_code
            .iter()
            .filter(|(_, past)| !past.kept)
            .map(|(code, past)| (past.ended_at, code, past.key))
            .collect();
        all.sort_by_key(|(ended_at, ..)| *ended_at);
        let too_many = all.len().saturating_sub(most);
        let due = all.into_iter().enumerate();
        due.filter(|(at, (ended_at, ..))| *at < too_many || is_past(*ended_at))
            .map(|(_, (_, code, key))| (code.clone(), key))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn archive(classes: &[(&str, u64, bool)]) -> Archive {
        let mut archive = Archive::default();
        for &(code, ended_at, kept) in classes {
            let past = Past {
                key: ClassKey(Uuid::nil()),
                host: SecretHash(String::new()),
                ended_at: UnixMs(ended_at),
                kept,
            };
            archive.put(code.into(), past);
        }
        archive
    }

    fn due(archive: &Archive, most: usize, now: u64) -> Vec<String> {
        let due = archive.due(most, |ended_at| now - ended_at.0 > 10);
        due.into_iter().map(|(code, _)| code.0).collect()
    }

    #[test]
    fn recordings_are_due_in_time_unless_they_are_kept() {
        let mut archive = archive(&[
            ("AAAAAA", 5, false),
            ("BBBBBB", 5, true),
            ("CCCCCC", 6, false),
        ]);
        assert_eq!(due(&archive, 9, 15), Vec::<String>::new());
        assert_eq!(due(&archive, 9, 16), ["AAAAAA"]);
        assert_eq!(archive.kept(), 1);
        archive.keep(&"BBBBBB".into(), false);
        archive.keep(&"AAAAAA".into(), true);
        assert_eq!(due(&archive, 9, 17), ["BBBBBB", "CCCCCC"]);
        archive.remove(&"BBBBBB".into());
        assert_eq!(due(&archive, 9, 17), ["CCCCCC"]);
    }

    #[test]
    fn where_there_are_too_many_those_that_ended_first_go() {
        let archive = archive(&[
            ("AAAAAA", 3, false),
            ("BBBBBB", 1, true),
            ("CCCCCC", 2, false),
        ]);
        assert_eq!(due(&archive, 2, 4), Vec::<String>::new());
        assert_eq!(due(&archive, 1, 4), ["CCCCCC"]);
    }
}
