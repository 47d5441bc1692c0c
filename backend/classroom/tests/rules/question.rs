use convocation_classroom::{
    asked::{Asked, Choice, QUESTION_CHARS, Scale, Wording},
    changes::Changes,
    command::Command,
    entry::Event,
    ids::{QuestionId, SeatId},
    lesson::{Lesson, LessonStep},
    question::{Answer, Cell, Count, Outcome, Phase, Question, Resolved, Size, Task},
    rejection::Rejection,
    stage::Playback,
    topics::Audience,
};

use crate::lecture::*;

/// The sign of the cell after step 2 of a unit of `conv`; it is negative.
fn sign() -> Resolved {
    Resolved {
        task: Task::Sign {
            cell: Cell {
                layer: "conv".into(),
                unit: 1,
                step: 3,
            },
        },
        text: None,
        key: vec![0],
        truth: vec![],
        why: Some("More is taken away than added.".to_owned()),
        step: Some(2),
    }
}

pub fn opinion() -> Resolved {
    Resolved {
        task: Task::Scale {
            low: "lost".to_owned(),
            high: "clear".to_owned(),
            steps: 5,
        },
        text: Some("How clear was that?".to_owned()),
        key: vec![],
        truth: vec![],
        why: None,
        step: None,
    }
}

pub fn pose(seat: SeatId, question: Resolved) -> Event {
    Event::Pose { seat, question }
}

fn answer(round: u32, choice: u32) -> Command {
    Command::Answer(Answer {
        question: QuestionId(1),
        round,
        choice,
    })
}

/// The class while the sign is asked for.
fn asking() -> Lecture {
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 1));
    lecture.happens(pose(HOST, sign())).unwrap();
    lecture
}

fn staff(lecture: &Lecture) -> Question {
    lecture.class.question(Audience::Staff).unwrap()
}

fn room(lecture: &Lecture) -> Question {
    lecture.class.question(Audience::Room).unwrap()
}

fn counts(counts: &[(u32, u32)]) -> Vec<Count> {
    let counts = counts.iter();
    counts
        .map(|&(choice, count)| Count { choice, count })
        .collect()
}

#[test]
fn r8_only_the_driver_leads_a_question() {
    let commands = [
        Command::OpenQuestion {
            question: Asked::Sign(Wording::default()),
        },
        Command::CloseQuestion,
        Command::VoteAgain,
        Command::Reveal,
        Command::DismissQuestion,
    ];
    for (seat, reason) in [
        (ASSISTANT, Rejection::NotDriver),
        (STUDENT, Rejection::NotAllowed),
        (PROJECTOR, Rejection::NotAllowed),
        (NOBODY, Rejection::UnknownSeat),
    ] {
        let mut lecture = asking();
        for command in &commands {
            let outcome = lecture.tells(seat, command.clone());
            assert_eq!(outcome, Err(reason), "{seat:?} {command:?}");
        }
        assert_eq!(lecture.happens(pose(seat, sign())), Err(reason));
    }
}

#[test]
fn r9_only_students_answer() {
    let mut lecture = asking();
    for seat in [HOST, ASSISTANT, PROJECTOR] {
        let outcome = lecture.tells(seat, answer(1, 0));
        assert_eq!(outcome, Err(Rejection::NotAllowed), "{seat:?}");
    }
}

#[test]
fn r70_the_stage_does_not_move_on_while_a_question_is_open() {
    let moves = [
        on_layer("conv"),
        Command::Step { step: 3 },
        Command::Pause { step: 3 },
        Command::Play { from: 2, rate: 1 },
        picture("dog"),
        Command::ChooseNetwork {
            network: "other".into(),
            picture: "cat".into(),
        },
        Command::EditKernel { edit: None },
    ];
    for command in moves {
        let mut lecture = asking();
        let outcome = lecture.tells(HOST, command.clone());
        assert_eq!(outcome, Err(Rejection::QuestionOpen), "{command:?}");
        lecture.host(Command::CloseQuestion);
        lecture.host(command);
    }
    let mut lecture = asking();
    let again = lecture.happens(pose(HOST, opinion()));
    assert_eq!(again, Err(Rejection::QuestionOpen));
    for command in [
        caption("Think first"),
        Command::SetDetail { detail: true },
        Command::SetReceptiveField { shown: true },
        Command::Gather,
    ] {
        lecture.host(command);
    }
}

#[test]
fn r71_what_can_be_asked() {
    let choice = |text: &str, options: &[&str], right| {
        Asked::Choice(Choice {
            text: text.to_owned(),
            options: options.iter().map(|&option| option.to_owned()).collect(),
            right,
            why: None,
        })
    };
    let scale = |low: &str, steps| {
        Asked::Scale(Scale {
            text: "How sure?".to_owned(),
            low: low.to_owned(),
            high: "certain".to_owned(),
            steps,
            why: None,
        })
    };
    let long = "é".repeat(QUESTION_CHARS + 1);
    for (asked, expected) in [
        (choice("Which?", &["a", "b"], None), None),
        (choice("Which?", &["a", "b"], Some(1)), None),
        (
            choice("Which?", &["a", "b"], Some(2)),
            Some(Rejection::BadQuestion),
        ),
        (choice("Which?", &["a"], None), Some(Rejection::BadQuestion)),
        (
            choice("Which?", &["a", " a "], None),
            Some(Rejection::BadQuestion),
        ),
        (
            choice("Which?", &["1", "2", "3", "4", "5", "6", "7"], None),
            Some(Rejection::BadQuestion),
        ),
        (
            choice("Which?", &["a", "\u{200B}"], None),
            Some(Rejection::BadText),
        ),
        (choice(" ", &["a", "b"], None), Some(Rejection::BadText)),
        (choice(&long, &["a", "b"], None), Some(Rejection::BadText)),
        (scale("guessing", 2), None),
        (scale("guessing", 7), None),
        (scale("guessing", 1), Some(Rejection::BadQuestion)),
        (scale("guessing", 8), Some(Rejection::BadQuestion)),
        (scale("", 5), Some(Rejection::BadText)),
        (
            Asked::Value(Wording {
                text: Some(long.clone()),
                why: None,
            }),
            Some(Rejection::BadText),
        ),
        (
            Asked::Sign(Wording {
                text: None,
                why: Some("a\nb".to_owned()),
            }),
            Some(Rejection::BadText),
        ),
    ] {
        let found = asked.checked().err();
        assert_eq!(found, expected, "{asked:?}");
        let mut lecture = lecture();
        // What the network says about it does not come with a command.
        let expected = expected.unwrap_or(Rejection::NotAskable);
        let outcome = lecture.tells(HOST, Command::OpenQuestion { question: asked });
        assert_eq!(outcome, Err(expected));
    }
    let kept = choice(" Which? ", &[" a", "b "], None).checked();
    assert_eq!(kept, Ok(choice("Which?", &["a", "b"], None)));
    let silent = Asked::Value(Wording {
        text: Some(" ".to_owned()),
        why: None,
    });
    assert_eq!(silent.checked(), Ok(Asked::Value(Wording::default())));
}

#[test]
fn r72_a_question_has_answers_and_its_key_is_among_them() {
    let task = |task| Resolved { task, ..opinion() };
    let scale = |steps| Task::Scale {
        low: "no".to_owned(),
        high: "yes".to_owned(),
        steps,
    };
    let size = |rows| Size { rows, columns: 1 };
    let sizes = |sides: &[u32]| Task::OutputSize {
        layer: None,
        sizes: sides.iter().map(|side| size(*side)).collect(),
    };
    for (question, expected) in [
        (task(scale(2)), Ok(())),
        (task(scale(1)), Err(Rejection::BadQuestion)),
        (task(scale(8)), Err(Rejection::BadQuestion)),
        (task(sizes(&[1, 2])), Ok(())),
        (task(sizes(&[1])), Err(Rejection::BadQuestion)),
        (
            task(Task::Choice {
                options: vec!["x".to_owned(); 7],
            }),
            Err(Rejection::BadQuestion),
        ),
        (
            task(Task::Tile {
                layer: "conv".into(),
                units: 4,
            }),
            Ok(()),
        ),
        (
            Resolved {
                key: vec![4],
                ..opinion()
            },
            Ok(()),
        ),
        (
            Resolved {
                key: vec![5],
                ..opinion()
            },
            Err(Rejection::BadQuestion),
        ),
        (
            Resolved {
                key: vec![2, 1],
                ..opinion()
            },
            Err(Rejection::BadQuestion),
        ),
        (
            Resolved {
                step: Some(0),
                ..opinion()
            },
            Err(Rejection::NoSteps),
        ),
    ] {
        let outcome = lecture().happens(pose(HOST, question.clone())).map(drop);
        assert_eq!(outcome, expected, "{question:?}");
    }
}

#[test]
fn r73_the_stage_stands_while_the_question_is_before_the_class() {
    let mut lecture = lecture();
    lecture.host(on_unit("conv", 1));
    lecture.host(Command::Play { from: 0, rate: 16 });
    let changes = lecture.happens(pose(HOST, sign())).unwrap();
    assert!(changes.stage && changes.question);
    assert_eq!(lecture.class.stage().playback, Playback::Paused { step: 2 });
    let beyond = Resolved {
        step: Some(STEPS),
        ..sign()
    };
    lecture.host(Command::DismissQuestion);
    let outcome = lecture.happens(pose(HOST, beyond));
    assert_eq!(outcome, Err(Rejection::StepOutOfRange));
}

#[test]
fn r74_to_r76_a_question_goes_its_course() {
    let mut lecture = asking();
    let try_all = |lecture: &Lecture| {
        [Command::CloseQuestion, Command::VoteAgain, Command::Reveal].map(|command| {
            let mut class = lecture.class.clone();
            let event = Event::Command {
                seat: HOST,
                command,
            };
            class
                .apply(&entry(event))
                .map(|changes| !changes.is_empty())
        })
    };
    let (open, no_vote) = (Rejection::QuestionOpen, Rejection::NoVote);
    assert_eq!(try_all(&lecture), [Ok(true), Err(open), Err(open)]);
    lecture.host(Command::CloseQuestion);
    assert_eq!(try_all(&lecture), [Ok(false), Ok(true), Ok(true)]);
    lecture.host(Command::VoteAgain);
    assert_eq!(
        (room(&lecture).phase, room(&lecture).round),
        (Phase::Open, 2)
    );
    assert_eq!(try_all(&lecture), [Ok(true), Err(open), Err(open)]);
    lecture.host(Command::CloseQuestion);
    assert_eq!(try_all(&lecture), [Ok(false), Err(no_vote), Ok(true)]);
    lecture.host(Command::Reveal);
    assert_eq!(try_all(&lecture), [Ok(false), Err(no_vote), Ok(false)]);
    lecture.host(Command::DismissQuestion);
    let none = Err(Rejection::NoQuestion);
    assert_eq!(try_all(&lecture), [none, none, none]);
}

#[test]
fn r75_nobody_votes_again_after_the_reveal() {
    let mut lecture = asking();
    lecture.host(Command::CloseQuestion);
    lecture.host(Command::Reveal);
    let outcome = lecture.tells(HOST, Command::VoteAgain);
    assert_eq!(outcome, Err(Rejection::NoVote));
}

#[test]
fn r77_a_question_goes_when_it_is_dismissed_or_the_network_changes() {
    for go in [
        vec![Command::DismissQuestion],
        vec![
            Command::CloseQuestion,
            Command::ChooseNetwork {
                network: "other".into(),
                picture: "cat".into(),
            },
        ],
    ] {
        let mut lecture = asking();
        for command in go {
            lecture.host(command);
        }
        assert_eq!(lecture.class.question(Audience::Staff), None);
    }
    let mut lecture = asking();
    let outline = outline("small", "filter");
    assert!(lecture.happens(Event::Equip { outline }).unwrap().question);
    assert_eq!(lecture.class.question(Audience::Room), None);
    assert_eq!(
        lecture.tells(HOST, Command::DismissQuestion),
        Ok(Changes::default())
    );
    // A step of a lesson brings its network, too.
    let lesson = Lesson {
        title: "Elsewhere".to_owned(),
        minutes: 10,
        language: "en".to_owned(),
        network: "other".into(),
        picture: "cat".into(),
        steps: vec![LessonStep::default()],
    };
    let mut lecture = asking();
    lecture.host(Command::CloseQuestion);
    lecture
        .happens(Event::Teach { seat: HOST, lesson })
        .unwrap();
    assert!(lecture.host(Command::NextStep).question);
    assert_eq!(lecture.class.question(Audience::Staff), None);
}

#[test]
fn r77_a_closed_question_gives_way_to_another() {
    let mut lecture = asking();
    lecture.host(Command::CloseQuestion);
    lecture.happens(pose(HOST, opinion())).unwrap();
    assert_eq!(room(&lecture).id, QuestionId(2));
    assert_eq!(room(&lecture).task, opinion().task);
}

#[test]
fn r78_who_may_know_what_and_when() {
    let mut lecture = asking();
    lecture.tells(STUDENT, answer(1, 0)).unwrap();
    lecture.tells(OTHER_STUDENT, answer(1, 2)).unwrap();
    let outcome = |rounds: Vec<Vec<Count>>| {
        Some(Outcome {
            key: sign().key,
            why: sign().why,
            rounds,
            cells: vec![],
        })
    };
    let first = || counts(&[(0, 1), (2, 1)]);
    let check = |lecture: &Lecture, answered, for_staff, for_room| {
        let (staff, room) = (staff(lecture), room(lecture));
        assert_eq!((staff.answered, room.answered), (answered, answered));
        assert_eq!(staff.outcome, for_staff);
        assert_eq!(room.outcome, for_room);
    };
    check(&lecture, 2, outcome(vec![]), None);
    lecture.host(Command::CloseQuestion);
    check(&lecture, 2, outcome(vec![first()]), None);
    lecture.host(Command::VoteAgain);
    check(&lecture, 0, outcome(vec![first()]), None);
    lecture.tells(OTHER_STUDENT, answer(2, 0)).unwrap();
    check(&lecture, 1, outcome(vec![first()]), None);
    lecture.host(Command::CloseQuestion);
    let both = || outcome(vec![first(), counts(&[(0, 1)])]);
    check(&lecture, 1, both(), None);
    lecture.host(Command::Reveal);
    check(&lecture, 1, both(), both());
}

#[test]
fn r79_one_answer_per_seat_and_round() {
    let mut lecture = asking();
    let changes = lecture.tells(STUDENT, answer(1, 2)).unwrap();
    assert_eq!(changes.seats, [STUDENT]);
    assert!(changes.answered && !changes.question);
    assert_eq!(lecture.tells(STUDENT, answer(1, 2)), Ok(Changes::default()));
    lecture.tells(STUDENT, answer(1, 0)).unwrap();
    assert_eq!(room(&lecture).answered, 1);
    for (late, expected) in [
        (answer(1, 3), Rejection::UnknownAnswer),
        (answer(0, 0), Rejection::NoQuestion),
        (answer(2, 0), Rejection::NoQuestion),
        (
            Command::Answer(Answer {
                question: QuestionId(2),
                round: 1,
                choice: 0,
            }),
            Rejection::NoQuestion,
        ),
    ] {
        assert_eq!(lecture.tells(STUDENT, late), Err(expected));
    }
    lecture.host(Command::CloseQuestion);
    let late = lecture.tells(OTHER_STUDENT, answer(1, 0));
    assert_eq!(late, Err(Rejection::NoQuestion));
    lecture.host(Command::VoteAgain);
    lecture.tells(STUDENT, answer(2, 1)).unwrap();
    let answers = &lecture.class.seat(STUDENT).unwrap().answers;
    let given: Vec<_> = answers.iter().map(|a| (a.round, a.choice)).collect();
    assert_eq!(given, [(1, 0), (2, 1)]);
}

#[test]
fn r79_whoever_is_removed_takes_the_answer_along() {
    let mut lecture = asking();
    lecture.tells(STUDENT, answer(1, 0)).unwrap();
    let changes = lecture.tells(HOST, Command::Remove { seat: STUDENT });
    assert!(changes.unwrap().answered);
    assert_eq!(room(&lecture).answered, 0);
    let changes = lecture.tells(
        HOST,
        Command::Remove {
            seat: OTHER_STUDENT,
        },
    );
    assert!(!changes.unwrap().answered);
}
