//! Addresses: where people reach this server, best first. Not who may reach it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use if_addrs::Interface;
use url::Url;

/// The address on this machine itself.
#[must_use]
pub fn local(listening: SocketAddr) -> String {
    let ip = if listening.ip().is_unspecified() {
        Ipv4Addr::LOCALHOST.into()
    } else {
        listening.ip()
    };
    http(ip, listening.port())
}

/// Where other machines reach the server: the public address, or those on the local networks.
#[must_use]
pub fn reachable(listening: SocketAddr, public_url: Option<&Url>) -> Vec<String> {
    if let Some(url) = public_url {
        return vec![url.origin().ascii_serialization()];
    }
    if !listening.ip().is_unspecified() {
        return if listening.ip().is_loopback() {
            Vec::new()
        } else {
            vec![http(listening.ip(), listening.port())]
        };
    }
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut found: Vec<&Interface> = interfaces
        .iter()
        .filter(|interface| {
            is_useful(interface.ip()) && (interface.ip().is_ipv4() || listening.is_ipv6())
        })
        .collect();
    found.sort_by_key(|interface| rank(&interface.name, interface.ip()));
    found
        .into_iter()
        .map(|interface| http(interface.ip(), listening.port()))
        .collect()
}

fn http(ip: IpAddr, port: u16) -> String {
    format!("http://{}", SocketAddr::new(ip, port))
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

    #[test]
    fn the_local_address_names_the_port() {
        assert_eq!(
            local("0.0.0.0:8080".parse().unwrap()),
            "http://127.0.0.1:8080"
        );
        assert_eq!(
            local("127.0.0.1:99".parse().unwrap()),
            "http://127.0.0.1:99"
        );
        assert_eq!(local("[::1]:99".parse().unwrap()), "http://[::1]:99");
    }

    #[test]
    fn a_public_address_replaces_all_others() {
        let url = Url::parse("https://class.example.org/").unwrap();
        assert_eq!(
            reachable("0.0.0.0:80".parse().unwrap(), Some(&url)),
            ["https://class.example.org"]
        );
    }

    #[test]
    fn a_server_for_this_machine_alone_is_not_reachable() {
        assert!(reachable("127.0.0.1:80".parse().unwrap(), None).is_empty());
        assert_eq!(
            reachable("10.1.2.3:80".parse().unwrap(), None),
            ["http://10.1.2.3:80"]
        );
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
