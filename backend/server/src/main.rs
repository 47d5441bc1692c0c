//! The Convocation server: configuration, the HTTP and WebSocket edge, and the tasks that own classes. The rules of a class are in
//! `convocation-classroom`, networks in `convocation-inference`, the journal in `convocation-storage`.

mod addresses;
mod ahead;
mod asking;
mod assets;
mod blobs;
mod check;
mod class;
mod computing;
mod config;
mod connection;
mod decoding;
mod doctor;
mod encoding;
mod freshness;
mod greeting;
mod headers;
mod health;
mod http;
mod lessons;
mod logs;
mod meters;
mod origin;
mod outline;
mod pictures;
mod recording;
mod refusal;
mod secret;
mod serve;
mod site;
mod socket;
mod subject;
mod tally;
mod tls;

use std::process::ExitCode;

use clap::Parser;

use crate::config::{Action, Cli};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    match Cli::parse().action {
        Action::Check { network_dir } => check::check(&network_dir),
        Action::Doctor(doctor) => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?
            .block_on(doctor::examine(&doctor)),
        Action::Health {
            listen,
            tls_certificate,
        } => health::health(listen, tls_certificate.is_some()),
        Action::Serve(config) => {
            config.validate()?;
            logs::start(&config)?;
            tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?
                .block_on(serve::serve(*config))
        }
    }
}
