//! Serving: everything is loaded and joined, listens, and goes down in order when it is told to.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::from_fn,
    web::{Data, PayloadConfig},
};
use anyhow::Context;
use convocation_inference::{Engine, EngineConfig, Library, Runtime, engine::RunKind};
use convocation_storage::{Journal, SqliteJournal};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    addresses::Listening,
    blobs::Blobs,
    class::{clock, owner::Surroundings, registry::Classes},
    computing::Computing,
    config::{Serve, threads},
    connection::Connection,
    decoding::Decoding,
    greeting, headers, http,
    lessons::Lessons,
    meters::{self, EDITED_INFERENCE_S, INFERENCE_S},
    origin::Origins,
    pictures::Pictures,
    site::Site,
    socket::Lines,
    tls::{self, Certificate},
};

/// Open files wanted: two thousand sockets, and room.
const OPEN_FILES: u64 = 16_384;

/// Connections that may wait to be accepted: a lecture hall that joins in the same second.
const BACKLOG: u32 = 2_048;

/// The longest that answers may take after everyone was told that the server goes down.
const SHUTDOWN_TIMEOUT_S: u64 = 1;

/// How long a client may take over the head of a request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// How often meters are tidied up, scraped or not.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Edited kernels that may wait for a thread: as many people, each with the newest change of theirs.
const EDIT_QUEUE: usize = 8;

/// Edited kernels get one part in so many of the memory for activations and for compressed answers, on top of it: they are looked at
/// for as long as nobody changes anything.
const EDIT_SHARE: u64 = 8;

/// Largest body of a request other than a picture: a few words of JSON.
const BODY_BYTES: usize = 16 * 1024;

/// Runs the server until a signal ends it.
///
/// # Errors
/// What is missing or in the way, in words for the operator.
pub(crate) async fn serve(config: Serve) -> anyhow::Result<()> {
    if let Err(error) = rlimit::increase_nofile_limit(OPEN_FILES) {
        tracing::warn!(%error, "cannot raise the limit of open files: large classes may not fit");
    }
    let meters = meters::start().context("cannot start metering")?;
    tokio::spawn(tidy(meters.clone()));
    let listener = TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let certificate = config.certificate().map(Certificate::read).transpose()?;
    let listening = Listening {
        socket: listener.local_addr().context("cannot tell the port")?,
        certificate: certificate.map(Arc::new),
    };
    if let Some(certificate) = &listening.certificate {
        tls::warn(certificate);
        tokio::spawn(tls::keep_renewed(Arc::clone(certificate)));
    }

    let site = Data::new(build(&config, listening.clone(), meters)?);
    site.classes.restore().await?;
    tokio::spawn(site.classes.clone().delete_in_time());
    let server = listen(&config, listener, site.clone())?;
    let draining = tokio::spawn(drain_on_signal(ending_signal()?, site, server.handle()));
    if let Err(error) = greeting::print(&config, &listening) {
        // Whoever started the server may have read the first line and closed the pipe.
        tracing::debug!(%error, "nobody reads the greeting");
    }
    tracing::info!(address = %listening.socket, version = meters::VERSION, "serving");
    server.await?;
    draining.await?;
    Ok(())
}

/// Loads everything.
fn build(config: &Serve, listening: Listening, meters: PrometheusHandle) -> anyhow::Result<Site> {
    let limits = &config.limits;
    let runtime = Runtime::load()?;
    let library = Arc::new(Library::open(&runtime, &config.models).context("--models")?);
    for network in library.networks() {
        tracing::info!(
            network = network.id(),
            digest = network.digest(),
            "network loaded"
        );
    }
    let cores = threads(limits.inference_threads);
    let sizes = EngineConfig {
        threads: cores,
        queue: limits.inference_queue,
        cache_bytes: limits.activation_bytes,
        edit_queue: EDIT_QUEUE,
        edit_cache_bytes: limits.activation_bytes / EDIT_SHARE,
    };
    let on_run = Arc::new(|kind, took: Duration| {
        let meter = match kind {
            RunKind::Plain => INFERENCE_S,
            RunKind::Edited => EDITED_INFERENCE_S,
        };
        metrics::histogram!(meter).record(took);
    });
    let engine = Arc::new(Engine::start_observed(&runtime, sizes, on_run));

    let journal: Arc<dyn Journal> =
        Arc::new(SqliteJournal::open(&config.data).context("cannot open the journal in --data")?);
    let decoding = Decoding::default();
    let pictures = Pictures::new(
        Arc::clone(&library),
        limits.picture_bytes,
        Arc::clone(&journal),
        decoding.clone(),
    );
    let computing = Computing {
        engine,
        pictures: pictures.clone(),
    };
    let lessons = Lessons::load(&library, &config.models);
    let surroundings = Surroundings {
        journal,
        library: Arc::clone(&library),
        lessons: lessons.clone(),
        pictures: pictures.clone(),
        computing: computing.clone(),
        max_connections: limits.max_connections_per_class,
        wall_clock: clock::now,
        retention: config.retention(),
    };
    Ok(Site {
        library,
        computing,
        blobs: Blobs::new(limits.cache_bytes, cores),
        edited_blobs: Blobs::new(limits.cache_bytes / EDIT_SHARE, 1),
        lessons,
        pictures,
        decoding,
        classes: Classes::new(surroundings, limits.max_classes),
        lines: Lines::default(),
        origins: Origins {
            public_url: config.public_url.clone(),
            behind_proxy: config.behind_proxy,
        },
        listening,
        meters,
    })
}

fn listen(config: &Serve, listener: TcpListener, site: Data<Site>) -> anyhow::Result<Server> {
    let certificate = site.listening.certificate.clone();
    let app = move || {
        App::new()
            .app_data(site.clone())
            .app_data(PayloadConfig::new(BODY_BYTES))
            .wrap(from_fn(headers::add))
            .configure(http::routes)
    };
    let server = HttpServer::new(app)
        .workers(threads(config.limits.web_threads))
        .backlog(BACKLOG)
        .tcp_nodelay(true)
        .client_request_timeout(REQUEST_TIMEOUT)
        .tls_handshake_timeout(REQUEST_TIMEOUT)
        .shutdown_timeout(SHUTDOWN_TIMEOUT_S)
        .disable_signals()
        .on_connect(Connection::meet);
    let server = match certificate {
        Some(certificate) => {
            server.listen_rustls_0_23(listener, tls::server_config(certificate)?)?
        }
        None => server.listen(listener)?,
    };
    Ok(server.run())
}

/// SIGTERM and SIGINT, from now on.
fn ending_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Tells everyone, completes the journal, then stops the server: within 5 s, whatever clients do.
async fn drain_on_signal(signal: impl Future<Output = ()>, site: Data<Site>, server: ServerHandle) {
    signal.await;
    tracing::info!("going down");
    site.classes.drain().await;
    server.stop(true).await;
}

async fn tidy(meters: PrometheusHandle) {
    let mut due = tokio::time::interval(UPKEEP_EVERY);
    loop {
        due.tick().await;
        meters.run_upkeep();
    }
}
