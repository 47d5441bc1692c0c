use convocation_classroom::{
    asks::{
        ASK_CHARS, ASKS_ANSWERED, ASKS_OPEN, ASKS_OPEN_PER_SEAT, Ask, AskId, Asks, OwnAsks, Spot,
    },
    changes::Changes,
    class::Class,
    command::Command,
    entry::Entry,
    ids::SeatId,
    json::FromJson,
    lost::Lost,
    rejection::Rejection,
    seat::Role,
    stage::Focus,
    topics::Audience,
};

use crate::lecture::*;

const FIRST: AskId = AskId(1);
const SECOND: AskId = AskId(2);

pub fn ask(text: &str) -> Command {
    ask_about(text, None, 0)
}

fn ask_about(text: &str, spot: Option<Spot>, step: u32) -> Command {
    Command::Ask {
        text: text.to_owned(),
        spot,
        step,
    }
}

pub fn spot(network: &str, layer: &str, unit: u32) -> Spot {
    Spot {
        network: network.into(),
        focus: Focus::Unit {
            layer: layer.into(),
            unit,
        },
    }
}

pub fn vote(ask: AskId) -> Command {
    Command::VoteAsk { ask, up: true }
}

fn answered(ask: AskId) -> Command {
    Command::MarkAsk {
        ask,
        answered: true,
    }
}

/// One question of the first student, one of the second.
fn asked() -> Lecture {
    let mut lecture = lecture();
    lecture.tells(STUDENT, ask("Why a bias?")).unwrap();
    lecture.tells(OTHER_STUDENT, ask("Why ReLU?")).unwrap();
    lecture
}

fn list(lecture: &Lecture, audience: Audience) -> Vec<Ask> {
    lecture.class.asks(audience).list
}

/// Numbers and votes of what an audience sees.
fn votes(lecture: &Lecture, audience: Audience) -> Vec<(u32, u32)> {
    let list = list(lecture, audience);
    list.iter().map(|ask| (ask.id.0, ask.votes)).collect()
}

fn own(lecture: &Lecture, seat: SeatId) -> &OwnAsks {
    &lecture.class.seat(seat).unwrap().asks
}

fn students(lecture: &mut Lecture, count: usize) -> Vec<SeatId> {
    let mut admit_one = |i| {
        let event = admit(Role::Student, "Eve", &format!("s{i}"));
        lecture.happens(event).unwrap().admitted.unwrap()
    };
    (0..count).map(&mut admit_one).collect()
}

#[test]
fn r110_students_ask_unless_muted_and_nobody_else_does() {
    let mut lecture = asked();
    for seat in [HOST, ASSISTANT, PROJECTOR] {
        for command in [ask("Me?"), vote(FIRST), Command::WithdrawAsk { ask: FIRST }] {
            assert_eq!(lecture.tells(seat, command), Err(Rejection::NotAllowed));
        }
    }
    let muted = |muted| Command::MuteAsks { muted };
    for command in [
        muted(true),
        answered(FIRST),
        Command::ClearAsk { ask: FIRST },
    ] {
        assert_eq!(lecture.tells(STUDENT, command), Err(Rejection::NotAllowed));
    }
    lecture.tells(ASSISTANT, muted(true)).unwrap();
    assert!(lecture.class.asks(Audience::Room).muted);
    assert_eq!(
        lecture.tells(STUDENT, ask("Still?")),
        Err(Rejection::AsksMuted)
    );
    // What stands there goes on.
    lecture.tells(STUDENT, vote(SECOND)).unwrap();
    lecture
        .tells(STUDENT, Command::WithdrawAsk { ask: FIRST })
        .unwrap();
    assert!(lecture.host(muted(true)).is_empty());
    lecture.host(muted(false));
    lecture.tells(STUDENT, ask("Now?")).unwrap();
    assert_eq!(list(&lecture, Audience::Room)[1].text, "Now?");
}

#[test]
fn r110_asking_tells_the_list_and_the_own_seat() {
    let mut lecture = lecture();
    let changes = lecture.tells(STUDENT, ask(" Why a bias? ")).unwrap();
    let expected = Changes {
        asks: true,
        seats: vec![STUDENT],
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    let expected = Ask {
        id: FIRST,
        text: "Why a bias?".to_owned(),
        spot: None,
        step: 0,
        at: lecture.now(),
        votes: 0,
        answered: false,
    };
    for audience in [Audience::Room, Audience::Staff] {
        assert_eq!(list(&lecture, audience), std::slice::from_ref(&expected));
    }
    assert_eq!(own(&lecture, STUDENT).asked, [FIRST]);
    assert_eq!(own(&lecture, OTHER_STUDENT), &OwnAsks::default());
}

#[test]
fn r111_texts_are_short_and_fit_to_be_shown() {
    for (text, expected) in [
        ("?".to_owned(), Ok(())),
        ("语".repeat(ASK_CHARS), Ok(())),
        ("x".repeat(ASK_CHARS + 1), Err(Rejection::BadText)),
        (" \u{200B} ".to_owned(), Err(Rejection::BadText)),
        ("two\nlines".to_owned(), Err(Rejection::BadText)),
        ("\u{202E}why".to_owned(), Err(Rejection::BadText)),
    ] {
        let outcome = lecture().tells(STUDENT, ask(&text)).map(drop);
        assert_eq!(outcome, expected, "{text:?}");
    }
}

#[test]
fn r111_an_unknown_view_is_none_and_steps_end_at_the_last() {
    let known = spot("small", "conv", 3);
    for (typed, step, kept, kept_step) in [
        (Some(known.clone()), 4, Some(known.clone()), 4),
        (Some(known.clone()), u32::MAX, Some(known), STEPS - 1),
        (
            Some(spot("other", "filter", 0)),
            1,
            Some(spot("other", "filter", 0)),
            1,
        ),
        (Some(spot("small", "conv", 4)), 1, None, 0),
        (Some(spot("small", "filter", 0)), 1, None, 0),
        (Some(spot("nowhere", "conv", 0)), 1, None, 0),
        (None, 1, None, 0),
    ] {
        let mut lecture = lecture();
        lecture
            .tells(STUDENT, ask_about("Why?", typed.clone(), step))
            .unwrap();
        let ask = list(&lecture, Audience::Staff).swap_remove(0);
        assert_eq!((ask.spot, ask.step), (kept, kept_step), "{typed:?} {step}");
    }
}

#[test]
fn r111_a_seat_and_a_class_have_only_so_many_open() {
    let mut lecture = lecture();
    for _ in 0..ASKS_OPEN_PER_SEAT {
        lecture.tells(STUDENT, ask("Again?")).unwrap();
    }
    assert_eq!(
        lecture.tells(STUDENT, ask("Again?")),
        Err(Rejection::TooManyAsks)
    );
    lecture.host(answered(FIRST));
    lecture.tells(STUDENT, ask("Again?")).unwrap();

    let rest = ASKS_OPEN - ASKS_OPEN_PER_SEAT;
    for seat in students(&mut lecture, rest) {
        lecture.tells(seat, ask("Me, too?")).unwrap();
    }
    assert_eq!(
        lecture.tells(OTHER_STUDENT, ask("And I?")),
        Err(Rejection::AsksFull)
    );
    let again = Command::MarkAsk {
        ask: FIRST,
        answered: false,
    };
    assert_eq!(lecture.tells(HOST, again), Err(Rejection::AsksFull));
}

#[test]
fn r112_one_takes_back_ones_own_alone() {
    let mut lecture = asked();
    let withdraw = |ask| Command::WithdrawAsk { ask };
    lecture.tells(OTHER_STUDENT, vote(FIRST)).unwrap();
    assert_eq!(
        lecture.tells(STUDENT, withdraw(SECOND)),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(
        lecture.tells(STUDENT, withdraw(AskId(9))),
        Err(Rejection::UnknownAsk)
    );
    let changes = lecture.tells(STUDENT, withdraw(FIRST)).unwrap();
    // The voter's seat forgets it, too.
    assert_eq!(changes.seats, [STUDENT, OTHER_STUDENT]);
    assert_eq!(own(&lecture, OTHER_STUDENT).voted, []);
    assert_eq!(votes(&lecture, Audience::Staff), [(2, 0)]);
    assert_eq!(
        lecture.tells(STUDENT, withdraw(FIRST)),
        Err(Rejection::UnknownAsk)
    );
    lecture.tells(STUDENT, ask("Another?")).unwrap();
    assert_eq!(votes(&lecture, Audience::Room), [(2, 0), (3, 0)]);
}

#[test]
fn r113_one_vote_per_seat_that_can_be_taken_back() {
    let mut lecture = asked();
    let expected = Changes {
        asks: true,
        seats: vec![STUDENT],
        ..Changes::default()
    };
    assert_eq!(lecture.tells(STUDENT, vote(SECOND)), Ok(expected));
    assert!(lecture.tells(STUDENT, vote(SECOND)).unwrap().is_empty());
    assert_eq!(votes(&lecture, Audience::Room), [(1, 0), (2, 1)]);
    let down = Command::VoteAsk {
        ask: SECOND,
        up: false,
    };
    lecture.tells(STUDENT, down.clone()).unwrap();
    assert!(lecture.tells(STUDENT, down).unwrap().is_empty());
    assert_eq!(votes(&lecture, Audience::Staff), [(1, 0), (2, 0)]);
    for (seat, ask, reason) in [
        (STUDENT, FIRST, Rejection::OwnAsk),
        (STUDENT, AskId(3), Rejection::UnknownAsk),
    ] {
        assert_eq!(lecture.tells(seat, vote(ask)), Err(reason));
    }
}

#[test]
fn r114_what_is_answered_leaves_the_room_and_may_come_back() {
    let mut lecture = asked();
    lecture.tells(STUDENT, vote(SECOND)).unwrap();
    let changes = lecture.tells(ASSISTANT, answered(SECOND)).unwrap();
    let expected = Changes {
        asks: true,
        ..Changes::default()
    };
    assert_eq!(changes, expected);
    assert!(lecture.host(answered(SECOND)).is_empty());
    assert_eq!(votes(&lecture, Audience::Room), [(1, 0)]);
    assert_eq!(votes(&lecture, Audience::Staff), [(1, 0), (2, 1)]);
    assert!(list(&lecture, Audience::Staff)[1].answered);
    assert_eq!(
        lecture.tells(STUDENT, vote(SECOND)),
        Err(Rejection::UnknownAsk)
    );

    lecture.host(answered(FIRST));
    lecture.host(Command::MarkAsk {
        ask: SECOND,
        answered: false,
    });
    lecture.host(Command::MarkAsk {
        ask: FIRST,
        answered: false,
    });
    assert_eq!(votes(&lecture, Audience::Room), [(1, 0), (2, 1)]);
    assert_eq!(
        lecture.tells(HOST, answered(AskId(7))),
        Err(Rejection::UnknownAsk)
    );
}

#[test]
fn r114_what_is_cleared_is_gone_and_old_answers_go_by_themselves() {
    let mut lecture = asked();
    let clear = |ask| Command::ClearAsk { ask };
    lecture.host(answered(SECOND));
    assert_eq!(lecture.host(clear(SECOND)).seats, [OTHER_STUDENT]);
    lecture.tells(ASSISTANT, clear(FIRST)).unwrap();
    assert_eq!(list(&lecture, Audience::Staff), []);
    assert_eq!(
        lecture.tells(HOST, clear(FIRST)),
        Err(Rejection::UnknownAsk)
    );

    let first = 3;
    let count = u32::try_from(ASKS_ANSWERED).unwrap() + 1;
    for id in first..first + count {
        lecture.tells(STUDENT, ask("Why?")).unwrap();
        lecture.host(answered(AskId(id)));
    }
    let kept = list(&lecture, Audience::Staff);
    assert_eq!(kept.len(), ASKS_ANSWERED);
    assert_eq!(kept[0].id, AskId(first + 1));
    assert_eq!(own(&lecture, STUDENT).asked.len(), ASKS_ANSWERED);
}

#[test]
fn r116_of_a_removed_seat_the_votes_go_and_the_questions_stay() {
    let mut lecture = asked();
    lecture.tells(STUDENT, vote(SECOND)).unwrap();
    let changes = lecture.host(Command::Remove { seat: STUDENT });
    assert!(changes.asks);
    assert_eq!(votes(&lecture, Audience::Room), [(1, 0), (2, 0)]);
    let changes = lecture.host(Command::Remove {
        seat: OTHER_STUDENT,
    });
    assert!(!changes.asks, "nothing of the list is new");
    lecture.host(Command::ClearAsk { ask: FIRST });
    assert_eq!(votes(&lecture, Audience::Room), [(2, 0)]);
}

#[test]
fn r115_a_journal_from_before_there_were_questions_is_read() {
    let mut class = Class::open(&opening());
    for line in [
        r#"{"at":1000,"event":{"type":"admit","role":"student","name":"Cleo","token":"t1"}}"#,
        r#"{"at":2000,"event":{"type":"command","seat":1,"command":{"type":"explore"}}}"#,
        r#"{"at":3000,"event":{"type":"command","seat":0,"command":{"type":"focus","focus":{"kind":"layer","layer":"conv"}}}}"#,
    ] {
        let entry = Entry::from_json(line.as_bytes()).unwrap();
        assert!(!class.apply(&entry).unwrap().is_empty());
    }
    let nothing = Asks {
        muted: false,
        list: Vec::new(),
    };
    assert_eq!(class.asks(Audience::Staff), nothing);
    assert_eq!(class.lost(Audience::Staff), Some(Lost::default()));
}
