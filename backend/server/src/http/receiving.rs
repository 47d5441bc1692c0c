//! Receiving: a file that is sent in, no larger and no slower than allowed.

use std::time::Duration;

use actix_web::{HttpRequest, http::header::CONTENT_LENGTH, web::Payload};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout, timeout_at};

use crate::refusal::Refusal;

/// The longest that a file may take: the largest one at 0.5 Mbit/s.
const ARRIVAL_TIMEOUT: Duration = Duration::from_secs(200);

/// The longest that nothing may arrive.
const STALL_TIMEOUT: Duration = Duration::from_secs(15);

/// The body of a request, of at most `most_bytes`; what is larger is refused as `too_large` says.
///
/// # Errors
/// `too_large`, or that it did not arrive whole or in time.
pub(crate) async fn receive(
    request: &HttpRequest,
    mut body: Payload,
    most_bytes: usize,
    too_large: &Refusal,
) -> Result<Vec<u8>, Refusal> {
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|bytes| bytes > most_bytes) {
        return Err(too_large.clone());
    }
    let mut file = Vec::with_capacity(announced.unwrap_or(0));
    let deadline = Instant::now() + ARRIVAL_TIMEOUT;
    loop {
        let chunk = timeout_at(deadline, timeout(STALL_TIMEOUT, body.next())).await;
        let chunk = chunk.ok().and_then(Result::ok).ok_or(Refusal::TooSlow)?;
        let Some(chunk) = chunk else { return Ok(file) };
        let chunk = chunk.map_err(|_| Refusal::BadRequest("the file did not arrive whole"))?;
        if file.len() + chunk.len() > most_bytes {
            return Err(too_large.clone());
        }
        file.extend_from_slice(&chunk);
    }
}
