//! The library: all networks of a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use convocation_pictures::Picture;

use crate::{
    manifest::MANIFEST_FILE,
    network::{Network, NetworkError},
    runtime::Runtime,
};

/// Why a folder is not a library.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The folder cannot be read.
    #[error("{}: {source}", .path.display())]
    Read {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No network in it.
    #[error("{}: there is no network; a network is a folder with a {MANIFEST_FILE}", .path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// One of the networks is not right.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

/// All networks, in the order that their manifests ask for, then of their ids; none by default.
#[derive(Debug, Default)]
pub struct Library {
    networks: Vec<Arc<Network>>,
}

impl Library {
    /// Opens every folder in `models` that has a manifest; others are not networks.
    ///
    /// # Errors
    /// When there is no network, or when one is not right: a class must not find that out.
    pub fn open(runtime: &Runtime, models: &Path) -> Result<Self, LibraryError> {
        let unreadable = |source| LibraryError::Read {
            path: models.to_owned(),
            source,
        };
        let entries: Result<Vec<_>, _> = fs::read_dir(models).map_err(unreadable)?.collect();
        let mut folders: Vec<PathBuf> = entries
            .map_err(unreadable)?
            .iter()
            .map(fs::DirEntry::path)
            .collect();
        folders.retain(|folder| folder.join(MANIFEST_FILE).is_file());
        folders.sort();
        if folders.is_empty() {
            return Err(LibraryError::Empty {
                path: models.to_owned(),
            });
        }
        let networks: Result<Vec<_>, NetworkError> = folders
            .iter()
            .map(|folder| Network::open(runtime, folder).map(Arc::new))
            .collect();
        let mut networks = networks?;
        networks.sort_by_key(|network| network.order());
        Ok(Self { networks })
    }

    /// All networks.
    #[must_use]
    pub fn networks(&self) -> &[Arc<Network>] {
        &self.networks
    }

    /// The network in the folder of this name.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Arc<Network>> {
        self.networks.iter().find(|network| network.id() == id)
    }

    /// The network with this digest.
    #[must_use]
    pub fn by_digest(&self, digest: &str) -> Option<&Arc<Network>> {
        self.networks
            .iter()
            .find(|network| network.digest() == digest)
    }

    /// A gallery picture of any network.
    #[must_use]
    pub fn picture(&self, digest: &str) -> Option<&Arc<Picture>> {
        self.networks
            .iter()
            .flat_map(|network| network.pictures())
            .find(|picture| picture.digest() == digest)
    }
}
