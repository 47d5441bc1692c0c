use convocation_classroom::{
    command::Command, pace::Roaming, rejection::Rejection, seat::Role, stage::ColourScale,
};

use crate::lecture::*;

const OK: Result<(), Rejection> = Ok(());
const NOT_ALLOWED: Result<(), Rejection> = Err(Rejection::NotAllowed);
const NOT_DRIVER: Result<(), Rejection> = Err(Rejection::NotDriver);

/// What host, assistant, student and projector get when the host drives.
fn check(command: &Command, expected: [Result<(), Rejection>; 4]) {
    for (seat, expected) in [HOST, ASSISTANT, STUDENT, PROJECTOR]
        .into_iter()
        .zip(expected)
    {
        let mut lecture = lecture();
        lecture.host(on_unit("conv", 0));
        let outcome = lecture.tells(seat, command.clone()).map(drop);
        assert_eq!(outcome, expected, "{command:?} of {seat:?}");
    }
}

fn drivers_commands() -> Vec<Command> {
    vec![
        choose("other"),
        picture("dog"),
        on_layer("conv"),
        Command::Step { step: 1 },
        Command::Play { from: 0, rate: 4 },
        Command::Pause { step: 1 },
        Command::SetScale {
            scale: ColourScale::Global,
        },
        Command::SetDetail { detail: true },
        Command::SetReceptiveField { shown: true },
        edit(kernels(&[0])),
        caption("Look"),
        Command::SetRoaming {
            roaming: Roaming::Together,
        },
        Command::Gather,
        Command::SetPaused { paused: true },
    ]
}

#[test]
fn r7_seat_0_is_the_host() {
    let hosts: Vec<_> = lecture()
        .class
        .seats()
        .filter(|s| s.role == Role::Host)
        .map(|s| s.id)
        .collect();
    assert_eq!(hosts, [HOST]);
}

#[test]
fn r8_only_the_driver_leads() {
    for command in drivers_commands() {
        check(&command, [OK, NOT_DRIVER, NOT_ALLOWED, NOT_ALLOWED]);
    }
}

#[test]
fn r8_an_old_driver_no_longer_leads() {
    for command in drivers_commands() {
        let mut lecture = lecture();
        lecture.host(on_unit("conv", 0));
        lecture.host(Command::HandOver { to: ASSISTANT });
        assert_eq!(
            lecture.tells(HOST, command.clone()),
            Err(Rejection::NotDriver)
        );
        assert!(lecture.tells(ASSISTANT, command).is_ok());
    }
}

#[test]
fn r9_only_students_follow_and_explore() {
    for command in [Command::Follow, Command::Explore] {
        check(&command, [NOT_ALLOWED, NOT_ALLOWED, OK, NOT_ALLOWED]);
    }
}

#[test]
fn r10_staff_lock_and_the_host_ends() {
    check(
        &Command::Lock { locked: true },
        [OK, OK, NOT_ALLOWED, NOT_ALLOWED],
    );
    check(&Command::End, [OK, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED]);
}

#[test]
fn r11_a_projector_sends_nothing() {
    let rest = [
        Command::Follow,
        Command::Explore,
        rename(PROJECTOR, "Screen"),
        Command::Lock { locked: true },
        Command::Remove { seat: STUDENT },
        Command::HandOver { to: PROJECTOR },
        Command::End,
    ];
    for command in drivers_commands().into_iter().chain(rest) {
        assert_eq!(
            lecture().tells(PROJECTOR, command.clone()),
            Err(Rejection::NotAllowed),
            "{command:?}"
        );
    }
}
