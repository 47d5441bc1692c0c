//! The site: everything that requests share.

use std::sync::Arc;

use actix_web::{HttpRequest, web::Bytes};
use convocation_inference::{Library, Network};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{
    addresses::Listening,
    blobs::Blobs,
    class::registry::Classes,
    computing::Computing,
    decoding::Decoding,
    encoding::Encoding,
    freshness::{Body, Freshness, Tag},
    lessons::Lessons,
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
    pub computing: Computing,
    /// Compressed answers.
    pub blobs: Blobs,
    /// Compressed answers about edited networks: they never crowd out the others.
    pub edited_blobs: Blobs,
    /// Lessons that came with the networks, or were sent in.
    pub lessons: Lessons,
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
    pub listening: Listening,
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
