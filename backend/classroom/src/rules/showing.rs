//! Rules about showing a whole view at once: a step of a lesson, or what a student offers. That the caller drives has been checked.

use super::{question, stage};
use crate::{
    changes::Changes,
    class::Class,
    ids::ClassTime,
    lesson::LessonView,
    outline::Outline,
    rejection::Rejection,
    stage::{Playback, RATES, Stage},
};

/// R81, R161: the position in the network of what a view shows, provided that the network has all of it.
pub(super) fn position(outline: &Outline, view: &LessonView) -> Result<u32, Rejection> {
    let position = stage::find(outline, &view.focus)?;
    match outline.steps(&view.focus) {
        Some(steps) if view.step >= steps => return Err(Rejection::StepOutOfRange),
        None if view.step > 0 => return Err(Rejection::StepOutOfRange),
        None if view.rate.is_some() => return Err(Rejection::NoSteps),
        _ => {}
    }
    if view.rate.is_some_and(|rate| !RATES.contains(&rate)) {
        return Err(Rejection::UnknownRate);
    }
    if let Some(edit) = &view.edit {
        stage::fits(outline, edit)?;
    }
    Ok(position)
}

/// R86, R165: `stage` with all of a view on it that `outline` has, but for picture, scale and detail. A kernel that moves begins to at
/// `since`, as in R26.
pub(super) fn with(stage: Stage, outline: &Outline, view: &LessonView, since: ClassTime) -> Stage {
    let steps = outline.steps(&view.focus).unwrap_or(1);
    let playback = match view.rate {
        None => Playback::Paused { step: view.step },
        Some(rate) => Playback::Playing {
            from: if view.step + 1 == steps { 0 } else { view.step },
            since,
            rate,
        },
    };
    Stage {
        focus: view.focus.clone(),
        playback,
        receptive_field: view.receptive_field,
        edit: view.edit.clone(),
        ..stage
    }
}

/// R85, R165, R166: the class goes to a stage of a network that it knows, in one entry. Counts as taught what R24 would, up to `position`;
/// with other layers nothing else does. A question about another network goes (R77).
pub(super) fn go(class: &mut Class, stage: Stage, position: u32) -> Changes {
    let is_elsewhere = class.stage.network != stage.network;
    let next = class.outlines.get(&stage.network);
    let has_same_layers = next.is_some_and(|next| next.layers == class.outline_on_stage().layers);
    let before = if has_same_layers {
        class.pace.taught
    } else {
        0
    };
    let mut changes = stage::show(class, stage);
    changes.pace = stage::teach(class, position.max(before));
    if is_elsewhere {
        changes.question = question::dismiss(class).question;
    }
    changes
}
