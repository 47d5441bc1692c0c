//! Where students are lost: a tap that says 'I do not understand what I see here', counted now and kept minute by minute. Without names:
//! a seat knows only its own mark, and the counts know no seat.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{asks::Spot, seat::Seat, topics::GROUP};

/// Moments that are kept, the newest: a class of hours at the pace of a lecture.
pub const MOMENTS: usize = 400;

/// Milliseconds of a minute of the class clock.
pub(crate) const MINUTE_MS: u32 = 60_000;

/// A seat's own tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// The view; none where the class does not know it.
    pub spot: Option<Spot>,
    /// Whether that was what the stage showed.
    pub on_stage: bool,
    /// Minute of the class, from 0.
    pub minute: u32,
}

/// How many are lost, and when and where they were. For staff alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lost {
    /// Now: since the stage shows what it shows.
    pub now: Vec<LostCount>,
    /// Ever, in the order in which it happened.
    pub moments: Vec<LostMoment>,
}

/// How many at one view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LostCount {
    /// The view: that of the stage, or one with [`GROUP`] or more; none for all others together.
    pub spot: Option<Spot>,
    /// How many, at least 1.
    pub count: u32,
}

/// How many at one view within one minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LostMoment {
    /// Minute of the class, from 0.
    pub minute: u32,
    /// The view, as in [`LostCount`].
    pub spot: Option<Spot>,
    /// How many, at least 1.
    pub count: u32,
}

/// Taps of the whole class, by minute and view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Timeline {
    taps: Vec<Taps>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Taps {
    mark: Mark,
    count: u32,
}

impl Timeline {
    /// One more.
    pub(crate) fn add(&mut self, mark: &Mark) {
        if let Some(taps) = self.find(mark) {
            taps.count += 1;
            return;
        }
        if self.taps.len() == MOMENTS {
            self.taps.remove(0);
        }
        self.taps.push(Taps {
            mark: mark.clone(),
            count: 1,
        });
    }

    /// It was a mistake, or another view was meant.
    pub(crate) fn take_back(&mut self, mark: &Mark) {
        if let Some(taps) = self.find(mark) {
            taps.count -= 1;
        }
        self.taps.retain(|taps| taps.count > 0);
    }

    fn find(&mut self, mark: &Mark) -> Option<&mut Taps> {
        self.taps.iter_mut().rev().find(|taps| taps.mark == *mark)
    }

    /// What staff see of it (R124), with the marks that count now.
    pub(crate) fn seen<'a>(&self, seats: impl Iterator<Item = &'a Seat>) -> Lost {
        let mut now = Vec::new();
        for mark in seats.filter_map(|seat| seat.asks.lost.as_ref()) {
            // Since when is of no matter now.
            let mark = Mark {
                minute: 0,
                ..mark.clone()
            };
            count(&mut now, mark, 1);
        }
        let mut now: Vec<_> = blurred(now.into_iter())
            .map(|Taps { mark, count }| LostCount {
                spot: mark.spot,
                count,
            })
            .collect();
        // Not in the order of the seats, which would tell who is where.
        now.sort_by(|a, b| (b.count, &b.spot).cmp(&(a.count, &a.spot)));
        let moments = blurred(self.taps.iter().cloned());
        Lost {
            now,
            moments: moments
                .map(|Taps { mark, count }| LostMoment {
                    minute: mark.minute,
                    spot: mark.spot,
                    count,
                })
                .collect(),
        }
    }
}

/// Takes the view from those who were elsewhere than the stage with too few others, and counts them together.
fn blurred(all: impl Iterator<Item = Taps>) -> impl Iterator<Item = Taps> {
    let mut seen = Vec::new();
    for Taps { mut mark, count: n } in all {
        if !mark.on_stage && n < GROUP {
            mark.spot = None;
        }
        mark.on_stage = false;
        count(&mut seen, mark, n);
    }
    seen.into_iter()
}

fn count(all: &mut Vec<Taps>, mark: Mark, n: u32) {
    match all.iter_mut().find(|taps| taps.mark == mark) {
        Some(taps) => taps.count += n,
        None => all.push(Taps { mark, count: n }),
    }
}
