//! What students ask: short texts without a name, each about a view, and the votes of others for them. Not the instructor's questions,
//! which the class answers. Who asked or voted is known to that seat alone ([`OwnAsks`]), so that no list can tell it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ids::{ClassTime, NetworkId},
    lost::Mark,
    seat::Seat,
    stage::Focus,
    topics::Audience,
};

/// Longest text, in characters: two lines on a phone, and short enough to stand as a caption.
pub const ASK_CHARS: usize = 140;
/// Most open ones of a class: with the longest texts, 32 kB for every phone.
pub const ASKS_OPEN: usize = 100;
/// Most open ones of one seat.
pub const ASKS_OPEN_PER_SEAT: usize = 5;
/// Answered ones that are kept, those answered last.
pub const ASKS_ANSWERED: usize = 50;

/// What someone asked, by its number within the class, from 1 in the order in which they were asked. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct AskId(pub u32);

/// A view without its moment: what is looked at, of which network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Spot {
    /// The network.
    pub network: NetworkId,
    /// What is in view.
    pub focus: Focus,
}

/// What someone asked, as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    /// Its number.
    pub id: AskId,
    /// 1 to [`ASK_CHARS`] characters.
    pub text: String,
    /// The view it is about; none where the asker named none, or one that the class does not know.
    pub spot: Option<Spot>,
    /// The step at which the kernel stood, from 0; 0 where the view has no steps.
    pub step: u32,
    /// When it was asked.
    pub at: ClassTime,
    /// How many others would like to know it, too.
    pub votes: u32,
    /// Whether it is answered.
    pub answered: bool,
}

/// What the class asks, as far as the audience sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Asks {
    /// Whether nobody may ask for now.
    pub muted: bool,
    /// The open ones in the order in which they were asked; for staff, the answered ones follow in the order of answering.
    pub list: Vec<Ask>,
}

/// What one seat asked and voted for, and whether it is lost. Told to that seat alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnAsks {
    /// What it asked, ascending.
    pub asked: Vec<AskId>,
    /// What it voted for, in the order of voting.
    pub voted: Vec<AskId>,
    /// Where it is lost, if it said so and the stage has not moved on.
    pub lost: Option<Mark>,
}

/// What the class asks, without anyone's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AskList {
    pub(crate) muted: bool,
    /// How many were ever asked.
    pub(crate) asked: u32,
    /// Ascending by number.
    pub(crate) open: Vec<Kept>,
    /// In the order in which they were answered.
    pub(crate) answered: Vec<Kept>,
}

/// What someone asked, as the class keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: AskId,
    pub(crate) text: String,
    pub(crate) spot: Option<Spot>,
    pub(crate) step: u32,
    pub(crate) at: ClassTime,
}

impl AskList {
    /// Whether it is open.
    pub(crate) fn is_open(&self, id: AskId) -> bool {
        self.open.iter().any(|kept| kept.id == id)
    }

    /// What `audience` sees of it (R115); the votes are with the seats.
    pub(crate) fn seen_by<'a>(
        &self,
        audience: Audience,
        seats: impl Iterator<Item = &'a Seat>,
    ) -> Asks {
        let mut votes = BTreeMap::new();
        for id in seats.flat_map(|seat| &seat.asks.voted) {
            *votes.entry(*id).or_insert(0) += 1;
        }
        let ask = |kept: &Kept, answered| Ask {
            id: kept.id,
            text: kept.text.clone(),
            spot: kept.spot.clone(),
            step: kept.step,
            at: kept.at,
            votes: votes.get(&kept.id).copied().unwrap_or(0),
            answered,
        };
        let open = self.open.iter().map(|kept| ask(kept, false));
        let answered = self.answered.iter().map(|kept| ask(kept, true));
        Asks {
            muted: self.muted,
            list: match audience {
                Audience::Room => open.collect(),
                Audience::Staff => open.chain(answered).collect(),
            },
        }
    }
}

impl OwnAsks {
    /// Forgets what is gone. Returns whether anything was known of it.
    pub(crate) fn forget(&mut self, id: AskId) -> bool {
        let before = self.asked.len() + self.voted.len();
        self.asked.retain(|asked| *asked != id);
        self.voted.retain(|voted| *voted != id);
        before != self.asked.len() + self.voted.len()
    }
}
