//! Decoding: files become pictures on threads of their own, a few at a time. What counts as a picture is the inference crate's matter.

use std::sync::Arc;

use convocation_pictures::{Picture, PictureError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::refusal::Refusal;

/// Files that may be decoded at a time: each may take 40 megapixels, 160 MB, for a moment.
const AT_ONCE: usize = 2;

/// Files that may be on their way at a time: at most 12 MB each, so 384 MB in the worst case and 0.1 GB with photos of phones.
const RECEIVED_AT_ONCE: usize = 32;

/// The place where files are received and decoded.
#[derive(Clone)]
pub struct Decoding {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// The right to send a file, for as long as it is held.
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

impl Default for Decoding {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            places: Arc::new(Semaphore::new(RECEIVED_AT_ONCE)),
        }
    }
}

impl Decoding {
    /// A place for a file that is to arrive.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many arrive.
    pub fn place(&self) -> Result<Place, Refusal> {
        let permit = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| Refusal::Busy)?;
        Ok(Place { _permit: permit })
    }

    /// Decodes a file.
    ///
    /// # Errors
    /// [`Refusal::BadPicture`] with the reason.
    pub async fn decode(&self, file: Vec<u8>) -> Result<Picture, Refusal> {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| Refusal::Internal)?;
        let decoded = tokio::task::spawn_blocking(move || {
            // The turn goes with the work: when the sender leaves, the thread is still busy.
            let _turn = turn;
            Picture::decode(&file)
        });
        decoded
            .await
            .map_err(|_| Refusal::Internal)?
            .map_err(|error| refusal(&error))
    }
}

fn refusal(error: &PictureError) -> Refusal {
    Refusal::BadPicture {
        code: error.code(),
        message: error.to_string(),
    }
}
