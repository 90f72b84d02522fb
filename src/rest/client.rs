use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::http::Http;
use super::options::Options;
use super::request::{self, Request};
use super::response::{self, Response};
use super::route::{Endpoint, Route};
use crate::error::Error;
use crate::json::{self, Read};

/// A client of Discord's REST API, for one token.
///
/// Clones share connections and rate limits.
///
/// # Errors
///
/// Every call may return these errors. A method has an `Errors` section of its own only for what it adds.
///
/// * [`Error::Invalid`]: an option is outside Discord's limits. The `check` method of the options finds the same
///   problem. Nothing was sent.
/// * [`Error::Http`]: Discord responded with an error.
/// * [`Error::RateLimited`]: the rate limit allows the request only after the deadline. Nothing was sent.
/// * [`Error::InvalidRequests`]: Discord refused so many requests that it would soon block this IP address. Nothing
///   was sent.
/// * [`Error::Network`]: no response arrived.
/// * [`Error::Decode`]: this version of the crate cannot read the response.
/// * [`Error::Token`]: Discord refused the token. Later calls fail without sending anything.
#[derive(Clone)]
pub struct Client {
    http: Arc<Http>,
    deadline: Duration,
    /// The reason for the audit log.
    reason: Option<Arc<str>>,
    /// Whether it has the token of a bot.
    is_bot: bool,
}

// Methods with `impl Into<…>` arguments call a method without type parameters, because every crate compiles the generic
// functions that it calls again, together with the types that they read.
impl Client {
    pub(super) fn with(http: Http, deadline: Duration, is_bot: bool) -> Client {
        Client { http: Arc::new(http), deadline, reason: None, is_bot }
    }

    /// Returns the client with another [deadline](crate::rest::ClientBuilder::deadline).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// let me = client.deadline(Duration::from_secs(2)).current_user()?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn deadline(&self, deadline: Duration) -> Client {
        Client { deadline, ..self.clone() }
    }

    /// Returns the client with a reason for the guild's
    /// [audit log](https://docs.discord.com/developers/resources/audit-log), 1 to 512 characters long.
    ///
    /// The reason is sent with the calls that Discord records a reason for.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general").id();
    /// client.reason("the tide is out").delete_channel(channel)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn reason(&self, reason: impl Into<String>) -> Client {
        Client { reason: Some(reason.into().into()), ..self.clone() }
    }

    /// Sends a request without a body and reads the response.
    pub(super) fn fetch<T: Read>(&self, route: Route) -> Result<T, Error> {
        self.read(Request::new(route))
    }

    /// Sends a request without a body and ignores the response.
    pub(super) fn perform(&self, route: Route) -> Result<(), Error> {
        self.send(Request::new(route)).map(drop)
    }

    /// Sends a request with the options as its body and ignores the response.
    pub(super) fn perform_with(&self, route: Route, options: &impl Options) -> Result<(), Error> {
        self.send(Request::new(route).json(options)?).map(drop)
    }

    /// Sends a request with the options as its body and reads the response.
    pub(super) fn change<T: Read>(&self, route: Route, options: &impl Options) -> Result<T, Error> {
        self.read(Request::new(route).json(options)?)
    }

    pub(super) fn send(&self, mut request: Request) -> Result<Response, Error> {
        if request.route.endpoint.needs_token() && !self.is_bot {
            return Err(Error::token(format!(
                "{} needs a bot's token, and this client has none (nothing was sent)",
                request.route.endpoint
            )));
        }
        if let (Some(text), true) = (&self.reason, request.route.endpoint.takes_reason) {
            request.reason = Some(request::reason(text)?);
        }
        self.http.send(&request, self.deadline)
    }

    pub(super) fn read<T: Read>(&self, request: Request) -> Result<T, Error> {
        let endpoint = request.route.endpoint;
        decode(endpoint, &self.send(request)?)
    }

    /// Reads the response, which may be empty.
    pub(super) fn read_if_any<T: Read>(&self, request: Request) -> Result<Option<T>, Error> {
        let endpoint = request.route.endpoint;
        let response = self.send(request)?;
        if response.body().is_empty() {
            return Ok(None);
        }
        decode(endpoint, &response).map(Some)
    }
}

/// Reads the JSON of a response.
pub(super) fn decode<T: Read>(endpoint: Endpoint, response: &Response) -> Result<T, Error> {
    if let Some(error) = response::not_json(endpoint, response) {
        return Err(error.into());
    }
    let what = || format!("a response to {endpoint}");
    let text = std::str::from_utf8(response.body()).map_err(|e| Error::decode(what(), e))?;
    json::read(text).map_err(|e| Error::decode(what(), e))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api_url", &self.http.base()).finish_non_exhaustive()
    }
}
