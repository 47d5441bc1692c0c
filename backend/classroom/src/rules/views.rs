//! Rules about views that students offer to the class. That the caller drives, is staff, or is a student has been checked.

use super::{Caller, Outcome, showing, stage};
use crate::{
    changes::Changes,
    class::Class,
    ids::{ClassTime, NetworkId, SeatId},
    rejection::Rejection,
    stage::Stage,
    views::{OfferedView, Shown, StudentView, VIEWS_MOST, ViewId},
};

/// R160.
pub(crate) fn call(class: &mut Class, called: bool) -> Changes {
    let changed = class.views.called != called;
    class.views.called = called;
    Changes {
        views: changed,
        ..Changes::default()
    }
}

/// R161.
pub(crate) fn offer(class: &mut Class, caller: Caller, view: &StudentView) -> Outcome {
    let outline = class
        .outlines
        .get(&view.network)
        .ok_or(Rejection::UnknownNetwork)?;
    if view.view.picture.is_none() {
        return Err(Rejection::UnknownPicture);
    }
    showing::position(outline, &view.view)?;
    let earlier = offered_by(class, caller.id)?;
    let kept = earlier.and_then(|id| class.views.get(id));
    if kept.is_some_and(|kept| kept.view == *view) {
        return Ok(Changes::default());
    }
    if kept.is_none() && class.views.offered.len() >= VIEWS_MOST {
        return Err(Rejection::ViewsFull);
    }
    let next = class.views.numbered.checked_add(1);
    let id = ViewId(next.ok_or(Rejection::ViewsFull)?);
    class.views.numbered = id.0;
    class
        .views
        .offered
        .retain(|offered| Some(offered.id) != earlier);
    class.views.offered.push(OfferedView {
        id,
        view: view.clone(),
    });
    if let Some(seat) = class.seats.get_mut(&caller.id) {
        seat.offered = Some(id);
    }
    Ok(news(vec![caller.id]))
}

/// R162.
pub(crate) fn withdraw(class: &mut Class, student: SeatId) -> Outcome {
    let id = offered_by(class, student)?.ok_or(Rejection::UnknownView)?;
    Ok(take_away(class, |offered| offered == id))
}

/// R164.
pub(crate) fn clear(class: &mut Class, view: Option<ViewId>) -> Outcome {
    let Some(id) = view else {
        return Ok(take_away(class, |_| true));
    };
    class.views.get(id).ok_or(Rejection::UnknownView)?;
    Ok(take_away(class, |offered| offered == id))
}

/// R165.
pub(crate) fn show(class: &mut Class, id: ViewId, at: ClassTime) -> Outcome {
    let offered = class.views.get(id).ok_or(Rejection::UnknownView)?.clone();
    let StudentView { network, view } = &offered.view;
    let outline = class
        .outlines
        .get(network)
        .ok_or(Rejection::UnknownNetwork)?;
    let position = showing::position(outline, view)?;
    let now = &class.stage;
    let onto = Stage {
        network: network.clone(),
        picture: view.picture.clone().ok_or(Rejection::UnknownPicture)?,
        scale: view.scale.unwrap_or(now.scale),
        detail: view.detail.unwrap_or(now.detail),
        caption: None,
        ..now.clone()
    };
    let stage = showing::with(onto, outline, view, at);
    let is_first = class.views.shown.is_none();
    let (before, taught) = match class.views.shown.take() {
        Some(Shown { before, taught, .. }) => (before, taught),
        None => (stage::standing(class, at), class.pace.taught),
    };
    class.views.shown = Some(Shown {
        view: offered,
        before,
        taught,
    });
    let changes = showing::go(class, stage, position);
    Ok(Changes {
        offered: is_first,
        ..changes
    })
}

/// R166.
pub(crate) fn go_back(class: &mut Class) -> Changes {
    let Some(Shown { before, taught, .. }) = class.views.shown.take() else {
        return Changes::default();
    };
    let changes = showing::go(class, before, taught);
    Changes {
        offered: true,
        ..changes
    }
}

/// R167: the way back is forgotten. Returns whether there was one.
pub(super) fn forget(class: &mut Class) -> bool {
    class.views.shown.take().is_some()
}

/// R167: what is known of a network is not what it was.
pub(super) fn forget_network(class: &mut Class, network: &NetworkId) -> bool {
    let shown = class.views.shown.as_ref();
    let is_concerned = shown
        .is_some_and(|shown| shown.before.network == *network || class.stage.network == *network);
    is_concerned && forget(class)
}

/// The view that a seat offers, if it does.
fn offered_by(class: &Class, seat: SeatId) -> Result<Option<ViewId>, Rejection> {
    let seat = class.seats.get(&seat).ok_or(Rejection::UnknownSeat)?;
    Ok(seat.offered)
}

/// Some are not on offer any more, and their seats hear of it.
fn take_away(class: &mut Class, is_meant: impl Fn(ViewId) -> bool) -> Changes {
    let before = class.views.offered.len();
    class.views.offered.retain(|offered| !is_meant(offered.id));
    if class.views.offered.len() == before {
        return Changes::default();
    }
    let seats = class.seats.values_mut();
    let concerned = seats.filter_map(|seat| {
        let is_gone = seat.offered.is_some_and(&is_meant);
        is_gone.then(|| {
            seat.offered = None;
            seat.id
        })
    });
    news(concerned.collect())
}

fn news(seats: Vec<SeatId>) -> Changes {
    Changes {
        offered: true,
        seats,
        ..Changes::default()
    }
}
