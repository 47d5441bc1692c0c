//! Networks: an ONNX file becomes a description and a source of every activation. Knows neither classes nor HTTP, and has no
//! async: results arrive in callbacks.
//!
//! ```text
//! Runtime::load ── Library::open ── Network ──┐
//!                  Picture::decode ───────────┴── Engine::activations ── Activations ── overview::encode
//!                  EditedNetwork ──────────────── Engine::edited_activations ──┘
//! ```

pub mod activations;
pub mod description;
pub mod edit;
pub mod engine;
mod graph;
mod kernels;
pub mod library;
mod manifest;
pub mod network;
mod node;
mod onnx;
pub mod overview;
mod pool;
pub mod preprocess;
pub mod runtime;
pub mod stats;
mod tensor;
mod window;

pub use activations::Activations;
pub use description::{Description, Layer, Op};
pub use edit::{EditError, EditedNetwork, KernelEdit};
pub use engine::{Engine, EngineConfig, EngineError};
pub use graph::GraphError;
pub use library::{Library, LibraryError};
pub use manifest::ManifestError;
pub use network::{Network, NetworkError};
pub use runtime::{Runtime, RuntimeError};
pub use stats::Stats;
