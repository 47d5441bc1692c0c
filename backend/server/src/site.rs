//! The site: everything that requests share.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use actix_web::{HttpRequest, web::Bytes};
use convocation_classroom::ids::PictureId;
use convocation_inference::{Activations, Engine, EngineError, Library, Network};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::oneshot;

use crate::{
    blobs::Blobs,
    class::registry::Classes,
    decoding::Decoding,
    encoding::Encoding,
    freshness::{Body, Freshness, Tag},
    meters::ACTIVATIONS_S,
    origin::Origins,
    pictures::Pictures,
    refusal::Refusal,
    socket::Lines,
    subject::Subject,
};

/// What requests share.
pub struct Site {
    /// All networks.
    pub library: Arc<Library>,
    /// Runs them.
    pub engine: Engine,
    /// Compressed answers.
    pub blobs: Blobs,
    /// Compressed answers about edited networks: they never crowd out the others.
    pub edited_blobs: Blobs,
    /// All pictures.
    pub pictures: Pictures,
    /// Where pictures are received.
    pub decoding: Decoding,
    /// All classes.
    pub classes: Classes,
    /// The way back of connections over server-sent events.
    pub lines: Lines,
    /// The server's own addresses.
    pub origins: Origins,
    /// Where it listens.
    pub listening: SocketAddr,
    /// What is metered.
    pub meters: PrometheusHandle,
}

impl Site {
    /// The network with a digest.
    ///
    /// # Errors
    /// [`Refusal::NoSuchNetwork`].
    pub fn network(&self, digest: &str) -> Result<&Arc<Network>, Refusal> {
        self.library.by_digest(digest).ok_or(Refusal::NoSuchNetwork)
    }

    /// What a network makes of a picture, from an inference thread.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPicture`], [`Refusal::Busy`].
    pub async fn activations(
        &self,
        subject: &Subject,
        picture: &str,
    ) -> Result<Arc<Activations>, Refusal> {
        let picture = self.pictures.find(&PictureId(picture.to_owned())).await?;
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

    /// Answers with the immutable bytes at an address about `subject`, which `produce` makes where they are not at hand. `plain` names the
    /// address as it is without an edit.
    ///
    /// # Errors
    /// Those of `produce`.
    pub async fn blob(
        &self,
        request: &HttpRequest,
        subject: &Subject,
        plain: String,
        produce: impl Future<Output = Result<Bytes, Refusal>>,
    ) -> Result<actix_web::HttpResponse, Refusal> {
        let address = subject.tag(plain);
        let tag = Tag {
            digest: &address,
            fresh: Freshness::Forever,
        };
        if tag.is_known_to(request) {
            return Ok(tag.unchanged());
        }
        let encoding = Encoding::wanted(request.headers());
        let blobs = match subject.edited() {
            None => &self.blobs,
            Some(_) => &self.edited_blobs,
        };
        let bytes = blobs.get(&address, encoding, produce).await?;
        Ok(tag.full(Body {
            mime: "application/octet-stream",
            encoding,
            bytes,
        }))
    }
}
