//! The checks that need nobody: port, folders, networks, certificate, addresses.

use std::{
    fs::{self, File},
    io::ErrorKind,
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use convocation_inference::{Library, Runtime};
use url::Url;

use super::{Finding, Verdict, firewall};
use crate::{
    addresses::Listening,
    config::Serve,
    health,
    tls::{Certificate, Validity},
};

/// The longest that this machine may take to reach itself.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who has the port.
pub enum Port {
    /// Nobody had; the doctor has it now.
    Free(TcpListener),
    /// A server of this project.
    Ours,
    /// Somebody else, or nobody may have it.
    Taken,
}

impl Port {
    /// Where a server listens, or would.
    pub fn socket(&self, config: &Serve) -> SocketAddr {
        match self {
            Self::Free(listener) => listener.local_addr().unwrap_or(config.listen),
            Self::Ours | Self::Taken => config.listen,
        }
    }
}

/// Whether a server could listen.
pub fn port(config: &Serve) -> (Finding, Port) {
    let listen = config.listen;
    let error = match TcpListener::bind(listen) {
        Ok(listener) => {
            let words = format!("{} is free", listener.local_addr().unwrap_or(listen));
            return (Finding::good("port", words), Port::Free(listener));
        }
        Err(error) => error,
    };
    let advice = match error.kind() {
        ErrorKind::AddrInUse if health::is_convocation(listen, config.certificate().is_some()) => {
            let words = format!("a Convocation server listens on {listen} already");
            return (Finding::good("port", words), Port::Ours);
        }
        ErrorKind::AddrInUse => "another program has it: choose another with --listen".to_owned(),
        ErrorKind::PermissionDenied => format!(
            "ports below 1024 are for administrators: take a higher one, --listen {}:8080",
            listen.ip()
        ),
        ErrorKind::AddrNotAvailable => {
            "this machine does not have that address: --listen 0.0.0.0:8080 takes all it has".into()
        }
        _ => "choose another with --listen".to_owned(),
    };
    let words = format!("cannot listen on {listen}: {error}");
    (Finding::bad("port", words, advice), Port::Taken)
}

/// Whether the journal could be written.
pub fn data(config: &Serve) -> Finding {
    let folder = &config.data;
    match try_write(folder) {
        Ok(()) => Finding::good("data", format!("{} can be written", folder.display())),
        Err(error) => Finding::bad(
            "data",
            format!("{} cannot be written: {error}", folder.display()),
            "give this user the folder, or choose another with --data",
        ),
    }
}

fn try_write(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("doctor-{}", std::process::id()));
    File::create_new(&path)?;
    fs::remove_file(path)
}

/// Whether networks could be run: the runtime's library, and the networks themselves.
pub fn networks(config: &Serve) -> Vec<Finding> {
    let runtime = match Runtime::load() {
        Ok(runtime) => runtime,
        Err(error) => {
            // The error says what to do.
            let words = error.to_string();
            return vec![Finding::new("runtime", Verdict::Bad, words)];
        }
    };
    let networks = match Library::open(&runtime, &config.models) {
        Ok(library) => {
            let ids: Vec<&str> = library
                .networks()
                .iter()
                .map(|network| network.id())
                .collect();
            Finding::good("networks", ids.join(", "))
        }
        Err(error) => Finding::bad(
            "networks",
            error.to_string(),
            "look at the folder with convocation check, or name another with --models",
        ),
    };
    vec![Finding::good("runtime", "ONNX Runtime is loaded"), networks]
}

/// Whether the certificate can be used, where there is one.
pub fn certificate(config: &Serve) -> (Option<Finding>, Option<Arc<Certificate>>) {
    const SUBJECT: &str = "certificate";
    let Some(files) = config.certificate() else {
        return (None, None);
    };
    let certificate = match Certificate::read(files) {
        Ok(certificate) => Arc::new(certificate),
        Err(error) => {
            let words = format!("{error:#}");
            return (Some(Finding::new(SUBJECT, Verdict::Bad, words)), None);
        }
    };
    let finding = match certificate.validity(SystemTime::now()) {
        Validity::Over => Finding::bad(SUBJECT, "it has expired", "renew it"),
        Validity::NotYet => Finding::bad(
            SUBJECT,
            "it is not valid yet",
            "look at this machine's clock",
        ),
        Validity::Now => Finding::good(SUBJECT, format!("for {}", certificate.names().join(", "))),
    };
    (Some(finding), Some(certificate))
}

/// Whether other devices have an address to go to.
pub fn addresses(config: &Serve, reachable: &[String]) -> Finding {
    if !reachable.is_empty() {
        return Finding::good("addresses", reachable.join(", "));
    }
    if config.listen.ip().is_loopback() {
        Finding::bad(
            "addresses",
            "only this machine reaches the server",
            format!(
                "listen for others, too: --listen 0.0.0.0:{}; behind a proxy name its address with --public-url",
                config.listen.port()
            ),
        )
    } else {
        Finding::bad(
            "addresses",
            "this machine is in no network",
            "join the room's Wi-Fi, or open a hotspot on this machine or a phone",
        )
    }
}

/// What is wrong where browsers accept the certificate for none of the addresses that people are sent to.
pub fn accepted(listening: &Listening, reachable: &[String]) -> Option<Finding> {
    let certificate = listening.certificate.as_ref()?;
    let hosts = reachable.iter().filter_map(|address| {
        let url = Url::parse(address).ok()?;
        url.host_str().map(str::to_owned)
    });
    let hosts: Vec<String> = hosts.collect();
    if hosts.is_empty() || hosts.iter().any(|host| certificate.is_for(host)) {
        return None;
    }
    let words = format!(
        "the certificate is not for {}: browsers warn everyone",
        hosts.join(", ")
    );
    let advice =
        "get one that names where people go, or send them where it leads with --public-url";
    Some(Finding::bad("names", words, advice))
}

/// Whether this machine reaches itself by an address of its own, and what is known of a firewall.
pub fn own_address(listening: &Listening) -> Finding {
    const SUBJECT: &str = "firewall";
    let port = listening.socket.port();
    let Some(own) = listening.ips().first().map(|ip| SocketAddr::new(*ip, port)) else {
        return Finding::new(SUBJECT, Verdict::Open, "nothing to try without an address");
    };
    if let Err(error) = TcpStream::connect_timeout(&own, PATIENCE) {
        return Finding::bad(
            SUBJECT,
            format!("this machine does not reach itself at {own}: {error}"),
            firewall::advice(port),
        );
    }
    match firewall::found() {
        Some(name) => Finding::new(
            SUBJECT,
            Verdict::Open,
            format!("{name} is on here, and its rules are not for everyone to read"),
        )
        .advise(firewall::advice(port)),
        None => Finding::new(
            SUBJECT,
            Verdict::Open,
            format!("this machine reaches itself at {own}; whether others do, only they can tell"),
        ),
    }
}
