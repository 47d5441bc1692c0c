//! Rules about the question before the class. That the caller drives has been checked, of an answer that it is a student's.

use super::{Caller, Outcome, filling, stage};
use crate::{
    changes::Changes,
    class::Class,
    ids::{QuestionId, SeatId},
    question::{Answer, Phase, Posed, Resolved},
    rejection::Rejection,
};

/// R70, R72, R73: the network on the stage has said what can be answered, and the question comes before the class.
pub(crate) fn pose(class: &mut Class, caller: Caller, resolved: &Resolved) -> Outcome {
    caller.moves(class)?;
    if !resolved.is_sound() {
        return Err(Rejection::BadQuestion);
    }
    let stage = match resolved.step {
        Some(step) => stage::stand(class, step)?.stage,
        None => false,
    };
    class.asked = class.asked.saturating_add(1);
    class.question = Some(Posed {
        id: QuestionId(class.asked),
        resolved: resolved.clone(),
        phase: Phase::Open,
        round: 1,
    });
    let seats = filling::deal(class);
    Ok(Changes {
        stage,
        seats,
        ..news()
    })
}

/// R74.
pub(crate) fn close(class: &mut Class) -> Outcome {
    let question = class.question.as_mut().ok_or(Rejection::NoQuestion)?;
    if question.phase != Phase::Open {
        return Ok(Changes::default());
    }
    question.phase = Phase::Closed;
    Ok(news())
}

/// R75.
pub(crate) fn vote_again(class: &mut Class) -> Outcome {
    let question = class.question.as_mut().ok_or(Rejection::NoQuestion)?;
    match question.phase {
        Phase::Open => Err(Rejection::QuestionOpen),
        Phase::Closed if question.may_vote_again() => {
            question.round += 1;
            question.phase = Phase::Open;
            Ok(news())
        }
        Phase::Closed | Phase::Revealed => Err(Rejection::NoVote),
    }
}

/// R76.
pub(crate) fn reveal(class: &mut Class) -> Outcome {
    let question = class.question.as_mut().ok_or(Rejection::NoQuestion)?;
    match question.phase {
        Phase::Open => Err(Rejection::QuestionOpen),
        Phase::Revealed => Ok(Changes::default()),
        Phase::Closed => {
            question.phase = Phase::Revealed;
            Ok(news())
        }
    }
}

/// R77.
pub(crate) fn dismiss(class: &mut Class) -> Changes {
    match class.question.take() {
        Some(_) => news(),
        None => Changes::default(),
    }
}

/// R79.
pub(crate) fn answer(class: &mut Class, student: SeatId, answer: Answer) -> Outcome {
    let open = class.question.as_ref().filter(|question| {
        question.phase == Phase::Open
            && question.id == answer.question
            && question.round == answer.round
    });
    let question = open.ok_or(Rejection::NoQuestion)?;
    if answer.choice >= question.resolved.task.answers() {
        return Err(Rejection::UnknownAnswer);
    }
    let seat = class
        .seats
        .get_mut(&student)
        .ok_or(Rejection::UnknownSeat)?;
    if seat.answers.contains(&answer) {
        return Ok(Changes::default());
    }
    // What was answered to earlier questions is nobody's matter any more.
    seat.answers
        .retain(|earlier| earlier.question == answer.question && earlier.round != answer.round);
    seat.answers.push(answer);
    Ok(Changes {
        answered: true,
        seats: vec![student],
        ..Changes::default()
    })
}

fn news() -> Changes {
    Changes {
        question: true,
        ..Changes::default()
    }
}
