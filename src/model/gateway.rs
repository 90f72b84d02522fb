//! Information about the [gateway](https://docs.discord.com/developers/events/gateway).

use std::time::Duration;

use serde::Serialize;

use super::duration;
use crate::json::object;

/// The response of [Get Gateway](https://docs.discord.com/developers/events/gateway#get-gateway).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Gateway {
    /// The URL of the gateway.
    pub url: String,
}

object! { Gateway {
    url: required,
} }

/// The response of [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GatewayBot {
    /// The URL of the gateway.
    pub url: String,
    /// The recommended number of shards.
    pub shards: u32,
    /// The session start limit.
    pub session_start_limit: SessionStartLimit,
}

object! { GatewayBot {
    url: required, shards: default(one()), session_start_limit: required,
} }

/// The [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object): how many identifies the bot may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SessionStartLimit {
    /// The total number of session starts per day.
    pub total: u32,
    /// The remaining number of session starts.
    pub remaining: u32,
    /// The time until the limit resets.
    #[serde(serialize_with = "duration::millis::serialize")]
    pub reset_after: Duration,
    /// The number of identify requests allowed per 5 seconds.
    pub max_concurrency: u32,
}

object! { SessionStartLimit {
    total: required, remaining: required, reset_after: required_with(duration::millis::read),
    max_concurrency: default(one()),
} }

fn one() -> u32 {
    1
}
