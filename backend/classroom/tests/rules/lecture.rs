//! A class to try rules on: host 0, assistant 1, students 2 and 3, projector 4; three small networks.

use convocation_classroom::{
    changes::Changes,
    class::Class,
    command::Command,
    edit::{KernelEdit, KernelWeights},
    entry::{Entry, Event, Opening},
    ids::{ClassTime, NetworkId, SeatId, SecretHash},
    lesson::LessonView,
    outline::{LayerOutline, Outline, Wiring},
    rejection::Rejection,
    seat::Role,
    stage::Focus,
    views::StudentView,
};

pub const HOST: SeatId = SeatId(0);
pub const ASSISTANT: SeatId = SeatId(1);
pub const STUDENT: SeatId = SeatId(2);
pub const OTHER_STUDENT: SeatId = SeatId(3);
pub const PROJECTOR: SeatId = SeatId(4);
pub const NOBODY: SeatId = SeatId(99);

pub const EVERYBODY: [SeatId; 5] = [HOST, ASSISTANT, STUDENT, OTHER_STUDENT, PROJECTOR];

/// Steps of a unit of `conv` and `relu`.
pub const STEPS: u32 = 12;

pub struct Lecture {
    pub class: Class,
    now: ClassTime,
}

pub fn opening() -> Opening {
    Opening {
        code: "ABC234".into(),
        host: SecretHash("host".to_owned()),
        assistant: SecretHash("assistant".to_owned()),
        outline: outline("small", "conv"),
        picture: "cat".into(),
        host_name: "Ada".to_owned(),
    }
}

/// Weights of one kernel of the convolution.
pub const KERNEL: u32 = 4;

/// input (3 units) → convolution (4) → relu (4) → out (2 elements), 5 classes.
pub fn outline(network: &str, convolution: &str) -> Outline {
    let layer = |id: &str, units, steps, sources, wiring| LayerOutline {
        id: id.into(),
        units,
        steps,
        sources,
        wiring,
        kernel: if id == convolution { KERNEL } else { 0 },
    };
    Outline {
        network: network.into(),
        layers: vec![
            layer("input", 3, 30, 0, Wiring::None),
            layer(convolution, 4, STEPS, 3, Wiring::AllToAll),
            layer("relu", 4, STEPS, 4, Wiring::OneToOne),
            layer("out", 2, 1, 4, Wiring::AllToAll),
        ],
        classes: 5,
    }
}

pub fn admit(role: Role, name: &str, token: &str) -> Event {
    Event::Admit {
        role,
        name: name.to_owned(),
        token: SecretHash(token.to_owned()),
    }
}

/// Networks known from the start: `small`, `epoch` with the same layers, `other` with another convolution.
pub fn lecture() -> Lecture {
    let mut lecture = Lecture::empty();
    for event in [
        admit(Role::Assistant, "Bo", "t1"),
        admit(Role::Student, "Cleo", "t2"),
        admit(Role::Student, "Dan", "t3"),
        admit(Role::Projector, "Wall", "t4"),
        Event::Equip {
            outline: outline("epoch", "conv"),
        },
        Event::Equip {
            outline: outline("other", "filter"),
        },
    ] {
        lecture.happens(event).unwrap();
    }
    lecture
}

pub fn entry(event: Event) -> Entry {
    Entry {
        at: ClassTime(0),
        event,
    }
}

impl Lecture {
    /// Only the host is there.
    pub fn empty() -> Self {
        Self {
            class: Class::open(&opening()),
            now: ClassTime(0),
        }
    }

    /// Lets something happen, one second after what happened before; checks that a refusal changes nothing (R2).
    pub fn happens(&mut self, event: Event) -> Result<Changes, Rejection> {
        self.now.0 += 1000;
        let before = self.class.clone();
        let outcome = self.class.apply(&Entry {
            at: self.now,
            event,
        });
        if outcome.is_err() {
            assert_eq!(self.class, before);
        }
        outcome
    }

    pub fn tells(&mut self, seat: SeatId, command: Command) -> Result<Changes, Rejection> {
        self.happens(Event::Command { seat, command })
    }

    /// A command of the host that must succeed.
    pub fn host(&mut self, command: Command) -> Changes {
        self.tells(HOST, command).unwrap()
    }

    pub fn now(&self) -> ClassTime {
        self.now
    }

    pub fn name(&self, seat: SeatId) -> &str {
        &self.class.seat(seat).unwrap().name
    }
}

pub fn on_layer(layer: &str) -> Command {
    Command::Focus {
        focus: Focus::Layer {
            layer: layer.into(),
        },
    }
}

pub fn on_unit(layer: &str, unit: u32) -> Command {
    Command::Focus {
        focus: Focus::Unit {
            layer: layer.into(),
            unit,
        },
    }
}

pub fn on_link(layer: &str, unit: u32, input: u32) -> Command {
    Command::Focus {
        focus: Focus::Link {
            layer: layer.into(),
            unit,
            input,
        },
    }
}

pub fn choose(network: &str) -> Command {
    Command::ChooseNetwork {
        network: NetworkId::from(network),
        picture: "cat".into(),
    }
}

pub fn picture(id: &str) -> Command {
    Command::ChoosePicture { picture: id.into() }
}

pub fn caption(text: &str) -> Command {
    Command::SetCaption {
        caption: Some(text.to_owned()),
    }
}

pub fn rename(seat: SeatId, name: &str) -> Command {
    Command::Rename {
        seat,
        name: name.to_owned(),
    }
}

/// A step of a unit, paused.
pub fn view(layer: &str, unit: u32, step: u32) -> LessonView {
    LessonView {
        picture: None,
        focus: Focus::Unit {
            layer: layer.into(),
            unit,
        },
        step,
        rate: None,
        scale: None,
        detail: None,
        receptive_field: false,
        edit: None,
    }
}

/// A view that a student of the first network may offer.
pub fn student_view(layer: &str, unit: u32, step: u32) -> StudentView {
    StudentView {
        network: "small".into(),
        view: LessonView {
            picture: Some("dog".into()),
            ..view(layer, unit, step)
        },
    }
}

/// Kernels of ones for unit 1 of the convolution.
pub fn kernels(inputs: &[u32]) -> KernelEdit {
    let weights = vec![1000; KERNEL as usize];
    let kernel = |&input| KernelWeights {
        input,
        weights: weights.clone(),
    };
    KernelEdit {
        layer: "conv".into(),
        unit: 1,
        kernels: inputs.iter().map(kernel).collect(),
        bias: None,
    }
}

pub fn edit(edit: KernelEdit) -> Command {
    Command::EditKernel { edit: Some(edit) }
}
