//! How a program has configured its bot.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::explain::{TokenSource, wrong_address};
#[cfg(feature = "http-interactions")]
use crate::bot::http::HttpConfig;
use crate::bot::intents::IntentOverrides;
use crate::bot::shards::Shards;
use crate::bot::threads::batch::QueueSize;
use crate::bot::threads::queue::DEFAULT_LIMITS;
use crate::bot::trouble::Trouble;
use crate::cache::Cache;
use crate::error::Error;
use crate::gateway::intents::Intents;
use crate::gateway::send_event::UpdatePresence;
use crate::gateway::socket::{self, Compression, SocketConfig};
use crate::id::ApplicationId;
use crate::interaction;
use crate::proxy::ProxyChoice;
use crate::recording::{Recorder, Recording, Vocabulary};
use crate::rest::{Client, DISCORD, Timeouts, is_discord};
use crate::store::{FileStore, SessionStore};
use crate::tls::Tls;
use crate::token::Token;

const DEFAULT_GRACE: Duration = Duration::from_secs(5);

/// The default deadline of a REST call of a handler that sends no files.
const DEFAULT_CALL_DEADLINE: Duration = Duration::from_secs(10);

/// What a program can set, with the defaults where it has not.
pub(crate) struct Config {
    pub(crate) token: Token,
    pub(crate) token_source: TokenSource,
    /// The application, if the token does not begin with its ID: in a simulated Discord.
    pub(crate) application: Option<ApplicationId>,
    /// The page on which a user adds the bot to a guild.
    pub(crate) authorize_url: Cow<'static, str>,
    pub(crate) intents: IntentOverrides,
    pub(crate) presence: Option<UpdatePresence>,
    /// `None` for the number that Discord recommends.
    pub(crate) shards: Shards,
    pub(crate) large_threshold: Option<u8>,
    pub(crate) queue_limits: QueueSize,
    /// How long after a stop waiting events are still handled.
    pub(crate) grace: Duration,
    /// When interactions are deferred; `None` for never.
    pub(crate) auto_defer_after: Option<Duration>,
    pub(crate) max_response_threads: Option<usize>,
    /// The deadline of each REST call of a handler, if the program has set one.
    pub(crate) call_deadline: Option<Duration>,
    pub(crate) timeouts: Timeouts,
    pub(crate) proxy: ProxyChoice,
    pub(crate) compression: Compression,
    pub(crate) requests_per_second: Option<u32>,
    /// The maximum size of a file; `Some(None)` if it is not checked, and `None` for the default.
    pub(crate) upload_limit: Option<Option<u64>>,
    /// `None` for Discord's own address.
    pub(crate) api_url: Option<String>,
    /// `None` for the addresses that Discord returns.
    pub(crate) gateway_url: Option<String>,
    pub(crate) tls: Tls,
    pub(crate) allow_plaintext: bool,
    pub(crate) remember: Remember,
    /// How often the health is logged, if it is.
    pub(crate) log_health_every: Option<Duration>,
    /// How the session is recorded, if it is.
    pub(crate) recording: Option<Recording>,
    /// What the bot keeps of Discord's objects, if it does.
    pub(crate) cache: Option<Cache>,
    #[cfg(feature = "http-interactions")]
    pub(crate) http: HttpConfig,
}

/// Where the sessions are kept for the next process.
#[derive(Default)]
pub(crate) enum Remember {
    /// They end with the bot.
    #[default]
    Nowhere,
    InFile(PathBuf),
    InStore(Arc<dyn SessionStore>),
}

impl Config {
    pub(crate) fn new(token: Token, token_source: TokenSource) -> Config {
        Config {
            token,
            token_source,
            application: None,
            authorize_url: Cow::Borrowed("https://discord.com/oauth2/authorize"),
            intents: IntentOverrides::default(),
            presence: None,
            shards: Shards::Auto,
            large_threshold: None,
            queue_limits: DEFAULT_LIMITS,
            grace: DEFAULT_GRACE,
            auto_defer_after: Some(interaction::DEFAULT_AUTO_DEFER_AFTER),
            max_response_threads: None,
            call_deadline: None,
            timeouts: Timeouts::default(),
            proxy: ProxyChoice::default(),
            compression: Compression::default(),
            requests_per_second: None,
            upload_limit: None,
            api_url: None,
            gateway_url: None,
            tls: Tls::default(),
            allow_plaintext: false,
            remember: Remember::default(),
            log_health_every: None,
            recording: None,
            cache: None,
            #[cfg(feature = "http-interactions")]
            http: HttpConfig::default(),
        }
    }

    /// Whether the bot receives interactions over HTTP.
    pub(crate) fn uses_http(&self) -> bool {
        #[cfg(feature = "http-interactions")]
        return self.http.is_on;
        #[cfg(not(feature = "http-interactions"))]
        return false;
    }

    /// Whether the program has set something that needs a gateway connection.
    #[cfg(feature = "http-interactions")]
    pub(crate) fn needs_gateway(&self) -> bool {
        let IntentOverrides { instead, added, .. } = self.intents;
        let has_intents = !instead.unwrap_or_default().union(added).is_empty();
        has_intents || self.presence.is_some() || self.cache.is_some()
    }

    pub(crate) fn client(&self, recorder: Option<Arc<Recorder>>) -> Result<Client, Error> {
        let mut rest = Client::builder(self.token.clone())
            .tls(self.tls.clone())
            .allow_plaintext(self.allow_plaintext)
            .timeouts(self.timeouts.clone())
            .proxy_choice(self.proxy.clone())
            .recorder(recorder);
        if let Some(url) = &self.api_url {
            rest = rest.api_url(url);
        }
        if let Some(count) = self.requests_per_second {
            rest = rest.requests_per_second(count);
        }
        rest.build().map_err(|error| match &self.api_url {
            Some(_) => wrong_address(&error, "DISCORD_API_URL or bot.api_url"),
            None => error,
        })
    }

    /// Starts the recording of the session, if there is one. `vocabulary` is what it does not mask.
    pub(crate) fn start_recording(
        &self,
        intents: Intents,
        vocabulary: impl FnOnce() -> Vocabulary,
        trouble: &Arc<Trouble>,
    ) -> Result<Option<Arc<Recorder>>, Error> {
        let Some(recording) = &self.recording else { return Ok(None) };
        let trouble = Arc::clone(trouble);
        let report = move |problem: &str| trouble.warn(&format_args!("{problem}"));
        let recorder = Recorder::start(recording, &self.token, intents.bits(), vocabulary(), report)?;
        Ok(Some(Arc::new(recorder)))
    }

    /// The client with the deadline and the upload limit of handlers.
    pub(crate) fn for_handlers(&self, client: &Client) -> Client {
        let client = match self.call_deadline {
            Some(deadline) => client.deadline(deadline),
            None => client.default_deadline(DEFAULT_CALL_DEADLINE),
        };
        match self.upload_limit {
            Some(limit) => client.upload_limit(limit),
            None => client,
        }
    }

    /// Refuses a token that Discord certainly refuses.
    pub(crate) fn check_token(&self) -> Result<(), Error> {
        if !is_discord(self.api_url.as_deref().unwrap_or(DISCORD)) {
            return Ok(());
        }
        self.token.check_for_discord().map_err(|error| match self.token_source {
            TokenSource::Environment => Error::token(format!("DISCORD_TOKEN: {error}")),
            _ => error,
        })
    }

    pub(crate) fn check_gateway_url(&self) -> Result<(), Error> {
        let Some(url) = &self.gateway_url else { return Ok(()) };
        socket::check(url, self.allow_plaintext)
            .map_err(|error| wrong_address(&error, "DISCORD_GATEWAY_URL or bot.gateway_url"))
    }

    /// Opens the file in which the sessions are kept, so that no other process can use it.
    pub(crate) fn open_store(&mut self) -> Result<(), Error> {
        if let Remember::InFile(path) = &self.remember {
            self.remember = Remember::InStore(Arc::new(FileStore::open(path)?));
        }
        Ok(())
    }

    /// The store of the sessions, once it is open.
    pub(crate) fn store(&self) -> Option<&Arc<dyn SessionStore>> {
        match &self.remember {
            Remember::InStore(store) => Some(store),
            Remember::InFile(_) | Remember::Nowhere => None,
        }
    }

    pub(crate) fn socket(&self) -> SocketConfig {
        SocketConfig {
            compression: self.compression,
            tls: self.tls.clone(),
            proxy: self.proxy.clone(),
            allow_plaintext: self.allow_plaintext,
            ..SocketConfig::default()
        }
    }
}
