//! [Voice](https://docs.discord.com/developers/resources/voice).

use serde::Serialize;

use super::{Member, Timestamp};
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;

/// Where somebody is [in voice](https://docs.discord.com/developers/resources/voice#voice-state-object), and how.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct VoiceState {
    /// The guild; missing where it stands within the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel; `None` when it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who.
    pub user_id: UserId,
    /// Who, as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// What Discord calls its voice session.
    pub session_id: String,
    /// Whether the guild made it deaf.
    pub deaf: bool,
    /// Whether the guild muted it.
    pub mute: bool,
    /// Whether it made itself deaf.
    pub self_deaf: bool,
    /// Whether it muted itself.
    pub self_mute: bool,
    /// Whether it streams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_stream: Option<bool>,
    /// Whether its camera is on.
    pub self_video: bool,
    /// Whether it may not speak here.
    pub suppress: bool,
    /// Since when it asks to speak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_to_speak_timestamp: Option<Timestamp>,
}

object! { VoiceState {
    guild_id, channel_id, user_id: required, member, session_id, deaf, mute, self_deaf, self_mute,
    self_stream, self_video, suppress, request_to_speak_timestamp,
} }

/// A [place that voice servers stand](https://docs.discord.com/developers/resources/voice#voice-region-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct VoiceRegion {
    /// What it is called in requests.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether it is the closest one.
    pub optimal: bool,
    /// Whether it should be avoided.
    pub deprecated: bool,
    /// Whether it was made for an event.
    pub custom: bool,
}

object! { VoiceRegion {
    id: required, name, optimal, deprecated, custom,
} }
