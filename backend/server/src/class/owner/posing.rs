//! Posing: a question of the driver gets its options and key from the network on the stage, and then goes to the rules. One at a time;
//! the class goes on meanwhile.

use convocation_classroom::{
    asked::{Asked, Asking},
    entry::Event,
    ids::SeatId,
    question::Resolved,
    rejection::Rejection,
    stage::Stage,
};
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::{Owner, Then};
use crate::{
    asking::{answers, rejection},
    class::handle::Answer,
};

/// A question on its way.
pub(super) struct Posing {
    seat: SeatId,
    reply: oneshot::Sender<Answer>,
    /// The stage it is about.
    stage: Stage,
    resolving: BoxFuture<'static, Result<Resolved, Rejection>>,
}

impl Owner {
    /// Takes a question. What the rules would refuse anyway is refused at once, and nothing is computed for it.
    pub(super) fn pose(&mut self, seat: SeatId, asked: Asked, reply: oneshot::Sender<Answer>) {
        let class = self.class.ahead();
        let is_busy = self.posing.is_some().then_some(Rejection::Busy);
        if let Some(rejection) = class.may_pose(seat).err().or(is_busy) {
            return Then::Answer(reply).refuse(rejection);
        }
        let stage = class.stage().clone();
        let steps = class.outline_on_stage().steps(&stage.focus).unwrap_or(1);
        let asking = Asking {
            network: stage.network.clone(),
            picture: stage.picture.clone(),
            focus: stage.focus.clone(),
            step: stage.playback.step_at(self.clock.now(), steps),
            edit: stage.edit.clone(),
            question: asked,
        };
        let (library, computing) = (
            self.surroundings.library.clone(),
            self.surroundings.computing.clone(),
        );
        let resolving = async move {
            let answers = answers(&asking, &library, &computing).await;
            answers.map_err(|refusal| rejection(&refusal))
        };
        self.posing = Some(Posing {
            seat,
            reply,
            stage,
            resolving: Box::pin(resolving),
        });
    }

    /// The network has said what can be answered.
    pub(super) fn posed(&mut self, resolved: Result<Resolved, Rejection>) {
        let Some(Posing {
            seat, reply, stage, ..
        }) = self.posing.take()
        else {
            return;
        };
        let then = Then::Answer(reply);
        match resolved {
            Err(rejection) => then.refuse(rejection),
            // The driver has moved on: the question would be about what nobody sees.
            Ok(_) if *self.class.ahead().stage() != stage => then.refuse(Rejection::Busy),
            Ok(question) => self.hand_in(Event::Pose { seat, question }, None, then),
        }
    }
}

/// Waits for the question on its way; never comes when there is none.
pub(super) async fn resolved(posing: &mut Option<Posing>) -> Result<Resolved, Rejection> {
    match posing {
        Some(posing) => (&mut posing.resolving).await,
        None => std::future::pending().await,
    }
}
