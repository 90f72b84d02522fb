//! The proxy through which REST and the gateway connect.

use std::fmt;

use ureq::ProxyProtocol;
use ureq::http::Uri;

use crate::error::Error;

/// An HTTP proxy that opens tunnels with `CONNECT`, for REST and the gateway.
///
/// Without one that is given, the environment decides: the first of `ALL_PROXY`, `HTTPS_PROXY` and `HTTP_PROXY`, also in
/// lower case. `NO_PROXY` lists hosts that are connected to directly, and addresses of this machine always are. A proxy
/// that is given is used for all hosts.
///
/// ```
/// use syncord::Proxy;
///
/// let proxy = Proxy::new("http://user:password@proxy.example:3128")?;
/// assert_eq!(format!("{proxy:?}"), "Proxy(\"proxy.example:3128\")");
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy(ureq::Proxy);

/// Which proxy to use.
#[derive(Clone, Debug, Default)]
pub(crate) enum ProxyChoice {
    /// The one of the environment, if there is one.
    #[default]
    Environment,
    Given(Proxy),
    /// None, whatever the environment says.
    Direct,
}

impl Proxy {
    /// Creates a proxy from its address, such as `http://proxy.example:3128`, with a user name and a password if it asks
    /// for them: `http://user:password@proxy.example:3128`.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if it is no address, or of another kind: SOCKS, and proxies that are reached by TLS.
    pub fn new(url: &str) -> Result<Proxy, Error> {
        // The address may contain a password, so it is not shown.
        let proxy = ureq::Proxy::new(url).map_err(|_| {
            Error::setup("the address of the proxy cannot be read: give one like http://proxy.example:3128")
        })?;
        Proxy::check(proxy).map_err(Error::setup)
    }

    fn check(proxy: ureq::Proxy) -> Result<Proxy, String> {
        if proxy.protocol() == ProxyProtocol::Http {
            return Ok(Proxy(proxy));
        }
        let scheme = proxy.uri().scheme_str().unwrap_or_default().to_owned();
        let address = Proxy(proxy).address();
        Err(format!(
            "the proxy {scheme}://{address} is of a kind that is not supported: give an HTTP proxy (http://..), or set \
             NO_PROXY=* to connect directly"
        ))
    }

    /// The proxy of the environment for a host.
    fn from_environment(host: &str) -> Result<Option<Proxy>, String> {
        let Some(proxy) = ureq::Proxy::try_from_env() else { return Ok(None) };
        // The scheme does not matter for NO_PROXY.
        let uri = Uri::builder().scheme("https").authority(host).path_and_query("/").build();
        if uri.is_ok_and(|uri| proxy.is_no_proxy(&uri)) {
            return Ok(None);
        }
        Proxy::check(proxy).map(Some)
    }

    /// The host and the port.
    pub(crate) fn address(&self) -> String {
        format!("{}:{}", self.0.host(), self.0.port())
    }

    pub(crate) fn host(&self) -> &str {
        self.0.host().trim_start_matches('[').trim_end_matches(']')
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port()
    }

    /// The user name and the password, as `Proxy-Authorization` has them before they are encoded.
    pub(crate) fn credentials(&self) -> Option<String> {
        let name = self.0.username()?;
        Some(format!("{name}:{}", self.0.password().unwrap_or_default()))
    }

    pub(crate) fn into_ureq(self) -> ureq::Proxy {
        self.0
    }
}

impl ProxyChoice {
    /// The proxy for a host. `is_loopback` says whether it is this machine.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the proxy of the environment.
    pub(crate) fn for_host(&self, host: &str, is_loopback: bool) -> Result<Option<Proxy>, String> {
        match self {
            ProxyChoice::Given(proxy) => Ok(Some(proxy.clone())),
            ProxyChoice::Environment if !is_loopback => Proxy::from_environment(host),
            ProxyChoice::Environment | ProxyChoice::Direct => Ok(None),
        }
    }
}

/// Shows the address without the user name and the password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Proxy").field(&self.address()).finish()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Proxy, ProxyChoice};

    #[test]
    fn a_proxy_has_an_address_and_perhaps_credentials() {
        let proxy = Proxy::new("http://ann:p%40ss@proxy.example:3128").unwrap();
        assert_eq!((proxy.host(), proxy.port()), ("proxy.example", 3128));
        assert_eq!(proxy.credentials().as_deref(), Some("ann:p@ss"));
        assert_eq!(Proxy::new("proxy.example:8080").unwrap().credentials(), None);
        assert_eq!(Proxy::new("http://[::1]:8080").unwrap().host(), "::1");
    }

    #[test]
    fn what_is_not_supported_is_an_error_that_shows_no_password() {
        for url in [
            "socks5://ann:secret@proxy.example:1080",
            "https://ann:secret@proxy.example",
            "ftp://ann:secret@x",
            "",
        ] {
            let error = Proxy::new(url).unwrap_err().to_string();
            assert!(error.contains("http://") && !error.contains("secret"), "{error}");
        }
        let error = Proxy::new("socks5://proxy.example:1080").unwrap_err().to_string();
        assert!(error.contains("socks5://proxy.example:1080") && error.contains("not supported"), "{error}");
    }

    #[test]
    fn a_given_proxy_is_used_for_this_machine_too() {
        let given = ProxyChoice::Given(Proxy::new("proxy.example:1").unwrap());
        assert!(given.for_host("127.0.0.1", true).unwrap().is_some());
        assert!(ProxyChoice::Environment.for_host("127.0.0.1", true).unwrap().is_none());
        assert!(ProxyChoice::Direct.for_host("discord.com", false).unwrap().is_none());
    }
}
