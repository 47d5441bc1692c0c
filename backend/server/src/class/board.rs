//! The board: the newest frame of every topic, encoded once per audience and shared by all sockets of the class. A receiver sees the
//! newest board or none: what it missed in between is skipped, so a slow one costs nothing.

use std::sync::Arc;

use actix_http::ws::{Codec, Message};
use actix_web::web::BytesMut;
use bytes::Bytes;
use bytestring::ByteString;
use convocation_classroom::{
    ids::Version,
    json::ToJson,
    topics::{Audience, TopicValue, Versions},
    wire::{Farewell, ServerMessage},
};
use tokio::sync::watch;
use tokio_util::codec::Encoder;

/// A topic's newest value as bytes for the socket: a whole WebSocket frame, the same for all receivers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The version of the value.
    pub version: Version,
    /// WebSocket header and JSON.
    pub bytes: Bytes,
}

impl Frame {
    /// Encodes a value.
    #[must_use]
    pub fn new(version: Version, frame: TopicValue) -> Self {
        metrics::counter!("convocation_frames_encoded_total").increment(1);
        Self {
            version,
            bytes: encode(&ServerMessage::Frame { version, frame }),
        }
    }
}

/// A message as a WebSocket text frame.
#[must_use]
pub fn encode(message: &ServerMessage) -> Bytes {
    let json = message
        .to_json()
        .expect("messages have text keys and finite numbers only");
    frame(Message::Text(ByteString::from(json)))
}

/// A WebSocket frame as bytes.
#[must_use]
pub fn frame(message: Message) -> Bytes {
    let mut bytes = BytesMut::new();
    Codec::new()
        .encode(message, &mut bytes)
        .expect("frames that are not continued always encode");
    bytes.freeze()
}

/// What one audience sees.
#[derive(Clone, Debug)]
pub struct Board {
    /// What the class looks at.
    pub stage: Frame,
    /// How far students may go.
    pub pace: Frame,
    /// The door and the wheel.
    pub room: Frame,
    /// The question before the class, as far as this audience may know.
    pub question: Frame,
    /// Which lesson the class is in, and where.
    pub lesson: Frame,
    /// The lesson with its notes: for staff.
    pub script: Option<Frame>,
    /// Who is here, as far as this audience may know.
    pub roster: Frame,
    /// What students ask, as far as this audience may know.
    pub asks: Frame,
    /// Where students are lost, as far as this audience may know.
    pub lost: Frame,
    /// Views of students, as far as this audience may know.
    pub views: Frame,
    /// What the driver points at.
    pub pointer: Frame,
    /// Why everyone has to go, once that is so.
    pub farewell: Option<Farewell>,
}

impl Board {
    /// The frames that a receiver who has `seen` lacks; notes that it now has them.
    pub fn missing<'a>(&'a self, seen: &'a mut Versions) -> impl Iterator<Item = Bytes> + 'a {
        let topics = [
            (Some(&self.stage), &mut seen.stage),
            (Some(&self.pace), &mut seen.pace),
            (Some(&self.room), &mut seen.room),
            (Some(&self.lesson), &mut seen.lesson),
            (self.script.as_ref(), &mut seen.script),
            (Some(&self.question), &mut seen.question),
            (Some(&self.roster), &mut seen.roster),
            (Some(&self.asks), &mut seen.asks),
            (Some(&self.lost), &mut seen.lost),
            (Some(&self.views), &mut seen.views),
            (Some(&self.pointer), &mut seen.pointer),
        ];
        topics.into_iter().filter_map(|(frame, seen)| {
            let frame = frame?;
            let is_newer = frame.version > *seen;
            is_newer.then(|| {
                *seen = frame.version;
                frame.bytes.clone()
            })
        })
    }
}

/// The boards of a class, where its owner writes and any number of sockets read.
pub struct Boards {
    staff: watch::Sender<Arc<Board>>,
    room: watch::Sender<Arc<Board>>,
}

/// Where a socket reads.
pub type Reader = watch::Receiver<Arc<Board>>;

impl Boards {
    /// The first boards.
    #[must_use]
    pub fn new(staff: Board, room: Board) -> Self {
        Self {
            staff: watch::Sender::new(Arc::new(staff)),
            room: watch::Sender::new(Arc::new(room)),
        }
    }

    /// Reads what `audience` may see.
    #[must_use]
    pub fn subscribe(&self, audience: Audience) -> Reader {
        self.of(audience).subscribe()
    }

    /// Shows something new to one audience.
    pub fn show(&self, audience: Audience, change: impl FnOnce(&mut Board)) {
        self.of(audience)
            .send_modify(|board| change(Arc::make_mut(board)));
    }

    /// Shows the same to everyone.
    pub fn show_all(&self, change: impl Fn(&mut Board)) {
        self.show(Audience::Staff, &change);
        self.show(Audience::Room, &change);
    }

    fn of(&self, audience: Audience) -> &watch::Sender<Arc<Board>> {
        match audience {
            Audience::Staff => &self.staff,
            Audience::Room => &self.room,
        }
    }
}
