//! A session: one connection from its hello to its goodbye. Decides what is said next; how bytes travel is not its matter, and what a
//! command does is the class's.

use std::{collections::VecDeque, pin::pin, time::Duration};

use actix_http::ws::{CloseCode, CloseReason};
use convocation_classroom::wire::{ClientMessage, Farewell, PROTOCOL, ServerMessage};
use tokio::time::{Instant, timeout, timeout_at};

use super::{
    inbox::{Inbox, Incoming},
    outgoing::Outgoing,
    seated::Seated,
};
use crate::{class::visitor::Visitor, meters::Counted};

/// The longest that a client may take to say who it is.
const HELLO_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest that the server waits for a client to close after a goodbye.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// One connection.
pub struct Session<I> {
    inbox: I,
    outbox: VecDeque<Outgoing>,
    phase: Phase,
    _open: Counted,
}

enum Phase {
    /// Nobody knows yet who this is.
    Arriving(Visitor),
    /// In the class.
    Seated(Box<Seated>),
    /// Goodbye was said; the peer has until then to close.
    Leaving(Instant),
    /// Nothing more to say.
    Over,
}

impl<I: Inbox> Session<I> {
    /// A connection of someone who has not said anything yet.
    #[must_use]
    pub fn new(inbox: I, visitor: Visitor) -> Self {
        let open = Counted::socket();
        Self {
            inbox,
            outbox: VecDeque::new(),
            phase: Phase::Arriving(visitor),
            _open: open,
        }
    }

    /// What to say next; nothing when the connection is to be closed.
    pub async fn next(&mut self) -> Option<Outgoing> {
        loop {
            if let Some(outgoing) = self.outbox.pop_front() {
                return Some(outgoing);
            }
            match &mut self.phase {
                Phase::Arriving(visitor) => {
                    let arrived = arrive(visitor, &mut self.inbox, &mut self.outbox).await;
                    self.step(arrived.map(|seated| Phase::Seated(Box::new(seated))));
                }
                Phase::Seated(seated) => {
                    let event = seated.event(&mut self.inbox).await;
                    if let Err(end) = seated.handle(event, &mut self.outbox) {
                        self.step(Err(end));
                    }
                }
                Phase::Leaving(until) => {
                    // Closing with unread bytes would reset the connection, and the goodbye might never arrive.
                    let _ = timeout_at(*until, self.inbox.closed()).await;
                    self.phase = Phase::Over;
                }
                Phase::Over => return None,
            }
        }
    }

    fn step(&mut self, next: Result<Phase, End>) {
        self.phase = match next {
            Ok(phase) => phase,
            Err(End::Gone) => Phase::Over,
            Err(End::Closed) => {
                self.outbox.push_back(Outgoing::Close(None));
                Phase::Over
            }
            Err(End::Farewell(reason)) => {
                metrics::counter!("convocation_farewells_total", "reason" => name(reason))
                    .increment(1);
                self.outbox.extend([
                    Outgoing::of(&ServerMessage::Bye { reason }),
                    Outgoing::Close(Some(close_reason(reason))),
                ]);
                Phase::Leaving(Instant::now() + CLOSE_TIMEOUT)
            }
        };
    }
}

/// Why a connection ends.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// The peer is not there any more.
    Gone,
    /// The peer closed.
    Closed,
    /// The server says goodbye.
    Farewell(Farewell),
}

/// Waits for the hello and brings the visitor into the class.
async fn arrive(
    visitor: &Visitor,
    inbox: &mut impl Inbox,
    outbox: &mut VecDeque<Outgoing>,
) -> Result<Seated, End> {
    let hello = async {
        loop {
            match inbox.next().await {
                Incoming::Ping(bytes) => outbox.push_back(Outgoing::Pong(bytes)),
                Incoming::Pong => {}
                other => return other,
            }
        }
    };
    let hello = timeout(HELLO_TIMEOUT, pin!(hello))
        .await
        .map_err(|_| End::Farewell(Farewell::Silent))?;
    let ClientMessage::Hello {
        protocol,
        credential,
        mode,
        have,
    } = message(hello)?
    else {
        return Err(End::Farewell(Farewell::BadMessage));
    };
    if protocol != PROTOCOL {
        return Err(End::Farewell(Farewell::OtherVersion));
    }
    let admission = visitor
        .enter(credential, mode)
        .await
        .map_err(End::Farewell)?;
    Ok(Seated::welcome(admission, have, outbox))
}

/// The message in what arrived.
///
/// # Errors
/// There is none, and the connection ends.
pub fn message(incoming: Incoming) -> Result<ClientMessage, End> {
    match incoming {
        Incoming::Message(message) => Ok(message),
        Incoming::Close => Err(End::Closed),
        Incoming::Gone => Err(End::Gone),
        Incoming::Bad | Incoming::TooLarge | Incoming::Ping(_) | Incoming::Pong => {
            Err(End::Farewell(Farewell::BadMessage))
        }
    }
}

fn close_reason(reason: Farewell) -> CloseReason {
    match reason {
        Farewell::Ended | Farewell::Deleted => CloseCode::Normal,
        Farewell::Restarting => CloseCode::Restart,
        Farewell::BadMessage => CloseCode::Unsupported,
        _ => CloseCode::Policy,
    }
    .into()
}

/// The reason as a label of a metric.
fn name(reason: Farewell) -> &'static str {
    match reason {
        Farewell::Ended => "ended",
        Farewell::Deleted => "deleted",
        Farewell::Removed => "removed",
        Farewell::Locked => "locked",
        Farewell::Full => "full",
        Farewell::NoSuchClass => "no_such_class",
        Farewell::BadCredential => "bad_credential",
        Farewell::OtherVersion => "other_version",
        Farewell::BadMessage => "bad_message",
        Farewell::TooFast => "too_fast",
        Farewell::Restarting => "restarting",
        Farewell::Silent => "silent",
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
