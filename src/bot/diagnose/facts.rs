//! What the doctor knows about a bot, before it judges: data only.

use std::time::{Duration, Instant, SystemTime};

use crate::bot::shards::Shards;
use crate::command::{Plan, Scope};
use crate::error::Error;
use crate::gateway::intents::Intents;
use crate::gateway::shard::{HelloReceived, NoHello};
use crate::id::GuildId;
use crate::model::{Application, GatewayBot, Permissions};
use crate::rest::NetworkFailure;
use crate::token::TokenShape;

/// The result of a call to the API.
pub(super) type Asked<T> = Result<T, CallFailure>;

/// Everything that the checks look at. `None`: it was not looked at, because something before it failed.
#[derive(Debug)]
pub(super) struct Facts {
    /// The time of the check. Only differences of times count.
    pub(super) now: Instant,
    pub(super) build: Build,
    pub(super) declared: Declared,
    pub(super) network: Network,
    /// Who the bot is, at Discord.
    pub(super) login: Option<Asked<Login>>,
    pub(super) application: Option<Asked<Application>>,
    pub(super) limits: Option<Asked<GatewayBot>>,
    pub(super) gateway: Option<Gateway>,
    pub(super) guilds: Option<Asked<Guilds>>,
    /// What a start would change, in each place where commands are registered.
    pub(super) plans: Vec<(Scope, Asked<Plan>)>,
    /// Commands in guilds in which the bot registers none, with the names of the guilds.
    pub(super) leftovers: Vec<(GuildName, Vec<String>)>,
    /// The number of guilds for whose commands there was no time.
    pub(super) guilds_without_time: usize,
}

/// The program.
#[derive(Clone, Debug)]
pub(super) struct Build {
    pub(super) crate_version: &'static str,
    pub(super) gateway_version: &'static str,
    /// The features that are on.
    pub(super) features: Vec<&'static str>,
    pub(super) target: String,
}

/// What the bot declares.
#[derive(Clone, Debug, Default)]
pub(super) struct Declared {
    /// Mistakes that prevent the bot from starting.
    pub(super) problems: Option<String>,
    /// Whether it has handlers or commands.
    pub(super) has_something_to_do: bool,
    pub(super) intents: Intents,
    /// The privileged intents, each with the handlers and calls that ask for it.
    pub(super) askers: Vec<(PrivilegedIntent, Vec<String>)>,
    /// Handlers that receive nothing, because their intents were removed.
    pub(super) unreachable_handlers: Vec<String>,
    /// The nodes that need permissions of the bot, by name.
    pub(super) needs: Vec<(String, Permissions)>,
    pub(super) has_commands: bool,
    /// Whether it receives interactions over HTTP.
    pub(super) receives_over_http: bool,
    /// What to set, if Discord recommends more shards, given their number.
    pub(super) shards: Shards,
    pub(super) token: TokenShape,
    /// Where the token comes from.
    pub(super) token_source: &'static str,
}

/// A privileged intent, and its switch in the developer portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PrivilegedIntent {
    pub(super) intent: Intents,
    pub(super) switch: &'static str,
}

/// How the bot connects.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) api_url: String,
    /// Whether the program or the environment has set the address.
    pub(super) is_own_url: bool,
    /// Why there is no client: the setting cannot be used.
    pub(super) unusable: Option<String>,
    /// The proxy's address, if there is one, or why the one of the environment cannot be used.
    pub(super) proxy: Result<Option<String>, String>,
    pub(super) is_tls: bool,
    pub(super) is_loopback: bool,
    /// The number of certificate authorities that the program added.
    pub(super) added_roots: usize,
    pub(super) reach: Option<Reach>,
}

/// Whether a connection to the API, or to the proxy, can be opened.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// The host and port that were tried.
    pub(super) peer: String,
    pub(super) result: Result<Duration, Unreached>,
}

/// Why a host cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreached {
    /// Its name cannot be looked up.
    NoAddress(String),
    /// No address of it can be connected to.
    NoConnection(String),
}

/// Why a call to the API did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CallFailure {
    Network(NetworkFailure, String),
    /// Something between this machine and Discord responded.
    NotDiscord(String),
    /// Discord refuses the token.
    Token,
    /// Discord, or this program, holds the calls back.
    Limited(String),
    /// Discord forbids the call.
    Forbidden(String),
    /// The calls before it took all the time.
    NoTime,
    Other(String),
}

impl CallFailure {
    pub(super) fn of(error: &Error) -> CallFailure {
        let text = error.to_string();
        match error {
            Error::Network { .. } => {
                CallFailure::Network(NetworkFailure::of(error).unwrap_or(NetworkFailure::Other), text)
            }
            Error::Token { .. } => CallFailure::Token,
            Error::RateLimited { .. } | Error::InvalidRequests { .. } => CallFailure::Limited(text),
            Error::Http(http) if !http.is_from_discord => CallFailure::NotDiscord(text),
            Error::Http(http) if http.status == 401 => CallFailure::Token,
            Error::Http(http) if http.status == 429 => CallFailure::Limited(text),
            Error::Http(http) if http.status == 403 => CallFailure::Forbidden(text),
            _ => CallFailure::Other(text),
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            CallFailure::Token => "Discord refuses the token",
            CallFailure::NoTime => "the time was over",
            CallFailure::Network(_, text)
            | CallFailure::NotDiscord(text)
            | CallFailure::Limited(text)
            | CallFailure::Forbidden(text)
            | CallFailure::Other(text) => text,
        }
    }
}

/// What the first calls show.
#[derive(Clone, Debug)]
pub(super) struct Login {
    /// The user name of the bot.
    pub(super) name: String,
    /// How long the call took that opened the connection.
    pub(super) first_call: Duration,
    /// How long a call takes on an open connection.
    pub(super) call: Option<Duration>,
    pub(super) clock: Option<ClockReading>,
}

/// The clock of Discord, read with a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClockReading {
    /// In whole seconds.
    pub(super) theirs: SystemTime,
    /// When the call was sent, by this machine's clock.
    pub(super) sent: SystemTime,
    /// How long it took.
    pub(super) elapsed: Duration,
}

/// The connection to the gateway.
#[derive(Clone, Debug)]
pub(super) struct Gateway {
    pub(super) url: String,
    /// Whether the program or the environment has set the address.
    pub(super) is_own_url: bool,
    pub(super) hello: Result<HelloReceived, NoHello>,
}

/// The guilds of the bot.
#[derive(Clone, Debug, Default)]
pub(super) struct Guilds {
    pub(super) guilds: Vec<BotGuild>,
    /// Whether there are more.
    pub(super) has_more: bool,
    /// The link that adds the bot to a guild.
    pub(super) invite_url: Option<String>,
}

/// A guild of the bot.
#[derive(Clone, Debug)]
pub(super) struct BotGuild {
    pub(super) name: GuildName,
    /// What the bot may do there, without the overwrites of channels. `None` if Discord did not say.
    pub(super) permissions: Option<Permissions>,
}

/// A guild as the report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GuildName {
    pub(super) id: GuildId,
    pub(super) name: Option<String>,
}

impl std::fmt::Display for GuildName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} ({})", self.id),
            None => self.id.fmt(f),
        }
    }
}
