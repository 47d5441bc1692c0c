use convocation_classroom::{
    asks::AskId,
    class::Class,
    command::Command,
    entry::{Entry, Event, Opening},
    ids::{ClassTime, SeatId},
    json::ToJson,
    lesson::{Lesson, LessonPlace, LessonStep},
    outline::Outline,
    question::{Phase, Question, Resolved},
    recording::{RECORDING_VERSION, Recording, RecordingKind, Seen, record},
    rejection::Rejection,
    seat::Role,
    stage::{Playback, Stage},
};

use crate::{
    asks::{ask, vote},
    filling::{fill, map, whole},
    lecture::*,
    report::{Journal, answer, choice},
};

/// What a recording shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    pub stage: Stage,
    pub lesson: Option<LessonPlace>,
    pub question: Option<Question>,
}

/// What a recording shows at a time of the class.
pub fn sight(recording: &Recording, at: ClassTime) -> Sight {
    let mut moments = recording.moments.iter();
    let Some(Seen::Stage(stage)) = moments.next().map(|moment| &moment.seen) else {
        panic!("the first moment has the stage");
    };
    let mut sight = Sight {
        stage: stage.clone(),
        lesson: None,
        question: None,
    };
    for moment in moments.take_while(|moment| moment.at <= at) {
        match &moment.seen {
            Seen::Stage(stage) => sight.stage = stage.clone(),
            Seen::Playback(playback) => sight.stage.playback = *playback,
            Seen::Lesson(lesson) => sight.lesson.clone_from(lesson),
            Seen::Question(question) => sight.question.clone_from(question),
            Seen::Answered(count) => sight.question.as_mut().unwrap().answered = *count,
        }
    }
    sight
}

pub fn recorded(opening: &Opening, entries: &[Entry]) -> Recording {
    record(1_800_000_000_000, opening, entries, |_| None).unwrap()
}

/// How many had answered, whenever it was written.
fn counts(recording: &Recording) -> Vec<(u32, u32)> {
    let moments = recording.moments.iter();
    moments
        .filter_map(|moment| match moment.seen {
            Seen::Answered(count) => Some((moment.at.0, count)),
            _ => None,
        })
        .collect()
}

fn told(journal: &mut Journal, at_ms: u32, seat: u32, command: Command) {
    let seat = SeatId(seat);
    journal.0.push(Entry {
        at: ClassTime(at_ms),
        event: Event::Command { seat, command },
    });
}

#[test]
fn r150_a_class_without_anything_is_its_first_stage() {
    let recording = recorded(&opening(), &[]);
    let class = Class::open(&opening());
    assert_eq!(
        (recording.kind, recording.version, recording.opened_at),
        (
            RecordingKind::Recording,
            RECORDING_VERSION,
            1_800_000_000_000
        )
    );
    assert_eq!(recording.length, ClassTime(0));
    assert_eq!(recording.moments.len(), 1);
    assert_eq!(
        sight(&recording, ClassTime(0)),
        Sight {
            stage: class.stage().clone(),
            lesson: None,
            question: None
        }
    );
}

#[test]
fn r150_a_clock_that_went_back_does_not_take_the_recording_back() {
    let mut journal = Journal::default();
    for (at_ms, layer) in [(5000, "conv"), (2000, "relu"), (7000, "out")] {
        told(&mut journal, at_ms, 0, on_layer(layer));
    }
    let recording = recorded(&opening(), &journal.0);
    let times: Vec<u32> = recording.moments.iter().map(|moment| moment.at.0).collect();
    assert_eq!(times, [0, 5000, 5000, 7000]);
    assert_eq!(recording.length, ClassTime(7000));
}

#[test]
fn r151_only_what_is_another_is_written() {
    let mut journal = Journal::with_students(2);
    told(&mut journal, 1000, 0, on_unit("conv", 1));
    told(&mut journal, 2000, 0, Command::Play { from: 0, rate: 4 });
    // Nothing of this is to be seen by all.
    told(&mut journal, 3000, 1, Command::Explore);
    told(&mut journal, 3000, 0, Command::Lock { locked: true });
    told(&mut journal, 3000, 1, ask("Why a bias?"));
    told(&mut journal, 4000, 0, caption("Look here"));
    told(&mut journal, 9000, 0, Command::End);
    let recording = recorded(&opening(), &journal.0);
    let seen: Vec<_> = recording.moments[1..]
        .iter()
        .map(|moment| (moment.at.0, &moment.seen))
        .collect();
    let playing = Playback::Playing {
        from: 0,
        since: ClassTime(2000),
        rate: 4,
    };
    assert!(matches!(seen[0], (1000, Seen::Stage(_))));
    assert_eq!(seen[1], (2000, &Seen::Playback(playing)));
    assert!(matches!(seen[2], (4000, Seen::Stage(stage)) if stage.playback == playing));
    assert_eq!(seen.len(), 3);
    assert_eq!(recording.length, ClassTime(9000));
}

#[test]
fn r152_answers_of_a_second_are_one_moment() {
    let mut journal = Journal::with_students(8);
    journal.at(0, choice("Which?"));
    // The question came at 1 ms.
    let times = [100, 5000, 5300, 5900, 6100, 6200, 9000, 9400];
    for (seat, at_ms) in (1..).zip(times) {
        told(&mut journal, at_ms, seat, answer(1, 1, 0));
    }
    told(&mut journal, 9700, 0, Command::CloseQuestion);
    let recording = recorded(&opening(), &journal.0);
    let expected = [(5000, 2), (5900, 4), (6200, 6), (9000, 7), (9400, 8)];
    // The first comes within the first second of the class, and waits.
    assert_eq!(counts(&recording), [&[(100, 1)], &expected[..]].concat());
    let last = sight(&recording, ClassTime(9699)).question.unwrap();
    assert_eq!((last.phase, last.answered), (Phase::Open, 8));

    // What nothing comes after is written at the end.
    journal.0.pop();
    assert_eq!(
        counts(&recorded(&opening(), &journal.0)),
        counts(&recording)
    );
}

#[test]
fn r153_nothing_in_the_recording_tells_who_was_there() {
    let mut journal = Journal::with_students(6);
    let step = |caption: &str| LessonStep {
        caption: Some(caption.to_owned()),
        view: Some(view("conv", 1, 0)),
        question: None,
        notes: "Secret notes".to_owned(),
    };
    let lesson = Lesson {
        title: "By head".to_owned(),
        minutes: 10,
        language: "en".to_owned(),
        network: "small".into(),
        picture: "cat".into(),
        steps: vec![step("shown"), step("Secret step")],
    };
    let teach = Event::Teach { seat: HOST, lesson };
    journal.at(1, teach);
    journal.told(1, 0, Command::NextStep);
    journal.at(2, choice("Which?"));
    for seat in 1..=6 {
        journal.told(2, seat, answer(1, 1, seat % 3));
        journal.told(2, seat, ask("Secret ask"));
        journal.told(2, seat, Command::Lost { spot: None });
    }
    journal.told(2, 1, vote(AskId(2)));
    journal.told(3, 1, rename(SeatId(1), "Secret other name"));
    journal.told(3, 0, Command::CloseQuestion);
    journal.told(3, 0, Command::Remove { seat: SeatId(3) });
    journal.told(4, 0, Command::Reveal);
    let text = recorded(&opening(), &journal.0).to_json().unwrap();
    assert!(text.contains("shown") && text.contains("By head"));
    let Opening {
        code, host_name, ..
    } = opening();
    for secret in [
        "Secret",
        "token",
        "seat",
        "host",
        "assistant",
        "lost",
        "notes",
        &code.0,
        &host_name,
    ] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

#[test]
fn r154_what_is_right_is_in_a_recording_once_it_was_revealed() {
    let mut journal = Journal::with_students(3);
    let pose = |journal: &mut Journal, minute, text| {
        let Event::Pose { seat, question } = choice(text) else {
            panic!("a choice is posed");
        };
        let question = Resolved {
            why: Some(format!("because {text}")),
            ..question
        };
        journal.at(minute, Event::Pose { seat, question });
    };
    pose(&mut journal, 1, "Which?");
    journal.told(1, 1, answer(1, 1, 2));
    journal.told(2, 0, Command::CloseQuestion);
    journal.told(3, 0, Command::DismissQuestion);
    let recording = recorded(&opening(), &journal.0);
    let asked = &recording.questions[0];
    assert_eq!((&asked.key[..], asked.why.as_deref()), (&[][..], None));
    assert_eq!(asked.rounds[0][0].choice, 2);
    let seen: Vec<_> = recording
        .moments
        .iter()
        .filter_map(|moment| match &moment.seen {
            Seen::Question(question) => Some(question.as_ref().map(|question| question.phase)),
            _ => None,
        })
        .collect();
    assert_eq!(seen, [Some(Phase::Open), Some(Phase::Closed), None]);
    let seen = Recording {
        questions: Vec::new(),
        ..recording
    };
    let moments = seen.to_json().unwrap();
    assert!(!moments.contains("\"key\""), "{moments}");

    // Another one that is shown, and one that is open at the end.
    pose(&mut journal, 4, "What?");
    journal.told(5, 0, Command::CloseQuestion);
    journal.told(6, 0, Command::Reveal);
    pose(&mut journal, 7, "Why?");
    let questions = recorded(&opening(), &journal.0).questions;
    let told: Vec<_> = questions
        .iter()
        .map(|asked| (asked.key.as_slice(), asked.why.as_deref()))
        .collect();
    let shown = (&[1][..], Some("because What?"));
    assert_eq!(told, [(&[][..], None), shown, (&[][..], None)]);
}

#[test]
fn r148_what_is_right_in_a_filled_map_is_in_a_recording_once_it_was_revealed() {
    let mut journal = Journal::with_students(3);
    journal.told(1, 0, on_unit("conv", 1));
    let question = map(&[41, 42, 43]);
    let pose = Event::Pose {
        seat: HOST,
        question,
    };
    journal.at(1, pose);
    let mut class = Class::open(&opening());
    for entry in &journal.0 {
        class.apply(entry).unwrap();
    }
    // Two in the same second, one long after.
    for (seat, at_ms) in [(1, 70_000), (2, 70_100), (3, 80_000)] {
        let own = class.seat(SeatId(seat)).unwrap().cells[0].cell;
        told(&mut journal, at_ms, seat, fill(own, whole(44)));
    }
    told(&mut journal, 81_000, 0, Command::CloseQuestion);
    let seen = |journal: &Journal, at_ms| {
        let sight = sight(&recorded(&opening(), &journal.0), ClassTime(at_ms));
        sight.question.unwrap()
    };
    assert!(seen(&journal, 69_999).filled.is_empty());
    assert_eq!(seen(&journal, 70_100).filled.len(), 2);
    assert_eq!(seen(&journal, 80_000).filled, [0, 1, 2]);
    let before = recorded(&opening(), &journal.0);
    assert_eq!(before.questions[0].cells, []);
    let text = before.to_json().unwrap();
    for secret in ["truth", "41", "42", "43", "44"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }

    told(&mut journal, 82_000, 0, Command::Reveal);
    assert_eq!(seen(&journal, 81_999).outcome, None);
    let shown = seen(&journal, 82_000).outcome.unwrap();
    assert!(shown.cells.len() == 3 && shown.cells.iter().all(|cell| cell.wrong));
    told(&mut journal, 83_000, 0, Command::DismissQuestion);
    let after = recorded(&opening(), &journal.0);
    assert_eq!(after.questions[0].cells, shown.cells);
}

#[test]
fn r155_networks_of_the_stage_have_the_digest_of_their_file() {
    let mut journal = Journal::default();
    for id in ["epoch", "other"] {
        let outline = outline(id, "conv");
        journal.at(0, Event::Equip { outline });
    }
    journal.told(1, 0, choose("epoch"));
    let grown = Outline {
        classes: 6,
        ..outline("epoch", "conv")
    };
    journal.at(2, Event::Equip { outline: grown });
    let digest = |outline: &Outline| (outline.classes == 5).then(|| "abc".to_owned());
    let recording = record(0, &opening(), &journal.0, digest).unwrap();
    let told: Vec<_> = recording
        .networks
        .iter()
        .map(|network| (network.id.as_str(), network.digest.as_deref()))
        .collect();
    assert_eq!(told, [("epoch", None), ("small", Some("abc"))]);
}

#[test]
fn pictures_are_named_once_in_the_order_in_which_they_came() {
    let mut journal = Journal::default();
    for (minute, id) in (1..).zip(["dog", "cat", "cow", "dog"]) {
        journal.told(minute, 0, picture(id));
    }
    let recording = recorded(&opening(), &journal.0);
    let shown: Vec<_> = recording
        .pictures_shown()
        .into_iter()
        .map(|picture| picture.as_str().to_owned())
        .collect();
    assert_eq!(shown, ["cat", "dog", "cow"]);
}

#[test]
fn a_journal_that_the_rules_did_not_write_has_no_recording() {
    let mut journal = Journal::default();
    journal.told(1, 0, on_layer("nowhere"));
    let outcome = record(0, &opening(), &journal.0, |_| None);
    assert_eq!(outcome, Err(Rejection::UnknownLayer));
    let mut journal = Journal::default();
    journal.at(1, admit(Role::Host, "Eve", "e"));
    assert!(record(0, &opening(), &journal.0, |_| None).is_err());
}
