//! Log lines: one per event that an operator cares about, on standard error. Never a secret, a token, a person's name or address.

use std::io::IsTerminal;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Serve};

/// Starts logging for the whole process.
///
/// # Errors
/// The filter cannot be read.
pub fn start(config: &Serve) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .context("--log is not a list like `info` or `convocation=debug,warn`")?;
    let in_colour = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Where nobody reads them any more, complaining there would end whoever says something: the end of the server first of all.
        .log_internal_errors(false)
        .with_ansi(in_colour);
    match config.log_format {
        LogFormat::Text => lines.with_target(false).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(())
}
