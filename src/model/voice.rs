//! [Voice](https://docs.discord.com/developers/resources/voice) states and regions.

use serde::Serialize;

use super::{Member, Timestamp};
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;

/// The [voice state](https://docs.discord.com/developers/resources/voice#voice-state-object) of a user.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VoiceState {
    /// The ID of the guild; missing in the voice states of a [`Guild`](crate::model::Guild).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The ID of the channel; `None` if the user has disconnected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The ID of the user.
    pub user_id: UserId,
    /// The user as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The ID of the voice session.
    pub session_id: String,
    /// Whether the guild deafened the user.
    pub deaf: bool,
    /// Whether the guild muted the user.
    pub mute: bool,
    /// Whether the user deafened themselves.
    pub self_deaf: bool,
    /// Whether the user muted themselves.
    pub self_mute: bool,
    /// Whether the user streams with Go Live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_stream: Option<bool>,
    /// Whether the camera is on.
    pub self_video: bool,
    /// Whether the user has no permission to speak.
    pub suppress: bool,
    /// When the user requested to speak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_to_speak_timestamp: Option<Timestamp>,
}

object! { VoiceState {
    guild_id, channel_id, user_id: required, member, session_id, deaf, mute, self_deaf, self_mute,
    self_stream, self_video, suppress, request_to_speak_timestamp,
} }

/// A [voice region](https://docs.discord.com/developers/resources/voice#voice-region-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VoiceRegion {
    /// The ID of the region.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether this is the closest region.
    pub optimal: bool,
    /// Whether the region is deprecated and should not be used.
    pub deprecated: bool,
    /// Whether this is a custom region, for example for an event.
    pub custom: bool,
}

object! { VoiceRegion {
    id: required, name, optimal, deprecated, custom,
} }
