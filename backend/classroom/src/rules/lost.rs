//! Rules about students who are lost. That the caller is a student has been checked.

use super::{Caller, Outcome, asks};
use crate::{
    asks::Spot,
    changes::Changes,
    class::Class,
    ids::SeatId,
    lost::{MINUTE_MS, Mark},
    rejection::Rejection,
};

/// R120, R121.
pub(crate) fn lost(class: &mut Class, caller: Caller, spot: Option<&Spot>) -> Outcome {
    let spot = spot.filter(|spot| asks::is_known(class, spot)).cloned();
    let on_stage = spot.as_ref().is_some_and(|spot| *spot == class.spot());
    let mark = Mark {
        spot,
        on_stage,
        minute: caller.at.0 / MINUTE_MS,
    };
    let seat = class
        .seats
        .get_mut(&caller.id)
        .ok_or(Rejection::UnknownSeat)?;
    if let Some(earlier) = &seat.asks.lost {
        if earlier.spot == mark.spot {
            return Ok(Changes::default());
        }
        class.timeline.take_back(earlier);
    }
    class.timeline.add(&mark);
    seat.asks.lost = Some(mark);
    Ok(news(vec![caller.id]))
}

/// R122.
pub(crate) fn found(class: &mut Class, student: SeatId) -> Outcome {
    let seat = class
        .seats
        .get_mut(&student)
        .ok_or(Rejection::UnknownSeat)?;
    let Some(mark) = seat.asks.lost.take() else {
        return Ok(Changes::default());
    };
    class.timeline.take_back(&mark);
    Ok(news(vec![student]))
}

/// R123: the stage shows something else now.
pub(crate) fn move_on(class: &mut Class, changes: &mut Changes) {
    let seats = class.seats.values_mut();
    let lost = seats.filter_map(|seat| seat.asks.lost.take().map(|_| seat.id));
    let lost: Vec<_> = lost.collect();
    changes.lost |= !lost.is_empty();
    // Seats are told once, in order, whatever else changed for them.
    changes.seats.extend(lost);
    changes.seats.sort_unstable();
    changes.seats.dedup();
}

fn news(seats: Vec<SeatId>) -> Changes {
    Changes {
        lost: true,
        seats,
        ..Changes::default()
    }
}
