//! Measures a class of many followers on a running server: how long it takes from a command of the driver until the last screen has the
//! change, what a delivery costs the server, and what a seat takes. Talks to this machine only, and is over in bounded time.

mod follower;
mod measurement;
mod process;
mod socket;

use std::{sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use clap::Parser;
use convocation_classroom::wire::Credential;
use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};
use url::{Host, Url};

use crate::{
    follower::follow,
    measurement::{Deliveries, Kind, Report},
    process::Process,
    socket::Socket,
};

/// Joins that are under way at a time: a lecture hall, not a flood.
const JOINS_AT_ONCE: usize = 50;

/// The longest that all joins together may take.
const JOIN_TIMEOUT: Duration = Duration::from_secs(60);

/// How long the last deliveries may take after the last command.
const SETTLE: Duration = Duration::from_secs(2);

/// Most followers and seconds: this is a measurement, not an attack.
const MOST_FOLLOWERS: usize = 5_000;
const MOST_SECONDS: u64 = 300;

/// Measures a class of many followers on a running server.
#[derive(Debug, Parser)]
struct Options {
    /// The server, on this machine.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    server: Url,
    /// Students who follow.
    #[arg(long, default_value_t = 1_000)]
    followers: usize,
    /// Changes of the stage per second.
    #[arg(long, default_value_t = 10)]
    rate: u32,
    /// Places of the pointer per second, besides the changes.
    #[arg(long, default_value_t = 0)]
    gestures: u32,
    /// How long changes are made.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Process id of the server, to measure what it uses (Linux).
    #[arg(long)]
    pid: Option<u32>,
    /// Fail when the 99th percentile from command to last screen is above this, in milliseconds.
    #[arg(long)]
    at_most_ms: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    code: String,
    host_secret: String,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    options.validate()?;
    // Each follower has a socket of its own.
    let wanted = options.followers as u64 + 256;
    let files =
        rlimit::increase_nofile_limit(wanted).context("cannot raise the limit of open files")?;
    ensure!(
        files >= wanted,
        "only {files} open files are allowed here, {wanted} are needed: ulimit -n {wanted}"
    );
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(measure(&options))
}

impl Options {
    fn validate(&self) -> anyhow::Result<()> {
        let is_here = match self.server.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        ensure!(
            is_here && self.server.scheme() == "http",
            "--server must be http:// on this machine"
        );
        ensure!(
            (1..=MOST_FOLLOWERS).contains(&self.followers),
            "--followers must be 1 to {MOST_FOLLOWERS}"
        );
        ensure!(
            (1..=20).contains(&self.rate),
            "--rate must be 1 to 20: what one driver may send"
        );
        ensure!(
            self.gestures <= 20,
            "--gestures must be at most 20: what one driver may send"
        );
        ensure!(
            (1..=MOST_SECONDS).contains(&self.seconds),
            "--seconds must be 1 to {MOST_SECONDS}"
        );
        Ok(())
    }
}

async fn measure(options: &Options) -> anyhow::Result<()> {
    let server = options.pid.map(Process::new).transpose()?;
    let opened = open_class(&options.server).await?;
    let address = socket_address(&options.server, &opened.code)?;
    let (mut host, _) = Socket::join(
        &address,
        Credential::Host {
            secret: opened.host_secret,
        },
    )
    .await?;

    let empty = server.as_ref().map(Process::usage).transpose()?;
    let deliveries = Arc::new(Deliveries::default());
    let began = Instant::now();
    let joined = timeout(JOIN_TIMEOUT, join_all(options, &address, &deliveries)).await;
    let followers = joined.context("not all could join in time")??;
    let joining = began.elapsed();
    // The rosters of the joins are not part of what is measured.
    sleep(SETTLE).await;

    let before = server.as_ref().map(Process::usage).transpose()?;
    drive(&mut host, options, &deliveries).await?;
    sleep(SETTLE).await;
    let after = server.as_ref().map(Process::usage).transpose()?;
    host.end().await?;
    for follower in followers {
        timeout(SETTLE, follower)
            .await
            .context("a follower was not told that the class is over")???;
    }

    let usage = empty
        .zip(before)
        .zip(after)
        .map(|((empty, before), after)| measurement::Usage {
            empty,
            before,
            after,
        });
    let report = Report::new(&deliveries, options.followers, usage);
    report.print(joining)?;
    if let Some(limit) = options.at_most_ms {
        report.check(limit)?;
    }
    Ok(())
}

/// What happens so many times a second.
struct Rhythm {
    next: Instant,
    period: Option<Duration>,
    number: u32,
}

impl Rhythm {
    fn new(began: Instant, rate: u32) -> Self {
        let period = Duration::from_secs(1).checked_div(rate);
        // What never happens happens after all else.
        let next = if period.is_some() {
            began
        } else {
            began + Duration::from_secs(2 * MOST_SECONDS)
        };
        Self {
            next,
            period,
            number: 0,
        }
    }

    /// Its number; the next is due a period later.
    fn beat(&mut self) -> u32 {
        self.next += self.period.unwrap_or_default();
        self.number += 1;
        self.number - 1
    }
}

/// Lets all followers in, a bounded number at a time.
async fn join_all(
    options: &Options,
    address: &str,
    deliveries: &Arc<Deliveries>,
) -> anyhow::Result<Vec<tokio::task::JoinHandle<anyhow::Result<()>>>> {
    let mut followers = Vec::with_capacity(options.followers);
    while followers.len() < options.followers {
        let batch = JOINS_AT_ONCE.min(options.followers - followers.len());
        let joins = (0..batch).map(|_| {
            Socket::join(
                address,
                Credential::New {
                    role: convocation_classroom::seat::Role::Student,
                },
            )
        });
        for joined in futures_util::future::join_all(joins).await {
            let (socket, _) = joined?;
            followers.push(tokio::spawn(follow(socket, Arc::clone(deliveries))));
        }
    }
    Ok(followers)
}

/// Changes the stage at a steady rate: each time another caption, which names the change on its way to the screens. Between the changes
/// the pointer moves, each place another one, too.
async fn drive(
    host: &mut Socket,
    options: &Options,
    deliveries: &Deliveries,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut changes = Rhythm::new(began, options.rate);
    let mut gestures = Rhythm::new(began, options.gestures);
    let end = began + Duration::from_secs(options.seconds);
    loop {
        let points = gestures.next < changes.next;
        let rhythm = if points { &mut gestures } else { &mut changes };
        if rhythm.next >= end {
            return Ok(());
        }
        host.read_until(rhythm.next).await?;
        let number = rhythm.beat();
        if points {
            deliveries.expect(&Kind::Gesture.name(number), std::time::Instant::now());
            host.point(number).await?;
        } else {
            let caption = Kind::Change.name(number);
            deliveries.expect(&caption, std::time::Instant::now());
            host.show_caption(number, &caption).await?;
        }
    }
}

async fn open_class(server: &Url) -> anyhow::Result<Opened> {
    let authority = authority(server)?;
    let mut stream = TcpStream::connect(&authority)
        .await
        .with_context(|| format!("no server at {server}"))?;
    let request = format!(
        "POST /api/classes HTTP/1.1\r\nHost: {authority}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    let (head, body) = response
        .split_once("\r\n\r\n")
        .context("the server did not answer with HTTP")?;
    ensure!(
        head.starts_with("HTTP/1.1 201"),
        "the server did not open a class: {body}"
    );
    Ok(serde_json::from_str(body)?)
}

fn socket_address(server: &Url, code: &str) -> anyhow::Result<String> {
    Ok(format!(
        "ws://{}/api/classes/{code}/socket",
        authority(server)?
    ))
}

fn authority(server: &Url) -> anyhow::Result<String> {
    let host = server.host_str().context("--server has no host")?;
    Ok(format!(
        "{host}:{}",
        server
            .port_or_known_default()
            .context("--server has no port")?
    ))
}
