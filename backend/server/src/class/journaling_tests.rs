//! A class whose journal answers when the test says so, or fails.

use std::sync::Mutex;

use convocation_classroom::{
    command::Command,
    entry::Event,
    ids::{ClassTime, PictureId, SeatId},
};
use convocation_storage::{Answer, Birth, Loaded, Saved, UnixMs};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::*;
use crate::class::sample;

type Answering = oneshot::Sender<Result<(), StorageError>>;

/// Entries that wait for the test to decide about them.
#[derive(Default)]
struct SlowJournal {
    waiting: Mutex<Vec<(Record, Answering)>>,
}

impl SlowJournal {
    /// Answers everything that waits.
    fn answer(&self, result: &Result<(), StorageError>) -> Vec<u32> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap());
        let numbers = waiting.iter().map(|(record, _)| record.sequence).collect();
        for (_, answer) in waiting {
            answer.send(result.clone()).unwrap();
        }
        numbers
    }
}

impl Journal for SlowJournal {
    fn append(&self, record: Record) -> Answer<()> {
        let (answer, answered) = oneshot::channel();
        self.waiting.lock().unwrap().push((record, answer));
        Box::pin(async { answered.await.unwrap_or(Err(StorageError::Closed)) })
    }

    fn open(&self, _: Birth) -> Answer<()> {
        unreachable!("the class is open")
    }

    fn load(&self) -> Answer<Loaded> {
        unreachable!("nothing is loaded")
    }

    fn read(&self, _: ClassKey) -> Answer<Option<Saved>> {
        unreachable!("nobody reads a recording")
    }

    fn picture(&self, _: ClassKey, _: PictureId) -> Answer<Option<Vec<u8>>> {
        unreachable!("no picture is asked for")
    }

    fn touch(&self, _: ClassKey, _: UnixMs) -> Answer<()> {
        unreachable!("nobody connects")
    }

    fn delete(&self, _: ClassKey) -> Answer<()> {
        unreachable!("the class is not over")
    }

    fn flush(&self) -> Answer<()> {
        unreachable!("the server does not go down")
    }
}

fn class() -> Class {
    Class::open(&sample::opening())
}

fn caption(text: &str) -> Entry {
    let command = Command::SetCaption {
        caption: Some(text.to_owned()),
    };
    Entry {
        at: ClassTime(1),
        event: Event::Command {
            seat: SeatId(0),
            command,
        },
    }
}

fn journaled() -> (Arc<SlowJournal>, Journaled<&'static str>) {
    let journal = Arc::new(SlowJournal::default());
    let class = Journaled::new(
        ClassKey(Uuid::nil()),
        Arc::clone(&journal) as Arc<dyn Journal>,
        class(),
    );
    (journal, class)
}

fn shown(class: &Class) -> Option<&str> {
    class.stage().caption.as_deref()
}

#[tokio::test]
async fn nothing_is_shown_or_acknowledged_before_the_journal_has_it() {
    let (journal, mut class) = journaled();
    class.hand_in(caption("a"), None, "first").unwrap();
    class.hand_in(caption("b"), None, "second").unwrap();
    // This one changes nothing, and yet it must not be acknowledged before the one it agrees with.
    class.hand_in(caption("b"), None, "same").unwrap();
    assert!(class.settled().now_or_never().is_none());
    assert_eq!(
        (shown(class.kept()), shown(class.ahead())),
        (None, Some("b"))
    );

    assert_eq!(
        journal.answer(&Ok(())),
        [1, 2],
        "both were on their way at the same time"
    );
    for (then, caption) in [("first", "a"), ("second", "b"), ("same", "b")] {
        let settled = class.settled().await;
        assert_eq!((settled.then, settled.outcome.is_ok()), (then, true));
        assert_eq!(shown(class.kept()), Some(caption));
    }
    assert!(class.is_settled());
    assert_eq!(class.kept(), class.ahead());
}

#[tokio::test]
async fn what_the_journal_does_not_take_did_not_happen() {
    let (journal, mut class) = journaled();
    let before = class.kept().clone();
    for then in ["first", "second"] {
        class.hand_in(caption(then), None, then).unwrap();
    }
    class.hand_in(caption("second"), None, "same").unwrap();
    journal.answer(&Err(StorageError::Clogged));
    assert_eq!(class.settled().await.outcome, Err(Rejection::Busy));
    assert_eq!(
        class.hand_in(caption("third"), None, "third"),
        Err((Rejection::Busy, "third"))
    );
    for then in ["second", "same"] {
        let settled = class.settled().await;
        assert_eq!(
            (settled.then, settled.outcome),
            (then, Err(Rejection::Busy))
        );
    }
    assert_eq!((class.kept(), class.ahead()), (&before, &before));

    class.hand_in(caption("again"), None, "again").unwrap();
    assert_eq!(
        journal.answer(&Ok(())),
        [1],
        "numbers go on where the journal is"
    );
    assert!(class.settled().await.outcome.is_ok());
    assert_eq!(shown(class.kept()), Some("again"));
}

#[tokio::test]
async fn what_the_rules_refuse_never_reaches_the_journal() {
    let (journal, mut class) = journaled();
    let forged = Entry {
        at: ClassTime(1),
        event: Event::Command {
            seat: SeatId(7),
            command: Command::End,
        },
    };
    assert_eq!(
        class.hand_in(forged, None, "forged"),
        Err((Rejection::UnknownSeat, "forged"))
    );
    assert!(journal.answer(&Ok(())).is_empty() && class.is_settled());
}
