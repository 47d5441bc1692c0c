//! The front matter: the lines between the first two `---` of a file, each `key: value`. It looks like YAML and is read by tools as
//! such, but there are only four keys, and every value is a line of text.

use convocation_classroom::lesson::{MINUTES_MOST, TITLE_CHARS};

use crate::{
    facts::Facts,
    fault::{Fault, choices},
};

const KEYS: [&str; 4] = ["title", "minutes", "network", "language"];

/// What the front matter says.
pub(crate) struct Front {
    pub title: String,
    pub minutes: u32,
    pub language: String,
    /// Lines that it takes, both `---` included.
    pub lines: usize,
}

/// Reads the front matter of a file.
pub(crate) fn read(text: &str, facts: &Facts, faults: &mut Vec<Fault>) -> Option<Front> {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        faults.push(Fault::new(
            1,
            "a lesson begins with a line `---`, then title, minutes, network and language, then `---`",
        ));
        return None;
    }
    let mut values: [Option<String>; 4] = Default::default();
    let mut count = 1;
    let mut is_closed = false;
    for line in lines {
        count += 1;
        let number = u32::try_from(count).unwrap_or(u32::MAX);
        let line = line.trim();
        if line == "---" {
            is_closed = true;
            break;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        match KEYS.iter().position(|known| *known == key.trim()) {
            None => faults.push(Fault::new(
                number,
                format!(
                    "`{}` is not known here; there are: {}",
                    key.trim(),
                    choices(KEYS)
                ),
            )),
            Some(place) if values[place].is_some() => {
                faults.push(Fault::new(
                    number,
                    format!("`{}` is there twice", KEYS[place]),
                ));
            }
            Some(place) => {
                let value = unquoted(value.trim());
                check(KEYS[place], &value, facts)
                    .unwrap_or_else(|message| faults.push(Fault::new(number, message)));
                values[place] = Some(value);
            }
        }
    }
    if !is_closed {
        faults.push(Fault::new(
            1,
            "the front matter does not end: a line `---` is missing",
        ));
        return None;
    }
    for (key, value) in KEYS.iter().zip(&values) {
        if value.is_none() {
            faults.push(Fault::new(
                1,
                format!("`{key}` is missing in the front matter"),
            ));
        }
    }
    let [title, minutes, _, language] = values;
    Some(Front {
        title: title.unwrap_or_default(),
        minutes: minutes.and_then(|text| text.parse().ok()).unwrap_or(1),
        language: language.unwrap_or_default(),
        lines: count,
    })
}

fn check(key: &str, value: &str, facts: &Facts) -> Result<(), String> {
    let network = facts.outline.network.as_str();
    match key {
        "title" if value.is_empty() || value.chars().count() > TITLE_CHARS => {
            Err(format!("`title` has 1 to {TITLE_CHARS} characters"))
        }
        "title" if value.chars().any(char::is_control) => {
            Err("`title` has characters that cannot be shown".to_owned())
        }
        "minutes"
            if !value
                .parse::<u32>()
                .is_ok_and(|minutes| (1..=MINUTES_MOST).contains(&minutes)) =>
        {
            Err(format!(
                "`minutes` is a whole number from 1 to {MINUTES_MOST}, not '{value}'"
            ))
        }
        "network" if value != network => Err(format!(
            "this is a lesson of network '{network}', but `network` says '{value}'"
        )),
        "language" if !is_language(value) => Err(format!(
            "`language` is a tag such as en, es, de or zh, not '{value}'"
        )),
        _ => Ok(()),
    }
}

fn is_language(value: &str) -> bool {
    let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (2..=35).contains(&value.len()) && value.chars().all(is_tag)
}

/// The text between quotation marks, or as it is.
fn unquoted(value: &str) -> String {
    let inner = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    match (inner('"'), inner('\'')) {
        (Some(inner), _) => {
            let mut out = String::with_capacity(inner.len());
            let mut characters = inner.chars();
            while let Some(c) = characters.next() {
                out.extend(if c == '\\' {
                    characters.next()
                } else {
                    Some(c)
                });
            }
            out
        }
        (None, Some(inner)) => inner.replace("''", "'"),
        (None, None) => value.to_owned(),
    }
}

/// A value as a reader of YAML takes it for the same text.
pub(crate) fn quoted(value: &str) -> String {
    let is_plain = value
        .chars()
        .all(|c| c.is_alphanumeric() || " -_.,()".contains(c));
    let starts_plain = value.starts_with(|c: char| c.is_alphabetic());
    if is_plain && starts_plain && value.trim() == value {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}
