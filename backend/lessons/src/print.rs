//! Printing: a lesson becomes a file that reads as the same lesson. A picture that is not of the network's gallery has no name there and
//! is left out, with a remark.

use std::fmt::Write as _;

use convocation_classroom::{
    edit::KernelEdit,
    lesson::{Lesson, LessonStep, LessonView},
    stage::{ColourScale, Focus},
};

use crate::{
    facts::Facts,
    front::quoted,
    parse::NOTE,
    plain::{escaped, tidy},
    presets::{self, PRESETS},
    question,
    stage::{Edit, Kernel},
};

/// The file of a lesson.
#[must_use]
pub fn print(lesson: &Lesson, facts: &Facts) -> String {
    let Lesson {
        title,
        minutes,
        language,
        network,
        steps,
        ..
    } = lesson;
    let mut out = format!(
        "---\ntitle: {}\nminutes: {minutes}\nnetwork: {}\nlanguage: {language}\n---\n",
        quoted(title),
        quoted(network.as_str()),
    );
    let steps: Vec<String> = steps.iter().map(|each| step(each, facts)).collect();
    out.push_str(&steps.join("\n---\n"));
    out
}

fn step(step: &LessonStep, facts: &Facts) -> String {
    let mut out = String::new();
    if let Some(caption) = &step.caption {
        let _ = write!(out, "\n{}\n", escaped_caption(caption));
    }
    if let Some(view) = &step.view {
        let _ = write!(out, "\n```stage\n{}```\n", block(view, facts));
    }
    if let Some(question) = &step.question {
        let _ = write!(out, "\n```question\n{}```\n", question::print(question));
    }
    if !step.notes.is_empty() || out.is_empty() {
        let notes = escaped(&tidy(&step.notes));
        let _ = write!(out, "\n{NOTE} {}\n", notes);
    }
    out
}

/// A caption that begins like notes is still a caption.
fn escaped_caption(caption: &str) -> String {
    let escaped = escaped(caption);
    match escaped.strip_prefix(NOTE) {
        Some(rest) => format!("Note\\:{rest}"),
        None => escaped,
    }
}

fn block(view: &LessonView, facts: &Facts) -> String {
    let mut out = String::new();
    if let Some(picture) = &view.picture {
        match facts.name_of(picture) {
            Some(name) => set(&mut out, "picture", name),
            None => out.push_str("# The picture of this step was sent in during the class and is not part of the file.\n"),
        }
    }
    let columns = focus(&mut out, &view.focus, facts);
    if view.step > 0 {
        let row = view.step / columns.max(1);
        let column = view.step % columns.max(1);
        set(&mut out, "row", count(row));
        set(&mut out, "column", count(column));
    }
    if let Some(rate) = view.rate {
        set(&mut out, "play", i64::from(rate));
    }
    if let Some(scale) = view.scale {
        let name = match scale {
            ColourScale::Block => "block",
            ColourScale::Module => "module",
            ColourScale::Global => "global",
        };
        set(&mut out, "scale", name);
    }
    if let Some(detail) = view.detail {
        set(&mut out, "detail", detail);
    }
    if view.receptive_field {
        set(&mut out, "receptive_field", true);
    }
    let preset = view.edit.as_ref().map(|edit| preset(edit, view, facts));
    if let Some(Some(name)) = preset {
        set(&mut out, "kernel", name);
    }
    // Tables come last: what follows one belongs to it.
    if let Focus::Hyperparameters(sizes) = view.focus {
        out.push_str("\n[hyperparameters]\n");
        for (key, value) in [
            ("input", sizes.input),
            ("padding", sizes.padding),
            ("kernel", sizes.kernel),
            ("stride", sizes.stride),
            ("dilation", sizes.dilation),
        ] {
            set(&mut out, key, i64::from(value));
        }
    }
    if let (Some(edit), Some(None)) = (&view.edit, preset) {
        let table = toml::to_string(&in_numbers(edit)).unwrap_or_default();
        let table = table.replace("[[kernels]]", "[[edit.kernels]]");
        let _ = write!(out, "\n[edit]\n{table}");
    }
    out
}

/// A line of a block.
fn set(out: &mut String, key: &str, value: impl Into<toml::Value>) {
    let _ = writeln!(out, "{key} = {}", value.into());
}

/// A number as it is counted on the screen, from 1.
fn count(index: u32) -> i64 {
    i64::from(index) + 1
}

/// Writes what is in view; returns the columns of its map, 1 where it has none.
fn focus(out: &mut String, focus: &Focus, facts: &Facts) -> u32 {
    match focus {
        Focus::Overview => set(out, "show", "overview"),
        Focus::Layer { layer } => {
            set(out, "show", "layer");
            set(out, "layer", layer.as_str());
        }
        Focus::Unit { layer, unit } => {
            set(out, "show", "unit");
            set(out, "layer", layer.as_str());
            set(out, "unit", count(*unit));
        }
        Focus::Link { layer, unit, input } => {
            set(out, "show", "link");
            set(out, "layer", layer.as_str());
            set(out, "unit", count(*unit));
            set(out, "input", count(*input));
        }
        Focus::Class { class } => {
            let label = usize::try_from(*class)
                .ok()
                .and_then(|class| facts.labels.get(class));
            set(out, "show", "class");
            set(out, "class", label.map_or("", String::as_str));
        }
        Focus::Hyperparameters(sizes) => {
            set(out, "show", "hyperparameters");
            return sizes.output().unwrap_or(1);
        }
    }
    let layer = focus.open_layer().and_then(|layer| facts.layer(layer));
    layer.map_or(1, |(_, of_layer)| of_layer.columns)
}

/// The name of the preset that an edit of the open unit is.
fn preset(edit: &KernelEdit, view: &LessonView, facts: &Facts) -> Option<&'static str> {
    let (Focus::Unit { layer, unit } | Focus::Link { layer, unit, .. }) = &view.focus else {
        return None;
    };
    let (outline, of_layer) = facts.layer(layer)?;
    PRESETS.into_iter().find(|name| {
        let inputs = Facts::inputs(outline, of_layer, *unit);
        presets::edit(name, of_layer, (layer, *unit), inputs).as_ref() == Some(edit)
    })
}

fn in_numbers(edit: &KernelEdit) -> Edit {
    let number = |thousandths: i32| f64::from(thousandths) / 1000.0;
    Edit {
        layer: Some(edit.layer.as_str().to_owned()),
        unit: Some(edit.unit.saturating_add(1)),
        bias: edit.bias.map(number),
        kernels: edit
            .kernels
            .iter()
            .map(|kernel| Kernel {
                input: kernel.input.saturating_add(1),
                weights: kernel.weights.iter().copied().map(number).collect(),
            })
            .collect(),
    }
}
