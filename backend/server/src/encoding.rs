//! Content encodings: which one a client wants, and how bytes get there. What is encoded is not known here.

use std::io::Write;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

/// How the bytes of an answer are encoded, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// As they are.
    Identity,
    /// gzip: all that browsers accept over plain HTTP.
    Gzip,
    /// Brotli: what browsers accept over HTTPS.
    Brotli,
}

/// Brotli's quality for blobs that are encoded once and served many times: within 3 % of the best, at a twentieth of its time.
const BROTLI_QUALITY: i32 = 9;

/// Brotli's window, as a power of two: larger than any blob that is worth compressing.
const BROTLI_WINDOW: i32 = 22;

impl Encoding {
    /// The best encoding that the client accepts: by its q-values (RFC 9110, 12.5.3), then the densest.
    #[must_use]
    pub fn wanted(headers: &HeaderMap) -> Self {
        let accepted: Vec<(&str, f32)> = headers
            .get_all(ACCEPT_ENCODING)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(weighted)
            .collect();
        let quality = |names: &[&str]| {
            let named = |wanted: &[&str]| {
                accepted
                    .iter()
                    .find(|(name, _)| wanted.iter().any(|w| name.eq_ignore_ascii_case(w)))
                    .map(|(_, q)| *q)
            };
            named(names).or_else(|| named(&["*"])).unwrap_or(0.0)
        };
        [
            (Self::Brotli, quality(&["br"])),
            (Self::Gzip, quality(&["gzip", "x-gzip"])),
        ]
        .into_iter()
        .filter(|(_, q)| *q > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
        .map_or(Self::Identity, |(encoding, _)| encoding)
    }

    /// The value of `Content-Encoding`, none for identity.
    #[must_use]
    pub fn token(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// Encodes `raw`. Takes milliseconds per 100 kB: not for a web worker thread.
    #[must_use]
    pub fn encode(self, raw: Bytes) -> Bytes {
        const IN_MEMORY: &str = "writing to memory cannot fail";
        match self {
            Self::Identity => raw,
            Self::Gzip => {
                let mut encoder =
                    GzEncoder::new(Vec::with_capacity(raw.len() / 2), Compression::best());
                encoder.write_all(&raw).expect(IN_MEMORY);
                encoder.finish().expect(IN_MEMORY).into()
            }
            Self::Brotli => {
                let mut encoded = Vec::with_capacity(raw.len() / 2);
                let params = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    lgwin: BROTLI_WINDOW,
                    size_hint: raw.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut raw.as_ref(), &mut encoded, &params).expect(IN_MEMORY);
                encoded.into()
            }
        }
    }
}

/// `gzip;q=0.5` as name and weight; a weight that cannot be read counts as 0.
fn weighted(item: &str) -> (&str, f32) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (name, weight.map_or(1.0, |q| q.parse().unwrap_or(0.0)))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn the_best_accepted_encoding_is_wanted() {
        let cases = [
            (None, Encoding::Identity),
            (Some(""), Encoding::Identity),
            (Some("gzip, deflate, br, zstd"), Encoding::Brotli),
            (Some("gzip, deflate"), Encoding::Gzip),
            (Some("br;q=0.5, gzip;q=0.8"), Encoding::Gzip),
            (Some("br;q=0, gzip;q=0"), Encoding::Identity),
            (Some("*"), Encoding::Brotli),
            (Some("*;q=0.1, br;q=0"), Encoding::Gzip),
            (Some("GZIP ; Q=1.0"), Encoding::Gzip),
            (Some("br;q=nonsense"), Encoding::Identity),
            (Some("identity, *;q=0"), Encoding::Identity),
        ];
        for (accept, expected) in cases {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accept));
            }
            assert_eq!(Encoding::wanted(&headers), expected, "{accept:?}");
        }
    }

    #[test]
    fn encoded_bytes_decode_to_the_same() {
        let raw: Bytes = (0..100_000_u32)
            .flat_map(|i| (i / 7).to_le_bytes())
            .collect::<Vec<u8>>()
            .into();
        let mut gunzipped = Vec::new();
        let gzip = Encoding::Gzip.encode(raw.clone());
        flate2::read::GzDecoder::new(gzip.as_ref())
            .read_to_end(&mut gunzipped)
            .unwrap();
        assert_eq!(gunzipped, raw);
        let mut unbrotlied = Vec::new();
        let brotli = Encoding::Brotli.encode(raw.clone());
        brotli::BrotliDecompress(&mut brotli.as_ref(), &mut unbrotlied).unwrap();
        assert_eq!(unbrotlied, raw);
        assert!(brotli.len() < gzip.len() && gzip.len() < raw.len() / 2);
        assert_eq!(Encoding::Identity.encode(raw.clone()), raw);
    }
}
