//! Rules about the map that the class fills: who gets which cell, and what it is filled with. That the caller is a student has been checked.

use std::collections::BTreeMap;

use super::Outcome;
use crate::{
    changes::Changes,
    class::Class,
    decimal::Decimal,
    filling::{Order, OwnCell},
    ids::{QuestionId, SeatId, SecretHash},
    question::{Phase, Posed},
    rejection::Rejection,
    seat::{Role, Seat},
};

/// R141: every student gets a cell of a new question, where it has some, and gives back those of the one before. Returns whose are others
/// now.
pub(crate) fn deal(class: &mut Class) -> Vec<SeatId> {
    let Some(question) = &class.question else {
        return Vec::new();
    };
    // Nobody has one yet: who comes first is counted as if the cells had been dealt one after the other.
    let mut entries = question.entries(std::iter::empty());
    let orders: BTreeMap<SeatId, Order> = class
        .tokens
        .iter()
        .map(|(token, seat)| (*seat, Order::new(token, question.id)))
        .collect();
    let mut dealt = Vec::new();
    for seat in class.seats.values_mut() {
        let had = !seat.cells.is_empty();
        seat.cells.clear();
        if seat.role == Role::Student
            && let Some(order) = orders.get(&seat.id)
            && let Some(cell) = entries.most_open(&[], *order)
        {
            entries.hold(cell);
            seat.cells.push(empty(question.id, cell));
        }
        if had || !seat.cells.is_empty() {
            dealt.push(seat.id);
        }
    }
    dealt
}

/// R141: the cells of someone who comes, with this token, while the class fills a map.
pub(crate) fn first(class: &Class, role: Role, token: &SecretHash) -> Vec<OwnCell> {
    let open = class.question.as_ref().filter(|question| is_open(question));
    let Some(question) = open.filter(|_| role == Role::Student) else {
        return Vec::new();
    };
    let entries = question.entries(class.seats.values());
    let cell = entries.most_open(&[], Order::new(token, question.id));
    let cells = cell.map(|cell| empty(question.id, cell));
    cells.into_iter().collect()
}

/// R142.
pub(crate) fn take(class: &mut Class, student: SeatId, question: QuestionId) -> Outcome {
    let entries = open(class, question)?.entries(class.seats.values());
    let mut tokens = class.tokens.iter();
    let (token, _) = tokens
        .find(|(_, seat)| **seat == student)
        .ok_or(Rejection::UnknownSeat)?;
    let order = Order::new(token, question);
    let seat = own(class, student)?;
    if seat.cells.iter().any(|own| own.number.is_none()) {
        return Ok(Changes::default());
    }
    let cell = entries
        .most_open(&seat.cells, order)
        .ok_or(Rejection::NoCell)?;
    seat.cells.push(empty(question, cell));
    Ok(Changes {
        seats: vec![student],
        ..Changes::default()
    })
}

/// What a student has computed.
pub(crate) struct Computed {
    pub question: QuestionId,
    pub cell: u32,
    pub number: Decimal,
}

/// R143.
pub(crate) fn fill(class: &mut Class, student: SeatId, computed: &Computed) -> Outcome {
    open(class, computed.question)?;
    let seat = own(class, student)?;
    let mut cells = seat.cells.iter_mut();
    let cell = cells
        .find(|own| own.question == computed.question && own.cell == computed.cell)
        .ok_or(Rejection::UnknownCell)?;
    let number = computed.number.reduced().ok_or(Rejection::UnknownAnswer)?;
    if cell.number == Some(number) {
        return Ok(Changes::default());
    }
    cell.number = Some(number);
    Ok(Changes {
        answered: true,
        seats: vec![student],
        ..Changes::default()
    })
}

fn open(class: &Class, question: QuestionId) -> Result<&Posed, Rejection> {
    let posed = class.question.as_ref();
    posed
        .filter(|posed| is_open(posed) && posed.id == question)
        .ok_or(Rejection::NoQuestion)
}

/// Whether cells are dealt and filled.
fn is_open(question: &Posed) -> bool {
    question.phase == Phase::Open && question.resolved.task.cells() > 0
}

fn own(class: &mut Class, student: SeatId) -> Result<&mut Seat, Rejection> {
    let seat = class.seats.get_mut(&student);
    seat.ok_or(Rejection::UnknownSeat)
}

fn empty(question: QuestionId, cell: u32) -> OwnCell {
    OwnCell {
        question,
        cell,
        number: None,
    }
}
