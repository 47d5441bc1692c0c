//! Addresses: where people reach this server, best first. Not who may reach it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use if_addrs::Interface;
use url::Url;

use crate::tls::Certificate;

/// Where a server listens, and how it speaks there.
#[derive(Clone, Debug)]
pub struct Listening {
    /// Address and port.
    pub socket: SocketAddr,
    /// What it speaks HTTPS with; HTTP without one.
    pub certificate: Option<Arc<Certificate>>,
}

impl Listening {
    /// The address on this machine itself.
    #[must_use]
    pub fn local(&self) -> String {
        let ip = self.socket.ip();
        self.at(if ip.is_unspecified() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            ip
        })
    }

    /// Where other machines reach the server: the public address, or those on the local networks. With a certificate only those that
    /// browsers accept it for, unless there are none.
    #[must_use]
    pub fn reachable(&self, public_url: Option<&Url>) -> Vec<String> {
        if let Some(url) = public_url {
            return vec![url.origin().ascii_serialization()];
        }
        let ips = self.ips();
        let Some(certificate) = &self.certificate else {
            return ips.into_iter().map(|ip| self.at(ip)).collect();
        };
        if ips.is_empty() {
            return Vec::new();
        }
        let names = certificate.names().into_iter().filter(|name| {
            !name.contains('*') && name != "localhost" && !name.ends_with(".localhost")
        });
        let accepted = ips.iter().filter(|ip| certificate.is_for(&ip.to_string()));
        let fitting: Vec<String> = names
            .map(|name| self.origin(&name))
            .chain(accepted.map(|ip| self.at(*ip)))
            .collect();
        if fitting.is_empty() {
            ips.into_iter().map(|ip| self.at(ip)).collect()
        } else {
            fitting
        }
    }

    /// The addresses of this machine on which other machines may reach it, best first.
    #[must_use]
    pub fn ips(&self) -> Vec<IpAddr> {
        let own = self.socket.ip();
        if own.is_loopback() {
            return Vec::new();
        }
        if !own.is_unspecified() {
            return vec![own];
        }
        let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
        let mut found: Vec<&Interface> = interfaces
            .iter()
            .filter(|interface| {
                is_useful(interface.ip()) && (interface.ip().is_ipv4() || self.socket.is_ipv6())
            })
            .collect();
        found.sort_by_key(|interface| rank(&interface.name, interface.ip()));
        found.into_iter().map(Interface::ip).collect()
    }

    fn at(&self, ip: IpAddr) -> String {
        match ip {
            IpAddr::V4(v4) => self.origin(&v4.to_string()),
            IpAddr::V6(v6) => self.origin(&format!("[{v6}]")),
        }
    }

    /// An address as browsers show it, without the port that they take by themselves.
    fn origin(&self, host: &str) -> String {
        let (scheme, usual) = match self.certificate {
            Some(_) => ("https", 443),
            None => ("http", 80),
        };
        match self.socket.port() {
            port if port == usual => format!("{scheme}://{host}"),
            port => format!("{scheme}://{host}:{port}"),
        }
    }
}

fn is_useful(ip: IpAddr) -> bool {
    let link_local = match ip {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    };
    !ip.is_loopback() && !ip.is_unspecified() && !link_local
}

/// What a phone in the room most likely reaches comes first: real networks before virtual ones, IPv4 before IPv6 (shorter to type),
/// private addresses before others.
fn rank(name: &str, ip: IpAddr) -> (bool, bool, bool) {
    const VIRTUAL: [&str; 11] = [
        "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "cni", "flannel", "tun", "utun",
        "podman",
    ];
    let is_virtual = VIRTUAL.iter().any(|prefix| name.starts_with(prefix));
    let is_private = matches!(ip, IpAddr::V4(v4) if v4.is_private());
    (is_virtual, ip.is_ipv6(), !is_private)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::Files;

    fn at(socket: &str) -> Listening {
        Listening {
            socket: socket.parse().unwrap(),
            certificate: None,
        }
    }

    /// The same with a certificate for some names.
    fn secure(socket: &str, names: &[&str]) -> Listening {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = Files {
            certificate: folder.path().join("certificate.pem"),
            key: folder.path().join("key.pem"),
        };
        std::fs::write(&files.certificate, made.cert.pem()).unwrap();
        std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
        Listening {
            certificate: Some(Arc::new(Certificate::read(files).unwrap())),
            ..at(socket)
        }
    }

    #[test]
    fn the_local_address_names_the_port_that_browsers_do_not_take_by_themselves() {
        for (socket, address) in [
            ("0.0.0.0:8080", "http://127.0.0.1:8080"),
            ("127.0.0.1:99", "http://127.0.0.1:99"),
            ("[::1]:99", "http://[::1]:99"),
            ("127.0.0.1:80", "http://127.0.0.1"),
            ("127.0.0.1:443", "http://127.0.0.1:443"),
        ] {
            assert_eq!(at(socket).local(), address);
        }
        for (socket, address) in [
            ("0.0.0.0:8443", "https://127.0.0.1:8443"),
            ("0.0.0.0:443", "https://127.0.0.1"),
            ("0.0.0.0:80", "https://127.0.0.1:80"),
        ] {
            assert_eq!(secure(socket, &["a.example"]).local(), address);
        }
    }

    #[test]
    fn a_public_address_replaces_all_others() {
        let url = Url::parse("https://class.example.org/").unwrap();
        for listening in [at("0.0.0.0:80"), secure("0.0.0.0:443", &["a.example"])] {
            assert_eq!(
                listening.reachable(Some(&url)),
                ["https://class.example.org"]
            );
        }
    }

    #[test]
    fn a_server_for_this_machine_alone_is_not_reachable() {
        assert!(at("127.0.0.1:80").reachable(None).is_empty());
        assert!(
            secure("127.0.0.1:443", &["a.example"])
                .reachable(None)
                .is_empty()
        );
        assert_eq!(
            at("10.1.2.3:8080").reachable(None),
            ["http://10.1.2.3:8080"]
        );
    }

    #[test]
    fn with_a_certificate_people_are_sent_where_it_is_accepted() {
        for (names, addresses) in [
            (
                &[
                    "localhost",
                    "class.example.org",
                    "*.example.org",
                    "10.1.2.3",
                ][..],
                &["https://class.example.org:8443", "https://10.1.2.3:8443"][..],
            ),
            (&["10.1.2.3"], &["https://10.1.2.3:8443"]),
            (&["10.9.9.9", "localhost"], &["https://10.1.2.3:8443"]),
        ] {
            assert_eq!(secure("10.1.2.3:8443", names).reachable(None), addresses);
        }
    }

    #[test]
    fn wifi_comes_before_bridges_and_ipv6() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let mut found = [
            ("docker0", ip("172.17.0.1")),
            ("wlan0", ip("2001:db8::1")),
            ("eth1", ip("203.0.113.7")),
            ("wlan0", ip("192.168.1.5")),
        ];
        found.sort_by_key(|(name, ip)| rank(name, *ip));
        assert_eq!(
            found.map(|(_, ip)| ip.to_string()),
            ["192.168.1.5", "203.0.113.7", "2001:db8::1", "172.17.0.1"]
        );
    }

    #[test]
    fn loopback_and_link_local_are_of_no_use() {
        for (text, useful) in [
            ("127.0.0.1", false),
            ("169.254.3.4", false),
            ("fe80::1", false),
            ("::1", false),
            ("10.0.0.1", true),
        ] {
            assert_eq!(is_useful(text.parse().unwrap()), useful, "{text}");
        }
    }
}
