//! Not rules but words: join codes, friendly names, and which step a playback shows.

use std::collections::BTreeSet;

use convocation_classroom::{
    ids::{ClassCode, ClassTime},
    names::{NAMES, friendly},
    seat::NAME_CHARS,
    stage::Playback,
};

#[test]
fn friendly_names_are_short_ascii_and_all_different() {
    let names: BTreeSet<String> = (0..NAMES).map(friendly).collect();
    assert_eq!(names.len(), NAMES as usize);
    for name in &names {
        assert!(
            name.is_ascii() && name.len() <= NAME_CHARS / 2 + 4,
            "{name}"
        );
        assert!(
            name.split(' ').count() == 2 && name.chars().all(|c| c.is_alphabetic() || c == ' '),
            "{name}"
        );
    }
    assert_eq!(friendly(u32::MAX), friendly(NAMES - 1));
}

#[test]
fn codes_are_read_as_people_type_them() {
    for (typed, code) in [
        ("ABC234", Some("ABC234")),
        (" abc-234 ", Some("ABC234")),
        ("oil 00x", Some("01100X")),
        ("ABC23", None),
        ("ABC2345", None),
        ("ABC23U", None),
        ("ÄBC234", None),
        ("", None),
    ] {
        assert_eq!(
            ClassCode::parse(typed),
            code.map(ClassCode::from),
            "{typed:?}"
        );
    }
}

#[test]
fn codes_from_bits_are_codes() {
    for bits in [0, 1, 0x3FFF_FFFF, u32::MAX, 0x1234_5678] {
        let code = ClassCode::from_bits(bits);
        assert_eq!(ClassCode::parse(code.as_str()), Some(code.clone()));
    }
    let differing_in_one_bit: BTreeSet<_> =
        (0..30).map(|bit| ClassCode::from_bits(1 << bit)).collect();
    assert_eq!(differing_in_one_bit.len(), 30);
}

#[test]
fn a_playback_moves_at_its_rate_and_stands_at_the_last_step() {
    let playing = |from, rate| Playback::Playing {
        from,
        since: ClassTime(1000),
        rate,
    };
    for (playback, now_ms, steps, expected) in [
        (Playback::Paused { step: 5 }, 0, 12, 5),
        (Playback::Paused { step: 50 }, 0, 12, 11),
        (playing(3, 4), 1000, 12, 3),
        (playing(3, 4), 1249, 12, 3),
        (playing(3, 4), 1250, 12, 4),
        (playing(3, 4), 2000, 12, 7),
        (playing(3, 4), 900, 12, 3),
        (playing(3, 64), u32::MAX, 12, 11),
        (
            playing(u32::MAX, u32::MAX),
            u32::MAX,
            u32::MAX,
            u32::MAX - 1,
        ),
        (playing(0, 1), 5000, 0, 0),
    ] {
        assert_eq!(
            playback.step_at(ClassTime(now_ms), steps),
            expected,
            "{playback:?} at {now_ms}"
        );
    }
}
