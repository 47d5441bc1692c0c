//! The binary as its operator meets it.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use crate::server::{PATIENCE, Server, binary, models};

fn run(flags: &[&str]) -> Output {
    binary().args(flags).output().unwrap()
}

/// What the binary says where it refuses: for operators, whatever their shell asks of programs under development.
fn refused(flags: &[&str]) -> String {
    let output = binary()
        .args(flags)
        .env("RUST_BACKTRACE", "1")
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{flags:?}: {error}");
    assert!(!error.contains("backtrace"), "{flags:?}: {error}");
    error
}

#[test]
fn check_prints_the_layers_of_a_network() {
    let folder = models().join("tiny-vgg");
    let output = run(&["check", folder.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("19920 parameters"), "{text}");
    for operation in [
        "conv 3×3, stride 1×1",
        "max-pool 2×2, stride 2×2",
        "relu",
        "flatten",
        "dense",
        "softmax",
    ] {
        assert!(text.contains(operation), "no {operation} in\n{text}");
    }
}

#[test]
fn check_says_what_is_wrong_with_a_folder() {
    let empty = tempfile::tempdir().unwrap();
    let error = refused(&["check", empty.path().to_str().unwrap()]);
    assert!(error.contains("network.toml"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn serve_refuses_what_cannot_work() {
    let data = tempfile::tempdir().unwrap();
    let (data, models) = (data.path().to_str().unwrap(), models());
    let models = models.to_str().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let cases: [(&[&str], &str); 4] = [
        (&["--models", "/nowhere", "--data", data], "--models"),
        (&["--models", data, "--data", data], "no network"),
        (
            &["--models", models, "--data", data, "--listen", &taken],
            "cannot listen on",
        ),
        (
            &["--models", models, "--data", data, "--log", "a=b=c"],
            "--log",
        ),
    ];
    for (flags, expected) in cases {
        let flags: Vec<&str> = std::iter::once("serve")
            .chain(flags.iter().copied())
            .collect();
        let error = refused(&flags);
        assert!(error.contains(expected), "{flags:?}: {error}");
    }
}

#[test]
fn flags_are_also_environment_variables() {
    let data = tempfile::tempdir().unwrap();
    let output = binary()
        .args([
            "serve",
            "--models",
            models().to_str().unwrap(),
            "--data",
            data.path().to_str().unwrap(),
        ])
        .env("CONVOCATION_CACHE_BYTES", "5")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("--cache-bytes")
    );
}

#[actix_web::test]
async fn two_servers_do_not_share_one_journal() {
    let first = Server::start();
    let data = first.data.path().to_str().unwrap();
    let output = run(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--models",
        models().to_str().unwrap(),
        "--data",
        data,
    ]);
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("another process")
    );
}

#[test]
fn a_server_whose_log_nobody_reads_any_more_goes_down_when_it_is_told_to() {
    let data = tempfile::tempdir().unwrap();
    let mut process = binary()
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("listening on ")));
    drop(process.stderr.take());
    let told = Command::new("kill").arg(process.id().to_string()).status();
    assert!(told.unwrap().success());
    let began = Instant::now();
    while process.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < PATIENCE, "it runs on");
        std::thread::sleep(Duration::from_millis(10));
    }
}
