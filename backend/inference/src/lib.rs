//! Networks: an ONNX file becomes a description and a source of every activation. Knows neither classes nor HTTP, and has no
//! async: results arrive in callbacks.
//!
//! ```text
//! Runtime::load() -> Result<Runtime, RuntimeError>                       // Clone; once per process
//! Library::open(&Runtime, &Path) -> Result<Library, NetworkError>        // every folder with a network.toml
//!     .networks() -> &[Arc<Network>]   .by_id(&str), .by_digest(&str) -> Option<&Arc<Network>>
//! Network::open(&Runtime, &Path) -> Result<Network, NetworkError>        // one folder; `convocation check`
//!     .description() -> &Description   .digest() -> &str   .pictures() -> &[Arc<Picture>]   // as description.gallery
//!     .weights(layer: &str) -> Option<Vec<u8>>                           // little-endian f32; None: no such layer
//! Picture::decode(&[u8]) -> Result<Picture, PictureError>                // PictureError::code() -> &'static str
//!     .digest() -> &str   .width(), .height() -> u32   .png() -> &[u8]
//! Engine::start(&Runtime, EngineConfig { threads, queue, cache_bytes }) -> Engine   // Send + Sync; drop joins its threads
//!     .activations(&Arc<Network>, &Arc<Picture>, on_done: impl FnOnce(Result<Arc<Activations>, EngineError>) + Send + 'static)
//!     .stats() -> EngineStats { queued, running, runs, failures, refused, cache_hits, cache_misses, cache_bytes, busy: Duration }
//! EngineError: Clone { Busy { retry_after: Duration }, Failed { message: String }, ShuttingDown }
//! Activations::layer(&self, &str) -> Option<&[f32]>   .unit(&self, &str, u32) -> Option<&[f32]>
//! overview::encode(&Network, &Activations, overview::Size) -> Vec<u8>    // Size: Phone | Full, FromStr
//! Layer::units() -> u32, .map() -> (rows, columns)                       // [C, H, W] -> C, (H, W); [N] -> N, (1, 1)
//! ```

pub mod description;
