//! Who asks: an address, and the name of a key where one was given.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a trusted proxy writes the addresses of its clients in, the nearest last.
const FORWARDED: &str = "x-forwarded-for";

/// The address of whoever asks. Behind a trusted proxy, the last address that is none of a proxy: what stands before it, the
/// client may have written. A request that came over no socket (a router that is called by a program) is from this machine.
pub(super) fn address<T>(request: &Request<T>, proxies: &[IpAddr]) -> IpAddr {
    let nearest = nearest(request);
    if !proxies.contains(&nearest) {
        return nearest;
    }
    let lines = request.headers().get_all(FORWARDED).iter();
    let hops: Vec<&str> = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .collect();
    for hop in hops.into_iter().rev() {
        match hop.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(address) if proxies.contains(&address) => {}
            Ok(address) => return address,
            Err(_) => break,
        }
    }
    nearest
}

/// Whether the request comes straight from one of these proxies.
pub(super) fn is_proxy<T>(request: &Request<T>, proxies: &[IpAddr]) -> bool {
    proxies.contains(&nearest(request))
}

fn nearest<T>(request: &Request<T>) -> IpAddr {
    let info = request.extensions().get::<ConnectInfo<SocketAddr>>();
    info.map_or([127, 0, 0, 1].into(), |info| info.0.ip().to_canonical())
}

/// The address as far as it is one client's: of version 6, each has as many as it likes.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
    }
}

/// The key that a request gives: `Authorization: Bearer KEY`, or as the password of a browser's dialog, whatever the name.
pub(super) fn key(headers: &HeaderMap) -> Option<String> {
    let (scheme, rest) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
    Some(pair.split_once(':')?.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let check = |from: &str, forwarded: &[&str], expected: &str| {
            let mut request = Request::new(());
            let from: SocketAddr = from.parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(from));
            for line in forwarded {
                request
                    .headers_mut()
                    .append(FORWARDED, line.parse().unwrap());
            }
            let proxies = ["10.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().unwrap());
            let found = address(&request, &proxies).to_string();
            assert_eq!(found, expected, "{from} {forwarded:?}");
        };
        check("192.0.2.7:1", &["198.51.100.1"], "192.0.2.7");
        check("10.0.0.1:1", &["198.51.100.1"], "198.51.100.1");
        check("[::ffff:10.0.0.1]:1", &["198.51.100.1"], "198.51.100.1");
        // What the client has written stands first.
        check("10.0.0.1:1", &["127.0.0.1, 198.51.100.1"], "198.51.100.1");
        check(
            "10.0.0.1:1",
            &["127.0.0.1", "198.51.100.1, 10.0.0.2"],
            "198.51.100.1",
        );
        check("10.0.0.1:1", &["127.0.0.1, unknown"], "10.0.0.1");
        check("10.0.0.1:1", &[], "10.0.0.1");
    }

    #[test]
    fn a_key_stands_in_one_of_two_places() {
        let check = |value: &str, expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            assert_eq!(key(&headers).as_deref(), expected, "{value}");
        };
        check("Bearer morgue_x", Some("morgue_x"));
        check("bearer  morgue_x", Some("morgue_x"));
        check(
            &format!("Basic {}", STANDARD.encode("ann:morgue_x")),
            Some("morgue_x"),
        );
        check(&format!("Basic {}", STANDARD.encode(":a:b")), Some("a:b"));
        for wrong in [
            "morgue_x",
            "Basic",
            "Basic %%",
            "Basic bW9yZ3Vl",
            "Digest morgue_x",
            "",
        ] {
            check(wrong, None);
        }
        assert_eq!(key(&HeaderMap::new()), None);
    }

    #[test]
    fn a_household_has_one_address() {
        let check = |address: &str, expected: &str| {
            assert_eq!(household(address.parse().unwrap()).to_string(), expected);
        };
        check("192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
    }
}
