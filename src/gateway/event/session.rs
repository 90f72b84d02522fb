use std::time::Duration;

use serde::Serialize;

use crate::id::GuildId;
use crate::json::object;
use crate::model::{List, PartialApplication, Raw, UnavailableGuild, User, duration};

/// A new session has begun: [READY](https://docs.discord.com/developers/events/gateway-events#ready).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ready {
    /// The version of the gateway.
    pub v: u32,
    /// The bot's user.
    pub user: User,
    /// The guilds that the bot is in. For each of them Discord sends a [`GuildCreate`](super::GuildCreate).
    pub guilds: List<UnavailableGuild>,
    /// The ID of the session.
    pub session_id: String,
    /// The address to resume the session at.
    pub resume_gateway_url: String,
    /// The shard's index and the number of shards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<[u32; 2]>,
    /// The bot's application: ID and flags.
    pub application: PartialApplication,
}

object! { Ready {
    v, user, guilds, session_id, resume_gateway_url, shard, application,
} }

/// A session was resumed over a new connection: [RESUMED](https://docs.discord.com/developers/events/gateway-events#resumed).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Resumed {}

object! { Resumed {

} }

/// Discord refused a send event because of its rate limit: [RATE_LIMITED](https://docs.discord.com/developers/events/gateway-events#rate-limited).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RateLimited {
    /// The opcode of the send event.
    pub opcode: u32,
    /// How long to wait before the next attempt.
    #[serde(serialize_with = "duration::seconds::serialize")]
    pub retry_after: Duration,
    /// More about the send event; see [`request_guild_members`](RateLimited::request_guild_members).
    pub meta: Raw,
}

object! { RateLimited {
    opcode, retry_after: with(duration::seconds::read), meta,
} }

impl RateLimited {
    /// Returns which request was refused, if it was a request for a guild's members.
    pub fn request_guild_members(&self) -> Option<RequestGuildMembersMeta> {
        (self.opcode == 8).then(|| self.meta.parse().ok()).flatten()
    }
}

/// The request for members that [was refused](https://docs.discord.com/developers/events/gateway-events#rate-limited-request-guild-member-rate-limit-metadata-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequestGuildMembersMeta {
    /// The guild.
    pub guild_id: GuildId,
    /// The nonce of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

object! { RequestGuildMembersMeta {
    guild_id: required, nonce,
} }
