//! A running server of its own for each test, and plain HTTP to it.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use awc::{ClientRequest, ClientResponse, http::StatusCode};
use serde_json::Value;
use tempfile::TempDir;

/// The longest that anything in a test may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running server with data of its own.
pub struct Server {
    process: Child,
    pub data: TempDir,
    flags: Vec<String>,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: awc::http::header::HeaderMap,
    pub body: Vec<u8>,
}

/// What opening a class gives.
pub struct Opened {
    pub code: String,
    pub host: String,
    pub assistant: String,
}

pub fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convocation"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    command
}

impl Server {
    pub fn start() -> Self {
        Self::with(&[])
    }

    pub fn with(flags: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
        let (process, url) = launch(data.path(), &flags);
        Self {
            process,
            data,
            flags,
            url,
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Another process with the same data.
    pub fn start_again(&mut self) {
        (self.process, self.url) = launch(self.data.path(), &self.flags);
    }

    pub fn terminate(&self) {
        let sent = Command::new("kill")
            .args(["-TERM", &self.process.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Waits until the process is over, at most `limit`.
    pub async fn over(&mut self, limit: Duration) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < limit, "still running after {limit:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub fn get(&self, path: &str) -> ClientRequest {
        client().get(format!("{}{path}", self.url))
    }

    pub fn post(&self, path: &str) -> ClientRequest {
        client().post(format!("{}{path}", self.url))
    }

    pub async fn open_class(&self) -> Opened {
        let answer = answer(self.post("/api/classes").send().await.unwrap()).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let opened = answer.json();
        let text = |name: &str| opened[name].as_str().unwrap().to_owned();
        Opened {
            code: text("code"),
            host: text("hostSecret"),
            assistant: text("assistantSecret"),
        }
    }

    /// The description of the network that comes with the server.
    pub async fn network(&self) -> Value {
        answer(self.get("/api/networks/tiny-vgg").send().await.unwrap())
            .await
            .json()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("not JSON, status {}: {error}", self.status))
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn answer<S>(mut response: ClientResponse<S>) -> Answer
where
    S: futures_util::Stream<Item = Result<actix_web::web::Bytes, awc::error::PayloadError>> + Unpin,
{
    const LARGEST_BYTES: usize = 16 << 20;
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.body().limit(LARGEST_BYTES).await.unwrap().to_vec(),
    }
}

fn client() -> awc::Client {
    awc::Client::builder()
        .timeout(PATIENCE)
        .disable_redirects()
        .finish()
}

fn launch(data: &Path, flags: &[String]) -> (Child, String) {
    let mut process = binary()
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--qr",
            "never",
            "--log",
            "warn",
        ])
        .arg("--data")
        .arg(data)
        .arg("--models")
        .arg(models())
        .args(flags)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = line
        .trim()
        .strip_prefix("listening on ")
        .unwrap_or_else(|| panic!("no address in {line:?}"));
    (process, url.to_owned())
}
