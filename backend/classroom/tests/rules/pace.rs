use convocation_classroom::{
    changes::Changes, command::Command, ids::SeatId, pace::Roaming, rejection::Rejection,
    seat::Mode, stage::Playback,
};

use crate::lecture::*;

fn mode(lecture: &Lecture, seat: SeatId) -> Mode {
    lecture.class.seat(seat).unwrap().mode
}

fn with_an_explorer() -> Lecture {
    let mut lecture = lecture();
    lecture.tells(OTHER_STUDENT, Command::Explore).unwrap();
    lecture
}

#[test]
fn r30_roaming_is_free_at_first_and_taught_leaves_explorers_alone() {
    let mut lecture = with_an_explorer();
    assert_eq!(lecture.class.pace().roaming, Roaming::Free);
    let changes = lecture.host(Command::SetRoaming {
        roaming: Roaming::Taught,
    });
    assert_eq!(
        changes,
        Changes {
            pace: true,
            ..Changes::default()
        }
    );
    assert_eq!(mode(&lecture, OTHER_STUDENT), Mode::Exploring);
}

#[test]
fn r31_together_makes_everyone_follow_until_it_is_over() {
    let mut lecture = with_an_explorer();
    let changes = lecture.host(Command::SetRoaming {
        roaming: Roaming::Together,
    });
    let expected = Changes {
        pace: true,
        roster: true,
        seats: vec![OTHER_STUDENT],
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    assert_eq!(mode(&lecture, OTHER_STUDENT), Mode::Following);
    assert_eq!(lecture.class.pace().gathered, Some(lecture.now()));
    assert_eq!(
        lecture.tells(STUDENT, Command::Explore),
        Err(Rejection::Together)
    );
    assert!(lecture.tells(STUDENT, Command::Follow).unwrap().is_empty());
    lecture.host(Command::SetRoaming {
        roaming: Roaming::Free,
    });
    lecture.tells(STUDENT, Command::Explore).unwrap();
}

#[test]
fn r32_gather_makes_everyone_follow_once() {
    let mut lecture = with_an_explorer();
    let changes = lecture.host(Command::Gather);
    let expected = Changes {
        pace: true,
        roster: true,
        seats: vec![OTHER_STUDENT],
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    assert_eq!(lecture.class.pace().gathered, Some(lecture.now()));
    assert_eq!(mode(&lecture, OTHER_STUDENT), Mode::Following);
    lecture.tells(OTHER_STUDENT, Command::Explore).unwrap();
    assert_eq!(mode(&lecture, OTHER_STUDENT), Mode::Exploring);
}

#[test]
fn r33_a_student_changes_only_their_own_mode() {
    let mut lecture = lecture();
    let changes = lecture.tells(STUDENT, Command::Explore).unwrap();
    assert_eq!(
        changes,
        Changes {
            roster: true,
            seats: vec![STUDENT],
            ..Changes::default()
        }
    );
    assert_eq!(
        EVERYBODY.map(|seat| mode(&lecture, seat) == Mode::Exploring),
        [false, false, true, false, false]
    );
    lecture.tells(STUDENT, Command::Follow).unwrap();
    assert_eq!(mode(&lecture, STUDENT), Mode::Following);
}

#[test]
fn r34_a_paused_class_stays_as_it_is_until_it_goes_on() {
    let mut lecture = with_an_explorer();
    let changes = lecture.host(Command::SetPaused { paused: true });
    assert_eq!(
        changes,
        Changes {
            pace: true,
            ..Changes::default()
        }
    );
    assert_eq!(mode(&lecture, OTHER_STUDENT), Mode::Exploring);
    assert_eq!(
        lecture.tells(STUDENT, Command::Explore),
        Err(Rejection::Paused)
    );
    lecture.tells(OTHER_STUDENT, Command::Follow).unwrap();
    lecture.host(Command::SetPaused { paused: false });
    lecture.tells(STUDENT, Command::Explore).unwrap();
}

#[test]
fn r34_a_moving_kernel_stands_where_it_is() {
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 1));
    lecture.host(Command::Play { from: 2, rate: 4 });
    let before = lecture.now();
    let steps = lecture
        .class
        .outline_on_stage()
        .steps(&lecture.class.stage().focus)
        .unwrap();
    let playing = lecture.class.stage().playback;
    let changes = lecture.host(Command::SetPaused { paused: true });
    assert!(changes.stage && lecture.now() > before);
    assert_eq!(
        lecture.class.stage().playback,
        Playback::Paused {
            step: playing.step_at(lecture.now(), steps)
        }
    );
    lecture.host(Command::Step { step: 0 });
}
