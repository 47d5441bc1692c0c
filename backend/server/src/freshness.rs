//! Freshness: how long a browser may keep an answer, and how it asks whether its copy is still right. Not a cache of the server.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
};
use bytes::Bytes;

use crate::encoding::Encoding;

/// How long a copy may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// For ever: the address changes with the content.
    Forever,
    /// After asking whether it is still right.
    Ask,
}

impl Freshness {
    fn cache_control(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Ask => "no-cache",
        }
    }
}

/// The identity of an answer's content.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// Changes with the content; letters, digits, `-`, `.` and `_` only.
    pub digest: &'a str,
    /// How long a copy may be used.
    pub fresh: Freshness,
}

/// The content of an answer.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    /// Media type.
    pub mime: &'a str,
    /// How the bytes are encoded.
    pub encoding: Encoding,
    /// The bytes.
    pub bytes: Bytes,
}

impl Tag<'_> {
    /// 304 when the browser's copy is right, otherwise the content.
    pub fn answer<'b>(
        &self,
        request: &HttpRequest,
        body: impl FnOnce() -> Body<'b>,
    ) -> HttpResponse {
        if self.is_known_to(request) {
            self.unchanged()
        } else {
            self.full(body())
        }
    }

    /// Whether the browser has this content.
    #[must_use]
    pub fn is_known_to(&self, request: &HttpRequest) -> bool {
        let tag = self.entity_tag();
        let tag = tag.trim_start_matches("W/");
        request
            .headers()
            .get_all(IF_NONE_MATCH)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    }

    /// The browser's copy is right.
    #[must_use]
    pub fn unchanged(&self) -> HttpResponse {
        HttpResponse::NotModified()
            .insert_header((ETAG, self.entity_tag()))
            .insert_header((CACHE_CONTROL, self.fresh.cache_control()))
            .insert_header((VARY, "Accept-Encoding"))
            .finish()
    }

    /// The content.
    #[must_use]
    pub fn full(&self, body: Body<'_>) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CONTENT_TYPE, body.mime))
            .insert_header((ETAG, self.entity_tag()))
            .insert_header((CACHE_CONTROL, self.fresh.cache_control()))
            .insert_header((VARY, "Accept-Encoding"));
        if let Some(token) = body.encoding.token() {
            response.insert_header((CONTENT_ENCODING, token));
        }
        response.body(body.bytes)
    }

    /// Weak, because the compressed forms share it.
    fn entity_tag(&self) -> String {
        format!("W/\"{}\"", self.digest)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_copy_is_known_by_its_tag() {
        let tag = Tag {
            digest: "abc-1",
            fresh: Freshness::Forever,
        };
        let cases = [
            ("W/\"abc-1\"", true),
            ("\"abc-1\"", true),
            ("\"other\", W/\"abc-1\"", true),
            ("*", true),
            ("\"abc\"", false),
            ("abc-1", false),
            ("", false),
        ];
        for (header, known) in cases {
            let request = TestRequest::default()
                .insert_header((IF_NONE_MATCH, header))
                .to_http_request();
            assert_eq!(tag.is_known_to(&request), known, "{header}");
        }
        assert!(!tag.is_known_to(&TestRequest::default().to_http_request()));
    }
}
