//! A recording as it is written into a file: of a short class in which everything happens that a recording can have.

use convocation_classroom::{
    command::Command,
    entry::{Entry, Event, Opening},
    ids::{ClassTime, QuestionId, SeatId, SecretHash},
    lesson::{Lesson, LessonStep, LessonView},
    outline::{LayerOutline, Outline, Wiring},
    question::{Answer, Resolved, Task},
    recording::{RecordedPicture, Recording, Seen, record},
    seat::Role,
    stage::Focus,
};

const SENT_IN: &str = "0123456789abcdef0123456789abcdef";

fn outline() -> Outline {
    let layer = |id: &str, steps, wiring| LayerOutline {
        id: id.into(),
        units: 3,
        steps,
        sources: 3,
        wiring,
        kernel: 0,
    };
    Outline {
        network: "tiny-vgg".into(),
        layers: vec![
            layer("input", 4096, Wiring::None),
            layer("relu_1_1", 3844, Wiring::OneToOne),
        ],
        classes: 10,
    }
}

fn lesson() -> Lesson {
    let focus = Focus::Unit {
        layer: "relu_1_1".into(),
        unit: 1,
    };
    let view = LessonView {
        picture: None,
        focus,
        step: 2,
        rate: Some(4),
        scale: None,
        detail: None,
        receptive_field: false,
        edit: None,
    };
    Lesson {
        title: "A first look".to_owned(),
        minutes: 10,
        language: "en".to_owned(),
        network: "tiny-vgg".into(),
        picture: SENT_IN.into(),
        steps: vec![LessonStep {
            caption: Some("What is below zero goes.".to_owned()),
            view: Some(view),
            question: None,
            notes: "for the instructor alone".to_owned(),
        }],
    }
}

fn question() -> Resolved {
    Resolved {
        task: Task::Choice {
            options: vec!["it stays".to_owned(), "it becomes zero".to_owned()],
        },
        text: Some("What becomes of \u{2212}1?".to_owned()),
        key: vec![1],
        truth: vec![],
        why: Some("It is below zero.".to_owned()),
        step: Some(2),
    }
}

/// A minute in which a lesson is begun, a question asked twice and shown, and a picture sent in.
fn events() -> Vec<(u32, Event)> {
    let host = SeatId(0);
    let told = |seat: u32, command| Event::Command {
        seat: SeatId(seat),
        command,
    };
    let answer = |round, choice| {
        Command::Answer(Answer {
            question: QuestionId(1),
            round,
            choice,
        })
    };
    let student = Event::Admit {
        role: Role::Student,
        name: "Noor".to_owned(),
        token: SecretHash("token".to_owned()),
    };
    let picture = SENT_IN.into();
    vec![
        (100, student),
        (2000, told(0, Command::ChoosePicture { picture })),
        (
            5000,
            Event::Teach {
                seat: host,
                lesson: lesson(),
            },
        ),
        (8000, told(0, Command::NextStep)),
        (9500, told(0, Command::Pause { step: 8 })),
        (
            12_000,
            Event::Pose {
                seat: host,
                question: question(),
            },
        ),
        (20_000, told(1, answer(1, 0))),
        (30_000, told(0, Command::CloseQuestion)),
        (31_000, told(0, Command::VoteAgain)),
        (40_000, told(1, answer(2, 1))),
        (45_000, told(0, Command::CloseQuestion)),
        (46_000, told(0, Command::Reveal)),
        (50_000, told(0, Command::DismissQuestion)),
        (55_000, told(0, Command::LeaveLesson)),
        (60_000, told(0, Command::End)),
    ]
}

/// The recording of that minute, with its picture.
pub fn recording() -> Recording {
    let opening = Opening {
        code: "ABC234".into(),
        host: SecretHash("host".to_owned()),
        assistant: SecretHash("assistant".to_owned()),
        outline: outline(),
        picture: "fedcba9876543210fedcba9876543210".into(),
        host_name: "Ada".to_owned(),
    };
    let events = events().into_iter();
    let entries: Vec<Entry> = events
        .map(|(at, event)| Entry {
            at: ClassTime(at),
            event,
        })
        .collect();
    let digest = |_: &Outline| Some("00112233445566778899aabbccddeeff".to_owned());
    let recorded = record(1_796_000_000_000, &opening, &entries, digest);
    let mut recording = recorded.expect("the rules accept all of it");
    recording.pictures = vec![RecordedPicture {
        picture: SENT_IN.into(),
        // One white pixel.
        png: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
            .to_owned(),
    }];
    recording
}

/// Of each kind of moment how many there are.
pub fn kinds(recording: &Recording) -> [usize; 5] {
    let count = |is: fn(&Seen) -> bool| {
        let moments = recording.moments.iter();
        moments.filter(|moment| is(&moment.seen)).count()
    };
    [
        count(|seen| matches!(seen, Seen::Stage(_))),
        count(|seen| matches!(seen, Seen::Playback(_))),
        count(|seen| matches!(seen, Seen::Lesson(_))),
        count(|seen| matches!(seen, Seen::Question(_))),
        count(|seen| matches!(seen, Seen::Answered(_))),
    ]
}
