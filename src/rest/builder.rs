use std::sync::Arc;
use std::time::Duration;

use ureq::http::Uri;

use super::address::{DISCORD, check};
use super::client::{BotToken, Client};
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
        let token = match &self.token {
            None => BotToken::None,
            Some(token) if key.is_discord() => BotToken::checked(token.check_for_discord()),
            Some(_) => BotToken::Given,
        };
        let secrets = Arc::new(Secrets::new(self.token.as_ref()));
        let proxy = self.proxy.for_host(api.host().unwrap_or_default(), is_loopback);
        let agent = transport::agent(api, Arc::clone(&secrets), self.tls, &self.timeouts, proxy);
        let http =
            Http::new(agent, self.api_url, secrets, key, self.per_second, self.timeouts, self.recorder);
        Client::with(http, self.timeout, token)
    }
}
