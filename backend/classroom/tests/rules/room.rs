use convocation_classroom::{
    class::Lifecycle,
    command::Command,
    ids::{PictureId, SeatId},
    rejection::Rejection,
    topics::Room,
};

use crate::lecture::*;

fn hand_over(to: SeatId) -> Command {
    Command::HandOver { to }
}

#[test]
fn r50_those_inside_a_locked_class_go_on() {
    let mut lecture = lecture();
    lecture.host(Command::Lock { locked: true });
    assert_eq!(
        lecture.class.room(),
        Room {
            locked: true,
            own_pictures: true,
            driver: HOST,
            ended: false,
            code_shown: false,
        }
    );
    lecture.tells(STUDENT, Command::Explore).unwrap();
    lecture.host(on_layer("conv"));
}

#[test]
fn r51_who_may_hand_over_to_whom() {
    for (driver, caller, to, expected) in [
        (HOST, HOST, ASSISTANT, Ok(())),
        (HOST, HOST, STUDENT, Err(Rejection::NotAllowed)),
        (HOST, HOST, PROJECTOR, Err(Rejection::NotAllowed)),
        (HOST, HOST, NOBODY, Err(Rejection::UnknownSeat)),
        (HOST, ASSISTANT, ASSISTANT, Err(Rejection::NotDriver)),
        (HOST, STUDENT, STUDENT, Err(Rejection::NotAllowed)),
        (ASSISTANT, ASSISTANT, HOST, Ok(())),
        (ASSISTANT, HOST, HOST, Ok(())),
        (ASSISTANT, STUDENT, HOST, Err(Rejection::NotAllowed)),
    ] {
        let mut lecture = lecture();
        lecture.host(hand_over(driver));
        let outcome = lecture.tells(caller, hand_over(to)).map(drop);
        assert_eq!(
            outcome, expected,
            "{caller:?} to {to:?} while {driver:?} drives"
        );
        let expected = if expected.is_ok() { to } else { driver };
        assert_eq!(lecture.class.room().driver, expected);
    }
}

#[test]
fn r51_the_stage_goes_on_when_the_wheel_changes_hands() {
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 1));
    lecture.host(Command::Play { from: 2, rate: 16 });
    let before = lecture.class.stage().clone();
    lecture.host(hand_over(ASSISTANT));
    assert_eq!(*lecture.class.stage(), before);
}

#[test]
fn r52_the_end_is_in_the_room_and_the_lifecycle() {
    let mut lecture = lecture();
    lecture.host(Command::Lock { locked: true });
    lecture.host(Command::End);
    assert_eq!(
        lecture.class.room(),
        Room {
            locked: false,
            own_pictures: true,
            driver: HOST,
            ended: true,
            code_shown: false,
        }
    );
    assert_eq!(
        lecture.class.lifecycle(),
        Lifecycle::Ended { at: lecture.now() }
    );
}

#[test]
fn r53_staff_let_projectors_show_how_to_join() {
    let show = |shown| Command::ShowCode { shown };
    let mut lecture = lecture();
    for seat in [STUDENT, PROJECTOR] {
        assert_eq!(lecture.tells(seat, show(true)), Err(Rejection::NotAllowed));
    }
    let before = lecture.class.stage().clone();
    assert!(lecture.tells(ASSISTANT, show(true)).unwrap().room);
    assert!(lecture.host(show(true)).is_empty());
    assert!(lecture.class.room().code_shown);
    lecture.host(show(false));
    assert!(!lecture.class.room().code_shown);
    assert_eq!(lecture.class.stage(), &before);

    lecture.host(show(true));
    lecture.host(Command::Lock { locked: true });
    assert!(!lecture.class.room().code_shown);
    assert_eq!(lecture.tells(HOST, show(true)), Err(Rejection::Locked));
    assert!(lecture.host(show(false)).is_empty());
}

#[test]
fn r170_staff_forbid_own_pictures_and_allow_them_again() {
    let allow = |allowed| Command::AllowPictures { allowed };
    let mut lecture = lecture();
    assert!(lecture.class.room().own_pictures);
    assert!(lecture.host(allow(true)).is_empty());
    for (caller, expected) in [
        (STUDENT, Err(Rejection::NotAllowed)),
        (PROJECTOR, Err(Rejection::NotAllowed)),
        (NOBODY, Err(Rejection::UnknownSeat)),
        (ASSISTANT, Ok(())),
    ] {
        let outcome = lecture.tells(caller, allow(false)).map(drop);
        assert_eq!(outcome, expected, "{caller:?}");
        assert_eq!(lecture.class.room().own_pictures, expected.is_err());
    }
    let changes = lecture.host(allow(true));
    assert!(changes.room && !changes.stage);
    assert!(lecture.class.room().own_pictures);
}

#[test]
fn r172_the_driver_shows_a_picture_of_their_own_all_the_same() {
    let mut lecture = lecture();
    lecture.host(Command::AllowPictures { allowed: false });
    let picture = PictureId("0f".repeat(16));
    lecture.host(Command::ChoosePicture {
        picture: picture.clone(),
    });
    assert_eq!(lecture.class.stage().picture, picture);
}
