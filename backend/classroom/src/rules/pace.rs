//! Rules about how far from the instructor students go.

use super::Outcome;
use crate::{
    changes::Changes,
    class::Class,
    ids::{ClassTime, SeatId},
    pace::{Pace, Roaming},
    rejection::Rejection,
    seat::Mode,
};

/// R30, R31. That the caller drives has been checked.
pub(crate) fn set_roaming(class: &mut Class, roaming: Roaming) -> Changes {
    let mut changes = change(
        class,
        Pace {
            roaming,
            ..class.pace
        },
    );
    if roaming == Roaming::Together {
        call_back(class, &mut changes);
    }
    changes
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
    call_back(class, &mut changes);
    changes
}

/// R33. That the caller is a student has been checked.
pub(crate) fn follow(class: &mut Class, student: SeatId) -> Changes {
    go(class, student, Mode::Following)
}

/// R33. That the caller is a student has been checked.
pub(crate) fn explore(class: &mut Class, student: SeatId) -> Outcome {
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

/// Makes everyone follow; only students ever explore (R9).
fn call_back(class: &mut Class, changes: &mut Changes) {
    let explorers = class
        .seats
        .values_mut()
        .filter(|seat| seat.mode == Mode::Exploring);
    for seat in explorers {
        seat.mode = Mode::Following;
        changes.seats.push(seat.id);
    }
    changes.roster = !changes.seats.is_empty();
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
