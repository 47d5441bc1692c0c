//! Views that students offer to be shown to the class, each under a number of its own and without a name. Not the stage: an offered view is
//! there only once the driver shows it. Whose it is, only that seat knows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ids::NetworkId, lesson::LessonView, stage::Stage, topics::Audience};

/// Most views that are offered at a time: as many as an instructor can look through, and with the largest edits 0.1 MB for staff.
pub const VIEWS_MOST: usize = 24;

/// An offered view, by its number within the class, from 1 in the order in which they were offered. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct ViewId(pub u32);

/// What someone sees who explores: all that puts the stage there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StudentView {
    /// The network.
    pub network: NetworkId,
    /// What is shown of it; the picture is named.
    pub view: LessonView,
}

/// A view on offer, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferedView {
    /// Its number.
    pub id: ViewId,
    /// What it shows.
    pub view: StudentView,
}

/// Views of students, as far as the audience may know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Views {
    /// Whether the instructor asks for views.
    pub called: bool,
    /// The one that the stage shows, if it shows one; also when it is not on offer any more.
    pub on_stage: Option<ViewId>,
    /// Staff only (`false` for the room): whether the class can go back to where it was before it was shown one.
    pub can_return: bool,
    /// Staff only (empty for the room): those on offer, ascending.
    pub offered: Vec<OfferedView>,
}

/// What the class has of it, without anyone's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ViewList {
    pub(crate) called: bool,
    /// How many were ever offered.
    pub(crate) numbered: u32,
    /// Ascending.
    pub(crate) offered: Vec<OfferedView>,
    pub(crate) shown: Option<Shown>,
}

/// A student's view that was put on the stage, and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) view: OfferedView,
    /// The stage before the first of them, its kernel standing.
    pub(crate) before: Stage,
    /// How far the class had been taught then.
    pub(crate) taught: u32,
}

impl ViewList {
    /// One of them.
    pub(crate) fn get(&self, id: ViewId) -> Option<&OfferedView> {
        self.offered.iter().find(|offered| offered.id == id)
    }

    /// The student's view that `stage` shows: that it is stepped through or drawn otherwise makes no difference.
    pub(crate) fn on(&self, stage: &Stage) -> Option<ViewId> {
        let OfferedView { id, view } = &self.shown.as_ref()?.view;
        let StudentView { network, view } = view;
        let is_same = *network == stage.network
            && view.picture.as_ref() == Some(&stage.picture)
            && view.focus == stage.focus
            && view.edit == stage.edit;
        is_same.then_some(*id)
    }

    /// What `audience` sees of it while the stage shows `stage` (R163).
    pub(crate) fn seen_by(&self, audience: Audience, stage: &Stage) -> Views {
        let room = Views {
            called: self.called,
            on_stage: self.on(stage),
            ..Views::default()
        };
        match audience {
            Audience::Room => room,
            Audience::Staff => Views {
                can_return: self.shown.is_some(),
                offered: self.offered.clone(),
                ..room
            },
        }
    }
}
