use convocation_classroom::{rejection::Rejection, seat::NAME_CHARS, stage::CAPTION_CHARS};

use crate::lecture::*;

fn name(typed: &str, expected: Option<&str>) {
    let mut lecture = lecture();
    let outcome = lecture.tells(STUDENT, rename(STUDENT, typed));
    match expected {
        Some(expected) => assert_eq!(lecture.name(STUDENT), expected, "{typed:?}"),
        None => assert_eq!(outcome, Err(Rejection::BadText), "{typed:?}"),
    }
}

#[test]
fn r13_names_are_trimmed_and_shown_in_any_script() {
    for (typed, kept) in [
        ("Zoë", "Zoë"),
        ("  Zoë\u{3000}", "Zoë"),
        ("Anna Maria", "Anna Maria"),
        ("李小龍", "李小龍"),
        ("مریم‌السادات", "مریم‌السادات"),
        ("👩‍🔬", "👩‍🔬"),
        (
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        ),
        ("<b>&amp;", "<b>&amp;"),
    ] {
        name(typed, Some(kept));
    }
}

#[test]
fn r13_names_count_characters_not_bytes() {
    name(&"語".repeat(NAME_CHARS), Some(&"語".repeat(NAME_CHARS)));
    name(&"語".repeat(NAME_CHARS + 1), None);
    name(
        &format!(" {} ", "a".repeat(NAME_CHARS)),
        Some(&"a".repeat(NAME_CHARS)),
    );
}

#[test]
fn r13_names_that_show_nothing_or_disturb_are_refused() {
    for typed in [
        "",
        " ",
        "\u{3000}",
        "\u{200B}",
        "\u{200D}\u{FE0F}",
        "\u{3164}",
        "\u{2800}",
        "a\nb",
        "a\tb",
        "a\0",
        "a\u{7F}",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{202E}ada",
        "a\u{2066}b",
    ] {
        name(typed, None);
    }
}

#[test]
fn r14_captions_are_trimmed_and_blank_ones_are_none() {
    let longest = "語".repeat(CAPTION_CHARS);
    for (typed, kept) in [
        (
            " Each tile is one channel. ",
            Some("Each tile is one channel."),
        ),
        (longest.as_str(), Some(longest.as_str())),
        ("", None),
        (" \u{200B} ", None),
    ] {
        let mut lecture = lecture();
        lecture.host(caption("before"));
        lecture.host(caption(typed));
        assert_eq!(lecture.class.stage().caption.as_deref(), kept, "{typed:?}");
    }
}

#[test]
fn r14_captions_too_long_or_disturbing_are_refused() {
    for typed in [
        format!("{}!", "語".repeat(CAPTION_CHARS)),
        "two\nlines".to_owned(),
        "\u{202E}".to_owned(),
    ] {
        assert_eq!(
            lecture().tells(HOST, caption(&typed)),
            Err(Rejection::BadText),
            "{typed:?}"
        );
    }
}
