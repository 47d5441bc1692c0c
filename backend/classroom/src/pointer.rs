//! The pointer: where the driver points, and the few strokes that were drawn last. Tied to things, so that every screen shows it on its
//! own picture of them. Like presence it is forgotten with the process: never in the journal, and no entry depends on it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    class::Class,
    ids::{ClassTime, LayerId, NetworkId, SeatId},
    stage::Focus,
};

/// How long a stroke is seen after it last grew, in milliseconds.
pub const INK_MS: u32 = 6000;

/// Strokes kept at a time: more would hide what they are about.
pub const STROKES: usize = 4;

/// Points of one stroke: a circle as large as the screen, within a pixel or two, takes 40.
pub const STROKE_POINTS: usize = 48;

/// How far outside of its thing a point may lie, in thousandths of the thing's size: so far that a ring around a tile belongs to it.
pub const POINT_REACH: i32 = 500;

/// What a point is tied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Thing {
    /// A unit in the picture of the network: its tile, its value, its part of a strip, or the bar of a class.
    Unit {
        /// The layer.
        layer: LayerId,
        /// The unit, from 0.
        unit: u32,
    },
    /// A part of the explanation of what is open.
    Part {
        /// Which part.
        part: Part,
        /// The unit of the layer before that the part belongs to, if it belongs to one.
        input: Option<u32>,
    },
}

/// What an explanation consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// The weights between an input and the open unit.
    Kernel,
    /// One input convolved with its kernel.
    Intermediate,
    /// Where parts come together.
    Sum,
    /// What is added to the sum.
    Bias,
    /// The whole sum in numbers.
    Total,
    /// Where classes are normalised.
    Softmax,
    /// The map that the formula reads, large.
    Source,
    /// The map that the formula makes, large.
    Output,
    /// The formula itself.
    Formula,
    /// The formula in numbers.
    Arithmetic,
    /// What all inputs add up to.
    Channels,
    /// All elements of a flattened layer, in their order.
    Strip,
}

/// A point of a thing, in thousandths of its width and height from its upper left corner; for a large map, of the map without its padding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Aim {
    /// The thing.
    pub thing: Thing,
    /// From the left: −[`POINT_REACH`] to 1000 + [`POINT_REACH`].
    pub u: i32,
    /// From the top: likewise.
    pub v: i32,
}

/// A part of a stroke that is tied to one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Leg {
    /// The thing.
    pub thing: Thing,
    /// Points in their order, each from the left and from the top, as in [`Aim`]; at least one.
    pub points: Vec<(i32, i32)>,
}

/// One line of ink.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Stroke {
    /// Chosen by the driver's screen: the same stroke, longer, has the same number.
    pub id: u32,
    /// When it last grew: it is seen for [`INK_MS`] from then on.
    pub drawn: ClassTime,
    /// From its beginning to its end, at most [`STROKE_POINTS`] points together.
    pub legs: Vec<Leg>,
}

/// What the driver points at, as everyone sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Pointer {
    /// Where the pointer is; nowhere when it is put away.
    pub at: Option<Aim>,
    /// Ink, the oldest first; at most [`STROKES`].
    pub strokes: Vec<Stroke>,
}

/// One stroke as the driver's screen has it, whole: whatever was lost of it before does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ink {
    /// Which stroke.
    pub id: u32,
    /// All of it.
    pub legs: Vec<Leg>,
}

/// What the driver's screen says: the pointer now, and a stroke that is new or has grown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gesture {
    /// Where the pointer is; nowhere when it is put away.
    pub at: Option<Aim>,
    /// The stroke, if one has changed.
    pub ink: Option<Ink>,
}

/// The pointer of a class, and what it depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointing {
    value: Pointer,
    /// Nothing before anyone pointed.
    place: Option<Place>,
}

/// Who points, and at what parts belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    by: SeatId,
    network: NetworkId,
    /// What is open: parts are parts of it.
    subject: Option<Focus>,
}

impl Pointing {
    /// What everyone sees. Ink that has faded may still be in it: [`Stroke::is_seen`] tells.
    #[must_use]
    pub fn value(&self) -> &Pointer {
        &self.value
    }

    /// Someone points or draws (R101 to R104). Returns whether there is something new to see.
    pub fn gesture(
        &mut self,
        class: &Class,
        by: SeatId,
        gesture: &Gesture,
        now: ClassTime,
    ) -> bool {
        if class.room().driver != by || class.room().ended || !is_sound(class, gesture) {
            return false;
        }
        let before = self.value.clone();
        self.settle(class);
        self.place = Some(Place::of(class, by));
        self.value.at.clone_from(&gesture.at);
        if let Some(ink) = &gesture.ink {
            self.draw(ink, now);
        }
        self.value.strokes.retain(|stroke| stroke.is_seen(now));
        self.value != before
    }

    /// The class changed: what is tied to something that is not there any more goes (R105, R106). Returns whether anything did.
    pub fn settle(&mut self, class: &Class) -> bool {
        let Some(place) = &self.place else {
            return false;
        };
        let now = Place::of(class, class.room().driver);
        let before = self.value.clone();
        if now.by != place.by || now.network != place.network || class.room().ended {
            self.value = Pointer::default();
        } else {
            let same = now.subject == place.subject;
            let stays = |thing: &Thing| {
                (same || matches!(thing, Thing::Unit { .. })) && is_there(class, thing)
            };
            self.value.at.take_if(|spot| !stays(&spot.thing));
            for stroke in &mut self.value.strokes {
                stroke.legs.retain(|leg| stays(&leg.thing));
            }
            self.value.strokes.retain(|stroke| !stroke.legs.is_empty());
        }
        self.place = Some(now);
        self.value != before
    }

    /// A connection of a seat is gone (R105). Returns whether the pointer was its and is put away; ink fades by itself.
    pub fn leave(&mut self, seat: SeatId) -> bool {
        let is_own = self.place.as_ref().is_some_and(|place| place.by == seat);
        is_own && self.value.at.take().is_some()
    }

    fn draw(&mut self, ink: &Ink, now: ClassTime) {
        let strokes = &mut self.value.strokes;
        match strokes.iter_mut().find(|stroke| stroke.id == ink.id) {
            Some(stroke) if stroke.legs == ink.legs => {}
            Some(stroke) => {
                stroke.legs.clone_from(&ink.legs);
                stroke.drawn = now;
            }
            None => strokes.push(Stroke {
                id: ink.id,
                drawn: now,
                legs: ink.legs.clone(),
            }),
        }
        let surplus = strokes.len().saturating_sub(STROKES);
        strokes.drain(..surplus);
    }
}

impl Stroke {
    /// Whether it has not faded yet.
    #[must_use]
    pub fn is_seen(&self, now: ClassTime) -> bool {
        now.0.saturating_sub(self.drawn.0) < INK_MS
    }
}

impl Place {
    fn of(class: &Class, by: SeatId) -> Self {
        let stage = class.stage();
        Self {
            by,
            network: stage.network.clone(),
            subject: subject(&stage.focus),
        }
    }
}

/// What is open: a unit, with or without one of its links, a class, or the diagram.
fn subject(focus: &Focus) -> Option<Focus> {
    match focus {
        Focus::Overview | Focus::Layer { .. } => None,
        Focus::Link { layer, unit, .. } => Some(Focus::Unit {
            layer: layer.clone(),
            unit: *unit,
        }),
        // Its sizes may change: its parts stay.
        Focus::Hyperparameters(_) => Some(Focus::Overview),
        Focus::Unit { .. } | Focus::Class { .. } => Some(focus.clone()),
    }
}

/// R102, R103: whether all of a gesture can be shown.
fn is_sound(class: &Class, Gesture { at, ink }: &Gesture) -> bool {
    let is_near = |at: i32| (-POINT_REACH..=1000 + POINT_REACH).contains(&at);
    let points_there = at
        .as_ref()
        .is_none_or(|spot| is_near(spot.u) && is_near(spot.v) && is_there(class, &spot.thing));
    let draws_there = ink.as_ref().is_none_or(|Ink { legs, .. }| {
        let count: usize = legs.iter().map(|leg| leg.points.len()).sum();
        (1..=STROKE_POINTS).contains(&count)
            && legs.iter().all(|Leg { thing, points }| {
                !points.is_empty()
                    && points.iter().all(|(u, v)| is_near(*u) && is_near(*v))
                    && is_there(class, thing)
            })
    });
    points_there && draws_there
}

/// R102: whether the stage shows a thing.
fn is_there(class: &Class, thing: &Thing) -> bool {
    let outline = class.outline_on_stage();
    let focus = &class.stage().focus;
    match thing {
        Thing::Unit { layer, unit } => {
            !matches!(focus, Focus::Hyperparameters(_))
                && outline
                    .layer(layer)
                    .is_some_and(|layer| *unit < layer.units)
        }
        Thing::Part { input, .. } => {
            let open = match focus {
                Focus::Overview | Focus::Layer { .. } => return false,
                Focus::Hyperparameters(_) => return input.is_none(),
                Focus::Unit { layer, unit } | Focus::Link { layer, unit, .. } => {
                    outline.layer(layer).map(|layer| (layer, *unit))
                }
                Focus::Class { class } => outline.layers.last().map(|layer| (layer, *class)),
            };
            open.is_some_and(|(layer, unit)| input.is_none_or(|input| layer.reads(unit, input)))
        }
    }
}
