//! A phone confirms that it gets through: a page for it, served for a bounded time. Who it was is not kept; only that it was not this
//! machine.

use std::{
    collections::HashSet,
    net::{IpAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    middleware::from_fn,
    web::{self, Data, Payload},
};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{Finding, firewall};
use crate::{
    addresses::Listening, config::Serve, headers, origin::Origins, refusal::Refusal, socket, tls,
};

/// After the page came, how long the phone may take to try a WebSocket; the page itself gives up after 5 s.
const TRYING: Duration = Duration::from_secs(10);

/// How long the page is served on once all is known: the phone has to hear of it, too.
const PARTING: Duration = Duration::from_secs(1);

/// The ping that a page sends only once its first one was answered: sockets then work in both directions.
const SECOND_PING: u32 = 2;

/// How far a device other than this machine has come, at best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    #[default]
    Nothing,
    /// It has the page.
    Page,
    /// It has the page, and no WebSocket gets through.
    Blocked,
    /// A WebSocket gets through.
    Socket,
}

/// What requests share.
struct Desk {
    origins: Origins,
    /// Addresses of this machine.
    own: HashSet<IpAddr>,
    progress: watch::Sender<Progress>,
}

impl Desk {
    /// A device has come so far; this machine does not count.
    fn note(&self, request: &HttpRequest, progress: Progress) {
        let Some(address) = self.origins.address(request) else {
            return;
        };
        let address = address.to_canonical();
        if address.is_loopback() || self.own.contains(&address) {
            return;
        }
        self.progress.send_if_modified(|best| {
            let is_further = progress > *best;
            *best = progress.max(*best);
            is_further
        });
    }
}

/// Serves the page until a phone has come through, for at most `wait`.
///
/// # Errors
/// The page cannot be served.
pub async fn wait(
    config: &Serve,
    listener: TcpListener,
    listening: &Listening,
    wait: Duration,
) -> anyhow::Result<Finding> {
    let (sender, mut progress) = watch::channel(Progress::default());
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let desk = Data::new(Desk {
        origins: Origins {
            public_url: config.public_url.clone(),
            behind_proxy: config.behind_proxy,
        },
        own: interfaces.iter().map(if_addrs::Interface::ip).collect(),
        progress: sender,
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(desk.clone())
            .wrap(from_fn(headers::add))
            .route("/", web::get().to(page))
            .route("/doctor.js", web::get().to(script))
            .route("/doctor.css", web::get().to(style))
            .route("/socket", web::get().to(probe))
            .route("/blocked", web::post().to(blocked))
    })
    .workers(1)
    .shutdown_timeout(1)
    .disable_signals();
    let server = match &listening.certificate {
        Some(certificate) => {
            server.listen_rustls_0_23(listener, tls::server_config(Arc::clone(certificate))?)?
        }
        None => server.listen(listener)?,
    }
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    let _ = timeout(wait, progress.wait_for(|best| *best >= Progress::Page)).await;
    if *progress.borrow() == Progress::Page {
        let _ = timeout(TRYING, progress.wait_for(|best| *best > Progress::Page)).await;
    }
    let best = *progress.borrow();
    if best > Progress::Nothing {
        sleep(PARTING).await;
    }
    handle.stop(true).await;
    Ok(finding(best, wait, listening.socket.port()))
}

fn finding(best: Progress, wait: Duration, port: u16) -> Finding {
    const SUBJECT: &str = "phone";
    match best {
        Progress::Socket => Finding::good(SUBJECT, "a device got through, a WebSocket too"),
        Progress::Page | Progress::Blocked => Finding::good(
            SUBJECT,
            "a device got through, but no WebSocket: classes go on by server-sent events",
        )
        .advise("something between lets no WebSocket pass, a proxy or a filter: allow it there if you can"),
        Progress::Nothing => Finding::bad(
            SUBJECT,
            format!("no device got through in {} s", wait.as_secs()),
            format!(
                "is it in the same network? Guest networks often keep devices apart: a hotspot does not. {}",
                firewall::advice(port)
            ),
        ),
    }
}

async fn page(request: HttpRequest, desk: Data<Desk>) -> HttpResponse {
    desk.note(&request, Progress::Page);
    file("text/html; charset=utf-8", include_str!("page.html"))
}

async fn script() -> HttpResponse {
    file("text/javascript; charset=utf-8", include_str!("page.js"))
}

async fn style() -> HttpResponse {
    file("text/css; charset=utf-8", include_str!("page.css"))
}

fn file(mime: &'static str, text: &'static str) -> HttpResponse {
    // The same address is a class's afterwards.
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, mime))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text)
}

async fn probe(
    request: HttpRequest,
    payload: Payload,
    desk: Data<Desk>,
) -> Result<HttpResponse, Refusal> {
    desk.origins.check(request.headers())?;
    let peer = request.clone();
    socket::open_probe(&request, payload, move |sent| {
        if sent == SECOND_PING {
            desk.note(&peer, Progress::Socket);
        }
    })
}

async fn blocked(request: HttpRequest, desk: Data<Desk>) -> Result<HttpResponse, Refusal> {
    desk.origins.check(request.headers())?;
    desk.note(&request, Progress::Blocked);
    Ok(HttpResponse::NoContent().finish())
}
