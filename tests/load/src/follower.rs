//! A follower: a screen that shows the stage. It notes when each change arrives and does as little else as possible, since it shares the
//! processor with the server it measures.

use std::{sync::Arc, time::Instant};

use anyhow::Context;
use convocation_classroom::wire::ClientMessage;
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    measurement::{Deliveries, Kind},
    socket::{PING_EVERY, Socket},
};

const CAPTION: &str = "\"caption\":\"";

/// Follows until the class is over.
///
/// # Errors
/// The connection broke before.
pub async fn follow(mut socket: Socket, deliveries: Arc<Deliveries>) -> anyhow::Result<()> {
    let mut pings = interval(PING_EVERY);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            text = socket.next_text() => {
                let text = text?.context("the server closed without a goodbye")?;
                if let Some(caption) = caption(&text) {
                    deliveries.note(caption, Instant::now());
                } else if let Some(number) = gesture(&text) {
                    deliveries.note(&Kind::Gesture.name(number), Instant::now());
                } else if text.contains("\"bye\"") {
                    return Ok(());
                }
            }
            _ = pings.tick() => socket.send(&ClientMessage::Ping { sent: 0 }).await?,
        }
    }
}

/// The number of the gesture in a frame of the pointer, found without parsing the whole.
fn gesture(text: &str) -> Option<u32> {
    let place = |name: &str| -> Option<u32> {
        let start = text.find(name)? + name.len();
        let digits = text[start..].split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    };
    Some(place("\"v\":")? * 1000 + place("\"u\":")?)
}

/// The caption in a frame of the stage, found without parsing the whole.
fn caption(text: &str) -> Option<&str> {
    let start = text.find(CAPTION)? + CAPTION.len();
    text[start..].split('"').next()
}
