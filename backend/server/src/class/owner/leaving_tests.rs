//! The end of a class that nobody comes to. Time is the test's: the owner's timers and the machine's clock both follow the paused
//! clock of tokio.

use std::{
    collections::BTreeMap,
    future::ready,
    sync::{Arc, Mutex},
    time::Duration,
};

use convocation_classroom::{
    class::Class,
    ids::{ClassTime, PictureId},
};
use convocation_inference::{Engine, EngineConfig, Library, Runtime};
use convocation_storage::{Answer, Birth, ClassKey, Journal, Loaded, Record, Saved, UnixMs};
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
    time::{Instant, sleep},
};
use uuid::Uuid;

use super::{
    super::{Desk, Estate, LOOK_AROUND_EVERY, Surroundings},
    *,
};
use crate::{
    class::{
        clock::ClassClock,
        front::Front,
        handle::{Admission, Claim},
        sample,
    },
    computing::Computing,
    decoding::Decoding,
    lessons::Lessons,
    pictures::Pictures,
};

const IDLE_LIMIT: Duration = Duration::from_secs(12 * 60 * 60);

const KEY: ClassKey = ClassKey(Uuid::nil());

thread_local! {
    static BEGAN: Instant = Instant::now();
}

fn wall_clock() -> UnixMs {
    let began = BEGAN.with(|began| *began);
    UnixMs(u64::try_from(began.elapsed().as_millis()).unwrap())
}

/// A journal that knows of each class only when someone was last connected, and what happened.
#[derive(Default)]
struct Ledger {
    entries: Mutex<Vec<Event>>,
    last_seen: Mutex<BTreeMap<ClassKey, UnixMs>>,
}

impl Ledger {
    fn last_seen(&self) -> Option<UnixMs> {
        self.last_seen.lock().unwrap().get(&KEY).copied()
    }
}

impl Journal for Ledger {
    fn open(&self, birth: Birth) -> Answer<()> {
        let mut classes = self.last_seen.lock().unwrap();
        classes.insert(birth.class, birth.opened_at);
        Box::pin(ready(Ok(())))
    }

    fn touch(&self, class: ClassKey, at: UnixMs) -> Answer<()> {
        *self.last_seen.lock().unwrap().get_mut(&class).unwrap() = at;
        Box::pin(ready(Ok(())))
    }

    fn delete(&self, class: ClassKey) -> Answer<()> {
        self.last_seen.lock().unwrap().remove(&class).unwrap();
        Box::pin(ready(Ok(())))
    }

    fn append(&self, record: Record) -> Answer<()> {
        self.entries.lock().unwrap().push(record.entry.event);
        Box::pin(ready(Ok(())))
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

    fn flush(&self) -> Answer<()> {
        unreachable!("the server does not go down")
    }
}

/// A class with its owner at work.
struct Running {
    journal: Arc<Ledger>,
    calls: mpsc::Sender<Call>,
    owner: JoinHandle<Finish>,
}

impl Running {
    async fn start() -> Self {
        let journal = Arc::new(Ledger::default());
        let opening = sample::opening();
        let class = Class::open(&opening);
        let birth = Birth {
            class: KEY,
            opened_at: wall_clock(),
            opening,
            picture: None,
        };
        journal.open(birth).await.unwrap();
        let library = Arc::new(Library::default());
        let pictures = Pictures::new(
            Arc::clone(&library),
            1,
            Arc::clone(&journal) as Arc<dyn Journal>,
            Decoding::default(),
        );
        let engine = Engine::start(&Runtime::load().unwrap(), EngineConfig::default());
        let surroundings = Surroundings {
            journal: Arc::clone(&journal) as Arc<dyn Journal>,
            library,
            lessons: Lessons::default(),
            computing: Computing {
                engine: Arc::new(engine),
                pictures: pictures.clone(),
            },
            pictures,
            max_connections: 1,
            wall_clock,
            retention: IDLE_LIMIT,
        };
        let (calls, calls_receiver) = mpsc::channel(1);
        let (departures_sender, departures) = mpsc::unbounded_channel();
        let desk = Desk {
            calls: calls_receiver,
            departures,
            calls_sender: calls.downgrade(),
            departures_sender,
            front: watch::Sender::new(Front::of(&class)),
        };
        let estate = Estate {
            key: KEY,
            class,
            clock: ClassClock::resume(wall_clock(), ClassTime(0)),
            last_seen: wall_clock(),
        };
        let owner = tokio::spawn(Owner::new(estate, desk, surroundings).run());
        Self {
            journal,
            calls,
            owner,
        }
    }

    async fn enter_as_host(&self) -> Admission {
        let (reply, admission) = oneshot::channel();
        let claim = Claim::Host(sample::opening().host);
        let call = Call::Enter {
            claim,
            mode: None,
            reply,
        };
        self.calls.send(call).await.unwrap();
        admission.await.unwrap().unwrap()
    }

    /// Waits until the owner has ended the class, and checks that this took the limit and no more than the owner's carefulness adds.
    async fn ends_in_time(self) {
        let began = Instant::now();
        assert_eq!(self.owner.await.unwrap(), Finish::Deleted);
        let lasted = began.elapsed();
        let latest = IDLE_LIMIT + 2 * LOOK_AROUND_EVERY;
        assert!(
            (IDLE_LIMIT..=latest).contains(&lasted),
            "ended after {lasted:?}"
        );
        assert_eq!(self.journal.last_seen(), None, "the journal still has it");
    }
}

#[tokio::test(start_paused = true)]
async fn a_class_that_nobody_comes_to_ends_and_is_deleted() {
    Running::start().await.ends_in_time().await;
}

#[tokio::test(start_paused = true)]
async fn a_class_with_a_connection_stays_until_long_after_the_last_has_left() {
    const HOUR: Duration = Duration::from_secs(60 * 60);
    let class = Running::start().await;
    let admission = class.enter_as_host().await;
    sleep(2 * IDLE_LIMIT).await;
    assert!(!class.owner.is_finished());
    let noted = class.journal.last_seen().unwrap();
    let age = Duration::from_millis(wall_clock().0 - noted.0);
    assert!(age <= LOOK_AROUND_EVERY, "a restart would think {age:?}");

    drop(admission);
    sleep(IDLE_LIMIT - HOUR).await;
    assert!(!class.owner.is_finished());
    // Whoever looks in for a moment gives the class the whole time again.
    drop(class.enter_as_host().await);
    class.ends_in_time().await;
}

#[tokio::test(start_paused = true)]
async fn a_class_that_nobody_comes_to_ends_but_stays_where_the_host_keeps_it() {
    let Running {
        journal,
        calls,
        owner,
    } = Running::start().await;
    let (reply, answer) = oneshot::channel();
    let keep = Call::Keep { kept: true, reply };
    calls.send(keep).await.unwrap();
    answer.await.unwrap().unwrap();
    let Finish::Ended(past) = owner.await.unwrap() else {
        panic!("deleted although it was kept");
    };
    assert!(past.kept && past.key == KEY);
    assert_eq!(past.host, sample::opening().host);
    assert!(journal.last_seen().is_some(), "the journal has lost it");
    let end = Event::Command {
        seat: HOST,
        command: Command::End,
    };
    let expected = [Event::Keep { kept: true }, end];
    assert_eq!(*journal.entries.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn deleting_sends_everyone_away_and_answers_when_the_data_is_gone() {
    let class = Running::start().await;
    let admission = class.enter_as_host().await;
    let (reply, deleted) = oneshot::channel();
    class.calls.send(Call::Delete { reply }).await.unwrap();
    assert!(deleted.await.unwrap());
    assert_eq!(class.journal.last_seen(), None);
    assert_eq!(class.owner.await.unwrap(), Finish::Deleted);
    assert_eq!(
        admission.board.borrow().farewell,
        Some(Farewell::Deleted),
        "nobody is told"
    );
}
