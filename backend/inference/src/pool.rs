//! A pool: threads that compute outputs for keys, each key once however many ask, with a bounded queue and a cache. Knows
//! nothing of networks and pictures.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use quick_cache::{UnitWeighter, Weighter, unsync::Cache};

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

/// Sizes of a pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PoolConfig {
    pub threads: usize,
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

/// Counts since the start, and what is going on now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PoolStats {
    pub queued: usize,
    pub running: usize,
    pub runs: u64,
    pub failures: u64,
    pub refused: u64,
    pub cache_hits: u64,
    pub cache_misses: u64,
    pub cache_bytes: u64,
    pub busy: Duration,
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

struct State<W: Work> {
    queue: VecDeque<(W::Key, W::Task)>,
    /// Who waits for what is queued or running.
    waiting: HashMap<W::Key, Vec<Callback<W>>>,
    waiting_count: usize,
    cache: Cache<W::Key, W::Output, ByBytes<W>>,
    stats: PoolStats,
    closed: bool,
}

struct Shared<W: Work> {
    config: PoolConfig,
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
        const LIKELY_OUTPUTS: usize = 256;
        let cache = Cache::with_weighter(
            LIKELY_OUTPUTS,
            config.cache_bytes,
            ByBytes(std::marker::PhantomData),
        );
        let state = State {
            queue: VecDeque::new(),
            waiting: HashMap::new(),
            waiting_count: 0,
            cache,
            stats: PoolStats::default(),
            closed: false,
        };
        let shared = Arc::new(Shared {
            config,
            state: Mutex::new(state),
            changed: Condvar::new(),
        });
        let make_work = Arc::new(make_work);
        let threads = (0..config.threads.max(1))
            .map(|number| {
                let (shared, make_work) = (shared.clone(), make_work.clone());
                thread::Builder::new()
                    .name(format!("{name}-{number}"))
                    .spawn(move || work_until_closed(&shared, &*make_work))
                    .expect("a server that cannot start a thread cannot start")
            })
            .collect();
        Self { shared, threads }
    }

    /// Calls `on_done` with the output for `key`: at once from the cache, or from a thread of the pool. `make_task` is called
    /// only when there is something to compute.
    pub fn ask(
        &self,
        key: W::Key,
        make_task: impl FnOnce() -> W::Task,
        on_done: impl FnOnce(Result<W::Output, PoolError>) + Send + 'static,
    ) {
        let mut state = self.shared.state();
        let answer = if state.closed {
            Err(PoolError::Closed)
        } else if let Some(output) = state.cache.get(&key).cloned() {
            state.stats.cache_hits += 1;
            Ok(output)
        } else {
            let known = state.waiting.contains_key(&key);
            let full = !known && state.queue.len() >= self.shared.config.queue;
            if !full && state.waiting_count < self.shared.config.waiting {
                state.stats.cache_misses += u64::from(!known);
                state.waiting_count += 1;
                state
                    .waiting
                    .entry(key.clone())
                    .or_default()
                    .push(Box::new(on_done));
                if !known {
                    state.queue.push_back((key, make_task()));
                    self.shared.changed.notify_one();
                }
                return;
            }
            state.stats.refused += 1;
            Err(PoolError::Busy(self.time_to_drain(&state)))
        };
        drop(state);
        on_done(answer);
    }

    /// How long the threads need for what waits now, at the speed they had so far.
    fn time_to_drain(&self, state: &State<W>) -> Duration {
        let runs = u32::try_from(state.stats.runs.max(1)).unwrap_or(u32::MAX);
        let tasks = u32::try_from(state.queue.len() + state.stats.running).unwrap_or(u32::MAX);
        let threads = u32::try_from(self.threads.len()).unwrap_or(u32::MAX);
        (state.stats.busy / runs).saturating_mul(tasks) / threads.max(1)
    }

    pub fn stats(&self) -> PoolStats {
        let state = self.shared.state();
        PoolStats {
            queued: state.queue.len(),
            cache_bytes: state.cache.weight(),
            ..state.stats
        }
    }
}

impl<W: Work> Drop for Pool<W> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.closed = true;
        let mut left: Vec<Callback<W>> = Vec::new();
        while let Some((key, _)) = state.queue.pop_front() {
            left.extend(state.waiting.remove(&key).into_iter().flatten());
        }
        state.waiting_count -= left.len();
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

fn work_until_closed<W: Work>(shared: &Shared<W>, make_work: &dyn Fn() -> W) {
    let mut work: Option<W> = None;
    while let Some((key, task)) = next(shared) {
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| {
            work.get_or_insert_with(make_work).run(task)
        }));
        let result = result.unwrap_or_else(|_| {
            // What a panic left behind is not used again.
            work = None;
            Err("the computation panicked".to_owned())
        });
        finish(shared, &key, begun.elapsed(), result);
    }
}

fn next<W: Work>(shared: &Shared<W>) -> Option<(W::Key, W::Task)> {
    let mut state = shared.state();
    loop {
        if let Some(task) = state.queue.pop_front() {
            state.stats.running += 1;
            return Some(task);
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

fn finish<W: Work>(
    shared: &Shared<W>,
    key: &W::Key,
    took: Duration,
    result: Result<W::Output, String>,
) {
    let mut state = shared.state();
    state.stats.running -= 1;
    state.stats.runs += 1;
    state.stats.busy += took;
    state.stats.failures += u64::from(result.is_err());
    if let Ok(output) = &result {
        state.cache.insert(key.clone(), output.clone());
    }
    let callbacks = state.waiting.remove(key).unwrap_or_default();
    state.waiting_count -= callbacks.len();
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
