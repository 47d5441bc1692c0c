//! A session: one connection from its hello to its goodbye. Decides what is said next; how bytes travel is not its matter, and what a
//! command does is the class's.

use std::{collections::VecDeque, num::NonZeroU32, pin::pin, time::Duration};

use actix_http::ws::{CloseCode, CloseReason, Message};
use actix_web::web::Bytes;
use convocation_classroom::{
    topics::Versions,
    wire::{ClientMessage, Farewell, PROTOCOL, ServerMessage},
};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout, timeout_at};

use super::{
    inbox::{Inbox, Incoming},
    questions::Questions,
};
use crate::{
    class::{
        board::{Reader, encode, frame},
        clock::ClassClock,
        handle::{Admission, Link, OwnSeat},
        registry::Visitor,
    },
    meters::Counted,
};

/// The longest that a client may take to say who it is.
const HELLO_TIMEOUT: Duration = Duration::from_secs(5);

/// How often the server pings.
const PING_EVERY: Duration = Duration::from_secs(5);

/// A peer not heard for this long is gone: three pings.
const SILENCE: Duration = Duration::from_secs(15);

/// The longest that the server waits for a client to close after a goodbye.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Commands per second: a driver who drags the kernel sends at most 20.
const COMMANDS: Quota = quota(20, 40);

/// Everything else per second: pings, pongs, whereabouts; all together below 1.
const OTHERS: Quota = quota(5, 20);

const fn quota(per_second: u32, burst: u32) -> Quota {
    const POSITIVE: &str = "quotas are positive";
    Quota::per_second(NonZeroU32::new(per_second).expect(POSITIVE))
        .allow_burst(NonZeroU32::new(burst).expect(POSITIVE))
}

/// One connection.
pub struct Session {
    inbox: Inbox,
    outbox: VecDeque<Bytes>,
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

/// What a connection has while it is in a class.
struct Seated {
    link: Link,
    board: Reader,
    own: tokio::sync::watch::Receiver<OwnSeat>,
    clock: ClassClock,
    seen: Versions,
    questions: Questions,
    heard: Instant,
    pings: Interval,
    commands: DefaultDirectRateLimiter,
    others: DefaultDirectRateLimiter,
}

impl Session {
    /// A connection of someone who has not said anything yet.
    #[must_use]
    pub fn new(inbox: Inbox, visitor: Visitor) -> Self {
        let open = Counted::socket();
        Self {
            inbox,
            outbox: VecDeque::new(),
            phase: Phase::Arriving(visitor),
            _open: open,
        }
    }

    /// The next bytes for the peer; nothing when the connection is to be closed.
    pub async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(bytes) = self.outbox.pop_front() {
                return Some(bytes);
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
                self.outbox.push_back(frame(Message::Close(None)));
                Phase::Over
            }
            Err(End::Farewell(reason)) => {
                metrics::counter!("convocation_farewells_total", "reason" => name(reason))
                    .increment(1);
                self.outbox
                    .push_back(encode(&ServerMessage::Bye { reason }));
                self.outbox
                    .push_back(frame(Message::Close(Some(close_reason(reason)))));
                Phase::Leaving(Instant::now() + CLOSE_TIMEOUT)
            }
        };
    }
}

/// Why a connection ends.
#[derive(Debug, PartialEq, Eq)]
enum End {
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
    inbox: &mut Inbox,
    outbox: &mut VecDeque<Bytes>,
) -> Result<Seated, End> {
    let hello = async {
        loop {
            match inbox.next().await {
                Incoming::Ping(bytes) => outbox.push_back(frame(Message::Pong(bytes))),
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

/// The message in what arrived, or why there is none.
fn message(incoming: Incoming) -> Result<ClientMessage, End> {
    match incoming {
        Incoming::Message(message) => Ok(message),
        Incoming::Close => Err(End::Closed),
        Incoming::Gone => Err(End::Gone),
        Incoming::Bad | Incoming::TooLarge | Incoming::Ping(_) | Incoming::Pong => {
            Err(End::Farewell(Farewell::BadMessage))
        }
    }
}

/// What a seated connection waits for.
enum Event {
    Answered(ServerMessage),
    Board,
    Own,
    Arrived(Incoming),
    PingDue,
    /// The class is not there any more.
    ClassGone,
}

impl Seated {
    fn welcome(admission: Admission, have: Versions, outbox: &mut VecDeque<Bytes>) -> Self {
        let Admission {
            seat,
            token,
            clock,
            board,
            own,
            link,
        } = admission;
        outbox.push_back(encode(&ServerMessage::Welcome {
            protocol: PROTOCOL,
            seat,
            token: token.map(crate::secret::Secret::reveal),
            clock: clock.now(),
        }));
        let now = Instant::now();
        let mut pings = interval_at(now + PING_EVERY, PING_EVERY);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut seated = Self {
            link,
            board,
            own,
            clock,
            seen: have,
            questions: Questions::default(),
            heard: now,
            pings,
            commands: RateLimiter::direct(COMMANDS),
            others: RateLimiter::direct(OTHERS),
        };
        // A farewell that is already on the board is met by `changed` below.
        seated.board.mark_changed();
        seated.own.mark_changed();
        seated
    }

    /// Answers come before frames, frames before new messages: a flood of commands cannot keep the screen from being updated.
    async fn event(&mut self, inbox: &mut Inbox) -> Event {
        tokio::select! {
            biased;
            answer = self.questions.answer(), if !self.questions.is_empty() => Event::Answered(answer),
            own = self.own.changed() => own.map_or(Event::ClassGone, |()| Event::Own),
            board = self.board.changed() => board.map_or(Event::ClassGone, |()| Event::Board),
            incoming = inbox.next(), if !self.questions.is_full() => Event::Arrived(incoming),
            _ = self.pings.tick() => Event::PingDue,
        }
    }

    fn handle(&mut self, event: Event, outbox: &mut VecDeque<Bytes>) -> Result<(), End> {
        match event {
            Event::Answered(answer) => outbox.push_back(encode(&answer)),
            Event::Board => return self.show_board(outbox),
            Event::Own => return self.show_own(outbox),
            Event::Arrived(incoming) => {
                self.heard = Instant::now();
                return self.receive(incoming, outbox);
            }
            Event::PingDue if self.heard.elapsed() >= SILENCE => {
                return Err(End::Farewell(Farewell::Silent));
            }
            Event::PingDue => outbox.push_back(frame(Message::Ping(Bytes::new()))),
            Event::ClassGone => return Err(End::Farewell(Farewell::Restarting)),
        }
        Ok(())
    }

    fn show_board(&mut self, outbox: &mut VecDeque<Bytes>) -> Result<(), End> {
        let board = self.board.borrow_and_update();
        outbox.extend(board.missing(&mut self.seen));
        board
            .farewell
            .map_or(Ok(()), |reason| Err(End::Farewell(reason)))
    }

    fn show_own(&mut self, outbox: &mut VecDeque<Bytes>) -> Result<(), End> {
        let own = self.own.borrow_and_update();
        if own.frame.version > self.seen.seat {
            self.seen.seat = own.frame.version;
            outbox.push_back(own.frame.bytes.clone());
        }
        own.farewell
            .map_or(Ok(()), |reason| Err(End::Farewell(reason)))
    }

    fn receive(&mut self, incoming: Incoming, outbox: &mut VecDeque<Bytes>) -> Result<(), End> {
        let is_command = matches!(incoming, Incoming::Message(ClientMessage::Command { .. }));
        let limiter = if is_command {
            &self.commands
        } else {
            &self.others
        };
        if limiter.check().is_err() {
            return Err(End::Farewell(Farewell::TooFast));
        }
        let message = match incoming {
            Incoming::Ping(bytes) => {
                outbox.push_back(frame(Message::Pong(bytes)));
                return Ok(());
            }
            Incoming::Pong => return Ok(()),
            other => message(other)?,
        };
        match message {
            ClientMessage::Command { id, command } => {
                self.questions.ask(id, self.link.ask(command))
            }
            ClientMessage::Whereabouts { layer } => self.link.whereabouts(layer),
            ClientMessage::Ping { sent } => {
                outbox.push_back(encode(&ServerMessage::Pong {
                    sent,
                    clock: self.clock.now(),
                }));
            }
            ClientMessage::Hello { .. } => return Err(End::Farewell(Farewell::BadMessage)),
        }
        Ok(())
    }
}

fn close_reason(reason: Farewell) -> CloseReason {
    match reason {
        Farewell::Ended => CloseCode::Normal,
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
