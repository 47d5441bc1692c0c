//! Entering: how someone who says who they are becomes someone who holds an admission.

use convocation_classroom::{
    class::{Class, HOST},
    command::Command,
    entry::Event,
    ids::SeatId,
    names,
    rejection::Rejection,
    seat::{Mode, Role, Seat},
    topics::Audience,
    wire::Farewell,
};
use tokio::sync::oneshot;

use super::{Owner, Then, showing::own_frame};
use crate::{
    class::handle::{Admission, Claim, Link},
    secret::Secret,
};

/// Names tried before one is given twice.
const NAME_TRIES: usize = 8;

/// What a newcomer is called before choosing a name, where the role says enough.
const PROJECTOR: &str = "Projector";

/// What someone hears whose claim opens no seat.
fn stranger(class: &Class, claim: &Claim) -> Farewell {
    match claim {
        Claim::Token(token) if class.knows_token(token) => Farewell::Removed,
        _ => Farewell::BadCredential,
    }
}

type Reply = oneshot::Sender<Result<Admission, Farewell>>;

/// Someone whose seat is on its way to the journal.
pub(super) struct Newcomer {
    token: Secret,
    mode: Option<Mode>,
    reply: Reply,
}

impl Newcomer {
    pub(super) fn refuse(self, rejection: Rejection) {
        let farewell = match rejection {
            Rejection::Locked => Farewell::Locked,
            Rejection::Full => Farewell::Full,
            Rejection::Ended => Farewell::Ended,
            Rejection::Busy => Farewell::Restarting,
            _ => Farewell::BadMessage,
        };
        let _ = self.reply.send(Err(farewell));
    }
}

impl Owner {
    pub(super) fn enter(&mut self, claim: Claim, mode: Option<Mode>, reply: Reply) {
        if self.seats.connections() >= self.surroundings.max_connections {
            return drop(reply.send(Err(Farewell::Full)));
        }
        let class = self.class.kept();
        let seat = match &claim {
            Claim::Host(secret) => class.is_host_secret(secret).then_some(HOST),
            Claim::Token(token) => class.seat_by_token(token).map(|seat| seat.id),
            Claim::Assistant(secret) if class.is_assistant_secret(secret) => {
                return self.send_newcomer(Role::Assistant, mode, reply);
            }
            Claim::Newcomer(role) => return self.send_newcomer(*role, mode, reply),
            Claim::Assistant(_) => None,
        };
        match seat.and_then(|id| class.seat(id)).cloned() {
            Some(seat) => {
                let admission = self.seat(&seat, None);
                // Whoever left before the answer gives the connection back by dropping it.
                drop(reply.send(admission.ok_or(Farewell::Full)));
                self.adopt(seat.id, mode);
            }
            None => drop(reply.send(Err(stranger(class, &claim)))),
        }
    }

    /// A newcomer's seat goes to the journal first.
    fn send_newcomer(&mut self, role: Role, mode: Option<Mode>, reply: Reply) {
        let token = Secret::random();
        let event = Event::Admit {
            role,
            name: self.free_name(role),
            token: token.hash(),
        };
        self.hand_in(event, None, Then::Admit(Newcomer { token, mode, reply }));
    }

    /// The journal has the newcomer's seat.
    pub(super) fn admit(&mut self, id: SeatId, newcomer: Newcomer) {
        let Newcomer { token, mode, reply } = newcomer;
        let Some(seat) = self.class.kept().seat(id).cloned() else {
            return drop(reply.send(Err(Farewell::Removed)));
        };
        let admission = self.seat(&seat, Some(token));
        drop(reply.send(admission.ok_or(Farewell::Full)));
        self.adopt(id, mode);
    }

    /// One more connection of a seat. Nothing when it has all it may have.
    fn seat(&mut self, seat: &Seat, token: Option<Secret>) -> Option<Admission> {
        let class = self.class.kept();
        let calls = self.desk.calls_sender.upgrade()?;
        let own = self.seats.connect(seat.id, || own_frame(class, seat))?;
        if self.presence.connect(seat.id) {
            self.rosters.touch();
        }
        Some(Admission {
            seat: seat.clone(),
            token,
            clock: self.clock,
            board: self.boards.subscribe(Audience::of(seat.role)),
            own,
            link: Link::new(seat.id, calls, self.desk.departures_sender.clone()),
        })
    }

    /// A student who comes back goes on as before: what the screen shows wins over what the class remembers, if the rules let it.
    fn adopt(&mut self, id: SeatId, mode: Option<Mode>) {
        let Some(seat) = self.class.ahead().seat(id) else {
            return;
        };
        if seat.role != Role::Student || mode.is_none_or(|mode| mode == seat.mode) {
            return;
        }
        let command = match mode {
            Some(Mode::Exploring) => Command::Explore,
            Some(Mode::Following) | None => Command::Follow,
        };
        self.hand_in(Event::Command { seat: id, command }, None, Then::Nothing);
    }

    fn free_name(&self, role: Role) -> String {
        if role == Role::Projector {
            return PROJECTOR.to_owned();
        }
        let mut tries =
            std::iter::repeat_with(|| names::friendly(crate::secret::bits())).take(NAME_TRIES);
        tries
            .find(|name| !self.class.ahead().has_name(name))
            .unwrap_or_else(|| names::friendly(crate::secret::bits()))
    }
}
