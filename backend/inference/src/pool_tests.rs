//! Behaviour of the pool, with work that waits for the test instead of sleeping.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;

/// Most time for something that happens at once.
const SOON: Duration = Duration::from_secs(20);

/// Says when a task begins and waits until the test lets it go.
struct Gated {
    begun: Sender<u32>,
    go: Arc<Mutex<Receiver<()>>>,
}

impl Work for Gated {
    type Key = u32;
    type Task = u32;
    type Output = Arc<Vec<u8>>;

    fn run(&mut self, task: u32) -> Result<Self::Output, String> {
        self.begun.send(task).unwrap();
        self.go.lock().unwrap().recv_timeout(SOON).unwrap();
        match task {
            13 => panic!("thirteen"),
            14 => Err("fourteen".to_owned()),
            _ => Ok(Arc::new(vec![0; task as usize])),
        }
    }

    fn bytes(output: &Self::Output) -> u64 {
        output.len() as u64
    }
}

struct Bench {
    pool: Pool<Gated>,
    begun: Receiver<u32>,
    go: Sender<()>,
    answers: Receiver<(u32, Result<usize, PoolError>)>,
    answer: Sender<(u32, Result<usize, PoolError>)>,
}

impl Bench {
    fn new(threads: usize, queue: usize) -> Self {
        let (begin, begun) = channel();
        let (go, gate) = channel();
        let (answer, answers) = channel();
        let gate = Arc::new(Mutex::new(gate));
        let lane = LaneConfig {
            queue,
            waiting: 5,
            cache_bytes: 1000,
        };
        let config = PoolConfig {
            threads,
            ordinary: lane,
            spare: lane,
        };
        let pool = Pool::start("test", config, move || Gated {
            begun: begin.clone(),
            go: gate.clone(),
        });
        Self {
            pool,
            begun,
            go,
            answers,
            answer,
        }
    }

    fn ask(&self, key: u32) {
        self.ask_in(Lane::Ordinary, key);
    }

    fn ask_in(&self, lane: Lane, key: u32) {
        let answer = self.answer.clone();
        self.pool.ask(
            lane,
            key,
            || key,
            move |result| {
                let _ = answer.send((key, result.map(|output| output.len())));
            },
        );
    }

    /// Lets a task go and waits for its answer.
    fn let_go(&self) -> u32 {
        self.go.send(()).unwrap();
        self.answer().0
    }

    fn begins(&self) -> u32 {
        self.begun.recv_timeout(SOON).unwrap()
    }

    fn answer(&self) -> (u32, Result<usize, PoolError>) {
        self.answers.recv_timeout(SOON).unwrap()
    }
}

#[test]
fn the_same_key_is_computed_once_for_all_who_ask() {
    let bench = Bench::new(2, 4);
    for _ in 0..5 {
        bench.ask(7);
    }
    assert_eq!(bench.begins(), 7);
    bench.go.send(()).unwrap();
    for _ in 0..5 {
        assert_eq!(bench.answer(), (7, Ok(7)));
    }
    bench.ask(7);
    assert_eq!(bench.answer(), (7, Ok(7)));
    let stats = bench.pool.stats(Lane::Ordinary);
    assert_eq!(
        (
            stats.runs,
            stats.cache_hits,
            stats.cache_misses,
            stats.cache_bytes
        ),
        (1, 1, 1, 7)
    );
}

#[test]
fn a_full_queue_refuses_and_recovers() {
    let bench = Bench::new(1, 1);
    bench.ask(1);
    assert_eq!(bench.begins(), 1);
    bench.ask(2);
    bench.ask(3);
    assert!(matches!(bench.answer(), (3, Err(PoolError::Busy(_)))));
    assert_eq!(bench.pool.stats(Lane::Ordinary).refused, 1);
    bench.go.send(()).unwrap();
    assert_eq!(bench.answer(), (1, Ok(1)));
    assert_eq!(bench.begins(), 2);
    bench.ask(3);
    bench.go.send(()).unwrap();
    bench.go.send(()).unwrap();
    assert_eq!(bench.answer(), (2, Ok(2)));
    assert_eq!(bench.answer(), (3, Ok(3)));
}

#[test]
fn the_number_of_waiting_callers_is_bounded() {
    let bench = Bench::new(1, 9);
    for _ in 0..6 {
        bench.ask(1);
    }
    assert!(matches!(bench.answer(), (1, Err(PoolError::Busy(_)))));
    bench.go.send(()).unwrap();
    for _ in 0..5 {
        assert_eq!(bench.answer(), (1, Ok(1)));
    }
    bench.ask(2);
    bench.go.send(()).unwrap();
    assert_eq!(bench.answer(), (2, Ok(2)));
}

#[test]
fn panics_and_failures_answer_everyone_and_are_not_kept() {
    let bench = Bench::new(1, 4);
    for key in [13, 14] {
        bench.ask(key);
        bench.ask(key);
        assert_eq!(bench.begins(), key);
        bench.go.send(()).unwrap();
        for _ in 0..2 {
            assert!(matches!(bench.answer(), (k, Err(PoolError::Failed(_))) if k == key));
        }
    }
    bench.ask(5);
    bench.go.send(()).unwrap();
    assert_eq!(bench.answer(), (5, Ok(5)));
    let stats = bench.pool.stats(Lane::Ordinary);
    assert_eq!((stats.runs, stats.failures, stats.running), (3, 2, 0));
}

#[test]
fn a_panicking_callback_keeps_nobody_from_an_answer() {
    let bench = Bench::new(1, 4);
    bench
        .pool
        .ask(Lane::Ordinary, 1, || 1, |_| panic!("caller"));
    bench.ask(1);
    bench.go.send(()).unwrap();
    assert_eq!(bench.answer(), (1, Ok(1)));
    bench.ask(2);
    bench.go.send(()).unwrap();
    assert_eq!(bench.answer(), (2, Ok(2)));
}

#[test]
fn the_cache_stays_within_its_budget() {
    let bench = Bench::new(1, 4);
    for key in 300..310 {
        bench.ask(key);
        bench.go.send(()).unwrap();
        assert_eq!(bench.answer(), (key, Ok(key as usize)));
        assert!(bench.pool.stats(Lane::Ordinary).cache_bytes <= 1000);
    }
    assert!(bench.pool.stats(Lane::Ordinary).cache_bytes >= 300);
}

#[test]
fn closing_answers_those_who_wait_and_ends_the_threads() {
    let bench = Bench::new(1, 4);
    bench.ask(1);
    assert_eq!(bench.begins(), 1);
    bench.ask(2);
    bench.go.send(()).unwrap();
    // The second may be begun before the pool closes; it needs its gate too.
    bench.go.send(()).unwrap();
    let Bench {
        pool,
        answers,
        answer,
        ..
    } = bench;
    drop((pool, answer));
    let mut answered: Vec<u32> = answers
        .into_iter()
        .map(|(key, result)| {
            assert!(
                matches!(result, Ok(_) | Err(PoolError::Closed)),
                "{result:?}"
            );
            key
        })
        .collect();
    answered.sort_unstable();
    assert_eq!(answered, [1, 2]);
}

/// Tasks of the spare lane have keys from 100 on.
#[test]
fn spare_tasks_wait_until_no_ordinary_one_does() {
    let bench = Bench::new(1, 9);
    bench.ask(1);
    assert_eq!(bench.begins(), 1);
    for key in 100..104 {
        bench.ask_in(Lane::Spare, key);
    }
    for key in 2..5 {
        bench.ask(key);
    }
    for done in 1..4 {
        assert_eq!(bench.let_go(), done);
        assert_eq!(bench.begins(), done + 1);
    }
    assert_eq!(bench.let_go(), 4);
    assert_eq!(bench.begins(), 100);
    // An ordinary task that comes now waits for this one and no other.
    bench.ask(5);
    assert_eq!(bench.let_go(), 100);
    assert_eq!(bench.begins(), 5);
    assert_eq!(bench.let_go(), 5);
    for key in 101..104 {
        assert_eq!(bench.begins(), key);
        assert_eq!(bench.let_go(), key);
    }
    assert_eq!(bench.pool.stats(Lane::Spare).runs, 4);
    assert_eq!(bench.pool.stats(Lane::Ordinary).runs, 5);
}

#[test]
fn spare_tasks_keep_one_thread_at_most() {
    let bench = Bench::new(3, 9);
    for key in 100..105 {
        bench.ask_in(Lane::Spare, key);
    }
    assert_eq!(bench.begins(), 100);
    // The other two threads are free for what comes now, though four spare tasks came before it.
    bench.ask(1);
    bench.ask(2);
    let mut begun = [bench.begins(), bench.begins()];
    begun.sort_unstable();
    assert_eq!(begun, [1, 2]);
    assert_eq!(bench.pool.stats(Lane::Spare).running, 1);
    for _ in 0..7 {
        bench.go.send(()).unwrap();
    }
    let mut answered: Vec<u32> = (0..7).map(|_| bench.answer().0).collect();
    answered.sort_unstable();
    assert_eq!(answered, [1, 2, 100, 101, 102, 103, 104]);
}

#[test]
fn a_full_spare_lane_refuses_nothing_but_its_own() {
    let bench = Bench::new(1, 2);
    bench.ask(1);
    assert_eq!(bench.begins(), 1);
    for key in 100..103 {
        bench.ask_in(Lane::Spare, key);
    }
    assert!(matches!(bench.answer(), (102, Err(PoolError::Busy(_)))));
    bench.ask(2);
    assert_eq!(bench.let_go(), 1);
    assert_eq!(bench.begins(), 2);
    assert_eq!(bench.let_go(), 2);
    assert_eq!(bench.let_go(), 100);
    assert_eq!(bench.let_go(), 101);
    let (ordinary, spare) = (
        bench.pool.stats(Lane::Ordinary),
        bench.pool.stats(Lane::Spare),
    );
    assert_eq!((ordinary.refused, spare.refused), (0, 1));
    assert_eq!((ordinary.cache_bytes, spare.cache_bytes), (3, 201));
}
