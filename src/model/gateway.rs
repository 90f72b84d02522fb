//! What Discord says about its [gateway](https://docs.discord.com/developers/events/gateway).

use std::time::Duration;

use serde::Serialize;

use super::duration;
use crate::json::object;

/// The answer to [Get Gateway](https://docs.discord.com/developers/events/gateway#get-gateway).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Gateway {
    /// Where to connect.
    pub url: String,
}

object! { Gateway {
    url: required,
} }

/// The answer to [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GatewayBot {
    /// Where to connect.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
    /// How many logins are left.
    pub session_start_limit: SessionStartLimit,
}

object! { GatewayBot {
    url: required, shards: default(one()), session_start_limit: required,
} }

/// The [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SessionStartLimit {
    /// Logins a day.
    pub total: u32,
    /// Logins left.
    pub remaining: u32,
    /// How long until Discord counts anew.
    #[serde(serialize_with = "duration::millis::serialize")]
    pub reset_after: Duration,
    /// How many shards may log in within five seconds.
    pub max_concurrency: u32,
}

object! { SessionStartLimit {
    total: required, remaining: required, reset_after: required_with(duration::millis::read),
    max_concurrency: default(one()),
} }

fn one() -> u32 {
    1
}
