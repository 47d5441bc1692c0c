//! A recording as a file: what the rules make of a journal, with the pictures of the class that are still there. Who may have it is the
//! matter of `http::recordings`.

use std::sync::Arc;

use actix_web::web;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use convocation_classroom::{
    json::ToJson,
    outline::Outline,
    recording::{RecordedPicture, Recording, record},
};
use convocation_inference::Library;
use convocation_storage::{ClassKey, Saved};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{encoding::Encoding, outline::outline, refusal::Refusal, site::Site};

/// Recordings that are written at a time: each may hold a journal, the pictures and the file in memory.
const AT_ONCE: usize = 2;

/// Most bytes of pictures in a file, as PNG: all that a class keeps, if none is unusually large. Later ones are left out.
const PICTURES_BYTES: usize = 32 * 1024 * 1024;

/// Largest file, in bytes: twice what pictures may take. A lecture of an hour has 0.5 MB without them.
const FILE_BYTES: usize = 64 * 1024 * 1024;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// The right to write a recording, for as long as it is held. Whoever reads the journal for one takes it before.
pub(crate) async fn turn() -> SemaphorePermit<'static> {
    let turn = TURNS.acquire().await;
    turn.expect("nobody closes this semaphore")
}

/// The file of a recording, as JSON in an encoding.
///
/// # Errors
/// [`Refusal::RecordingTooLarge`], [`Refusal::Busy`] when the journal does not give a picture, [`Refusal::Internal`] when its entries
/// cannot have happened.
pub(crate) async fn file(site: &Site, saved: Saved, encoding: Encoding) -> Result<Bytes, Refusal> {
    let library = Arc::clone(&site.library);
    let class = saved.class;
    // A lecture of hours is tens of thousands of entries: others are served meanwhile.
    let recorded = web::block(move || {
        record(
            saved.opened_at.0,
            &saved.opening,
            &saved.entries,
            |outline| digest(&library, outline),
        )
    });
    let mut recording = recorded
        .await
        .map_err(|_| Refusal::Internal)?
        .map_err(|rejection| {
            tracing::error!(%rejection, "the rules refuse an entry of the journal");
            Refusal::Internal
        })?;
    recording.pictures = pictures(site, class, &recording).await?;
    let written = web::block(move || {
        let file = recording.to_json().map_err(|_| Refusal::Internal)?;
        if file.len() > FILE_BYTES {
            return Err(Refusal::RecordingTooLarge);
        }
        Ok(encoding.encode(file.into()))
    });
    written.await.map_err(|_| Refusal::Internal)?
}

/// The digest of the network with such an outline; none where the server has another one by now.
fn digest(library: &Library, seen: &Outline) -> Option<String> {
    let network = library.by_id(seen.network.as_str())?;
    (outline(network.description()) == *seen).then(|| network.digest().to_owned())
}

/// What was sent in and shown, in the order in which it was shown.
async fn pictures(
    site: &Site,
    class: ClassKey,
    recording: &Recording,
) -> Result<Vec<RecordedPicture>, Refusal> {
    let mut found = Vec::new();
    let mut bytes = 0;
    for id in recording.pictures_shown() {
        if site.pictures.is_in_gallery(id) {
            continue;
        }
        let Some(png) = site.pictures.of_class(id, class).await? else {
            continue;
        };
        bytes += png.len();
        if bytes > PICTURES_BYTES {
            break;
        }
        found.push(RecordedPicture {
            picture: id.clone(),
            png: STANDARD.encode(&png),
        });
    }
    Ok(found)
}
