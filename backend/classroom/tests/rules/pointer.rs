use convocation_classroom::{
    class::HOST,
    command::Command,
    ids::{ClassTime, SeatId},
    pointer::{
        Aim, Gesture, INK_MS, Ink, Leg, POINT_REACH, Part, Pointer, Pointing, STROKE_POINTS,
        STROKES, Thing,
    },
    seat::Role,
    sliding::Hyperparameters,
    stage::Focus,
};
use proptest::prelude::*;

use crate::{anything, lecture::*};

const NOW: ClassTime = ClassTime(10_000);

fn unit(layer: &str, unit: u32) -> Thing {
    Thing::Unit {
        layer: layer.into(),
        unit,
    }
}

fn part(part: Part, input: Option<u32>) -> Thing {
    Thing::Part { part, input }
}

fn at(thing: Thing) -> Gesture {
    Gesture {
        at: Some(Aim {
            thing,
            u: 500,
            v: 500,
        }),
        ink: None,
    }
}

/// A stroke of so many points over one thing.
fn ink(id: u32, thing: Thing, points: usize) -> Gesture {
    let leg = Leg {
        thing,
        points: vec![(0, 1000); points],
    };
    Gesture {
        at: None,
        ink: Some(Ink {
            id,
            legs: vec![leg],
        }),
    }
}

fn on_diagram() -> Command {
    Command::Focus {
        focus: Focus::Hyperparameters(Hyperparameters {
            input: 5,
            padding: 0,
            kernel: 3,
            stride: 1,
            dilation: 1,
        }),
    }
}

fn on_class(class: u32) -> Command {
    Command::Focus {
        focus: Focus::Class { class },
    }
}

/// Points as the host; returns whether it was seen.
fn points(lecture: &Lecture, pointing: &mut Pointing, gesture: &Gesture) -> bool {
    pointing.gesture(&lecture.class, HOST, gesture, NOW)
}

fn ids(pointing: &Pointing) -> Vec<u32> {
    let strokes = pointing.value().strokes.iter();
    strokes.map(|stroke| stroke.id).collect()
}

#[test]
fn r101_only_the_driver_points() {
    let mut lecture = lecture();
    let check = |lecture: &Lecture, driver: SeatId| {
        for seat in EVERYBODY.into_iter().chain([NOBODY]) {
            let mut pointing = Pointing::default();
            for gesture in [at(unit("conv", 3)), ink(1, unit("conv", 3), 2)] {
                let seen = pointing.gesture(&lecture.class, seat, &gesture, NOW);
                assert_eq!(seen, seat == driver, "{seat:?}");
            }
            assert_eq!(pointing == Pointing::default(), seat != driver);
        }
    };
    check(&lecture, HOST);
    lecture.host(Command::HandOver { to: ASSISTANT });
    check(&lecture, ASSISTANT);
}

#[test]
fn r102_what_the_stage_shows_can_be_pointed_at() {
    let whole = || part(Part::Formula, None);
    let of = |input| part(Part::Source, Some(input));
    let cases: [(Option<Command>, Thing, bool); 22] = [
        (None, unit("conv", 3), true),
        (None, unit("conv", 4), false),
        (None, unit("filter", 0), false),
        (None, whole(), false),
        (Some(on_layer("conv")), unit("input", 2), true),
        (Some(on_layer("conv")), whole(), false),
        (Some(on_unit("conv", 1)), unit("out", 1), true),
        (Some(on_unit("conv", 1)), whole(), true),
        (Some(on_unit("conv", 1)), of(2), true),
        (Some(on_unit("conv", 1)), of(3), false),
        (Some(on_link("conv", 1, 0)), of(2), true),
        (Some(on_unit("relu", 1)), of(1), true),
        (Some(on_unit("relu", 1)), of(2), false),
        (Some(on_unit("input", 1)), whole(), true),
        (Some(on_unit("input", 1)), of(0), false),
        (Some(on_class(1)), whole(), true),
        (Some(on_class(1)), of(3), true),
        (Some(on_class(1)), of(4), false),
        (Some(on_class(1)), unit("conv", 0), true),
        (Some(on_diagram()), whole(), true),
        (Some(on_diagram()), of(0), false),
        (Some(on_diagram()), unit("conv", 0), false),
    ];
    for (shown, thing, is_there) in cases {
        let mut lecture = lecture();
        if let Some(shown) = shown.clone() {
            lecture.host(shown);
        }
        for gesture in [at(thing.clone()), ink(0, thing.clone(), 1)] {
            let mut pointing = Pointing::default();
            let seen = points(&lecture, &mut pointing, &gesture);
            assert_eq!(seen, is_there, "{shown:?} {thing:?}");
            assert_eq!(*pointing.value() != Pointer::default(), is_there);
        }
    }
}

#[test]
fn r102_points_lie_on_their_thing_or_near_it() {
    let lecture = lecture();
    for (place, is_near) in [
        (0, true),
        (1000, true),
        (-POINT_REACH, true),
        (1000 + POINT_REACH, true),
        (-POINT_REACH - 1, false),
        (1001 + POINT_REACH, false),
        (i32::MIN, false),
        (i32::MAX, false),
    ] {
        for (u, v) in [(place, 500), (500, place)] {
            let thing = || unit("conv", 0);
            let spot = Some(Aim {
                thing: thing(),
                u,
                v,
            });
            let legs = vec![Leg {
                thing: thing(),
                points: vec![(500, 500), (u, v)],
            }];
            let gestures = [
                Gesture {
                    at: spot,
                    ink: None,
                },
                Gesture {
                    at: None,
                    ink: Some(Ink { id: 0, legs }),
                },
            ];
            for gesture in gestures {
                let seen = points(&lecture, &mut Pointing::default(), &gesture);
                assert_eq!(seen, is_near, "{u} {v}");
            }
        }
    }
}

#[test]
fn r102_a_gesture_counts_as_a_whole_or_not_at_all() {
    let lecture = lecture();
    let mut pointing = Pointing::default();
    assert!(points(&lecture, &mut pointing, &at(unit("conv", 0))));
    let before = pointing.clone();
    let half = Gesture {
        ink: ink(0, unit("nowhere", 0), 3).ink,
        ..at(unit("conv", 1))
    };
    assert!(!points(&lecture, &mut pointing, &half));
    assert_eq!(pointing, before);
}

#[test]
fn r103_a_stroke_has_a_bounded_number_of_points() {
    let lecture = lecture();
    for (count, is_stroke) in [
        (0, false),
        (1, true),
        (STROKE_POINTS, true),
        (STROKE_POINTS + 1, false),
    ] {
        let seen = points(
            &lecture,
            &mut Pointing::default(),
            &ink(0, unit("conv", 0), count),
        );
        assert_eq!(seen, is_stroke, "{count}");
    }
    let no_legs = Gesture {
        at: None,
        ink: Some(Ink {
            id: 0,
            legs: Vec::new(),
        }),
    };
    assert!(!points(&lecture, &mut Pointing::default(), &no_legs));
}

#[test]
fn r103_a_stroke_grows_and_the_oldest_of_too_many_goes() {
    let lecture = lecture();
    let mut pointing = Pointing::default();
    for length in 1..=5 {
        assert!(points(
            &lecture,
            &mut pointing,
            &ink(7, unit("conv", 0), length)
        ));
        let [stroke] = &pointing.value().strokes[..] else {
            panic!("one stroke")
        };
        assert_eq!(stroke.legs[0].points.len(), length);
    }
    for id in 8..20 {
        points(&lecture, &mut pointing, &ink(id, unit("conv", 0), 1));
    }
    let newest: Vec<u32> = (20 - u32::try_from(STROKES).unwrap()..20).collect();
    assert_eq!(ids(&pointing), newest);
}

#[test]
fn r104_ink_fades_six_seconds_after_it_last_grew() {
    let lecture = lecture();
    let mut pointing = Pointing::default();
    let mut draw = |id, points, at_ms| {
        pointing.gesture(
            &lecture.class,
            HOST,
            &ink(id, unit("conv", 0), points),
            ClassTime(at_ms),
        );
        ids(&pointing)
    };
    assert_eq!(draw(1, 1, 1000), [1]);
    assert_eq!(draw(2, 1, 2000), [1, 2]);
    // The first one grows, the second is told again as it was.
    assert_eq!(draw(1, 2, 5000), [1, 2]);
    assert_eq!(draw(2, 1, 6000), [1, 2]);
    assert_eq!(draw(3, 1, 2000 + INK_MS - 1), [1, 2, 3]);
    assert_eq!(draw(4, 1, 2000 + INK_MS), [1, 3, 4]);
    assert_eq!(draw(5, 1, 5000 + INK_MS), [3, 4, 5]);
}

#[test]
fn r105_the_pointer_goes_with_whoever_pointed() {
    type Step = fn(&mut Lecture, &mut Pointing) -> bool;
    // What happens, and what is left then: the pointer, the ink.
    let cases: [(Step, bool, bool); 6] = [
        (|_, pointing| pointing.leave(HOST), false, true),
        (|_, pointing| pointing.leave(ASSISTANT), true, true),
        (
            |lecture, pointing| {
                pointing.gesture(
                    &lecture.class,
                    HOST,
                    &Gesture {
                        at: None,
                        ink: None,
                    },
                    NOW,
                )
            },
            false,
            true,
        ),
        (
            |lecture, pointing| {
                lecture.host(Command::HandOver { to: ASSISTANT });
                pointing.settle(&lecture.class)
            },
            false,
            false,
        ),
        (
            |lecture, pointing| {
                lecture.host(Command::End);
                pointing.settle(&lecture.class)
            },
            false,
            false,
        ),
        (
            |lecture, pointing| {
                lecture.host(Command::Lock { locked: true });
                pointing.settle(&lecture.class)
            },
            true,
            true,
        ),
    ];
    for (i, (step, pointer_stays, ink_stays)) in cases.into_iter().enumerate() {
        let mut lecture = lecture();
        let mut pointing = Pointing::default();
        points(&lecture, &mut pointing, &ink(0, unit("conv", 0), 3));
        points(&lecture, &mut pointing, &at(unit("conv", 0)));
        let news = step(&mut lecture, &mut pointing);
        let value = pointing.value();
        assert_eq!(news, !(pointer_stays && ink_stays), "{i}");
        assert_eq!(value.at.is_some(), pointer_stays, "{i}");
        assert_eq!(!value.strokes.is_empty(), ink_stays, "{i}");
    }
}

#[test]
fn r106_what_is_not_shown_any_more_goes_and_the_rest_stays() {
    let tile = || unit("conv", 0);
    let kernel = || part(Part::Kernel, Some(2));
    let cases = [
        (on_unit("conv", 1), true, true),
        (on_link("conv", 1, 0), true, true),
        (on_unit("conv", 2), true, false),
        (on_layer("conv"), true, false),
        (on_class(0), true, false),
        (on_diagram(), false, false),
        (choose("epoch"), false, false),
        (choose("other"), false, false),
        (picture("dog"), true, true),
        (Command::Step { step: 3 }, true, true),
        (caption("Look"), true, true),
    ];
    for (command, tile_stays, kernel_stays) in cases {
        let mut lecture = lecture();
        lecture.host(on_unit("conv", 1));
        let both = vec![
            Leg {
                thing: tile(),
                points: vec![(0, 0)],
            },
            Leg {
                thing: kernel(),
                points: vec![(0, 0)],
            },
        ];
        let mut pointing = Pointing::default();
        let gesture = Gesture {
            ink: Some(Ink { id: 0, legs: both }),
            ..at(kernel())
        };
        assert!(points(&lecture, &mut pointing, &gesture));
        lecture.host(command.clone());
        let news = pointing.settle(&lecture.class);
        assert_eq!(news, !(tile_stays && kernel_stays), "{command:?}");
        let value = pointing.value();
        assert_eq!(value.at.is_some(), kernel_stays, "{command:?}");
        let things: Vec<_> = value
            .strokes
            .iter()
            .flat_map(|stroke| stroke.legs.iter().map(|leg| leg.thing.clone()))
            .collect();
        let expected: Vec<_> = [(tile_stays, tile()), (kernel_stays, kernel())]
            .into_iter()
            .filter_map(|(stays, thing)| stays.then_some(thing))
            .collect();
        assert_eq!(things, expected, "{command:?}");
    }
}

#[test]
fn r100_the_pointer_is_no_part_of_the_class() {
    let lecture = lecture();
    let before = lecture.class.clone();
    points(&lecture, &mut Pointing::default(), &at(unit("conv", 0)));
    assert_eq!(lecture.class, before);
}

fn thing() -> impl Strategy<Value = Thing> {
    let layers = prop::sample::select(vec!["input", "conv", "relu", "out", "filter", "nowhere"]);
    let parts = prop::sample::select(vec![Part::Kernel, Part::Source, Part::Formula]);
    prop_oneof![
        (layers, 0..6u32).prop_map(|(layer, index)| unit(layer, index)),
        (parts, prop::option::of(0..6u32)).prop_map(|(which, input)| part(which, input)),
    ]
}

fn place() -> impl Strategy<Value = i32> {
    prop_oneof![20 => -500..1500i32, 1 => any::<i32>()]
}

fn gesture() -> impl Strategy<Value = Gesture> {
    let spot = (thing(), place(), place()).prop_map(|(thing, u, v)| Aim { thing, u, v });
    let leg = (thing(), prop::collection::vec((place(), place()), 0..30))
        .prop_map(|(thing, points)| Leg { thing, points });
    let ink = (0..8u32, prop::collection::vec(leg, 0..3)).prop_map(|(id, legs)| Ink { id, legs });
    (prop::option::of(spot), prop::option::of(ink)).prop_map(|(at, ink)| Gesture { at, ink })
}

/// Something that a class can meet: an entry, a gesture of someone, a connection that goes.
#[derive(Clone, Debug)]
enum Happening {
    Entry(convocation_classroom::entry::Entry),
    Gesture(SeatId, Gesture),
    Departure(SeatId),
}

fn happening() -> impl Strategy<Value = Happening> {
    let seat = || (0..6u32).prop_map(SeatId);
    prop_oneof![
        3 => anything::entry().prop_map(Happening::Entry),
        6 => (seat(), gesture()).prop_map(|(seat, gesture)| Happening::Gesture(seat, gesture)),
        1 => seat().prop_map(Happening::Departure),
    ]
}

proptest! {
    #[test]
    fn r101_to_r106_the_pointer_is_bounded_and_the_drivers_whatever_happens(
        happenings in prop::collection::vec(happening(), 0..80),
    ) {
        let mut class = anything::class_with_everyone();
        let mut pointing = Pointing::default();
        let mut now = ClassTime(0);
        for happening in happenings {
            now.0 += 700;
            let before = pointing.value().clone();
            let news = match &happening {
                Happening::Entry(entry) => {
                    drop(class.apply(entry));
                    pointing.settle(&class)
                }
                Happening::Gesture(seat, gesture) => {
                    let news = pointing.gesture(&class, *seat, gesture, now);
                    prop_assert!(!news || class.room().driver == *seat);
                    news
                }
                Happening::Departure(seat) => pointing.leave(*seat),
            };
            let value = pointing.value();
            prop_assert_eq!(news, *value != before);
            prop_assert!(value.strokes.len() <= STROKES);
            for stroke in &value.strokes {
                let points: usize = stroke.legs.iter().map(|leg| leg.points.len()).sum();
                prop_assert!((1..=STROKE_POINTS).contains(&points));
            }
            // What is seen could be said again: all of it is there.
            let again = Gesture { at: value.at.clone(), ink: None };
            let is_open = !class.room().ended;
            let driver = class.room().driver;
            let settled = pointing.clone();
            pointing.gesture(&class, driver, &again, now);
            prop_assert!(!is_open || pointing.value().at == settled.value().at);
            pointing = settled;
        }
    }

    #[test]
    fn r101_no_student_or_projector_is_ever_seen(
        gestures in prop::collection::vec(gesture(), 1..20),
    ) {
        let lecture = lecture();
        let mut pointing = Pointing::default();
        for seat in lecture.class.seats().filter(|seat| matches!(seat.role, Role::Student | Role::Projector)) {
            for gesture in &gestures {
                prop_assert!(!pointing.gesture(&lecture.class, seat.id, gesture, NOW));
            }
        }
        prop_assert_eq!(pointing, Pointing::default());
    }
}
