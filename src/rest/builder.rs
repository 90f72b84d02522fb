use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::Uri;

use super::client::Client;
use super::http::Http;
use super::limits::LimitKey;
use super::timeouts::{CallTimeout, Timeouts};
use super::transport::{self, Secrets};
use crate::error::Error;
use crate::proxy::{Proxy, ProxyChoice};
use crate::recording::Recorder;
use crate::tls::Tls;
use crate::token::Token;

/// The default deadline of a call without files.
const DEFAULT_DEADLINE: Duration = Duration::from_secs(30);

/// Discord's API, in the version that this crate uses.
pub(crate) const DISCORD: &str = "https://discord.com/api/v10";

impl Client {
    /// Creates a client for Discord with the default settings.
    pub fn new(token: Token) -> Client {
        ClientBuilder::new(Some(token)).for_discord()
    }

    /// Returns a builder for a client with other settings.
    pub fn builder(token: Token) -> ClientBuilder {
        ClientBuilder::new(Some(token))
    }

    /// Returns a builder for a client without a bot's token, for webhooks and interactions, which have their own tokens.
    ///
    /// Every other call fails with [`Error::Token`].
    ///
    /// ```
    /// use syncord::Error;
    /// use syncord::rest::Client;
    ///
    /// let client = Client::without_token().build()?;
    /// assert!(matches!(client.current_user(), Err(Error::Token { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn without_token() -> ClientBuilder {
        ClientBuilder::new(None)
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    /// `None` for a client that only calls routes with a token in the path.
    token: Option<Token>,
    api_url: String,
    allow_plaintext: bool,
    timeout: CallTimeout,
    timeouts: Timeouts,
    /// `None` for Discord's default.
    per_second: Option<u32>,
    tls: Tls,
    proxy: ProxyChoice,
    recorder: Option<Arc<Recorder>>,
}

impl ClientBuilder {
    pub(super) fn new(token: Option<Token>) -> ClientBuilder {
        ClientBuilder {
            token,
            api_url: DISCORD.to_owned(),
            allow_plaintext: false,
            timeout: CallTimeout::Default(DEFAULT_DEADLINE),
            timeouts: Timeouts::default(),
            per_second: None,
            tls: Tls::default(),
            proxy: ProxyChoice::default(),
            recorder: None,
        }
    }

    /// Sets the base URL of the API with its version, such as `http://127.0.0.1:3001/api/v10`. Default: Discord's.
    pub fn api_url(mut self, url: impl Into<String>) -> ClientBuilder {
        self.api_url = url.into();
        self
    }

    /// Sets whether `http://` to other machines is allowed. Everyone on the network path can then read the token. Default:
    /// false.
    pub fn allow_plaintext(mut self, allow: bool) -> ClientBuilder {
        self.allow_plaintext = allow;
        self
    }

    /// Sets the maximum duration of a call, including rate limits and retries.
    ///
    /// Default: 30 s, and for a call with files the time that a slow line needs for them in addition: 1 s for each 64 KiB
    /// (see [`Timeouts::min_upload_rate`]). A file whose size is unknown counts as 10 MiB.
    ///
    /// If a rate limit holds a request back for longer, the call fails at once with [`Error::RateLimited`], which says
    /// when the request could be sent.
    pub fn deadline(mut self, deadline: Duration) -> ClientBuilder {
        self.timeout = CallTimeout::Exact(deadline);
        self
    }

    /// Sets the timeouts of one attempt.
    pub fn timeouts(mut self, timeouts: Timeouts) -> ClientBuilder {
        self.timeouts = timeouts.bounded();
        self
    }

    /// Sets the maximum number of requests per second of the bot. Default: 50. Discord grants more to very large bots.
    ///
    /// All clients of the process with the same token share the limit, and the last setting applies. Without a token, it is
    /// the limit of the requests without a token. Responses to interactions do not count. See
    /// [global rate limit](https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).
    pub fn requests_per_second(mut self, count: u32) -> ClientBuilder {
        self.per_second = Some(count);
        self
    }

    /// Sets the certificates to trust in addition to the system's.
    pub fn tls(mut self, tls: Tls) -> ClientBuilder {
        self.tls = tls;
        self
    }

    /// Connects through this proxy, or directly for `None`. Default: the [proxy](Proxy) of the environment.
    pub fn proxy(mut self, proxy: Option<Proxy>) -> ClientBuilder {
        self.proxy = proxy.map_or(ProxyChoice::Direct, ProxyChoice::Given);
        self
    }

    pub(crate) fn proxy_choice(mut self, proxy: ProxyChoice) -> ClientBuilder {
        self.proxy = proxy;
        self
    }

    /// Records what the client sends and receives.
    pub(crate) fn recorder(mut self, recorder: Option<Arc<Recorder>>) -> ClientBuilder {
        self.recorder = recorder;
        self
    }

    /// Builds the client. This sends nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the URL or the environment's proxy cannot be used.
    pub fn build(mut self) -> Result<Client, Error> {
        self.api_url.truncate(self.api_url.trim_end_matches('/').len());
        let is_loopback = check(&self.api_url, self.allow_plaintext)?;
        let api: Uri = self.api_url.parse().unwrap_or_default();
        self.proxy.for_host(api.host().unwrap_or_default(), is_loopback).map_err(Error::setup)?;
        Ok(self.assemble(is_loopback))
    }

    /// Builds a client for Discord's URL, which needs no check.
    pub(super) fn for_discord(self) -> Client {
        self.assemble(false)
    }

    fn assemble(self, is_loopback: bool) -> Client {
        // The caller has checked the URL. One that cannot be parsed matches no host, so it receives no token.
        let api: Uri = self.api_url.parse().unwrap_or_default();
        let key = LimitKey::new(&self.api_url, is_loopback, self.token.as_ref());
        let secrets = Arc::new(Secrets::new(self.token.as_ref()));
        let proxy = self.proxy.for_host(api.host().unwrap_or_default(), is_loopback);
        let agent = transport::agent(api, Arc::clone(&secrets), self.tls, &self.timeouts, proxy);
        let http =
            Http::new(agent, self.api_url, secrets, key, self.per_second, self.timeouts, self.recorder);
        Client::with(http, self.timeout, self.token.is_some())
    }
}

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
fn check(url: &str, allow_plaintext: bool) -> Result<bool, Error> {
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
