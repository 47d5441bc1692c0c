//! The journal in SQLite: the contract, and what only a file can promise.

use std::{fs, path::Path, sync::Arc};

use crate::contract::{self, Place, birth, key, record};
use convocation_storage::{Birth, Journal, SqliteJournal, StorageError, StoredPicture};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// All bytes of all files of the journal.
    fn bytes(&self) -> Vec<u8> {
        let files = fs::read_dir(self.path()).unwrap();
        files
            .flat_map(|file| fs::read(file.unwrap().path()).unwrap())
            .collect()
    }

    fn contains(&self, text: &str) -> bool {
        self.bytes()
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }

    fn sql(&self, statement: &str) {
        let connection = rusqlite::Connection::open(self.path().join("classes.sqlite")).unwrap();
        connection.execute_batch(statement).unwrap();
    }
}

impl Place for Folder {
    fn open(&self) -> Arc<dyn Journal> {
        Arc::new(SqliteJournal::open(self.path()).unwrap())
    }
}

#[tokio::test]
async fn contract_holds() {
    contract::holds_for(Folder::new).await;
}

#[tokio::test]
async fn nothing_of_a_deleted_class_is_left_in_the_files() {
    let folder = Folder::new();
    let journal = folder.open();
    let marker = "the words of a student";
    let bytes = marker.repeat(3000).into_bytes();
    let mut born = birth(key(1));
    born.opening.host_name = marker.to_owned();
    journal
        .open(Birth {
            picture: Some(StoredPicture {
                id: "p".into(),
                bytes,
            }),
            ..born
        })
        .await
        .unwrap();
    journal.open(birth(key(2))).await.unwrap();
    for sequence in 1..=500 {
        journal.append(record(key(1), sequence)).await.unwrap();
    }
    assert!(folder.contains(marker) && folder.contains("token 250"));
    journal.delete(key(1)).await.unwrap();
    assert!(!folder.contains(marker) && !folder.contains("token 250"));
    assert_eq!(journal.load().await.unwrap().classes.len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn only_this_user_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let inner = folder.path().join("data/journal");
    let journal = SqliteJournal::open(&inner).unwrap();
    journal.open(birth(key(1))).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    let files: Vec<_> = fs::read_dir(&inner)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{file:?}");
    }
}

#[test]
fn a_second_server_is_kept_out() {
    let folder = Folder::new();
    let first = SqliteJournal::open(folder.path()).unwrap();
    assert!(matches!(
        SqliteJournal::open(folder.path()),
        Err(StorageError::InUse(_))
    ));
    drop(first);
    SqliteJournal::open(folder.path()).unwrap();
}

#[test]
fn a_journal_of_another_format_is_left_alone() {
    let folder = Folder::new();
    drop(folder.open());
    folder.sql("PRAGMA user_version = 7");
    let before = folder.bytes();
    let outcome = SqliteJournal::open(folder.path()).err();
    assert!(
        matches!(
            outcome,
            Some(StorageError::OtherFormat { found: 7, known: 1 })
        ),
        "{outcome:?}"
    );
    assert_eq!(folder.bytes(), before);
}

#[test]
fn a_file_that_is_no_journal_is_an_error() {
    let folder = Folder::new();
    fs::write(
        folder.path().join("classes.sqlite"),
        "not a database, but longer than its header".repeat(90),
    )
    .unwrap();
    assert!(matches!(
        SqliteJournal::open(folder.path()),
        Err(StorageError::Failed(_))
    ));
}

#[tokio::test]
async fn one_unreadable_class_does_not_take_the_others_with_it() {
    let folder = Folder::new();
    let journal = folder.open();
    for number in 1..=4 {
        journal.open(birth(key(number))).await.unwrap();
        for sequence in 1..=3 {
            journal.append(record(key(number), sequence)).await.unwrap();
        }
    }
    drop(journal);
    folder.sql("UPDATE class SET opening = '{' WHERE code = '000001'");
    folder.sql("UPDATE entry SET entry = '{}' WHERE sequence = 2 AND class = (SELECT key FROM class WHERE code = '000002')");
    folder.sql("DELETE FROM entry WHERE sequence = 2 AND class = (SELECT key FROM class WHERE code = '000003')");
    let journal = folder.open();
    let loaded = journal.load().await.unwrap();
    assert_eq!(
        loaded.classes.iter().map(|s| s.class).collect::<Vec<_>>(),
        [key(4)]
    );
    assert_eq!(
        loaded
            .unreadable
            .iter()
            .map(|u| u.class)
            .collect::<Vec<_>>(),
        [key(1), key(2), key(3)]
    );
    assert_eq!(loaded.unreadable[2].reason, "entry 2 is missing");
    journal.delete(key(1)).await.unwrap();
    assert_eq!(journal.load().await.unwrap().unreadable.len(), 2);
}

#[tokio::test]
async fn a_clogged_journal_says_so_at_once_and_keeps_what_it_took() {
    let folder = Folder::new();
    let journal = folder.open();
    let class = key(1);
    journal.open(birth(class)).await.unwrap();
    let answers: Vec<_> = (1..=20_000)
        .map(|sequence| journal.append(record(class, sequence)))
        .collect();
    let (mut kept, mut clogged) = (0, 0);
    for answer in answers {
        match answer.await {
            Ok(()) => kept += 1,
            Err(StorageError::Clogged) => clogged += 1,
            // What comes after a gap.
            Err(StorageError::Conflict { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(kept > 0 && clogged > 0, "{kept} kept, {clogged} clogged");
    assert_eq!(journal.load().await.unwrap().classes[0].entries.len(), kept);
}

#[tokio::test]
async fn dropping_the_journal_writes_what_is_waiting() {
    let folder = Folder::new();
    let journal = folder.open();
    drop(journal.open(birth(key(1))));
    for sequence in 1..=100 {
        drop(journal.append(record(key(1), sequence)));
    }
    drop(journal);
    assert_eq!(
        folder.open().load().await.unwrap().classes[0].entries.len(),
        100
    );
}
