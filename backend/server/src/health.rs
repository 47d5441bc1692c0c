//! `convocation health`: whether a server on this machine answers, for container and service managers. Not how it fares: that is in
//! `/metrics`.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, ensure};

use crate::{headers, tls};

/// The longest that connecting, and then each reading, may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Largest head of an answer that is read.
const HEAD_BYTES: u64 = 16 * 1024;

/// Asks the server that listens on `listen` whether it is ready, over HTTPS where it is `secure`.
///
/// # Errors
/// It does not answer, or not with success.
pub fn health(listen: SocketAddr, secure: bool) -> anyhow::Result<()> {
    let address = reachable(listen);
    let stream = TcpStream::connect_timeout(&address, PATIENCE)
        .with_context(|| format!("nobody listens on {address}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let head = ask(stream, secure).with_context(|| format!("{address} does not answer"))?;
    let status = head.lines().next().unwrap_or_default();
    ensure!(
        status.split(' ').nth(1) == Some("200"),
        "{address} is not ready: {}",
        status
    );
    Ok(())
}

/// Whether it is a server of this project that listens on `listen`, whatever else it says.
#[must_use]
pub fn is_convocation(listen: SocketAddr, secure: bool) -> bool {
    let stream = TcpStream::connect_timeout(&reachable(listen), PATIENCE);
    stream.is_ok_and(|stream| {
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let head = ask(stream, secure).unwrap_or_default().to_lowercase();
        head.lines().any(|line| line.starts_with(headers::BUILD))
    })
}

/// The head of the answer to whether the server is ready.
fn ask(stream: TcpStream, secure: bool) -> anyhow::Result<String> {
    if secure {
        Ok(exchange(tls::to_this_machine(stream)?)?)
    } else {
        Ok(exchange(stream)?)
    }
}

fn exchange(mut stream: impl Read + Write) -> io::Result<String> {
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut head = String::new();
    let mut lines = BufReader::new(stream.take(HEAD_BYTES));
    // The head ends with an empty line, which its line break alone is.
    while lines.read_line(&mut head)? > 2 {}
    Ok(head)
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
    use std::{net::TcpListener, thread};

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
        health(answering("HTTP/1.1 200 OK\r\n\r\n"), false).unwrap();
        for (answer, expected) in [
            ("HTTP/1.1 503 Service Unavailable\r\n\r\n", "503"),
            ("", "not ready"),
            ("nonsense", "nonsense"),
        ] {
            let error = health(answering(answer), false).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn nobody_there_is_said_so() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let error = health(address, false).unwrap_err().to_string();
        assert!(error.contains("nobody listens"), "{error}");
    }
}
