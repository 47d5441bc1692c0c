//! Asking: a question meets the numbers of the network it is about. What can be asked, and what is right, is decided by the questions
//! crate; what becomes of the question by the class.

use std::sync::Arc;

use convocation_classroom::{asked::Asking, question::Resolved, rejection::Rejection};
use convocation_inference::{Activations, Library};
use convocation_questions::{Values, View, resolve};

use crate::{computing::Computing, refusal::Refusal, subject::Subject};

/// The numbers of a subject for a picture.
struct Numbers {
    subject: Subject,
    activations: Arc<Activations>,
}

impl Values for Numbers {
    fn layer(&self, id: &str) -> Option<&[f32]> {
        self.activations.layer(id)
    }

    fn weights(&self, id: &str) -> Option<Vec<f32>> {
        let bytes = self.subject.weights(id)?;
        let floats = bytes.chunks_exact(size_of::<f32>()).map(|bytes| {
            f32::from_le_bytes(bytes.try_into().expect("chunks have the size of a float"))
        });
        Some(floats.collect())
    }
}

/// What can be answered, and what is right.
///
/// # Errors
/// There is no such network or picture, the edit does not fit, the engine is busy, or [`Refusal::BadQuestion`] with the reason of the
/// questions crate.
pub(crate) async fn answers(
    asking: &Asking,
    library: &Library,
    computing: &Computing,
) -> Result<Resolved, Refusal> {
    let network = library
        .by_id(asking.network.as_str())
        .ok_or(Refusal::NoSuchNetwork)?;
    let subject = Subject::new(Arc::clone(network), asking.edit.clone())?;
    let activations = computing.activations(&subject, &asking.picture).await?;
    let network = Arc::clone(network);
    let asking = asking.clone();
    // The weights of a large dense layer take a while to be read.
    let resolving = tokio::task::spawn_blocking(move || {
        let view = View {
            network: network.description(),
            focus: &asking.focus,
            step: asking.step,
        };
        let numbers = Numbers {
            subject,
            activations,
        };
        resolve(&asking.question, &view, &numbers)
    });
    let resolved = resolving.await.map_err(|_| Refusal::Internal)?;
    resolved.map_err(Refusal::BadQuestion)
}

/// The reason in words of a class.
#[must_use]
pub fn rejection(refusal: &Refusal) -> Rejection {
    match refusal {
        Refusal::BadQuestion(rejection) => *rejection,
        Refusal::NoSuchPicture => Rejection::UnknownPicture,
        Refusal::Busy | Refusal::Restarting => Rejection::Busy,
        _ => Rejection::NotAskable,
    }
}
