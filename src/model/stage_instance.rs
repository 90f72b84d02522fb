//! [Stage instances](https://docs.discord.com/developers/resources/stage-instance).

use serde::Serialize;

use super::open_enum::int_enum;
use crate::id::{ChannelId, GuildId, ScheduledEventId, StageInstanceId};
use crate::json::object;

/// A [stage instance](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object): information about a live stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StageInstance {
    /// The ID of the stage instance.
    pub id: StageInstanceId,
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// The ID of the stage channel.
    pub channel_id: ChannelId,
    /// The topic, 1-120 characters.
    pub topic: String,
    /// The privacy level.
    pub privacy_level: StagePrivacyLevel,
    /// Whether Stage Discovery is disabled; deprecated.
    pub discoverable_disabled: bool,
    /// The ID of the scheduled event of the stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event_id: Option<ScheduledEventId>,
}

object! { StageInstance {
    id: required, guild_id, channel_id, topic, privacy_level, discoverable_disabled,
    guild_scheduled_event_id,
} }

int_enum! {
    /// The [privacy level of a stage instance](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object-privacy-level).
    StagePrivacyLevel {
    PUBLIC = 1,
    GUILD_ONLY = 2,
    }
}
