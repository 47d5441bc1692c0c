//! Computing: what networks make of pictures, from the inference threads. Where the numbers go is the matter of whoever asks.

use std::{sync::Arc, time::Instant};

use convocation_classroom::ids::PictureId;
use convocation_inference::{Activations, Engine, EngineError};
use tokio::sync::oneshot;

use crate::{meters::ACTIVATIONS_S, pictures::Pictures, refusal::Refusal, subject::Subject};

/// The way to the inference threads.
#[derive(Clone)]
pub struct Computing {
    /// Runs networks.
    pub engine: Arc<Engine>,
    /// Finds pictures.
    pub pictures: Pictures,
}

impl Computing {
    /// What a network makes of a picture.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPicture`], [`Refusal::Busy`].
    pub async fn activations(
        &self,
        subject: &Subject,
        picture: &PictureId,
    ) -> Result<Arc<Activations>, Refusal> {
        let picture = self.pictures.find(picture).await?;
        let (done, activations) = oneshot::channel();
        let asked = Instant::now();
        let on_done = move |result| {
            // Whoever asked may be gone by now; the result is in the cache.
            let _ = done.send(result);
        };
        match subject.edited() {
            None => self
                .engine
                .activations(subject.network(), &picture, on_done),
            Some(edited) => self.engine.edited_activations(edited, &picture, on_done),
        }
        let result = activations.await.unwrap_or(Err(EngineError::ShuttingDown));
        metrics::histogram!(ACTIVATIONS_S).record(asked.elapsed());
        result.map_err(|error| match error {
            EngineError::Busy { .. } => Refusal::Busy,
            EngineError::ShuttingDown => Refusal::Restarting,
            EngineError::Failed { message } => {
                tracing::error!(
                    network = subject.network().id(),
                    message,
                    "a network failed"
                );
                Refusal::Internal
            }
        })
    }
}
