//! How many appends per second the journal takes, by how many classes write at once, each waiting for its answer:
//! `cargo run --release -p convocation-storage --example appends [DIRECTORY]`.

use std::{
    env,
    error::Error,
    io::{Write as _, stdout},
    sync::Arc,
    time::{Duration, Instant},
};

use convocation_classroom::{
    command::Command,
    entry::{Entry, Event, Opening},
    ids::{ClassCode, ClassTime, SeatId, SecretHash},
    outline::Outline,
};
use convocation_storage::{Birth, ClassKey, Journal, Record, SqliteJournal, StorageError, UnixMs};
use uuid::Uuid;

const DURATION: Duration = Duration::from_secs(2);

fn birth(number: u32) -> Birth {
    let opening = Opening {
        code: ClassCode::from_bits(number),
        host: SecretHash("0".repeat(64)),
        assistant: SecretHash("1".repeat(64)),
        outline: Outline {
            network: "none".into(),
            layers: Vec::new(),
            classes: 0,
        },
        picture: "none".into(),
        host_name: "Ada".to_owned(),
    };
    Birth {
        class: ClassKey(Uuid::new_v4()),
        opened_at: UnixMs(0),
        opening,
        picture: None,
    }
}

async fn append_for(journal: Arc<SqliteJournal>, birth: Birth) -> Result<u32, StorageError> {
    let class = birth.class;
    journal.open(birth).await?;
    let end = Instant::now() + DURATION;
    let mut sequence = 0;
    while Instant::now() < end {
        sequence += 1;
        let event = Event::Command {
            seat: SeatId(0),
            command: Command::Step { step: sequence },
        };
        let entry = Entry {
            at: ClassTime(sequence),
            event,
        };
        journal
            .append(Record {
                class,
                sequence,
                entry,
                picture: None,
            })
            .await?;
    }
    Ok(sequence)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> Result<(), Box<dyn Error>> {
    for classes in [1, 10, 100, 500] {
        let scratch = match env::args_os().nth(1) {
            Some(directory) => tempfile::tempdir_in(directory)?,
            None => tempfile::tempdir()?,
        };
        let journal = Arc::new(SqliteJournal::open(scratch.path())?);
        let tasks: Vec<_> = (0..classes)
            .map(|number| tokio::spawn(append_for(Arc::clone(&journal), birth(number))))
            .collect();
        let mut appends = 0;
        for task in tasks {
            appends += task.await??;
        }
        let per_second = f64::from(appends) / DURATION.as_secs_f64();
        writeln!(stdout(), "{classes} classes: {per_second:.0} appends/s")?;
    }
    Ok(())
}
