//! Networks, weights and activations over HTTP.

use std::io::Read;

use awc::http::StatusCode;
use futures_util::future::join_all;
use serde_json::Value;

use crate::server::{PATIENCE, Server, answer};

/// The parts of a description that addresses are made of.
struct Parts {
    description: Value,
    digest: String,
    picture: String,
    conv: String,
}

async fn parts(server: &Server) -> Parts {
    let description = server.network().await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Parts {
        digest: text(&description["digest"]),
        picture: text(&description["gallery"][0]["picture"]),
        conv: text(&description["layers"][1]["id"]),
        description,
    }
}

fn values(shape: &Value) -> usize {
    shape
        .as_array()
        .unwrap()
        .iter()
        .map(|size| usize::try_from(size.as_u64().unwrap()).unwrap())
        .product()
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes
        .chunks_exact(4)
        .map(|chunk| f32::from_le_bytes(chunk.try_into().unwrap()))
        .collect()
}

#[actix_web::test]
async fn every_layer_has_the_shape_of_its_description() {
    const F32_BYTES: usize = 4;
    let server = Server::start();
    let Parts {
        description,
        digest,
        picture,
        ..
    } = parts(&server).await;
    for layer in description["layers"].as_array().unwrap() {
        let id = layer["id"].as_str().unwrap();
        let whole = answer(
            server
                .get(&format!("/api/tensors/{digest}/{picture}/{id}"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(
            whole.body.len(),
            values(&layer["shape"]) * F32_BYTES,
            "{id}"
        );
        let unit = answer(
            server
                .get(&format!("/api/tensors/{digest}/{picture}/{id}/0"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(whole.body[..unit.body.len()], unit.body, "{id}");
        let weights = answer(
            server
                .get(&format!("/api/weights/{digest}/{id}"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        let expected: usize = layer["weights"]
            .as_array()
            .unwrap()
            .iter()
            .map(values)
            .sum();
        if expected == 0 {
            assert_eq!(weights.code(), "no_weights", "{id}");
        } else {
            assert_eq!(weights.body.len(), expected * F32_BYTES, "{id}");
            let units = values(&layer["shape"].as_array().unwrap()[..1].into());
            let mut begin = 0;
            let mut last = Vec::new();
            for tensor in layer["weights"].as_array().unwrap() {
                let end = begin + values(tensor) * F32_BYTES;
                last.extend_from_slice(
                    &weights.body[end - values(tensor) * F32_BYTES / units..end],
                );
                begin = end;
            }
            let path = format!("/api/weights/{digest}/{id}/{}", units - 1);
            let part = answer(server.get(&path).send().await.unwrap()).await;
            assert_eq!(part.body, last, "the last unit of {id}");
        }
    }
    let output = description["output"].as_str().unwrap();
    let scores = answer(
        server
            .get(&format!("/api/tensors/{digest}/{picture}/{output}"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    let sum: f32 = floats(&scores.body).iter().sum();
    assert!((sum - 1.0).abs() < 1e-4, "probabilities sum to {sum}");
}

#[actix_web::test]
async fn blobs_are_immutable_and_come_in_every_encoding() {
    let server = Server::start();
    let Parts {
        digest,
        picture,
        conv,
        ..
    } = parts(&server).await;
    let paths = [
        format!("/api/overviews/{digest}/{picture}/phone"),
        format!("/api/overviews/{digest}/{picture}/full"),
        format!("/api/tensors/{digest}/{picture}/{conv}"),
        format!("/api/tensors/{digest}/{picture}/{conv}/2"),
        format!("/api/weights/{digest}/{conv}"),
    ];
    for path in paths {
        let plain = answer(
            server
                .get(&path)
                .insert_header(("Accept-Encoding", "identity"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(
            (plain.status, plain.header("content-encoding")),
            (StatusCode::OK, ""),
            "{path}"
        );
        let gzip = answer(
            server
                .get(&path)
                .insert_header(("Accept-Encoding", "gzip"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        let brotli = answer(
            server
                .get(&path)
                .insert_header(("Accept-Encoding", "gzip, br"))
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(
            (
                gzip.header("content-encoding"),
                brotli.header("content-encoding")
            ),
            ("gzip", "br"),
            "{path}"
        );
        let mut decoded = Vec::new();
        flate2::read::GzDecoder::new(&gzip.body[..])
            .read_to_end(&mut decoded)
            .unwrap();
        assert_eq!(decoded, plain.body, "{path}");
        decoded.clear();
        brotli::BrotliDecompress(&mut &brotli.body[..], &mut decoded).unwrap();
        assert_eq!(decoded, plain.body, "{path}");
        for answer in [&plain, &gzip, &brotli] {
            assert_eq!(
                answer.header("cache-control"),
                "public, max-age=31536000, immutable",
                "{path}"
            );
            assert_eq!(answer.header("vary"), "Accept-Encoding", "{path}");
        }
        let known = server
            .get(&path)
            .insert_header(("If-None-Match", gzip.header("etag")))
            .send()
            .await
            .unwrap();
        let known = answer(known).await;
        assert_eq!(
            (known.status, known.body.len()),
            (StatusCode::NOT_MODIFIED, 0),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_description_is_asked_for_again_but_not_sent_again() {
    let server = Server::start();
    let described = answer(server.get("/api/networks/tiny-vgg").send().await.unwrap()).await;
    assert_eq!(
        (
            described.header("cache-control"),
            described.header("content-type")
        ),
        ("no-cache", "application/json")
    );
    let again = server
        .get("/api/networks/tiny-vgg")
        .insert_header(("If-None-Match", described.header("etag")));
    assert_eq!(
        again.send().await.unwrap().status(),
        StatusCode::NOT_MODIFIED
    );
    let list = answer(server.get("/api/networks").send().await.unwrap())
        .await
        .json();
    assert_eq!(list[0]["digest"], described.json()["digest"]);
}

#[actix_web::test]
async fn what_is_not_there_is_named() {
    let server = Server::start();
    let Parts {
        digest,
        picture,
        conv,
        ..
    } = parts(&server).await;
    let nowhere = "00000000000000000000000000000000";
    let cases = [
        ("/api/networks/none".to_owned(), 404, "no_such_network"),
        (
            format!("/api/weights/{nowhere}/{conv}"),
            404,
            "no_such_network",
        ),
        (format!("/api/weights/{digest}/none"), 404, "no_such_layer"),
        (format!("/api/weights/{digest}/input"), 404, "no_weights"),
        (
            format!("/api/weights/{digest}/{conv}/10"),
            404,
            "no_such_unit",
        ),
        (
            format!("/api/tensors/{nowhere}/{picture}/{conv}"),
            404,
            "no_such_network",
        ),
        (
            format!("/api/tensors/{digest}/{nowhere}/{conv}"),
            404,
            "no_such_picture",
        ),
        (
            format!("/api/tensors/{digest}/{picture}/none"),
            404,
            "no_such_layer",
        ),
        (
            format!("/api/tensors/{digest}/{picture}/{conv}/10"),
            404,
            "no_such_unit",
        ),
        (
            format!("/api/tensors/{digest}/{picture}/{conv}/-1"),
            404,
            "no_such_unit",
        ),
        (
            format!("/api/overviews/{digest}/{picture}/huge"),
            400,
            "bad_request",
        ),
        (
            format!("/api/overviews/{digest}/{nowhere}/phone"),
            404,
            "no_such_picture",
        ),
        (format!("/api/pictures/{nowhere}"), 404, "no_such_picture"),
        (
            "/api/pictures/..%2f..%2fetc%2fpasswd".to_owned(),
            404,
            "no_such_picture",
        ),
        ("/api/classes/000000".to_owned(), 404, "no_such_class"),
        ("/api/nothing".to_owned(), 404, "no_such_page"),
    ];
    for (path, status, code) in cases {
        let refused = answer(server.get(&path).send().await.unwrap()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code().as_str()),
            (status, code),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_full_queue_says_when_to_come_back() {
    // With the smallest caches, pictures that went round have to be computed again.
    let server = Server::with(&[
        "--inference-threads",
        "1",
        "--inference-queue",
        "1",
        "--activation-bytes",
        "1048576",
        "--cache-bytes",
        "1048576",
    ]);
    let Parts {
        description,
        digest,
        conv,
        ..
    } = parts(&server).await;
    let pictures: Vec<&str> = description["gallery"]
        .as_array()
        .unwrap()
        .iter()
        .map(|picture| picture["picture"].as_str().unwrap())
        .collect();
    let refused = async {
        loop {
            let asks = pictures.iter().map(|picture| {
                server
                    .get(&format!("/api/tensors/{digest}/{picture}/{conv}"))
                    .send()
            });
            for response in join_all(asks).await {
                let answer = answer(response.unwrap()).await;
                if answer.status == StatusCode::SERVICE_UNAVAILABLE {
                    return answer;
                }
                assert_eq!(answer.status, StatusCode::OK);
            }
        }
    };
    let refused = tokio::time::timeout(PATIENCE, refused)
        .await
        .expect("a queue of one overflows");
    assert_eq!(refused.code(), "busy");
    let retry_after: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&retry_after));
}
