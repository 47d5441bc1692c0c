use convocation_classroom::{
    changes::Changes,
    command::Command,
    entry::Event,
    ids::SeatId,
    lesson::{Lesson, LessonStep, LessonView},
    outline::Outline,
    rejection::Rejection,
    seat::Role,
    stage::{ColourScale, Focus, Playback, Stage},
    topics::Audience,
    views::{StudentView, VIEWS_MOST, ViewId, Views},
};

use crate::{
    lecture::*,
    question::{opinion, pose},
};

const FIRST: ViewId = ViewId(1);
const SECOND: ViewId = ViewId(2);

fn offer(view: StudentView) -> Command {
    Command::OfferView(view)
}

fn show(view: ViewId) -> Command {
    Command::ShowView { view }
}

/// The first student offers unit 2 of the convolution, the second unit 3 of the layer after it.
fn offered() -> Lecture {
    let mut lecture = lecture();
    let views = [student_view("conv", 2, 5), student_view("relu", 3, 7)];
    for (seat, view) in [STUDENT, OTHER_STUDENT].into_iter().zip(views) {
        lecture.tells(seat, offer(view)).unwrap();
    }
    lecture
}

fn ids(lecture: &Lecture) -> Vec<u32> {
    let views = lecture.class.views(Audience::Staff);
    views.offered.iter().map(|offered| offered.id.0).collect()
}

fn of_seat(lecture: &Lecture, seat: SeatId) -> Option<ViewId> {
    lecture.class.seat(seat).unwrap().offered
}

#[test]
fn r160_the_driver_asks_for_views_and_everyone_sees_it() {
    let mut lecture = lecture();
    let call = |called| Command::CallViews { called };
    for (seat, reason) in [
        (ASSISTANT, Rejection::NotDriver),
        (STUDENT, Rejection::NotAllowed),
        (PROJECTOR, Rejection::NotAllowed),
    ] {
        assert_eq!(lecture.tells(seat, call(true)), Err(reason));
    }
    let expected = Changes {
        views: true,
        ..Changes::default()
    };
    assert_eq!(lecture.host(call(true)), expected);
    assert!(lecture.host(call(true)).is_empty());
    for audience in [Audience::Staff, Audience::Room] {
        assert!(lecture.class.views(audience).called);
    }
    lecture.host(call(false));
    assert_eq!(lecture.class.views(Audience::Room), Views::default());
}

#[test]
fn r161_a_student_offers_one_view_and_another_takes_its_place() {
    let mut lecture = lecture();
    let before = lecture.class.stage().clone();
    let view = student_view("conv", 2, 5);
    let expected = Changes {
        offered: true,
        seats: vec![STUDENT],
        ..Changes::default()
    };
    assert_eq!(lecture.tells(STUDENT, offer(view.clone())), Ok(expected));
    assert_eq!(lecture.class.offered_view(FIRST), Some(&view));
    assert_eq!(of_seat(&lecture, STUDENT), Some(FIRST));
    assert!(lecture.tells(STUDENT, offer(view)).unwrap().is_empty());

    let other = student_view("relu", 0, 0);
    lecture.tells(OTHER_STUDENT, offer(other)).unwrap();
    let again = student_view("conv", 3, 0);
    lecture.tells(STUDENT, offer(again.clone())).unwrap();
    assert_eq!(ids(&lecture), [2, 3]);
    assert_eq!(lecture.class.offered_view(ViewId(3)), Some(&again));
    assert_eq!(of_seat(&lecture, STUDENT), Some(ViewId(3)));
    assert_eq!(lecture.class.stage(), &before);
    for seat in [HOST, ASSISTANT, PROJECTOR] {
        for command in [offer(again.clone()), Command::WithdrawView] {
            assert_eq!(lecture.tells(seat, command), Err(Rejection::NotAllowed));
        }
    }
}

#[test]
fn r161_what_is_offered_exists() {
    let view = |change: fn(&mut LessonView)| {
        let mut view = student_view("conv", 1, 3);
        change(&mut view.view);
        view
    };
    for (view, expected) in [
        (
            StudentView {
                network: "nowhere".into(),
                ..view(|_| ())
            },
            Rejection::UnknownNetwork,
        ),
        (view(|view| view.picture = None), Rejection::UnknownPicture),
        (student_view("filter", 0, 0), Rejection::UnknownLayer),
        (student_view("conv", 4, 0), Rejection::UnknownUnit),
        (student_view("conv", 0, STEPS), Rejection::StepOutOfRange),
        (view(|view| view.rate = Some(3)), Rejection::UnknownRate),
        (
            view(|view| {
                view.edit = Some(kernels(&[0]));
                if let Some(edit) = &mut view.edit {
                    edit.layer = "relu".into();
                }
            }),
            Rejection::BadKernel,
        ),
    ] {
        assert_eq!(lecture().tells(STUDENT, offer(view)), Err(expected));
    }
}

#[test]
fn r161_a_class_is_offered_only_so_many() {
    let mut lecture = lecture();
    for i in 0..VIEWS_MOST {
        let event = admit(Role::Student, "Eve", &format!("s{i}"));
        let seat = lecture.happens(event).unwrap().admitted.unwrap();
        let view = student_view("conv", 0, 0);
        lecture.tells(seat, offer(view)).unwrap();
        // Whoever has one on offer may exchange it, however many there are.
        lecture
            .tells(seat, offer(student_view("conv", 1, 0)))
            .unwrap();
    }
    let mine = offer(student_view("relu", 0, 0));
    assert_eq!(
        lecture.tells(STUDENT, mine.clone()),
        Err(Rejection::ViewsFull)
    );
    lecture.host(Command::ClearView { view: None });
    assert!(ids(&lecture).is_empty());
    lecture.tells(STUDENT, mine).unwrap();
}

#[test]
fn r162_r164_a_view_is_taken_back_or_away() {
    let mut lecture = offered();
    let expected = Changes {
        offered: true,
        seats: vec![STUDENT],
        ..Changes::default()
    };
    assert_eq!(
        lecture.tells(STUDENT, Command::WithdrawView),
        Ok(expected.clone())
    );
    assert_eq!(of_seat(&lecture, STUDENT), None);
    assert_eq!(
        lecture.tells(STUDENT, Command::WithdrawView),
        Err(Rejection::UnknownView)
    );
    let clear = |view| Command::ClearView { view };
    assert_eq!(
        lecture.tells(STUDENT, clear(None)),
        Err(Rejection::NotAllowed)
    );
    assert_eq!(
        lecture.tells(ASSISTANT, clear(Some(FIRST))),
        Err(Rejection::UnknownView)
    );
    let changes = lecture.tells(ASSISTANT, clear(Some(SECOND))).unwrap();
    assert_eq!(changes.seats, [OTHER_STUDENT]);
    assert_eq!(of_seat(&lecture, OTHER_STUDENT), None);
    assert!(lecture.host(clear(None)).is_empty());

    // That it went with its seat would tell whose it was.
    let mut lecture = offered();
    let changes = lecture.host(Command::Remove { seat: STUDENT });
    assert!(!changes.offered);
    assert_eq!(ids(&lecture), [1, 2]);
    lecture.host(clear(Some(FIRST)));
    assert_eq!(ids(&lecture), [2]);
}

#[test]
fn r163_the_room_sees_which_one_the_stage_shows_and_no_other() {
    let mut lecture = offered();
    let room = |lecture: &Lecture| lecture.class.views(Audience::Room);
    assert_eq!(room(&lecture), Views::default());
    assert!(lecture.host(show(FIRST)).views);
    let shown = Views {
        on_stage: Some(FIRST),
        ..Views::default()
    };
    assert_eq!(room(&lecture), shown);
    for command in [
        Command::Step { step: 6 },
        Command::SetScale {
            scale: ColourScale::Global,
        },
        Command::SetDetail { detail: true },
        caption("Look at the edge"),
    ] {
        assert!(!lecture.host(command).views);
    }
    // Also when it is not on offer any more.
    assert!(!lecture.tells(STUDENT, Command::WithdrawView).unwrap().views);
    assert_eq!(room(&lecture), shown);
    for command in [
        on_unit("conv", 0),
        on_unit("conv", 2),
        picture("cat"),
        picture("dog"),
        edit(kernels(&[0])),
    ] {
        assert!(lecture.host(command).views);
    }
    assert_eq!(room(&lecture), Views::default());
    assert!(lecture.class.views(Audience::Staff).can_return);
}

#[test]
fn r165_showing_one_applies_all_of_it_in_one_entry() {
    let mut lecture = lecture();
    let view = StudentView {
        network: "other".into(),
        view: LessonView {
            scale: Some(ColourScale::Global),
            receptive_field: true,
            ..student_view("filter", 2, 5).view
        },
    };
    lecture.tells(STUDENT, offer(view)).unwrap();
    lecture.host(on_layer("relu"));
    lecture.host(caption("Each looks alone"));
    lecture.host(Command::SetDetail { detail: true });
    for (seat, reason) in [
        (ASSISTANT, Rejection::NotDriver),
        (STUDENT, Rejection::NotAllowed),
    ] {
        assert_eq!(lecture.tells(seat, show(FIRST)), Err(reason));
    }
    assert_eq!(
        lecture.tells(HOST, show(SECOND)),
        Err(Rejection::UnknownView)
    );
    let changes = lecture.host(show(FIRST));
    assert!(changes.stage && changes.pace && changes.views && changes.offered);
    let expected = Stage {
        network: "other".into(),
        picture: "dog".into(),
        focus: Focus::Unit {
            layer: "filter".into(),
            unit: 2,
        },
        playback: Playback::Paused { step: 5 },
        scale: ColourScale::Global,
        detail: true,
        receptive_field: true,
        edit: None,
        caption: None,
    };
    assert_eq!(lecture.class.stage(), &expected);
    // Of a network with other layers nothing was taught but this.
    assert_eq!(lecture.class.pace().taught, 1);
    assert_eq!(ids(&lecture), [1]);
    assert_eq!(of_seat(&lecture, STUDENT), Some(FIRST));
}

#[test]
fn r165_a_network_that_changed_refuses_what_it_no_longer_has() {
    let mut lecture = offered();
    let outline = Outline {
        layers: outline("small", "conv").layers[..2].to_vec(),
        ..outline("small", "conv")
    };
    lecture.happens(Event::Equip { outline }).unwrap();
    lecture.host(show(FIRST));
    assert_eq!(
        lecture.tells(HOST, show(SECOND)),
        Err(Rejection::UnknownLayer)
    );
}

#[test]
fn r166_one_command_leads_back_to_where_the_class_was() {
    let mut lecture = offered();
    lecture.host(on_unit("conv", 0));
    lecture.host(caption("The first kernel"));
    lecture.host(edit(kernels(&[0])));
    lecture.host(Command::Play { from: 2, rate: 1 });
    let before = lecture.class.stage().clone();
    // The kernel moves on for a second, then the stage goes elsewhere.
    lecture.host(show(SECOND));
    assert_eq!(lecture.class.pace().taught, 2);
    let changes = lecture.host(show(FIRST));
    assert!(!changes.offered, "the way back is the same");
    lecture.host(on_layer("relu"));
    let changes = lecture.host(Command::ReturnStage);
    assert!(changes.stage && changes.offered);
    let expected = Stage {
        playback: Playback::Paused { step: 3 },
        ..before
    };
    assert_eq!(lecture.class.stage(), &expected);
    assert_eq!(lecture.class.pace().taught, 2);
    assert!(!lecture.class.views(Audience::Staff).can_return);
    assert!(lecture.host(Command::ReturnStage).is_empty());
    assert_eq!(
        lecture.tells(ASSISTANT, Command::ReturnStage),
        Err(Rejection::NotDriver)
    );
}

#[test]
fn r166_what_was_taught_of_the_network_before_is_not_forgotten() {
    let mut lecture = lecture();
    lecture.host(on_layer("relu"));
    let view = StudentView {
        network: "other".into(),
        ..student_view("filter", 0, 0)
    };
    lecture.tells(STUDENT, offer(view)).unwrap();
    lecture.host(show(FIRST));
    assert_eq!(lecture.class.pace().taught, 1);
    lecture.host(Command::ReturnStage);
    assert_eq!(lecture.class.pace().taught, 2);
}

#[test]
fn r167_the_way_back_is_forgotten_where_it_leads_nowhere_any_more() {
    let lesson = Lesson {
        title: "Edges".to_owned(),
        minutes: 10,
        language: "en".to_owned(),
        network: "small".into(),
        picture: "cat".into(),
        steps: vec![LessonStep {
            view: Some(view("conv", 1, 0)),
            ..LessonStep::default()
        }],
    };
    let can_return = |lecture: &Lecture| lecture.class.views(Audience::Staff).can_return;
    for leave in [
        Event::Command {
            seat: HOST,
            command: Command::NextStep,
        },
        Event::Command {
            seat: HOST,
            command: choose("epoch"),
        },
        Event::Equip {
            outline: Outline {
                classes: 3,
                ..outline("small", "conv")
            },
        },
    ] {
        let mut lecture = offered();
        let teach = Event::Teach {
            seat: HOST,
            lesson: lesson.clone(),
        };
        lecture.happens(teach).unwrap();
        lecture.host(show(FIRST));
        lecture.host(on_layer("relu"));
        lecture.host(Command::ClearView { view: None });
        assert!(can_return(&lecture));
        assert!(lecture.happens(leave).unwrap().offered);
        assert!(!can_return(&lecture));
    }
}

#[test]
fn r70_while_a_question_is_open_the_class_sees_no_other_view() {
    let mut lecture = offered();
    lecture.host(show(FIRST));
    lecture.happens(pose(HOST, opinion())).unwrap();
    for command in [show(SECOND), Command::ReturnStage] {
        assert_eq!(lecture.tells(HOST, command), Err(Rejection::QuestionOpen));
    }
    let call = Command::CallViews { called: true };
    assert!(lecture.host(call).views);
    lecture
        .tells(STUDENT, offer(student_view("relu", 1, 1)))
        .unwrap();
}
