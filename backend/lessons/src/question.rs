//! The `question` block of a step: TOML with the kind of the question and the words around it. Options of one's own are counted from 1.

use convocation_classroom::{
    asked::{
        Asked, Choice, OPTION_CHARS, OPTIONS_LEAST, OPTIONS_MOST, QUESTION_CHARS, SCALE_LEAST,
        SCALE_MOST, Scale, Tile, Wording,
    },
    filling::{Area, FILL_SIDE_LEAST, FILL_SIDE_MOST, Fill},
    ids::LayerId,
};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    facts::Facts,
    fault::{Fault, choices, line_at},
};

/// The kinds that there are.
const KINDS: [&str; 10] = [
    "value",
    "sign",
    "winner",
    "topClass",
    "outputSize",
    "tile",
    "pixel",
    "choice",
    "scale",
    "fill",
];

/// The parts of a map that can be filled.
const AREAS: [&str; 3] = ["whole", "patch", "spread"];

/// The block, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    kind: Spanned<String>,
    text: Option<Spanned<String>>,
    why: Option<Spanned<String>>,
    layer: Option<Spanned<String>>,
    options: Option<Spanned<Vec<String>>>,
    right: Option<Spanned<u32>>,
    low: Option<Spanned<String>>,
    high: Option<Spanned<String>>,
    steps: Option<Spanned<u32>>,
    area: Option<Spanned<String>>,
    side: Option<Spanned<u32>>,
}

/// Reads a block. `first` is the line of the file on which its text begins.
pub(crate) fn read(text: &str, first: u32, facts: &Facts) -> Result<Asked, Vec<Fault>> {
    let at = |offset: usize| first + line_at(text, offset) - 1;
    let block: Block = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        vec![Fault::new(at(offset), error.message().replace('\n', "; "))]
    })?;
    let asked = asked(&block, facts);
    asked.map_err(|(offset, message)| vec![Fault::new(at(offset), message)])
}

/// What is wrong, and at which byte of the block.
type Wrong = (usize, String);

fn wrong<T>(at: &Spanned<T>, message: impl Into<String>) -> Wrong {
    (at.span().start, message.into())
}

fn asked(block: &Block, facts: &Facts) -> Result<Asked, Wrong> {
    let kind = block.kind.get_ref().as_str();
    let own = matches!(kind, "choice" | "scale");
    for (key, name, fits) in [
        (
            block.layer.as_ref().map(Spanned::span),
            "layer",
            kind == "tile",
        ),
        (
            block.options.as_ref().map(Spanned::span),
            "options",
            kind == "choice",
        ),
        (
            block.right.as_ref().map(Spanned::span),
            "right",
            kind == "choice",
        ),
        (
            block.low.as_ref().map(Spanned::span),
            "low",
            kind == "scale",
        ),
        (
            block.high.as_ref().map(Spanned::span),
            "high",
            kind == "scale",
        ),
        (
            block.steps.as_ref().map(Spanned::span),
            "steps",
            kind == "scale",
        ),
        (
            block.area.as_ref().map(Spanned::span),
            "area",
            kind == "fill",
        ),
        (
            block.side.as_ref().map(Spanned::span),
            "side",
            kind == "fill",
        ),
    ] {
        if let Some(span) = key.filter(|_| !fits && KINDS.contains(&kind)) {
            return Err((
                span.start,
                format!("`{name}` says nothing in a question of kind \"{kind}\""),
            ));
        }
    }
    let text = optional(block.text.as_ref(), "text", QUESTION_CHARS)?;
    let why = optional(block.why.as_ref(), "why", QUESTION_CHARS)?;
    if own && text.is_none() {
        return Err(wrong(
            &block.kind,
            "`text` is missing: the question in words",
        ));
    }
    let wording = Wording {
        text: text.clone(),
        why: why.clone(),
    };
    Ok(match kind {
        "value" => Asked::Value(wording),
        "sign" => Asked::Sign(wording),
        "winner" => Asked::Winner(wording),
        "topClass" => Asked::TopClass(wording),
        "outputSize" => Asked::OutputSize(wording),
        "pixel" => Asked::Pixel(wording),
        "tile" => Asked::Tile(Tile {
            layer: layer(block, facts)?,
            text,
            why,
        }),
        "choice" => {
            let (options, right) = options(block)?;
            Asked::Choice(Choice {
                text: text.unwrap_or_default(),
                options,
                right,
                why,
            })
        }
        "scale" => scale(block, text.unwrap_or_default(), why)?,
        "fill" => Asked::Fill(Fill {
            area: area(block)?,
            text,
            why,
        }),
        other => {
            let kinds = choices(KINDS);
            return Err(wrong(
                &block.kind,
                format!("kind \"{other}\" does not exist; there are: {kinds}"),
            ));
        }
    })
}

fn layer(block: &Block, facts: &Facts) -> Result<Option<LayerId>, Wrong> {
    let Some(name) = &block.layer else {
        return Ok(None);
    };
    let id = LayerId(name.get_ref().clone());
    if facts.layer(&id).is_some() {
        return Ok(Some(id));
    }
    let names = choices(facts.outline.layers.iter().map(|layer| layer.id.as_str()));
    Err(wrong(
        name,
        format!("layer \"{id}\" does not exist; this network has: {names}"),
    ))
}

fn options(block: &Block) -> Result<(Vec<String>, Option<u32>), Wrong> {
    let Some(written) = &block.options else {
        return Err(wrong(&block.kind, "`options` is missing: a list of texts"));
    };
    let options: Vec<String> = written
        .get_ref()
        .iter()
        .map(|option| option.trim().to_owned())
        .collect();
    let count = options.len();
    if !(OPTIONS_LEAST..=OPTIONS_MOST).contains(&count) {
        return Err(wrong(
            written,
            format!("there are {OPTIONS_LEAST} to {OPTIONS_MOST} options, not {count}"),
        ));
    }
    for (place, option) in options.iter().enumerate() {
        fits(option, OPTION_CHARS)
            .map_err(|message| wrong(written, format!("option {} {message}", place + 1)))?;
        if options[..place].contains(option) {
            return Err(wrong(
                written,
                format!("option {} is there twice", place + 1),
            ));
        }
    }
    let right = match &block.right {
        None => None,
        Some(right) if (1..=count).contains(&(*right.get_ref() as usize)) => {
            Some(right.get_ref() - 1)
        }
        Some(right) => {
            return Err(wrong(
                right,
                format!(
                    "`right` is a number from 1 to {count}, or absent where no option is right"
                ),
            ));
        }
    };
    Ok((options, right))
}

fn scale(block: &Block, text: String, why: Option<String>) -> Result<Asked, Wrong> {
    let end = |key: &Option<Spanned<String>>, name: &str| {
        let word = optional(key.as_ref(), name, OPTION_CHARS)?;
        word.ok_or_else(|| {
            wrong(
                &block.kind,
                format!("`{name}` is missing: the words at that end of the scale"),
            )
        })
    };
    let steps = match &block.steps {
        Some(steps) if (SCALE_LEAST..=SCALE_MOST).contains(steps.get_ref()) => *steps.get_ref(),
        Some(steps) => {
            return Err(wrong(
                steps,
                format!("`steps` is a number from {SCALE_LEAST} to {SCALE_MOST}"),
            ));
        }
        None => {
            return Err(wrong(
                &block.kind,
                format!("`steps` is missing: a number from {SCALE_LEAST} to {SCALE_MOST}"),
            ));
        }
    };
    Ok(Asked::Scale(Scale {
        text,
        low: end(&block.low, "low")?,
        high: end(&block.high, "high")?,
        steps,
        why,
    }))
}

/// All of the map where nothing is written.
fn area(block: &Block) -> Result<Area, Wrong> {
    let side = || match &block.side {
        Some(side) if (FILL_SIDE_LEAST..=FILL_SIDE_MOST).contains(side.get_ref()) => {
            Ok(*side.get_ref())
        }
        side => Err((
            side.as_ref()
                .map_or(block.kind.span().start, |side| side.span().start),
            format!(
                "`side` is a number from {FILL_SIDE_LEAST} to {FILL_SIDE_MOST}: rows and columns of the part"
            ),
        )),
    };
    match block.area.as_ref().map(|area| area.get_ref().as_str()) {
        None | Some("whole") => match &block.side {
            None => Ok(Area::Whole),
            Some(side) => Err(wrong(
                side,
                "`side` says nothing where the whole map is filled",
            )),
        },
        Some("patch") => Ok(Area::Patch { side: side()? }),
        Some("spread") => Ok(Area::Spread { side: side()? }),
        Some(other) => Err((
            block.area.as_ref().map_or(0, |area| area.span().start),
            format!(
                "area \"{other}\" does not exist; there are: {}",
                choices(AREAS)
            ),
        )),
    }
}

/// A text as it is kept; none where nothing is written.
fn optional(
    written: Option<&Spanned<String>>,
    name: &str,
    most: usize,
) -> Result<Option<String>, Wrong> {
    let Some(written) = written else {
        return Ok(None);
    };
    let text = written.get_ref().trim();
    if text.is_empty() {
        return Ok(None);
    }
    fits(text, most).map_err(|message| wrong(written, format!("`{name}` {message}")))?;
    Ok(Some(text.to_owned()))
}

fn fits(text: &str, most: usize) -> Result<(), String> {
    let count = text.chars().count();
    if count == 0 || count > most {
        return Err(format!("has 1 to {most} characters, not {count}"));
    }
    if text.chars().any(crate::parse::is_unfit_in_line) {
        return Err("has line breaks or characters that cannot be shown".to_owned());
    }
    Ok(())
}

/// The block of a question.
pub(crate) fn print(question: &Asked) -> String {
    let mut out = String::new();
    let mut set = |key: &str, value: toml::Value| {
        out.push_str(key);
        out.push_str(" = ");
        out.push_str(&value.to_string());
        out.push('\n');
    };
    let kind = match question {
        Asked::Value(_) => "value",
        Asked::Sign(_) => "sign",
        Asked::Winner(_) => "winner",
        Asked::TopClass(_) => "topClass",
        Asked::OutputSize(_) => "outputSize",
        Asked::Pixel(_) => "pixel",
        Asked::Tile(_) => "tile",
        Asked::Choice(_) => "choice",
        Asked::Scale(_) => "scale",
        Asked::Fill(_) => "fill",
    };
    set("kind", kind.into());
    if let Some(text) = question.text() {
        set("text", text.into());
    }
    match question {
        Asked::Tile(Tile {
            layer: Some(layer), ..
        }) => set("layer", layer.as_str().into()),
        Asked::Choice(choice) => {
            set("options", choice.options.clone().into());
            if let Some(right) = choice.right {
                set("right", (i64::from(right) + 1).into());
            }
        }
        Asked::Scale(scale) => {
            set("low", scale.low.as_str().into());
            set("high", scale.high.as_str().into());
            set("steps", i64::from(scale.steps).into());
        }
        Asked::Fill(Fill { area, .. }) => {
            match area {
                Area::Whole => {}
                Area::Patch { .. } => set("area", "patch".into()),
                Area::Spread { .. } => set("area", "spread".into()),
            }
            if let Some(side) = area.side() {
                set("side", i64::from(side).into());
            }
        }
        _ => {}
    }
    if let Some(why) = question.why() {
        set("why", why.into());
    }
    out
}
