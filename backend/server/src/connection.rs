//! One TCP connection: what is set on it when it is made, and what whoever is at its other end may do. Limits are here rather than per
//! address because a whole school has one address.

use std::{any::Any, num::NonZeroU32, time::Duration};

use actix_web::dev::Extensions;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Pictures that one connection may send at once; afterwards one every 2 s.
const PICTURES_AT_ONCE: NonZeroU32 = NonZeroU32::new(20).expect("20 is positive");
const PICTURE_EVERY: Duration = Duration::from_secs(2);

/// A peer that takes nothing of what was sent to it for this long is gone. Without this limit of the kernel, one that never reads
/// would hold its buffers for ever: there is nothing to tell it when it does not listen.
#[cfg(target_os = "linux")]
const UNREAD_TIMEOUT: Duration = Duration::from_secs(15);

/// What is remembered of a connection.
pub struct Connection {
    pictures: DefaultDirectRateLimiter,
}

impl Connection {
    /// Notes a new connection where requests find it.
    pub fn meet(stream: &dyn Any, requests: &mut Extensions) {
        #[cfg(target_os = "linux")]
        if let Some(stream) = stream.downcast_ref::<actix_web::rt::net::TcpStream>() {
            // Refused only for sockets that are closed already.
            let _ = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(UNREAD_TIMEOUT));
        }
        let quota = Quota::with_period(PICTURE_EVERY)
            .expect("the period is positive")
            .allow_burst(PICTURES_AT_ONCE);
        requests.insert(Self {
            pictures: RateLimiter::direct(quota),
        });
    }

    /// Whether one more picture may be sent.
    #[must_use]
    pub fn may_send(&self) -> bool {
        self.pictures.check().is_ok()
    }
}
