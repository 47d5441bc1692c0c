//! Headers of every answer: those of security (no other origin, no inline script, no cookie, no frame but a student's phone beside the
//! desk), and which build of its pages the server has, so that older ones learn of it.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{
        CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, PERMISSIONS_POLICY,
        REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    },
    middleware::Next,
};

use crate::assets;

/// The name under which pages look for the build.
pub const BUILD: &str = "convocation-build";

/// Headers that are the same for everyone.
const FIXED: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (
        PERMISSIONS_POLICY,
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Adds the headers to an answer, and to a request the host that was asked.
///
/// # Errors
/// Those of the service inside.
pub(crate) async fn add<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    name_host(&mut request);
    let policy = content_security_policy(request.headers(), is_framed(request.path()));
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        HeaderName::from_static(BUILD),
        HeaderValue::from_static(assets::build()),
    );
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// HTTP/2, which browsers speak over TLS, has the host in the address: it is put where everyone looks for it.
fn name_host(request: &mut ServiceRequest) {
    let authority = request.uri().authority().map(|it| it.as_str().to_owned());
    let host = authority.and_then(|host| HeaderValue::try_from(host).ok());
    if let (Some(host), false) = (host, request.headers().contains_key(HOST)) {
        request.headers_mut().insert(HOST, host);
    }
}

/// Whether an address may stand in a frame of this server's own pages: `/c/CODE/phone`, with which an instructor rehearses.
fn is_framed(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').collect();
    matches!(segments.as_slice(), ["", "c", _, "phone"])
}

fn content_security_policy(headers: &HeaderMap, is_framed: bool) -> HeaderValue {
    // Safari before 15.4 does not count a WebSocket of the same host as 'self'.
    let host = headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| is_plain(host));
    let sockets = host
        .map(|host| format!(" ws://{host} wss://{host}"))
        .unwrap_or_default();
    let ancestors = if is_framed { "'self'" } else { "'none'" };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'{sockets}; \
         font-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    HeaderValue::from_str(&policy).expect("a plain host has only visible characters")
}

/// Whether a host may stand in the policy: it must not be able to add a directive to it.
fn is_plain(host: &str) -> bool {
    !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn policy(host: &str) -> String {
        let request = TestRequest::default()
            .insert_header((HOST, host))
            .to_http_request();
        content_security_policy(request.headers(), false)
            .to_str()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn the_policy_allows_this_host_and_nothing_inline() {
        let policy = policy("192.168.1.5:8080");
        assert!(
            policy.contains("connect-src 'self' ws://192.168.1.5:8080 wss://192.168.1.5:8080;")
        );
        assert!(policy.starts_with("default-src 'none';"));
        assert!(!policy.contains("unsafe"));
    }

    #[test]
    fn a_phone_for_a_rehearsal_stands_in_a_frame_and_nothing_else_does() {
        assert!(is_framed("/c/7KQ2MX/phone"));
        for path in [
            "/",
            "/c/7KQ2MX",
            "/c/7KQ2MX/desk",
            "/c/7KQ2MX/phone/desk",
            "/phone",
        ] {
            assert!(!is_framed(path), "{path}");
        }
    }

    #[test]
    fn a_forged_host_adds_nothing() {
        for host in ["a; script-src *", "a b", "*", "a'b", "a,b"] {
            assert!(policy(host).contains("connect-src 'self';"), "{host}");
        }
    }
}
