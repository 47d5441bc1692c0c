//! `convocation doctor`, on machines with one thing or another amiss, and phones that get through or do not.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, ChildStdout, Command, Stdio},
};

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::server::{Server, binary, models};

/// An address of nobody (RFC 5737): a device other than this machine, as a proxy would tell of it.
const PHONE: &str = "192.0.2.7";

/// The doctor with all that it needs, and further flags; later ones are not allowed to repeat these.
fn doctor(listen: &str, data: &str, flags: &[&str]) -> Command {
    let mut command = binary();
    command
        .args([
            "doctor", "--qr", "never", "--listen", listen, "--data", data,
        ])
        .args(flags);
    command
}

/// What it prints, and whether it found nothing that would fail a class.
fn examine(listen: &str, flags: &[&str]) -> (String, bool) {
    let data = tempfile::tempdir().unwrap();
    let output = doctor(listen, data.path().to_str().unwrap(), flags)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (text, output.status.success())
}

/// The line about something.
fn line<'a>(text: &'a str, subject: &str) -> &'a str {
    let mut lines = text.lines();
    lines
        .find(|line| line.split_whitespace().nth(1) == Some(subject))
        .unwrap_or_else(|| panic!("no line about {subject} in\n{text}"))
}

const PUBLIC: [&str; 2] = ["--public-url", "http://class.example"];

#[test]
fn a_machine_that_is_well_is_said_to_be() {
    let (text, well) = examine("127.0.0.1:0", &PUBLIC);
    assert!(well, "{text}");
    for (subject, words) in [
        ("port", "is free"),
        ("data", "can be written"),
        ("runtime", "ONNX Runtime"),
        ("networks", "tiny-vgg"),
        ("addresses", "http://class.example"),
    ] {
        let line = line(&text, subject);
        assert!(line.starts_with("ok ") && line.contains(words), "{line}");
    }
    // What cannot be known is not called well.
    for subject in ["firewall", "phone"] {
        assert!(line(&text, subject).starts_with('?'), "{text}");
    }
}

#[test]
fn each_fault_is_named_with_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap().to_owned();
    for (listen, flags, subject, words) in [
        ("127.0.0.1:0", vec![], "addresses", "--listen 0.0.0.0:0"),
        (
            "192.0.2.1:8080",
            PUBLIC.to_vec(),
            "port",
            "does not have that address",
        ),
        (
            "127.0.0.1:0",
            [&PUBLIC[..], &["--models", &empty]].concat(),
            "networks",
            "--models",
        ),
        (
            "127.0.0.1:0",
            [
                &PUBLIC[..],
                &[
                    "--tls-certificate",
                    "nowhere.pem",
                    "--tls-key",
                    "nowhere.pem",
                ],
            ]
            .concat(),
            "certificate",
            "nowhere.pem",
        ),
    ] {
        let (text, well) = examine(listen, &flags);
        let line = line(&text, subject);
        assert!(!well && line.starts_with("BAD "), "{text}");
        assert!(line.contains(words), "{line}");
    }
}

#[test]
fn a_port_that_another_program_has_is_not_free() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = other.local_addr().unwrap().to_string();
    let (text, well) = examine(&listen, &PUBLIC);
    let line = line(&text, "port");
    assert!(!well && line.starts_with("BAD "), "{text}");
    assert!(
        line.contains("another program") && line.contains("--listen"),
        "{line}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = doctor("127.0.0.1:0", file.to_str().unwrap(), &PUBLIC)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(line(&text, "data").starts_with("BAD "), "{text}");
    assert!(line(&text, "data").contains("--data"), "{text}");
    assert!(!output.status.success());
}

#[actix_web::test]
async fn a_server_that_runs_already_is_no_fault() {
    let server = Server::start();
    let listen = server.url.strip_prefix("http://").unwrap();
    let (text, well) = examine(listen, &PUBLIC);
    assert!(well, "{text}");
    assert!(line(&text, "port").contains("already"), "{text}");
    assert!(line(&text, "phone").starts_with('?'), "{text}");
}

/// A doctor that waits for a phone.
struct Waiting {
    process: Child,
    lines: BufReader<ChildStdout>,
    /// `127.0.0.1:PORT`.
    address: String,
    _data: tempfile::TempDir,
}

impl Waiting {
    fn start(seconds: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let flags = [&PUBLIC[..], &["--behind-proxy", "--wait", seconds]].concat();
        let mut process = doctor("127.0.0.1:0", data.path().to_str().unwrap(), &flags)
            .args(["--models", models().to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("...  phone") {
            assert!(lines.read_line(&mut text).unwrap() > 0, "{text}");
        }
        let address = line(&text, "port").split_whitespace().nth(2).unwrap();
        Self {
            address: address.to_owned(),
            process,
            lines,
            _data: data,
        }
    }

    async fn get(&self, from: &str) -> String {
        let request = awc::Client::new()
            .get(format!("http://{}/", self.address))
            .insert_header(("x-forwarded-for", from));
        let mut response = request.send().await.unwrap();
        String::from_utf8(response.body().await.unwrap().to_vec()).unwrap()
    }

    /// The line that it ends with, and whether all was well.
    fn end(mut self) -> (String, bool) {
        let mut text = String::new();
        while self.lines.read_line(&mut text).unwrap() > 0 {}
        let well = self.process.wait().unwrap().success();
        (line(&text, "phone").to_owned(), well)
    }
}

#[actix_web::test]
async fn a_phone_that_gets_through_is_told_with_its_websocket() {
    let mut doctor = Waiting::start("30");
    // This machine itself proves nothing.
    assert!(doctor.get("127.0.0.1").await.contains("gets through"));
    assert!(doctor.process.try_wait().unwrap().is_none());
    let page = doctor.get(PHONE).await;
    assert!(page.contains("/doctor.js"));
    let mut request = format!("ws://{}/socket", doctor.address)
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("x-forwarded-for", PHONE.parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    for sent in [1, 2] {
        let ping = format!(r#"{{"type":"ping","sent":{sent}}}"#);
        socket.send(Message::text(ping)).await.unwrap();
        let answer = socket.next().await.unwrap().unwrap();
        assert!(answer.to_text().unwrap().contains("pong"));
    }
    let (line, well) = doctor.end();
    assert!(
        well && line.starts_with("ok ") && line.contains("a WebSocket too"),
        "{line}"
    );
    assert!(!line.contains(PHONE));
}

#[actix_web::test]
async fn a_phone_without_websockets_gets_through_by_events() {
    let doctor = Waiting::start("30");
    doctor.get(PHONE).await;
    let request = awc::Client::new()
        .post(format!("http://{}/blocked", doctor.address))
        .insert_header(("x-forwarded-for", PHONE));
    assert_eq!(request.send().await.unwrap().status().as_u16(), 204);
    let (line, well) = doctor.end();
    assert!(well && line.contains("server-sent events"), "{line}");
}

#[test]
fn no_phone_in_time_is_a_fault_with_what_to_do() {
    let (line, well) = Waiting::start("1").end();
    assert!(
        !well && line.starts_with("BAD ") && line.contains("hotspot"),
        "{line}"
    );
}
