//! The payloads that the session itself reads and writes.

use serde::Serialize;

use super::types::SessionConfig;
use crate::gateway::opcode::Opcode;
use crate::gateway::send_event::{UpdatePresence, payload};
use crate::id::GuildId;
use crate::json::{self, object};
use crate::token::Token;

/// The fields of [Ready](https://docs.discord.com/developers/events/gateway-events#ready) that a session needs.
#[derive(Default)]
pub(super) struct Ready {
    pub(super) session_id: Option<String>,
    pub(super) resume_gateway_url: Option<String>,
}

object! { Ready {
    session_id, resume_gateway_url,
} }

/// The fields of [Rate Limited](https://docs.discord.com/developers/events/gateway-events#rate-limited) that a session needs.
pub(super) struct RateLimited {
    /// `None` when it cannot be read.
    pub(super) opcode: Option<u64>,
    /// Seconds.
    pub(super) retry_after: f64,
    pub(super) meta: RateLimitedMembers,
}

object! { RateLimited {
    opcode, retry_after: default(RETRY_AFTER), meta: required,
} }

/// The wait when the event does not say it, in seconds: the longest of the limits that it can be about.
const RETRY_AFTER: f64 = 30.0;

/// The [metadata](https://docs.discord.com/developers/events/gateway-events#rate-limited-request-guild-member-rate-limit-metadata-structure)
/// of a request for members.
pub(super) struct RateLimitedMembers {
    pub(super) guild_id: GuildId,
}

object! { RateLimitedMembers {
    guild_id: required,
} }

/// Reads the data of [Invalid Session](https://docs.discord.com/developers/events/gateway-events#invalid-session), which is a
/// boolean. A server that sends it in another way means the same by 1 or a text.
pub(super) fn is_true(data: &str) -> bool {
    let text = json::read::<String>(data).ok();
    let text = text.as_deref().map_or(data, str::trim);
    json::read::<bool>(text).unwrap_or_else(|_| json::read::<f64>(text).is_ok_and(|number| number != 0.0))
}

/// Writes a [heartbeat](https://docs.discord.com/developers/events/gateway-events#heartbeat).
pub(super) fn heartbeat(seq: Option<u64>) -> String {
    payload(Opcode::Heartbeat.code(), &seq)
}

/// Writes a [resume](https://docs.discord.com/developers/events/gateway-events#resume).
pub(super) fn resume(token: &Token, session_id: &str, seq: u64) -> String {
    #[derive(Serialize)]
    struct Resume<'a> {
        token: &'a str,
        session_id: &'a str,
        seq: u64,
    }
    payload(Opcode::Resume.code(), &Resume { token: token.reveal(), session_id, seq })
}

/// Writes an [identify](https://docs.discord.com/developers/events/gateway-events#identify).
pub(super) fn identify(config: &SessionConfig, presence: Option<&UpdatePresence>) -> String {
    #[derive(Serialize)]
    struct Identify<'a> {
        token: &'a str,
        properties: Properties,
        intents: u64,
        shard: [u32; 2],
        #[serde(skip_serializing_if = "Option::is_none")]
        large_threshold: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        presence: Option<&'a UpdatePresence>,
    }
    #[derive(Serialize)]
    struct Properties {
        os: &'static str,
        browser: &'static str,
        device: &'static str,
    }
    let identify = Identify {
        token: config.token.reveal(),
        properties: Properties { os: std::env::consts::OS, browser: "syncord", device: "syncord" },
        intents: config.intents.bits(),
        shard: [config.shard.index, config.shard.total],
        large_threshold: config.large_threshold,
        presence,
    };
    payload(Opcode::Identify.code(), &identify)
}
