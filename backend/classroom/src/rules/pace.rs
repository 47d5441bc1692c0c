//! Rules about how far from the instructor students go.

use super::{Outcome, stage};
use crate::{
    changes::Changes,
    class::Class,
    ids::{ClassTime, SeatId},
    pace::{Pace, Roaming},
    rejection::Rejection,
    seat::Mode,
};

/// R30, R31. That the caller drives has been checked.
pub(crate) fn set_roaming(class: &mut Class, roaming: Roaming, at: ClassTime) -> Changes {
    let is_call = roaming == Roaming::Together && class.pace.roaming != roaming;
    let changes = change(
        class,
        Pace {
            roaming,
            ..class.pace
        },
    );
    if is_call { gather(class, at) } else { changes }
}

/// R32. That the caller drives has been checked.
pub(crate) fn gather(class: &mut Class, at: ClassTime) -> Changes {
    let mut changes = change(
        class,
        Pace {
            gathered: Some(at),
            ..class.pace
        },
    );
    // Only students ever explore (R9).
    let explorers = class
        .seats
        .values_mut()
        .filter(|seat| seat.mode == Mode::Exploring);
    for seat in explorers {
        seat.mode = Mode::Following;
        changes.seats.push(seat.id);
    }
    changes.roster = !changes.seats.is_empty();
    changes
}

/// R34. That the caller drives has been checked.
pub(crate) fn set_paused(class: &mut Class, paused: bool, at: ClassTime) -> Changes {
    let mut changes = change(
        class,
        Pace {
            paused,
            ..class.pace
        },
    );
    if paused {
        changes.stage = stage::halt(class, at).stage;
    }
    changes
}

/// R33. That the caller is a student has been checked.
pub(crate) fn follow(class: &mut Class, student: SeatId) -> Changes {
    go(class, student, Mode::Following)
}

/// R31, R33, R34. That the caller is a student has been checked.
pub(crate) fn explore(class: &mut Class, student: SeatId) -> Outcome {
    if class.pace.paused {
        return Err(Rejection::Paused);
    }
    if class.pace.roaming == Roaming::Together {
        return Err(Rejection::Together);
    }
    Ok(go(class, student, Mode::Exploring))
}

fn change(class: &mut Class, pace: Pace) -> Changes {
    let changed = class.pace != pace;
    class.pace = pace;
    Changes {
        pace: changed,
        ..Changes::default()
    }
}

fn go(class: &mut Class, student: SeatId, mode: Mode) -> Changes {
    match class.seats.get_mut(&student) {
        Some(seat) if seat.mode != mode => {
            seat.mode = mode;
            Changes {
                roster: true,
                seats: vec![student],
                ..Changes::default()
            }
        }
        _ => Changes::default(),
    }
}
