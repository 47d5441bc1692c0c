//! Rules about the door, the wheel and the end.

use super::{Caller, Outcome};
use crate::{
    changes::Changes,
    class::{Class, Lifecycle},
    ids::{ClassTime, SeatId},
    rejection::Rejection,
    seat::Role,
    topics::Room,
};

/// R50, R53. That the caller is staff has been checked.
pub(crate) fn lock(class: &mut Class, locked: bool) -> Changes {
    let before = class.room();
    class.lifecycle = if locked {
        class.code_shown = false;
        Lifecycle::Locked
    } else {
        Lifecycle::Open
    };
    since(class, &before)
}

/// R53. That the caller is staff has been checked.
pub(crate) fn show_code(class: &mut Class, shown: bool) -> Outcome {
    if shown && class.lifecycle == Lifecycle::Locked {
        return Err(Rejection::Locked);
    }
    let before = class.room();
    class.code_shown = shown;
    Ok(since(class, &before))
}

fn since(class: &Class, before: &Room) -> Changes {
    Changes {
        room: class.room() != *before,
        ..Changes::default()
    }
}

/// R170. That the caller is staff has been checked.
pub(crate) fn allow_pictures(class: &mut Class, allowed: bool) -> Changes {
    let changed = class.own_pictures != allowed;
    class.own_pictures = allowed;
    Changes {
        room: changed,
        ..Changes::default()
    }
}

/// R51.
pub(crate) fn hand_over(class: &mut Class, caller: Caller, to: SeatId) -> Outcome {
    if caller.role != Role::Host {
        caller.drives(class)?;
    }
    let target = class.seats.get(&to).ok_or(Rejection::UnknownSeat)?;
    if !target.role.is_staff() {
        return Err(Rejection::NotAllowed);
    }
    Ok(give_wheel(class, to))
}

/// R52. That the caller is the host has been checked.
pub(crate) fn end(class: &mut Class, at: ClassTime) -> Changes {
    class.lifecycle = Lifecycle::Ended { at };
    Changes {
        room: true,
        ended: true,
        ..Changes::default()
    }
}

/// R130. That the host asks has been checked by the secret.
pub(crate) fn keep(class: &mut Class, kept: bool) -> Changes {
    let changed = class.kept != kept;
    class.kept = kept;
    Changes {
        kept: changed,
        ..Changes::default()
    }
}

/// Lets `to`, who is staff, drive.
pub(super) fn give_wheel(class: &mut Class, to: SeatId) -> Changes {
    let changed = class.driver != to;
    class.driver = to;
    Changes {
        room: changed,
        roster: changed,
        ..Changes::default()
    }
}
