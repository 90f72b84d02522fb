//! The address of the API.

use std::net::IpAddr;

use ureq::http::Uri;

use crate::error::Error;

/// Discord's API, in the version that this crate uses.
pub(crate) const DISCORD: &str = "https://discord.com/api/v10";

/// Where the API is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiAddress {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) is_tls: bool,
    pub(crate) is_loopback: bool,
}

impl ApiAddress {
    /// Reads the API's URL. `None` if no client can use it.
    pub(crate) fn of(url: &str) -> Option<ApiAddress> {
        let is_loopback = check(url, true).ok()?;
        let uri: Uri = url.parse().ok()?;
        let is_tls = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let host = uri.host()?.trim_start_matches('[').trim_end_matches(']').to_owned();
        Some(ApiAddress { host, port, is_tls, is_loopback })
    }
}

/// The API's URL with the version of the API, if it names none: every call to it would fail.
pub(crate) fn with_version(url: &str) -> Option<String> {
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let url = url.trim_end_matches('/');
    let uri: Uri = url.parse().ok()?;
    let path = uri.path().trim_matches('/');
    if path.split('/').any(is_version) {
        return None;
    }
    Some(format!("{url}{}/v10", if path.is_empty() { "/api" } else { "" }))
}

/// Checks the URL. Returns whether it leads to this machine.
pub(super) fn check(url: &str, allow_plaintext: bool) -> Result<bool, Error> {
    let unusable = |problem: &str| {
        Error::setup(format!("the API URL {url:?} {problem}: give one like https://discord.com/api/v10"))
    };
    let uri: Uri = url.parse().map_err(|e| unusable(&format!("is not a URL ({e})")))?;
    let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else {
        return Err(unusable("lacks https:// or a host"));
    };
    if uri.query().is_some() {
        return Err(unusable("has a query"));
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        // The part before the @ is a secret, so the URL is not shown.
        return Err(Error::setup(
            "the API URL has a user name in it: give one like https://discord.com/api/v10",
        ));
    }
    let is_loopback = is_loopback(host);
    match scheme {
        "https" => Ok(is_loopback),
        "http" if is_loopback || allow_plaintext => Ok(is_loopback),
        "http" => Err(Error::setup(format!(
            "the API URL {url:?} would send the token unencrypted to another machine: use https://, or permit it with \
             allow_plaintext"
        ))),
        _ => Err(unusable("is neither https:// nor http://")),
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{DISCORD, check, with_version};

    #[test]
    fn plaintext_to_other_machines_needs_permission() {
        for url in
            ["http://127.0.0.1:3001/api/v10", "http://localhost/api", "http://[::1]:80", "http://127.8.8.8"]
        {
            assert_eq!(check(url, false).ok(), Some(true), "{url}");
        }
        for url in ["http://discord.com/api/v10", "http://10.0.0.1", "http://127.0.0.1.evil.example"] {
            let problem = check(url, false).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(problem.contains("unencrypted") && problem.contains("https://"), "{url}: {problem}");
            assert_eq!(check(url, true).ok(), Some(false), "{url}");
        }
        assert_eq!(check("https://discord.com/api/v10", false).ok(), Some(false));
    }

    #[test]
    fn an_address_without_a_version_is_recognized() {
        for (url, versioned) in [
            ("https://discord.com", Some("https://discord.com/api/v10")),
            ("https://discord.com/api/", Some("https://discord.com/api/v10")),
            ("http://127.0.0.1:3001/relay", Some("http://127.0.0.1:3001/relay/v10")),
            (DISCORD, None),
            ("http://[::1]:80/api/v9/", None),
        ] {
            assert_eq!(with_version(url).as_deref(), versioned, "{url}");
        }
        assert_eq!(with_version("http://v1/vx").as_deref(), Some("http://v1/vx/v10"));
    }

    #[test]
    fn an_invalid_base_url_is_explained() {
        for url in ["", "discord.com", "ws://127.0.0.1", "https://x/api?v=10", "http://", "not a url"] {
            let problem = check(url, true).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(
                problem.contains("API URL") && problem.contains("https://discord.com/api/v10"),
                "{url}: {problem}"
            );
        }
        let problem =
            check("https://me:secret@host/api", true).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(problem.contains("user name") && !problem.contains("secret"), "{problem}");
    }
}
