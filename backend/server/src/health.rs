//! `convocation health`: whether a server on this machine answers, for container and service managers. Not how it fares: that is in
//! `/metrics`.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, ensure};

/// The longest that connecting, and then each reading, may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks the server that listens on `listen` whether it is ready.
///
/// # Errors
/// It does not answer, or not with success.
pub fn health(listen: SocketAddr) -> anyhow::Result<()> {
    let address = reachable(listen);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)
        .with_context(|| format!("nobody listens on {address}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut status = String::new();
    BufReader::new(stream)
        .read_line(&mut status)
        .with_context(|| format!("{address} does not answer"))?;
    ensure!(
        status.split(' ').nth(1) == Some("200"),
        "{address} is not ready: {}",
        status.trim_end()
    );
    Ok(())
}

/// Where a server that listens on `listen` can be reached from its own machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let mut address = listen;
    if listen.ip().is_unspecified() {
        address.set_ip(if listen.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    address
}

#[cfg(test)]
mod tests {
    use std::{io::Read, net::TcpListener, thread};

    use super::*;

    /// A server on every address of the machine that says one thing to one request.
    fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn only_success_is_health() {
        health(answering("HTTP/1.1 200 OK\r\n\r\n")).unwrap();
        for (answer, expected) in [
            ("HTTP/1.1 503 Service Unavailable\r\n\r\n", "503"),
            ("", "not ready"),
            ("nonsense", "nonsense"),
        ] {
            let error = health(answering(answer)).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn nobody_there_is_said_so() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let error = health(address).unwrap_err().to_string();
        assert!(error.contains("nobody listens"), "{error}");
    }
}
