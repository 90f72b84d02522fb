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
    url: default(main_address()),
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
    url: default(main_address()), shards: default(one()), session_start_limit,
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
    total: default(SESSIONS_A_DAY), remaining: default(SESSIONS_A_DAY), reset_after: with(duration::millis::read),
    max_concurrency: default(one()),
} }

/// The [documented](https://docs.discord.com/developers/events/gateway#session-start-limit) number for most bots. Discord
/// enforces the limit anyway, so a wrong answer must not keep a bot from starting.
const SESSIONS_A_DAY: u32 = 1000;

impl Default for SessionStartLimit {
    /// Returns the limit of most bots, with nothing used.
    fn default() -> Self {
        SessionStartLimit {
            total: SESSIONS_A_DAY,
            remaining: SESSIONS_A_DAY,
            reset_after: Duration::ZERO,
            max_concurrency: 1,
        }
    }
}

/// The address of the gateway, which has not changed for years.
fn main_address() -> String {
    "wss://gateway.discord.gg".to_owned()
}

fn one() -> u32 {
    1
}
