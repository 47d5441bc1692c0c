//! Configuration: flags and their environment variables, checked once at the start. Holds no state and opens no files.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

use crate::tls;

/// A live classroom for convolutional networks: one instructor's view on every student's screen.
#[derive(Debug, Parser)]
#[command(name = "convocation", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Runs the server.
    Serve(Box<Serve>),
    /// Validates the folder of a network and prints its layers.
    Check {
        /// Folder with `network.onnx` and `network.toml`.
        network_dir: PathBuf,
    },
    /// Checks what a class needs of this machine and its network, with the flags of `serve`; a phone confirms that it gets through.
    Doctor(Box<Doctor>),
    /// Asks a server on this machine whether it is ready; fails when it is not.
    Health {
        /// Address and port that the server listens on.
        #[arg(long, env = "CONVOCATION_LISTEN", default_value = LISTEN)]
        listen: SocketAddr,
        /// The certificate that it was started with, if it was: it is then asked over HTTPS.
        #[arg(long, env = "CONVOCATION_TLS_CERTIFICATE")]
        tls_certificate: Option<PathBuf>,
    },
}

/// Where the server listens when nobody says otherwise.
const LISTEN: &str = "0.0.0.0:8080";

/// What is checked.
#[derive(Clone, Debug, Args)]
pub struct Doctor {
    /// Seconds to wait for a phone that opens the address; 0 does not wait. Without this flag a terminal waits for two minutes.
    #[arg(long, env = "CONVOCATION_DOCTOR_WAIT")]
    pub wait: Option<u16>,
    /// How the server would run.
    #[command(flatten)]
    pub serve: Serve,
}

/// How the server runs.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "CONVOCATION_LISTEN", default_value = LISTEN)]
    pub listen: SocketAddr,
    /// Folder for the journal of the classes; made when it is not there.
    #[arg(long, env = "CONVOCATION_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Folder with one folder per network.
    #[arg(long, env = "CONVOCATION_MODELS", default_value = "models")]
    pub models: PathBuf,
    /// Address under which browsers reach the server when it is behind a proxy, for example `https://class.example.org`.
    #[arg(long, env = "CONVOCATION_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// Take the client's address from the last entry of `X-Forwarded-For`: only behind a proxy that sets it.
    #[arg(long, env = "CONVOCATION_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// PEM file with a certificate of your own, and those between it and the one that browsers know: the server speaks HTTPS then.
    #[arg(long, env = "CONVOCATION_TLS_CERTIFICATE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// PEM file with the private key of the certificate.
    #[arg(long, env = "CONVOCATION_TLS_KEY", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Hours after which the recording of a class is deleted, counted from its end or from the last connection, unless its host keeps it.
    #[arg(long, env = "CONVOCATION_RETENTION_HOURS", default_value_t = 12)]
    pub retention_hours: u32,
    /// When to show a QR code of the address in the terminal.
    #[arg(long, env = "CONVOCATION_QR", value_enum, default_value_t = QrCode::Auto)]
    pub qr: QrCode,
    /// Form of the log lines on standard error.
    #[arg(long, env = "CONVOCATION_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// What is logged, for example `info` or `convocation=debug,warn`.
    #[arg(
        long,
        env = "CONVOCATION_LOG",
        default_value = "info,actix_server=warn"
    )]
    pub log: String,
    /// How much of everything.
    #[command(flatten)]
    pub limits: Limits,
}

/// How much memory and time the server may spend. Bytes are plain numbers.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Threads for HTTP and WebSockets; 0 means one per core.
    #[arg(long, env = "CONVOCATION_WEB_THREADS", default_value_t = 0)]
    pub web_threads: usize,
    /// Threads that run networks; 0 means one per core.
    #[arg(long, env = "CONVOCATION_INFERENCE_THREADS", default_value_t = 0)]
    pub inference_threads: usize,
    /// Pictures that may wait for a thread; more are answered with 503.
    #[arg(long, env = "CONVOCATION_INFERENCE_QUEUE", default_value_t = 64)]
    pub inference_queue: usize,
    /// Memory for activations, in bytes.
    #[arg(long, env = "CONVOCATION_ACTIVATION_BYTES", default_value_t = 128 << 20)]
    pub activation_bytes: u64,
    /// Memory for compressed answers, in bytes.
    #[arg(long, env = "CONVOCATION_CACHE_BYTES", default_value_t = 64 << 20)]
    pub cache_bytes: u64,
    /// Memory for pictures that were sent in, in bytes.
    #[arg(long, env = "CONVOCATION_PICTURE_BYTES", default_value_t = 128 << 20)]
    pub picture_bytes: u64,
    /// Classes at a time.
    #[arg(long, env = "CONVOCATION_MAX_CLASSES", default_value_t = 500)]
    pub max_classes: usize,
    /// Open sockets of one class; a participant may have several.
    #[arg(
        long,
        env = "CONVOCATION_MAX_CONNECTIONS_PER_CLASS",
        default_value_t = 3_000
    )]
    pub max_connections_per_class: usize,
}

/// When to show a QR code in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum QrCode {
    /// When standard output is a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Form of the log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// Longest that recordings are kept by themselves: a year. For longer there is a host who wants it.
const RETENTION_MOST_HOURS: u32 = 365 * 24;

/// Least memory for a cache: below this a single picture of an ordinary network does not fit.
const SMALLEST_CACHE_BYTES: u64 = 1 << 20;

impl Serve {
    /// Checks what the flags' types cannot say, and makes the data folder.
    ///
    /// # Errors
    /// A sentence that names the flag and what is wrong with it.
    pub fn validate(&self) -> anyhow::Result<()> {
        is_folder(&self.models)
            .context("--models must name a folder with one folder per network")?;
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("--data: cannot make the folder {}", self.data.display()))?;
        if let Some(url) = &self.public_url {
            check_public_url(url)?;
        }
        ensure!(
            (1..=RETENTION_MOST_HOURS).contains(&self.retention_hours),
            "--retention-hours must be 1 to {RETENTION_MOST_HOURS}, not {}",
            self.retention_hours
        );
        self.limits.validate()
    }

    /// The files of the certificate, where the server speaks HTTPS.
    #[must_use]
    pub fn certificate(&self) -> Option<tls::Files> {
        let (certificate, key) = self.tls_certificate.clone().zip(self.tls_key.clone())?;
        Some(tls::Files { certificate, key })
    }

    /// How long the recording of a class is there after the class.
    #[must_use]
    pub fn retention(&self) -> Duration {
        Duration::from_secs(u64::from(self.retention_hours) * 60 * 60)
    }
}

impl Limits {
    fn validate(&self) -> anyhow::Result<()> {
        let caches = [
            ("--activation-bytes", self.activation_bytes),
            ("--cache-bytes", self.cache_bytes),
            ("--picture-bytes", self.picture_bytes),
        ];
        for (flag, bytes) in caches {
            ensure!(
                bytes >= SMALLEST_CACHE_BYTES,
                "{flag} must be at least {SMALLEST_CACHE_BYTES} bytes, not {bytes}"
            );
        }
        let counts = [
            ("--inference-queue", self.inference_queue),
            ("--max-classes", self.max_classes),
            (
                "--max-connections-per-class",
                self.max_connections_per_class,
            ),
        ];
        for (flag, count) in counts {
            ensure!(count >= 1, "{flag} must be at least 1");
        }
        Ok(())
    }
}

fn is_folder(path: &Path) -> anyhow::Result<()> {
    let metadata =
        std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(metadata.is_dir(), "{} is not a folder", path.display());
    Ok(())
}

fn check_public_url(url: &Url) -> anyhow::Result<()> {
    ensure!(
        matches!(url.scheme(), "http" | "https") && url.host().is_some(),
        "--public-url must begin with http:// or https:// and a host, not {url}"
    );
    ensure!(
        url.path() == "/" && url.query().is_none() && url.fragment().is_none(),
        "--public-url must not have a path: browsers find everything at the root of {}",
        url.origin().ascii_serialization()
    );
    Ok(())
}

/// `requested` threads, or one per core for 0.
#[must_use]
pub fn threads(requested: usize) -> usize {
    match requested {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(flags: &[&str]) -> anyhow::Result<Serve> {
        let cli = Cli::try_parse_from(["convocation", "serve"].iter().chain(flags))?;
        match cli.action {
            Action::Serve(serve) => Ok(*serve),
            Action::Check { .. } | Action::Doctor(_) | Action::Health { .. } => {
                unreachable!("asked to serve")
            }
        }
    }

    #[test]
    fn defaults_are_valid_where_the_folders_are() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = serve(&[]).unwrap();
        config.models = dir.path().to_owned();
        config.data = dir.path().join("new/data");
        config.validate().unwrap();
        assert!(config.data.is_dir());
    }

    #[test]
    fn each_mistake_names_its_flag() {
        let dir = tempfile::tempdir().unwrap();
        let models = dir.path().to_str().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, "x").unwrap();
        let cases: &[(&[&str], &str)] = &[
            (&["--models", "/nowhere"], "--models"),
            (
                &["--models", models, "--data", file.to_str().unwrap()],
                "--data",
            ),
            (
                &["--models", models, "--public-url", "ftp://a.example"],
                "--public-url",
            ),
            (
                &[
                    "--models",
                    models,
                    "--public-url",
                    "https://a.example/below",
                ],
                "--public-url",
            ),
            (&["--models", models, "--cache-bytes", "5"], "--cache-bytes"),
            (
                &["--models", models, "--picture-bytes", "5"],
                "--picture-bytes",
            ),
            (
                &["--models", models, "--inference-queue", "0"],
                "--inference-queue",
            ),
            (&["--models", models, "--max-classes", "0"], "--max-classes"),
            (
                &["--models", models, "--retention-hours", "0"],
                "--retention-hours",
            ),
            (
                &["--models", models, "--retention-hours", "9000"],
                "--retention-hours",
            ),
            (&["--listen", "nonsense"], "--listen"),
            (
                &["--models", models, "--tls-certificate", "a.pem"],
                "--tls-key",
            ),
            (
                &["--models", models, "--tls-key", "a.pem"],
                "--tls-certificate",
            ),
        ];
        let data = dir.path().join("data");
        for (flags, expected) in cases {
            let mut flags = flags.to_vec();
            if !flags.contains(&"--data") {
                flags.extend(["--data", data.to_str().unwrap()]);
            }
            let error = serve(&flags)
                .and_then(|config| config.validate())
                .unwrap_err();
            assert!(
                format!("{error:#}").contains(expected),
                "{flags:?}: {error:#}"
            );
        }
    }
}
