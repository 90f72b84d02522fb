//! [Stage instances](https://docs.discord.com/developers/resources/stage-instance).

use serde::Serialize;

use super::open_enum::int_enum;
use crate::id::{ChannelId, GuildId, ScheduledEventId, StageInstanceId};
use crate::json::object;

/// A stage that is [live](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct StageInstance {
    /// Its id.
    pub id: StageInstanceId,
    /// The guild.
    pub guild_id: GuildId,
    /// The stage channel.
    pub channel_id: ChannelId,
    /// What it is about.
    pub topic: String,
    /// Who may see it.
    pub privacy_level: StagePrivacyLevel,
    /// Whether it is kept out of Discord's directory, which is no more.
    pub discoverable_disabled: bool,
    /// The planned event it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event_id: Option<ScheduledEventId>,
}

object! { StageInstance {
    id: required, guild_id: required, channel_id: required, topic, privacy_level, discoverable_disabled,
    guild_scheduled_event_id,
} }

int_enum! {
    /// Who may [see](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object-privacy-level) a stage.
    StagePrivacyLevel {
    PUBLIC = 1,
    GUILD_ONLY = 2,
    }
}
