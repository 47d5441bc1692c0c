//! Questions: the commands of one connection that wait for their answer, in the order in which they were asked.

use std::collections::VecDeque;

use convocation_classroom::{rejection::Rejection, wire::ServerMessage};
use tokio::sync::oneshot;

use crate::class::handle::Answer;

/// Commands that may wait at a time; a connection that has asked so much is read no further.
const MOST: usize = 64;

/// Commands that wait.
#[derive(Default)]
pub struct Questions {
    waiting: VecDeque<Question>,
}

struct Question {
    id: u32,
    answer: Pending,
}

enum Pending {
    /// The class will answer.
    Asked(oneshot::Receiver<Answer>),
    /// The class could not even be asked.
    Refused(Rejection),
}

impl Questions {
    /// Notes a command that was asked, or could not be.
    pub fn ask(&mut self, id: u32, asked: Result<oneshot::Receiver<Answer>, Rejection>) {
        let answer = asked.map_or_else(Pending::Refused, Pending::Asked);
        self.waiting.push_back(Question { id, answer });
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether no more may be asked for now.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.waiting.len() >= MOST
    }

    /// The answer to the oldest question; never comes when nothing was asked. Nothing is lost when the future is dropped.
    pub async fn answer(&mut self) -> ServerMessage {
        let Some(oldest) = self.waiting.front_mut() else {
            return std::future::pending().await;
        };
        let answer = match &mut oldest.answer {
            // The class went away before it answered: whether the command counts will be seen after coming back.
            Pending::Asked(answer) => answer.await.unwrap_or(Err(Rejection::Busy)),
            Pending::Refused(rejection) => Err(*rejection),
        };
        let id = oldest.id;
        self.waiting.pop_front();
        match answer {
            Ok(()) => ServerMessage::Done { id },
            Err(reason) => ServerMessage::Rejected {
                id,
                reason,
                message: reason.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn answers_come_in_the_order_of_the_questions() {
        let mut questions = Questions::default();
        let (first, answer) = oneshot::channel();
        questions.ask(1, Ok(answer));
        questions.ask(2, Err(Rejection::Busy));
        let (third, answer) = oneshot::channel();
        questions.ask(3, Ok(answer));
        drop(third);
        first.send(Ok(())).unwrap();
        assert_eq!(questions.answer().await, ServerMessage::Done { id: 1 });
        for expected in [2, 3] {
            let answer = questions.answer().await;
            assert!(
                matches!(answer, ServerMessage::Rejected { id, reason: Rejection::Busy, .. } if id == expected)
            );
        }
        assert!(questions.is_empty());
    }
}
