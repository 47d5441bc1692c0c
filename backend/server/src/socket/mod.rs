//! The connections of a class: WebSockets, and server-sent events where something on the way lets no WebSocket through. Either is the
//! body of an HTTP answer: one stream per connection reads, decides and writes; there is no task beside the connection's own, and a
//! WebSocket's frames are not copied before its write buffer.

mod inbox;
mod lines;
mod outgoing;
mod questions;
mod seated;
mod session;

use std::convert::Infallible;

use actix_http::ws::handshake;
use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodyStream, BoxBody},
    http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName},
    web::Payload,
};
use bytes::Bytes;
use convocation_classroom::{
    ids::ClassTime,
    wire::{ClientMessage, ServerMessage},
};
use futures_util::{Stream, StreamExt, stream};

use self::{inbox::Frames, inbox::Inbox, outgoing::Outgoing, session::Session};
pub use self::{
    inbox::{Incoming, MESSAGE_BYTES},
    lines::Lines,
};
use crate::{class::visitor::Visitor, meters, refusal::Refusal};

/// What someone hears who speaks plain HTTP where sockets are.
const NO_HANDSHAKE: Refusal = Refusal::BadRequest("this address speaks WebSocket, version 13");

/// Turns a request into a socket of a visitor.
///
/// # Errors
/// [`Refusal::BadRequest`] when it is not a WebSocket handshake.
pub fn open(
    request: &HttpRequest,
    payload: Payload,
    visitor: Visitor,
) -> Result<HttpResponse, Refusal> {
    let mut response = handshake(request.head()).map_err(|_| NO_HANDSHAKE)?;
    let session = Session::new(Frames::new(payload.into_inner()), visitor);
    let body = BodyStream::new(said(session, Outgoing::into_frame));
    Ok(response
        .message_body(body)
        .map_err(|_| Refusal::Internal)?
        .map_into_boxed_body()
        .into())
}

/// A socket of no class, which answers pings: whether one gets through at all. `heard` is told the number in each ping.
///
/// # Errors
/// [`Refusal::BadRequest`] when it is not a WebSocket handshake.
pub fn open_probe(
    request: &HttpRequest,
    payload: Payload,
    heard: impl Fn(u32) + 'static,
) -> Result<HttpResponse, Refusal> {
    let mut response = handshake(request.head()).map_err(|_| NO_HANDSHAKE)?;
    let frames = Frames::new(payload.into_inner());
    let answers = stream::unfold((frames, heard), async |(mut frames, heard)| {
        let Incoming::Message(ClientMessage::Ping { sent }) = frames.next().await else {
            return None;
        };
        heard(sent);
        let clock = ClassTime(0);
        let pong = Outgoing::of(&ServerMessage::Pong { sent, clock });
        Some((Ok::<_, Infallible>(pong.into_frame()), (frames, heard)))
    });
    Ok(response
        .message_body(BodyStream::new(answers))
        .map_err(|_| Refusal::Internal)?
        .map_into_boxed_body()
        .into())
}

/// A stream of events for a visitor who has said `hello`: first the name of the line for what else the peer says, then the messages.
#[must_use]
pub fn open_events(lines: &Lines, hello: Incoming, visitor: Visitor) -> HttpResponse {
    let (line, posted) = lines.open(hello);
    let name = format!("event: line\ndata: {}\n\n", line.reveal());
    let name = stream::once(async { Ok(Bytes::from(name)) });
    let events = said(Session::new(posted, visitor), Outgoing::into_event);
    let body = name
        .chain(events)
        .filter(|event| std::future::ready(event.as_ref().is_ok_and(|event| !event.is_empty())));
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store, no-transform"))
        // nginx would otherwise keep events back until its buffer is full.
        .insert_header((HeaderName::from_static("x-accel-buffering"), "no"))
        .body(BoxBody::new(BodyStream::new(body)))
}

/// Everything that a session says, as bytes.
fn said<I: Inbox + 'static>(
    session: Session<I>,
    write: fn(Outgoing) -> Bytes,
) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold(session, move |mut session| async move {
        let bytes = write(session.next().await?);
        meters::sent(bytes.len());
        Some((Ok(bytes), session))
    })
}
