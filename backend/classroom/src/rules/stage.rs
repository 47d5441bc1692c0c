//! Rules about what the class looks at. That the caller drives has been checked.

use super::{Outcome, question, showing, views};
use crate::{
    changes::Changes,
    class::Class,
    edit::KernelEdit,
    ids::{ClassTime, NetworkId, PictureId},
    outline::Outline,
    rejection::Rejection,
    stage::{ColourScale, Focus, Playback, RATES, Stage},
    text,
};

/// Where, when and how fast the kernel begins to move.
pub(crate) struct Start {
    pub from: u32,
    pub since: ClassTime,
    pub rate: u32,
}

/// R20: a network becomes known. One that is known already is known anew, for its file may have changed between two
/// starts of the server.
pub(crate) fn equip(class: &mut Class, outline: &Outline) -> Changes {
    if class.outlines.get(&outline.network) == Some(outline) {
        return Changes::default();
    }
    class
        .outlines
        .insert(outline.network.clone(), outline.clone());
    let mut changes = Changes {
        equipped: true,
        ..Changes::default()
    };
    if class.stage.network == outline.network {
        let shown = to_overview(&class.stage);
        changes.stage = show(class, shown).stage;
        changes.question = question::dismiss(class).question;
        changes.pace = teach(class, 0);
    }
    changes.offered = views::forget_network(class, &outline.network);
    changes
}

/// R21.
pub(crate) fn choose_network(
    class: &mut Class,
    network: &NetworkId,
    picture: &PictureId,
) -> Outcome {
    if !class.knows(network) {
        return Err(Rejection::UnknownNetwork);
    }
    let stage = Stage {
        network: network.clone(),
        picture: picture.clone(),
        ..to_overview(&class.stage)
    };
    let changes = showing::go(class, stage, 0);
    Ok(Changes {
        offered: views::forget(class),
        ..changes
    })
}

/// R22.
pub(crate) fn choose_picture(class: &mut Class, picture: &PictureId) -> Changes {
    let stage = Stage {
        picture: picture.clone(),
        ..class.stage.clone()
    };
    show(class, stage)
}

/// R23, R24.
pub(crate) fn focus(class: &mut Class, focus: &Focus) -> Outcome {
    let position = find(class.outline_on_stage(), focus)?;
    let open = focus.open_layer();
    let playback = if open.is_some() && open == class.stage.focus.open_layer() {
        class.stage.playback
    } else {
        Playback::START
    };
    let stage = Stage {
        focus: focus.clone(),
        playback,
        ..class.stage.clone()
    };
    let mut changes = show(class, stage);
    changes.pace = teach(class, position.max(class.pace.taught));
    Ok(changes)
}

/// R25, R27: both standing at a step and stopping at it.
pub(crate) fn stand(class: &mut Class, step: u32) -> Outcome {
    last_step(class, step)?;
    Ok(play_back(class, Playback::Paused { step }))
}

/// R26.
pub(crate) fn play(class: &mut Class, start: &Start) -> Outcome {
    let Start { from, since, rate } = *start;
    let last = last_step(class, from)?;
    if !RATES.contains(&rate) {
        return Err(Rejection::UnknownRate);
    }
    let from = if from == last { 0 } else { from };
    Ok(play_back(class, Playback::Playing { from, since, rate }))
}

/// R34: a kernel that moves stands where it is at `at`.
pub(crate) fn halt(class: &mut Class, at: ClassTime) -> Changes {
    let stage = standing(class, at);
    show(class, stage)
}

/// What is on the stage, with its kernel standing where it is at `at`.
pub(super) fn standing(class: &Class, at: ClassTime) -> Stage {
    let stage = &class.stage;
    let steps = class.outline_on_stage().steps(&stage.focus).unwrap_or(0);
    let step = stage.playback.step_at(at, steps);
    Stage {
        playback: Playback::Paused { step },
        ..stage.clone()
    }
}

/// R28.
pub(crate) fn set_scale(class: &mut Class, scale: ColourScale) -> Changes {
    let stage = Stage {
        scale,
        ..class.stage.clone()
    };
    show(class, stage)
}

/// R28.
pub(crate) fn set_detail(class: &mut Class, detail: bool) -> Changes {
    let stage = Stage {
        detail,
        ..class.stage.clone()
    };
    show(class, stage)
}

/// R28.
pub(crate) fn set_receptive_field(class: &mut Class, shown: bool) -> Changes {
    let stage = Stage {
        receptive_field: shown,
        ..class.stage.clone()
    };
    show(class, stage)
}

/// R36.
pub(crate) fn edit_kernel(class: &mut Class, edit: Option<&KernelEdit>) -> Outcome {
    if let Some(edit) = edit {
        fits(class.outline_on_stage(), edit)?;
    }
    let stage = Stage {
        edit: edit.cloned(),
        ..class.stage.clone()
    };
    Ok(show(class, stage))
}

/// R29.
pub(crate) fn set_caption(class: &mut Class, caption: Option<&str>) -> Outcome {
    let caption = caption.map(text::caption).transpose()?.flatten();
    let stage = Stage {
        caption,
        ..class.stage.clone()
    };
    Ok(show(class, stage))
}

pub(super) fn to_overview(stage: &Stage) -> Stage {
    Stage {
        focus: Focus::Overview,
        playback: Playback::START,
        edit: None,
        ..stage.clone()
    }
}

fn play_back(class: &mut Class, playback: Playback) -> Changes {
    let stage = Stage {
        playback,
        ..class.stage.clone()
    };
    show(class, stage)
}

pub(super) fn show(class: &mut Class, stage: Stage) -> Changes {
    let changed = class.stage != stage;
    class.stage = stage;
    Changes {
        stage: changed,
        ..Changes::default()
    }
}

/// Sets how far the class has been taught; returns whether that is news.
pub(super) fn teach(class: &mut Class, taught: u32) -> bool {
    let changed = class.pace.taught != taught;
    class.pace.taught = taught;
    changed
}

/// The last step of what is in view, provided that `step` is not past it.
fn last_step(class: &Class, step: u32) -> Result<u32, Rejection> {
    let steps = class
        .outline_on_stage()
        .steps(&class.stage.focus)
        .ok_or(Rejection::NoSteps)?;
    if step < steps {
        Ok(steps - 1)
    } else {
        Err(Rejection::StepOutOfRange)
    }
}

/// Position of the layer that `focus` is about, 0 for the overview.
pub(super) fn find(outline: &Outline, focus: &Focus) -> Result<u32, Rejection> {
    let layer = match focus {
        Focus::Overview => return Ok(0),
        Focus::Class { class } if *class < outline.classes => {
            let last = outline.layers.len().saturating_sub(1);
            return Ok(u32::try_from(last).unwrap_or(u32::MAX));
        }
        Focus::Class { .. } => return Err(Rejection::UnknownClass),
        Focus::Hyperparameters(sizes) => {
            return sizes.output().map(|_| 0).ok_or(Rejection::NoOutput);
        }
        Focus::Layer { layer } | Focus::Unit { layer, .. } | Focus::Link { layer, .. } => layer,
    };
    let position = outline.position(layer).ok_or(Rejection::UnknownLayer)?;
    let layer = outline.layer(layer).ok_or(Rejection::UnknownLayer)?;
    match *focus {
        Focus::Unit { unit, .. } | Focus::Link { unit, .. } if unit >= layer.units => {
            Err(Rejection::UnknownUnit)
        }
        Focus::Link { unit, input, .. } if !layer.reads(unit, input) => Err(Rejection::UnknownLink),
        _ => Ok(position),
    }
}

/// Whether the network has the unit and the kernels that `edit` is about.
pub(super) fn fits(outline: &Outline, edit: &KernelEdit) -> Result<(), Rejection> {
    let layer = outline.layer(&edit.layer).ok_or(Rejection::UnknownLayer)?;
    if edit.unit >= layer.units {
        return Err(Rejection::UnknownUnit);
    }
    if layer.kernel == 0 || !edit.is_sound(layer.kernel) {
        return Err(Rejection::BadKernel);
    }
    let known = |input| layer.reads(edit.unit, input);
    if edit.kernels.iter().all(|kernel| known(kernel.input)) {
        Ok(())
    } else {
        Err(Rejection::UnknownLink)
    }
}
