//! What Discord says about its [gateway](https://docs.discord.com/developers/events/gateway).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::duration;

/// The answer to [Get Gateway](https://docs.discord.com/developers/events/gateway#get-gateway).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gateway {
    /// Where to connect.
    pub url: String,
}

/// The answer to [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GatewayBot {
    /// Where to connect.
    pub url: String,
    /// How many shards Discord recommends.
    #[serde(default = "one")]
    pub shards: u32,
    /// How many logins are left.
    pub session_start_limit: SessionStartLimit,
}

/// The [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SessionStartLimit {
    /// Logins a day.
    pub total: u32,
    /// Logins left.
    pub remaining: u32,
    /// How long until Discord counts anew.
    #[serde(with = "duration::millis")]
    pub reset_after: Duration,
    /// How many shards may log in within five seconds.
    #[serde(default = "one")]
    pub max_concurrency: u32,
}

fn one() -> u32 {
    1
}
