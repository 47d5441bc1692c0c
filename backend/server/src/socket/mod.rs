//! The socket: a WebSocket as the body of an HTTP answer. One stream per connection reads, decides and writes; there is no task beside
//! the connection's own, and no copy of a frame before the connection's write buffer.

mod inbox;
mod questions;
mod seated;
mod session;

use actix_http::ws::handshake;
use actix_web::{HttpRequest, HttpResponse, body::BodyStream, web::Payload};
use futures_util::stream;

use self::{inbox::Inbox, session::Session};
use crate::{class::visitor::Visitor, meters, refusal::Refusal};

/// Turns a request into a socket of a visitor.
///
/// # Errors
/// [`Refusal::BadRequest`] when it is not a WebSocket handshake.
pub fn open(
    request: &HttpRequest,
    payload: Payload,
    visitor: Visitor,
) -> Result<HttpResponse, Refusal> {
    let mut response = handshake(request.head())
        .map_err(|_| Refusal::BadRequest("this address speaks WebSocket, version 13"))?;
    let session = Session::new(Inbox::new(payload.into_inner()), visitor);
    let frames = stream::unfold(session, |mut session| async move {
        let bytes = session.next().await?;
        meters::sent(bytes.len());
        Some((Ok::<_, std::convert::Infallible>(bytes), session))
    });
    Ok(response
        .message_body(BodyStream::new(frames))
        .map_err(|_| Refusal::Internal)?
        .map_into_boxed_body()
        .into())
}
