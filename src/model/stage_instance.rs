//! [Stage instances](https://docs.discord.com/developers/resources/stage-instance).

use serde::{Deserialize, Serialize};

use super::open_enum::number;
use crate::id::{ChannelId, GuildId, ScheduledEventId, StageInstanceId};

/// A stage that is [live](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StageInstance {
    /// Its id.
    pub id: StageInstanceId,
    /// The guild.
    pub guild_id: GuildId,
    /// The stage channel.
    pub channel_id: ChannelId,
    /// What it is about.
    #[serde(default)]
    pub topic: String,
    /// Who may see it.
    #[serde(default)]
    pub privacy_level: StagePrivacyLevel,
    /// Whether it is kept out of Discord's directory, which is no more.
    #[serde(default)]
    pub discoverable_disabled: bool,
    /// The planned event it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event_id: Option<ScheduledEventId>,
}

number! {
    /// Who may [see](https://docs.discord.com/developers/resources/stage-instance#stage-instance-object-privacy-level) a stage.
    StagePrivacyLevel {
    PUBLIC = 1,
    GUILD_ONLY = 2,
    }
}
