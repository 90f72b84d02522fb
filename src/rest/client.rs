use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::Uri;

use super::address::with_version;
use super::cut::CutSwitch;
use super::http::{Http, OnRefused, Opened};
use super::limits::LimitKey;
use super::meter::RestHealth;
use super::options::Options;
use super::request::{self, Request};
use super::response::{self, Response};
use super::route::{Endpoint, Method, Route};
use super::timeouts::CallTimeout;
use crate::error::{Error, NOTHING_SENT};
use crate::error_code::JsonErrorCode;
use crate::json::{self, Read};
use crate::model::limits::MAX_ATTACHMENT_SIZE;

/// The maximum size of a file.
#[derive(Clone, Copy)]
enum UploadLimit {
    Default,
    Set(Option<u64>),
}

impl UploadLimit {
    fn bytes(self) -> Option<u64> {
        match self {
            UploadLimit::Default => Some(MAX_ATTACHMENT_SIZE),
            UploadLimit::Set(bytes) => bytes,
        }
    }
}

/// The token with which a client calls the API.
#[derive(Clone)]
pub(super) enum BotToken {
    None,
    Given,
    /// Discord certainly refuses it, for this reason.
    Unusable(Arc<str>),
}

impl BotToken {
    pub(super) fn checked(check: Result<(), Error>) -> BotToken {
        check.map_or_else(|error| BotToken::Unusable(error.to_string().into()), |()| BotToken::Given)
    }

    /// Fails if a request that needs a token cannot be sent.
    fn check(&self, endpoint: Endpoint) -> Result<(), Error> {
        match self {
            BotToken::Given => Ok(()),
            BotToken::None => Err(Error::token(format!(
                "{endpoint} needs a bot's token, and this client has none ({NOTHING_SENT})"
            ))),
            BotToken::Unusable(problem) => Err(Error::token(format!("{problem} ({NOTHING_SENT})"))),
        }
    }
}

/// A client of Discord's REST API, for one token.
///
/// Clones share connections. All clients of a process with the same token and API address share rate limits, because
/// Discord counts by token, and all clients with the same API address share the count of refused requests, because Discord
/// counts those by IP address. The limits outlive a client, so that a client can be created for each call.
///
/// # Errors
///
/// Every call may return these errors. A method has its own `Errors` section only for what it adds.
///
/// * [`Error::Invalid`]: an option is outside Discord's limits. The `check` method of the options finds the same
///   problem. Nothing was sent.
/// * [`Error::Http`]: Discord responded with an error.
/// * [`Error::RateLimited`]: the rate limit allows the request only after the deadline. Nothing was sent.
/// * [`Error::InvalidRequests`]: Discord refused so many requests that it would soon block this IP address. Nothing
///   was sent.
/// * [`Error::Network`]: no response arrived.
/// * [`Error::Decode`]: this version of the crate cannot read the response.
/// * [`Error::Token`]: the token cannot be one of Discord, and nothing was sent; or Discord refused it. For ten minutes after
///   that, later calls of all clients with this token fail without sending anything.
/// * [`Error::Setup`]: nothing is at the API's address, because it lacks the version of the API.
/// * [`Error::Stopped`]: the client is a bot's, and the bot's [grace period](crate::Bot::grace) ended during the call.
#[derive(Clone)]
pub struct Client {
    http: Arc<Http>,
    timeout: CallTimeout,
    /// The reason for the audit log.
    reason: Option<Arc<str>>,
    upload_limit: UploadLimit,
    token: BotToken,
    /// Cuts its calls, if something can.
    cut: Option<CutSwitch>,
}

// Methods with `impl Into<…>` arguments call a method without type parameters, because every crate compiles the generic
// functions that it calls again, together with the types that they read.
impl Client {
    pub(super) fn with(http: Http, timeout: CallTimeout, token: BotToken) -> Client {
        Client {
            http: Arc::new(http),
            timeout,
            reason: None,
            upload_limit: UploadLimit::Default,
            token,
            cut: None,
        }
    }

    /// The API's address.
    pub(crate) fn api_url(&self) -> &str {
        self.http.base()
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
    #[must_use]
    pub fn deadline(&self, deadline: Duration) -> Client {
        Client { timeout: CallTimeout::Exact(deadline), ..self.clone() }
    }

    /// Returns the client with another default deadline, which grows with the files that a call sends.
    pub(crate) fn default_deadline(&self, deadline: Duration) -> Client {
        Client { timeout: CallTimeout::Default(deadline), ..self.clone() }
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
    #[must_use]
    pub fn reason(&self, reason: impl Into<String>) -> Client {
        Client { reason: Some(reason.into().into()), ..self.clone() }
    }

    /// Returns the client with another maximum size of an uploaded file, in bytes. `None`: sizes are not checked, and
    /// Discord refuses what it does not take. Default: 10 MiB, and for responses to an interaction the limit that it has.
    ///
    /// Discord's [limit](https://docs.discord.com/developers/reference#uploading-files) applies to each file, and is higher
    /// in guilds with many boosts. A larger file is not sent: the call fails with [`Error::Invalid`] and a
    /// [`Limit::Bytes`](crate::Limit::Bytes).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let (guild, channel) = (discord.guild_id(), discord.channel("general").id());
    /// use syncord::rest::{CreateMessage, Upload};
    /// use syncord::{Error, Limit};
    ///
    /// let film = CreateMessage::new().file(Upload::bytes("tide.bin", vec![0; 11 << 20]));
    /// let error = client.create_message(channel, film).unwrap_err();
    /// assert!(matches!(error, Error::Invalid { limit: Some(Limit::Bytes { max: 10_485_760, .. }), .. }));
    ///
    /// let limit = client.guild(guild)?.premium_tier.upload_limit();
    /// let client = client.upload_limit(limit);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[must_use]
    pub fn upload_limit(&self, bytes: impl Into<Option<u64>>) -> Client {
        Client { upload_limit: UploadLimit::Set(bytes.into()), ..self.clone() }
    }

    /// Returns the client with the limit of an interaction, unless the caller has set one. 0 is no limit of Discord's.
    pub(crate) fn with_interaction_limit(&self, bytes: u64) -> Client {
        match self.upload_limit {
            UploadLimit::Default if bytes > 0 => self.upload_limit(bytes),
            _ => self.clone(),
        }
    }

    /// What was counted of the calls of the client and its clones.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// client.current_user()?;
    /// let health = client.health();
    /// assert_eq!((health.routes[0].route.as_str(), health.routes[0].calls), ("GET /users/@me", 1));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn health(&self) -> RestHealth {
        self.http.health()
    }

    /// What the client shares its limits by.
    pub(crate) fn limit_key(&self) -> &LimitKey {
        self.http.limit_key()
    }

    /// Calls `listener` when Discord refuses the token, as long as the caller keeps it. Another client with the same token
    /// may have sent the request.
    pub(crate) fn on_token_refused(&self, listener: &OnRefused) {
        self.http.on_token_refused(listener);
    }

    /// This client for a part of the bot that may outlive it. It makes no calls then.
    pub(crate) fn ending_with_bot(&self) -> Client {
        self.with_cut(self.cut.as_ref().map(CutSwitch::ending_with_bot))
    }

    /// Returns the client with a switch that cuts its calls, or without one.
    pub(crate) fn with_cut(&self, cut: Option<CutSwitch>) -> Client {
        Client { cut, ..self.clone() }
    }

    /// Cuts the calls of all clients that have the same switch. Returns those in flight, by endpoint, with their number.
    pub(crate) fn cut(&self) -> BTreeMap<String, usize> {
        let cut = self.cut.as_ref().map(CutSwitch::cut).unwrap_or_default();
        self.http.wake_waiting();
        cut
    }

    /// Sends a request without a body and reads the response.
    pub(super) fn fetch<T: Read>(&self, route: Route) -> Result<T, Error> {
        self.read(Request::new(route))
    }

    /// Sends a request without a body and ignores the response.
    pub(super) fn perform(&self, route: Route) -> Result<(), Error> {
        self.perform_request(Request::new(route))
    }

    /// Sends a request and ignores the response, unless it is a web page: that is not Discord's.
    pub(super) fn perform_request(&self, request: Request) -> Result<(), Error> {
        let endpoint = request.route.endpoint;
        let response = self.send(request)?;
        match response::web_page(endpoint, &response) {
            Some(error) => Err(error.into()),
            None => Ok(()),
        }
    }

    /// Sends a request with the options as its body and ignores the response.
    pub(super) fn perform_with(&self, route: Route, options: &impl Options) -> Result<(), Error> {
        self.perform_request(Request::new(route).json(options)?)
    }

    /// Sends a request with the options as its body and reads the response.
    pub(super) fn change<T: Read>(&self, route: Route, options: &impl Options) -> Result<T, Error> {
        self.read(Request::new(route).json(options)?)
    }

    pub(super) fn send(&self, mut request: Request) -> Result<Response, Error> {
        if request.route.endpoint.needs_token() {
            self.token.check(request.route.endpoint)?;
        }
        if let (Some(text), true) = (&self.reason, request.route.endpoint.takes_reason) {
            request.reason = Some(request::reason(text)?);
        }
        request.max_file_size = self.upload_limit.bytes();
        let result = self.http.send(&request, self.timeout, self.cut.as_ref());
        result.map_err(|error| self.explain(error))
    }

    /// The error of an address that lacks the version of the API, where every call gets a 404 without a code.
    fn explain(&self, error: Error) -> Error {
        let is_not_found = matches!(&error, Error::Http(e)
            if e.status == 404 && e.code == JsonErrorCode::GENERAL_ERROR);
        match with_version(self.api_url()).filter(|_| is_not_found) {
            Some(versioned) => Error::setup(format!(
                "{error}. The API's address was set to {}: it lacks the version of the API, and should be {versioned}",
                self.api_url()
            )),
            None => error,
        }
    }

    /// Opens a file. The caller has checked the URL. `shown` is what errors show of it.
    pub(super) fn open_file(&self, url: &Uri, shown: &str) -> Result<Opened, Error> {
        self.http.open(url, shown, self.timeout, self.cut.as_ref())
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
    // A request that changes something was carried out, whatever the response is: the error must not look like one after
    // which it can be repeated. Only a web page is certainly not from Discord.
    let error = match endpoint.method {
        Method::Get => response::not_json(endpoint, response),
        _ => response::web_page(endpoint, response),
    };
    if let Some(error) = error {
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

#[cfg(test)]
mod tests {
    use super::Client;
    use crate::model::PremiumTier;
    use crate::token::Token;

    #[test]
    fn the_limit_of_an_interaction_counts_unless_the_caller_has_set_one() {
        let client = Token::new("a.b.c").map(Client::new);
        let Ok(client) = client else { panic!("the token is well-formed") };
        let limit =
            |client: &Client, interaction| client.with_interaction_limit(interaction).upload_limit.bytes();
        assert_eq!(limit(&client, 50 << 20), Some(50 << 20));
        // Discord did not say, or in a way that cannot be read.
        assert_eq!(limit(&client, 0), Some(10 << 20));
        assert_eq!(limit(&client.upload_limit(7), 50 << 20), Some(7));
        assert_eq!(limit(&client.upload_limit(None), 50 << 20), None);
    }

    #[test]
    fn the_tier_of_a_guild_has_a_limit() {
        let tiers = [
            PremiumTier::NONE,
            PremiumTier::TIER_1,
            PremiumTier::TIER_2,
            PremiumTier::TIER_3,
            PremiumTier(9),
        ];
        assert_eq!(tiers.map(|tier| tier.upload_limit() >> 20), [10, 10, 50, 100, 100]);
    }
}
