//! The handle of a class: what the edge holds to talk to the task that owns it. Cheap to clone, never locks, never waits for long.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use convocation_classroom::{
    command::Command,
    ids::{LayerId, SeatId, SecretHash},
    pointer::Gesture,
    rejection::Rejection,
    seat::{Mode, Role, Seat},
    wire::Farewell,
};
use convocation_storage::ClassKey;
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::timeout,
};

use super::{
    board::{Frame, Reader},
    clock::ClassClock,
    front::Front,
    owner::Estate,
};
use crate::{origin::Neighbourhood, secret::Secret};

/// Who someone says they are.
#[derive(Clone, Debug)]
pub enum Claim {
    /// A newcomer, as student or projector.
    Newcomer(Role),
    /// Someone with a seat.
    Token(SecretHash),
    /// The host, by the secret of the host's link.
    Host(SecretHash),
    /// An assistant to be, by the secret of the assistants' link.
    Assistant(SecretHash),
}

/// Why a command changed nothing; nothing when it did and is in the journal.
pub type Answer = Result<(), Rejection>;

/// What the owner of a class is asked.
pub enum Call {
    /// Someone comes in.
    Enter {
        claim: Claim,
        /// Whether the screen follows, as the client has it.
        mode: Option<Mode>,
        reply: oneshot::Sender<Result<Admission, Farewell>>,
    },
    /// Someone wishes something.
    Command {
        seat: SeatId,
        command: Command,
        reply: oneshot::Sender<Answer>,
    },
    /// Where an exploring student is.
    Whereabouts {
        seat: SeatId,
        layer: Option<LayerId>,
    },
    /// Someone points at something.
    Point { seat: SeatId, gesture: Gesture },
    /// The host keeps the recording, or not any more.
    Keep {
        kept: bool,
        reply: oneshot::Sender<Answer>,
    },
    /// The host wants everything to be gone. The reply says whether it is.
    Delete { reply: oneshot::Sender<bool> },
    /// The server goes down: everyone is told, the journal is complete before the reply.
    Drain { reply: oneshot::Sender<()> },
}

/// What someone who was let in holds.
pub struct Admission {
    /// The seat.
    pub seat: Seat,
    /// For a newcomer: what to come back with.
    pub token: Option<Secret>,
    /// The clock of the class.
    pub clock: ClassClock,
    /// What everyone of the same audience sees.
    pub board: Reader,
    /// What only this seat sees.
    pub own: watch::Receiver<OwnSeat>,
    /// The way to ask for something; leaving the class is dropping it.
    pub link: Link,
}

/// What only the connections of one seat see.
#[derive(Clone, Debug)]
pub struct OwnSeat {
    /// The seat itself.
    pub frame: Frame,
    /// Why it has to go, once that is so.
    pub farewell: Option<Farewell>,
}

/// One connection of a seat to its class.
pub struct Link {
    seat: SeatId,
    calls: mpsc::Sender<Call>,
    /// Unbounded, because a departure must not get lost; there are at most as many as connections.
    departures: mpsc::UnboundedSender<SeatId>,
}

impl Link {
    /// One more connection of `seat`.
    #[must_use]
    pub fn new(
        seat: SeatId,
        calls: mpsc::Sender<Call>,
        departures: mpsc::UnboundedSender<SeatId>,
    ) -> Self {
        Self {
            seat,
            calls,
            departures,
        }
    }

    /// Asks for something. The answer comes when it is in the journal.
    ///
    /// # Errors
    /// [`Rejection::Busy`] when the class has too much to do, [`Rejection::Ended`] when it is over.
    pub fn ask(&self, command: Command) -> Result<oneshot::Receiver<Answer>, Rejection> {
        let (reply, answer) = oneshot::channel();
        let call = Call::Command {
            seat: self.seat,
            command,
            reply,
        };
        self.calls.try_send(call).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Rejection::Busy,
            mpsc::error::TrySendError::Closed(_) => Rejection::Ended,
        })?;
        Ok(answer)
    }

    /// Says where an exploring student is. Lost when the class has too much to do: the next one says it again.
    pub fn whereabouts(&self, layer: Option<LayerId>) {
        let _ = self.calls.try_send(Call::Whereabouts {
            seat: self.seat,
            layer,
        });
    }

    /// Points at something. Lost when the class has too much to do: the next one replaces it.
    pub fn point(&self, gesture: Gesture) {
        let _ = self.calls.try_send(Call::Point {
            seat: self.seat,
            gesture,
        });
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // Nobody listens when the class is over, and nobody needs to.
        let _ = self.departures.send(self.seat);
    }
}

/// The longest that entering a class may take: a journal on a slow disk under a rush of a thousand newcomers.
const ENTER_TIMEOUT: Duration = Duration::from_secs(5);

/// Neighbourhoods remembered per class: schools, homes and mobile networks of a class.
const NEIGHBOURHOODS: usize = 256;

/// A running class.
#[derive(Clone)]
pub struct ClassHandle {
    pub(super) calls: mpsc::Sender<Call>,
    pub(super) front: watch::Receiver<Front>,
    neighbourhoods: Arc<Mutex<HashSet<Neighbourhood>>>,
    /// Its name in the journal.
    pub(super) key: ClassKey,
    /// Hash of the host's secret.
    pub(super) host: SecretHash,
}

impl ClassHandle {
    pub(super) fn new(
        calls: mpsc::Sender<Call>,
        front: watch::Receiver<Front>,
        estate: &Estate,
    ) -> Self {
        Self {
            calls,
            front,
            key: estate.key,
            host: estate.class.host_secret().clone(),
            neighbourhoods: Arc::default(),
        }
    }

    /// Lets someone in.
    ///
    /// # Errors
    /// Why not.
    pub async fn enter(&self, claim: Claim, mode: Option<Mode>) -> Result<Admission, Farewell> {
        let (reply, admission) = oneshot::channel();
        let entering = async {
            self.calls
                .send(Call::Enter { claim, mode, reply })
                .await
                .map_err(|_| Farewell::Ended)?;
            admission.await.map_err(|_| Farewell::Restarting)?
        };
        timeout(ENTER_TIMEOUT, entering)
            .await
            .unwrap_or(Err(Farewell::Restarting))
    }

    /// Lets the host keep the recording, or not any more.
    ///
    /// # Errors
    /// [`Rejection::Busy`] also when the class ended meanwhile: then the archive has it.
    pub async fn keep(&self, kept: bool) -> Answer {
        let (reply, answer) = oneshot::channel();
        let call = Call::Keep { kept, reply };
        self.calls.send(call).await.map_err(|_| Rejection::Busy)?;
        answer.await.unwrap_or(Err(Rejection::Busy))
    }

    /// Tells everyone, and deletes everything. Returns whether it is gone.
    pub async fn delete(&self) -> bool {
        let (reply, deleted) = oneshot::channel();
        self.calls.send(Call::Delete { reply }).await.is_ok() && deleted.await.unwrap_or(false)
    }

    /// Tells everyone that the server restarts, and waits until the journal is complete.
    pub async fn drain(&self) {
        let (reply, drained) = oneshot::channel();
        if self.calls.send(Call::Drain { reply }).await.is_ok() {
            let _ = drained.await;
        }
    }

    /// What is known of it without a seat.
    #[must_use]
    pub fn front(&self) -> Front {
        self.front.borrow().clone()
    }

    /// Whether someone of this class is, or was, in a neighbourhood.
    #[must_use]
    pub fn is_at_home(&self, neighbourhood: Neighbourhood) -> bool {
        self.neighbourhoods().contains(&neighbourhood)
    }

    /// Remembers that someone of this class is in a neighbourhood.
    pub fn remember(&self, neighbourhood: Neighbourhood) {
        let mut neighbourhoods = self.neighbourhoods();
        if neighbourhoods.len() < NEIGHBOURHOODS {
            neighbourhoods.insert(neighbourhood);
        }
    }

    fn neighbourhoods(&self) -> std::sync::MutexGuard<'_, HashSet<Neighbourhood>> {
        self.neighbourhoods
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
