//! [Guild templates](https://docs.discord.com/developers/resources/guild-template).

use std::time::Duration;

use serde::Serialize;

use super::{
    Channel, DefaultMessageNotificationLevel, ExplicitContentFilterLevel, List, Locale, Role,
    SystemChannelFlags, Timestamp, User, VerificationLevel, duration,
};
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;

/// What a guild can be [made after](https://docs.discord.com/developers/resources/guild-template#guild-template-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GuildTemplate {
    /// Its code, unique.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How often it was used.
    pub usage_count: u64,
    /// Who made it.
    pub creator_id: UserId,
    /// Who made it.
    pub creator: User,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last made like the guild.
    pub updated_at: Timestamp,
    /// The guild it was made from.
    pub source_guild_id: GuildId,
    /// What it holds.
    pub serialized_source_guild: Box<TemplateGuild>,
    /// Whether the guild has changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_dirty: Option<bool>,
}

object! { GuildTemplate {
    code: required, name, description, usage_count, creator_id: required, creator: required,
    created_at: required, updated_at: required, source_guild_id: required, serialized_source_guild: required,
    is_dirty,
} }

/// A guild as a [template](https://docs.discord.com/developers/resources/guild-template#guild-template-object-example-guild-template-object) holds it.
///
/// Its channels and roles have small numbers for ids, which are good within the template only.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct TemplateGuild {
    /// Its name.
    pub name: String,
    /// What it says about itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its voice region, of old.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// What is asked of new members before they may speak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_level: Option<VerificationLevel>,
    /// Of what members are notified by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_message_notifications: Option<DefaultMessageNotificationLevel>,
    /// Whose pictures are filtered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explicit_content_filter: Option<ExplicitContentFilterLevel>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_locale: Option<Locale>,
    /// After how long the silent are moved.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub afk_timeout: Option<Duration>,
    /// Its roles.
    pub roles: List<Role>,
    /// Its channels.
    pub channels: List<Channel>,
    /// Where the silent are moved to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afk_channel_id: Option<ChannelId>,
    /// Where Discord announces joins and boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_channel_id: Option<ChannelId>,
    /// What it does not announce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_channel_flags: Option<SystemChannelFlags>,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_hash: Option<String>,
}

object! { TemplateGuild {
    name, description, region, verification_level, default_message_notifications, explicit_content_filter,
    preferred_locale, afk_timeout: with(duration::seconds::read), roles, channels, afk_channel_id,
    system_channel_id, system_channel_flags, icon_hash,
} }
