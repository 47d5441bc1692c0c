//! Anything that can happen to a class: values that fit the class of `lecture`, mixed with arbitrary ones.

use convocation_classroom::{
    asked::{Asked, Choice, Scale, Tile, Wording},
    asks::{AskId, Spot},
    class::Class,
    command::Command,
    decimal::Decimal,
    edit::{KernelEdit, KernelWeights},
    entry::{Entry, Event},
    filling::{Area, Fill, Truth},
    ids::{ClassTime, LayerId, LessonId, NetworkId, PictureId, QuestionId, SeatId, SecretHash},
    lesson::{LESSON_STEPS, Lesson, LessonStep, LessonView},
    outline::{LayerOutline, Outline, Wiring},
    pace::Roaming,
    question::{Answer, Cell, Resolved, Size, Task},
    rejection::Rejection,
    seat::Role,
    sliding::Hyperparameters,
    stage::{ColourScale, Focus},
    views::{StudentView, ViewId},
};
use proptest::prelude::*;

use crate::{
    filling::map,
    lecture::{self, lecture},
};

pub const LATE: ClassTime = ClassTime(u32::MAX);

pub const REJECTIONS: [Rejection; 42] = [
    Rejection::Ended,
    Rejection::UnknownSeat,
    Rejection::NotDriver,
    Rejection::NotAllowed,
    Rejection::UnknownNetwork,
    Rejection::UnknownPicture,
    Rejection::UnknownLayer,
    Rejection::UnknownUnit,
    Rejection::UnknownLink,
    Rejection::UnknownClass,
    Rejection::NoOutput,
    Rejection::BadKernel,
    Rejection::UnknownLesson,
    Rejection::NoLesson,
    Rejection::UnknownStep,
    Rejection::OtherNetwork,
    Rejection::LessonFull,
    Rejection::NoSteps,
    Rejection::StepOutOfRange,
    Rejection::UnknownRate,
    Rejection::BadText,
    Rejection::BadQuestion,
    Rejection::NotAskable,
    Rejection::QuestionOpen,
    Rejection::NoQuestion,
    Rejection::UnknownAnswer,
    Rejection::UnknownCell,
    Rejection::NoCell,
    Rejection::NoVote,
    Rejection::Together,
    Rejection::Paused,
    Rejection::Locked,
    Rejection::Full,
    Rejection::HostStays,
    Rejection::AsksMuted,
    Rejection::TooManyAsks,
    Rejection::AsksFull,
    Rejection::UnknownAsk,
    Rejection::OwnAsk,
    Rejection::ViewsFull,
    Rejection::UnknownView,
    Rejection::Busy,
];

pub fn class_with_everyone() -> Class {
    lecture().class
}

pub fn entry() -> impl Strategy<Value = Entry> {
    (any::<u32>(), event()).prop_map(|(at, event)| Entry {
        at: ClassTime(at),
        event,
    })
}

fn event() -> impl Strategy<Value = Event> {
    let role = prop::sample::select(vec![
        Role::Host,
        Role::Assistant,
        Role::Student,
        Role::Projector,
    ]);
    let token = (0..20u32).prop_map(|i| SecretHash(format!("t{i}")));
    prop_oneof![
        3 => (role, text(), token).prop_map(|(role, name, token)| Event::Admit { role, name, token }),
        1 => outline().prop_map(|outline| Event::Equip { outline }),
        2 => (seat(), resolved()).prop_map(|(seat, question)| Event::Pose { seat, question }),
        2 => (2..4u32, prop_oneof![answer(), offer()]).prop_map(|(seat, command)| Event::Command { seat: SeatId(seat), command }),
        1 => any::<bool>().prop_map(|kept| Event::Keep { kept }),
        2 => (seat(), lesson()).prop_map(|(seat, lesson)| Event::Teach { seat, lesson }),
        20 => (seat(), command()).prop_map(|(seat, command)| Event::Command { seat, command }),
    ]
}

/// The host more often than others, so that something happens.
fn seat() -> impl Strategy<Value = SeatId> {
    prop_oneof![4 => Just(0), 4 => 0..8u32, 1 => any::<u32>()].prop_map(SeatId)
}

/// Boxed, for the stack of a test's thread does not hold it.
pub fn command() -> BoxedStrategy<Command> {
    prop_oneof![
        40 => stage_command(),
        30 => order_command(),
        20 => asking_command(),
        20 => question_command(),
        15 => lesson_command(),
        12 => view_command(),
        1 => Just(Command::End),
    ]
    .boxed()
}

fn stage_command() -> impl Strategy<Value = Command> {
    let scales = vec![ColourScale::Block, ColourScale::Module, ColourScale::Global];
    prop_oneof![
        1 => (network(), picture())
            .prop_map(|(network, picture)| Command::ChooseNetwork { network, picture }),
        1 => picture().prop_map(|picture| Command::ChoosePicture { picture }),
        4 => focus().prop_map(|focus| Command::Focus { focus }),
        2 => step().prop_map(|step| Command::Step { step }),
        2 => (step(), rate()).prop_map(|(from, rate)| Command::Play { from, rate }),
        2 => step().prop_map(|step| Command::Pause { step }),
        1 => prop::sample::select(scales).prop_map(|scale| Command::SetScale { scale }),
        1 => any::<bool>().prop_map(|detail| Command::SetDetail { detail }),
        1 => any::<bool>().prop_map(|shown| Command::SetReceptiveField { shown }),
        1 => prop::option::of(edit()).prop_map(|edit| Command::EditKernel { edit }),
        1 => prop::option::of(text()).prop_map(|caption| Command::SetCaption { caption }),
    ]
}

pub fn asking_command() -> impl Strategy<Value = Command> {
    let ask = || (1..5u32).prop_map(AskId);
    prop_oneof![
        4 => (text(), prop::option::of(spot()), step())
            .prop_map(|(text, spot, step)| Command::Ask { text, spot, step }),
        1 => ask().prop_map(|ask| Command::WithdrawAsk { ask }),
        4 => (ask(), any::<bool>()).prop_map(|(ask, up)| Command::VoteAsk { ask, up }),
        1 => (ask(), any::<bool>()).prop_map(|(ask, answered)| Command::MarkAsk { ask, answered }),
        1 => ask().prop_map(|ask| Command::ClearAsk { ask }),
        1 => any::<bool>().prop_map(|muted| Command::MuteAsks { muted }),
        1 => any::<bool>().prop_map(|allowed| Command::AllowPictures { allowed }),
        4 => prop::option::of(spot()).prop_map(|spot| Command::Lost { spot }),
        1 => Just(Command::Found),
    ]
}

fn view_command() -> BoxedStrategy<Command> {
    let view = || (1..4u32).prop_map(ViewId);
    prop_oneof![
        1 => any::<bool>().prop_map(|called| Command::CallViews { called }),
        3 => offer(),
        1 => Just(Command::WithdrawView),
        1 => prop::option::of(view()).prop_map(|view| Command::ClearView { view }),
        4 => view().prop_map(|view| Command::ShowView { view }),
        3 => Just(Command::ReturnStage),
    ]
    .boxed()
}

/// What a student says about views: mostly one that the network has.
pub fn offer() -> BoxedStrategy<Command> {
    let view = (network(), lesson_view())
        .prop_map(|(network, view)| Command::OfferView(StudentView { network, view }));
    let fitting = (0..4u32, 0..lecture::STEPS)
        .prop_map(|(unit, step)| Command::OfferView(lecture::student_view("conv", unit, step)));
    prop_oneof![6 => fitting, 2 => view, 1 => Just(Command::WithdrawView)].boxed()
}

fn spot() -> impl Strategy<Value = Spot> {
    (network(), focus()).prop_map(|(network, focus)| Spot { network, focus })
}

fn question_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => asked().prop_map(|question| Command::OpenQuestion { question }),
        4 => Just(Command::CloseQuestion),
        2 => Just(Command::VoteAgain),
        2 => Just(Command::Reveal),
        1 => Just(Command::DismissQuestion),
        2 => answer(),
    ]
}

/// Mostly to the first question.
fn answer() -> impl Strategy<Value = Command> {
    let question = || prop_oneof![4 => Just(1), 1 => 0..4u32].prop_map(QuestionId);
    let choose = (question(), 0..3u32, 0..4u32).prop_map(|(question, round, choice)| {
        Command::Answer(Answer {
            question,
            round,
            choice,
        })
    });
    let number = (-9..9i32, 0..8u32).prop_map(|(digits, decimals)| Decimal { digits, decimals });
    let fill =
        (question(), 0..4u32, number).prop_map(|(question, cell, number)| Command::FillCell {
            question,
            cell,
            number,
        });
    let take = question().prop_map(|question| Command::TakeCell { question });
    prop_oneof![2 => choose, 2 => fill, 1 => take]
}

fn lesson_command() -> impl Strategy<Value = Command> {
    let place = || prop_oneof![8 => 0..6u32, 1 => any::<u32>()];
    prop_oneof![
        1 => any::<String>().prop_map(|lesson| Command::LoadLesson { lesson: LessonId(lesson) }),
        1 => (text(), place()).prop_map(|(title, minutes)| Command::NewLesson {
            title,
            minutes,
            language: "en".to_owned(),
        }),
        1 => Just(Command::LeaveLesson),
        4 => place().prop_map(|step| Command::GoToStep { step }),
        4 => Just(Command::NextStep),
        2 => Just(Command::PreviousStep),
        4 => place().prop_map(|at| Command::CaptureStep { at }),
        3 => (place(), prop::option::of(text()), text(), prop::option::of(asked()))
            .prop_map(|(at, caption, notes, question)| Command::EditStep { at, caption, notes, question }),
        3 => (place(), place()).prop_map(|(from, to)| Command::MoveStep { from, to }),
        2 => place().prop_map(|at| Command::RemoveStep { at }),
        3 => Just(Command::UndoLesson),
    ]
}

fn wording() -> impl Strategy<Value = Wording> {
    (prop::option::of(text()), prop::option::of(text()))
        .prop_map(|(text, why)| Wording { text, why })
}

pub fn asked() -> impl Strategy<Value = Asked> {
    let choice = (
        text(),
        prop::collection::vec(text(), 0..8),
        prop::option::of(0..8u32),
    )
        .prop_map(|(text, options, right)| {
            Asked::Choice(Choice {
                text,
                options,
                right,
                why: None,
            })
        });
    let scale = (text(), text(), text(), 0..9u32).prop_map(|(text, low, high, steps)| {
        Asked::Scale(Scale {
            text,
            low,
            high,
            steps,
            why: None,
        })
    });
    let area = prop_oneof![
        Just(Area::Whole),
        (0..9u32).prop_map(|side| Area::Patch { side }),
        (0..9u32).prop_map(|side| Area::Spread { side }),
    ];
    let tile = (prop::option::of(layer()), wording())
        .prop_map(|(layer, Wording { text, why })| Asked::Tile(Tile { layer, text, why }));
    prop_oneof![
        wording().prop_map(Asked::Value),
        wording().prop_map(Asked::Sign),
        wording().prop_map(Asked::Winner),
        wording().prop_map(Asked::TopClass),
        wording().prop_map(Asked::OutputSize),
        wording().prop_map(Asked::Pixel),
        (area, wording()).prop_map(|(area, Wording { text, why })| Asked::Fill(Fill {
            area,
            text,
            why
        })),
        tile,
        choice,
        scale,
    ]
}

fn task() -> impl Strategy<Value = Task> {
    let size = |side| Size {
        rows: side,
        columns: side,
    };
    let cell =
        || (layer(), unit(), step()).prop_map(|(layer, unit, step)| Cell { layer, unit, step });
    prop_oneof![
        cell().prop_map(|cell| Task::Sign { cell }),
        prop::collection::vec(any::<u32>(), 0..4).prop_map(|classes| Task::TopClass { classes }),
        prop::collection::vec(0..9u32, 0..4).prop_map(move |sides| Task::OutputSize {
            layer: None,
            sizes: sides.into_iter().map(size).collect(),
        }),
        (layer(), unit()).prop_map(|(layer, units)| Task::Tile { layer, units }),
        (layer(), unit(), any::<u32>(), any::<u32>()).prop_map(|(layer, unit, rows, columns)| {
            Task::Pixel {
                layer,
                unit,
                rows,
                columns,
            }
        }),
        prop::collection::vec(text(), 0..8).prop_map(|options| Task::Choice { options }),
        (text(), text(), 0..9u32).prop_map(|(low, high, steps)| Task::Scale { low, high, steps }),
    ]
}

/// Small ones, so that a student comes to have all cells.
fn filling() -> impl Strategy<Value = Resolved> {
    let truth = (-9..9i32, 0..8u32, any::<u32>()).prop_map(|(digits, decimals, tolerance)| Truth {
        number: Decimal { digits, decimals },
        tolerance,
    });
    prop_oneof![
        4 => Just(map(&[2, -1])),
        1 => prop::collection::vec(truth, 0..40).prop_map(|truth| Resolved {
            truth,
            ..map(&[1, 2, 3])
        }),
    ]
    .prop_map(|question| Resolved {
        step: None,
        ..question
    })
}

fn resolved() -> impl Strategy<Value = Resolved> {
    prop_oneof![3 => chosen(), 2 => filling()]
}

fn chosen() -> impl Strategy<Value = Resolved> {
    let step = prop_oneof![2 => Just(None), 1 => step().prop_map(Some)];
    (
        task(),
        prop::collection::vec(0..4u32, 0..2),
        wording(),
        step,
    )
        .prop_map(|(task, key, Wording { text, why }, step)| Resolved {
            task,
            text,
            key,
            truth: vec![],
            why,
            step,
        })
}

fn lesson_view() -> BoxedStrategy<LessonView> {
    (
        prop::option::of(picture()),
        focus(),
        step(),
        prop::option::of(rate()),
        prop::option::of(edit()),
        any::<bool>(),
    )
        .prop_map(
            |(picture, focus, step, rate, edit, receptive_field)| LessonView {
                picture,
                focus,
                step,
                rate,
                scale: None,
                detail: receptive_field.then_some(true),
                receptive_field,
                edit,
            },
        )
        .boxed()
}

fn lesson() -> impl Strategy<Value = Lesson> {
    // Most of them fit the network: one view in many that does not is enough to have the whole refused.
    let fitting = prop_oneof![
        Just(lecture::view("conv", 1, 3)),
        Just(lecture::view("relu", 0, 0)),
        picture().prop_map(|picture| LessonView {
            picture: Some(picture),
            rate: Some(4),
            ..lecture::view("conv", 2, 5)
        }),
    ];
    let view = prop_oneof![20 => fitting, 1 => lesson_view()];
    let caption = prop::option::of(prop_oneof![20 => "[a-z ]{0,9}", 1 => any::<String>()]);
    let step =
        (caption, prop::option::of(view), "[a-z\n ]{0,9}").prop_map(|(caption, view, notes)| {
            LessonStep {
                caption,
                view,
                question: None,
                notes,
            }
        });
    let steps = prop_oneof![
        20 => prop::collection::vec(step, 0..6),
        1 => Just(vec![LessonStep::default(); LESSON_STEPS]),
        1 => Just(vec![LessonStep::default(); LESSON_STEPS + 1]),
    ];
    (network(), "[a-z]{1,5}", steps).prop_map(|(network, title, steps)| Lesson {
        title,
        minutes: 10,
        language: "en".to_owned(),
        network,
        picture: "dog".into(),
        steps,
    })
}

fn order_command() -> impl Strategy<Value = Command> {
    let roamings = vec![Roaming::Free, Roaming::Taught, Roaming::Together];
    prop_oneof![
        prop::sample::select(roamings).prop_map(|roaming| Command::SetRoaming { roaming }),
        Just(Command::Gather),
        any::<bool>().prop_map(|paused| Command::SetPaused { paused }),
        Just(Command::Follow),
        Just(Command::Explore),
        (seat(), text()).prop_map(|(seat, name)| Command::Rename { seat, name }),
        any::<bool>().prop_map(|locked| Command::Lock { locked }),
        any::<bool>().prop_map(|shown| Command::ShowCode { shown }),
        seat().prop_map(|seat| Command::Remove { seat }),
        seat().prop_map(|to| Command::HandOver { to }),
    ]
}

pub fn focus() -> impl Strategy<Value = Focus> {
    prop_oneof![
        Just(Focus::Overview),
        layer().prop_map(|layer| Focus::Layer { layer }),
        (layer(), unit()).prop_map(|(layer, unit)| Focus::Unit { layer, unit }),
        (layer(), unit(), unit()).prop_map(|(layer, unit, input)| Focus::Link {
            layer,
            unit,
            input
        }),
        unit().prop_map(|class| Focus::Class { class }),
        hyperparameters().prop_map(Focus::Hyperparameters),
    ]
}

fn hyperparameters() -> impl Strategy<Value = Hyperparameters> {
    let size = || prop_oneof![8 => 0..17u32, 1 => any::<u32>()];
    (size(), size(), size(), size(), size()).prop_map(
        |(input, padding, kernel, stride, dilation)| Hyperparameters {
            input,
            padding,
            kernel,
            stride,
            dilation,
        },
    )
}

pub fn edit() -> impl Strategy<Value = KernelEdit> {
    let number = || prop_oneof![8 => -2000..2000i32, 1 => any::<i32>()];
    let size = prop_oneof![8 => Just(lecture::KERNEL as usize), 1 => 0..600usize];
    let kernel = (
        unit(),
        size.prop_flat_map(move |size| prop::collection::vec(number(), size)),
    )
        .prop_map(|(input, weights)| KernelWeights { input, weights });
    let kernels = prop::collection::vec(kernel, 0..4);
    let bias = prop::option::of(number());
    (layer(), unit(), kernels, bias).prop_map(|(layer, unit, kernels, bias)| KernelEdit {
        layer,
        unit,
        kernels,
        bias,
    })
}

pub fn outline() -> impl Strategy<Value = Outline> {
    let wiring = prop::sample::select(vec![Wiring::None, Wiring::OneToOne, Wiring::AllToAll]);
    let layer = (layer(), 0..6u32, 0..20u32, 0..6u32, wiring, 0..5u32).prop_map(
        |(id, units, steps, sources, wiring, kernel)| LayerOutline {
            id,
            units,
            steps,
            sources,
            wiring,
            kernel,
        },
    );
    let arbitrary = (network(), prop::collection::vec(layer, 0..6), 0..6u32).prop_map(
        |(network, layers, classes)| Outline {
            network,
            layers,
            classes,
        },
    );
    prop_oneof![
        network().prop_map(|network| lecture::outline(network.as_str(), "conv")),
        arbitrary
    ]
}

fn layer() -> impl Strategy<Value = LayerId> {
    let known = prop::sample::select(vec!["input", "conv", "relu", "out"]);
    prop_oneof![8 => known.prop_map(LayerId::from), 1 => any::<String>().prop_map(LayerId)]
}

fn network() -> impl Strategy<Value = NetworkId> {
    let known = prop::sample::select(vec!["small", "epoch", "other"]);
    prop_oneof![4 => known.prop_map(NetworkId::from), 1 => any::<String>().prop_map(NetworkId)]
}

fn picture() -> impl Strategy<Value = PictureId> {
    prop_oneof![Just("cat".into()), any::<String>().prop_map(PictureId)]
}

fn unit() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0..6u32, 1 => any::<u32>()]
}

fn step() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0..14u32, 1 => any::<u32>()]
}

fn rate() -> impl Strategy<Value = u32> {
    prop_oneof![3 => prop::sample::select(vec![1, 4, 16, 64]), 1 => any::<u32>()]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z ]{1,8}", any::<String>(), "\\PC{0,250}"]
}
