//! A seated connection: what someone who was let in hears and says. Limits on saying are here; what is said is decided by the class.

use std::{collections::VecDeque, num::NonZeroU32, time::Duration};

use convocation_classroom::{
    pointer::Gesture,
    topics::Versions,
    wire::{ClientMessage, Farewell, PROTOCOL, ServerMessage},
};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::{
    sync::watch,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

use super::{
    inbox::{Inbox, Incoming},
    outgoing::Outgoing,
    questions::Questions,
    session::{End, message},
};
use crate::{
    assets,
    class::{
        board::Reader,
        clock::ClassClock,
        handle::{Admission, Link, OwnSeat},
    },
    secret::Secret,
};

/// How often the server pings.
const PING_EVERY: Duration = Duration::from_secs(5);

/// A peer not heard for this long is gone: three pings.
pub const SILENCE: Duration = Duration::from_secs(15);

/// Commands per second: a driver who drags the kernel sends at most 20.
const COMMANDS: Quota = quota(20, 40);

/// Everything else per second: pings, pongs, whereabouts; all together below 1.
const OTHERS: Quota = quota(5, 20);

/// Gestures of the pointer per second: a driver's screen sends 20, and what waited for three seconds may come at once. More are not
/// passed on, and count as everything else.
const GESTURES: Quota = quota(25, 60);

const fn quota(per_second: u32, burst: u32) -> Quota {
    const POSITIVE: &str = "quotas are positive";
    Quota::per_second(NonZeroU32::new(per_second).expect(POSITIVE))
        .allow_burst(NonZeroU32::new(burst).expect(POSITIVE))
}

/// What a connection has while it is in a class.
pub struct Seated {
    link: Link,
    board: Reader,
    own: watch::Receiver<OwnSeat>,
    clock: ClassClock,
    seen: Versions,
    questions: Questions,
    heard: Instant,
    pings: Interval,
    commands: DefaultDirectRateLimiter,
    others: DefaultDirectRateLimiter,
    gestures: DefaultDirectRateLimiter,
    /// Whether this seat could ever drive: gestures of others disturb nobody.
    is_staff: bool,
}

/// What a seated connection waits for.
pub enum Event {
    /// A command has its answer.
    Answered(ServerMessage),
    /// The class shows something new.
    Board,
    /// The own seat is new.
    Own,
    /// The peer said something.
    Arrived(Incoming),
    /// Time for a ping.
    PingDue,
    /// The class is not there any more.
    ClassGone,
}

impl Seated {
    /// Takes the admission and says welcome; the topics that the client lacks follow with the first events.
    #[must_use]
    pub fn welcome(admission: Admission, have: Versions, outbox: &mut VecDeque<Outgoing>) -> Self {
        let is_staff = admission.seat.role.is_staff();
        let Admission {
            seat,
            token,
            clock,
            board,
            own,
            link,
        } = admission;
        outbox.push_back(Outgoing::of(&ServerMessage::Welcome {
            protocol: PROTOCOL,
            build: assets::build().to_owned(),
            seat,
            token: token.map(Secret::reveal),
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
            gestures: RateLimiter::direct(GESTURES),
            is_staff,
        };
        // A farewell that is already on the board is met by `changed` below.
        seated.board.mark_changed();
        seated.own.mark_changed();
        seated
    }

    /// Answers come before frames, frames before new messages: a flood of commands cannot keep the screen from being updated.
    pub async fn event(&mut self, inbox: &mut impl Inbox) -> Event {
        tokio::select! {
            biased;
            answer = self.questions.answer(), if !self.questions.is_empty() => Event::Answered(answer),
            own = self.own.changed() => own.map_or(Event::ClassGone, |()| Event::Own),
            board = self.board.changed() => board.map_or(Event::ClassGone, |()| Event::Board),
            incoming = inbox.next(), if !self.questions.is_full() => Event::Arrived(incoming),
            _ = self.pings.tick() => Event::PingDue,
        }
    }

    /// Puts what an event asks for into the outbox.
    ///
    /// # Errors
    /// The connection ends.
    pub fn handle(&mut self, event: Event, outbox: &mut VecDeque<Outgoing>) -> Result<(), End> {
        match event {
            Event::Answered(answer) => outbox.push_back(Outgoing::of(&answer)),
            Event::Board => return self.show_board(outbox),
            Event::Own => return self.show_own(outbox),
            Event::Arrived(incoming) => {
                self.heard = Instant::now();
                return self.receive(incoming, outbox);
            }
            Event::PingDue if self.heard.elapsed() >= SILENCE => {
                return Err(End::Farewell(Farewell::Silent));
            }
            Event::PingDue => outbox.push_back(Outgoing::Ping),
            // What the class said last counts: it may have gone in the moment in which it said it.
            Event::ClassGone => {
                let said = self.board.borrow().farewell;
                return Err(End::Farewell(said.unwrap_or(Farewell::Restarting)));
            }
        }
        Ok(())
    }

    fn show_board(&mut self, outbox: &mut VecDeque<Outgoing>) -> Result<(), End> {
        let board = self.board.borrow_and_update();
        outbox.extend(board.missing(&mut self.seen).map(Outgoing::Message));
        board
            .farewell
            .map_or(Ok(()), |reason| Err(End::Farewell(reason)))
    }

    fn show_own(&mut self, outbox: &mut VecDeque<Outgoing>) -> Result<(), End> {
        let own = self.own.borrow_and_update();
        if own.frame.version > self.seen.seat {
            self.seen.seat = own.frame.version;
            outbox.push_back(Outgoing::Message(own.frame.bytes.clone()));
        }
        own.farewell
            .map_or(Ok(()), |reason| Err(End::Farewell(reason)))
    }

    fn receive(&mut self, incoming: Incoming, outbox: &mut VecDeque<Outgoing>) -> Result<(), End> {
        let incoming = match incoming {
            Incoming::Message(ClientMessage::Point { at, ink })
                if self.is_staff && self.gestures.check().is_ok() =>
            {
                self.link.point(Gesture { at, ink });
                return Ok(());
            }
            other => other,
        };
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
                outbox.push_back(Outgoing::Pong(bytes));
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
            // One too many, or of someone who never drives.
            ClientMessage::Point { .. } => {}
            ClientMessage::Ping { sent } => {
                outbox.push_back(Outgoing::of(&ServerMessage::Pong {
                    sent,
                    clock: self.clock.now(),
                }));
            }
            ClientMessage::Hello { .. } => return Err(End::Farewell(Farewell::BadMessage)),
        }
        Ok(())
    }
}
