//! The URLs that the simulated Discord can send to. Pure.

use std::net::{Ipv4Addr, Ipv6Addr};

use ureq::http::Uri;

/// Checks that a URL is one that the simulated Discord can send to.
pub(in crate::sim) fn check_url(url: &str) -> Result<(), String> {
    let is_possible = url.parse::<Uri>().is_ok_and(|uri| {
        uri.scheme_str() == Some("http")
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && uri.host().is_some_and(is_loopback)
    });
    if is_possible {
        return Ok(());
    }
    Err(format!(
        "the simulated Discord sends only to this machine, to URLs such as http://127.0.0.1:8080/, and not to {url:?}"
    ))
}

fn is_loopback(host: &str) -> bool {
    let is_v6 = |host: &str| host.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback());
    let is_v4 = |host: &str| host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback());
    host.eq_ignore_ascii_case("localhost") || is_v4(host) || is_v6(host.trim_matches(['[', ']']))
}
