//! Text that people type and others read: which of it is fit to be shown. Not markup, and never language: any script is welcome.

use crate::{
    asks::ASK_CHARS, lesson::NOTES_CHARS, rejection::Rejection, seat::NAME_CHARS,
    stage::CAPTION_CHARS,
};

/// A name as it is kept (R13): without space around it.
pub(crate) fn name(typed: &str) -> Result<String, Rejection> {
    line(typed, NAME_CHARS)
}

/// A line that has to say something, as it is kept.
pub(crate) fn line(typed: &str, most_chars: usize) -> Result<String, Rejection> {
    clean(typed, most_chars)?.ok_or(Rejection::BadText)
}

/// The tag of a language as it is kept: letters, digits and hyphens.
pub(crate) fn language(typed: &str) -> Result<String, Rejection> {
    /// The longest that is in use, such as `zh-Hant-TW`, with room to spare.
    const CHARS: usize = 35;
    let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let fits = (1..=CHARS).contains(&typed.len()) && typed.chars().all(is_tag);
    fits.then(|| typed.to_owned()).ok_or(Rejection::BadText)
}

/// Notes as they are kept (R15): lines end with a line feed, without space around the whole; empty where nothing is visible.
pub(crate) fn notes(typed: &str) -> Result<String, Rejection> {
    let unified = typed.replace("\r\n", "\n");
    let text = unified.trim();
    let is_bad = |c: char| is_forbidden(c) && c != '\n' && c != '\t';
    if text.chars().any(is_bad) || text.chars().count() > NOTES_CHARS {
        return Err(Rejection::BadText);
    }
    let visible = text.chars().any(|c| !is_invisible(c));
    Ok(if visible {
        text.to_owned()
    } else {
        String::new()
    })
}

/// A caption as it is kept (R14): without space around it; `None` when nothing is left.
pub(crate) fn caption(typed: &str) -> Result<Option<String>, Rejection> {
    clean(typed, CAPTION_CHARS)
}

/// What a student asks as it is kept (R111): without space around it.
pub(crate) fn ask(typed: &str) -> Result<String, Rejection> {
    clean(typed, ASK_CHARS)?.ok_or(Rejection::BadText)
}

/// Text as it is kept: without space around it, at most so many characters; `None` when nothing visible is left.
pub(crate) fn clean(typed: &str, most_chars: usize) -> Result<Option<String>, Rejection> {
    let text = typed.trim();
    if text.chars().any(is_forbidden) || text.chars().count() > most_chars {
        return Err(Rejection::BadText);
    }
    let visible = text.chars().any(|c| !is_invisible(c));
    Ok(visible.then(|| text.to_owned()))
}

/// Control characters, line breaks, and what turns the direction of the text that follows: with these a name could
/// rearrange a line that others read.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing by themselves. Allowed between others, where scripts and emoji need them.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{2800}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}
