//! What holds whatever happens to a class. Entries are half plausible, half arbitrary, so that both rules and refusals are
//! reached; `entries_reach_both_acceptance_and_refusal` sees to that. Seeds that failed once stay in `properties.regressions`.

use convocation_classroom::{
    asks::{ASK_CHARS, ASKS_ANSWERED, ASKS_OPEN, ASKS_OPEN_PER_SEAT, OwnAsks},
    changes::Changes,
    class::{Class, HOST, Lifecycle},
    command::Command,
    entry::{Entry, Event, Opening},
    filling::FILL_CELLS_MOST,
    ids::{ClassTime, SecretHash, Version},
    json::{FromJson, ToJson},
    lesson::{LESSON_STEPS, NOTES_CHARS, Teaching},
    lost::{LostMoment, MOMENTS},
    outline::Outline,
    question::{Outcome, Phase, Question},
    recording::Recording,
    rejection::Rejection,
    report::report,
    seat::{NAME_CHARS, Role, Seat},
    stage::{CAPTION_CHARS, Playback, RATES},
    topics::{Audience, GROUP, TopicValue},
    views::VIEWS_MOST,
    wire::ServerMessage,
};
use proptest::{prelude::*, test_runner::FileFailurePersistence};

use crate::{
    anything, lecture,
    recording::{Sight, recorded, sight},
};

fn config() -> ProptestConfig {
    let seeds = FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        cases: 400,
        failure_persistence: Some(Box::new(seeds)),
        ..ProptestConfig::default()
    }
}

/// Applies an entry and checks what holds for each; the outcome is the caller's to check further.
fn apply(class: &mut Class, entry: &Entry) -> Result<Changes, Rejection> {
    let before = class.clone();
    let outcome = class.apply(entry);
    match &outcome {
        Ok(changes) => {
            assert_changes_are_told(&before, class, changes);
            assert_versions_grow(&before, class, changes);
        }
        Err(_) => assert_eq!(*class, before, "R2"),
    }
    assert_is_sound(class);
    outcome
}

/// R3: the changes name exactly what is different.
fn assert_changes_are_told(before: &Class, after: &Class, changes: &Changes) {
    assert_eq!(changes.is_empty(), before == after);
    assert_eq!(changes.stage, before.stage() != after.stage());
    assert_eq!(changes.pace, before.pace() != after.pace());
    assert_eq!(changes.room, before.room() != after.room());
    let differs = |audience| before.asks(audience) != after.asks(audience);
    assert_eq!(
        changes.asks,
        differs(Audience::Staff) || differs(Audience::Room)
    );
    assert_eq!(
        changes.lost,
        before.lost(Audience::Staff) != after.lost(Audience::Staff)
    );
    assert_eq!(
        changes.views,
        before.views(Audience::Room) != after.views(Audience::Room)
    );
    let offered = |class: &Class| {
        let views = class.views(Audience::Staff);
        (views.can_return, views.offered)
    };
    assert_eq!(changes.offered, offered(before) != offered(after));
    let question = |class: &Class| class.question(Audience::Staff);
    if question(before) != question(after) {
        assert!(changes.question || changes.answered);
    }
    if changes.answered && !changes.question && changes.removed.is_none() {
        let without_count = |class: &Class| question(class).map(without_answers);
        assert_eq!(without_count(before), without_count(after), "R78");
    }
    let place = |class: &Class| class.teaching().map(Teaching::place);
    assert_eq!(changes.lesson, place(before) != place(after));
    let script = |class: &Class| class.teaching().map(Teaching::script);
    assert_eq!(changes.script, script(before) != script(after));
    assert_eq!(changes.kept, before.is_kept() != after.is_kept());
    assert_eq!(
        changes.ended,
        before.lifecycle() != after.lifecycle() && after.room().ended
    );
    let seat_differs = |class: &Class, other: &Class| -> Vec<_> {
        class
            .seats()
            .filter(|seat| other.seat(seat.id) != Some(*seat))
            .map(|seat| seat.id)
            .collect()
    };
    assert_eq!(changes.seats, seat_differs(after, before));
    let gone: Vec<_> = seat_differs(before, after);
    let gone = gone.into_iter().find(|seat| after.seat(*seat).is_none());
    assert_eq!(changes.removed, gone);
    let line = |class: &Class| {
        let line = |seat: &Seat| (seat.id, seat.role, seat.name.clone(), seat.mode);
        class.seats().map(line).collect::<Vec<_>>()
    };
    let driver_differs = before.room().driver != after.room().driver;
    assert_eq!(
        changes.roster,
        driver_differs || line(before) != line(after)
    );
}

/// R4.
fn assert_versions_grow(before: &Class, after: &Class, changes: &Changes) {
    assert_eq!(
        after.sequence(),
        before.sequence() + u32::from(!changes.is_empty())
    );
    let newest = after.sequence() + 1;
    for seat in after.seats() {
        let (old, new) = (before.versions(seat.id), after.versions(seat.id));
        for (changed, old, new) in [
            (changes.stage, old.stage, new.stage),
            (changes.pace, old.pace, new.pace),
            (changes.room, old.room, new.room),
            (changes.asks, old.asks, new.asks),
            (changes.lost, old.lost, new.lost),
            (changes.views || changes.offered, old.views, new.views),
            (
                changes.question || changes.answered,
                old.question,
                new.question,
            ),
            (changes.lesson, old.lesson, new.lesson),
            (changes.script, old.script, new.script),
            (changes.seats.contains(&seat.id), old.seat, new.seat),
        ] {
            assert_eq!(new.0, if changed { newest } else { old.0 });
        }
    }
}

/// What a class always is.
fn assert_is_sound(class: &Class) {
    let driver = class
        .seat(class.room().driver)
        .expect("the driver has a seat");
    assert!(driver.role.is_staff());
    let hosts: Vec<_> = class
        .seats()
        .filter(|seat| seat.role == Role::Host)
        .map(|s| s.id)
        .collect();
    assert_eq!(hosts, [HOST]);
    for seat in class.seats() {
        assert_is_fit(&seat.name, NAME_CHARS);
        assert!(seat.cells.len() <= FILL_CELLS_MOST as usize);
        assert!(seat.cells.is_empty() || seat.role == Role::Student, "R141");
    }
    if let Some(caption) = &class.stage().caption {
        assert_is_fit(caption, CAPTION_CHARS);
    }
    assert_asks_are_sound(class);
    assert_views_are_sound(class);
    let outline = class
        .outline(&class.stage().network)
        .expect("the stage shows a known network");
    if let Some(teaching) = class.teaching() {
        let place = teaching.place();
        assert!(place.count as usize <= LESSON_STEPS);
        assert!(place.step.is_none_or(|step| step < place.count));
        for step in &teaching.lesson().steps {
            assert!(step.notes.chars().count() <= NOTES_CHARS);
        }
    }
    assert_is_playable(class.stage().playback, outline.steps(&class.stage().focus));
    assert_question_is_sound(class);
    assert!(class.pace().taught == 0 || (class.pace().taught as usize) < outline.layers.len());
}

/// R111, R113, R114, R125: what students ask and say is bounded, and no seat knows more of it than there is.
fn assert_asks_are_sound(class: &Class) {
    let asks = class.asks(Audience::Staff);
    let (answered, open): (Vec<_>, Vec<_>) = asks.list.iter().partition(|ask| ask.answered);
    assert!(open.len() <= ASKS_OPEN && answered.len() <= ASKS_ANSWERED);
    assert!(open.is_sorted_by(|a, b| a.id < b.id));
    for ask in &asks.list {
        assert_is_fit(&ask.text, ASK_CHARS);
    }
    let is_kept = |id| asks.list.iter().any(|ask| ask.id == id);
    for seat in class.seats() {
        let own = &seat.asks;
        assert!(seat.role == Role::Student || *own == OwnAsks::default());
        assert!(own.asked.iter().chain(&own.voted).all(|id| is_kept(*id)));
        let is_open = |id| open.iter().any(|ask| ask.id == id);
        assert!(own.asked.iter().filter(|id| is_open(**id)).count() <= ASKS_OPEN_PER_SEAT);
        assert!(!own.voted.iter().any(|id| own.asked.contains(id)));
    }
    let lost = class.lost(Audience::Staff).expect("staff may know");
    let marks = class
        .seats()
        .filter(|seat| seat.asks.lost.is_some())
        .count();
    let told: u32 = lost.now.iter().map(|group| group.count).sum();
    assert_eq!(told as usize, marks);
    assert!(lost.moments.len() <= MOMENTS);
}

/// R161, R163: what is offered is bounded, each seat has at most one and its own, and the room sees none.
fn assert_views_are_sound(class: &Class) {
    let (staff, room) = (class.views(Audience::Staff), class.views(Audience::Room));
    assert!(staff.offered.len() <= VIEWS_MOST);
    assert!(staff.offered.is_sorted_by(|a, b| a.id < b.id));
    assert!(room.offered.is_empty() && !room.can_return);
    assert_eq!((staff.called, staff.on_stage), (room.called, room.on_stage));
    assert!(staff.on_stage.is_none() || staff.can_return);
    let mut owned: Vec<_> = class.seats().filter_map(|seat| seat.offered).collect();
    owned.sort_unstable();
    assert!(owned.is_sorted_by(|a, b| a < b));
    for id in owned {
        assert!(class.offered_view(id).is_some());
    }
    let mut others = class.seats().filter(|seat| seat.role != Role::Student);
    assert!(others.all(|seat| seat.offered.is_none()));
}

/// R78, R79.
fn assert_question_is_sound(class: &Class) {
    for seat in class.seats() {
        assert!(seat.answers.len() <= 2 && seat.answers.is_sorted_by(|a, b| a.round < b.round));
        assert!(seat.answers.is_empty() || seat.role == Role::Student);
    }
    let (staff, room) = (
        class.question(Audience::Staff),
        class.question(Audience::Room),
    );
    let (Some(staff), Some(room)) = (staff, room) else {
        return assert!(!class.has_open_question());
    };
    assert_eq!(class.has_open_question(), room.phase == Phase::Open);
    assert_eq!(room.outcome.is_some(), room.phase == Phase::Revealed);
    let outcome = staff.outcome.as_ref().expect("staff see what is over");
    let over = staff.round - u32::from(staff.phase == Phase::Open);
    assert_eq!(outcome.rounds.len(), over as usize);
    for count in outcome.rounds.iter().flatten() {
        assert!(count.count > 0 && count.choice < staff.task.answers());
    }
    if room.phase == Phase::Revealed {
        assert_eq!(staff, room);
    }
}

fn assert_is_fit(text: &str, most_chars: usize) {
    assert!(!text.trim().is_empty() && text == text.trim() && text.chars().count() <= most_chars);
    assert!(!text.chars().any(char::is_control));
}

fn assert_is_playable(playback: Playback, steps: Option<u32>) {
    match (playback, steps) {
        (Playback::Paused { step }, Some(steps)) => assert!(step < steps.max(1)),
        (Playback::Playing { from, rate, .. }, Some(steps)) => {
            assert!(from < steps && RATES.contains(&rate));
        }
        (playback, None) => assert_eq!(playback, Playback::START),
    }
}

fn opening(outline: Outline) -> Opening {
    Opening {
        outline,
        ..lecture::opening()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_class_is_sound_whatever_happens(
        outline in anything::outline(),
        entries in prop::collection::vec(anything::entry(), 0..60),
    ) {
        let mut class = Class::open(&opening(outline));
        for entry in &entries {
            drop(apply(&mut class, entry));
        }
    }

    #[test]
    fn replay_of_the_journal_equals_the_live_class(
        entries in prop::collection::vec(anything::entry(), 0..80),
    ) {
        let opening = lecture::opening();
        let mut live = Class::open(&opening);
        let mut journal = Vec::new();
        for entry in &entries {
            if apply(&mut live, entry).is_ok_and(|changes| !changes.is_empty()) {
                journal.push(entry.to_json().unwrap());
            }
        }
        let opening = Opening::from_json(opening.to_json().unwrap().as_bytes()).unwrap();
        let mut replayed = Class::open(&opening);
        for line in &journal {
            replayed.apply(&Entry::from_json(line.as_bytes()).unwrap()).unwrap();
        }
        prop_assert_eq!(&replayed, &live);
        prop_assert_eq!(replayed.sequence() as usize, journal.len());
    }

    /// R131 to R134: whatever happened, the report says what the class says, and nobody's name or token.
    #[test]
    fn the_report_of_a_journal_is_that_of_the_live_class(
        entries in prop::collection::vec(anything::entry(), 0..80),
    ) {
        let opening = lecture::opening();
        let mut live = Class::open(&opening);
        let mut journal = Vec::new();
        for entry in entries {
            if live.apply(&entry).is_ok_and(|changes| !changes.is_empty()) {
                journal.push(entry);
            }
        }
        let report = report(&opening, &journal).unwrap();
        let students = live.seats().filter(|seat| seat.role == Role::Student).count();
        prop_assert_eq!(report.students as usize, students);
        prop_assert_eq!((report.ended, report.kept), (live.room().ended, live.is_kept()));
        let lost = live.lost(Audience::Staff).unwrap().moments;
        let taps = |moments: &[LostMoment]| moments.iter().map(|moment| moment.count).sum::<u32>();
        prop_assert_eq!(taps(&report.lost), taps(&lost));
        prop_assert!(report.lost.iter().all(|moment| moment.spot.is_none() || moment.count >= GROUP));
        prop_assert_eq!(report.asks.len(), live.asks(Audience::Staff).list.len());
        if let Some(question) = live.question(Audience::Staff) {
            let told = report.questions.last().unwrap();
            prop_assert_eq!((told.id, &told.task), (question.id, &question.task));
            let outcome = question.outcome.unwrap();
            prop_assert_eq!(&told.rounds[..outcome.rounds.len()], &outcome.rounds[..]);
            let now: u32 = told.rounds.last().unwrap().iter().map(|count| count.count).sum();
            prop_assert_eq!(&told.cells, &outcome.cells);
            if told.cells.is_empty() {
                prop_assert_eq!(now, question.answered);
            }
        }
        let text = report.to_json().unwrap();
        prop_assert!(!text.contains("\"seat\"") && !text.contains("\"name\"") && !text.contains("\"token\""));
    }

    /// R150 to R154: at each moment the recording is the live class as the room saw it, and whatever happened, nobody is named in it.
    #[test]
    fn a_recording_shows_what_the_room_saw_and_names_nobody(
        entries in prop::collection::vec((1..1500u32, anything::entry()), 0..80),
    ) {
        let opening = Opening { host_name: format!("{NAME} host"), ..lecture::opening() };
        let mut live = Class::open(&opening);
        let (mut journal, mut seen, mut now) = (Vec::new(), Vec::new(), 0);
        for (pause, entry) in entries {
            now += pause;
            let entry = Entry { at: ClassTime(now), event: named(entry.event) };
            if live.apply(&entry).is_ok_and(|changes| !changes.is_empty()) {
                seen.push(Sight {
                    stage: live.stage().clone(),
                    lesson: live.teaching().map(Teaching::place),
                    question: live.question(Audience::Room),
                });
                journal.push(entry);
            }
        }
        let recording = recorded(&opening, &journal);
        prop_assert!(recording.moments.is_sorted_by_key(|moment| moment.at));
        for (entry, live) in journal.iter().zip(&seen) {
            let mut shown = sight(&recording, entry.at);
            if let (Some(shown), Some(live)) = (&mut shown.question, &live.question) {
                // R152.
                let is_late = matches!(entry.event, Event::Command {
                    command: Command::Answer(_) | Command::FillCell { .. } | Command::TakeCell { .. },
                    ..
                });
                prop_assert!(shown.answered == live.answered || is_late && shown.answered < live.answered);
                shown.answered = live.answered;
                prop_assert!(shown.filled == live.filled || is_late && shown.filled.len() < live.filled.len());
                shown.filled.clone_from(&live.filled);
            }
            prop_assert_eq!(&shown, live);
        }
        prop_assert_eq!(recording.length, ClassTime(match live.lifecycle() {
            Lifecycle::Ended { at } => at.0,
            _ => journal.last().map_or(0, |entry| entry.at.0),
        }));
        let mut questions = report(&opening, &journal).unwrap().questions;
        let revealed: Vec<_> = seen
            .iter()
            .filter_map(|sight| sight.question.as_ref())
            .filter(|question| question.phase == Phase::Revealed)
            .map(|question| question.id)
            .collect();
        for question in questions.iter_mut().filter(|question| !revealed.contains(&question.id)) {
            question.key.clear();
            question.why = None;
            question.cells.clear();
        }
        prop_assert_eq!(&recording.questions, &questions);
        let text = recording.to_json().unwrap();
        for secret in [NAME, "\"seat\"", "\"name\"", "\"token\"", "\"notes\"", "\"votes\""] {
            prop_assert!(!text.contains(secret), "{} is in {}", secret, text);
        }
        prop_assert_eq!(Recording::from_json(text.as_bytes()).unwrap(), recording);
    }

    /// R115, R124, R163: with the places of two students exchanged, everyone else sees the same.
    #[test]
    fn who_asks_votes_offers_or_is_lost_is_not_to_be_seen(
        said in prop::collection::vec((any::<bool>(), prop_oneof![anything::asking_command(), anything::offer()]), 0..40),
        by_host in prop::collection::vec(anything::command(), 0..10),
    ) {
        let mut classes = [anything::class_with_everyone(), anything::class_with_everyone()];
        let mut instructions = by_host.into_iter();
        for (i, (is_first, command)) in said.into_iter().enumerate() {
            if i % 4 == 3 && let Some(command) = instructions.next() {
                for class in &mut classes {
                    drop(class.apply(&lecture::entry(Event::Command { seat: HOST, command: command.clone() })));
                }
            }
            let [one, other] = &mut classes;
            for (class, seat) in [(one, is_first), (other, !is_first)] {
                let seat = if seat { lecture::STUDENT } else { lecture::OTHER_STUDENT };
                drop(class.apply(&lecture::entry(Event::Command { seat, command: command.clone() })));
            }
        }
        let [one, other] = &classes;
        if one.seat(lecture::STUDENT).is_none() || one.seat(lecture::OTHER_STUDENT).is_none() {
            // Whoever is removed takes votes along, and that is to be seen.
            return Ok(());
        }
        for audience in [Audience::Staff, Audience::Room] {
            prop_assert_eq!(one.asks(audience), other.asks(audience));
            prop_assert_eq!(one.lost(audience), other.lost(audience));
            prop_assert_eq!(one.views(audience), other.views(audience));
            prop_assert_eq!(one.stage(), other.stage());
            prop_assert_eq!(one.versions(HOST).asks, other.versions(HOST).asks);
            prop_assert_eq!(one.versions(HOST).views, other.versions(HOST).views);
            for frame in [
                TopicValue::Asks(one.asks(audience)),
                TopicValue::Lost(one.lost(audience)),
                TopicValue::Views(one.views(audience)),
            ] {
                let version = Version(1);
                let frame = ServerMessage::Frame { version, frame }.to_json().unwrap();
                prop_assert!(!frame.contains("\"seat\"") && !frame.contains("\"name\""));
            }
        }
    }

    #[test]
    fn students_and_projectors_never_change_what_the_class_shares(
        entries in prop::collection::vec(anything::entry(), 0..40),
        commands in prop::collection::vec(anything::command(), 1..20),
    ) {
        let mut class = anything::class_with_everyone();
        for entry in &entries {
            drop(class.apply(entry));
        }
        let watchers: Vec<_> = class.seats().filter(|seat| !seat.role.is_staff()).map(|s| s.id).collect();
        let shared = |class: &Class| (class.stage().clone(), class.pace(), class.room(), class.lifecycle(), course(class), class.teaching().cloned());
        let before = shared(&class);
        for (seat, command) in watchers.iter().flat_map(|seat| commands.iter().map(move |c| (*seat, c))) {
            let event = Event::Command { seat, command: command.clone() };
            drop(class.apply(&Entry { at: anything::LATE, event }));
            prop_assert_eq!(&shared(&class), &before);
        }
    }
}

/// The question but for what students do with it.
fn course(class: &Class) -> Option<Question> {
    class.question(Audience::Staff).map(without_answers)
}

fn without_answers(question: Question) -> Question {
    Question {
        answered: 0,
        filled: vec![],
        outcome: question.outcome.map(|outcome| Outcome {
            cells: vec![],
            ..outcome
        }),
        ..question
    }
}

/// Without this, the properties above could hold because every entry is refused.
#[test]
fn entries_reach_both_acceptance_and_refusal() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut changed, mut refused) = (0, std::collections::BTreeSet::new());
    for _ in 0..3000 {
        let mut class = anything::class_with_everyone();
        let entries = prop::collection::vec(anything::entry(), 40)
            .new_tree(&mut runner)
            .unwrap();
        for entry in entries.current() {
            match class.apply(&entry) {
                Ok(changes) => changed += u32::from(!changes.is_empty()),
                Err(reason) => drop(refused.insert(reason)),
            }
        }
    }
    assert!(
        changed > 17_000,
        "{changed} of 120,000 entries changed something"
    );
    let never = [
        Rejection::UnknownPicture,
        Rejection::Full,
        Rejection::TooManyAsks,
        Rejection::AsksFull,
        Rejection::ViewsFull,
        Rejection::NoCell,
        Rejection::Busy,
    ];
    let missing: Vec<_> = anything::REJECTIONS
        .iter()
        .filter(|r| !refused.contains(r) && !never.contains(r))
        .collect();
    assert!(missing.is_empty(), "never refused for {missing:?}");
}

/// What every name, token, note and question of students begins with in a class whose recording is searched for it.
const NAME: &str = "☃who";

/// The same, with everything marked that a recording may not have.
fn named(event: Event) -> Event {
    let mark = |text: String| format!("{NAME}{text}").chars().take(20).collect();
    match event {
        Event::Admit { role, name, token } => Event::Admit {
            role,
            name: mark(name),
            token: SecretHash(mark(token.0)),
        },
        Event::Command { seat, command } => {
            let command = match command {
                Command::Rename { seat, name } => Command::Rename {
                    seat,
                    name: mark(name),
                },
                Command::Ask { text, spot, step } => Command::Ask {
                    text: mark(text),
                    spot,
                    step,
                },
                Command::EditStep {
                    at,
                    caption,
                    notes,
                    question,
                } => Command::EditStep {
                    at,
                    caption,
                    notes: mark(notes),
                    question,
                },
                other => other,
            };
            Event::Command { seat, command }
        }
        Event::Teach { seat, mut lesson } => {
            for step in &mut lesson.steps {
                step.notes = mark(std::mem::take(&mut step.notes));
            }
            Event::Teach { seat, lesson }
        }
        other => other,
    }
}
