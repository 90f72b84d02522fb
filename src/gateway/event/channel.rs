use serde::Serialize;

use super::macros::wraps;
use crate::id::{ChannelId, GuildId};
use crate::json::object;
use crate::model::{Channel, List, Maybe, Timestamp, UnixSeconds};

wraps! {
    /// A guild channel was created: [CHANNEL_CREATE](https://docs.discord.com/developers/events/gateway-events#channel-create).
    ChannelCreate(Channel);

    /// A channel was changed: [CHANNEL_UPDATE](https://docs.discord.com/developers/events/gateway-events#channel-update).
    ///
    /// Discord does not send it when only `last_message_id` changes.
    ChannelUpdate(Channel);

    /// A channel was deleted: [CHANNEL_DELETE](https://docs.discord.com/developers/events/gateway-events#channel-delete).
    ChannelDelete(Channel);
}

/// A message was pinned or unpinned: [CHANNEL_PINS_UPDATE](https://docs.discord.com/developers/events/gateway-events#channel-pins-update).
///
/// Discord does not send it when a pinned message is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelPinsUpdate {
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel.
    pub channel_id: ChannelId,
    /// When the most recent pinned message was pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_pin_timestamp: Option<Timestamp>,
}

object! { ChannelPinsUpdate {
    guild_id, channel_id: required, last_pin_timestamp,
} }

/// The requested information about a guild's channels: [CHANNEL_INFO](https://docs.discord.com/developers/events/gateway-events#channel-info).
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// The requested information about [one channel](https://docs.discord.com/developers/events/gateway-events#channel-info-channel-info-channel-structure).
///
/// Fields that were not requested are absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelInfoEntry {
    /// The channel.
    pub id: ChannelId,
    /// The voice channel's status, if it has one.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub status: Maybe<String>,
    /// Since when there are users in the voice channel; null when it is empty.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub voice_start_time: Maybe<UnixSeconds>,
}

object! { ChannelInfoEntry {
    id: required, status, voice_start_time,
} }
