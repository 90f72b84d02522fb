//! The few payloads that the session itself reads and writes.

use serde::Deserialize;
use serde_json::{Value, json};

use super::SessionConfig;
use crate::gateway::opcode::Opcode;
use crate::id::GuildId;
use crate::token::Token;

/// <https://docs.discord.com/developers/events/gateway-events#hello>
#[derive(Deserialize)]
pub(super) struct Hello {
    /// Milliseconds.
    pub(super) heartbeat_interval: u64,
}

/// What a session needs of <https://docs.discord.com/developers/events/gateway-events#ready>
#[derive(Default, Deserialize)]
pub(super) struct Ready {
    pub(super) session_id: Option<String>,
    pub(super) resume_gateway_url: Option<String>,
}

/// What a session needs of <https://docs.discord.com/developers/events/gateway-events#rate-limited>
#[derive(Deserialize)]
pub(super) struct RateLimited {
    pub(super) opcode: u64,
    /// Seconds.
    pub(super) retry_after: f64,
    pub(super) meta: RateLimitedMembers,
}

/// <https://docs.discord.com/developers/events/gateway-events#rate-limited-request-guild-member-rate-limit-metadata-structure>
#[derive(Deserialize)]
pub(super) struct RateLimitedMembers {
    pub(super) guild_id: GuildId,
}

/// <https://docs.discord.com/developers/events/gateway-events#heartbeat>
pub(super) fn heartbeat(seq: Option<u64>) -> String {
    json!({ "op": Opcode::Heartbeat.code(), "d": seq }).to_string()
}

/// <https://docs.discord.com/developers/events/gateway-events#resume>
pub(super) fn resume(token: &Token, session_id: &str, seq: u64) -> String {
    json!({
        "op": Opcode::Resume.code(),
        "d": { "token": token.reveal(), "session_id": session_id, "seq": seq },
    })
    .to_string()
}

/// <https://docs.discord.com/developers/events/gateway-events#identify>
pub(super) fn identify(config: &SessionConfig, presence: Option<&Value>) -> String {
    let mut data = json!({
        "token": config.token.reveal(),
        "properties": { "os": std::env::consts::OS, "browser": "syncord", "device": "syncord" },
        "intents": config.intents.bits(),
        "shard": [config.shard.index, config.shard.total],
    });
    if let Some(presence) = presence {
        data["presence"] = presence.clone();
    }
    json!({ "op": Opcode::Identify.code(), "d": data }).to_string()
}
