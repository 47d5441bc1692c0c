use std::collections::{BTreeMap, BTreeSet};

use convocation_classroom::{
    asked::Asked,
    changes::Changes,
    command::Command,
    decimal::Decimal,
    entry::Event,
    filling::{Area, Fill, FilledCell, OwnCell, Truth},
    ids::{QuestionId, SeatId},
    question::{Outcome, Phase, Question, Resolved, Task},
    rejection::Rejection,
    seat::Role,
    topics::Audience,
};
use proptest::prelude::*;

use crate::lecture::*;

pub fn whole(digits: i32) -> Decimal {
    Decimal {
        digits,
        decimals: 0,
    }
}

/// Some cells of a unit of `conv`; the value of cell `n` is `values[n]`, exactly.
pub fn map(values: &[i32]) -> Resolved {
    let count = u32::try_from(values.len()).unwrap();
    Resolved {
        task: Task::Fill {
            layer: "conv".into(),
            unit: 1,
            input: None,
            rows: 1,
            columns: count,
            steps: (0..count).collect(),
            shown: 0,
            decimals: 0,
        },
        text: None,
        key: vec![],
        truth: values.iter().map(|value| exactly(*value)).collect(),
        why: None,
        step: Some(0),
    }
}

fn exactly(value: i32) -> Truth {
    Truth {
        number: whole(value),
        tolerance: 0,
    }
}

pub fn fill(cell: u32, number: Decimal) -> Command {
    Command::FillCell {
        question: QuestionId(1),
        cell,
        number,
    }
}

const TAKE: Command = Command::TakeCell {
    question: QuestionId(1),
};

/// A class with so many students, from seat 1 on, that fills this map.
fn filling(students: u32, values: &[i32]) -> Lecture {
    let mut lecture = Lecture::empty();
    for seat in 1..=students {
        let event = admit(Role::Student, &format!("Pupil {seat}"), &format!("p{seat}"));
        lecture.happens(event).unwrap();
    }
    lecture.host(on_unit("conv", 1));
    lecture.happens(pose(map(values))).unwrap();
    lecture
}

fn pose(question: Resolved) -> Event {
    Event::Pose {
        seat: HOST,
        question,
    }
}

fn own(lecture: &Lecture, seat: u32) -> &[OwnCell] {
    &lecture.class.seat(SeatId(seat)).unwrap().cells
}

/// Which cells a seat has, in the order in which they were dealt.
fn dealt(lecture: &Lecture, seat: u32) -> Vec<u32> {
    own(lecture, seat).iter().map(|own| own.cell).collect()
}

/// The only cell of a seat, or the one that was dealt last.
fn last(lecture: &Lecture, seat: u32) -> u32 {
    own(lecture, seat).last().unwrap().cell
}

fn question(lecture: &Lecture, audience: Audience) -> Question {
    lecture.class.question(audience).unwrap()
}

#[test]
fn r140_what_can_be_filled() {
    let sound = map(&[1, 2, 3, 4]);
    let with = |change: fn(&mut Resolved)| {
        let mut changed = map(&[1, 2, 3, 4]);
        change(&mut changed);
        changed
    };
    let bad = Err(Rejection::BadQuestion);
    for (resolved, expected) in [
        (sound, Ok(())),
        (map(&[1]), bad),
        (map(&[0; 36]), Ok(())),
        (map(&[0; 37]), bad),
        (with(|q| q.truth.truncate(3)), bad),
        (with(|q| q.truth[0].number.decimals = 7), bad),
        (with(|q| q.key = vec![0]), bad),
        (
            with(|q| {
                if let Task::Fill { rows, .. } = &mut q.task {
                    *rows = 2;
                }
            }),
            bad,
        ),
        (
            with(|q| {
                if let Task::Fill { steps, .. } = &mut q.task {
                    steps.swap(0, 1);
                }
            }),
            bad,
        ),
        (
            with(|q| {
                q.task = Task::Tile {
                    layer: "conv".into(),
                    units: 4,
                }
            }),
            bad,
        ),
    ] {
        let mut lecture = Lecture::empty();
        lecture.host(on_unit("conv", 1));
        let outcome = lecture.happens(pose(resolved.clone())).map(drop);
        assert_eq!(outcome, expected, "{resolved:?}");
    }
    for (area, expected) in [
        (Area::Whole, Ok(())),
        (Area::Patch { side: 1 }, bad),
        (Area::Patch { side: 2 }, Ok(())),
        (Area::Spread { side: 6 }, Ok(())),
        (Area::Spread { side: 7 }, bad),
    ] {
        let asked = Asked::Fill(Fill {
            area,
            text: None,
            why: None,
        });
        assert_eq!(asked.checked().map(drop), expected, "{area:?}");
    }
}

#[test]
fn r140_a_map_is_filled_once() {
    let mut lecture = filling(1, &[1, 2]);
    let choice = Command::Answer(convocation_classroom::question::Answer {
        question: QuestionId(1),
        round: 1,
        choice: 0,
    });
    assert_eq!(
        lecture.tells(SeatId(1), choice),
        Err(Rejection::UnknownAnswer)
    );
    lecture.host(Command::CloseQuestion);
    assert_eq!(
        lecture.tells(HOST, Command::VoteAgain),
        Err(Rejection::NoVote)
    );
}

#[test]
fn r141_everyone_gets_the_most_open_cell() {
    // Fewer students than cells, as many, and more.
    for (students, cells) in [(2, 4), (3, 3), (5, 2)] {
        let lecture = filling(students, &vec![5; cells]);
        let mut holders = vec![0; cells];
        for seat in 1..=students {
            assert_eq!(own(&lecture, seat).len(), 1);
            holders[last(&lecture, seat) as usize] += 1;
        }
        let (least, most) = (holders.iter().min(), holders.iter().max());
        assert!(most.unwrap() - least.unwrap() <= 1, "{holders:?}");
        assert!(own(&lecture, 0).is_empty());
    }
    // Late: an open cell, before that the one that nobody has computed yet.
    let mut lecture = filling(2, &[5; 3]);
    let done = last(&lecture, 1);
    let begun = last(&lecture, 2);
    lecture.tells(SeatId(1), fill(done, whole(5))).unwrap();
    let mut late = vec![];
    for token in ["p3", "p4", "p5"] {
        let event = admit(Role::Student, "Late", token);
        let seat = lecture.happens(event).unwrap().admitted.unwrap();
        late.push(last(&lecture, seat.0));
    }
    assert!(late[0] != done && late[0] != begun);
    late[1..].sort_unstable();
    let mut open = [begun, late[0]];
    open.sort_unstable();
    assert_eq!(late[1..], open);
    let changes = lecture
        .happens(admit(Role::Projector, "Wall", "w"))
        .unwrap();
    assert!(own(&lecture, changes.admitted.unwrap().0).is_empty());
    lecture.host(Command::CloseQuestion);
    let changes = lecture
        .happens(admit(Role::Student, "Later", "p6"))
        .unwrap();
    assert!(own(&lecture, changes.admitted.unwrap().0).is_empty());
}

/// Staff see who came when, and which cells are wrong.
#[test]
fn r141_the_order_of_arrival_does_not_tell_who_has_which_cell() {
    let dealt_to = |tokens: &str| -> Vec<u32> {
        let mut lecture = Lecture::empty();
        for seat in 1..=36 {
            let event = admit(Role::Student, "Pupil", &format!("{tokens}{seat}"));
            lecture.happens(event).unwrap();
        }
        lecture.host(on_unit("conv", 1));
        lecture.happens(pose(map(&[5; 36]))).unwrap();
        (1..=36).map(|seat| last(&lecture, seat)).collect()
    };
    let (one, other) = (dealt_to("one"), dealt_to("other"));
    assert_ne!(one, other);
    for dealt in [one, other] {
        let all: BTreeSet<u32> = dealt.iter().copied().collect();
        assert_eq!(all.len(), 36);
        let beside = dealt.windows(2).filter(|pair| pair[0] + 1 == pair[1]);
        assert!(beside.count() < 8, "{dealt:?}");
    }
}

#[test]
fn r142_whoever_is_done_takes_another() {
    let mut lecture = filling(2, &[5; 3]);
    let (first, others) = (last(&lecture, 1), last(&lecture, 2));
    let third = 3 - first - others;
    assert_eq!(lecture.tells(SeatId(1), TAKE), Ok(Changes::default()));
    lecture.tells(SeatId(1), fill(first, whole(5))).unwrap();
    let changes = lecture.tells(SeatId(1), TAKE).unwrap();
    assert_eq!(changes.seats, [SeatId(1)]);
    assert!(!changes.answered && !changes.question);
    assert_eq!(dealt(&lecture, 1), [first, third]);
    // Asked for twice it is the same cell.
    assert_eq!(lecture.tells(SeatId(1), TAKE), Ok(Changes::default()));
    lecture.tells(SeatId(1), fill(third, whole(5))).unwrap();
    // The other one does nothing: the cell goes on.
    lecture.tells(SeatId(1), TAKE).unwrap();
    assert_eq!(dealt(&lecture, 1), [first, third, others]);
    lecture.tells(SeatId(1), fill(others, whole(5))).unwrap();
    assert_eq!(lecture.tells(SeatId(1), TAKE), Err(Rejection::NoCell));
    assert_eq!(question(&lecture, Audience::Room).filled, [0, 1, 2]);
    for (seat, reason) in [
        (HOST, Rejection::NotAllowed),
        (NOBODY, Rejection::UnknownSeat),
    ] {
        assert_eq!(lecture.tells(seat, TAKE), Err(reason));
    }
    let other = Command::TakeCell {
        question: QuestionId(2),
    };
    assert_eq!(lecture.tells(SeatId(2), other), Err(Rejection::NoQuestion));
    lecture.host(Command::CloseQuestion);
    assert_eq!(lecture.tells(SeatId(2), TAKE), Err(Rejection::NoQuestion));
}

#[test]
fn r143_own_cells_are_filled_and_corrected() {
    let mut lecture = filling(2, &[5; 3]);
    let (cell, others) = (last(&lecture, 1), last(&lecture, 2));
    let changes = lecture.tells(SeatId(1), fill(cell, whole(4))).unwrap();
    assert!(changes.answered && !changes.question);
    assert_eq!(changes.seats, [SeatId(1)]);
    assert_eq!(
        lecture.tells(SeatId(1), fill(cell, whole(4))),
        Ok(Changes::default())
    );
    let long = |decimals| Decimal {
        digits: 500_000,
        decimals,
    };
    lecture.tells(SeatId(1), fill(cell, long(5))).unwrap();
    assert_eq!(own(&lecture, 1)[0].number, Some(whole(5)));
    for (seat, command, expected) in [
        (HOST, fill(cell, whole(5)), Rejection::NotAllowed),
        (SeatId(1), fill(others, whole(5)), Rejection::UnknownCell),
        (SeatId(1), fill(9, whole(5)), Rejection::UnknownCell),
        (SeatId(1), fill(cell, long(7)), Rejection::UnknownAnswer),
        (
            SeatId(1),
            Command::FillCell {
                question: QuestionId(2),
                cell,
                number: whole(5),
            },
            Rejection::NoQuestion,
        ),
    ] {
        let outcome = lecture.tells(seat, command.clone());
        assert_eq!(outcome, Err(expected), "{seat:?} {command:?}");
    }
    lecture.host(Command::CloseQuestion);
    let late = lecture.tells(SeatId(1), fill(cell, whole(6)));
    assert_eq!(late, Err(Rejection::NoQuestion));
}

#[test]
fn r144_whoever_is_removed_takes_cells_and_numbers_along() {
    let mut lecture = filling(2, &[5; 2]);
    let (gone, stays) = (last(&lecture, 1), last(&lecture, 2));
    lecture.tells(SeatId(1), fill(gone, whole(5))).unwrap();
    let changes = lecture.host(Command::Remove { seat: SeatId(1) });
    assert!(changes.answered);
    let seen = question(&lecture, Audience::Room);
    assert_eq!((seen.answered, seen.filled), (0, vec![]));
    lecture.tells(SeatId(2), fill(stays, whole(5))).unwrap();
    lecture.tells(SeatId(2), TAKE).unwrap();
    assert_eq!(dealt(&lecture, 2), [stays, gone]);
}

#[test]
fn r145_which_number_is_the_class_s_and_whether_it_is_right() {
    let near = Truth {
        number: Decimal {
            digits: 250,
            decimals: 2,
        },
        tolerance: 3,
    };
    for (decimals, digits, expected) in [
        (2, 250, true),
        (1, 25, true),
        (2, 253, true),
        (2, 247, true),
        (3, 2530, true),
        (2, 254, false),
        (3, 2531, false),
        (0, 2, false),
        (2, -250, false),
        (0, i32::MAX, false),
        (0, i32::MIN, false),
    ] {
        let number = Decimal { digits, decimals };
        assert_eq!(near.allows(number), expected, "{number:?}");
    }
    // What each of up to four students has computed for the same cell, of which 5 is the value.
    for (numbers, class, right, wrong) in [
        (vec![], None, 0, false),
        (vec![5], Some(5), 1, false),
        (vec![4], Some(4), 0, true),
        (vec![5, 4], Some(4), 1, true),
        (vec![5, 4, 5], Some(5), 2, false),
        (vec![5, 4, 3], Some(3), 1, true),
        (vec![7, 4, 7], Some(7), 0, true),
        (vec![5, 9, 9, 5], Some(9), 2, true),
    ] {
        let mut lecture = filling(8, &[5, 6]);
        let holders: Vec<u32> = (1..=8).filter(|seat| last(&lecture, *seat) == 0).collect();
        assert_eq!(holders.len(), 4);
        for (number, seat) in numbers.iter().zip(holders) {
            lecture
                .tells(SeatId(seat), fill(0, whole(*number)))
                .unwrap();
        }
        let outcome = question(&lecture, Audience::Staff).outcome.unwrap();
        let expected = FilledCell {
            truth: exactly(5),
            number: class.map(whole),
            entries: u32::try_from(numbers.len()).unwrap(),
            right,
            wrong,
        };
        assert_eq!(outcome.cells[0], expected, "{numbers:?}");
    }
}

#[test]
fn r146_who_may_know_what_and_when() {
    let mut lecture = filling(2, &[5, 6, 7]);
    let cell = last(&lecture, 2);
    lecture.tells(SeatId(2), fill(cell, whole(60))).unwrap();
    let staff = question(&lecture, Audience::Staff);
    let cells = staff.outcome.clone().unwrap().cells;
    assert_eq!(cells.len(), 3);
    let wrong: Vec<u32> = (0..)
        .zip(&cells)
        .filter(|(_, told)| told.wrong)
        .map(|(cell, _)| cell)
        .collect();
    assert_eq!(wrong, [cell]);
    let expected = Question {
        outcome: None,
        ..staff
    };
    assert_eq!((expected.answered, &expected.filled[..]), (1, &[cell][..]));
    assert_eq!(question(&lecture, Audience::Room), expected);
    lecture.host(Command::CloseQuestion);
    assert_eq!(question(&lecture, Audience::Room).outcome, None);
    lecture.host(Command::Reveal);
    let told = Outcome {
        key: vec![],
        why: None,
        rounds: vec![vec![]],
        cells,
    };
    let room = question(&lecture, Audience::Room);
    assert_eq!((room.phase, room.outcome), (Phase::Revealed, Some(told)));
}

#[test]
fn r147_another_question_takes_the_cells_back() {
    let mut lecture = filling(2, &[5, 6, 7]);
    let cell = last(&lecture, 1);
    lecture.tells(SeatId(1), fill(cell, whole(5))).unwrap();
    lecture.host(Command::DismissQuestion);
    let scale = Resolved {
        task: Task::Scale {
            low: "lost".to_owned(),
            high: "clear".to_owned(),
            steps: 5,
        },
        truth: vec![],
        step: None,
        ..map(&[1, 2])
    };
    let changes = lecture.happens(pose(scale)).unwrap();
    assert_eq!(changes.seats, [SeatId(1), SeatId(2)]);
    assert!(own(&lecture, 1).is_empty() && own(&lecture, 2).is_empty());
}

/// What may happen while a class fills a map; seats and cells are taken modulo those that there are.
#[derive(Clone, Debug)]
enum Happening {
    Joins,
    Leaves(usize),
    Takes(usize),
    /// Computes the cell dealt last; the second number is what another class computes at the same time.
    Computes(usize, i32, i32),
}

fn happening() -> impl Strategy<Value = Happening> {
    let who = || 0..8usize;
    prop_oneof![
        2 => Just(Happening::Joins),
        1 => who().prop_map(Happening::Leaves),
        6 => who().prop_map(Happening::Takes),
        8 => (who(), -9..9i32, -9..9i32).prop_map(|(who, one, other)| Happening::Computes(who, one, other)),
    ]
}

fn students(lecture: &Lecture) -> Vec<SeatId> {
    let seats = lecture.class.seats();
    let students = seats.filter(|seat| seat.role == Role::Student);
    students.map(|seat| seat.id).collect()
}

/// Lets it happen; `pick` says which of the two numbers is computed.
fn happen(lecture: &mut Lecture, happening: &Happening, pick: fn(i32, i32) -> i32, turn: usize) {
    let students = students(lecture);
    let nth = |who: usize| (!students.is_empty()).then(|| students[who % students.len()]);
    let outcome = match happening {
        Happening::Joins => lecture.happens(admit(Role::Student, "New", &format!("n{turn}"))),
        Happening::Leaves(who) => match nth(*who) {
            Some(seat) => lecture.tells(HOST, Command::Remove { seat }),
            None => return,
        },
        Happening::Takes(who) => match nth(*who) {
            Some(seat) => lecture.tells(seat, TAKE),
            None => return,
        },
        Happening::Computes(who, one, other) => match nth(*who) {
            Some(seat) => {
                let cell = lecture.class.seat(seat).unwrap().cells.last().unwrap().cell;
                lecture.tells(seat, fill(cell, whole(pick(*one, *other))))
            }
            None => return,
        },
    };
    assert!(
        outcome.is_ok() || outcome == Err(Rejection::NoCell),
        "{happening:?}: {outcome:?}"
    );
}

/// How many numbers each cell has, and how many have it.
fn loads(lecture: &Lecture, cells: u32) -> BTreeMap<u32, (usize, usize)> {
    let mut loads: BTreeMap<u32, (usize, usize)> = (0..cells).map(|cell| (cell, (0, 0))).collect();
    for own in lecture.class.seats().flat_map(|seat| &seat.cells) {
        let load = loads.get_mut(&own.cell).unwrap();
        load.0 += usize::from(own.number.is_some());
        load.1 += 1;
    }
    loads
}

proptest! {
    /// R141, R142, R144: everyone has a cell, a second one only after the first, no cell twice, and always the one that needs it most.
    #[test]
    fn cells_are_dealt_fairly(
        began in 0..6u32,
        cells in 2..9u32,
        happenings in prop::collection::vec(happening(), 0..60),
    ) {
        let mut lecture = filling(began, &vec![1; cells as usize]);
        for (turn, happening) in happenings.iter().enumerate() {
            let before = loads(&lecture, cells);
            let had: BTreeMap<SeatId, usize> =
                lecture.class.seats().map(|seat| (seat.id, seat.cells.len())).collect();
            happen(&mut lecture, happening, |one, _| one, turn);
            for seat in students(&lecture) {
                let own = own(&lecture, seat.0);
                let different: BTreeSet<u32> = own.iter().map(|own| own.cell).collect();
                prop_assert_eq!(different.len(), own.len());
                let (last, done) = own.split_last().unwrap();
                prop_assert!(done.iter().all(|own| own.number.is_some()));
                if had.get(&seat) == Some(&own.len()) {
                    continue;
                }
                let free = before.iter().filter(|(cell, _)| done.iter().all(|own| own.cell != **cell));
                let least = free.map(|(_, load)| load).min().unwrap();
                prop_assert_eq!(&before[&last.cell], least);
            }
        }
    }

    /// R142: one who works alone fills the map, whatever the others do.
    #[test]
    fn one_student_is_enough(idle in 0..9u32, cells in 2..9u32) {
        let mut lecture = filling(idle + 1, &vec![1; cells as usize]);
        let diligent = SeatId(idle + 1);
        for _ in 0..cells {
            let cell = own(&lecture, diligent.0).last().unwrap().cell;
            lecture.tells(diligent, fill(cell, whole(1))).unwrap();
            drop(lecture.tells(diligent, TAKE));
        }
        prop_assert_eq!(question(&lecture, Audience::Room).filled.len(), cells as usize);
    }

    /// R146, R147: whatever is right and whatever others compute, before the reveal the room is told the same, and so is each student but
    /// for the own numbers.
    #[test]
    fn what_is_right_and_what_others_compute_is_not_to_be_seen(
        values in prop::collection::vec((-9..9i32, -9..9i32), 2..9),
        happenings in prop::collection::vec(happening(), 0..40),
    ) {
        let (ones, others): (Vec<i32>, Vec<i32>) = values.into_iter().unzip();
        let mut one = filling(3, &ones);
        let mut other = filling(3, &others);
        for (turn, happening) in happenings.iter().enumerate() {
            // The same number again changes nothing, and has no entry: such a turn would tell the two apart.
            let happening = match happening {
                Happening::Computes(who, number, other) => {
                    let turn = i32::try_from(turn).unwrap() * 100;
                    Happening::Computes(*who, turn + number, turn + other)
                }
                happening => happening.clone(),
            };
            happen(&mut one, &happening, |one, _| one, turn);
            happen(&mut other, &happening, |_, other| other, turn);
            let seen = |lecture: &Lecture| serde_json::to_string(&question(lecture, Audience::Room)).unwrap();
            prop_assert_eq!(seen(&one), seen(&other));
            prop_assert!(!seen(&one).contains("truth") && !seen(&one).contains("number"));
            for seat in students(&one) {
                let dealt = |lecture: &Lecture| {
                    let mut seat = lecture.class.seat(seat).unwrap().clone();
                    for own in &mut seat.cells {
                        own.number = own.number.map(|_| whole(0));
                    }
                    serde_json::to_string(&seat).unwrap()
                };
                prop_assert_eq!(dealt(&one), dealt(&other));
            }
        }
    }
}
