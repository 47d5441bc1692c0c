//! One socket of a class, as a browser would use it.

use std::time::Duration;

use anyhow::{Context, bail, ensure};
use convocation_classroom::{
    command::Command,
    ids::LayerId,
    json::{FromJson, ToJson},
    pointer::{Aim, Thing},
    topics::Versions,
    wire::{ClientMessage, Credential, PROTOCOL, ServerMessage},
};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// How often a client pings.
pub const PING_EVERY: Duration = Duration::from_secs(5);

/// The longest that the server may take over a goodbye.
const END_TIMEOUT: Duration = Duration::from_secs(5);

/// Memory that a read may fill: a frame of the stage is below 1 kB.
const READ_BYTES: usize = 4 * 1024;

/// A connection that was let in.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Connects and says hello.
    ///
    /// # Errors
    /// The server does not let this client in.
    pub async fn join(
        address: &str,
        credential: Credential,
    ) -> anyhow::Result<(Self, ServerMessage)> {
        // The default of 128 kB is cleared before every read: two thirds of all the client's time.
        let config = WebSocketConfig::default().read_buffer_size(READ_BYTES);
        let (stream, _) = connect_async_with_config(address, Some(config), true)
            .await
            .context("cannot connect")?;
        let mut socket = Self { stream };
        let have = Versions::default();
        socket
            .send(&ClientMessage::Hello {
                protocol: PROTOCOL,
                credential,
                mode: None,
                have,
            })
            .await?;
        let text = socket.next_text().await?.context("the server closed")?;
        let welcome = ServerMessage::from_json(text.as_bytes())?;
        ensure!(
            matches!(welcome, ServerMessage::Welcome { .. }),
            "not let in: {text}"
        );
        Ok((socket, welcome))
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The connection is gone.
    pub async fn send(&mut self, message: &ClientMessage) -> anyhow::Result<()> {
        Ok(self.stream.send(Message::text(message.to_json()?)).await?)
    }

    /// The next text that arrives; nothing when the server closed. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn next_text(&mut self) -> anyhow::Result<Option<String>> {
        while let Some(message) = self.stream.next().await {
            match message? {
                Message::Text(text) => return Ok(Some(text.as_str().to_owned())),
                Message::Close(_) => return Ok(None),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Reads what the server says until a moment; complains about refused commands.
    ///
    /// # Errors
    /// A command was refused, or the connection is gone.
    pub async fn read_until(&mut self, moment: Instant) -> anyhow::Result<()> {
        while let Ok(text) = timeout_at(moment, self.next_text()).await {
            let text = text?.context("the server closed the driver's connection")?;
            if text.contains("\"rejected\"") || text.contains("\"bye\"") {
                bail!("the server refused: {text}");
            }
        }
        Ok(())
    }

    /// Puts a caption on the stage.
    ///
    /// # Errors
    /// The connection is gone.
    pub async fn show_caption(&mut self, id: u32, caption: &str) -> anyhow::Result<()> {
        let command = Command::SetCaption {
            caption: Some(caption.to_owned()),
        };
        self.send(&ClientMessage::Command { id, command }).await
    }

    /// Points at a place of the input that names the gesture: its thousands from the top, the rest from the left.
    ///
    /// # Errors
    /// The connection is gone.
    pub async fn point(&mut self, number: u32) -> anyhow::Result<()> {
        let at = Aim {
            thing: Thing::Unit {
                layer: LayerId::from("input"),
                unit: 0,
            },
            u: i32::try_from(number % 1000)?,
            v: i32::try_from(number / 1000)?,
        };
        self.send(&ClientMessage::Point {
            at: Some(at),
            ink: None,
        })
        .await
    }

    /// Ends the class.
    ///
    /// # Errors
    /// The server does not say goodbye.
    pub async fn end(mut self) -> anyhow::Result<()> {
        self.send(&ClientMessage::Command {
            id: u32::MAX,
            command: Command::End,
        })
        .await?;
        let goodbye = async {
            while let Some(text) = self.next_text().await? {
                if text.contains("\"bye\"") {
                    return Ok(());
                }
            }
            bail!("the server closed without a goodbye")
        };
        timeout(END_TIMEOUT, goodbye)
            .await
            .context("the class did not end")?
    }
}
