//! The rules stay pure: no async runtime, web, database or ONNX crate is below this one.

use std::{collections::BTreeSet, env, process::Command};

/// Everything this crate may stand on, directly or not. An addition is a decision: nothing here does I/O.
const ALLOWED: [&str; 17] = [
    "convocation-classroom",
    "itoa",
    "memchr",
    "proc-macro2",
    "quote",
    "serde",
    "serde_core",
    "serde_derive",
    "serde_json",
    "syn",
    "termcolor",
    "thiserror",
    "thiserror-impl",
    "ts-rs",
    "ts-rs-macros",
    "unicode-ident",
    "zmij",
];

#[test]
fn classroom_depends_on_nothing_that_does_io() {
    let output = Command::new(env::var_os("CARGO").expect("cargo runs this test"))
        .args([
            "tree",
            "-p",
            "convocation-classroom",
            "-e",
            "normal",
            "--prefix",
            "none",
            "--offline",
            "--locked",
        ])
        .args(["--format", "{p}"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let found: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(found.contains("serde"), "{text}");
    let surplus: Vec<_> = found
        .iter()
        .filter(|name| !ALLOWED.contains(name))
        .collect();
    assert!(
        surplus.is_empty(),
        "not allowed below the classroom: {surplus:?}"
    );
}
