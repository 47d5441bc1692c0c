use convocation_classroom::{
    changes::Changes,
    class::Class,
    command::Command,
    entry::Event,
    ids::{SeatId, Version},
    rejection::Rejection,
    seat::Role,
    topics::Versions,
};

use crate::lecture::*;

#[test]
fn r1_opening_gives_the_host_the_wheel_and_the_overview() {
    let class = Class::open(&opening());
    assert_eq!(
        class
            .seats()
            .map(|seat| (seat.id, seat.role))
            .collect::<Vec<_>>(),
        [(HOST, Role::Host)]
    );
    assert_eq!(class.room().driver, HOST);
    assert_eq!(class.stage().network, "small".into());
    assert_eq!(class.stage().picture, "cat".into());
    assert!(class.is_host_secret(&opening().host) && !class.is_host_secret(&opening().assistant));
    assert!(class.is_assistant_secret(&opening().assistant));
    assert_eq!(class.seat_by_token(&opening().host), None);
}

#[test]
fn r3_same_value_again_is_accepted_and_changes_nothing() {
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 1));
    lecture.host(Command::Step { step: 3 });
    lecture.host(caption("Look"));
    let sequence = lecture.class.sequence();
    for command in [
        Command::Step { step: 3 },
        Command::Pause { step: 3 },
        picture("cat"),
        caption(" Look "),
        Command::SetDetail { detail: false },
        Command::SetReceptiveField { shown: false },
        Command::EditKernel { edit: None },
        Command::SetScale {
            scale: lecture.class.stage().scale,
        },
        Command::SetRoaming {
            roaming: lecture.class.pace().roaming,
        },
        Command::SetPaused { paused: false },
        Command::Lock { locked: false },
        Command::HandOver { to: HOST },
        rename(HOST, "Ada"),
    ] {
        assert_eq!(
            lecture.tells(HOST, command.clone()),
            Ok(Changes::default()),
            "{command:?}"
        );
    }
    assert_eq!(
        lecture.tells(STUDENT, Command::Follow),
        Ok(Changes::default())
    );
    let outline = outline("other", "filter");
    assert_eq!(
        lecture.happens(Event::Equip { outline }),
        Ok(Changes::default())
    );
    assert_eq!(lecture.class.sequence(), sequence);
}

#[test]
fn r4_a_change_gives_its_topics_the_next_version() {
    let mut lecture = Lecture::empty();
    let first = Versions {
        stage: Version(1),
        pace: Version(1),
        room: Version(1),
        asks: Version(1),
        lost: Version(1),
        views: Version(1),
        question: Version(1),
        lesson: Version(1),
        script: Version(1),
        ..Versions::default()
    };
    assert_eq!(
        lecture.class.versions(HOST),
        Versions {
            seat: Version(1),
            ..first
        }
    );
    assert_eq!(lecture.class.versions(NOBODY), first);

    lecture.happens(admit(Role::Student, "Cleo", "t")).unwrap();
    lecture.host(on_layer("conv"));
    lecture.host(Command::Lock { locked: true });
    lecture.tells(SeatId(1), Command::Explore).unwrap();
    assert_eq!(lecture.class.sequence(), 4);
    let versions = Versions {
        stage: Version(3),
        pace: Version(3),
        room: Version(4),
        ..first
    };
    assert_eq!(
        lecture.class.versions(HOST),
        Versions {
            seat: Version(1),
            ..versions
        }
    );
    assert_eq!(
        lecture.class.versions(SeatId(1)),
        Versions {
            seat: Version(5),
            ..versions
        }
    );
}

#[test]
fn r4_changes_tell_which_topics_have_a_new_value() {
    let none = Changes::default;
    let mut lecture = lecture();
    let check = |changes: Changes, expected: Changes| assert_eq!(changes, expected);
    check(
        lecture.host(on_layer("conv")),
        Changes {
            stage: true,
            pace: true,
            ..none()
        },
    );
    check(
        lecture.host(on_layer("input")),
        Changes {
            stage: true,
            ..none()
        },
    );
    check(
        lecture.host(Command::Lock { locked: true }),
        Changes {
            room: true,
            ..none()
        },
    );
    check(
        lecture.host(Command::HandOver { to: ASSISTANT }),
        Changes {
            room: true,
            roster: true,
            ..none()
        },
    );
    check(
        lecture.host(Command::End),
        Changes {
            room: true,
            ended: true,
            ..none()
        },
    );
}

#[test]
fn r5_an_ended_class_refuses_everything() {
    let mut lecture = lecture();
    lecture.host(Command::End);
    for event in [
        admit(Role::Student, "Eve", "t9"),
        admit(Role::Host, "", "t9"),
        Event::Equip {
            outline: outline("new", "conv"),
        },
        Event::Command {
            seat: HOST,
            command: Command::End,
        },
        Event::Command {
            seat: STUDENT,
            command: Command::Explore,
        },
        Event::Command {
            seat: NOBODY,
            command: Command::Explore,
        },
    ] {
        assert_eq!(
            lecture.happens(event.clone()),
            Err(Rejection::Ended),
            "{event:?}"
        );
    }
    // Whether the recording is kept is still the host's to say.
    assert!(lecture.happens(Event::Keep { kept: true }).unwrap().kept);
}

#[test]
fn r6_the_first_check_that_fails_is_the_reason() {
    let bad_focus = || on_unit("nowhere", 99);
    for (seat, reason) in [
        (NOBODY, Rejection::UnknownSeat),
        (STUDENT, Rejection::NotAllowed),
        (PROJECTOR, Rejection::NotAllowed),
        (ASSISTANT, Rejection::NotDriver),
        (HOST, Rejection::UnknownLayer),
    ] {
        assert_eq!(lecture().tells(seat, bad_focus()), Err(reason), "{seat:?}");
    }
}
