//! The owner of a class: the one task that may change it. Takes calls one after the other, lets the rules decide, keeps the journal and
//! shows what changed. Knows no sockets.

mod asking;
mod counting;
mod entering;
mod leaving;
mod pacing;
mod pointing;
mod posing;
mod providing;
mod rosters;
mod showing;

use std::{sync::Arc, time::Duration};

use convocation_classroom::{
    class::{Class, HOST},
    command::Command,
    entry::{Entry, Event},
    ids::{SeatId, Version},
    pointer::Pointing,
    presence::Presence,
    rejection::Rejection,
    topics::Audience,
    wire::Farewell,
};
use convocation_inference::Library;
use convocation_storage::{ClassKey, Journal, StoredPicture, UnixMs};
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};

use self::{
    asking::Asking,
    entering::Newcomer,
    pacing::{Pacer, Pacers},
    pointing::POINTER_EVERY,
    posing::Posing,
    showing::first_board,
};
use super::{
    archive::Past,
    board::Boards,
    clock::ClassClock,
    front::Front,
    handle::{Answer, Call},
    journaling::{Journaled, Settled},
    seats::Seats,
};
use crate::{computing::Computing, lessons::Lessons, meters::Counted, pictures::Pictures};

/// How often the owner looks whether the class is idle, and notes that it is not.
const LOOK_AROUND_EVERY: Duration = Duration::from_secs(60);

/// What all owners share.
#[derive(Clone)]
pub struct Surroundings {
    /// Where entries are kept.
    pub journal: Arc<dyn Journal>,
    /// Networks that may be chosen.
    pub library: Arc<Library>,
    /// Lessons that may be begun.
    pub lessons: Lessons,
    /// Pictures that may be chosen.
    pub pictures: Pictures,
    /// What questions are answered with.
    pub computing: Computing,
    /// Open sockets that one class may have.
    pub max_connections: usize,
    /// What the machine's clock shows.
    pub wall_clock: fn() -> UnixMs,
    /// How long a class stays without connections, and its recording after its end.
    pub retention: Duration,
}

impl Surroundings {
    /// Whether it is too long since `then` for anything that nobody wants to keep.
    #[must_use]
    pub fn is_past(&self, then: UnixMs) -> bool {
        let now = (self.wall_clock)();
        Duration::from_millis(now.0.saturating_sub(then.0)) > self.retention
    }
}

/// A class as it is handed to its owner.
pub struct Estate {
    /// Its name in the journal.
    pub key: ClassKey,
    pub class: Class,
    pub clock: ClassClock,
    /// When someone was last connected.
    pub last_seen: UnixMs,
}

/// Where an owner is reached.
pub struct Desk {
    pub calls: mpsc::Receiver<Call>,
    pub departures: mpsc::UnboundedReceiver<SeatId>,
    /// Handed to those who enter.
    pub calls_sender: mpsc::WeakSender<Call>,
    pub departures_sender: mpsc::UnboundedSender<SeatId>,
    pub front: watch::Sender<Front>,
}

/// Why an owner stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The class is over; its recording stays for a while.
    Ended(Past),
    /// The host had everything deleted, or nobody came any more: nothing is left.
    Deleted,
    /// The server goes down: the class comes back.
    Drained,
}

/// What has to happen when an entry is kept, or not.
enum Then {
    Answer(oneshot::Sender<Answer>),
    Admit(Newcomer),
    Nothing,
}

/// One class and everything that belongs to it.
pub struct Owner {
    key: ClassKey,
    surroundings: Surroundings,
    desk: Desk,
    class: Journaled<Then>,
    clock: ClassClock,
    presence: Presence,
    boards: Boards,
    seats: Seats,
    rosters: Pacers,
    asking: Asking,
    pointing: Pointing,
    pointer_pacer: Pacer,
    /// Of the newest pointer that was shown.
    pointer_version: Version,
    counts: Pacers,
    posing: Option<Posing>,
    counted: Counted,
    last_seen: UnixMs,
    /// What the journal has of it.
    last_seen_noted: UnixMs,
    drained: Vec<oneshot::Sender<()>>,
    /// Who wants everything to be gone.
    deleting: Vec<oneshot::Sender<bool>>,
}

impl Owner {
    /// Takes a class over.
    #[must_use]
    pub fn new(estate: Estate, desk: Desk, surroundings: Surroundings) -> Self {
        let presence = Presence::default();
        let board = |audience| first_board(&estate, &presence, audience);
        let (staff, room) = (board(Audience::Staff), board(Audience::Room));
        let pointer_version = staff.pointer.version.max(room.pointer.version);
        let boards = Boards::new(staff, room);
        let counted = Counted::seats(estate.class.seats().len());
        Self {
            key: estate.key,
            class: Journaled::new(estate.key, Arc::clone(&surroundings.journal), estate.class),
            surroundings,
            desk,
            clock: estate.clock,
            presence,
            boards,
            seats: Seats::default(),
            rosters: rosters::pacers(),
            asking: Asking::default(),
            pointing: Pointing::default(),
            pointer_pacer: Pacer::new(POINTER_EVERY),
            pointer_version,
            counts: counting::pacers(),
            posing: None,
            counted,
            last_seen: estate.last_seen,
            last_seen_noted: estate.last_seen,
            drained: Vec::new(),
            deleting: Vec::new(),
        }
    }

    /// Runs until the class is over or the server goes down.
    ///
    /// What is rare comes before what may come without end: however many calls there are, rosters and pointer are shown and the clock is looked at.
    pub async fn run(mut self) -> Finish {
        let mut look_around = interval(LOOK_AROUND_EVERY);
        look_around.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let roster_due = self.rosters.due();
            let asks_due = self.asking.due();
            let pointer_due = self.pointer_pacer.due();
            let count_due = self.counts.due();
            tokio::select! {
                biased;
                settled = self.class.settled(), if !self.class.is_settled() => self.settle(settled),
                () = sleep_until(roster_due.unwrap_or_else(Instant::now)), if roster_due.is_some() => self.show_rosters(),
                () = sleep_until(asks_due.unwrap_or_else(Instant::now)), if asks_due.is_some() => self.show_asking(),
                () = sleep_until(pointer_due.unwrap_or_else(Instant::now)), if pointer_due.is_some() => self.show_pointer(),
                () = sleep_until(count_due.unwrap_or_else(Instant::now)), if count_due.is_some() => self.show_counts(),
                resolved = posing::resolved(&mut self.posing) => self.posed(resolved),
                _ = look_around.tick() => self.look_around(),
                Some(seat) = self.desk.departures.recv() => self.depart(seat),
                Some(call) = self.desk.calls.recv(), if self.class.has_room() && self.drained.is_empty() => self.take(call),
            }
            if !self.deleting.is_empty() {
                return self.delete(Farewell::Deleted).await;
            }
            if self.class.kept().room().ended {
                return self.end();
            }
            if self.is_forgotten() {
                if !self.class.ahead().is_kept() {
                    return self.delete(Farewell::Ended).await;
                }
                self.end_by_itself();
            }
            if !self.drained.is_empty() && self.class.is_settled() {
                return self.drain().await;
            }
        }
    }

    fn take(&mut self, call: Call) {
        match call {
            Call::Enter { claim, mode, reply } => self.enter(claim, mode, reply),
            Call::Command {
                seat,
                command,
                reply,
            } => match command {
                Command::OpenQuestion { question } => self.pose(seat, question, reply),
                command => self.command(seat, command, reply),
            },
            Call::Whereabouts { seat, layer } => {
                if self
                    .presence
                    .whereabouts(self.class.kept(), seat, layer.as_ref())
                {
                    self.rosters.touch();
                }
            }
            Call::Point { seat, gesture } => self.point(seat, &gesture),
            Call::Keep { kept, reply } => {
                self.hand_in(Event::Keep { kept }, None, Then::Answer(reply));
            }
            Call::Delete { reply } => self.deleting.push(reply),
            Call::Drain { reply } => self.drained.push(reply),
        }
    }

    fn command(&mut self, seat: SeatId, command: Command, reply: oneshot::Sender<Answer>) {
        let then = Then::Answer(reply);
        match self.provide(seat, command) {
            Ok((event, picture)) => self.hand_in(event, picture, then),
            Err(rejection) => then.refuse(rejection),
        }
    }

    fn hand_in(&mut self, event: Event, picture: Option<StoredPicture>, then: Then) {
        let entry = Entry {
            at: self.clock.now(),
            event,
        };
        if let Err((rejection, then)) = self.class.hand_in(entry, picture, then) {
            then.refuse(rejection);
        }
    }

    /// An entry is kept, or is not. Everyone sees what changed before whoever asked is told that it did.
    fn settle(&mut self, settled: Settled<Then>) {
        let Settled { outcome, then } = settled;
        let changes = match outcome {
            Ok(changes) => changes,
            Err(rejection) => return then.refuse(rejection),
        };
        let asked = match then {
            Then::Answer(reply) => Some(reply),
            Then::Admit(newcomer) => {
                self.admit(changes.admitted.unwrap_or(HOST), newcomer);
                None
            }
            Then::Nothing => None,
        };
        self.show(&changes);
        self.settle_pointer();
        if let Some(reply) = asked {
            // Whoever asked may be gone by now.
            let _ = reply.send(Ok(()));
        }
    }
}

impl Then {
    fn refuse(self, rejection: Rejection) {
        match self {
            Self::Answer(reply) => {
                metrics::counter!("convocation_rejections_total", "reason" => reason(rejection))
                    .increment(1);
                let _ = reply.send(Err(rejection));
            }
            Self::Admit(newcomer) => newcomer.refuse(rejection),
            Self::Nothing => {}
        }
    }
}

/// The reason as a label of a metric.
fn reason(rejection: Rejection) -> String {
    let name = serde_json::to_value(rejection).ok();
    name.and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}
