//! [Voice](https://docs.discord.com/developers/resources/voice).

use serde::{Deserialize, Serialize};

use super::{Member, Timestamp, lenient};
use crate::id::{ChannelId, GuildId, UserId};

/// Where somebody is [in voice](https://docs.discord.com/developers/resources/voice#voice-state-object), and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VoiceState {
    /// The guild; missing where it stands within the guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel; `None` when it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who.
    pub user_id: UserId,
    /// Who, as a member of the guild.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// What Discord calls its voice session.
    #[serde(default)]
    pub session_id: String,
    /// Whether the guild made it deaf.
    #[serde(default)]
    pub deaf: bool,
    /// Whether the guild muted it.
    #[serde(default)]
    pub mute: bool,
    /// Whether it made itself deaf.
    #[serde(default)]
    pub self_deaf: bool,
    /// Whether it muted itself.
    #[serde(default)]
    pub self_mute: bool,
    /// Whether it streams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_stream: Option<bool>,
    /// Whether its camera is on.
    #[serde(default)]
    pub self_video: bool,
    /// Whether it may not speak here.
    #[serde(default)]
    pub suppress: bool,
    /// Since when it asks to speak.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_to_speak_timestamp: Option<Timestamp>,
}

/// A [place that voice servers stand](https://docs.discord.com/developers/resources/voice#voice-region-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VoiceRegion {
    /// What it is called in requests.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub name: String,
    /// Whether it is the closest one.
    #[serde(default)]
    pub optimal: bool,
    /// Whether it should be avoided.
    #[serde(default)]
    pub deprecated: bool,
    /// Whether it was made for an event.
    #[serde(default)]
    pub custom: bool,
}
