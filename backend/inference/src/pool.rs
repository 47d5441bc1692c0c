//! A pool: threads that compute outputs for keys, each key once however many ask, in two lanes that each have a bounded queue and
//! a cache of their own. Knows nothing of networks and pictures.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use quick_cache::{UnitWeighter, Weighter, unsync::Cache};

use crate::stats::Stats;

/// What the threads do. Each thread has its own.
pub(crate) trait Work: 'static {
    /// Same key, same output.
    type Key: Clone + Eq + Hash + Send + 'static;
    /// What is needed to compute.
    type Task: Send + 'static;
    /// What comes out; cheap to clone.
    type Output: Clone + Send + 'static;

    /// Computes, or says in words why not.
    fn run(&mut self, task: Self::Task) -> Result<Self::Output, String>;

    /// Memory that an output takes, in bytes.
    fn bytes(output: &Self::Output) -> u64;
}

/// Where tasks wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Every thread looks here first.
    Ordinary,
    /// Only the first thread looks here, and only while nothing waits in the ordinary lane: an ordinary task waits for at most one of
    /// these, and for none where another thread is free.
    Spare,
}

/// Sizes of a pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PoolConfig {
    pub threads: usize,
    pub ordinary: LaneConfig,
    pub spare: LaneConfig,
}

/// Sizes of a lane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaneConfig {
    /// Most tasks that wait for a thread.
    pub queue: usize,
    /// Most callers that wait for outputs, in total.
    pub waiting: usize,
    pub cache_bytes: u64,
}

/// Why there is no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PoolError {
    /// Queue or waiting room is full; a place is likely free after this time.
    Busy(Duration),
    Failed(String),
    Closed,
}

type Callback<W> = Box<dyn FnOnce(Result<<W as Work>::Output, PoolError>) + Send>;

/// Counts bytes for the cache.
struct ByBytes<W>(std::marker::PhantomData<fn() -> W>);

impl<W> Clone for ByBytes<W> {
    fn clone(&self) -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<W: Work> Weighter<W::Key, W::Output> for ByBytes<W> {
    fn weight(&self, key: &W::Key, output: &W::Output) -> u64 {
        UnitWeighter.weight(key, output).max(W::bytes(output))
    }
}

/// What waits in a lane, and what came out of it.
struct Waiting<W: Work> {
    config: LaneConfig,
    queue: VecDeque<(W::Key, W::Task)>,
    /// Who waits for what is queued or running.
    callbacks: HashMap<W::Key, Vec<Callback<W>>>,
    callback_count: usize,
    cache: Cache<W::Key, W::Output, ByBytes<W>>,
    stats: Stats,
}

impl<W: Work> Waiting<W> {
    fn new(config: LaneConfig) -> Self {
        const LIKELY_OUTPUTS: usize = 256;
        Self {
            config,
            queue: VecDeque::new(),
            callbacks: HashMap::new(),
            callback_count: 0,
            cache: Cache::with_weighter(
                LIKELY_OUTPUTS,
                config.cache_bytes,
                ByBytes(std::marker::PhantomData),
            ),
            stats: Stats::default(),
        }
    }

    fn pop(&mut self) -> Option<(W::Key, W::Task)> {
        let task = self.queue.pop_front()?;
        self.stats.running += 1;
        Some(task)
    }

    /// Those who wait for `key`, who are answered now.
    fn take_callbacks(&mut self, key: &W::Key) -> Vec<Callback<W>> {
        let callbacks = self.callbacks.remove(key).unwrap_or_default();
        self.callback_count -= callbacks.len();
        callbacks
    }

    /// How long `threads` threads need for what waits now, at the speed they had so far.
    fn time_to_drain(&self, threads: usize) -> Duration {
        let runs = u32::try_from(self.stats.runs.max(1)).unwrap_or(u32::MAX);
        let tasks = u32::try_from(self.queue.len() + self.stats.running).unwrap_or(u32::MAX);
        let threads = u32::try_from(threads).unwrap_or(u32::MAX);
        (self.stats.busy / runs).saturating_mul(tasks) / threads.max(1)
    }
}

struct State<W: Work> {
    ordinary: Waiting<W>,
    spare: Waiting<W>,
    closed: bool,
}

impl<W: Work> State<W> {
    fn lane(&mut self, lane: Lane) -> &mut Waiting<W> {
        match lane {
            Lane::Ordinary => &mut self.ordinary,
            Lane::Spare => &mut self.spare,
        }
    }
}

struct Shared<W: Work> {
    state: Mutex<State<W>>,
    /// Signalled when the queue grows or closes.
    changed: Condvar,
}

impl<W: Work> Shared<W> {
    /// Callbacks and work run outside of the lock, so nothing can leave the state half changed.
    fn state(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The threads with their queue. Dropping it answers everyone and joins the threads.
pub(crate) struct Pool<W: Work> {
    shared: Arc<Shared<W>>,
    threads: Vec<JoinHandle<()>>,
}

impl<W: Work> Pool<W> {
    /// Starts the threads; `make_work` is called on each of them.
    pub fn start(
        name: &str,
        config: PoolConfig,
        make_work: impl Fn() -> W + Send + Sync + 'static,
    ) -> Self {
        let state = State {
            ordinary: Waiting::new(config.ordinary),
            spare: Waiting::new(config.spare),
            closed: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
        let make_work = Arc::new(make_work);
        let threads = (0..config.threads.max(1))
            .map(|number| {
                let (shared, make_work) = (shared.clone(), make_work.clone());
                thread::Builder::new()
                    .name(format!("{name}-{number}"))
                    .spawn(move || work_until_closed(&shared, number == 0, &*make_work))
                    .expect("a server that cannot start a thread cannot start")
            })
            .collect();
        Self { shared, threads }
    }

    /// Calls `on_done` with the output for `key`: at once from the cache, or from a thread of the pool. `make_task` is called
    /// only when there is something to compute. A key belongs to one lane.
    pub fn ask(
        &self,
        lane: Lane,
        key: W::Key,
        make_task: impl FnOnce() -> W::Task,
        on_done: impl FnOnce(Result<W::Output, PoolError>) + Send + 'static,
    ) {
        let mut state = self.shared.state();
        let closed = state.closed;
        let waiting = state.lane(lane);
        let answer = if closed {
            Err(PoolError::Closed)
        } else if let Some(output) = waiting.cache.get(&key).cloned() {
            waiting.stats.cache_hits += 1;
            Ok(output)
        } else {
            let known = waiting.callbacks.contains_key(&key);
            let full = !known && waiting.queue.len() >= waiting.config.queue;
            if !full && waiting.callback_count < waiting.config.waiting {
                waiting.stats.cache_misses += u64::from(!known);
                waiting.callback_count += 1;
                waiting
                    .callbacks
                    .entry(key.clone())
                    .or_default()
                    .push(Box::new(on_done));
                if !known {
                    waiting.queue.push_back((key, make_task()));
                    match lane {
                        Lane::Ordinary => self.shared.changed.notify_one(),
                        // It is for one of the threads, and nobody can say which one wakes.
                        Lane::Spare => self.shared.changed.notify_all(),
                    }
                }
                return;
            }
            waiting.stats.refused += 1;
            Err(PoolError::Busy(
                waiting.time_to_drain(self.threads_of(lane)),
            ))
        };
        drop(state);
        on_done(answer);
    }

    fn threads_of(&self, lane: Lane) -> usize {
        match lane {
            Lane::Ordinary => self.threads.len(),
            Lane::Spare => 1,
        }
    }

    pub fn stats(&self, lane: Lane) -> Stats {
        let mut state = self.shared.state();
        let waiting = state.lane(lane);
        Stats {
            queued: waiting.queue.len(),
            cache_bytes: waiting.cache.weight(),
            ..waiting.stats
        }
    }
}

impl<W: Work> Drop for Pool<W> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.closed = true;
        let mut left: Vec<Callback<W>> = Vec::new();
        for lane in [Lane::Ordinary, Lane::Spare] {
            let waiting = state.lane(lane);
            while let Some((key, _)) = waiting.queue.pop_front() {
                left.extend(waiting.take_callbacks(&key));
            }
        }
        drop(state);
        self.shared.changed.notify_all();
        for callback in left {
            callback(Err(PoolError::Closed));
        }
        for thread in self.threads.drain(..) {
            // The last handle may be dropped by a callback, on one of the threads.
            if thread.thread().id() != thread::current().id() {
                thread
                    .join()
                    .expect("the threads catch panics of their work");
            }
        }
    }
}

/// `has_spare_time`: whether the thread looks into the spare lane, too.
fn work_until_closed<W: Work>(shared: &Shared<W>, has_spare_time: bool, make_work: &dyn Fn() -> W) {
    let mut work: Option<W> = None;
    while let Some((lane, key, task)) = next(shared, has_spare_time) {
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| {
            work.get_or_insert_with(make_work).run(task)
        }));
        let result = result.unwrap_or_else(|_| {
            // What a panic left behind is not used again.
            work = None;
            Err("the computation panicked".to_owned())
        });
        let done = Done {
            lane,
            key,
            took: begun.elapsed(),
            result,
        };
        finish(shared, done);
    }
}

fn next<W: Work>(shared: &Shared<W>, has_spare_time: bool) -> Option<(Lane, W::Key, W::Task)> {
    let mut state = shared.state();
    loop {
        if let Some((key, task)) = state.ordinary.pop() {
            return Some((Lane::Ordinary, key, task));
        }
        if has_spare_time && let Some((key, task)) = state.spare.pop() {
            return Some((Lane::Spare, key, task));
        }
        if state.closed {
            return None;
        }
        state = shared
            .changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

/// A task that was computed.
struct Done<W: Work> {
    lane: Lane,
    key: W::Key,
    took: Duration,
    result: Result<W::Output, String>,
}

fn finish<W: Work>(shared: &Shared<W>, done: Done<W>) {
    let Done {
        lane,
        key,
        took,
        result,
    } = done;
    let mut state = shared.state();
    let waiting = state.lane(lane);
    waiting.stats.running -= 1;
    waiting.stats.runs += 1;
    waiting.stats.busy += took;
    waiting.stats.failures += u64::from(result.is_err());
    if let Ok(output) = &result {
        waiting.cache.insert(key.clone(), output.clone());
    }
    let callbacks = waiting.take_callbacks(&key);
    drop(state);
    let result = result.map_err(PoolError::Failed);
    for callback in callbacks {
        // One caller's panic must not keep the others from their answer, nor end the thread.
        let _ = catch_unwind(AssertUnwindSafe(|| callback(result.clone())));
    }
}

#[cfg(test)]
#[path = "pool_tests.rs"]
mod tests;
