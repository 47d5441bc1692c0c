//! The inbox of a connection: what a peer says, as messages. Size and form are checked here, meaning and rate are not.

use actix_http::ws::{Codec, Frame, Item};
use actix_web::{
    dev::Payload,
    web::{Bytes, BytesMut},
};
use convocation_classroom::{json::FromJson, wire::ClientMessage};
use futures_util::StreamExt;
use tokio_util::codec::Decoder;

/// Largest message of a client: a command with the longest caption is below 2 kB.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// What arrived.
#[derive(Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A message of the protocol.
    Message(ClientMessage),
    /// To be answered with a pong of the same bytes.
    Ping(Bytes),
    /// The peer is there.
    Pong,
    /// The peer closes; to be answered with a close.
    Close,
    /// The connection is gone.
    Gone,
    /// Not a message of the protocol.
    Bad,
    /// Larger than [`MESSAGE_BYTES`].
    TooLarge,
}

/// Where what a peer says arrives.
pub trait Inbox {
    /// The next thing that arrives. Nothing is lost when the future is dropped.
    async fn next(&mut self) -> Incoming;

    /// Waits until the peer has closed, reading nothing of what it still says.
    async fn closed(&mut self);
}

/// The inbox of a WebSocket: bytes of the peer that are not read yet.
pub struct Frames {
    payload: Payload,
    codec: Codec,
    buffer: BytesMut,
    /// A text message that comes in several frames, as far as it is here.
    fragments: Option<BytesMut>,
}

impl Frames {
    /// Reads from a connection.
    #[must_use]
    pub fn new(payload: Payload) -> Self {
        let codec = Codec::new().max_size(MESSAGE_BYTES);
        Self {
            payload,
            codec,
            buffer: BytesMut::new(),
            fragments: None,
        }
    }

    /// What a frame means; nothing when more of the message has to come.
    fn read(&mut self, frame: Frame) -> Option<Incoming> {
        match frame {
            Frame::Text(text) => Some(Incoming::parse(&text)),
            Frame::Ping(bytes) => Some(Incoming::Ping(bytes)),
            Frame::Pong(_) => Some(Incoming::Pong),
            Frame::Close(_) => Some(Incoming::Close),
            Frame::Binary(_) | Frame::Continuation(Item::FirstBinary(_)) => Some(Incoming::Bad),
            Frame::Continuation(Item::FirstText(first)) => {
                self.fragments = Some(BytesMut::from(&first[..]));
                None
            }
            Frame::Continuation(Item::Continue(more)) => self.append(&more),
            Frame::Continuation(Item::Last(last)) => self.append(&last).or_else(|| {
                let whole = self.fragments.take()?;
                Some(Incoming::parse(&whole))
            }),
        }
    }

    fn append(&mut self, more: &[u8]) -> Option<Incoming> {
        let fragments = self.fragments.get_or_insert_default();
        if fragments.len() + more.len() > MESSAGE_BYTES {
            return Some(Incoming::TooLarge);
        }
        fragments.extend_from_slice(more);
        None
    }
}

impl Inbox for Frames {
    async fn next(&mut self) -> Incoming {
        loop {
            match self.codec.decode(&mut self.buffer) {
                Ok(Some(frame)) => {
                    if let Some(incoming) = self.read(frame) {
                        return incoming;
                    }
                }
                Ok(None) => match self.payload.next().await {
                    Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                    Some(Err(_)) | None => return Incoming::Gone,
                },
                Err(actix_http::ws::ProtocolError::Overflow) => return Incoming::TooLarge,
                Err(_) => return Incoming::Bad,
            }
        }
    }

    async fn closed(&mut self) {
        while let Some(Ok(_)) = self.payload.next().await {}
    }
}

impl Incoming {
    /// The message in a text.
    #[must_use]
    pub fn parse(text: &[u8]) -> Self {
        if text.len() > MESSAGE_BYTES {
            return Self::TooLarge;
        }
        ClientMessage::from_json(text).map_or(Self::Bad, Self::Message)
    }
}

#[cfg(test)]
mod tests {
    use actix_http::ws::Message;
    use actix_web::error::PayloadError;
    use futures_util::stream;
    use tokio_util::codec::Encoder;

    use super::*;

    /// Frames as a browser sends them, `chunk` bytes at a time.
    fn inbox(messages: Vec<Message>, chunk: usize) -> Frames {
        let mut bytes = BytesMut::new();
        let mut codec = Codec::new().client_mode();
        for message in messages {
            codec.encode(message, &mut bytes).unwrap();
        }
        let chunks: Vec<_> = bytes
            .chunks(chunk)
            .map(|chunk| Ok::<_, PayloadError>(Bytes::copy_from_slice(chunk)))
            .collect();
        Frames::new(Payload::Stream {
            payload: Box::pin(stream::iter(chunks)),
        })
    }

    const PING: &str = r#"{"type":"ping","sent":7}"#;

    #[tokio::test]
    async fn messages_arrive_whole_however_they_are_cut() {
        let ping = || Incoming::Message(ClientMessage::Ping { sent: 7 });
        for chunk in [1, 2, 7, 1000] {
            let (a, b, c) = (&PING[..5], &PING[5..9], &PING[9..]);
            let mut inbox = inbox(
                vec![
                    Message::Text(PING.into()),
                    Message::Continuation(Item::FirstText(Bytes::from(a))),
                    Message::Ping(Bytes::from_static(b"x")),
                    Message::Continuation(Item::Continue(Bytes::from(b))),
                    Message::Continuation(Item::Last(Bytes::from(c))),
                    Message::Close(None),
                ],
                chunk,
            );
            assert_eq!(inbox.next().await, ping());
            assert_eq!(inbox.next().await, Incoming::Ping(Bytes::from_static(b"x")));
            assert_eq!(inbox.next().await, ping());
            assert_eq!(inbox.next().await, Incoming::Close);
            assert_eq!(inbox.next().await, Incoming::Gone);
        }
    }

    #[tokio::test]
    async fn what_is_not_of_the_protocol_is_bad() {
        for text in [
            "",
            "nonsense",
            "{}",
            r#"{"type":"shout"}"#,
            r#"{"type":"ping","sent":-1}"#,
        ] {
            assert_eq!(
                inbox(vec![Message::Text(text.into())], 1000).next().await,
                Incoming::Bad,
                "{text}"
            );
        }
        assert_eq!(
            inbox(vec![Message::Binary(Bytes::from(PING))], 1000)
                .next()
                .await,
            Incoming::Bad
        );
    }

    #[tokio::test]
    async fn large_messages_are_refused_before_they_are_whole() {
        let large = "x".repeat(MESSAGE_BYTES + 1);
        assert_eq!(
            inbox(vec![Message::Text(large.into())], 1000).next().await,
            Incoming::TooLarge
        );
        let part = || Bytes::from(vec![b' '; MESSAGE_BYTES / 2 + 1]);
        let parts = vec![
            Message::Continuation(Item::FirstText(part())),
            Message::Continuation(Item::Continue(part())),
        ];
        assert_eq!(inbox(parts, 1000).next().await, Incoming::TooLarge);
    }
}
