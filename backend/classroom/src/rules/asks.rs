//! Rules about what students ask and vote for. That the caller is a student, or for the instructors' part staff, has been checked.

use super::{Caller, Outcome, stage};
use crate::{
    asks::{ASKS_ANSWERED, ASKS_OPEN, ASKS_OPEN_PER_SEAT, AskId, Kept, Spot},
    changes::Changes,
    class::Class,
    ids::SeatId,
    rejection::Rejection,
    text,
};

/// What a student wants to know, and where.
pub(crate) struct Wording<'a> {
    pub text: &'a str,
    pub spot: Option<&'a Spot>,
    pub step: u32,
}

/// R110, R111.
pub(crate) fn ask(class: &mut Class, caller: Caller, wording: &Wording) -> Outcome {
    if class.asks.muted {
        return Err(Rejection::AsksMuted);
    }
    let text = text::ask(wording.text)?;
    let own = &class
        .seats
        .get(&caller.id)
        .ok_or(Rejection::UnknownSeat)?
        .asks;
    let own_open = own.asked.iter().filter(|id| class.asks.is_open(**id));
    if own_open.count() >= ASKS_OPEN_PER_SEAT {
        return Err(Rejection::TooManyAsks);
    }
    if class.asks.open.len() >= ASKS_OPEN {
        return Err(Rejection::AsksFull);
    }
    let spot = wording.spot.filter(|spot| is_known(class, spot)).cloned();
    let steps = spot
        .as_ref()
        .and_then(|spot| class.outlines.get(&spot.network)?.steps(&spot.focus));
    let id = AskId(class.asks.asked.checked_add(1).ok_or(Rejection::AsksFull)?);
    class.asks.asked = id.0;
    class.asks.open.push(Kept {
        id,
        text,
        spot,
        step: steps.map_or(0, |steps| wording.step.min(steps.saturating_sub(1))),
        at: caller.at,
    });
    if let Some(seat) = class.seats.get_mut(&caller.id) {
        seat.asks.asked.push(id);
    }
    Ok(news(vec![caller.id]))
}

/// R112.
pub(crate) fn withdraw(class: &mut Class, student: SeatId, id: AskId) -> Outcome {
    if !class.asks.is_open(id) {
        return Err(Rejection::UnknownAsk);
    }
    let seat = class.seats.get(&student).ok_or(Rejection::UnknownSeat)?;
    if !seat.asks.asked.contains(&id) {
        return Err(Rejection::NotAllowed);
    }
    Ok(drop_ask(class, id))
}

/// R113.
pub(crate) fn vote(class: &mut Class, student: SeatId, id: AskId, up: bool) -> Outcome {
    if !class.asks.is_open(id) {
        return Err(Rejection::UnknownAsk);
    }
    let seat = class
        .seats
        .get_mut(&student)
        .ok_or(Rejection::UnknownSeat)?;
    if seat.asks.asked.contains(&id) {
        return Err(Rejection::OwnAsk);
    }
    if seat.asks.voted.contains(&id) == up {
        return Ok(Changes::default());
    }
    if up {
        seat.asks.voted.push(id);
    } else {
        seat.asks.voted.retain(|voted| *voted != id);
    }
    Ok(news(vec![student]))
}

/// R114: marks what was asked as answered, or opens it again.
pub(crate) fn answered(class: &mut Class, id: AskId, answered: bool) -> Outcome {
    let asks = &mut class.asks;
    let (from, to) = if answered {
        (&mut asks.open, &mut asks.answered)
    } else {
        (&mut asks.answered, &mut asks.open)
    };
    if to.iter().any(|kept| kept.id == id) {
        return Ok(Changes::default());
    }
    let at = from.iter().position(|kept| kept.id == id);
    let at = at.ok_or(Rejection::UnknownAsk)?;
    if !answered && to.len() >= ASKS_OPEN {
        return Err(Rejection::AsksFull);
    }
    to.push(from.remove(at));
    asks.open.sort_by_key(|kept| kept.id);
    let oldest = asks.answered.first().map(|kept| kept.id);
    match oldest {
        Some(oldest) if asks.answered.len() > ASKS_ANSWERED => Ok(drop_ask(class, oldest)),
        _ => Ok(news(Vec::new())),
    }
}

/// R114.
pub(crate) fn clear(class: &mut Class, id: AskId) -> Outcome {
    let asks = &class.asks;
    let mut all = asks.open.iter().chain(&asks.answered);
    if all.all(|kept| kept.id != id) {
        return Err(Rejection::UnknownAsk);
    }
    Ok(drop_ask(class, id))
}

/// R110.
pub(crate) fn mute(class: &mut Class, muted: bool) -> Changes {
    if class.asks.muted == muted {
        return Changes::default();
    }
    class.asks.muted = muted;
    news(Vec::new())
}

/// Whether a network that the class knows has this view.
pub(super) fn is_known(class: &Class, spot: &Spot) -> bool {
    let outline = class.outlines.get(&spot.network);
    outline.is_some_and(|outline| stage::find(outline, &spot.focus).is_ok())
}

/// It is gone, and with it what every seat knows of it.
fn drop_ask(class: &mut Class, id: AskId) -> Changes {
    class.asks.open.retain(|kept| kept.id != id);
    class.asks.answered.retain(|kept| kept.id != id);
    let seats = class.seats.values_mut();
    let concerned = seats.filter_map(|seat| seat.asks.forget(id).then_some(seat.id));
    news(concerned.collect())
}

fn news(seats: Vec<SeatId>) -> Changes {
    Changes {
        asks: true,
        seats,
        ..Changes::default()
    }
}
