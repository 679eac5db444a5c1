//! Host checks: the names under which the preview answers. A browser sends the host
//! name it was given, so requests from a page whose name was made to point to this
//! machine (DNS rebinding) are refused and cannot read a site's drafts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};

/// The names of one preview.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    /// The address it listens on.
    address: IpAddr,
    /// This machine's host name, if others may use it.
    machine: Option<String>,
}

impl Hosts {
    /// The names of a preview that listens on an address.
    pub(super) fn of(address: IpAddr) -> Self {
        let machine = if address.is_loopback() {
            None
        } else {
            machine_name()
        };
        Self { address, machine }
    }

    /// Whether a request is meant for this preview, according to its single `Host`
    /// header and, if present, the host in its URI.
    pub(super) fn allow(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return false;
        };
        host.to_str().is_ok_and(|host| self.is_ours(host))
            && uri
                .authority()
                .is_none_or(|authority| self.is_ours(authority.as_str()))
    }

    /// Whether a name, with or without a port, is ours. Any port is accepted, since
    /// it may be forwarded.
    fn is_ours(&self, text: &str) -> bool {
        let Ok(authority) = text.parse::<Authority>() else {
            return false;
        };
        let host = authority.host();
        let has_sound_port = authority.port_u16().is_some() || host == text;
        if !has_sound_port || text.contains('@') {
            return false;
        }
        let bare = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return self.is_our_address(address.to_canonical());
        }
        let name = host.strip_suffix('.').unwrap_or(host);
        let is = |ours: &str| name.eq_ignore_ascii_case(ours);
        is("localhost")
            || self
                .machine
                .as_deref()
                .is_some_and(|machine| is(machine) || is(&format!("{machine}.local")))
    }

    /// A preview that listens on all addresses accepts any IP address, even one
    /// that reaches us through a router or a container. This is safe, because an IP
    /// address cannot be made to point elsewhere as a name can.
    fn is_our_address(&self, address: IpAddr) -> bool {
        self.address.is_unspecified()
            || address == self.address.to_canonical()
            || address == IpAddr::V4(Ipv4Addr::LOCALHOST)
            || address == IpAddr::V6(Ipv6Addr::LOCALHOST)
    }
}

#[cfg(unix)]
fn machine_name() -> Option<String> {
    let name = rustix::system::uname().nodename().to_str().ok()?.to_owned();
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(not(unix))]
fn machine_name() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(address: &str, host: &str) -> bool {
        let hosts = Hosts {
            address: address.parse().unwrap(),
            machine: Some("desk".to_owned()),
        };
        hosts.is_ours(host)
    }

    #[test]
    fn only_the_names_of_the_preview_are_ours() {
        for host in [
            "localhost",
            "LocalHost:4000",
            "localhost.:4000",
            "127.0.0.1:1",
            "[::1]:4000",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(answers("127.0.0.1", host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "localhost@evil.example",
            "evil@localhost",
            "localhost:evil",
            "localhost:99999",
            "127.0.0.1.evil.example",
            "0.0.0.0:4000",
            "192.168.0.7:4000",
            "[::2]",
            "::1",
            "local host",
            "localhost/x",
        ] {
            assert!(!answers("127.0.0.1", host), "{host}");
        }
    }

    #[test]
    fn a_preview_for_others_answers_to_its_addresses() {
        assert!(answers("192.168.0.7", "192.168.0.7:4000"));
        assert!(!answers("192.168.0.7", "192.168.0.8:4000"));
        for host in ["192.168.0.8", "[fe80::1]:4000", "Desk:4000", "desk.local"] {
            assert!(answers("0.0.0.0", host), "{host}");
            assert!(answers("::", host), "{host}");
        }
        assert!(!answers("0.0.0.0", "evil.example"));
        assert_eq!(Hosts::of(IpAddr::V4(Ipv4Addr::LOCALHOST)).machine, None);
    }
}
