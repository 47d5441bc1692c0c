//! A class: its whole state, and the one way to change it. Not connections (see `presence`), not time, not storage.
//! The rules are in `rules`, one function per command; their numbers refer to `SPEC.md`.

use std::collections::BTreeMap;

use crate::{
    asks::{AskList, Asks, OwnAsks, Spot},
    changes::Changes,
    entry::{Entry, Event, Opening},
    ids::{ClassCode, ClassTime, NetworkId, SeatId, SecretHash, Version},
    lesson::Teaching,
    lost::{Lost, Timeline},
    outline::Outline,
    pace::{Pace, Roaming},
    question::{Phase, Posed, Question},
    rejection::Rejection,
    rules,
    seat::{Mode, Role, Seat},
    stage::{ColourScale, Focus, Playback, Stage},
    topics::{Audience, Room, Versions},
    versions::TopicVersions,
    views::{StudentView, ViewId, ViewList, Views},
};

/// Most seats of one class that exist at the same time. Twice the largest lecture we promise; with the longest
/// names the roster of that many is 0.5 MB, and only staff receive it.
pub const SEATS: usize = 2000;

/// The host's seat.
pub const HOST: SeatId = SeatId(0);

/// How far a class has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// Whoever has the code may join.
    Open,
    /// Whoever has a seat may go on, newcomers may not join.
    Locked,
    /// Nothing happens any more.
    Ended {
        /// When the host ended it.
        at: ClassTime,
    },
}

/// One class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub(crate) code: ClassCode,
    pub(crate) host: SecretHash,
    pub(crate) assistant: SecretHash,
    pub(crate) outlines: BTreeMap<NetworkId, Outline>,
    pub(crate) stage: Stage,
    pub(crate) pace: Pace,
    pub(crate) teaching: Option<Teaching>,
    pub(crate) lifecycle: Lifecycle,
    /// Whether projectors show how to join.
    pub(crate) code_shown: bool,
    /// Whether students may explore with pictures of their own.
    pub(crate) own_pictures: bool,
    /// Whether the host keeps the recording.
    pub(crate) kept: bool,
    pub(crate) driver: SeatId,
    pub(crate) seats: BTreeMap<SeatId, Seat>,
    /// Which seat a token opens, removed ones included, so that no token is used twice. The host has a secret instead.
    pub(crate) tokens: BTreeMap<SecretHash, SeatId>,
    pub(crate) next_seat: SeatId,
    /// What students ask; who asked is with the seats.
    pub(crate) asks: AskList,
    /// Where students were lost.
    pub(crate) timeline: Timeline,
    /// Views that students offer; whose they are is with the seats.
    pub(crate) views: ViewList,
    /// The question before the class.
    pub(crate) question: Option<Posed>,
    /// Questions asked so far.
    pub(crate) asked: u32,
    sequence: u32,
    versions: TopicVersions,
}

impl Class {
    /// The class as it begins: only the host is there and drives, the stage is the overview.
    #[must_use]
    pub fn open(opening: &Opening) -> Self {
        let outline = opening.outline.clone();
        let host = Seat {
            id: HOST,
            role: Role::Host,
            name: opening.host_name.clone(),
            mode: Mode::Following,
            asks: OwnAsks::default(),
            answers: Vec::new(),
            offered: None,
            cells: Vec::new(),
        };
        Self {
            code: opening.code.clone(),
            host: opening.host.clone(),
            assistant: opening.assistant.clone(),
            stage: Stage {
                network: outline.network.clone(),
                picture: opening.picture.clone(),
                focus: Focus::Overview,
                playback: Playback::START,
                scale: ColourScale::Block,
                detail: false,
                receptive_field: false,
                edit: None,
                caption: None,
            },
            outlines: BTreeMap::from([(outline.network.clone(), outline)]),
            pace: Pace {
                roaming: Roaming::Free,
                taught: 0,
                gathered: None,
                paused: false,
            },
            teaching: None,
            lifecycle: Lifecycle::Open,
            code_shown: false,
            own_pictures: true,
            kept: false,
            driver: HOST,
            seats: BTreeMap::from([(HOST, host)]),
            tokens: BTreeMap::new(),
            next_seat: SeatId(1),
            asks: AskList::default(),
            timeline: Timeline::default(),
            views: ViewList::default(),
            question: None,
            asked: 0,
            sequence: 0,
            versions: TopicVersions::first(),
        }
    }

    /// Lets `entry` happen. Where the changes are not empty it now has the number [`Class::sequence`] and belongs
    /// into the journal.
    ///
    /// # Errors
    ///
    /// When the rules refuse it; the class is then exactly as before.
    pub fn apply(&mut self, entry: &Entry) -> Result<Changes, Rejection> {
        let is_over = matches!(self.lifecycle, Lifecycle::Ended { .. });
        if is_over && !matches!(entry.event, Event::Keep { .. }) {
            return Err(Rejection::Ended);
        }
        let (spot, view) = (self.spot(), self.views.on(&self.stage));
        let mut changes = match &entry.event {
            Event::Admit { role, name, token } => rules::seats::admit(
                self,
                &rules::seats::Newcomer {
                    role: *role,
                    name,
                    token,
                },
            ),
            Event::Equip { outline } => Ok(rules::stage::equip(self, outline)),
            Event::Pose { seat, question } => {
                let caller = self.caller(*seat, entry.at)?;
                rules::question::pose(self, caller, question)
            }
            Event::Teach { seat, lesson } => {
                self.caller(*seat, entry.at)?.moves(self)?;
                rules::lesson::load(self, lesson)
            }
            Event::Keep { kept } => Ok(rules::room::keep(self, *kept)),
            Event::Command { seat, command } => {
                let caller = self.caller(*seat, entry.at)?;
                rules::command(self, caller, command)
            }
        }?;
        if spot != self.spot() {
            rules::lost::move_on(self, &mut changes);
        }
        changes.views |= view != self.views.on(&self.stage);
        if !changes.is_empty() {
            self.number(&changes);
        }
        Ok(changes)
    }

    fn caller(&self, seat: SeatId, at: ClassTime) -> Result<rules::Caller, Rejection> {
        let Seat { id, role, .. } = *self.seats.get(&seat).ok_or(Rejection::UnknownSeat)?;
        Ok(rules::Caller { id, role, at })
    }

    /// Gives the entry its number and the topics it changed their versions.
    fn number(&mut self, changes: &Changes) {
        self.sequence = self.sequence.saturating_add(1);
        let version = Version(self.sequence.saturating_add(1));
        self.versions.number(changes, version);
    }

    /// Number of the last entry that changed the class, 0 for the opening. The next to be kept is one more.
    #[must_use]
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// The join code.
    #[must_use]
    pub fn code(&self) -> &ClassCode {
        &self.code
    }

    /// What the class looks at.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// How far students may go.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// The lesson the class is in, if it is in one.
    #[must_use]
    pub fn teaching(&self) -> Option<&Teaching> {
        self.teaching.as_ref()
    }

    /// The door and the wheel.
    #[must_use]
    pub fn room(&self) -> Room {
        Room {
            locked: self.lifecycle == Lifecycle::Locked,
            own_pictures: self.own_pictures,
            driver: self.driver,
            ended: matches!(self.lifecycle, Lifecycle::Ended { .. }),
            code_shown: self.code_shown,
        }
    }

    /// What students ask, as `audience` sees it (R115).
    #[must_use]
    pub fn asks(&self, audience: Audience) -> Asks {
        self.asks.seen_by(audience, self.seats.values())
    }

    /// Where students are and were lost, if `audience` may know it (R124).
    #[must_use]
    pub fn lost(&self, audience: Audience) -> Option<Lost> {
        match audience {
            Audience::Staff => Some(self.timeline.seen(self.seats.values())),
            Audience::Room => None,
        }
    }

    /// Views of students, as `audience` may know them (R163).
    #[must_use]
    pub fn views(&self, audience: Audience) -> Views {
        self.views.seen_by(audience, &self.stage)
    }

    /// A view on offer, whole.
    #[must_use]
    pub fn offered_view(&self, id: ViewId) -> Option<&StudentView> {
        self.views.get(id).map(|offered| &offered.view)
    }

    /// What the stage shows.
    pub(crate) fn spot(&self) -> Spot {
        Spot {
            network: self.stage.network.clone(),
            focus: self.stage.focus.clone(),
        }
    }

    /// The question before the class as `audience` may know it (R78).
    #[must_use]
    pub fn question(&self, audience: Audience) -> Option<Question> {
        let question = self.question.as_ref()?;
        Some(question.seen_by(audience, self.seats.values()))
    }

    /// Whether a question takes answers, so that the stage does not move on (R70).
    #[must_use]
    pub fn has_open_question(&self) -> bool {
        let question = self.question.as_ref();
        question.is_some_and(|question| question.phase == Phase::Open)
    }

    /// Whether a question of `seat` would be heard now (R70), whatever it is.
    ///
    /// # Errors
    /// Why not.
    pub fn may_pose(&self, seat: SeatId) -> Result<(), Rejection> {
        if matches!(self.lifecycle, Lifecycle::Ended { .. }) {
            return Err(Rejection::Ended);
        }
        self.caller(seat, ClassTime(0))?.moves(self)
    }

    /// Whether what `seat` answered counts for the question before the class.
    pub(crate) fn has_answer_of(&self, seat: SeatId) -> bool {
        let (Some(question), Some(seat)) = (&self.question, self.seats.get(&seat)) else {
            return false;
        };
        let has_chosen = seat
            .answers
            .iter()
            .any(|answer| answer.question == question.id);
        let mut cells = seat.cells.iter();
        has_chosen || cells.any(|own| own.question == question.id && own.number.is_some())
    }

    /// How far the class has come.
    #[must_use]
    pub fn lifecycle(&self) -> Lifecycle {
        self.lifecycle
    }

    /// Whether the host keeps the recording (R130).
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// All seats, in order of arrival.
    pub fn seats(&self) -> impl ExactSizeIterator<Item = &Seat> {
        self.seats.values()
    }

    /// One seat.
    #[must_use]
    pub fn seat(&self, id: SeatId) -> Option<&Seat> {
        self.seats.get(&id)
    }

    /// The seat that a token opens; `None` also when it was removed.
    #[must_use]
    pub fn seat_by_token(&self, token: &SecretHash) -> Option<&Seat> {
        self.seats.get(self.tokens.get(token)?)
    }

    /// Whether a token opened a seat once, also one that was removed.
    #[must_use]
    pub fn knows_token(&self, token: &SecretHash) -> bool {
        self.tokens.contains_key(token)
    }

    /// Hash of the host's secret.
    #[must_use]
    pub fn host_secret(&self) -> &SecretHash {
        &self.host
    }

    /// Whether this is the hash of the host's secret.
    #[must_use]
    pub fn is_host_secret(&self, secret: &SecretHash) -> bool {
        self.host == *secret
    }

    /// Whether this is the hash of the secret in the assistants' link.
    #[must_use]
    pub fn is_assistant_secret(&self, secret: &SecretHash) -> bool {
        self.assistant == *secret
    }

    /// Whether someone is called so already.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        self.seats.values().any(|seat| seat.name == name)
    }

    /// The network with this id as the class knows it.
    #[must_use]
    pub fn outline(&self, network: &NetworkId) -> Option<&Outline> {
        self.outlines.get(network)
    }

    /// The network on the stage.
    #[must_use]
    pub fn outline_on_stage(&self) -> &Outline {
        self.outlines
            .get(&self.stage.network)
            .expect("the stage only shows networks the class knows")
    }

    /// Whether the class knows this network.
    #[must_use]
    pub fn knows(&self, network: &NetworkId) -> bool {
        self.outlines.contains_key(network)
    }

    /// Versions of the topics as `seat` sees them. Those of roster and pointer are 0: they depend on connections and
    /// are counted by whoever knows those. The seat's is 0 when there is no such seat.
    #[must_use]
    pub fn versions(&self, seat: SeatId) -> Versions {
        self.versions.seen_from(seat)
    }
}
