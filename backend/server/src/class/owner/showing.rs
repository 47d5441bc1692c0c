//! Showing: what a kept entry changed becomes frames on the boards.

use convocation_classroom::{
    changes::Changes,
    class::{Class, HOST},
    lesson::Teaching,
    pointer::Pointer,
    presence::Presence,
    seat::Seat,
    topics::{Audience, TopicValue},
    wire::Farewell,
};

use super::{Estate, Owner, asking, pointing, rosters};
use crate::class::{
    board::{Board, Frame},
    front::Front,
};

impl Owner {
    /// Everyone sees what changed; each value is encoded once.
    pub(super) fn show(&mut self, changes: &Changes) {
        let class = self.class.kept();
        let versions = class.versions(HOST);
        if changes.stage || changes.room {
            let front = Front::of(class);
            self.desk.front.send_if_modified(|before| {
                let changed = *before != front;
                *before = front;
                changed
            });
        }
        if changes.stage {
            let frame = Frame::new(versions.stage, TopicValue::Stage(class.stage().clone()));
            self.boards.show_all(|board| board.stage = frame.clone());
            self.surroundings
                .pictures
                .pin(&class.stage().picture, self.key);
        }
        if changes.pace {
            let frame = Frame::new(versions.pace, TopicValue::Pace(class.pace()));
            self.boards.show_all(|board| board.pace = frame.clone());
        }
        if changes.room {
            let frame = Frame::new(versions.room, TopicValue::Room(class.room()));
            self.boards.show_all(|board| board.room = frame.clone());
        }
        if changes.asks {
            self.asking.asks.touch();
        }
        if changes.lost {
            self.asking.lost.touch();
        }
        if changes.views {
            self.show_views(Audience::Staff);
            self.show_views(Audience::Room);
        }
        if changes.offered {
            self.asking.offered.touch();
        }
        if changes.question {
            self.show_question(Audience::Staff);
            self.show_question(Audience::Room);
        }
        if changes.answered {
            self.counts.touch();
        }
        if changes.lesson {
            let frame = lesson_frame(class);
            self.boards.show_all(|board| board.lesson = frame.clone());
        }
        if changes.script {
            let frame = script_frame(class);
            self.boards
                .show(Audience::Staff, |board| board.script = Some(frame));
        }
        for seat in changes.seats.iter().filter_map(|id| class.seat(*id)) {
            self.seats.show(seat.id, || own_frame(class, seat));
        }
        if let Some(removed) = changes.removed {
            self.seats.dismiss(removed, Farewell::Removed);
        }
        if changes.admitted.is_some() || changes.removed.is_some() {
            self.counted.set(class.seats().len());
        }
        if changes.roster {
            self.rosters.touch();
        }
    }
}

/// What an audience sees when nobody is there yet.
pub(super) fn first_board(estate: &Estate, presence: &Presence, audience: Audience) -> Board {
    let class = &estate.class;
    let versions = class.versions(HOST);
    Board {
        stage: Frame::new(versions.stage, TopicValue::Stage(class.stage().clone())),
        pace: Frame::new(versions.pace, TopicValue::Pace(class.pace())),
        room: Frame::new(versions.room, TopicValue::Room(class.room())),
        question: question_frame(class, audience),
        lesson: lesson_frame(class),
        script: (audience == Audience::Staff).then(|| script_frame(class)),
        roster: rosters::frame(presence.roster(class, audience), estate.clock.now()),
        asks: asking::asks_frame(class, audience),
        lost: asking::lost_frame(class, audience),
        views: asking::views_frame(class, audience),
        pointer: pointing::frame(Pointer::default(), estate.clock.now()),
        farewell: None,
    }
}

/// The question before the class.
pub(super) fn question_frame(class: &Class, audience: Audience) -> Frame {
    let question = TopicValue::Question(class.question(audience));
    Frame::new(class.versions(HOST).question, question)
}

fn lesson_frame(class: &Class) -> Frame {
    let place = class.teaching().map(Teaching::place);
    Frame::new(class.versions(HOST).lesson, TopicValue::Lesson(place))
}

/// For staff alone: notes are in it.
fn script_frame(class: &Class) -> Frame {
    let script = class.teaching().map(Teaching::script);
    Frame::new(class.versions(HOST).script, TopicValue::Script(script))
}

/// The own seat of a participant.
pub(super) fn own_frame(class: &Class, seat: &Seat) -> Frame {
    Frame::new(class.versions(seat.id).seat, TopicValue::Seat(seat.clone()))
}
