//! What crosses the socket, as JSON text frames. The meaning of commands and topics is in their own files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    command::Command,
    ids::{ClassTime, LayerId, Version},
    pointer::{Aim, Ink},
    rejection::Rejection,
    seat::{Mode, Role, Seat},
    topics::{TopicValue, Versions},
};

/// Version of this protocol. A client of another version is told to reload.
pub const PROTOCOL: u32 = 3;

/// From a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ClientMessage {
    /// First message of every connection.
    Hello {
        /// [`PROTOCOL`] as the client knows it.
        protocol: u32,
        /// How the client proves who it is.
        credential: Credential,
        /// Whether the screen follows, as the client has it (`null` on a first visit).
        mode: Option<Mode>,
        /// What it has seen.
        have: Versions,
    },
    /// A wish. Answered with `done` or `rejected`.
    Command {
        /// Chosen by the client, unique within the connection.
        id: u32,
        /// The wish.
        command: Command,
    },
    /// Where an exploring student is; at most once in 2 s. Not answered.
    Whereabouts {
        /// The layer in view, none for the overview.
        layer: Option<LayerId>,
    },
    /// Driver: where the pointer is, and a stroke that has grown; at most 20 a second. Not answered: the next one replaces it.
    Point {
        /// Nowhere when it is put away.
        at: Option<Aim>,
        /// The stroke, if one has changed.
        ink: Option<Ink>,
    },
    /// Keeps the connection alive and measures the clock. Answered with `pong`.
    Ping {
        /// The client's own clock, milliseconds, returned as it came.
        sent: u32,
    },
}

/// How a client proves who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Credential {
    /// A newcomer: gets a seat and a token.
    New {
        /// `student` or `projector`.
        role: Role,
    },
    /// The token of an earlier welcome: the same seat again.
    Token {
        /// The token.
        token: String,
    },
    /// The secret of the host's link: seat 0.
    Host {
        /// The secret.
        secret: String,
    },
    /// The secret of the assistants' link: a new assistant's seat and token.
    Assistant {
        /// The secret.
        secret: String,
    },
}

/// To a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ServerMessage {
    /// Answer to `hello`. The topics the client lacks follow as frames.
    Welcome {
        /// [`PROTOCOL`] of the server.
        protocol: u32,
        /// Which build of its pages the server has; empty where it has none. A page of another one is better loaded anew.
        build: String,
        /// The receiver's seat.
        seat: Seat,
        /// For a newcomer: the token to come back with. Kept by the client, never shown.
        token: Option<String>,
        /// The class clock now.
        clock: ClassTime,
    },
    /// The newest value of a topic.
    Frame {
        /// Its version.
        version: Version,
        /// Its name and value.
        frame: TopicValue,
    },
    /// The command was accepted and is in the journal.
    Done {
        /// The command's id.
        id: u32,
    },
    /// The command was refused; nothing changed.
    Rejected {
        /// The command's id.
        id: u32,
        /// Machine-readable reason.
        reason: Rejection,
        /// The reason in English words.
        message: String,
    },
    /// Answer to `ping`.
    Pong {
        /// As it came.
        sent: u32,
        /// The class clock when the ping was read.
        clock: ClassTime,
    },
    /// The connection will now be closed.
    Bye {
        /// Why.
        reason: Farewell,
    },
}

/// Why the server closes a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Farewell {
    /// The class is over. Do not come back.
    Ended,
    /// The class is over, and everything about it is deleted. Do not come back.
    Deleted,
    /// The seat was removed. Do not come back.
    Removed,
    /// Newcomers are kept out. Do not come back by yourself.
    Locked,
    /// The class has all the seats it can have.
    Full,
    /// No class with this code. Do not come back.
    NoSuchClass,
    /// The token or secret is not valid. Do not come back with it.
    BadCredential,
    /// The client is of another version: reload.
    OtherVersion,
    /// Something that is not a message of this protocol, or larger than allowed.
    BadMessage,
    /// More messages than allowed.
    TooFast,
    /// The server restarts: come back in a moment.
    Restarting,
    /// Nothing was heard for too long: come back.
    Silent,
}
