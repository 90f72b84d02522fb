use std::time::Duration;

use serde::Serialize;

use crate::id::GuildId;
use crate::json::object;
use crate::model::{List, PartialApplication, Raw, UnavailableGuild, User, duration};

/// The session has begun: [READY](https://docs.discord.com/developers/events/gateway-events#ready).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Ready {
    /// The version of the gateway.
    pub v: u32,
    /// The bot itself.
    pub user: User,
    /// The guilds the bot is in; each comes in a [`GuildCreate`](super::GuildCreate) of its own.
    pub guilds: List<UnavailableGuild>,
    /// What Discord calls the session.
    pub session_id: String,
    /// Where to resume it.
    pub resume_gateway_url: String,
    /// The shard's number and how many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<[u32; 2]>,
    /// The bot's application: id and flags.
    pub application: PartialApplication,
}

object! { Ready {
    v, user: required, guilds, session_id: required, resume_gateway_url, shard, application: required,
} }

/// A session went on after a new connection: [RESUMED](https://docs.discord.com/developers/events/gateway-events#resumed).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Resumed {}

object! { Resumed {

} }

/// Discord refused an order of a shard because there were too many: [RATE_LIMITED](https://docs.discord.com/developers/events/gateway-events#rate-limited).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RateLimited {
    /// The order's opcode.
    pub opcode: u32,
    /// When to try again.
    #[serde(serialize_with = "duration::seconds::serialize")]
    pub retry_after: Duration,
    /// What the order was about; see [`request_guild_members`](RateLimited::request_guild_members).
    pub meta: Raw,
}

object! { RateLimited {
    opcode: required, retry_after: required_with(duration::seconds::read), meta,
} }

impl RateLimited {
    /// What it was about, where it was a request for a guild's members.
    pub fn request_guild_members(&self) -> Option<RequestGuildMembersMeta> {
        (self.opcode == 8).then(|| self.meta.parse().ok()).flatten()
    }
}

/// Which request for members [was refused](https://docs.discord.com/developers/events/gateway-events#rate-limited-request-guild-member-rate-limit-metadata-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequestGuildMembersMeta {
    /// The guild.
    pub guild_id: GuildId,
    /// What the request was given to know its answers by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

object! { RequestGuildMembersMeta {
    guild_id: required, nonce,
} }
