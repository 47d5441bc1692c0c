//! Text that people type and others read: which of it is fit to be shown. Not markup, and never language: any script is welcome.

use crate::{asks::ASK_CHARS, rejection::Rejection, seat::NAME_CHARS, stage::CAPTION_CHARS};

/// A name as it is kept (R13): without space around it.
pub(crate) fn name(typed: &str) -> Result<String, Rejection> {
    clean(typed, NAME_CHARS)?.ok_or(Rejection::BadText)
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
