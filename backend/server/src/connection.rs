//! One TCP connection: what is set on it when it is made, and what whoever is at its other end may do. Limits are here rather than per
//! address because a whole school has one address.

use std::{
    any::Any,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::Duration,
};

#[cfg(target_os = "linux")]
use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
#[cfg(target_os = "linux")]
use actix_web::rt::net::TcpStream;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Pictures that one connection may send at once; afterwards one every 2 s.
const PICTURES_AT_ONCE: NonZeroU32 = NonZeroU32::new(20).expect("20 is positive");
const PICTURE_EVERY: Duration = Duration::from_secs(2);

/// Changes of an edited kernel that one connection may ask for at once; afterwards 20 a second, twice what the own pages ask for on all
/// their connections together. Asking for more of the same change is free: it is computed once.
const EDITS_AT_ONCE: NonZeroU32 = NonZeroU32::new(40).expect("40 is positive");
const EDIT_EVERY: Duration = Duration::from_millis(50);

/// A peer that takes nothing of what was sent to it for this long is gone. Without this limit of the kernel, one that never reads
/// would hold its buffers for ever: there is nothing to tell it when it does not listen.
#[cfg(target_os = "linux")]
const UNREAD_TIMEOUT: Duration = Duration::from_secs(15);

/// What is remembered of a connection.
pub struct Connection {
    pictures: DefaultDirectRateLimiter,
    edits: DefaultDirectRateLimiter,
    /// The change that was asked for last.
    last_edit: Mutex<String>,
}

impl Connection {
    /// Notes a new connection where requests find it.
    pub fn meet(stream: &dyn Any, requests: &mut Extensions) {
        #[cfg(target_os = "linux")]
        if let Some(stream) = tcp(stream) {
            // Refused only for sockets that are closed already.
            let _ = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(UNREAD_TIMEOUT));
        }
        let limiter = |period, at_once| {
            let quota = Quota::with_period(period).expect("the period is positive");
            RateLimiter::direct(quota.allow_burst(at_once))
        };
        requests.insert(Self {
            pictures: limiter(PICTURE_EVERY, PICTURES_AT_ONCE),
            edits: limiter(EDIT_EVERY, EDITS_AT_ONCE),
            last_edit: Mutex::default(),
        });
    }

    /// Whether one more picture may be sent.
    #[must_use]
    pub fn may_send(&self) -> bool {
        self.pictures.check().is_ok()
    }

    /// Whether something of this change may be asked for.
    #[must_use]
    pub fn may_edit(&self, change: &str) -> bool {
        let mut last = self
            .last_edit
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if *last == change {
            return true;
        }
        change.clone_into(&mut last);
        self.edits.check().is_ok()
    }
}

/// What carries a connection, encrypted or not.
#[cfg(target_os = "linux")]
fn tcp(stream: &dyn Any) -> Option<&TcpStream> {
    let encrypted = stream.downcast_ref::<TlsStream<TcpStream>>();
    encrypted
        .map(|stream| stream.get_ref().0)
        .or_else(|| stream.downcast_ref())
}
