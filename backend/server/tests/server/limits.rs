//! What nobody may do, and that it harms nobody else.

use std::time::Duration;

use awc::http::StatusCode;
use convocation_classroom::{
    topics::Versions,
    wire::{Farewell, PROTOCOL},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    client::{caption, connect, host, join, student},
    server::{Server, answer},
};

#[actix_web::test]
async fn pages_of_other_sites_get_nothing() {
    let server = Server::with(&["--public-url", "https://class.example.org"]);
    let class = server.open_class().await;
    let own = server.url.clone();
    let cases = [
        (own.as_str(), true),
        ("https://class.example.org", true),
        ("http://evil.example", false),
        ("null", false),
    ];
    for (origin, allowed) in cases {
        let socket = connect(&server, &class.code, &[("origin", origin)])
            .await
            .err();
        assert_eq!(socket, (!allowed).then_some(403), "{origin}");
        for path in ["/api/classes", "/api/pictures"] {
            let answer = answer(
                server
                    .post(path)
                    .insert_header(("Origin", origin))
                    .send()
                    .await
                    .unwrap(),
            )
            .await;
            assert_eq!(
                answer.status == StatusCode::FORBIDDEN,
                !allowed,
                "{origin} {path}"
            );
            if !allowed {
                assert_eq!(answer.code(), "foreign_origin");
            }
        }
    }
}

#[actix_web::test]
async fn what_is_no_message_ends_the_connection() {
    let server = Server::start();
    let class = server.open_class().await;
    let large = format!(
        r#"{{"type":"command","id":1,"command":{{"type":"setCaption","caption":"{}"}}}}"#,
        "x".repeat(17_000)
    );
    for text in [
        "",
        "nonsense",
        "[]",
        r#"{"type":"command","id":1,"command":{"type":"dance"}}"#,
        &large,
    ] {
        let mut pupil = join(&server, &class.code, student()).await.unwrap();
        pupil.send_text(text).await;
        assert_eq!(
            pupil.goodbye().await,
            Farewell::BadMessage,
            "{}",
            &text[..text.len().min(40)]
        );
    }
}

#[actix_web::test]
async fn a_flood_ends_the_connection_and_nobody_else_notices() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut flooder = join(&server, &class.code, student()).await.unwrap();
    for id in 0..200 {
        flooder
            .send_text(&format!(
                r#"{{"type":"command","id":{id},"command":{{"type":"explore"}}}}"#
            ))
            .await;
    }
    assert_eq!(flooder.goodbye().await, Farewell::TooFast);
    let mut pinger = join(&server, &class.code, student()).await.unwrap();
    for _ in 0..200 {
        pinger.send_text(r#"{"type":"ping","sent":1}"#).await;
    }
    assert_eq!(pinger.goodbye().await, Farewell::TooFast);
    host.ask(caption("calm")).await.unwrap();
}

#[actix_web::test]
async fn a_burst_of_forty_commands_is_allowed() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    for number in 0..40 {
        host.ask(caption(&number.to_string())).await.unwrap();
    }
}

/// A student who says hello and then never reads a byte.
async fn deaf_student(server: &Server, code: &str) -> TcpStream {
    let address = server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    socket2::SockRef::from(&stream)
        .set_recv_buffer_size(4096)
        .unwrap();
    let request = format!(
        "GET /api/classes/{code}/socket HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 101");
    let hello = format!(
        r#"{{"type":"hello","protocol":{PROTOCOL},"credential":{{"kind":"new","role":"student"}},"mode":null,"have":{{}}}}"#
    );
    let hello = hello.as_bytes();
    // A masked text frame whose mask is zero.
    let mut frame = vec![0x81, 0x80 | u8::try_from(hello.len()).unwrap(), 0, 0, 0, 0];
    frame.extend_from_slice(hello);
    stream.write_all(&frame).await.unwrap();
    stream
}

#[actix_web::test]
async fn those_who_never_read_delay_nobody() {
    const DEAF: u32 = 20;
    const CHANGES: u64 = 120;
    let server = Server::start();
    let class = server.open_class().await;
    let mut host = join(&server, &class.code, host(&class)).await.unwrap();
    let mut deaf = Vec::new();
    for _ in 0..DEAF {
        deaf.push(deaf_student(&server, &class.code).await);
    }
    host.until("the deaf are there", |host| {
        host.roster
            .as_ref()
            .is_some_and(|(_, roster)| roster.present == DEAF)
    })
    .await;
    let mut pupil = join(&server, &class.code, student()).await.unwrap();
    let began = std::time::Instant::now();
    let mut slowest = Duration::ZERO;
    for number in 0..CHANGES {
        // 20 commands a second are allowed; the pace is part of what is tested.
        tokio::time::sleep_until(
            (began + Duration::from_millis(55) * u32::try_from(number).unwrap()).into(),
        )
        .await;
        let text = format!("{number} {}", "é".repeat(180));
        let sent = std::time::Instant::now();
        host.ask(caption(&text)).await.unwrap();
        pupil.until_caption(&text).await;
        slowest = slowest.max(sent.elapsed());
    }
    assert!(
        slowest < Duration::from_secs(1),
        "a change took {slowest:?}"
    );
}

#[actix_web::test]
async fn a_seat_has_a_bounded_number_of_connections() {
    let server = Server::start();
    let class = server.open_class().await;
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(join(&server, &class.code, host(&class)).await.unwrap());
    }
    assert_eq!(
        join(&server, &class.code, host(&class)).await.err(),
        Some(Farewell::Full)
    );
    open.pop().unwrap().leave().await;
    // The server notices within a moment that one left.
    let again = async {
        loop {
            let mut client = connect(&server, &class.code, &[]).await.unwrap();
            if client
                .hello(host(&class), Versions::default())
                .await
                .is_ok()
            {
                return;
            }
        }
    };
    tokio::time::timeout(crate::server::PATIENCE, again)
        .await
        .unwrap();
}

#[actix_web::test]
async fn the_server_holds_a_bounded_number_of_classes() {
    let server = Server::with(&["--max-classes", "2", "--max-connections-per-class", "3"]);
    let class = server.open_class().await;
    server.open_class().await;
    let refused = answer(server.post("/api/classes").send().await.unwrap()).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "too_many_classes")
    );
    assert_eq!(refused.header("retry-after"), "60");
    let mut students = Vec::new();
    for _ in 0..3 {
        students.push(join(&server, &class.code, student()).await.unwrap());
    }
    assert_eq!(
        join(&server, &class.code, student()).await.err(),
        Some(Farewell::Full)
    );
}

#[actix_web::test]
async fn a_wish_is_short() {
    let server = Server::start();
    let wish = format!("{{\"network\":\"{}\"}}", "x".repeat(17_000));
    let refused = answer(server.post("/api/classes").send_body(wish).await.unwrap()).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (400, "bad_request")
    );
}
