//! The files of the frontend as this server was built with it; without it there are none to test.

use std::io::Read;

use awc::http::StatusCode;

use crate::server::{Answer, Server, answer};

/// What a server says that was built without the frontend.
const NOT_BUILT: &str = "The frontend is not in this server";
/// Files below this are sent as they are: `build.rs` says why.
const WORTH_COMPRESSING_BYTES: usize = 256;

async fn get(server: &Server, path: &str, accept: &str) -> Answer {
    let request = server
        .get(path)
        .no_decompress()
        .insert_header(("Accept-Encoding", accept));
    answer(request.send().await.unwrap()).await
}

/// The files below `/assets/` that a page refers to.
fn references(page: &str) -> Vec<&str> {
    let attributes = page.split('"').skip(1).step_by(2);
    attributes
        .filter(|value| value.starts_with("/assets/"))
        .collect()
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &answer.body[..], &mut bytes).unwrap(),
        "gzip" => {
            let mut decoder = flate2::read::GzDecoder::new(&answer.body[..]);
            decoder.read_to_end(&mut bytes).unwrap();
        }
        other => panic!("unknown encoding {other:?}"),
    }
    bytes
}

#[actix_web::test]
async fn hashed_files_are_kept_forever_and_come_compressed() {
    let server = Server::start();
    let page = get(&server, "/", "identity").await.body;
    let page = String::from_utf8(page).unwrap();
    if page.contains(NOT_BUILT) {
        return;
    }
    let files = references(&page);
    for kind in [".js", ".css"] {
        let has_one = files.iter().any(|path| path.ends_with(kind));
        assert!(has_one, "no {kind} in {files:?}");
    }
    for path in files {
        let plain = get(&server, path, "identity").await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        if plain.body.len() < WORTH_COMPRESSING_BYTES {
            continue;
        }
        let kind = if path.ends_with(".js") {
            "text/javascript"
        } else {
            "text/css"
        };
        for (accept, encoding) in [("gzip", "gzip"), ("gzip, deflate, br", "br")] {
            let packed = get(&server, path, accept).await;
            assert_eq!(packed.header("content-encoding"), encoding, "{path}");
            assert!(packed.body.len() < plain.body.len(), "{path} as {encoding}");
            assert!(
                unpacked(&packed) == plain.body,
                "{path} as {encoding} is another"
            );
            for answer in [&plain, &packed] {
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                assert_eq!(
                    answer.header("cache-control"),
                    "public, max-age=31536000, immutable",
                    "{path}"
                );
                assert_eq!(answer.header("vary"), "Accept-Encoding", "{path}");
                assert!(answer.header("content-type").starts_with(kind), "{path}");
            }
        }
    }
}
