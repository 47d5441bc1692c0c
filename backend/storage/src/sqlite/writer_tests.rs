//! A batch on a full disk: none of it is acknowledged, and none of it is kept.

use std::sync::mpsc;

use rusqlite::params;

use super::*;

/// Pages of the file: enough for the schema and some small rows, not for [`LARGE_BYTES`].
const PAGES: u32 = 32;
const LARGE_BYTES: usize = 1 << 20;

fn full_disk(directory: &std::path::Path) -> Writer {
    let connection = super::super::file::open(directory).unwrap();
    connection
        .pragma_update(None, "max_page_count", PAGES)
        .unwrap();
    connection
        .execute_batch("CREATE TABLE note (number INTEGER PRIMARY KEY, text BLOB)")
        .unwrap();
    Writer::start(connection).unwrap()
}

fn note(writer: &Writer, number: u32, bytes: usize) -> Answer<()> {
    writer.submit(After::Commit, move |db| {
        db.execute(
            "INSERT INTO note VALUES (?1, ?2)",
            params![number, vec![7_u8; bytes]],
        )?;
        Ok(())
    })
}

async fn kept(writer: &Writer) -> Vec<u32> {
    let read = writer.submit(After::Commit, |db| {
        let mut numbers = db.prepare("SELECT number FROM note ORDER BY number")?;
        let rows = numbers.query_map((), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    read.await.unwrap()
}

/// Keeps the thread busy until the sender is dropped, so that whatever is submitted meanwhile is one batch.
fn hold(writer: &Writer) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (begun, running) = mpsc::channel();
    drop(writer.submit(After::Commit, move |_| {
        begun.send(()).unwrap();
        let _ = held.recv();
        Ok(())
    }));
    running.recv().unwrap();
    release
}

#[tokio::test]
async fn a_full_disk_fails_its_batch_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let writer = full_disk(folder.path());
    note(&writer, 1, 10).await.unwrap();

    let release = hold(&writer);
    let batch = [
        note(&writer, 2, 10),
        note(&writer, 3, LARGE_BYTES),
        note(&writer, 4, 10),
        note(&writer, 5, 10),
    ];
    drop(release);
    for answer in batch {
        let error = answer.await.unwrap_err();
        assert!(error.to_string().contains("full"), "{error}");
    }
    assert_eq!(kept(&writer).await, [1], "what failed is not kept");

    note(&writer, 6, 10).await.unwrap();
    assert_eq!(kept(&writer).await, [1, 6], "what fits is kept again");
}

#[tokio::test]
async fn a_job_that_fails_by_itself_does_not_take_its_batch_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let writer = full_disk(folder.path());
    let release = hold(&writer);
    let batch = [
        note(&writer, 1, 10),
        note(&writer, 1, 10),
        note(&writer, 2, 10),
    ];
    drop(release);
    let mut outcomes = Vec::new();
    for answer in batch {
        outcomes.push(answer.await.is_ok());
    }
    assert_eq!(outcomes, [true, false, true]);
    assert_eq!(kept(&writer).await, [1, 2]);
}
