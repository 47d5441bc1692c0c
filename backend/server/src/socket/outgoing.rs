//! Outgoing: what is said to a peer, before it is known what carries it.

use actix_http::ws::{CloseReason, Message};
use bytes::{Bytes, BytesMut};
use convocation_classroom::wire::ServerMessage;

use crate::class::board::{encode, frame};

/// One thing to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// A message, as a WebSocket text frame that other connections may share.
    Message(Bytes),
    /// Asks whether the peer is there.
    Ping,
    /// Answers a ping with its own bytes.
    Pong(Bytes),
    /// The connection ends.
    Close(Option<CloseReason>),
}

/// Start of an event with data, and its end; the JSON between has no line breaks.
const DATA: &[u8] = b"data: ";
const END: &[u8] = b"\n\n";

impl Outgoing {
    /// A message of the protocol.
    #[must_use]
    pub fn of(message: &ServerMessage) -> Self {
        Self::Message(encode(message))
    }

    /// As a WebSocket frame.
    #[must_use]
    pub fn into_frame(self) -> Bytes {
        match self {
            Self::Message(bytes) => bytes,
            Self::Ping => frame(Message::Ping(Bytes::new())),
            Self::Pong(bytes) => frame(Message::Pong(bytes)),
            Self::Close(reason) => frame(Message::Close(reason)),
        }
    }

    /// As a server-sent event. A ping is a comment: it keeps the stream from looking idle, and writing it shows whether the peer is
    /// there. What only a WebSocket knows is nothing.
    #[must_use]
    pub fn into_event(self) -> Bytes {
        match self {
            Self::Message(bytes) => {
                let json = text_of(&bytes);
                let mut event = BytesMut::with_capacity(DATA.len() + json.len() + END.len());
                event.extend_from_slice(DATA);
                event.extend_from_slice(json);
                event.extend_from_slice(END);
                event.freeze()
            }
            Self::Ping => Bytes::from_static(b":\n\n"),
            Self::Pong(_) | Self::Close(_) => Bytes::new(),
        }
    }
}

/// The payload of an unmasked, unfragmented frame: what follows a header of 2, 4 or 10 bytes (RFC 6455, section 5.2).
fn text_of(frame: &[u8]) -> &[u8] {
    let header = match frame.get(1).map(|length| length & 0x7F) {
        Some(126) => 4,
        Some(127) => 10,
        _ => 2,
    };
    frame.get(header..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use convocation_classroom::{
        asks::OwnAsks,
        ids::SeatId,
        json::FromJson,
        rejection::Rejection,
        seat::{Mode, Role, Seat},
        wire::PROTOCOL,
    };

    use super::*;

    #[test]
    fn an_event_says_the_same_as_a_frame_whatever_its_length() {
        for name in [0, 10, 200, 70_000].map(|length| "n".repeat(length)) {
            let message = ServerMessage::Welcome {
                protocol: PROTOCOL,
                build: String::new(),
                seat: Seat {
                    id: SeatId(1),
                    role: Role::Student,
                    name,
                    mode: Mode::Following,
                    asks: OwnAsks::default(),
                    answers: vec![],
                    offered: None,
                    cells: vec![],
                },
                token: None,
                clock: convocation_classroom::ids::ClassTime(0),
            };
            let event = Outgoing::of(&message).into_event();
            let json = event
                .strip_prefix(DATA)
                .and_then(|rest| rest.strip_suffix(END))
                .unwrap();
            assert_eq!(ServerMessage::from_json(json).unwrap(), message);
            assert!(!json.contains(&b'\n'));
        }
    }

    #[test]
    fn line_breaks_in_texts_do_not_end_an_event() {
        let message = ServerMessage::Rejected {
            id: 1,
            reason: Rejection::Busy,
            message: "a\n\nb\r\n".to_owned(),
        };
        let event = Outgoing::of(&message).into_event();
        assert_eq!(event.iter().filter(|byte| **byte == b'\n').count(), 2);
        assert!(!event.contains(&b'\r'));
    }
}
