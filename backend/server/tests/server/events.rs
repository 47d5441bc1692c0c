//! The class over server-sent events: the same messages as on a socket, where no socket gets through.

use awc::http::StatusCode;
use convocation_classroom::{
    command::Command,
    json::{FromJson, ToJson},
    topics::{TopicValue, Versions},
    wire::{ClientMessage, Credential, Farewell, PROTOCOL, ServerMessage},
};
use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

use crate::{
    client::{caption, host, join, student},
    server::{Answer, PATIENCE, Server, answer},
};

type Chunk = Result<actix_web::web::Bytes, awc::error::PayloadError>;

/// A participant who listens to events and says what it says by POST.
struct Listener {
    stream: std::pin::Pin<Box<dyn Stream<Item = Chunk>>>,
    buffer: Vec<u8>,
    line: String,
}

fn hello(credential: Credential) -> ClientMessage {
    ClientMessage::Hello {
        protocol: PROTOCOL,
        credential,
        mode: None,
        have: Versions::default(),
    }
}

async fn open(server: &Server, code: &str, body: impl Into<String>) -> Listener {
    let request = server.post(&format!("/api/classes/{code}/events"));
    let response = request.send_body(body.into()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name| response.headers().get(name).unwrap().to_str().unwrap();
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!(header("cache-control"), "no-store, no-transform");
    let mut listener = Listener {
        stream: Box::pin(response),
        buffer: Vec::new(),
        line: String::new(),
    };
    let name = listener.event().await.unwrap();
    listener.line = name.strip_prefix("event: line\ndata: ").unwrap().to_owned();
    listener
}

async fn enter(server: &Server, code: &str, credential: Credential) -> Listener {
    let hello = hello(credential).to_json().unwrap();
    open(server, code, hello).await
}

async fn post(server: &Server, line: &str, message: &str) -> Answer {
    let request = server
        .post("/api/messages")
        .insert_header(("convocation-line", line));
    answer(request.send_body(message.to_owned()).await.unwrap()).await
}

impl Listener {
    /// The next event that is no comment, without its end; nothing when the stream is over.
    async fn event(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = self.buffer.drain(..end + 2).take(end).collect();
                if event != b":" {
                    return Some(String::from_utf8(event).unwrap());
                }
                continue;
            }
            let chunk = timeout(PATIENCE, self.stream.next())
                .await
                .expect("nothing was said for too long")?;
            self.buffer.extend_from_slice(&chunk.ok()?);
        }
    }

    async fn hear(&mut self) -> Option<ServerMessage> {
        let event = self.event().await?;
        let json = event.strip_prefix("data: ").unwrap();
        Some(ServerMessage::from_json(json.as_bytes()).unwrap())
    }

    async fn until(&mut self, is_it: impl Fn(&ServerMessage) -> bool) -> ServerMessage {
        loop {
            let message = self.hear().await.expect("the connection stays");
            if is_it(&message) {
                return message;
            }
        }
    }

    async fn say(&self, server: &Server, message: &ClientMessage) {
        let json = message.to_json().unwrap();
        let said = post(server, &self.line, &json).await;
        assert_eq!(said.status, StatusCode::NO_CONTENT);
    }
}

fn shows_caption(message: &ServerMessage, text: &str) -> bool {
    matches!(message, ServerMessage::Frame { frame: TopicValue::Stage(stage), .. } if stage.caption.as_deref() == Some(text))
}

#[actix_web::test]
async fn a_class_is_followed_and_led_over_events() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut instructor = enter(&server, &class.code, host(&class)).await;
    let mut pupil = enter(&server, &class.code, student()).await;
    let mut beside = join(&server, &class.code, student()).await.unwrap();
    for listener in [&mut instructor, &mut pupil] {
        let first = listener.hear().await.unwrap();
        assert!(matches!(first, ServerMessage::Welcome { .. }));
    }
    let command = caption("Over the wall");
    instructor
        .say(&server, &ClientMessage::Command { id: 7, command })
        .await;
    let done = |message: &ServerMessage| matches!(message, ServerMessage::Done { id: 7 });
    let mut seen = (false, false);
    while seen != (true, true) {
        let message = instructor.hear().await.unwrap();
        seen.0 |= done(&message);
        seen.1 |= shows_caption(&message, "Over the wall");
    }
    pupil
        .until(|message| shows_caption(message, "Over the wall"))
        .await;
    beside.until_caption("Over the wall").await;

    let ping = ClientMessage::Ping { sent: 3 };
    pupil.say(&server, &ping).await;
    pupil
        .until(|message| matches!(message, ServerMessage::Pong { sent: 3, .. }))
        .await;
    let forbidden = ClientMessage::Command {
        id: 1,
        command: Command::End,
    };
    pupil.say(&server, &forbidden).await;
    pupil
        .until(|message| matches!(message, ServerMessage::Rejected { id: 1, .. }))
        .await;
}

#[actix_web::test]
async fn whoever_leaves_is_seen_to_leave() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut instructor = join(&server, &class.code, host(&class)).await.unwrap();
    let pupil = enter(&server, &class.code, student()).await;
    let present = |count| {
        move |client: &crate::client::Client| {
            client
                .roster
                .as_ref()
                .is_some_and(|(_, roster)| roster.present == count)
        }
    };
    instructor.until("two", present(1)).await;
    let line = pupil.line.clone();
    drop(pupil);
    instructor.until("one", present(0)).await;
    let late = post(&server, &line, r#"{"type":"ping","sent":1}"#).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert_eq!(late.code(), "no_such_line");
}

#[actix_web::test]
async fn what_is_no_hello_and_no_class_is_told() {
    let server = Server::start();
    let class = server.open_class().await;
    let long = format!("\"{}\"", "x".repeat(17_000));
    let hi = hello(student()).to_json().unwrap();
    for (code, body, expected) in [
        (class.code.as_str(), "{}", Farewell::BadMessage),
        (&class.code, "", Farewell::Silent),
        (&class.code, long.as_str(), Farewell::BadMessage),
        (
            &class.code,
            r#"{"type":"ping","sent":1}"#,
            Farewell::BadMessage,
        ),
        ("000000", hi.as_str(), Farewell::NoSuchClass),
    ] {
        let mut listener = open(&server, code, body).await;
        let said = listener.hear().await;
        if !body.is_empty() {
            assert_eq!(
                said,
                Some(ServerMessage::Bye { reason: expected }),
                "{body:.40}"
            );
        }
        assert_eq!(
            listener.event().await,
            None,
            "the stream ends after goodbye"
        );
    }
}

#[actix_web::test]
async fn only_this_servers_own_pages_may_listen_and_speak() {
    let server = Server::start();
    let class = server.open_class().await;
    let path = format!("/api/classes/{}/events", class.code);
    for path in [path.as_str(), "/api/messages"] {
        let request = server
            .post(path)
            .insert_header(("origin", "http://elsewhere.example"));
        let refused = answer(request.send_body("{}").await.unwrap()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(refused.code(), "foreign_origin");
    }
    let unknown = post(&server, &"0".repeat(32), "{}").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_flood_over_events_ends_the_connection() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut pupil = enter(&server, &class.code, student()).await;
    for id in 0..60 {
        let command = Command::Explore;
        let message = ClientMessage::Command { id, command }.to_json().unwrap();
        post(&server, &pupil.line, &message).await;
    }
    pupil
        .until(|message| {
            matches!(
                message,
                ServerMessage::Bye {
                    reason: Farewell::TooFast
                }
            )
        })
        .await;
}
