use convocation_classroom::{
    asks::Spot,
    changes::Changes,
    command::Command,
    ids::SeatId,
    lost::{Lost, LostCount, LostMoment, MOMENTS},
    rejection::Rejection,
    seat::Role,
    stage::Focus,
    topics::{Audience, GROUP},
};

use crate::{asks::spot, lecture::*};

fn lost(spot: &Spot) -> Command {
    Command::Lost {
        spot: Some(spot.clone()),
    }
}

fn overview() -> Spot {
    Spot {
        network: "small".into(),
        focus: Focus::Overview,
    }
}

fn seen(lecture: &Lecture) -> Lost {
    lecture.class.lost(Audience::Staff).unwrap()
}

fn now(lecture: &Lecture) -> Vec<(Option<Spot>, u32)> {
    let now = seen(lecture).now.into_iter();
    now.map(|LostCount { spot, count }| (spot, count)).collect()
}

fn moments(lecture: &Lecture) -> Vec<(u32, Option<Spot>, u32)> {
    let moments = seen(lecture).moments.into_iter();
    let parts = |LostMoment {
                     minute,
                     spot,
                     count,
                 }| (minute, spot, count);
    moments.map(parts).collect()
}

#[test]
fn r120_students_alone_say_that_they_are_lost() {
    for seat in [HOST, ASSISTANT, PROJECTOR] {
        for command in [lost(&overview()), Command::Found] {
            assert_eq!(lecture().tells(seat, command), Err(Rejection::NotAllowed));
        }
    }
    let mut lecture = lecture();
    let changes = lecture.tells(STUDENT, lost(&overview())).unwrap();
    let expected = Changes {
        lost: true,
        seats: vec![STUDENT],
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    assert_eq!(now(&lecture), [(Some(overview()), 1)]);
    assert_eq!(moments(&lecture), [(0, Some(overview()), 1)]);
    assert_eq!(lecture.class.lost(Audience::Room), None);
}

#[test]
fn r121_once_per_seat_and_the_last_view_counts() {
    let mut lecture = lecture();
    lecture.tells(STUDENT, lost(&overview())).unwrap();
    let again = lecture.tells(STUDENT, lost(&overview())).unwrap();
    assert!(again.is_empty());
    lecture
        .tells(STUDENT, lost(&spot("small", "relu", 0)))
        .unwrap();
    assert_eq!(now(&lecture), [(None, 1)]);
    assert_eq!(moments(&lecture), [(0, None, 1)]);
    lecture
        .tells(STUDENT, lost(&spot("small", "nowhere", 0)))
        .unwrap();
    assert_eq!(now(&lecture), [(None, 1)]);
}

#[test]
fn r122_a_tap_can_be_taken_back() {
    let mut lecture = lecture();
    lecture.tells(STUDENT, lost(&overview())).unwrap();
    lecture.tells(OTHER_STUDENT, lost(&overview())).unwrap();
    let changes = lecture.tells(STUDENT, Command::Found).unwrap();
    assert!(changes.lost);
    assert_eq!(moments(&lecture), [(0, Some(overview()), 1)]);
    assert!(lecture.tells(STUDENT, Command::Found).unwrap().is_empty());
    lecture.tells(OTHER_STUDENT, Command::Found).unwrap();
    assert_eq!(seen(&lecture), Lost::default());
}

#[test]
fn r123_when_the_stage_moves_on_nobody_is_lost_now_and_the_moment_stays() {
    let moves = || [on_layer("conv"), choose("epoch"), on_unit("relu", 0)];
    for command in moves() {
        let mut lecture = lecture();
        lecture.tells(OTHER_STUDENT, lost(&overview())).unwrap();
        lecture.tells(STUDENT, lost(&overview())).unwrap();
        let changes = lecture.host(command);
        assert!(changes.lost && changes.stage);
        assert_eq!(changes.seats, [STUDENT, OTHER_STUDENT]);
        assert_eq!(now(&lecture), []);
        assert_eq!(moments(&lecture), [(0, Some(overview()), 2)]);
        // What is over cannot be taken back.
        assert!(lecture.tells(STUDENT, Command::Found).unwrap().is_empty());
    }
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 1));
    let here = spot("small", "conv", 1);
    lecture.tells(STUDENT, lost(&here)).unwrap();
    for command in [
        Command::Step { step: 3 },
        picture("dog"),
        caption("Look"),
        edit(kernels(&[0])),
    ] {
        assert!(!lecture.host(command).lost);
    }
    assert_eq!(now(&lecture), [(Some(here), 1)]);
}

#[test]
fn r123_moments_are_counted_minute_by_minute() {
    let mut lecture = lecture();
    lecture.tells(STUDENT, lost(&overview())).unwrap();
    let minute_s = 60;
    for _ in 0..minute_s {
        lecture.host(Command::Gather);
    }
    lecture.tells(OTHER_STUDENT, lost(&overview())).unwrap();
    assert_eq!(
        moments(&lecture),
        [(0, Some(overview()), 1), (1, Some(overview()), 1)]
    );
    assert_eq!(now(&lecture), [(Some(overview()), 2)]);
}

#[test]
fn r124_elsewhere_only_groups_are_told_where() {
    let elsewhere = spot("small", "relu", 2);
    for (count, expected) in [(GROUP - 1, None), (GROUP, Some(elsewhere.clone()))] {
        let mut lecture = Lecture::empty();
        for i in 1..=count {
            let newcomer = admit(Role::Student, "Eve", &format!("t{i}"));
            lecture.happens(newcomer).unwrap();
            lecture.tells(SeatId(i), lost(&elsewhere)).unwrap();
        }
        assert_eq!(now(&lecture), [(expected.clone(), count)]);
        assert_eq!(moments(&lecture), [(0, expected, count)]);
    }
}

#[test]
fn r125_the_newest_moments_are_kept() {
    let mut lecture = lecture();
    for i in 0..u32::try_from(MOMENTS).unwrap() + 5 {
        lecture.host(on_unit("conv", i % 4));
        lecture
            .tells(STUDENT, lost(&spot("small", "conv", i % 4)))
            .unwrap();
    }
    let taps: u32 = moments(&lecture).iter().map(|moment| moment.2).sum();
    assert!(moments(&lecture).len() <= MOMENTS && taps > 0);
}

#[test]
fn r126_of_a_removed_seat_the_mark_goes_and_the_moment_stays() {
    let mut lecture = lecture();
    lecture.tells(STUDENT, lost(&overview())).unwrap();
    assert!(lecture.host(Command::Remove { seat: STUDENT }).lost);
    assert_eq!(now(&lecture), []);
    assert_eq!(moments(&lecture), [(0, Some(overview()), 1)]);
}
