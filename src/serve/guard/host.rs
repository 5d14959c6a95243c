//! Refuses requests that do not name this machine as their host.
//!
//! A page on the web can let its own name point to 127.0.0.1 and then read what a server here answers (DNS rebinding).
//! The browser tells on it: such a request carries the foreign name in `Host`. Names are what the trick needs, so an
//! address in digits is safe, and the port says nothing: `ssh -L 9000:localhost:7878` may change it.

use std::net::{IpAddr, SocketAddr};

use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};

/// Which hosts a request may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hosts {
    /// Any address in digits, not only those of this machine to itself: for a server that other machines may reach.
    addresses: bool,
    /// Names, besides `localhost`.
    names: Vec<String>,
}

impl Hosts {
    /// As wide as the address that is listened on, and these names.
    pub(super) fn new(listener: SocketAddr, names: &[String]) -> Self {
        Hosts {
            addresses: !listener.ip().is_loopback(),
            names: names.to_vec(),
        }
    }

    /// Whether the request names a host, and no other than those allowed.
    pub(super) fn are_named(&self, headers: &HeaderMap, target: &Uri) -> bool {
        let mut named = headers
            .get_all(HOST)
            .iter()
            .map(|host| host.to_str().unwrap_or_default())
            .chain(target.authority().map(Authority::as_str))
            .peekable();
        named.peek().is_some() && named.all(|host| self.allow(host))
    }

    fn allow(&self, authority: &str) -> bool {
        // `Authority` takes user names too, and hosts with a port that is no number.
        let Some(authority) = authority
            .parse::<Authority>()
            .ok()
            .filter(|_| !authority.contains('@'))
        else {
            return false;
        };
        let host = authority.host();
        let port = &authority.as_str()[host.len()..];
        if !port.is_empty() && authority.port_u16().is_none() {
            return false;
        }
        let is_named = |name: &str| host.eq_ignore_ascii_case(name);
        if is_named("localhost") || self.names.iter().any(|name| is_named(name)) {
            return true;
        }
        match host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
        {
            Ok(address) => self.addresses || address.is_loopback(),
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(listener: &str, names: &[&str]) -> Hosts {
        let names: Vec<_> = names.iter().map(ToString::to_string).collect();
        Hosts::new(listener.parse().unwrap(), &names)
    }

    #[test]
    fn only_this_machine_is_a_host() {
        for host in [
            "localhost",
            "LOCALHOST:7878",
            "127.0.0.1",
            "127.0.0.1:7878",
            "[::1]:7878",
            "[::1]",
            "127.1.2.3:9000",
        ] {
            assert!(hosts("127.0.0.1:7878", &[]).allow(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:7878",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.7:7878",
            "localhost:port",
            "localhost:99999",
            "me@localhost",
            "localhost/..",
            "[::1",
            "0x7f000001",
        ] {
            assert!(!hosts("127.0.0.1:7878", &[]).allow(host), "{host}");
        }
    }

    #[test]
    fn a_server_for_others_has_addresses_and_the_names_it_was_given() {
        let hosts = hosts("0.0.0.0:7878", &["archive.example"]);
        for host in [
            "192.168.1.7:7878",
            "localhost:7878",
            "Archive.example",
            "archive.example:8080",
        ] {
            assert!(hosts.allow(host), "{host}");
        }
        for host in [
            "evil.example:7878",
            "www.archive.example",
            "archive.example.",
            "archive.example.evil.example",
        ] {
            assert!(!hosts.allow(host), "{host}");
        }
    }
}
