//! The proxy through which REST and the gateway connect.

use std::fmt;

use ureq::ProxyProtocol;

use crate::error::Error;

/// The variables of the environment with a proxy, the one that counts first.
const VARIABLES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
/// The variables with the hosts that need none.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// An HTTP proxy that opens tunnels with `CONNECT`, for REST and the gateway.
///
/// Without one that is given, the environment decides: the first of `ALL_PROXY`, `HTTPS_PROXY` and `HTTP_PROXY`, also in
/// lower case. One that cannot be used is an error, and is not passed over. `NO_PROXY` lists hosts that are connected to
/// directly, with their subdomains, or is `*` for all; addresses of this machine always are. A proxy that is given is used
/// for all hosts.
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
        if proxy.host().is_empty() {
            return Err(
                "the address of the proxy has no host: give one like http://proxy.example:3128".to_owned()
            );
        }
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

    /// The proxy of the environment for a host. `get` returns the value of a variable.
    fn from_environment(host: &str, get: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, String> {
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| Some((*name, get(name).filter(|value| !value.trim().is_empty())?)))
        };
        let Some((name, url)) = first(&VARIABLES) else { return Ok(None) };
        if first(&EXCEPTIONS).is_some_and(|(_, list)| is_exception(&list, host)) {
            return Ok(None);
        }
        // The address may contain a password, so it is not shown.
        let proxy = ureq::Proxy::new(url.trim()).map_err(|_| {
            format!(
                "the proxy of the environment cannot be read: set {name} to an address like http://proxy.example:3128, or \
                 unset it"
            )
        })?;
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
            ProxyChoice::Environment if !is_loopback => {
                Proxy::from_environment(host, |name| std::env::var(name).ok())
            }
            ProxyChoice::Environment | ProxyChoice::Direct => Ok(None),
        }
    }
}

/// Whether a list like that of `NO_PROXY` contains the host or a domain that it belongs to.
fn is_exception(list: &str, host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).any(|entry| {
        let name = entry.trim_start_matches('*').trim_start_matches('.').to_ascii_lowercase();
        entry == "*" || host == name || host.strip_suffix(&*name).is_some_and(|sub| sub.ends_with('.'))
    })
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

    fn of_environment(variables: &[(&str, &str)], host: &str) -> Result<Option<String>, String> {
        let get = |name: &str| {
            let variable = variables.iter().find(|(variable, _)| *variable == name);
            variable.map(|(_, value)| (*value).to_owned())
        };
        Ok(Proxy::from_environment(host, get)?.map(|proxy| proxy.host().to_owned()))
    }

    #[test]
    fn the_first_variable_that_is_set_has_the_proxy() {
        let all = ("ALL_PROXY", "http://all.example");
        let lower = ("https_proxy", "http://lower.example");
        for (variables, host) in [
            (&[][..], None),
            (&[lower, all], Some("all.example")),
            (&[lower, ("HTTPS_PROXY", " http://upper.example ")], Some("upper.example")),
            (&[lower, ("ALL_PROXY", "")], Some("lower.example")),
            (&[("HTTP_PROXY", "plain.example:80")], Some("plain.example")),
        ] {
            let found = of_environment(variables, "discord.com").unwrap();
            assert_eq!(found.as_deref(), host, "{variables:?}");
        }
    }

    #[test]
    fn hosts_of_no_proxy_and_their_subdomains_have_none() {
        for (list, host, is_direct) in [
            ("*", "discord.com", true),
            ("discord.com", "discord.com", true),
            ("discord.com", "Gateway.Discord.com", true),
            ("localhost, .discord.com", "gateway.discord.com", true),
            ("*.discord.com", "gateway.discord.com", true),
            ("discord.com", "notdiscord.com", false),
            ("discord.com", "discord.gg", false),
            ("discord.com", "discord.com.example", false),
            ("", "discord.com", false),
            (" , ", "discord.com", false),
        ] {
            let variables = [("HTTPS_PROXY", "http://proxy.example"), ("no_proxy", list)];
            let found = of_environment(&variables, host).unwrap();
            assert_eq!(found.is_none(), is_direct, "{list:?} and {host}");
        }
    }

    #[test]
    fn a_proxy_of_the_environment_that_cannot_be_used_is_an_error_and_not_passed_over() {
        let usable = ("HTTP_PROXY", "http://proxy.example");
        for (value, part) in [
            ("ftp://ann:secret@x", "set HTTPS_PROXY to"),
            ("http://ann:secret@:x", "has no host"),
            ("socks5://ann:secret@x:1", "not supported"),
        ] {
            let error = of_environment(&[("HTTPS_PROXY", value), usable], "discord.com").unwrap_err();
            assert!(error.contains(part) && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_given_proxy_is_used_for_this_machine_too() {
        let given = ProxyChoice::Given(Proxy::new("proxy.example:1").unwrap());
        assert!(given.for_host("127.0.0.1", true).unwrap().is_some());
        assert!(ProxyChoice::Environment.for_host("127.0.0.1", true).unwrap().is_none());
        assert!(ProxyChoice::Direct.for_host("discord.com", false).unwrap().is_none());
    }
}
