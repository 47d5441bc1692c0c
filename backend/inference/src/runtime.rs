//! The runtime: ONNX Runtime's shared library, loaded once per process. Not a session: those belong to the threads that run them.

use std::{
    env,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use ort::{
    environment::Environment,
    logging::LogLevel,
    session::{Session, builder::GraphOptimizationLevel},
};

/// Names a library explicitly; goes before every other place.
pub const LIBRARY_VARIABLE: &str = "ORT_DYLIB_PATH";

/// Where the set-up puts the library, below the project's folder.
const SETUP_FOLDER: &str = ".tools/onnxruntime/lib";

#[cfg(target_os = "macos")]
const LIBRARY_FILE: &str = "libonnxruntime.dylib";
#[cfg(target_os = "windows")]
const LIBRARY_FILE: &str = "onnxruntime.dll";
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
const LIBRARY_FILE: &str = "libonnxruntime.so";

/// ONNX Runtime allows one environment per process, so the first load is kept for all later ones.
static LOADED: Mutex<Option<Runtime>> = Mutex::new(None);

/// Why there is no runtime.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// No library in any of the places.
    #[error(
        "ONNX Runtime's library is missing; run `make setup`, or set {LIBRARY_VARIABLE} to it (looked for {})",
        list(.looked_for)
    )]
    Missing {
        /// The files that are not there.
        looked_for: Vec<PathBuf>,
    },
    /// The file is there but is not a library that can be used.
    #[error("{} is not an ONNX Runtime library for this machine: {message}; run `make setup`", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the loader says.
        message: String,
    },
}

fn list(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A handle on the loaded library.
#[derive(Clone, Debug)]
pub struct Runtime {
    environment: Environment,
}

impl Runtime {
    /// Loads the library: from `ORT_DYLIB_PATH`, from `lib/` beside the executable, or from where `make setup` put it, below
    /// the working folder or a folder above the executable.
    ///
    /// # Errors
    /// When there is no library, or when it cannot be used.
    pub fn load() -> Result<Self, RuntimeError> {
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = loaded.as_ref() {
            return Ok(runtime.clone());
        }
        let candidates = Places::of_this_process().candidates();
        let Some(path) = candidates.iter().find(|path| path.is_file()) else {
            return Err(RuntimeError::Missing {
                looked_for: candidates,
            });
        };
        let unusable = |message: String| RuntimeError::Unusable {
            path: path.clone(),
            message,
        };
        let environment = ort::init_from(path)
            .map_err(|error| unusable(error.to_string()))?
            .with_name("convocation")
            .with_telemetry(false)
            .build()
            .map_err(|error| unusable(error.to_string()))?;
        Ok(loaded.insert(Self { environment }).clone())
    }

    /// A session on `model` that computes on the calling thread only. Tensors kept outside of the file are looked up in `folder`.
    pub(crate) fn session(&self, model: &[u8], folder: &Path) -> ort::Result<Session> {
        Session::builder(&self.environment)?
            .with_optimization_level(GraphOptimizationLevel::All)?
            .with_intra_threads(1)?
            .with_inter_threads(1)?
            .with_log_level(LogLevel::Error)?
            .with_config_entry(
                "session.model_external_initializers_file_folder_path",
                folder.to_string_lossy(),
            )?
            .commit_from_memory(model)
    }
}

/// What decides where to look.
struct Places {
    named: Option<PathBuf>,
    executable: Option<PathBuf>,
    working: Option<PathBuf>,
}

impl Places {
    fn of_this_process() -> Self {
        Self {
            named: env::var_os(LIBRARY_VARIABLE)
                .filter(|name| !name.is_empty())
                .map(PathBuf::from),
            executable: env::current_exe().ok(),
            working: env::current_dir().ok(),
        }
    }

    /// Files to try, best first. A library that was named is the only candidate: falling back would hide the mistake.
    fn candidates(&self) -> Vec<PathBuf> {
        if let Some(named) = &self.named {
            return vec![named.clone()];
        }
        let above = self.executable.as_deref().and_then(Path::parent);
        let beside = above.map(|folder| folder.join("lib"));
        let setup = self
            .working
            .as_deref()
            .into_iter()
            .flat_map(Path::ancestors)
            .chain(above.into_iter().flat_map(Path::ancestors))
            .map(|folder| folder.join(SETUP_FOLDER));
        let mut files: Vec<PathBuf> = Vec::new();
        for file in beside
            .into_iter()
            .chain(setup)
            .map(|folder| folder.join(LIBRARY_FILE))
        {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_library_is_the_only_candidate() {
        let places = Places {
            named: Some("/opt/own.so".into()),
            executable: Some("/srv/bin/convocation".into()),
            working: Some("/srv".into()),
        };
        assert_eq!(places.candidates(), [PathBuf::from("/opt/own.so")]);
    }

    #[test]
    fn beside_the_executable_goes_before_the_set_up() {
        let places = Places {
            named: None,
            executable: Some("/p/target/convocation".into()),
            working: Some("/w".into()),
        };
        let expected = ["/p/target/lib", "/w/", "/", "/p/target/", "/p/"].map(|folder| {
            let sub = if folder.ends_with('/') {
                SETUP_FOLDER
            } else {
                ""
            };
            Path::new(folder).join(sub).join(LIBRARY_FILE)
        });
        assert_eq!(places.candidates(), expected);
    }

    #[test]
    fn a_missing_library_names_the_set_up() {
        let error = RuntimeError::Missing {
            looked_for: vec!["a/b.so".into()],
        };
        assert!(error.to_string().contains("`make setup`"), "{error}");
        assert!(error.to_string().contains("a/b.so"), "{error}");
    }
}
