//! [Guild templates](https://docs.discord.com/developers/resources/guild-template).

use std::time::Duration;

use serde::Serialize;

use super::{
    Channel, DefaultMessageNotificationLevel, ExplicitContentFilterLevel, List, Locale, Role,
    SystemChannelFlags, Timestamp, User, VerificationLevel, duration,
};
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;

/// A [guild template](https://docs.discord.com/developers/resources/guild-template#guild-template-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildTemplate {
    /// The template code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How often the template was used.
    pub usage_count: u64,
    /// The ID of the creator.
    pub creator_id: UserId,
    /// The creator.
    pub creator: User,
    /// When the template was created.
    pub created_at: Timestamp,
    /// When the template was last synced to the source guild.
    pub updated_at: Timestamp,
    /// The ID of the source guild.
    pub source_guild_id: GuildId,
    /// The snapshot of the source guild.
    pub serialized_source_guild: Box<TemplateGuild>,
    /// Whether the guild has changed since the last sync.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_dirty: Option<bool>,
}

object! { GuildTemplate {
    code: required, name, description, usage_count, creator_id, creator,
    created_at, updated_at, source_guild_id, serialized_source_guild,
    is_dirty,
} }

/// The guild of a [template](https://docs.discord.com/developers/resources/guild-template#guild-template-object-example-guild-template-object).
///
/// Its channels and roles have small placeholder IDs that are only valid within the template.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TemplateGuild {
    /// The name.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The voice region; deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The verification level for new members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_level: Option<VerificationLevel>,
    /// The default notification level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_message_notifications: Option<DefaultMessageNotificationLevel>,
    /// The explicit content filter level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explicit_content_filter: Option<ExplicitContentFilterLevel>,
    /// The preferred locale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_locale: Option<Locale>,
    /// The AFK timeout.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub afk_timeout: Option<Duration>,
    /// The roles.
    pub roles: List<Role>,
    /// The channels.
    pub channels: List<Channel>,
    /// The ID of the AFK channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afk_channel_id: Option<ChannelId>,
    /// The ID of the system channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_channel_id: Option<ChannelId>,
    /// The system channel flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_channel_flags: Option<SystemChannelFlags>,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_hash: Option<String>,
}

object! { TemplateGuild {
    name, description, region, verification_level, default_message_notifications, explicit_content_filter,
    preferred_locale, afk_timeout: with(duration::seconds::read), roles, channels, afk_channel_id,
    system_channel_id, system_channel_flags, icon_hash,
} }
