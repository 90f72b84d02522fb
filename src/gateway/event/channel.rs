use serde::Serialize;

use super::wraps;
use crate::id::{ChannelId, GuildId};
use crate::json::object;
use crate::model::{Channel, List, Maybe, Timestamp, UnixSeconds};

wraps! {
    /// A guild's channel was made: [CHANNEL_CREATE](https://docs.discord.com/developers/events/gateway-events#channel-create).
    ChannelCreate(Channel);

    /// A channel was changed: [CHANNEL_UPDATE](https://docs.discord.com/developers/events/gateway-events#channel-update).
    ///
    /// It does not come for a new `last_message_id`.
    ChannelUpdate(Channel);

    /// A channel was deleted: [CHANNEL_DELETE](https://docs.discord.com/developers/events/gateway-events#channel-delete).
    ChannelDelete(Channel);
}

/// A message was pinned or unpinned: [CHANNEL_PINS_UPDATE](https://docs.discord.com/developers/events/gateway-events#channel-pins-update).
///
/// It does not come when a pinned message is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelPinsUpdate {
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel.
    pub channel_id: ChannelId,
    /// When the latest pinned message was pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_pin_timestamp: Option<Timestamp>,
}

object! { ChannelPinsUpdate {
    guild_id, channel_id: required, last_pin_timestamp,
} }

/// What was asked about a guild's channels: [CHANNEL_INFO](https://docs.discord.com/developers/events/gateway-events#channel-info).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ChannelInfo {
    /// The guild.
    pub guild_id: GuildId,
    /// The channels.
    pub channels: List<ChannelInfoEntry>,
}

object! { ChannelInfo {
    guild_id: required, channels,
} }

/// What was asked about [one channel](https://docs.discord.com/developers/events/gateway-events#channel-info-channel-info-channel-structure).
///
/// What was not asked about is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelInfoEntry {
    /// The channel.
    pub id: ChannelId,
    /// The voice channel's status, if it has one.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub status: Maybe<String>,
    /// Since when somebody is in the voice channel, if somebody is.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub voice_start_time: Maybe<UnixSeconds>,
}

object! { ChannelInfoEntry {
    id: required, status, voice_start_time,
} }
