//! The engine: runs networks on pictures, on threads of its own. Answers in callbacks, so that no one else's thread waits.

use std::{collections::HashMap, sync::Arc, thread, time::Duration};

use ort::session::Session;

use crate::{
    activations::Activations,
    network::Network,
    picture::Picture,
    pool::{Pool, PoolConfig, PoolError, Work},
    preprocess::prepare,
    runtime::Runtime,
};

/// Most callers that wait for activations at once: 16 classes of 1,000.
const WAITING: usize = 16_000;

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
}

impl Default for EngineConfig {
    /// A thread per core; a queue that drains within a second for small networks; 256 MB, about 300 pictures of Tiny VGG's size.
    fn default() -> Self {
        Self {
            threads: thread::available_parallelism().map_or(1, usize::from),
            queue: 256,
            cache_bytes: 256 << 20,
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

/// What the engine has done and is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EngineStats {
    /// Pairs that wait for a thread.
    pub queued: usize,
    /// Threads at work.
    pub running: usize,
    /// Pairs computed, failures included.
    pub runs: u64,
    /// Of those, how many failed.
    pub failures: u64,
    /// Requests answered with [`EngineError::Busy`].
    pub refused: u64,
    /// Requests answered from the cache.
    pub cache_hits: u64,
    /// Requests that made a thread compute.
    pub cache_misses: u64,
    /// Memory in the cache, in bytes.
    pub cache_bytes: u64,
    /// Time of all runs together: `busy / runs` is the mean latency.
    pub busy: Duration,
}

/// Called on an engine thread after each run with the time it took, preprocessing included. Must not block.
pub type OnRun = Arc<dyn Fn(Duration) + Send + Sync>;

/// The threads. Dropping it answers everyone who waits, and joins them.
pub struct Engine {
    pool: Pool<Inference>,
}

impl Engine {
    /// Starts the threads.
    #[must_use]
    pub fn start(runtime: &Runtime, config: EngineConfig) -> Self {
        Self::start_observed(runtime, config, Arc::new(|_| ()))
    }

    /// Starts the threads; every run is told to `on_run`.
    #[must_use]
    pub fn start_observed(runtime: &Runtime, config: EngineConfig, on_run: OnRun) -> Self {
        let runtime = runtime.clone();
        let EngineConfig {
            threads,
            queue,
            cache_bytes,
        } = config;
        let sizes = PoolConfig {
            threads,
            queue,
            waiting: WAITING,
            cache_bytes,
        };
        let make_work = move || Inference {
            runtime: runtime.clone(),
            sessions: HashMap::new(),
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
        };
        let task = || (network.clone(), picture.clone());
        self.pool.ask(key, task, |result| {
            on_done(result.map_err(EngineError::from))
        });
    }

    /// What the engine has done and is doing.
    #[must_use]
    pub fn stats(&self) -> EngineStats {
        let stats = self.pool.stats();
        EngineStats {
            queued: stats.queued,
            running: stats.running,
            runs: stats.runs,
            failures: stats.failures,
            refused: stats.refused,
            cache_hits: stats.cache_hits,
            cache_misses: stats.cache_misses,
            cache_bytes: stats.cache_bytes,
            busy: stats.busy,
        }
    }
}

/// A network and a picture by their digests.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    network: Arc<str>,
    picture: Arc<str>,
}

/// One thread's work: a session of its own for each network, made when first needed.
struct Inference {
    runtime: Runtime,
    sessions: HashMap<String, Session>,
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
        network.run(session, prepare(&network.description().input, picture))
    }
}

impl Work for Inference {
    type Key = Key;
    type Task = (Arc<Network>, Arc<Picture>);
    type Output = Arc<Activations>;

    fn run(&mut self, (network, picture): Self::Task) -> Result<Self::Output, String> {
        let begun = std::time::Instant::now();
        let result = self.compute(&network, &picture);
        (self.on_run)(begun.elapsed());
        if result.is_err() {
            self.sessions.remove(network.digest());
        }
        result.map(Arc::new).map_err(|error| error.to_string())
    }

    fn bytes(output: &Self::Output) -> u64 {
        output.bytes()
    }
}
