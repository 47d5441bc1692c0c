//! HTTPS with a certificate of one's own.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::Output,
    sync::Arc,
    time::{Duration, Instant},
};

use http::Request;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
};
use tempfile::TempDir;
use tokio_rustls::TlsConnector;

use crate::server::{PATIENCE, Server, binary};

/// A certificate that was made for a test, and its files.
struct Made {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Made {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let certificate = write(&folder, &["localhost", "127.0.0.1"]);
        Self {
            folder,
            certificate,
        }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn flags(&self) -> [String; 4] {
        [
            "--tls-certificate".to_owned(),
            self.path("certificate.pem"),
            "--tls-key".to_owned(),
            self.path("key.pem"),
        ]
    }
}

/// Makes a certificate and writes it where the one before was.
fn write(folder: &TempDir, names: &[&str]) -> CertificateDer<'static> {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    fs::write(path("certificate.pem"), made.cert.pem()).unwrap();
    fs::write(path("key.pem"), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

/// Someone who trusts this certificate and no other.
fn trusting(trusted: &CertificateDer<'static>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// A connection to the server, by someone who trusts this certificate and no other.
fn connect(
    server: &Server,
    trusted: &CertificateDer<'static>,
) -> Result<StreamOwned<ClientConnection, TcpStream>, std::io::Error> {
    let config = trusting(trusted);
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let address = server.url.strip_prefix("https://").unwrap();
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut stream = StreamOwned::new(connection, stream);
    stream.flush()?;
    Ok(stream)
}

/// The head of the answer to a request with further headers.
fn ask(server: &Server, trusted: &CertificateDer<'static>, path: &str, headers: &str) -> String {
    let mut stream = connect(server, trusted).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

fn health(server: &Server, flags: &[&str]) -> Output {
    let address = server.url.split_once("://").unwrap().1;
    let mut command = binary();
    command.args(["health", "--listen", address]).args(flags);
    command.output().unwrap()
}

fn start(made: &Made) -> Server {
    let flags = made.flags();
    Server::with(&flags.each_ref().map(String::as_str))
}

#[actix_web::test]
async fn pages_and_sockets_come_over_https() {
    let made = Made::new();
    let server = start(&made);
    assert!(
        server.url.starts_with("https://127.0.0.1:"),
        "{}",
        server.url
    );
    assert!(ask(&server, &made.certificate, "/readyz", "").starts_with("HTTP/1.1 200"));
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: https://localhost\r\n";
    let socket = ask(
        &server,
        &made.certificate,
        "/api/classes/000000/socket",
        upgrade,
    );
    assert!(socket.starts_with("HTTP/1.1 101"), "{socket}");
}

#[actix_web::test]
async fn over_http_2_pages_of_this_server_may_do_what_others_may_not() {
    let made = Made::new();
    let server = start(&made);
    let mut config = trusting(&made.certificate);
    config.alpn_protocols = vec![b"h2".to_vec()];
    let address = server.url.strip_prefix("https://").unwrap();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    let (client, connection) = h2::client::handshake(stream).await.unwrap();
    actix_web::rt::spawn(connection);
    let port = address.split_once(':').unwrap().1;
    let own = format!("https://localhost:{port}");
    for (origin, status) in [(own.as_str(), 201), ("https://other.example", 403)] {
        let request = Request::post(format!("{own}/api/classes"))
            .header("content-type", "application/json")
            .header("origin", origin)
            .body(())
            .unwrap();
        let mut client = client.clone().ready().await.unwrap();
        let (answer, mut body) = client.send_request(request, false).unwrap();
        body.send_data("{}".into(), true).unwrap();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{origin}");
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        assert!(
            policy.contains(&format!("wss://localhost:{port}")),
            "{policy}"
        );
    }
}

#[actix_web::test]
async fn its_health_is_asked_over_https() {
    let made = Made::new();
    let server = start(&made);
    let flag = ["--tls-certificate", &made.path("certificate.pem")];
    let asked = health(&server, &flag);
    assert!(asked.status.success(), "{asked:?}");
    assert!(!health(&server, &[]).status.success());
    let plain = Server::start();
    assert!(!health(&plain, &flag).status.success());
}

#[actix_web::test]
async fn a_renewed_certificate_is_shown_without_a_restart() {
    let made = Made::new();
    let server = start(&made);
    let renewed = write(&made.folder, &["localhost"]);
    let takes = |certificate| {
        let shown = connect(&server, certificate);
        shown.is_ok()
    };
    assert!(takes(&made.certificate) && !takes(&renewed));
    let began = Instant::now();
    while !takes(&renewed) {
        assert!(began.elapsed() < PATIENCE, "the renewed one is not shown");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(!takes(&made.certificate));
}

#[actix_web::test]
async fn what_is_wrong_with_a_certificate_is_said_before_anyone_comes() {
    let [made, other] = [Made::new(), Made::new()];
    let [certificate, key] = [made.path("certificate.pem"), made.path("key.pem")];
    let other_key = other.path("key.pem");
    for (flags, words) in [
        (vec!["--tls-certificate", &certificate], "--tls-key"),
        (vec!["--tls-key", &key], "--tls-certificate"),
        (
            vec!["--tls-certificate", "nowhere.pem", "--tls-key", &key],
            "nowhere.pem",
        ),
        (
            vec!["--tls-certificate", &certificate, "--tls-key", &other_key],
            "is not that of the first certificate",
        ),
    ] {
        let data = tempfile::tempdir().unwrap();
        let output = binary()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(&flags)
            .output()
            .unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && error.contains(words),
            "{flags:?}: {error}"
        );
    }
}

#[test]
fn the_doctor_says_whom_a_certificate_is_not_for() {
    let made = Made::new();
    let data = tempfile::tempdir().unwrap();
    for (host, fits) in [("localhost", true), ("class.example", false)] {
        let output = binary()
            .args(["doctor", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(["--public-url", &format!("https://{host}")])
            .args(made.flags())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.success(), fits, "{text}");
        assert_eq!(text.contains("is not for class.example"), !fits, "{text}");
    }
}
