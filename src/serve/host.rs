//! Refuses requests that do not name this machine as their host.
//!
//! A page on the web can let its own name point to 127.0.0.1 and then read what a server here answers (DNS rebinding).
//! The browser tells on it: such a request carries the foreign name in `Host`. Names are what the trick needs, so an
//! address in digits is safe, and the port says nothing: `ssh -L 9000:localhost:7878` may change it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// Which hosts a request may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hosts {
    /// `localhost` and the addresses of this machine to itself.
    Loopback,
    /// These, and any other address in digits: for a server that other machines may reach.
    Addresses,
}

impl Hosts {
    /// As wide as the address that is listened on.
    pub(super) fn for_listener(address: SocketAddr) -> Self {
        if address.ip().is_loopback() {
            Hosts::Loopback
        } else {
            Hosts::Addresses
        }
    }

    fn allow(self, authority: &str) -> bool {
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
        if host.eq_ignore_ascii_case("localhost") {
            return true;
        }
        match host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<IpAddr>()
        {
            Ok(address) => self == Hosts::Addresses || address.is_loopback(),
            Err(_) => false,
        }
    }
}

/// Lets a request through when all that it says about its host is allowed.
pub(super) async fn check(hosts: Hosts, request: Request, next: Next) -> Response {
    if is_meant_for(hosts, &request) {
        next.run(request).await
    } else {
        Problem::foreign_host().into_response()
    }
}

/// Whether the request names a host, and no other than those allowed.
fn is_meant_for(hosts: Hosts, request: &Request) -> bool {
    let headers = request.headers().get_all(HOST).iter();
    let mut named = headers
        .map(|host| host.to_str().unwrap_or_default())
        .chain(request.uri().authority().map(Authority::as_str))
        .peekable();
    named.peek().is_some() && named.all(|host| hosts.allow(host))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(Hosts::Loopback.allow(host), "{host}");
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
            assert!(!Hosts::Loopback.allow(host), "{host}");
        }
    }

    #[test]
    fn a_server_for_others_has_addresses_but_no_names() {
        assert!(Hosts::Addresses.allow("192.168.1.7:7878"));
        assert!(Hosts::Addresses.allow("localhost:7878"));
        assert!(!Hosts::Addresses.allow("evil.example:7878"));
    }
}
