use convocation_classroom::{
    asks::AskId,
    changes::Changes,
    class::Class,
    command::Command,
    entry::{Entry, Event},
    filling::FilledCell,
    ids::{ClassTime, QuestionId, SeatId},
    json::ToJson,
    lost::LostMoment,
    question::{Answer, Count, Resolved, Task},
    rejection::Rejection,
    report::{Report, ReportedAsk, report},
    seat::Role,
    topics::GROUP,
};

use crate::{
    asks::{ask, spot, vote},
    filling::{fill, map, whole},
    lecture::*,
};

const MINUTE_MS: u32 = 60_000;

/// A journal that is written by hand: what happens in which minute.
#[derive(Default)]
pub struct Journal(pub Vec<Entry>);

impl Journal {
    /// A class with some students, in the seats from 1.
    pub fn with_students(count: u32) -> Self {
        let mut journal = Self::default();
        for seat in 1..=count {
            let token = format!("token {seat}");
            journal.at(
                0,
                admit(Role::Student, &format!("Secret name {seat}"), &token),
            );
        }
        journal
    }

    pub fn at(&mut self, minute: u32, event: Event) {
        let at = ClassTime(minute * MINUTE_MS + 1);
        self.0.push(Entry { at, event });
    }

    pub fn told(&mut self, minute: u32, seat: u32, command: Command) {
        let seat = SeatId(seat);
        self.at(minute, Event::Command { seat, command });
    }

    fn report(&self) -> Report {
        report(&opening(), &self.0).unwrap()
    }
}

pub fn choice(text: &str) -> Event {
    Event::Pose {
        seat: HOST,
        question: Resolved {
            task: Task::Choice {
                options: ["one", "two", "three"].map(str::to_owned).to_vec(),
            },
            text: Some(text.to_owned()),
            key: vec![1],
            truth: vec![],
            why: Some("Because.".to_owned()),
            step: None,
        },
    }
}

pub fn answer(question: u32, round: u32, choice: u32) -> Command {
    Command::Answer(Answer {
        question: QuestionId(question),
        round,
        choice,
    })
}

fn counts(rounds: &[&[(u32, u32)]]) -> Vec<Vec<Count>> {
    let round = |round: &&[(u32, u32)]| {
        let counts = round.iter();
        counts
            .map(|&(choice, count)| Count { choice, count })
            .collect()
    };
    rounds.iter().map(round).collect()
}

#[test]
fn r130_the_recording_is_kept_or_not_any_more() {
    let mut lecture = lecture();
    let kept = Changes {
        kept: true,
        ..Changes::default()
    };
    assert!(!lecture.class.is_kept());
    for (event, expected) in [(true, &kept), (true, &Changes::default()), (false, &kept)] {
        let changes = lecture.happens(Event::Keep { kept: event });
        assert_eq!(changes.as_ref(), Ok(expected));
        assert_eq!(lecture.class.is_kept(), event);
    }
    lecture.host(Command::End);
    lecture.happens(Event::Keep { kept: true }).unwrap();
    assert!(lecture.class.is_kept() && lecture.class.room().ended);
}

#[test]
fn r131_a_class_without_anything_has_a_report_without_anything() {
    assert_eq!(Journal::default().report(), Report::default());
}

#[test]
fn r131_the_report_has_length_lessons_and_a_number_of_students() {
    let mut journal = Journal::with_students(3);
    journal.at(0, admit(Role::Assistant, "Bo", "b"));
    journal.at(0, admit(Role::Projector, "Wall", "w"));
    journal.told(1, 0, Command::Remove { seat: SeatId(2) });
    for title in ["A first look", "By head", "A first look"] {
        let command = Command::NewLesson {
            title: title.to_owned(),
            minutes: 10,
            language: "en".to_owned(),
        };
        journal.told(2, 0, command);
    }
    let report = journal.report();
    assert_eq!(
        (report.minutes, report.ended, report.kept),
        (3, false, false)
    );
    assert_eq!(report.students, 2);
    assert_eq!(report.lessons, ["A first look", "By head"]);

    journal.told(24, 0, Command::End);
    journal.at(90, Event::Keep { kept: true });
    let report = journal.report();
    assert_eq!(
        (report.minutes, report.ended, report.kept),
        (25, true, true)
    );
}

#[test]
fn r131_nothing_in_the_report_tells_who_was_there() {
    let mut journal = Journal::with_students(6);
    journal.at(1, choice("Which?"));
    for seat in 1..=6 {
        journal.told(1, seat, answer(1, 1, seat % 3));
        journal.told(1, seat, ask("Why a bias?"));
        journal.told(1, seat, Command::Lost { spot: None });
    }
    journal.told(2, 1, vote(AskId(2)));
    let text = journal.report().to_json().unwrap();
    for secret in ["Secret", "token", "seat", "Ada", "host"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

#[test]
fn r132_both_rounds_are_counted_as_they_were_last() {
    let mut journal = Journal::with_students(4);
    journal.at(1, choice("First?"));
    for (seat, given) in [(1, 0), (2, 0), (3, 1), (4, 2), (1, 2)] {
        journal.told(1, seat, answer(1, 1, given));
    }
    journal.told(2, 0, Command::CloseQuestion);
    journal.told(3, 0, Command::VoteAgain);
    for seat in 1..=4 {
        journal.told(3, seat, answer(1, 2, 1));
    }
    // Whoever is sent away takes the answers along (R79), and the question goes with the next one.
    journal.told(3, 0, Command::Remove { seat: SeatId(2) });
    journal.told(4, 0, Command::CloseQuestion);
    journal.at(5, choice("Second?"));
    journal.told(5, 1, answer(2, 1, 0));
    // One that goes with its network, still open, is counted too.
    journal.told(6, 0, Command::DismissQuestion);
    journal.at(7, choice("Third?"));
    let report = journal.report();
    let told: Vec<_> = report
        .questions
        .iter()
        .map(|one| (one.minute, one.text.as_deref().unwrap(), one.rounds.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (1, "First?", counts(&[&[(1, 1), (2, 2)], &[(1, 3)]])),
            (5, "Second?", counts(&[&[(0, 1)]])),
            (7, "Third?", counts(&[&[]])),
        ]
    );
    let first = &report.questions[0];
    assert_eq!((first.id, &first.key[..]), (QuestionId(1), &[1][..]));
    assert_eq!(first.network, "small".into());
    assert_eq!(first.why.as_deref(), Some("Because."));
}

#[test]
fn r133_places_are_told_of_large_groups_alone() {
    let mut journal = Journal::with_students(GROUP + 2);
    let here = spot("small", "conv", 1);
    let there = spot("small", "relu", 0);
    journal.told(1, 0, on_unit("conv", 1));
    let lost = |spot: &_| Command::Lost {
        spot: Some(Clone::clone(spot)),
    };
    // On the stage, but few.
    journal.told(1, 1, lost(&here));
    journal.told(1, 2, lost(&there));
    journal.told(2, 0, on_unit("relu", 0));
    for seat in 1..=GROUP {
        journal.told(2, seat, lost(&there));
    }
    journal.told(2, GROUP + 1, Command::Lost { spot: None });
    let moment = |minute, spot, count| LostMoment {
        minute,
        spot,
        count,
    };
    let expected = [
        moment(1, None, 2),
        moment(2, Some(there), GROUP),
        moment(2, None, 1),
    ];
    assert_eq!(journal.report().lost, expected);
}

#[test]
fn r134_what_students_asked_stands_by_votes_and_what_is_gone_is_gone() {
    let mut journal = Journal::with_students(3);
    for (seat, text) in [(1, "First"), (2, "Second"), (3, "Third"), (3, "Gone")] {
        journal.told(1, seat, ask(text));
    }
    journal.told(1, 1, vote(AskId(3)));
    journal.told(1, 2, vote(AskId(3)));
    journal.told(1, 2, vote(AskId(4)));
    let mark = Command::MarkAsk {
        ask: AskId(3),
        answered: true,
    };
    journal.told(2, 0, mark);
    journal.told(2, 0, Command::ClearAsk { ask: AskId(4) });
    let asked = |text: &str, votes, answered| ReportedAsk {
        text: text.to_owned(),
        spot: None,
        votes,
        answered,
    };
    let expected = [
        asked("Third", 2, true),
        asked("First", 0, false),
        asked("Second", 0, false),
    ];
    assert_eq!(journal.report().asks, expected);
}

#[test]
fn a_journal_that_the_rules_did_not_write_has_no_report() {
    let mut journal = Journal::default();
    journal.told(1, 0, on_layer("nowhere"));
    assert_eq!(report(&opening(), &journal.0), Err(Rejection::UnknownLayer));
}

#[test]
fn r148_of_a_filled_map_every_cell_is_counted() {
    let mut journal = Journal::with_students(3);
    journal.told(1, 0, on_unit("conv", 1));
    let question = map(&[5, 6]);
    journal.at(
        1,
        Event::Pose {
            seat: HOST,
            question: question.clone(),
        },
    );
    let mut class = Class::open(&opening());
    for entry in &journal.0 {
        class.apply(entry).unwrap();
    }
    // Two have the same cell, one the other.
    let of = |seat| class.seat(SeatId(seat)).unwrap().cells[0].cell;
    let shared = u32::from((1..=3).filter(|seat| of(*seat) == 1).count() == 2);
    let (both, alone): (Vec<u32>, Vec<u32>) = (1..=3).partition(|seat| of(*seat) == shared);
    let right = |cell| if cell == 0 { 5 } else { 6 };
    for (seat, cell, number) in [
        (both[0], shared, 4),
        (alone[0], 1 - shared, right(1 - shared)),
        (both[1], shared, right(shared)),
        (both[0], shared, right(shared)),
    ] {
        journal.told(2, seat, fill(cell, whole(number)));
    }
    let take = Command::TakeCell {
        question: QuestionId(1),
    };
    journal.told(2, both[1], take);
    journal.told(2, both[1], fill(1 - shared, whole(-6)));
    journal.told(3, 0, Command::DismissQuestion);
    let cell = |place: usize, number, right, wrong| FilledCell {
        truth: question.truth[place],
        number: Some(whole(number)),
        entries: 2,
        right,
        wrong,
    };
    let cells = journal.report().questions.remove(0).cells;
    let expected = cell(shared as usize, right(shared), 2, false);
    assert_eq!(cells[shared as usize], expected);
    let expected = cell(1 - shared as usize, -6, 1, true);
    assert_eq!(cells[1 - shared as usize], expected);
}
