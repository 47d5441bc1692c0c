//! The engine: runs networks on pictures, on threads of its own. Answers in callbacks, so that no one else's thread waits.

use std::{collections::HashMap, sync::Arc, thread, time::Duration};

use convocation_pictures::Picture;
use ort::session::Session;

use crate::{
    activations::Activations,
    edit::EditedNetwork,
    network::Network,
    pool::{Lane, LaneConfig, Pool, PoolConfig, PoolError, Work},
    preprocess::prepare,
    runtime::Runtime,
    stats::Stats,
};

/// Most callers that wait for activations at once: 16 classes of 1,000.
const WAITING: usize = 16_000;

/// Most callers that wait for edited activations at once: every one of them is in one class that watches an edit, or two.
const WAITING_FOR_EDITS: usize = 2_000;

/// Networks whose session for edits is kept: two classes may edit two networks without making one anew for each change.
const EDITED_SESSIONS: usize = 2;

/// Shortest time after which to try again: HTTP counts in seconds.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Sizes of an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineConfig {
    /// Threads that compute, at least 1.
    pub threads: usize,
    /// Most (network, picture) pairs that wait for a thread.
    pub queue: usize,
    /// Memory for activations that were computed, in bytes.
    pub cache_bytes: u64,
    /// Most (edited network, picture) pairs that wait.
    pub edit_queue: usize,
    /// Memory for activations of edited networks, in bytes.
    pub edit_cache_bytes: u64,
}

impl Default for EngineConfig {
    /// A thread per core; a queue that drains within a second for small networks; 256 MB, about 300 pictures of Tiny VGG's size. For
    /// edits a queue for as many people who each change one thing, and an eighth of the memory.
    fn default() -> Self {
        Self {
            threads: thread::available_parallelism().map_or(1, usize::from),
            queue: 256,
            cache_bytes: 256 << 20,
            edit_queue: 8,
            edit_cache_bytes: 32 << 20,
        }
    }
}

/// Why there are no activations.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// Too much to do.
    #[error("the server is computing as much as it can: try again in {} s", .retry_after.as_secs())]
    Busy {
        /// When to try again, whole seconds.
        retry_after: Duration,
    },
    /// The network did not run.
    #[error("the network could not be run: {message}")]
    Failed {
        /// What ONNX Runtime says.
        message: String,
    },
    /// The engine is being shut down.
    #[error("the server is shutting down")]
    ShuttingDown,
}

impl From<PoolError> for EngineError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Busy(drained) => Self::Busy {
                retry_after: Duration::from_secs(drained.as_secs()).max(RETRY_AFTER),
            },
            PoolError::Failed(message) => Self::Failed { message },
            PoolError::Closed => Self::ShuttingDown,
        }
    }
}

/// What was run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// A network as it is.
    Plain,
    /// A network with an edit.
    Edited,
}

/// Called on an engine thread after each run with the time it took, preprocessing included. Must not block.
pub type OnRun = Arc<dyn Fn(RunKind, Duration) + Send + Sync>;

/// The threads. Dropping it answers everyone who waits, and joins them.
pub struct Engine {
    pool: Pool<Inference>,
}

impl Engine {
    /// Starts the threads.
    #[must_use]
    pub fn start(runtime: &Runtime, config: EngineConfig) -> Self {
        Self::start_observed(runtime, config, Arc::new(|_, _| ()))
    }

    /// Starts the threads; every run is told to `on_run`.
    #[must_use]
    pub fn start_observed(runtime: &Runtime, config: EngineConfig, on_run: OnRun) -> Self {
        let runtime = runtime.clone();
        let EngineConfig {
            threads,
            queue,
            cache_bytes,
            edit_queue,
            edit_cache_bytes,
        } = config;
        let sizes = PoolConfig {
            threads,
            ordinary: LaneConfig {
                queue,
                waiting: WAITING,
                cache_bytes,
            },
            spare: LaneConfig {
                queue: edit_queue,
                waiting: WAITING_FOR_EDITS,
                cache_bytes: edit_cache_bytes,
            },
        };
        let make_work = move || Inference {
            runtime: runtime.clone(),
            sessions: HashMap::new(),
            edited_sessions: Vec::new(),
            on_run: on_run.clone(),
        };
        Self {
            pool: Pool::start("inference", sizes, make_work),
        }
    }

    /// Calls `on_done` with all activations of the network for the picture: at once, on this thread, from the cache or when
    /// there is no room to wait, otherwise on an engine thread. It must not block.
    pub fn activations(
        &self,
        network: &Arc<Network>,
        picture: &Arc<Picture>,
        on_done: impl FnOnce(Result<Arc<Activations>, EngineError>) + Send + 'static,
    ) {
        let key = Key {
            network: network.digest().into(),
            picture: picture.digest().into(),
            edit: None,
        };
        let task = || Task::Plain(network.clone(), picture.clone());
        self.pool.ask(Lane::Ordinary, key, task, |result| {
            on_done(result.map_err(EngineError::from))
        });
    }

    /// As [`Engine::activations`], for a network with an edit. These wait until nothing else does, on one thread, in a queue and a
    /// cache of their own: however many edits there are, other activations wait for at most one of them.
    pub fn edited_activations(
        &self,
        edited: &Arc<EditedNetwork>,
        picture: &Arc<Picture>,
        on_done: impl FnOnce(Result<Arc<Activations>, EngineError>) + Send + 'static,
    ) {
        let key = Key {
            network: edited.network().digest().into(),
            picture: picture.digest().into(),
            edit: Some(edited.digest().into()),
        };
        let task = || Task::Edited(edited.clone(), picture.clone());
        self.pool.ask(Lane::Spare, key, task, |result| {
            on_done(result.map_err(EngineError::from))
        });
    }

    /// What the engine has done and is doing, for networks as they are or with edits.
    #[must_use]
    pub fn stats(&self, kind: RunKind) -> Stats {
        let lane = match kind {
            RunKind::Plain => Lane::Ordinary,
            RunKind::Edited => Lane::Spare,
        };
        self.pool.stats(lane)
    }
}

/// A network and a picture by their digests, and the edit's where there is one.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    network: Arc<str>,
    picture: Arc<str>,
    edit: Option<Arc<str>>,
}

/// What to compute.
enum Task {
    Plain(Arc<Network>, Arc<Picture>),
    Edited(Arc<EditedNetwork>, Arc<Picture>),
}

/// One thread's work: a session of its own for each network, made when first needed.
struct Inference {
    runtime: Runtime,
    sessions: HashMap<String, Session>,
    /// The least recently used first, by the network's digest.
    edited_sessions: Vec<(String, Session)>,
    on_run: OnRun,
}

impl Inference {
    fn compute(&mut self, network: &Network, picture: &Picture) -> ort::Result<Activations> {
        if !self.sessions.contains_key(network.digest()) {
            self.sessions
                .insert(network.digest().to_owned(), network.session(&self.runtime)?);
        }
        let session = self
            .sessions
            .get_mut(network.digest())
            .expect("it was just made");
        let result = network.run(session, prepare(&network.description().input, picture));
        if result.is_err() {
            self.sessions.remove(network.digest());
        }
        result
    }

    fn compute_edited(
        &mut self,
        edited: &EditedNetwork,
        picture: &Picture,
    ) -> ort::Result<Activations> {
        let network = edited.network();
        let known = self
            .edited_sessions
            .iter()
            .position(|(digest, _)| digest == network.digest());
        // Out of the list while it is used: one that fails does not come back.
        let mut session = match known {
            Some(place) => self.edited_sessions.remove(place).1,
            None => network.edited_session(&self.runtime)?,
        };
        let input = prepare(&network.description().input, picture);
        let activations = network.run_edited(&mut session, input, edited)?;
        if self.edited_sessions.len() == EDITED_SESSIONS {
            self.edited_sessions.remove(0);
        }
        self.edited_sessions
            .push((network.digest().to_owned(), session));
        Ok(activations)
    }
}

impl Work for Inference {
    type Key = Key;
    type Task = Task;
    type Output = Arc<Activations>;

    fn run(&mut self, task: Task) -> Result<Self::Output, String> {
        let begun = std::time::Instant::now();
        let (kind, result) = match task {
            Task::Plain(network, picture) => (RunKind::Plain, self.compute(&network, &picture)),
            Task::Edited(edited, picture) => {
                (RunKind::Edited, self.compute_edited(&edited, &picture))
            }
        };
        (self.on_run)(kind, begun.elapsed());
        result.map(Arc::new).map_err(|error| error.to_string())
    }

    fn bytes(output: &Self::Output) -> u64 {
        output.bytes()
    }
}
