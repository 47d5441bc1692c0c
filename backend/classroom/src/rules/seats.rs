//! Rules about who is in the class and how they are called.

use super::{Caller, Outcome, filling, room};
use crate::{
    asks::OwnAsks,
    changes::Changes,
    class::{Class, HOST, Lifecycle, SEATS},
    ids::{SeatId, SecretHash},
    rejection::Rejection,
    seat::{Mode, Role, Seat},
    text,
};

/// Someone at the door.
pub(crate) struct Newcomer<'a> {
    pub role: Role,
    pub name: &'a str,
    pub token: &'a SecretHash,
}

/// R40 to R42.
pub(crate) fn admit(class: &mut Class, newcomer: &Newcomer) -> Outcome {
    let Newcomer { role, name, token } = *newcomer;
    if role == Role::Host || class.tokens.contains_key(token) {
        return Err(Rejection::NotAllowed);
    }
    if class.lifecycle == Lifecycle::Locked && role != Role::Assistant {
        return Err(Rejection::Locked);
    }
    if class.seats.len() >= SEATS {
        return Err(Rejection::Full);
    }
    let name = text::name(name)?;
    let id = class.next_seat;
    let cells = filling::first(class, role, token);
    class.next_seat = SeatId(id.0.checked_add(1).ok_or(Rejection::Full)?);
    class.seats.insert(
        id,
        Seat {
            id,
            role,
            name,
            mode: Mode::Following,
            asks: OwnAsks::default(),
            answers: Vec::new(),
            offered: None,
            cells,
        },
    );
    class.tokens.insert(token.clone(), id);
    Ok(Changes {
        roster: true,
        seats: vec![id],
        admitted: Some(id),
        ..Changes::default()
    })
}

/// R43.
pub(crate) fn rename(class: &mut Class, caller: Caller, seat: SeatId, name: &str) -> Outcome {
    if seat != caller.id || caller.role == Role::Projector {
        caller.is_staff()?;
    }
    let seat = class.seats.get_mut(&seat).ok_or(Rejection::UnknownSeat)?;
    let name = text::name(name)?;
    if seat.name == name {
        return Ok(Changes::default());
    }
    seat.name = name;
    Ok(Changes {
        roster: true,
        seats: vec![seat.id],
        ..Changes::default()
    })
}

/// R44, R45.
pub(crate) fn remove(class: &mut Class, caller: Caller, seat: SeatId) -> Outcome {
    caller.is_staff()?;
    let target = class.seats.get(&seat).ok_or(Rejection::UnknownSeat)?;
    match target.role {
        Role::Host => return Err(Rejection::HostStays),
        Role::Assistant => caller.is_host()?,
        Role::Student | Role::Projector => {}
    }
    // What was asked or offered stays: that it went with its seat would tell whose it was.
    let (asks, lost) = (!target.asks.voted.is_empty(), target.asks.lost.is_some());
    let answered = class.has_answer_of(seat);
    class.seats.remove(&seat);
    let wheel = if class.driver == seat {
        room::give_wheel(class, HOST)
    } else {
        Changes::default()
    };
    Ok(Changes {
        roster: true,
        removed: Some(seat),
        asks,
        lost,
        answered,
        ..wheel
    })
}
