//! Origins: which pages may talk to this server, and from which address a client comes. Not who the client is.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::{
    HttpRequest,
    http::header::{HOST, HeaderMap, ORIGIN},
};
use url::Url;

use crate::refusal::Refusal;

/// What the server knows about its own addresses.
#[derive(Clone, Debug)]
pub struct Origins {
    /// Where browsers reach it when it is behind a proxy.
    pub public_url: Option<Url>,
    /// Whether the last entry of `X-Forwarded-For` is to be believed.
    pub behind_proxy: bool,
}

/// The part of an address that stands for one household or school: an IPv4 address, or the first 64 bits of an IPv6 address.
/// Kept in memory for a minute or as long as a class lives, never logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Neighbourhood(IpAddr);

impl Neighbourhood {
    /// Of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }
}

impl Origins {
    /// Refuses pages of other sites. Clients that are not browsers send no `Origin` and pass: there are no cookies, so nothing is
    /// lent to them.
    ///
    /// # Errors
    /// [`Refusal::ForeignOrigin`].
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(origin) = headers.get(ORIGIN) else {
            return Ok(());
        };
        let origin = origin.to_str().ok().and_then(|text| Url::parse(text).ok());
        match origin {
            Some(origin) if self.is_own(&origin, headers) => Ok(()),
            _ => Err(Refusal::ForeignOrigin),
        }
    }

    /// Whether an address belongs to this server: its public one, or the host that the client itself asked.
    #[must_use]
    pub fn is_own(&self, url: &Url, headers: &HeaderMap) -> bool {
        let public = self
            .public_url
            .as_ref()
            .is_some_and(|public| public.origin() == url.origin());
        let host = headers
            .get(HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        // The scheme is the page's own: behind a proxy the server does not see it.
        let asked = Url::parse(&format!("{}://{host}", url.scheme()));
        public
            || (!host.is_empty()
                && asked
                    .is_ok_and(|asked| asked.origin() == url.origin() && asked.origin().is_tuple()))
    }

    /// From where a request comes.
    #[must_use]
    pub fn neighbourhood(&self, request: &HttpRequest) -> Neighbourhood {
        let address = self.address(request);
        Neighbourhood::of(address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)))
    }

    /// The address of a client, as far as it can be known.
    #[must_use]
    pub fn address(&self, request: &HttpRequest) -> Option<IpAddr> {
        let forwarded = self.behind_proxy.then(|| forwarded_for(request.headers()));
        let peer = || request.peer_addr().map(|peer| peer.ip());
        forwarded.flatten().or_else(peer)
    }
}

/// The last entry: the one that the nearest proxy wrote.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").last()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn own_pages_and_other_clients_pass() {
        let origins = Origins {
            public_url: Some(Url::parse("https://class.example.org").unwrap()),
            behind_proxy: false,
        };
        let cases = [
            (None, true),
            (Some("http://192.168.1.5:8080"), true),
            (Some("https://192.168.1.5:8080"), true),
            (Some("https://class.example.org"), true),
            (Some("http://class.example.org"), false),
            (Some("http://192.168.1.5"), false),
            (Some("http://192.168.1.5:8080.evil.example"), false),
            (Some("http://evil.example"), false),
            (Some("null"), false),
            (Some(""), false),
        ];
        for (origin, passes) in cases {
            let mut request = TestRequest::default().insert_header((HOST, "192.168.1.5:8080"));
            if let Some(origin) = origin {
                request = request.insert_header((ORIGIN, origin));
            }
            assert_eq!(
                origins.check(request.to_http_request().headers()).is_ok(),
                passes,
                "{origin:?}"
            );
        }
    }

    #[test]
    fn default_ports_are_the_same_origin() {
        let origins = Origins {
            public_url: None,
            behind_proxy: false,
        };
        let request = TestRequest::default()
            .insert_header((HOST, "school.example:80"))
            .insert_header((ORIGIN, "http://school.example"))
            .to_http_request();
        assert_eq!(origins.check(request.headers()), Ok(()));
    }

    #[test]
    fn the_forwarded_address_counts_only_behind_a_proxy() {
        let request = TestRequest::default()
            .peer_addr("10.0.0.1:5".parse().unwrap())
            .insert_header(("x-forwarded-for", "6.6.6.6, 192.0.2.7"))
            .to_http_request();
        let seen = |behind_proxy| {
            Origins {
                public_url: None,
                behind_proxy,
            }
            .neighbourhood(&request)
        };
        assert_eq!(seen(false), Neighbourhood::of("10.0.0.1".parse().unwrap()));
        assert_eq!(seen(true), Neighbourhood::of("192.0.2.7".parse().unwrap()));
    }

    #[test]
    fn an_ipv6_network_is_one_neighbourhood() {
        let of = |text: &str| Neighbourhood::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
