//! Rules about a lesson and its steps. That the caller drives has been checked.

use super::{Outcome, showing, stage, views};
use crate::{
    asked::Asked,
    changes::Changes,
    class::Class,
    ids::ClassTime,
    lesson::{
        Change, LESSON_STEPS, Lesson, LessonStep, LessonView, MINUTES_MOST, TITLE_CHARS, Teaching,
    },
    rejection::Rejection,
    stage::{Playback, Stage},
    text,
};

/// What is written into a step.
pub(crate) struct Texts<'a> {
    pub caption: Option<&'a str>,
    pub notes: &'a str,
    pub question: Option<&'a Asked>,
}

/// R80, R81.
pub(crate) fn load(class: &mut Class, lesson: &Lesson) -> Outcome {
    let outline = class
        .outlines
        .get(&lesson.network)
        .ok_or(Rejection::UnknownNetwork)?;
    if lesson.steps.len() > LESSON_STEPS {
        return Err(Rejection::LessonFull);
    }
    if !(1..=MINUTES_MOST).contains(&lesson.minutes) {
        return Err(Rejection::BadText);
    }
    let steps = lesson.steps.iter().map(|step| {
        let view = step.view.as_ref();
        view.map(|view| showing::position(outline, view))
            .transpose()?;
        checked(step)
    });
    let lesson = Lesson {
        title: text::line(&lesson.title, TITLE_CHARS)?,
        language: text::language(&lesson.language)?,
        steps: steps.collect::<Result<_, _>>()?,
        ..lesson.clone()
    };
    Ok(teach(class, Some(Teaching::new(lesson))))
}

/// R82.
pub(crate) fn begin(class: &mut Class, title: &str, minutes: u32, language: &str) -> Outcome {
    let lesson = Lesson {
        title: title.to_owned(),
        minutes,
        language: language.to_owned(),
        network: class.stage.network.clone(),
        picture: class.stage.picture.clone(),
        steps: Vec::new(),
    };
    load(class, &lesson)
}

/// R83.
pub(crate) fn leave(class: &mut Class) -> Changes {
    teach(class, None)
}

/// R84: to the step that comes `by` after the one the class is at; before the first comes nothing, and then the first.
pub(crate) fn go_by(class: &mut Class, by: i32, at: ClassTime) -> Outcome {
    let teaching = class.teaching.as_ref().ok_or(Rejection::NoLesson)?;
    let step = match teaching.step {
        None if by > 0 => Some(0),
        None => None,
        Some(step) => step.checked_add_signed(by),
    };
    go_to(class, step.ok_or(Rejection::UnknownStep)?, at)
}

/// R85, R86.
pub(crate) fn go_to(class: &mut Class, step: u32, at: ClassTime) -> Outcome {
    let teaching = class.teaching.as_ref().ok_or(Rejection::NoLesson)?;
    let prepared = get(&teaching.lesson, step)?;
    let outline = class
        .outlines
        .get(&teaching.lesson.network)
        .ok_or(Rejection::UnknownNetwork)?;
    let view = teaching.views_to(step).next();
    let taught = view.map_or(Ok(0), |view| showing::position(outline, view))?;
    let is_elsewhere = class.stage.network != teaching.lesson.network;
    let mut stage = if is_elsewhere {
        Stage {
            network: teaching.lesson.network.clone(),
            picture: teaching.lesson.picture.clone(),
            ..stage::to_overview(&class.stage)
        }
    } else {
        class.stage.clone()
    };
    let views = || teaching.views_to(step);
    if let Some(picture) = teaching.picture_at(step) {
        stage.picture = picture.clone();
    }
    stage.scale = views().find_map(|view| view.scale).unwrap_or(stage.scale);
    stage.detail = views().find_map(|view| view.detail).unwrap_or(stage.detail);
    // A step without a view of its own leaves what the step before set going.
    if let Some(view) = view
        && (prepared.view.is_some() || stage.focus != view.focus)
    {
        stage = showing::with(stage, outline, view, at);
    }
    stage.caption = prepared.caption.clone();

    let mut changes = showing::go(class, stage, taught);
    changes.offered = views::forget(class);
    let teaching = class.teaching.as_mut().ok_or(Rejection::NoLesson)?;
    changes.lesson = teaching.step != Some(step);
    teaching.step = Some(step);
    teaching.began = teaching.began.or(Some(at));
    Ok(changes)
}

/// R90: what is on the stage becomes a step, and the class is at it.
pub(crate) fn capture(class: &mut Class, at: u32, now: ClassTime) -> Outcome {
    let stage = &class.stage;
    let steps = class.outline_on_stage().steps(&stage.focus).unwrap_or(1);
    let step = LessonStep {
        caption: stage.caption.clone(),
        view: Some(LessonView {
            picture: Some(stage.picture.clone()),
            focus: stage.focus.clone(),
            step: stage.playback.step_at(now, steps),
            rate: match stage.playback {
                Playback::Playing { rate, .. } => Some(rate),
                Playback::Paused { .. } => None,
            },
            scale: Some(stage.scale),
            detail: Some(stage.detail),
            receptive_field: stage.receptive_field,
            edit: stage.edit.clone(),
        }),
        question: None,
        notes: String::new(),
    };
    let network = stage.network.clone();
    let mut teaching = class.teaching.clone().ok_or(Rejection::NoLesson)?;
    if teaching.lesson.network != network {
        return Err(Rejection::OtherNetwork);
    }
    let count = teaching.lesson.steps.len();
    if count >= LESSON_STEPS {
        return Err(Rejection::LessonFull);
    }
    let place = index(at)
        .filter(|place| *place <= count)
        .ok_or(Rejection::UnknownStep)?;
    teaching.change(Change::Insert {
        at: place,
        step: Box::new(step),
    });
    teaching.step = Some(at);
    teaching.began = teaching.began.or(Some(now));
    Ok(teach(class, Some(teaching)))
}

/// R91.
pub(crate) fn edit(class: &mut Class, at: u32, texts: &Texts) -> Outcome {
    let teaching = class.teaching.as_ref().ok_or(Rejection::NoLesson)?;
    let before = get(&teaching.lesson, at)?.clone();
    let after = checked(&LessonStep {
        caption: texts.caption.map(str::to_owned),
        notes: texts.notes.to_owned(),
        question: texts.question.cloned(),
        ..before.clone()
    })?;
    let is_here = teaching.step == Some(at) && class.stage.caption == before.caption;
    let caption = after.caption.clone();
    let change = Change::Replace {
        at: index(at).ok_or(Rejection::UnknownStep)?,
        step: Box::new(after),
    };
    let mut changes = rewrite(class, change)?;
    if is_here {
        let stage = Stage {
            caption,
            ..class.stage.clone()
        };
        changes.stage = stage::show(class, stage).stage;
    }
    Ok(changes)
}

/// R92.
pub(crate) fn shift(class: &mut Class, from: u32, to: u32) -> Outcome {
    let teaching = class.teaching.as_ref().ok_or(Rejection::NoLesson)?;
    get(&teaching.lesson, from)?;
    get(&teaching.lesson, to)?;
    let position = |step| index(step).ok_or(Rejection::UnknownStep);
    let change = Change::Move {
        from: position(from)?,
        to: position(to)?,
    };
    rewrite(class, change)
}

/// R93.
pub(crate) fn remove(class: &mut Class, at: u32) -> Outcome {
    let teaching = class.teaching.as_ref().ok_or(Rejection::NoLesson)?;
    get(&teaching.lesson, at)?;
    let change = Change::Remove {
        at: index(at).ok_or(Rejection::UnknownStep)?,
    };
    rewrite(class, change)
}

/// R94.
pub(crate) fn undo(class: &mut Class) -> Outcome {
    let mut teaching = class.teaching.clone().ok_or(Rejection::NoLesson)?;
    teaching.undo();
    Ok(teach(class, Some(teaching)))
}

/// Changes the steps. What leaves them as they were is no change, and nothing to undo.
fn rewrite(class: &mut Class, change: Change) -> Outcome {
    let before = class.teaching.as_ref().ok_or(Rejection::NoLesson)?;
    let mut after = before.clone();
    after.change(change);
    if after.lesson == before.lesson {
        return Ok(Changes::default());
    }
    Ok(teach(class, Some(after)))
}

/// The lesson is another one from now on, or the same in another condition.
fn teach(class: &mut Class, teaching: Option<Teaching>) -> Changes {
    let before = std::mem::replace(&mut class.teaching, teaching);
    let (before, after) = (before.as_ref(), class.teaching.as_ref());
    Changes {
        lesson: before.map(Teaching::place) != after.map(Teaching::place),
        script: before.map(Teaching::script) != after.map(Teaching::script),
        ..Changes::default()
    }
}

fn index(step: u32) -> Option<usize> {
    usize::try_from(step).ok()
}

fn get(lesson: &Lesson, step: u32) -> Result<&LessonStep, Rejection> {
    index(step)
        .and_then(|step| lesson.steps.get(step))
        .ok_or(Rejection::UnknownStep)
}

/// A step with its texts as they are kept.
fn checked(step: &LessonStep) -> Result<LessonStep, Rejection> {
    let caption = step.caption.as_deref().map(text::caption).transpose()?;
    Ok(LessonStep {
        caption: caption.flatten(),
        notes: text::notes(&step.notes)?,
        question: step.question.as_ref().map(Asked::checked).transpose()?,
        ..step.clone()
    })
}
