//! Sending pictures.

use awc::http::StatusCode;
use futures_util::stream;

use crate::server::{Answer, Server, answer};

/// A PNG without compression: a gradient, so that no two sizes have the same content.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..height {
        rows.push(0);
        for x in 0..width {
            rows.extend(
                [x % 256, y % 256, (x + y) % 256].map(|value| u8::try_from(value).unwrap()),
            );
        }
    }
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut zlib, &rows).unwrap();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut checksum = flate2::Crc::new();
        checksum.update(kind);
        checksum.update(data);
        file.extend_from_slice(kind);
        file.extend_from_slice(data);
        file.extend(checksum.sum().to_be_bytes());
    };
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    chunk(b"IHDR", &header);
    chunk(b"IDAT", &zlib.finish().unwrap());
    chunk(b"IEND", &[]);
    file
}

pub async fn send(server: &Server, file: Vec<u8>) -> Answer {
    answer(server.post("/api/pictures").send_body(file).await.unwrap()).await
}

/// The header of a picture of 60,000 × 60,000 px, 10 GB when decoded, in a file of 100 bytes.
fn bomb() -> Vec<u8> {
    let mut file = png(1, 1);
    let mut header = b"IHDR".to_vec();
    header.extend(60_000_u32.to_be_bytes());
    header.extend(60_000_u32.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut checksum = flate2::Crc::new();
    checksum.update(&header);
    file[12..29].copy_from_slice(&header);
    file[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    file
}

#[actix_web::test]
async fn a_picture_is_kept_and_shown() {
    let server = Server::start();
    let sent = send(&server, png(1200, 800)).await;
    assert_eq!(sent.status, StatusCode::CREATED);
    let kept = sent.json();
    assert_eq!(
        (&kept["width"], &kept["height"]),
        (&768.into(), &512.into())
    );
    let path = format!("/api/pictures/{}", kept["picture"].as_str().unwrap());
    let shown = answer(server.get(&path).send().await.unwrap()).await;
    assert_eq!(
        (shown.status, shown.header("content-type")),
        (StatusCode::OK, "image/png")
    );
    assert!(shown.header("cache-control").contains("immutable"));
    assert!(shown.body.starts_with(b"\x89PNG"));
    let again = server
        .get(&path)
        .insert_header(("If-None-Match", shown.header("etag")))
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let small = answer(
        server
            .get(&format!("{path}/thumbnail"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        (small.status, small.header("content-type")),
        (StatusCode::OK, "image/jpeg")
    );
    assert!(small.header("cache-control").contains("immutable"));
    assert!(small.body.starts_with(b"\xff\xd8\xff"));
    // What was kept is a picture that can be sent again and is the same.
    assert_eq!(send(&server, shown.body).await.json(), kept);
}

#[actix_web::test]
async fn what_cannot_be_used_is_refused_with_a_reason() {
    let server = Server::start();
    let whole = png(300, 300);
    let cases: [(&str, Vec<u8>); 5] = [
        ("text", b"This is a text file named picture.png".to_vec()),
        ("empty", Vec::new()),
        ("truncated", whole[..whole.len() / 2].to_vec()),
        ("bomb", bomb()),
        (
            "noise",
            (0..1000_u32)
                .map(|i| u8::try_from(i * 7919 % 251).unwrap())
                .collect(),
        ),
    ];
    let mut codes = std::collections::BTreeSet::new();
    for (name, file) in cases {
        let refused = send(&server, file).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}: {refused:?}"
        );
        assert!(
            refused.json()["message"].as_str().unwrap().len() > 10,
            "{name}"
        );
        codes.insert(refused.code());
    }
    assert_eq!(codes.len(), 5, "each reason has its own code: {codes:?}");
}

#[actix_web::test]
async fn a_file_that_is_too_large_is_refused_and_not_waited_for() {
    const TOO_LARGE_BYTES: usize = 13 << 20;
    let server = Server::start();
    let announced = send(&server, vec![0; TOO_LARGE_BYTES]).await;
    assert_eq!(
        (announced.status, announced.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    );
    let chunks = (0..TOO_LARGE_BYTES / 65_536)
        .map(|_| Ok::<_, std::io::Error>(actix_web::web::Bytes::from(vec![0; 65_536])));
    let unannounced = server
        .post("/api/pictures")
        .send_stream(stream::iter(chunks))
        .await
        .unwrap();
    let unannounced = answer(unannounced).await;
    assert_eq!(
        (unannounced.status, unannounced.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too_large")
    );
    assert_eq!(send(&server, png(64, 64)).await.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn the_oldest_pictures_make_room_for_new_ones() {
    // Each of these takes 0.8 MB as pixels.
    let server = Server::with(&["--picture-bytes", "2097152"]);
    let mut sent = Vec::new();
    for width in 512..518 {
        sent.push(
            send(&server, png(width, 512)).await.json()["picture"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
        let newest = server
            .get(&format!("/api/pictures/{}", sent.last().unwrap()))
            .send()
            .await
            .unwrap();
        assert_eq!(newest.status(), StatusCode::OK, "the newest is there");
    }
    let oldest = answer(
        server
            .get(&format!("/api/pictures/{}", sent[0]))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(oldest.code(), "no_such_picture");
}

#[actix_web::test]
async fn one_connection_sends_a_bounded_number_of_pictures() {
    let server = Server::start();
    let text = b"not a picture".to_vec();
    let mut refused = None;
    // awc keeps its connection between requests of one client.
    let client = awc::Client::new();
    for _ in 0..40 {
        let request = client.post(format!("{}/api/pictures", server.url));
        let answer = answer(request.send_body(text.clone()).await.unwrap()).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = refused.expect("40 in much less than 40 s are too many");
    assert_eq!(
        (refused.code().as_str(), refused.header("retry-after")),
        ("too_many_requests", "1")
    );
    assert_eq!(
        send(&server, png(8, 8)).await.status,
        StatusCode::CREATED,
        "others are not held up"
    );
}
