use convocation_classroom::{
    changes::Changes,
    command::Command,
    entry::Event,
    lesson::{LESSON_STEPS, Lesson, LessonStep, LessonView, NOTES_CHARS, UNDO_DEPTH},
    pace::Roaming,
    rejection::Rejection,
    stage::{ColourScale, Focus, Playback, Stage},
};

use crate::lecture::*;

fn step(caption: &str, view: Option<LessonView>) -> LessonStep {
    LessonStep {
        caption: (!caption.is_empty()).then(|| caption.to_owned()),
        view,
        question: None,
        notes: format!("about {caption}"),
    }
}

fn overview() -> LessonView {
    LessonView {
        focus: Focus::Overview,
        ..view("conv", 0, 0)
    }
}

/// Four steps: the overview with a picture, a unit that plays, words about it, another unit.
fn steps() -> Vec<LessonStep> {
    vec![
        step(
            "all",
            Some(LessonView {
                picture: Some("dog".into()),
                scale: Some(ColourScale::Global),
                ..overview()
            }),
        ),
        step(
            "one",
            Some(LessonView {
                rate: Some(4),
                receptive_field: true,
                edit: Some(kernels(&[0])),
                ..view("conv", 1, 3)
            }),
        ),
        step("words", None),
        step("", Some(view("relu", 2, 5))),
    ]
}

fn lesson(network: &str, steps: Vec<LessonStep>) -> Lesson {
    Lesson {
        title: "By head".to_owned(),
        minutes: 10,
        language: "en".to_owned(),
        network: network.into(),
        picture: "cow".into(),
        steps,
    }
}

fn teach(lesson: Lesson) -> Event {
    Event::Teach { seat: HOST, lesson }
}

/// A class that has begun a lesson about the network on its stage.
fn taught() -> Lecture {
    let mut lecture = lecture();
    lecture.happens(teach(lesson("small", steps()))).unwrap();
    lecture
}

fn place(lecture: &Lecture) -> (Option<u32>, u32) {
    let place = lecture.class.teaching().unwrap().place();
    (place.step, place.count)
}

fn captions(lecture: &Lecture) -> Vec<String> {
    let steps = &lecture.class.teaching().unwrap().lesson().steps;
    steps
        .iter()
        .map(|step| step.caption.clone().unwrap_or_default())
        .collect()
}

fn go(step: u32) -> Command {
    Command::GoToStep { step }
}

fn commands() -> Vec<Command> {
    vec![
        Command::LeaveLesson,
        go(1),
        Command::NextStep,
        Command::PreviousStep,
        Command::CaptureStep { at: 0 },
        Command::EditStep {
            at: 0,
            caption: None,
            notes: String::new(),
            question: None,
        },
        Command::MoveStep { from: 0, to: 1 },
        Command::RemoveStep { at: 0 },
        Command::UndoLesson,
    ]
}

#[test]
fn r80_a_lesson_begins_before_its_first_step() {
    let mut lecture = lecture();
    let stage = lecture.class.stage().clone();
    let changes = lecture.happens(teach(lesson("small", steps()))).unwrap();
    let expected = Changes {
        lesson: true,
        script: true,
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    assert_eq!(place(&lecture), (None, 4));
    assert_eq!(*lecture.class.stage(), stage);
    let command = Command::LoadLesson {
        lesson: "small/en/x".into(),
    };
    assert_eq!(lecture.tells(HOST, command), Err(Rejection::UnknownLesson));
}

#[test]
fn r80_r81_a_lesson_fits_its_network_or_is_refused() {
    let with = |view: LessonView| lesson("small", vec![step("fine", None), step("x", Some(view))]);
    let rate = |rate, view| LessonView {
        rate: Some(rate),
        ..view
    };
    let edited = LessonView {
        edit: Some(kernels(&[0, 3])),
        ..view("conv", 1, 0)
    };
    for (lesson, expected) in [
        (lesson("small", vec![]), Ok(())),
        (lesson("other", vec![]), Ok(())),
        (lesson("nowhere", vec![]), Err(Rejection::UnknownNetwork)),
        (with(view("conv", 3, STEPS - 1)), Ok(())),
        (with(view("filter", 0, 0)), Err(Rejection::UnknownLayer)),
        (with(view("conv", 4, 0)), Err(Rejection::UnknownUnit)),
        (with(view("conv", 0, STEPS)), Err(Rejection::StepOutOfRange)),
        (with(rate(4, view("conv", 0, 0))), Ok(())),
        (
            with(rate(5, view("conv", 0, 0))),
            Err(Rejection::UnknownRate),
        ),
        (with(rate(4, overview())), Err(Rejection::NoSteps)),
        (
            with(LessonView {
                step: 1,
                ..overview()
            }),
            Err(Rejection::StepOutOfRange),
        ),
        (with(edited), Err(Rejection::UnknownLink)),
        (
            lesson("small", vec![step(&"x".repeat(201), None)]),
            Err(Rejection::BadText),
        ),
        (
            lesson(
                "small",
                vec![LessonStep {
                    notes: "x".repeat(NOTES_CHARS + 1),
                    ..LessonStep::default()
                }],
            ),
            Err(Rejection::BadText),
        ),
        (
            lesson("small", vec![LessonStep::default(); LESSON_STEPS]),
            Ok(()),
        ),
        (
            lesson("small", vec![LessonStep::default(); LESSON_STEPS + 1]),
            Err(Rejection::LessonFull),
        ),
        (
            Lesson {
                minutes: 0,
                ..lesson("small", vec![])
            },
            Err(Rejection::BadText),
        ),
        (
            Lesson {
                title: " ".to_owned(),
                ..lesson("small", vec![])
            },
            Err(Rejection::BadText),
        ),
        (
            Lesson {
                language: "../en".to_owned(),
                ..lesson("small", vec![])
            },
            Err(Rejection::BadText),
        ),
    ] {
        let mut lecture = lecture();
        let name = format!("{lesson:?}");
        assert_eq!(lecture.happens(teach(lesson)).map(drop), expected, "{name}");
    }
}

#[test]
fn r8_only_the_driver_teaches() {
    for command in commands() {
        for (seat, expected) in [
            (ASSISTANT, Rejection::NotDriver),
            (STUDENT, Rejection::NotAllowed),
            (PROJECTOR, Rejection::NotAllowed),
        ] {
            assert_eq!(
                taught().tells(seat, command.clone()),
                Err(expected),
                "{command:?}"
            );
        }
        let mut lecture = taught();
        lecture.host(Command::HandOver { to: ASSISTANT });
        assert_eq!(
            lecture.tells(HOST, command.clone()),
            Err(Rejection::NotDriver)
        );
    }
    for seat in [ASSISTANT, STUDENT, PROJECTOR, NOBODY] {
        let event = Event::Teach {
            seat,
            lesson: lesson("small", steps()),
        };
        assert!(lecture().happens(event).is_err());
    }
}

#[test]
fn outside_a_lesson_there_is_nothing_to_teach() {
    for command in commands() {
        let expected = match command {
            Command::LeaveLesson => Ok(Changes::default()),
            _ => Err(Rejection::NoLesson),
        };
        assert_eq!(
            lecture().tells(HOST, command.clone()),
            expected,
            "{command:?}"
        );
    }
}

#[test]
fn r82_a_new_lesson_is_written_in_class() {
    let mut lecture = lecture();
    lecture.host(picture("owl"));
    let new = |title: &str, minutes| Command::NewLesson {
        title: title.to_owned(),
        minutes,
        language: "de".to_owned(),
    };
    assert_eq!(lecture.tells(HOST, new("", 10)), Err(Rejection::BadText));
    assert_eq!(
        lecture.tells(HOST, new("Mein", 601)),
        Err(Rejection::BadText)
    );
    lecture.host(new(" Mein ", 10));
    let expected = Lesson {
        title: "Mein".to_owned(),
        language: "de".to_owned(),
        picture: "owl".into(),
        ..lesson("small", vec![])
    };
    assert_eq!(*lecture.class.teaching().unwrap().lesson(), expected);
    assert_eq!(
        lecture.tells(HOST, Command::NextStep),
        Err(Rejection::UnknownStep)
    );
    lecture.host(Command::CaptureStep { at: 0 });
    assert_eq!(place(&lecture), (Some(0), 1));
}

#[test]
fn r83_the_stage_stays_when_a_lesson_is_left() {
    let mut lecture = taught();
    lecture.host(go(1));
    let stage = lecture.class.stage().clone();
    lecture.host(Command::LeaveLesson);
    assert_eq!(*lecture.class.stage(), stage);
    assert!(lecture.class.teaching().is_none());
}

#[test]
fn r84_next_and_previous() {
    let mut lecture = taught();
    assert_eq!(
        lecture.tells(HOST, Command::PreviousStep),
        Err(Rejection::UnknownStep)
    );
    for expected in 0..4 {
        lecture.host(Command::NextStep);
        assert_eq!(place(&lecture).0, Some(expected));
    }
    assert_eq!(
        lecture.tells(HOST, Command::NextStep),
        Err(Rejection::UnknownStep)
    );
    assert_eq!(lecture.tells(HOST, go(4)), Err(Rejection::UnknownStep));
    assert_eq!(
        lecture.tells(HOST, go(u32::MAX)),
        Err(Rejection::UnknownStep)
    );
    lecture.host(Command::PreviousStep);
    assert_eq!(place(&lecture).0, Some(2));
}

#[test]
fn r85_a_step_applies_everything_in_one_entry() {
    let mut lecture = taught();
    lecture.host(Command::SetDetail { detail: true });
    let sequence = lecture.class.sequence();
    let changes = lecture.host(go(1));
    let expected = Stage {
        network: "small".into(),
        picture: "dog".into(),
        focus: Focus::Unit {
            layer: "conv".into(),
            unit: 1,
        },
        playback: Playback::Playing {
            from: 3,
            since: lecture.now(),
            rate: 4,
        },
        scale: ColourScale::Global,
        detail: true,
        receptive_field: true,
        edit: Some(kernels(&[0])),
        caption: Some("one".to_owned()),
    };
    assert_eq!(*lecture.class.stage(), expected);
    assert_eq!(lecture.class.sequence(), sequence + 1);
    assert!(changes.stage && changes.pace && changes.lesson && !changes.script);
    assert_eq!(lecture.class.pace().taught, 1);
}

#[test]
fn r85_a_lesson_brings_its_network() {
    let mut lecture = taught();
    lecture.host(on_unit("conv", 0));
    lecture.host(choose("other"));
    lecture.host(on_layer("out"));
    assert_eq!(lecture.class.pace().taught, 3);
    lecture.host(go(3));
    assert_eq!(lecture.class.stage().network, "small".into());
    assert_eq!(lecture.class.stage().picture, "dog".into());
    // What was taught of the other network does not count for this one.
    assert_eq!(lecture.class.pace().taught, 2);

    let without_pictures = lesson("other", vec![step("x", None)]);
    lecture.happens(teach(without_pictures)).unwrap();
    lecture.host(Command::NextStep);
    let stage = lecture.class.stage();
    assert_eq!(
        (stage.network.as_str(), stage.picture.as_str()),
        ("other", "cow")
    );
    assert_eq!((&stage.focus, &stage.edit), (&Focus::Overview, &None));
}

#[test]
fn r85_a_network_that_changed_refuses_what_it_no_longer_has() {
    let mut lecture = taught();
    lecture.host(go(1));
    lecture
        .happens(Event::Equip {
            outline: outline("small", "renamed"),
        })
        .unwrap();
    assert_eq!(lecture.tells(HOST, go(1)), Err(Rejection::UnknownLayer));
    lecture.host(go(3));
}

#[test]
fn r85_r87_one_command_leads_back_from_anywhere() {
    let mut lecture = taught();
    lecture.host(go(3));
    let stage = lecture.class.stage().clone();
    for command in [
        on_link("conv", 0, 2),
        picture("owl"),
        Command::SetScale {
            scale: ColourScale::Module,
        },
        edit(kernels(&[1])),
        caption("aside"),
        choose("other"),
    ] {
        let changes = lecture.host(command);
        assert!(!changes.lesson && !changes.script);
        assert_eq!(place(&lecture), (Some(3), 4));
    }
    let changes = lecture.host(go(3));
    assert_eq!(*lecture.class.stage(), stage);
    assert!(!changes.lesson);
}

#[test]
fn r86_a_step_without_a_view_leaves_what_plays() {
    let mut lecture = taught();
    lecture.host(go(1));
    let playing = lecture.class.stage().clone();
    lecture.host(Command::NextStep);
    let expected = Stage {
        caption: Some("words".to_owned()),
        ..playing.clone()
    };
    assert_eq!(*lecture.class.stage(), expected);

    lecture.host(on_layer("out"));
    lecture.host(go(2));
    let since = lecture.now();
    let again = Stage {
        playback: Playback::Playing {
            from: 3,
            since,
            rate: 4,
        },
        ..expected
    };
    assert_eq!(*lecture.class.stage(), again);
}

#[test]
fn r86_what_no_step_names_stays() {
    let mut lecture = lecture();
    lecture.host(picture("owl"));
    lecture.host(on_unit("conv", 2));
    lecture.host(Command::Play { from: 2, rate: 16 });
    let before = lecture.class.stage().clone();
    lecture
        .happens(teach(lesson("small", vec![step("hello", None)])))
        .unwrap();
    lecture.host(Command::NextStep);
    let expected = Stage {
        caption: Some("hello".to_owned()),
        ..before
    };
    assert_eq!(*lecture.class.stage(), expected);
}

#[test]
fn r86_playing_from_the_last_step_starts_over() {
    let mut lecture = lecture();
    let last = LessonView {
        rate: Some(1),
        ..view("relu", 0, STEPS - 1)
    };
    lecture
        .happens(teach(lesson("small", vec![step("", Some(last))])))
        .unwrap();
    lecture.host(Command::NextStep);
    let since = lecture.now();
    let expected = Playback::Playing {
        from: 0,
        since,
        rate: 1,
    };
    assert_eq!(lecture.class.stage().playback, expected);
    assert_eq!(lecture.class.stage().caption, None);
}

#[test]
fn r87_an_assistant_goes_on_where_the_driver_was() {
    let mut lecture = taught();
    lecture.host(go(1));
    lecture.host(Command::HandOver { to: ASSISTANT });
    lecture.tells(ASSISTANT, Command::NextStep).unwrap();
    assert_eq!(place(&lecture), (Some(2), 4));
}

#[test]
fn r88_the_room_learns_the_place_and_nothing_else() {
    let mut lecture = taught();
    lecture.host(go(1));
    let place = lecture.class.teaching().unwrap().place();
    assert_eq!((place.step, place.count, place.minutes), (Some(1), 4, 10));
    assert_eq!(place.began, Some(lecture.now()));
    let text = serde_json::to_string(&place).unwrap();
    for hidden in ["about", "words", "relu"] {
        assert!(!text.contains(hidden), "{text}");
    }
}

#[test]
fn r90_what_is_on_the_stage_becomes_a_step() {
    let mut lecture = taught();
    lecture.host(go(0));
    lecture.host(on_unit("conv", 3));
    lecture.host(edit(kernels(&[2])));
    lecture.host(caption("Mine"));
    lecture.host(Command::Play { from: 1, rate: 4 });
    // One second later the kernel has moved on by four.
    lecture.host(Command::CaptureStep { at: 1 });
    let captured = lecture.class.teaching().unwrap().lesson().steps[1].clone();
    let expected = LessonStep {
        caption: Some("Mine".to_owned()),
        view: Some(LessonView {
            picture: Some("dog".into()),
            rate: Some(4),
            scale: Some(ColourScale::Global),
            detail: Some(false),
            edit: Some(kernels(&[2])),
            ..view("conv", 3, 5)
        }),
        question: None,
        notes: String::new(),
    };
    assert_eq!(captured, expected);
    assert_eq!(place(&lecture), (Some(1), 5));
    assert_eq!(captions(&lecture), ["all", "Mine", "one", "words", ""]);

    assert_eq!(
        lecture.tells(HOST, Command::CaptureStep { at: 6 }),
        Err(Rejection::UnknownStep)
    );
    lecture.host(choose("other"));
    assert_eq!(
        lecture.tells(HOST, Command::CaptureStep { at: 0 }),
        Err(Rejection::OtherNetwork)
    );
    let full = lesson("other", vec![LessonStep::default(); LESSON_STEPS]);
    lecture.happens(teach(full)).unwrap();
    assert_eq!(
        lecture.tells(HOST, Command::CaptureStep { at: 0 }),
        Err(Rejection::LessonFull)
    );
}

#[test]
fn r91_the_caption_on_the_stage_follows_when_it_is_that_of_the_step() {
    let edit = |at, caption: &str| Command::EditStep {
        at,
        caption: Some(caption.to_owned()),
        notes: " first\r\n\tsecond ".to_owned(),
        question: None,
    };
    let mut lecture = taught();
    lecture.host(go(0));
    let changes = lecture.host(edit(0, " Everything "));
    assert!(changes.stage && changes.script && !changes.lesson);
    assert_eq!(lecture.class.stage().caption.as_deref(), Some("Everything"));
    let steps = &lecture.class.teaching().unwrap().lesson().steps;
    assert_eq!(steps[0].notes, "first\n\tsecond");
    assert_eq!(lecture.host(edit(0, "Everything")), Changes::default());

    lecture.host(edit(1, "Another step"));
    assert_eq!(lecture.class.stage().caption.as_deref(), Some("Everything"));
    lecture.host(caption("aside"));
    lecture.host(edit(0, "Once more"));
    assert_eq!(lecture.class.stage().caption.as_deref(), Some("aside"));
    assert_eq!(
        lecture.tells(HOST, edit(4, "x")),
        Err(Rejection::UnknownStep)
    );
    assert_eq!(
        lecture.tells(HOST, edit(0, "a\nb")),
        Err(Rejection::BadText)
    );
}

#[test]
fn r92_r93_steps_move_and_go_and_the_place_stays_with_its_step() {
    let shift = |from, to| Command::MoveStep { from, to };
    let remove = |at| Command::RemoveStep { at };
    for (at, command, order, expected) in [
        (1, shift(1, 3), vec!["all", "words", "", "one"], Some(3)),
        (2, shift(0, 3), vec!["one", "words", "", "all"], Some(1)),
        (1, shift(3, 0), vec!["", "all", "one", "words"], Some(2)),
        (0, shift(3, 1), vec!["all", "", "one", "words"], Some(0)),
        (3, remove(0), vec!["one", "words", ""], Some(2)),
        (1, remove(3), vec!["all", "one", "words"], Some(1)),
        (2, remove(2), vec!["all", "one", ""], Some(1)),
        (0, remove(0), vec!["one", "words", ""], None),
    ] {
        let mut lecture = taught();
        lecture.host(go(at));
        let stage = lecture.class.stage().clone();
        lecture.host(command.clone());
        assert_eq!(captions(&lecture), order, "{command:?}");
        assert_eq!(place(&lecture).0, expected, "{command:?}");
        assert_eq!(*lecture.class.stage(), stage);
        lecture.host(Command::UndoLesson);
        assert_eq!(
            captions(&lecture),
            ["all", "one", "words", ""],
            "{command:?}"
        );
    }
    assert_eq!(taught().host(shift(2, 2)), Changes::default());
    for command in [shift(0, 4), shift(4, 0), remove(4)] {
        assert_eq!(taught().tells(HOST, command), Err(Rejection::UnknownStep));
    }
}

#[test]
fn r94_the_last_changes_are_undone_newest_first() {
    let mut lecture = taught();
    let original = lecture.class.teaching().unwrap().lesson().clone();
    assert_eq!(lecture.host(Command::UndoLesson), Changes::default());
    lecture.host(Command::RemoveStep { at: 0 });
    lecture.host(Command::EditStep {
        at: 0,
        caption: None,
        notes: String::new(),
        question: None,
    });
    lecture.host(Command::MoveStep { from: 0, to: 2 });
    lecture.host(Command::CaptureStep { at: 3 });
    assert!(lecture.class.teaching().unwrap().script().can_undo);
    for _ in 0..4 {
        assert!(lecture.host(Command::UndoLesson).script);
    }
    assert_eq!(*lecture.class.teaching().unwrap().lesson(), original);
    assert!(!lecture.class.teaching().unwrap().script().can_undo);

    for _ in 0..=UNDO_DEPTH {
        lecture.host(Command::CaptureStep { at: 0 });
    }
    while lecture.class.teaching().unwrap().script().can_undo {
        lecture.host(Command::UndoLesson);
    }
    assert_eq!(lecture.class.teaching().unwrap().lesson().steps.len(), 5);
}

#[test]
fn r31_a_lesson_binds_those_who_are_kept_together() {
    let mut lecture = taught();
    lecture.host(Command::SetRoaming {
        roaming: Roaming::Together,
    });
    lecture.host(go(1));
    assert_eq!(
        lecture.tells(STUDENT, Command::Explore),
        Err(Rejection::Together)
    );
}
