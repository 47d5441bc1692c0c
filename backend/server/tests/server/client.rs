//! A participant on the socket, who remembers everything that was said.

use std::time::Duration;

use convocation_classroom::{
    command::Command,
    ids::{LayerId, Version},
    json::{FromJson, ToJson},
    pointer::Pointer,
    question::Question,
    rejection::Rejection,
    seat::{Role, Seat},
    stage::{Focus, Stage},
    topics::{Roster, TopicValue, Versions},
    wire::{ClientMessage, Credential, Farewell, PROTOCOL, ServerMessage},
};
use futures_util::{SinkExt, StreamExt};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::server::{Opened, PATIENCE, Server};

pub struct Client {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every text that arrived, in order.
    pub heard: Vec<String>,
    pub seat: Seat,
    pub token: Option<String>,
    pub stage: Option<(Version, Stage)>,
    pub roster: Option<(Version, Roster)>,
    pub pointer: Option<Pointer>,
    pub question: Option<Question>,
    pub seen: Versions,
    next_id: u32,
}

pub fn student() -> Credential {
    Credential::New {
        role: Role::Student,
    }
}

pub fn token(token: &str) -> Credential {
    Credential::Token {
        token: token.to_owned(),
    }
}

pub fn host(opened: &Opened) -> Credential {
    Credential::Host {
        secret: opened.host.clone(),
    }
}

pub fn assistant(opened: &Opened) -> Credential {
    Credential::Assistant {
        secret: opened.assistant.clone(),
    }
}

pub fn focus(layer: &str) -> Command {
    Command::Focus {
        focus: Focus::Layer {
            layer: LayerId::from(layer),
        },
    }
}

pub fn caption(text: &str) -> Command {
    Command::SetCaption {
        caption: Some(text.to_owned()),
    }
}

/// The socket of a class before anything is said.
pub async fn connect(
    server: &Server,
    code: &str,
    headers: &[(&'static str, &str)],
) -> Result<Client, u16> {
    let url = format!(
        "{}/api/classes/{code}/socket",
        server.url.replace("http://", "ws://")
    );
    let mut request = url.into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match timeout(PATIENCE, connect_async(request)).await.unwrap() {
        Ok((stream, _)) => Ok(Client {
            stream,
            heard: Vec::new(),
            seat: Seat {
                id: convocation_classroom::ids::SeatId(u32::MAX),
                role: Role::Student,
                name: String::new(),
                mode: convocation_classroom::seat::Mode::Following,
                asks: convocation_classroom::asks::OwnAsks::default(),
                answers: Vec::new(),
                offered: None,
                cells: Vec::new(),
            },
            token: None,
            stage: None,
            roster: None,
            pointer: None,
            question: None,
            seen: Versions::default(),
            next_id: 0,
        }),
        Err(tokio_tungstenite::tungstenite::Error::Http(response)) => {
            Err(response.status().as_u16())
        }
        Err(error) => panic!("cannot connect: {error}"),
    }
}

pub async fn join(server: &Server, code: &str, credential: Credential) -> Result<Client, Farewell> {
    join_having(server, code, credential, Versions::default()).await
}

pub async fn join_having(
    server: &Server,
    code: &str,
    credential: Credential,
    have: Versions,
) -> Result<Client, Farewell> {
    let mut client = connect(server, code, &[]).await.unwrap();
    client.hello(credential, have).await?;
    Ok(client)
}

impl Client {
    pub async fn hello(&mut self, credential: Credential, have: Versions) -> Result<(), Farewell> {
        self.send(&ClientMessage::Hello {
            protocol: PROTOCOL,
            credential,
            mode: None,
            have,
        })
        .await;
        match self.hear().await.expect("a welcome or a goodbye") {
            ServerMessage::Welcome { seat, token, .. } => {
                self.seat = seat;
                self.token = token;
                Ok(())
            }
            ServerMessage::Bye { reason } => {
                assert!(
                    self.hear().await.is_none(),
                    "something was said after goodbye"
                );
                Err(reason)
            }
            other => panic!("neither welcome nor goodbye: {other:?}"),
        }
    }

    pub async fn send(&mut self, message: &ClientMessage) {
        self.send_text(&message.to_json().unwrap()).await;
    }

    pub async fn send_text(&mut self, text: &str) {
        // A server that said goodbye may have closed already; what it said is checked by hearing it.
        let _ = self.stream.send(Message::text(text)).await;
    }

    /// The next message; none when the connection is closed.
    pub async fn hear(&mut self) -> Option<ServerMessage> {
        loop {
            match timeout(PATIENCE, self.stream.next())
                .await
                .expect("nothing was said for too long")?
            {
                Ok(Message::Text(text)) => {
                    self.heard.push(text.as_str().to_owned());
                    let message = ServerMessage::from_json(text.as_bytes()).unwrap();
                    self.note(&message);
                    return Some(message);
                }
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    fn note(&mut self, message: &ServerMessage) {
        let ServerMessage::Frame { version, frame } = message else {
            return;
        };
        let seen = match frame {
            TopicValue::Stage(_) => &mut self.seen.stage,
            TopicValue::Pace(_) => &mut self.seen.pace,
            TopicValue::Room(_) => &mut self.seen.room,
            TopicValue::Roster(_) => &mut self.seen.roster,
            TopicValue::Pointer(_) => &mut self.seen.pointer,
            TopicValue::Question(_) => &mut self.seen.question,
            TopicValue::Seat(_) => &mut self.seen.seat,
            TopicValue::Lesson(_) => &mut self.seen.lesson,
            TopicValue::Script(_) => &mut self.seen.script,
            TopicValue::Asks(_) => &mut self.seen.asks,
            TopicValue::Lost(_) => &mut self.seen.lost,
            TopicValue::Views(_) => &mut self.seen.views,
        };
        assert!(*version > *seen, "a version came back: {message:?}");
        *seen = *version;
        match frame {
            TopicValue::Stage(stage) => self.stage = Some((*version, stage.clone())),
            TopicValue::Roster(roster) => self.roster = Some((*version, roster.clone())),
            TopicValue::Seat(seat) => self.seat = seat.clone(),
            TopicValue::Pointer(pointer) => self.pointer = Some(pointer.clone()),
            TopicValue::Question(question) => self.question = question.clone(),
            TopicValue::Pace(_)
            | TopicValue::Room(_)
            | TopicValue::Lesson(_)
            | TopicValue::Script(_)
            | TopicValue::Asks(_)
            | TopicValue::Lost(_)
            | TopicValue::Views(_) => {}
        }
    }

    /// Listens until something is so.
    pub async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            assert!(self.hear().await.is_some(), "closed before {what}");
        }
    }

    /// Listens until the stage is so, and gives it.
    pub async fn until_stage(&mut self, what: &str, is_so: impl Fn(&Stage) -> bool) -> Stage {
        self.until(what, |client| {
            client.stage.as_ref().is_some_and(|(_, stage)| is_so(stage))
        })
        .await;
        self.stage.clone().unwrap().1
    }

    pub async fn until_caption(&mut self, text: &str) {
        self.until_stage(text, |stage| stage.caption.as_deref() == Some(text))
            .await;
    }

    /// Asks for something and listens until it is answered.
    pub async fn ask(&mut self, command: Command) -> Result<(), Rejection> {
        self.next_id += 1;
        let asked = self.next_id;
        self.send(&ClientMessage::Command { id: asked, command })
            .await;
        loop {
            match self.hear().await.expect("an answer") {
                ServerMessage::Done { id } if id == asked => return Ok(()),
                ServerMessage::Rejected {
                    id,
                    reason,
                    message,
                } if id == asked => {
                    assert!(!message.is_empty());
                    return Err(reason);
                }
                _ => {}
            }
        }
    }

    /// Listens until the server says goodbye and closes.
    pub async fn goodbye(&mut self) -> Farewell {
        loop {
            if let ServerMessage::Bye { reason } =
                self.hear().await.expect("a goodbye before the end")
            {
                assert!(
                    self.hear().await.is_none(),
                    "something was said after goodbye"
                );
                return reason;
            }
        }
    }

    pub async fn leave(mut self) {
        self.stream.close(None).await.unwrap();
        let closed = async { while self.hear().await.is_some() {} };
        timeout(Duration::from_secs(5), closed)
            .await
            .expect("the server answers a close");
    }

    /// What someone who comes now sees on the stage. After a command of one's own, wait for what it does: an acknowledgement may
    /// come before the frame.
    pub async fn stage(&mut self) -> Stage {
        self.until_stage("the stage", |_| true).await
    }
}
