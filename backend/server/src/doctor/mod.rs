//! `convocation doctor`: whether this machine can hold a class, one line per check, with what to do where it cannot; then whether a phone
//! gets through, which only a phone can tell. Changes nothing and joins no class.

mod checks;
mod firewall;
mod phone;

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use anyhow::ensure;

use self::checks::Port;
use crate::{
    addresses::Listening,
    config::{Doctor, QrCode, Serve},
    greeting,
};

/// How long someone at a terminal has to take out a phone.
const WAIT: Duration = Duration::from_secs(120);

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// As a class needs it.
    Good,
    /// Nothing wrong is known, but something cannot be known.
    Open,
    /// A class would fail.
    Bad,
}

/// A check and what came of it.
#[derive(Clone, Debug)]
struct Finding {
    subject: &'static str,
    verdict: Verdict,
    words: String,
    /// What to do about it.
    advice: Option<String>,
}

impl Finding {
    fn new(subject: &'static str, verdict: Verdict, words: impl Into<String>) -> Self {
        Self {
            subject,
            verdict,
            words: words.into(),
            advice: None,
        }
    }

    fn good(subject: &'static str, words: impl Into<String>) -> Self {
        Self::new(subject, Verdict::Good, words)
    }

    fn bad(subject: &'static str, words: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new(subject, Verdict::Bad, words).advise(advice)
    }

    fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let verdict = match self.verdict {
            Verdict::Good => "ok",
            Verdict::Open => "?",
            Verdict::Bad => "BAD",
        };
        write!(out, "{verdict:<4} {:<12} {}", self.subject, self.words)?;
        if let Some(advice) = &self.advice {
            write!(out, " -> {advice}")?;
        }
        writeln!(out)?;
        out.flush()
    }
}

/// Checks everything and prints what comes of it.
///
/// # Errors
/// How many checks say that a class would fail.
pub async fn examine(doctor: &Doctor) -> anyhow::Result<()> {
    let config = &doctor.serve;
    let mut out = io::stdout();
    let mut bad = 0;
    let mut tell = |finding: Finding| {
        bad += usize::from(finding.verdict == Verdict::Bad);
        finding.print(&mut io::stdout())
    };
    let (finding, port) = checks::port(config);
    tell(finding)?;
    tell(checks::data(config))?;
    for finding in checks::networks(config) {
        tell(finding)?;
    }
    let (finding, certificate) = checks::certificate(config);
    if let Some(finding) = finding {
        tell(finding)?;
    }
    let listening = Listening {
        socket: port.socket(config),
        certificate,
    };
    let reachable = listening.reachable(config.public_url.as_ref());
    tell(checks::addresses(config, &reachable))?;
    if let Some(finding) = checks::accepted(&listening, &reachable) {
        tell(finding)?;
    }
    // Where nobody or another program listens, nothing is learned of the way to it.
    if !matches!(port, Port::Taken) {
        tell(checks::own_address(&listening))?;
    }

    let wait = doctor.wait.map_or_else(
        || {
            if out.is_terminal() {
                WAIT
            } else {
                Duration::ZERO
            }
        },
        |seconds| Duration::from_secs(seconds.into()),
    );
    match (port, reachable.first()) {
        (_, None) | (Port::Taken, _) => {}
        (Port::Ours, Some(address)) => tell(
            Finding::new(
                "phone",
                Verdict::Open,
                "the port belongs to the server that runs already",
            )
            .advise(format!(
                "open {address} on a phone: it gets through if the start page comes"
            )),
        )?,
        (Port::Free(_), Some(_)) if wait.is_zero() => tell(
            Finding::new("phone", Verdict::Open, "not tried")
                .advise("try it with one: convocation doctor --wait 120"),
        )?,
        (Port::Free(listener), Some(address)) => {
            invite(config, address, wait, &mut out)?;
            tell(phone::wait(config, listener, &listening, wait).await?)?;
        }
    }
    ensure!(bad == 0, "{bad} of these checks failed");
    Ok(())
}

/// Says what a phone should open.
fn invite(
    config: &Serve,
    address: &str,
    wait: Duration,
    out: &mut (impl Write + IsTerminal),
) -> io::Result<()> {
    let seconds = wait.as_secs();
    writeln!(
        out,
        "...  phone        open {address} on a phone in the same network, within {seconds} s"
    )?;
    let shows = match config.qr {
        QrCode::Auto => out.is_terminal(),
        QrCode::Always => true,
        QrCode::Never => false,
    };
    if let Some(code) = greeting::in_terminal(address).filter(|_| shows) {
        writeln!(out, "\n{code}")?;
    }
    out.flush()
}
