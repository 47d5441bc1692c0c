//! What was acknowledged survives `kill -9`: a child process appends and says what was acknowledged, and is killed meanwhile.

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Write as _, stdout},
    process::{Command, Stdio},
    sync::Arc,
};

use crate::contract::{birth, key, record};
use convocation_storage::{Journal, SqliteJournal};

/// Tells the child where the journal is.
const FOLDER: &str = "CONVOCATION_TEST_KILL_FOLDER";

const CLASSES: u128 = 8;

#[tokio::test]
#[ignore = "no test by itself: the process that the next one kills"]
async fn child_that_appends_until_it_is_killed() {
    let folder = env::var_os(FOLDER).unwrap();
    let journal = Arc::new(SqliteJournal::open(folder.as_ref()).unwrap());
    let last: BTreeMap<_, _> = journal
        .load()
        .await
        .unwrap()
        .classes
        .into_iter()
        .map(|saved| (saved.class, u32::try_from(saved.entries.len()).unwrap()))
        .collect();
    let tasks: Vec<_> = (0..CLASSES)
        .map(|number| {
            let (journal, last) = (Arc::clone(&journal), last.get(&key(number)).copied());
            tokio::spawn(async move {
                if last.is_none() {
                    journal.open(birth(key(number))).await.unwrap();
                }
                for sequence in last.unwrap_or(0) + 1.. {
                    journal.append(record(key(number), sequence)).await.unwrap();
                    writeln!(stdout(), "\nkept {number} {sequence}").unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeMap::new();
    for round in 1..=5_usize {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "kill::child_that_appends_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = 0;
        let out = BufReader::new(child.stdout.take().unwrap());
        // After the kill the pipe still holds what was said before.
        for line in out.lines().map_while(Result::ok) {
            let words: Vec<&str> = line.split(' ').collect();
            let ["kept", class, sequence] = words[..] else {
                continue;
            };
            acknowledged.insert(
                class.parse::<u128>().unwrap(),
                sequence.parse::<usize>().unwrap(),
            );
            lines += 1;
            if lines == 300 * round {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(
            lines >= 300 * round,
            "the child stopped by itself after {lines} lines"
        );

        let journal = SqliteJournal::open(folder.path()).unwrap();
        let loaded = journal.load().await.unwrap();
        assert_eq!(loaded.unreadable, []);
        let kept: BTreeMap<_, _> = loaded
            .classes
            .iter()
            .map(|saved| (saved.class, saved))
            .collect();
        for (class, count) in &acknowledged {
            let saved = kept[&key(*class)];
            assert!(
                saved.entries.len() >= *count,
                "class {class}: {count} acknowledged, {} kept",
                saved.entries.len()
            );
            for (entry, sequence) in saved.entries.iter().zip(1..) {
                assert_eq!(*entry, record(key(*class), sequence).entry);
            }
        }
    }
    assert_eq!(acknowledged.len(), usize::try_from(CLASSES).unwrap());
}
