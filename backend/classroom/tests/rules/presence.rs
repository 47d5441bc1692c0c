use convocation_classroom::{
    command::Command,
    ids::{LayerId, SeatId},
    presence::Presence,
    seat::Role,
    topics::{Audience, GROUP, LayerCount, Roster},
};

use crate::lecture::*;

#[test]
fn r60_a_seat_is_present_until_its_last_connection_goes() {
    let mut presence = Presence::default();
    assert!(presence.connect(STUDENT));
    assert!(!presence.connect(STUDENT));
    assert!(!presence.disconnect(STUDENT));
    assert!(presence.has(STUDENT));
    assert!(presence.disconnect(STUDENT));
    assert!(!presence.has(STUDENT));
    assert!(!presence.disconnect(STUDENT));
    assert_eq!(presence, Presence::default());
}

#[test]
fn r60_r61_the_room_learns_numbers_only() {
    let mut lecture = lecture();
    let mut presence = Presence::default();
    for seat in [ASSISTANT, STUDENT, STUDENT, OTHER_STUDENT, PROJECTOR] {
        presence.connect(seat);
    }
    lecture.tells(STUDENT, Command::Explore).unwrap();
    let numbers = Roster {
        present: 2,
        following: 1,
        driver_present: false,
        seats: Vec::new(),
        whereabouts: Vec::new(),
    };
    assert_eq!(presence.roster(&lecture.class, Audience::Room), numbers);
    presence.connect(HOST);
    let with_driver = Roster {
        driver_present: true,
        ..numbers
    };
    assert_eq!(presence.roster(&lecture.class, Audience::Room), with_driver);
}

#[test]
fn r60_a_removed_seat_is_not_present() {
    let mut lecture = lecture();
    let mut presence = Presence::default();
    presence.connect(STUDENT);
    lecture.host(Command::Remove { seat: STUDENT });
    assert_eq!(presence.roster(&lecture.class, Audience::Room).present, 0);
}

#[test]
fn r62_staff_see_every_seat() {
    let lecture = lecture();
    let mut presence = Presence::default();
    presence.connect(STUDENT);
    let roster = presence.roster(&lecture.class, Audience::Staff);
    let seats: Vec<_> = roster
        .seats
        .iter()
        .map(|s| (s.id, s.name.as_str(), s.present))
        .collect();
    assert_eq!(
        seats,
        [
            (HOST, "Ada", false),
            (ASSISTANT, "Bo", false),
            (STUDENT, "Cleo", true),
            (OTHER_STUDENT, "Dan", false),
            (PROJECTOR, "Wall", false)
        ]
    );
}

/// Students, all present and exploring, of whom some are at one layer and the rest nowhere.
fn explorers(at_layer: &str, there: u32) -> (Lecture, Presence, Vec<SeatId>) {
    let mut lecture = Lecture::empty();
    let mut presence = Presence::default();
    let mut seats = Vec::new();
    for i in 1..=GROUP + 1 {
        lecture
            .happens(admit(Role::Student, "Eve", &format!("t{i}")))
            .unwrap();
        let seat = SeatId(i);
        lecture.tells(seat, Command::Explore).unwrap();
        presence.connect(seat);
        seats.push(seat);
        if i <= there {
            presence.whereabouts(&lecture.class, seat, Some(&LayerId::from(at_layer)));
        }
    }
    (lecture, presence, seats)
}

fn groups(lecture: &Lecture, presence: &Presence) -> Vec<LayerCount> {
    presence.roster(&lecture.class, Audience::Staff).whereabouts
}

#[test]
fn r62_groups_are_told_and_smaller_ones_are_not() {
    for (layer, there, expected) in [
        ("conv", GROUP, Some(GROUP)),
        ("conv", GROUP + 1, Some(GROUP + 1)),
        ("conv", GROUP - 1, None),
        ("nowhere", GROUP, None),
    ] {
        let (lecture, presence, _) = explorers(layer, there);
        let expected: Vec<_> = expected
            .map(|count| LayerCount {
                layer: layer.into(),
                count,
            })
            .into_iter()
            .collect();
        assert_eq!(groups(&lecture, &presence), expected, "{there} at {layer}");
        assert_eq!(
            presence.roster(&lecture.class, Audience::Room).whereabouts,
            []
        );
    }
}

#[test]
fn r62_whoever_follows_leaves_or_moves_no_longer_counts() {
    type Step = fn(&mut Lecture, &mut Presence, SeatId);
    let steps: [Step; 3] = [
        |lecture, _, seat| drop(lecture.tells(seat, Command::Follow).unwrap()),
        |_, presence, seat| assert!(presence.disconnect(seat)),
        |lecture, presence, seat| assert!(presence.whereabouts(&lecture.class, seat, None)),
    ];
    for step in steps {
        let (mut lecture, mut presence, seats) = explorers("conv", GROUP);
        assert_eq!(groups(&lecture, &presence).len(), 1);
        step(&mut lecture, &mut presence, seats[0]);
        assert_eq!(groups(&lecture, &presence), []);
    }
}

#[test]
fn r62_the_same_place_again_is_no_news() {
    let (lecture, mut presence, seats) = explorers("conv", 1);
    assert!(!presence.whereabouts(&lecture.class, seats[0], Some(&"conv".into())));
    assert!(!presence.whereabouts(&lecture.class, seats[1], Some(&"nowhere".into())));
    assert!(!presence.whereabouts(&lecture.class, NOBODY, Some(&"conv".into())));
}
