//! The built frontend, embedded by `build.rs`: files with compressed forms, and the addresses that are pages of it.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{ACCEPT, LINK},
    },
    web::Data,
};
use bytes::Bytes;
use convocation_classroom::ids::ClassCode;

use crate::{
    ahead,
    encoding::Encoding,
    freshness::{Body, Freshness, Tag},
    refusal::Refusal,
    site::Site,
};

/// One file of the frontend.
struct Asset {
    /// From the root, with the leading slash.
    path: &'static str,
    mime: &'static str,
    /// 32 hexadecimal digits of its content's SHA-256.
    digest: &'static str,
    identity: &'static [u8],
    /// Compressed forms, where they are smaller.
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

/// All files, sorted by path.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.in"));

/// The page that starts the frontend.
const INDEX: &str = "/index.html";

/// What stands before the build in the page; `frontend/build/worker.ts` puts it there.
const BUILD_MARK: &str = "<meta name=\"build\" content=\"";

/// Shown by a server that was built without the frontend.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Convocation</title>\
    <h1>The frontend is not in this server</h1>\
    <p>Build it first: <code>npm ci &amp;&amp; npm run build</code> in <code>frontend</code>, then build the server again. \
    <code>make run</code> does both.</p>";

/// Answers every address that no other route has: a file, a page of the frontend, or 404. Someone who mistyped an address
/// gets the 404 as a page.
///
/// # Errors
/// [`Refusal::NoSuchPage`] for everything else.
pub(crate) async fn serve(request: HttpRequest, site: Data<Site>) -> Result<HttpResponse, Refusal> {
    let path = match request.path() {
        // Asked for beside whatever is no page of the frontend and does not name its icon.
        "/favicon.ico" => "/favicon.svg",
        path => path,
    };
    if let Some(asset) = find(path) {
        return Ok(answer(&request, asset));
    }
    let index = find(INDEX);
    if !is_page(path) {
        let index = index.filter(|_| is_navigation(&request));
        let mut page = answer(&request, index.ok_or(Refusal::NoSuchPage)?);
        *page.status_mut() = StatusCode::NOT_FOUND;
        return Ok(page);
    }
    Ok(match index {
        Some(index) => {
            let mut page = answer(&request, index);
            if let Some(links) = ahead::links(&site, &request) {
                page.headers_mut().insert(LINK, links);
            }
            page
        }
        None => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(NOT_BUILT),
    })
}

/// Which build the pages are of, as they say themselves; empty where there are none.
#[must_use]
pub fn build() -> &'static str {
    static BUILD: LazyLock<&str> = LazyLock::new(|| {
        let page = find(INDEX).and_then(|index| str::from_utf8(index.identity).ok());
        let after = page.and_then(|page| Some(page.split_once(BUILD_MARK)?.1));
        let build = after.and_then(|after| Some(after.split_once('"')?.0));
        build.unwrap_or_default()
    });
    *BUILD
}

/// Path of a chunk of the frontend: its name, a hash of eight letters, and `extension`.
#[must_use]
pub fn chunk(name: &str, extension: &str) -> Option<&'static str> {
    const HASH: usize = 8;
    ASSETS.iter().map(|asset| asset.path).find(|path| {
        path.strip_prefix("/assets/")
            .and_then(|path| path.strip_prefix(name)?.strip_prefix('-'))
            .and_then(|path| path.strip_suffix(extension)?.strip_suffix('.'))
            .is_some_and(|hash| hash.len() == HASH)
    })
}

fn find(path: &str) -> Option<&'static Asset> {
    ASSETS
        .binary_search_by_key(&path, |asset| asset.path)
        .ok()
        .map(|i| &ASSETS[i])
}

/// Whether an address is a page of the frontend: `/`, `/explore`, `/learn`, `/replay`, `/c/CODE`, and below it `/desk`, `/stage`,
/// `/phone`, `/report`, `/replay`.
fn is_page(path: &str) -> bool {
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match segments.as_slice() {
        [""] | ["explore" | "learn" | "replay"] => true,
        ["c", code] | ["c", code, "desk" | "stage" | "phone" | "report" | "replay"] => {
            ClassCode::parse(code).is_some()
        }
        _ => false,
    }
}

/// Whether a person waits for a page, not a script for data: browsers ask for HTML by name only then.
fn is_navigation(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT);
    accept.is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"))
}

fn answer(request: &HttpRequest, asset: &'static Asset) -> HttpResponse {
    let wanted = Encoding::wanted(request.headers());
    let (encoding, bytes) = match wanted {
        Encoding::Brotli => (wanted, asset.brotli),
        Encoding::Gzip => (wanted, asset.gzip),
        Encoding::Identity => (wanted, None),
    };
    let (encoding, bytes) = bytes.map_or((Encoding::Identity, asset.identity), |bytes| {
        (encoding, bytes)
    });
    // Vite puts a hash of the content into the names below `/assets/`, so those never change.
    let fresh = if asset.path.starts_with("/assets/") {
        Freshness::Forever
    } else {
        Freshness::Ask
    };
    let tag = Tag {
        digest: asset.digest,
        fresh,
    };
    tag.answer(request, || Body {
        mime: asset.mime,
        encoding,
        bytes: Bytes::from_static(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_shape() {
        for page in [
            "/",
            "/explore",
            "/learn",
            "/replay",
            "/c/ABC234",
            "/c/abc234",
            "/c/ABC234/desk",
            "/c/ABC234/phone",
            "/c/ABC234/report",
            "/c/ABC234/replay",
            "/c/ABC234/stage",
        ] {
            assert!(is_page(page), "{page}");
        }
        for other in [
            "/nothing",
            "/c",
            "/c/",
            "/c/ABC",
            "/c/ABC234/attic",
            "/explore/more",
            "/learn/more",
            "/replay/ABC234",
            "/c/ABC234/desk/x",
        ] {
            assert!(!is_page(other), "{other}");
        }
    }

    #[test]
    fn assets_are_sorted_for_the_search() {
        assert!(ASSETS.is_sorted_by_key(|asset| asset.path));
        assert!(ASSETS.iter().all(|asset| find(asset.path).is_some()));
    }
}
