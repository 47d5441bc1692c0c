//! One sample of everything that can be said.

use convocation_classroom::{
    asked::{Asked, Choice, Scale, Tile, Wording},
    asks::{Ask, AskId, Asks, OwnAsks, Spot},
    command::Command,
    decimal::Decimal,
    edit::{KernelEdit, KernelWeights},
    filling::{Area, Fill, FilledCell, OwnCell, Truth},
    ids::{ClassTime, LayerId, PictureId, QuestionId, SeatId, Version},
    lesson::{LessonPlace, LessonStep, LessonView, Script},
    lost::{Lost, LostCount, LostMoment, Mark},
    pace::{Pace, Roaming},
    pointer::{Aim, Ink, Leg, Part, Pointer, Stroke, Thing},
    question::{Answer, Cell, Count, Outcome, Phase, Question, Size, Task},
    rejection::Rejection,
    seat::{Mode, Role, Seat},
    sliding::Hyperparameters,
    stage::{ColourScale, Focus, Playback, Stage},
    topics::{LayerCount, Room, Roster, RosterSeat, TopicValue, Versions},
    views::{OfferedView, StudentView, ViewId, Views},
    wire::{ClientMessage, Credential, Farewell, PROTOCOL, ServerMessage},
};

fn layer() -> LayerId {
    "conv_1_1".into()
}

fn picture() -> PictureId {
    "0123456789abcdef0123456789abcdef".into()
}

fn focuses() -> [Focus; 6] {
    [
        Focus::Overview,
        Focus::Layer { layer: layer() },
        Focus::Unit {
            layer: layer(),
            unit: 4,
        },
        Focus::Link {
            layer: layer(),
            unit: 4,
            input: 2,
        },
        Focus::Class { class: 9 },
        Focus::Hyperparameters(Hyperparameters {
            input: 7,
            padding: 1,
            kernel: 3,
            stride: 2,
            dilation: 1,
        }),
    ]
}

fn spot() -> Spot {
    Spot {
        network: "tiny-vgg".into(),
        focus: Focus::Unit {
            layer: layer(),
            unit: 4,
        },
    }
}

fn edit() -> KernelEdit {
    KernelEdit {
        layer: layer(),
        unit: 4,
        kernels: vec![KernelWeights {
            input: 2,
            weights: vec![0, -1000, 0, -1000, 5000, -1000, 0, -1000, 0],
        }],
        bias: Some(-250),
    }
}

fn asked() -> Vec<Asked> {
    let wording = || Wording {
        text: Some("What comes out next?".to_owned()),
        why: None,
    };
    vec![
        Asked::Value(wording()),
        Asked::Sign(Wording {
            text: None,
            why: Some("More is taken away than added.".to_owned()),
        }),
        Asked::Winner(Wording::default()),
        Asked::TopClass(Wording::default()),
        Asked::OutputSize(Wording::default()),
        Asked::Tile(Tile {
            layer: Some(layer()),
            ..Tile::default()
        }),
        Asked::Pixel(Wording::default()),
        Asked::Choice(Choice {
            text: "What does a kernel do?".to_owned(),
            options: vec!["It slides".to_owned(), "It sleeps".to_owned()],
            right: Some(0),
            why: Some("It visits every position.".to_owned()),
        }),
        Asked::Scale(Scale {
            text: "How sure are you?".to_owned(),
            low: "guessing".to_owned(),
            high: "certain".to_owned(),
            steps: 5,
            why: None,
        }),
        fill(Area::Whole),
        fill(Area::Patch { side: 3 }),
        fill(Area::Spread { side: 4 }),
    ]
}

fn fill(area: Area) -> Asked {
    Asked::Fill(Fill {
        area,
        text: Some("Who computes what?".to_owned()),
        why: None,
    })
}

fn answer(round: u32, choice: u32) -> Answer {
    Answer {
        question: QuestionId(3),
        round,
        choice,
    }
}

fn tasks() -> Vec<Task> {
    let cell = || Cell {
        layer: layer(),
        unit: 4,
        step: 62,
    };
    let number = |digits| Decimal {
        digits,
        decimals: 2,
    };
    vec![
        Task::Value {
            cell: cell(),
            numbers: vec![number(-43), number(12), number(0)],
        },
        Task::Sign { cell: cell() },
        Task::Winner {
            cell: cell(),
            rows: 1,
            columns: 2,
            numbers: vec![Some(number(7)), None],
        },
        Task::TopClass {
            classes: vec![0, 3, 9],
        },
        Task::OutputSize {
            layer: Some(layer()),
            sizes: vec![
                Size {
                    rows: 62,
                    columns: 62,
                },
                Size {
                    rows: 64,
                    columns: 64,
                },
            ],
        },
        Task::OutputSize {
            layer: None,
            sizes: vec![
                Size {
                    rows: 3,
                    columns: 3,
                },
                Size {
                    rows: 4,
                    columns: 4,
                },
            ],
        },
        Task::Tile {
            layer: layer(),
            units: 10,
        },
        Task::Pixel {
            layer: layer(),
            unit: 4,
            rows: 62,
            columns: 62,
        },
        Task::Choice {
            options: vec!["It slides".to_owned(), "It sleeps".to_owned()],
        },
        Task::Scale {
            low: "guessing".to_owned(),
            high: "certain".to_owned(),
            steps: 5,
        },
        filling(),
    ]
}

/// Two rows of a map, from one input.
fn filling() -> Task {
    Task::Fill {
        layer: layer(),
        unit: 4,
        input: Some(2),
        rows: 2,
        columns: 1,
        steps: vec![62, 124],
        shown: 2,
        decimals: 2,
    }
}

/// What two students have made of two cells.
fn cells() -> Vec<FilledCell> {
    let number = |digits| Decimal {
        digits,
        decimals: 2,
    };
    let truth = |digits| Truth {
        number: number(digits),
        tolerance: 5,
    };
    vec![
        FilledCell {
            truth: truth(-43),
            number: Some(number(43)),
            entries: 2,
            right: 1,
            wrong: true,
        },
        FilledCell {
            truth: truth(7),
            number: None,
            entries: 0,
            right: 0,
            wrong: false,
        },
    ]
}

/// Every task, in every phase, for either audience.
fn questions() -> Vec<TopicValue> {
    let count = |choice, count| Count { choice, count };
    let open = |task| Question {
        id: QuestionId(3),
        task,
        text: None,
        phase: Phase::Open,
        round: 1,
        answered: 2,
        filled: vec![],
        outcome: None,
    };
    let mut questions: Vec<Question> = tasks().into_iter().map(open).collect();
    let sign = || open(tasks().swap_remove(1));
    let outcome = |rounds| {
        Some(Outcome {
            key: vec![0],
            why: Some("More is taken away than added.".to_owned()),
            rounds,
            cells: vec![],
        })
    };
    questions.extend([
        Question {
            text: Some("Above or below zero?".to_owned()),
            outcome: outcome(vec![]),
            ..sign()
        },
        Question {
            phase: Phase::Closed,
            outcome: outcome(vec![vec![count(0, 1), count(2, 1)]]),
            ..sign()
        },
        Question {
            phase: Phase::Revealed,
            round: 2,
            answered: 3,
            outcome: outcome(vec![vec![count(0, 1), count(2, 1)], vec![count(0, 3)]]),
            ..sign()
        },
        Question {
            filled: vec![0],
            ..open(filling())
        },
        Question {
            phase: Phase::Revealed,
            filled: vec![0],
            outcome: Some(Outcome {
                key: vec![],
                why: None,
                rounds: vec![vec![]],
                cells: cells(),
            }),
            ..open(filling())
        },
    ]);
    let questions = questions.into_iter().map(Some).chain([None]);
    questions.map(TopicValue::Question).collect()
}

pub fn hellos() -> Vec<ClientMessage> {
    let secret = || "0f".repeat(16);
    let have = Versions {
        stage: Version(7),
        pace: Version(3),
        room: Version(1),
        lesson: Version(9),
        script: Version(12),
        roster: Version(4096),
        pointer: Version(61_000),
        question: Version(5),
        seat: Version(2),
        asks: Version(9),
        lost: Version(8),
        views: Version(6),
    };
    let hello = |credential, mode, have| ClientMessage::Hello {
        protocol: PROTOCOL,
        credential,
        mode,
        have,
    };
    vec![
        hello(
            Credential::New {
                role: Role::Student,
            },
            None,
            Versions::default(),
        ),
        hello(
            Credential::New {
                role: Role::Projector,
            },
            None,
            Versions::default(),
        ),
        hello(
            Credential::Token { token: secret() },
            Some(Mode::Exploring),
            have,
        ),
        hello(
            Credential::Host { secret: secret() },
            Some(Mode::Following),
            have,
        ),
        hello(
            Credential::Assistant { secret: secret() },
            None,
            Versions::default(),
        ),
    ]
}

/// What concerns those who are there: pace, what they ask, who is lost, what they show, and the door.
fn about_people() -> Vec<Command> {
    vec![
        Command::SetRoaming {
            roaming: Roaming::Taught,
        },
        Command::Gather,
        Command::SetPaused { paused: true },
        Command::Follow,
        Command::Explore,
        Command::Ask {
            text: "Why is there a bias?".to_owned(),
            spot: Some(spot()),
            step: 61,
        },
        Command::Ask {
            text: "Und das “Padding”?".to_owned(),
            spot: None,
            step: 0,
        },
        Command::WithdrawAsk { ask: AskId(3) },
        Command::VoteAsk {
            ask: AskId(3),
            up: true,
        },
        Command::MarkAsk {
            ask: AskId(3),
            answered: true,
        },
        Command::ClearAsk { ask: AskId(3) },
        Command::MuteAsks { muted: true },
        Command::Lost { spot: Some(spot()) },
        Command::Lost { spot: None },
        Command::Found,
        Command::CallViews { called: true },
        Command::OfferView(student_view()),
        Command::WithdrawView,
        Command::ClearView {
            view: Some(ViewId(3)),
        },
        Command::ClearView { view: None },
        Command::ShowView { view: ViewId(3) },
        Command::ReturnStage,
        Command::Rename {
            seat: SeatId(12),
            name: "Zoë".to_owned(),
        },
        Command::Lock { locked: true },
        Command::ShowCode { shown: true },
        Command::AllowPictures { allowed: false },
        Command::Remove { seat: SeatId(12) },
        Command::HandOver { to: SeatId(1) },
        Command::End,
    ]
}

pub fn commands() -> Vec<ClientMessage> {
    let caption = "Each “tile” is one channel 🧠".to_owned();
    let commands = [
        Command::ChooseNetwork {
            network: "tiny-vgg".into(),
            picture: picture(),
        },
        Command::ChoosePicture { picture: picture() },
        Command::Step { step: 61 },
        Command::Play { from: 61, rate: 16 },
        Command::Pause { step: 99 },
        Command::SetScale {
            scale: ColourScale::Module,
        },
        Command::SetDetail { detail: true },
        Command::SetReceptiveField { shown: true },
        Command::EditKernel { edit: Some(edit()) },
        Command::EditKernel { edit: None },
        Command::SetCaption {
            caption: Some(caption),
        },
        Command::SetCaption { caption: None },
        Command::CloseQuestion,
        Command::VoteAgain,
        Command::Reveal,
        Command::DismissQuestion,
        Command::Answer(answer(2, 4)),
        Command::FillCell {
            question: QuestionId(3),
            cell: 1,
            number: Decimal {
                digits: -25,
                decimals: 1,
            },
        },
        Command::TakeCell {
            question: QuestionId(3),
        },
        Command::LoadLesson {
            lesson: "tiny-vgg/en/a-first-look".into(),
        },
        Command::NewLesson {
            title: "¿Qué ve una red?".to_owned(),
            minutes: 25,
            language: "es".to_owned(),
        },
        Command::LeaveLesson,
        Command::GoToStep { step: 7 },
        Command::NextStep,
        Command::PreviousStep,
        Command::CaptureStep { at: 8 },
        Command::EditStep {
            at: 8,
            caption: Some("Nine products and a bias".to_owned()),
            notes: "Wait.\nThen ask.".to_owned(),
            question: Some(Asked::Sign(Wording::default())),
        },
        Command::MoveStep { from: 8, to: 0 },
        Command::RemoveStep { at: 0 },
        Command::UndoLesson,
    ];
    let focuses = focuses().map(|focus| Command::Focus { focus });
    let questions = asked()
        .into_iter()
        .map(|question| Command::OpenQuestion { question });
    let commands = commands.into_iter().chain(about_people());
    let numbered = (1..).zip(commands.chain(focuses).chain(questions));
    numbered
        .map(|(id, command)| ClientMessage::Command { id, command })
        .collect()
}

pub fn rest_of_client() -> Vec<ClientMessage> {
    vec![
        ClientMessage::Whereabouts {
            layer: Some(layer()),
        },
        ClientMessage::Whereabouts { layer: None },
        ClientMessage::Point {
            at: Some(aim()),
            ink: Some(Ink {
                id: 3,
                legs: legs(),
            }),
        },
        ClientMessage::Point {
            at: None,
            ink: None,
        },
        ClientMessage::Ping { sent: u32::MAX },
    ]
}

fn tile() -> Thing {
    Thing::Unit {
        layer: layer(),
        unit: 3,
    }
}

fn aim() -> Aim {
    Aim {
        thing: tile(),
        u: 512,
        v: 498,
    }
}

/// A line over every thing there is.
fn legs() -> Vec<Leg> {
    let parts = [
        (Part::Kernel, Some(2)),
        (Part::Intermediate, Some(2)),
        (Part::Sum, None),
        (Part::Bias, None),
        (Part::Total, None),
        (Part::Softmax, None),
        (Part::Source, Some(2)),
        (Part::Output, None),
        (Part::Formula, None),
        (Part::Arithmetic, None),
        (Part::Channels, None),
        (Part::Strip, None),
    ];
    let leg = |thing| Leg {
        thing,
        points: vec![(-120, 400), (1500, 640)],
    };
    let parts = parts.map(|(part, input)| leg(Thing::Part { part, input }));
    std::iter::once(leg(tile())).chain(parts).collect()
}

fn pointers() -> [TopicValue; 3] {
    let strokes = vec![Stroke {
        id: 3,
        drawn: ClassTime(60_950),
        legs: legs(),
    }];
    [
        TopicValue::Pointer(Pointer::default()),
        TopicValue::Pointer(Pointer {
            at: Some(aim()),
            strokes: Vec::new(),
        }),
        TopicValue::Pointer(Pointer { at: None, strokes }),
    ]
}

fn seat() -> Seat {
    Seat {
        id: SeatId(12),
        role: Role::Student,
        name: "Zoë".to_owned(),
        mode: Mode::Following,
        asks: OwnAsks::default(),
        answers: vec![answer(1, 0), answer(2, 4)],
        offered: None,
        cells: vec![
            OwnCell {
                question: QuestionId(3),
                cell: 0,
                number: Some(Decimal {
                    digits: 43,
                    decimals: 2,
                }),
            },
            OwnCell {
                question: QuestionId(3),
                cell: 1,
                number: None,
            },
        ],
    }
}

pub fn welcomes() -> Vec<ServerMessage> {
    let welcome = |token| ServerMessage::Welcome {
        protocol: PROTOCOL,
        build: "0123456789abcdef01234567".to_owned(),
        seat: seat(),
        token,
        clock: ClassTime(61_234),
    };
    vec![welcome(Some("0f".repeat(16))), welcome(None)]
}

fn stages() -> Vec<TopicValue> {
    let plain = Stage {
        network: "tiny-vgg".into(),
        picture: picture(),
        focus: Focus::Overview,
        playback: Playback::START,
        scale: ColourScale::Block,
        detail: false,
        receptive_field: false,
        edit: None,
        caption: None,
    };
    let playing = Stage {
        playback: Playback::Playing {
            from: 3,
            since: ClassTime(60_000),
            rate: 4,
        },
        scale: ColourScale::Global,
        detail: true,
        receptive_field: true,
        edit: Some(edit()),
        caption: Some("Each “tile” is one channel 🧠".to_owned()),
        ..plain.clone()
    };
    focuses()
        .into_iter()
        .map(|focus| match focus {
            Focus::Unit { .. } | Focus::Link { .. } => Stage {
                focus,
                ..playing.clone()
            },
            _ => Stage {
                focus,
                ..plain.clone()
            },
        })
        .map(TopicValue::Stage)
        .collect()
}

fn view() -> LessonView {
    LessonView {
        picture: Some(picture()),
        focus: Focus::Unit {
            layer: layer(),
            unit: 4,
        },
        step: 61,
        rate: Some(4),
        scale: Some(ColourScale::Module),
        detail: Some(true),
        receptive_field: true,
        edit: Some(edit()),
    }
}

fn student_view() -> StudentView {
    StudentView {
        network: "tiny-vgg".into(),
        view: LessonView {
            rate: None,
            ..view()
        },
    }
}

fn views() -> [TopicValue; 3] {
    let room = Views {
        called: true,
        on_stage: Some(ViewId(2)),
        ..Views::default()
    };
    let offered = OfferedView {
        id: ViewId(3),
        view: student_view(),
    };
    let staff = Views {
        can_return: true,
        offered: vec![offered],
        ..room.clone()
    };
    [
        TopicValue::Views(room),
        TopicValue::Views(staff),
        TopicValue::Seat(Seat {
            offered: Some(ViewId(3)),
            ..seat()
        }),
    ]
}

fn lessons() -> [TopicValue; 5] {
    let place = LessonPlace {
        title: "How a CNN sees".to_owned(),
        minutes: 25,
        language: "en".to_owned(),
        step: None,
        count: 2,
        began: None,
    };
    let at_step = LessonPlace {
        step: Some(1),
        began: Some(ClassTime(61_000)),
        ..place.clone()
    };
    let script = Script {
        network: "tiny-vgg".into(),
        picture: picture(),
        steps: vec![
            LessonStep {
                caption: Some("Each “tile” is one channel 🧠".to_owned()),
                view: Some(view()),
                question: None,
                notes: "Wait.\nThen ask.".to_owned(),
            },
            LessonStep::default(),
        ]
        .into_iter()
        .chain(asked().into_iter().map(|question| LessonStep {
            question: Some(question),
            ..LessonStep::default()
        }))
        .collect(),
        can_undo: true,
    };
    [
        TopicValue::Lesson(None),
        TopicValue::Lesson(Some(place)),
        TopicValue::Lesson(Some(at_step)),
        TopicValue::Script(None),
        TopicValue::Script(Some(script)),
    ]
}

fn rosters() -> [TopicValue; 2] {
    let room = Roster {
        present: 7,
        following: 1,
        driver_present: true,
        seats: vec![],
        whereabouts: vec![],
    };
    let line = |id, role, mode, present| RosterSeat {
        id: SeatId(id),
        role,
        name: format!("Seat {id}"),
        mode,
        present,
    };
    let staff = Roster {
        seats: vec![
            line(0, Role::Host, Mode::Following, true),
            line(1, Role::Assistant, Mode::Following, false),
            line(2, Role::Student, Mode::Exploring, true),
            line(3, Role::Projector, Mode::Following, true),
        ],
        whereabouts: vec![LayerCount {
            layer: layer(),
            count: 6,
        }],
        ..room.clone()
    };
    [TopicValue::Roster(room), TopicValue::Roster(staff)]
}

fn asking() -> [TopicValue; 5] {
    let ask = |id, spot, answered| Ask {
        id: AskId(id),
        text: "Why is there a bias?".to_owned(),
        spot,
        step: 61,
        at: ClassTime(60_000),
        votes: 2,
        answered,
    };
    let mark = Mark {
        spot: Some(spot()),
        on_stage: true,
        minute: 1,
    };
    let lost = Lost {
        now: vec![
            LostCount {
                spot: Some(spot()),
                count: 3,
            },
            LostCount {
                spot: None,
                count: 1,
            },
        ],
        moments: vec![LostMoment {
            minute: 1,
            spot: Some(spot()),
            count: 4,
        }],
    };
    [
        TopicValue::Asks(Asks {
            muted: false,
            list: vec![ask(3, Some(spot()), false), ask(1, None, true)],
        }),
        TopicValue::Asks(Asks {
            muted: true,
            list: vec![],
        }),
        TopicValue::Lost(Some(lost)),
        TopicValue::Lost(None),
        TopicValue::Seat(Seat {
            asks: OwnAsks {
                asked: vec![AskId(1)],
                voted: vec![AskId(3)],
                lost: Some(mark),
            },
            ..seat()
        }),
    ]
}

pub fn frames() -> Vec<ServerMessage> {
    let mut values = stages();
    values.extend([
        TopicValue::Pace(Pace {
            roaming: Roaming::Free,
            taught: 0,
            gathered: None,
            paused: true,
        }),
        TopicValue::Pace(Pace {
            roaming: Roaming::Together,
            taught: 3,
            gathered: Some(ClassTime(60_000)),
            paused: false,
        }),
        TopicValue::Room(Room {
            locked: true,
            own_pictures: true,
            driver: SeatId(0),
            ended: false,
            code_shown: false,
        }),
        TopicValue::Room(Room {
            locked: false,
            own_pictures: false,
            driver: SeatId(1),
            ended: true,
            code_shown: true,
        }),
        TopicValue::Seat(seat()),
    ]);
    values.extend(questions());
    values.extend(lessons());
    values.extend(rosters());
    values.extend(asking());
    values.extend(views());
    values.extend(pointers());
    (1..)
        .zip(values)
        .map(|(version, frame)| ServerMessage::Frame {
            version: Version(version),
            frame,
        })
        .collect()
}

pub fn rejections() -> Vec<ServerMessage> {
    let reasons = [
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
    let numbered = (1..).zip(reasons);
    numbered
        .map(|(id, reason)| ServerMessage::Rejected {
            id,
            reason,
            message: reason.to_string(),
        })
        .collect()
}

pub fn byes() -> Vec<ServerMessage> {
    let reasons = [
        Farewell::Ended,
        Farewell::Deleted,
        Farewell::Removed,
        Farewell::Locked,
        Farewell::Full,
        Farewell::NoSuchClass,
        Farewell::BadCredential,
        Farewell::OtherVersion,
        Farewell::BadMessage,
        Farewell::TooFast,
        Farewell::Restarting,
        Farewell::Silent,
    ];
    reasons.map(|reason| ServerMessage::Bye { reason }).into()
}

pub fn rest_of_server() -> Vec<ServerMessage> {
    vec![
        ServerMessage::Done { id: 17 },
        ServerMessage::Pong {
            sent: u32::MAX,
            clock: ClassTime(61_234),
        },
    ]
}
