//! Lines: the way back for connections over server-sent events, which carry nothing up. Each has a secret name; what is posted under it
//! reaches the connection's session in order. A line is there as long as its session.

use std::sync::Arc;

use convocation_classroom::ids::SecretHash;
use dashmap::DashMap;
use tokio::sync::mpsc;

use super::inbox::{Inbox, Incoming};
use crate::{
    refusal::Refusal,
    secret::{self, Secret},
};

/// Messages that may wait for their session: two bursts of commands.
const WAITING: usize = 80;

/// All lines.
#[derive(Clone, Default)]
pub struct Lines(Arc<DashMap<SecretHash, mpsc::Sender<Incoming>>>);

impl Lines {
    /// A new line, on which `first` has been said already. The secret is for the peer alone.
    #[must_use]
    pub fn open(&self, first: Incoming) -> (Secret, Posted) {
        let secret = Secret::random();
        let name = secret.hash();
        let (sender, rest) = mpsc::channel(WAITING);
        self.0.insert(name.clone(), sender);
        let posted = Posted {
            first: Some(first),
            rest,
            lines: self.clone(),
            name,
        };
        (secret, posted)
    }

    /// Says something on a line.
    ///
    /// # Errors
    /// [`Refusal::NoSuchLine`] where its connection is over, [`Refusal::TooManyRequests`] when it does not keep up.
    pub fn post(&self, presented: &str, incoming: Incoming) -> Result<(), Refusal> {
        let sender = self
            .0
            .get(&secret::hash(presented))
            .ok_or(Refusal::NoSuchLine)?;
        sender.try_send(incoming).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Refusal::TooManyRequests,
            mpsc::error::TrySendError::Closed(_) => Refusal::NoSuchLine,
        })
    }
}

/// The session's end of a line.
pub struct Posted {
    first: Option<Incoming>,
    rest: mpsc::Receiver<Incoming>,
    lines: Lines,
    name: SecretHash,
}

impl Inbox for Posted {
    async fn next(&mut self) -> Incoming {
        match self.first.take() {
            Some(first) => first,
            None => self.rest.recv().await.unwrap_or(Incoming::Gone),
        }
    }

    async fn closed(&mut self) {
        // The peer reads until the stream ends; there is nothing to close on its side.
    }
}

impl Drop for Posted {
    fn drop(&mut self) {
        self.lines.0.remove(&self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_posted_arrives_in_order_until_the_session_is_over() {
        let lines = Lines::default();
        let (secret, mut posted) = lines.open(Incoming::Pong);
        let name = secret.reveal();
        lines.post(&name, Incoming::Bad).unwrap();
        lines.post(&name, Incoming::TooLarge).unwrap();
        for expected in [Incoming::Pong, Incoming::Bad, Incoming::TooLarge] {
            assert_eq!(posted.next().await, expected);
        }
        drop(posted);
        assert_eq!(lines.post(&name, Incoming::Bad), Err(Refusal::NoSuchLine));
        assert!(lines.0.is_empty());
    }

    #[tokio::test]
    async fn a_line_that_is_not_read_is_bounded() {
        let lines = Lines::default();
        let (secret, _posted) = lines.open(Incoming::Pong);
        let name = secret.reveal();
        for _ in 0..WAITING {
            lines.post(&name, Incoming::Pong).unwrap();
        }
        assert_eq!(
            lines.post(&name, Incoming::Pong),
            Err(Refusal::TooManyRequests)
        );
    }

    #[tokio::test]
    async fn nobody_speaks_on_a_line_whose_name_they_do_not_know() {
        let lines = Lines::default();
        let _open = lines.open(Incoming::Pong);
        for guess in ["", "0", &"0".repeat(32)] {
            assert_eq!(lines.post(guess, Incoming::Pong), Err(Refusal::NoSuchLine));
        }
    }
}
