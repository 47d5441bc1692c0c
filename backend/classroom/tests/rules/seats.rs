use convocation_classroom::{
    asks::OwnAsks,
    changes::Changes,
    class::SEATS,
    command::Command,
    ids::{SeatId, SecretHash, Version},
    rejection::Rejection,
    seat::{Mode, Role, Seat},
};

use crate::lecture::*;

fn token(text: &str) -> SecretHash {
    SecretHash(text.to_owned())
}

fn remove(seat: SeatId) -> Command {
    Command::Remove { seat }
}

#[test]
fn r40_a_newcomer_gets_the_next_seat() {
    let mut lecture = lecture();
    let changes = lecture
        .happens(admit(Role::Student, " Eve ", "t5"))
        .unwrap();
    let id = SeatId(5);
    assert_eq!(
        changes,
        Changes {
            roster: true,
            seats: vec![id],
            admitted: Some(id),
            ..Changes::default()
        }
    );
    let seat = Seat {
        id,
        role: Role::Student,
        name: "Eve".to_owned(),
        mode: Mode::Following,
        asks: OwnAsks::default(),
        answers: vec![],
        offered: None,
        cells: vec![],
    };
    assert_eq!(lecture.class.seat(id), Some(&seat));
    assert_eq!(lecture.class.seat_by_token(&token("t5")), Some(&seat));
}

#[test]
fn r40_numbers_are_never_used_twice() {
    let mut lecture = lecture();
    lecture.host(remove(PROJECTOR));
    let changes = lecture
        .happens(admit(Role::Projector, "Wall", "t5"))
        .unwrap();
    assert_eq!(changes.admitted, Some(SeatId(5)));
}

#[test]
fn r41_no_second_host_and_no_second_use_of_a_token() {
    let mut lecture = lecture();
    assert_eq!(
        lecture.happens(admit(Role::Host, "Eve", "t5")),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(
        lecture.happens(admit(Role::Student, "Eve", "t2")),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(
        lecture.happens(admit(Role::Student, "", "t5")),
        Err(Rejection::BadText)
    );
}

#[test]
fn r41_a_locked_class_admits_assistants_only() {
    for (role, expected) in [
        (Role::Student, Err(Rejection::Locked)),
        (Role::Projector, Err(Rejection::Locked)),
        (Role::Assistant, Ok(())),
    ] {
        let mut lecture = lecture();
        lecture.host(Command::Lock { locked: true });
        assert_eq!(
            lecture.happens(admit(role, "Eve", "t5")).map(drop),
            expected,
            "{role:?}"
        );
        lecture.host(Command::Lock { locked: false });
        assert!(lecture.happens(admit(role, "Eve", "t6")).is_ok());
    }
}

#[test]
fn r42_a_full_class_has_room_again_when_someone_is_removed() {
    let mut lecture = lecture();
    let taken = lecture.class.seats().len();
    for i in taken..SEATS {
        lecture
            .class
            .apply(&entry(admit(Role::Student, "Eve", &format!("x{i}"))))
            .unwrap();
    }
    for role in [Role::Student, Role::Assistant] {
        assert_eq!(
            lecture.happens(admit(role, "Late", "late")),
            Err(Rejection::Full)
        );
    }
    lecture.host(remove(STUDENT));
    assert!(
        lecture
            .happens(admit(Role::Student, "Late", "late"))
            .is_ok()
    );
}

#[test]
fn r43_who_may_rename_whom() {
    for (caller, seat, expected) in [
        (STUDENT, STUDENT, Ok(())),
        (STUDENT, OTHER_STUDENT, Err(Rejection::NotAllowed)),
        (STUDENT, NOBODY, Err(Rejection::NotAllowed)),
        (PROJECTOR, PROJECTOR, Err(Rejection::NotAllowed)),
        (ASSISTANT, STUDENT, Ok(())),
        (ASSISTANT, PROJECTOR, Ok(())),
        (HOST, ASSISTANT, Ok(())),
        (HOST, HOST, Ok(())),
        (HOST, NOBODY, Err(Rejection::UnknownSeat)),
    ] {
        let mut lecture = lecture();
        let outcome = lecture.tells(caller, rename(seat, "New"));
        let changes = Changes {
            roster: true,
            seats: vec![seat],
            ..Changes::default()
        };
        assert_eq!(
            outcome,
            expected.map(|()| changes),
            "{caller:?} renames {seat:?}"
        );
        assert_eq!(lecture.class.has_name("New"), expected.is_ok());
    }
}

#[test]
fn r44_who_may_remove_whom() {
    for (caller, seat, expected) in [
        (HOST, STUDENT, Ok(())),
        (HOST, PROJECTOR, Ok(())),
        (HOST, ASSISTANT, Ok(())),
        (HOST, HOST, Err(Rejection::HostStays)),
        (HOST, NOBODY, Err(Rejection::UnknownSeat)),
        (ASSISTANT, STUDENT, Ok(())),
        (ASSISTANT, ASSISTANT, Err(Rejection::NotAllowed)),
        (ASSISTANT, HOST, Err(Rejection::HostStays)),
        (STUDENT, OTHER_STUDENT, Err(Rejection::NotAllowed)),
        (STUDENT, STUDENT, Err(Rejection::NotAllowed)),
    ] {
        let mut lecture = lecture();
        let outcome = lecture.tells(caller, remove(seat));
        let changes = Changes {
            roster: true,
            removed: Some(seat),
            ..Changes::default()
        };
        assert_eq!(
            outcome,
            expected.map(|()| changes),
            "{caller:?} removes {seat:?}"
        );
    }
}

#[test]
fn r44_a_removed_seat_is_gone_with_its_token() {
    let mut lecture = lecture();
    assert_eq!(
        lecture
            .class
            .seat_by_token(&token("t2"))
            .map(|seat| seat.id),
        Some(STUDENT)
    );
    lecture.host(remove(STUDENT));
    assert_eq!(lecture.class.seat(STUDENT), None);
    assert_eq!(lecture.class.seat_by_token(&token("t2")), None);
    assert_eq!(lecture.class.versions(STUDENT).seat, Version(0));
    assert_eq!(
        lecture.happens(admit(Role::Student, "Cleo", "t2")),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(
        lecture.tells(STUDENT, Command::Explore),
        Err(Rejection::UnknownSeat)
    );
    assert!(lecture.happens(admit(Role::Student, "Cleo", "t5")).is_ok());
}

#[test]
fn r45_the_host_drives_when_the_driver_is_removed() {
    let mut lecture = lecture();
    lecture.host(Command::HandOver { to: ASSISTANT });
    let changes = lecture.host(remove(ASSISTANT));
    let expected = Changes {
        room: true,
        roster: true,
        removed: Some(ASSISTANT),
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    assert_eq!(lecture.class.room().driver, HOST);
    lecture.host(on_layer("conv"));
}
