//! Questions about a network: which can be asked about a view, what can be answered, and what is right, all from real numbers. No
//! sockets, files or inference: whoever asks brings the activations. What becomes of a question is the rules' matter.

mod filling;
mod kernel;
mod mistakes;
mod numbers;
mod shuffle;
mod sizes;
mod spots;
mod values;
mod view;
mod window;

use convocation_classroom::{
    asked::Asked,
    question::{Resolved, Task},
    rejection::Rejection,
};

pub use view::{Values, View, askable};

/// What can be answered, with its key.
struct Answers {
    task: Task,
    /// Ascending; none where no answer is right or wrong.
    key: Vec<u32>,
}

/// Resolves a question against a view.
///
/// # Errors
/// [`Rejection::NotAskable`] where the view has no such question, its answer says nothing (a window of equal values), or nobody computes
/// it by hand; [`Rejection::BadText`] and [`Rejection::BadQuestion`] as [`Asked::checked`].
pub fn resolve(asked: &Asked, view: &View, values: &impl Values) -> Result<Resolved, Rejection> {
    let asked = asked.checked()?;
    let answers = match &asked {
        Asked::Value(_) => values::value(view, values),
        Asked::Sign(_) => values::sign(view, values),
        Asked::Winner(_) => values::winner(view, values),
        Asked::TopClass(_) => spots::top_class(view, values),
        Asked::OutputSize(_) => sizes::output_size(view),
        Asked::Fill(fill) => {
            return filling::resolve(fill, view, values).ok_or(Rejection::NotAskable);
        }
        Asked::Tile(tile) => spots::tile(view, values, tile.layer.as_ref()),
        Asked::Pixel(_) => spots::pixel(view, values),
        Asked::Choice(choice) => Some(Answers {
            task: Task::Choice {
                options: choice.options.clone(),
            },
            key: choice.right.into_iter().collect(),
        }),
        Asked::Scale(scale) => Some(Answers {
            task: Task::Scale {
                low: scale.low.clone(),
                high: scale.high.clone(),
                steps: scale.steps,
            },
            key: Vec::new(),
        }),
    };
    let Answers { task, key } = answers.ok_or(Rejection::NotAskable)?;
    Ok(Resolved {
        task,
        text: asked.text().map(str::to_owned),
        key,
        truth: Vec::new(),
        why: asked.why().map(str::to_owned),
        step: view.steps().map(|_| view.step),
    })
}
