use std::time::Duration;

use serde::Serialize;

use super::{
    DefaultMessageNotificationLevel, ExplicitContentFilterLevel, GuildFeature, Member, MfaLevel, NsfwLevel,
    PremiumTier, SystemChannelFlags, VerificationLevel, WelcomeScreen,
};
use crate::id::{ApplicationId, ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::{
    Channel, Emoji, List, Locale, Permissions, Presence, Role, ScheduledEvent, SoundboardSound,
    StageInstance, Sticker, Timestamp, VoiceState, duration,
};

/// A [guild](https://docs.discord.com/developers/resources/guild#guild-object).
///
/// During an outage, Discord sends only `id` and `unavailable`; all other fields are empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Guild {
    /// The guild ID.
    pub id: GuildId,
    /// The name, 2-100 characters.
    pub name: String,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The icon hash; only in template objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_hash: Option<String>,
    /// The splash hash: the image of the invite page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splash: Option<String>,
    /// The discovery splash hash; only for discoverable guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery_splash: Option<String>,
    /// The hash of the image at the top of the server guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_header: Option<String>,
    /// Whether the current user owns the guild; only in the list of the current user's guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<bool>,
    /// The ID of the owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// The permissions of the current user, without overwrites; only in the list of the current user's guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// The voice region; deprecated. See [`Channel::rtc_region`](crate::model::Channel::rtc_region).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The ID of the AFK channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afk_channel_id: Option<ChannelId>,
    /// The AFK timeout: the duration of inactivity after which a user is moved to the AFK channel.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub afk_timeout: Option<Duration>,
    /// Whether the server widget is enabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget_enabled: Option<bool>,
    /// The ID of the channel that the widget creates an invite to; `None` for no invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget_channel_id: Option<ChannelId>,
    /// The verification level for new members.
    pub verification_level: VerificationLevel,
    /// The default notification level.
    pub default_message_notifications: DefaultMessageNotificationLevel,
    /// The explicit content filter level.
    pub explicit_content_filter: ExplicitContentFilterLevel,
    /// The roles.
    pub roles: List<Role>,
    /// The custom emojis.
    pub emojis: List<Emoji>,
    /// The enabled features.
    pub features: List<GuildFeature>,
    /// The required MFA level for moderators.
    pub mfa_level: MfaLevel,
    /// The ID of the application that created the guild, if a bot did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The ID of the channel for notices such as welcome messages and boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_channel_id: Option<ChannelId>,
    /// The system channel flags.
    pub system_channel_flags: SystemChannelFlags,
    /// The ID of the channel with the rules; only in Community guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules_channel_id: Option<ChannelId>,
    /// The maximum number of presences; `None` except for the largest guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_presences: Option<u64>,
    /// The maximum number of members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_members: Option<u64>,
    /// The code of the vanity URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vanity_url_code: Option<String>,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The banner hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// The premium tier: the Server Boost level.
    pub premium_tier: PremiumTier,
    /// The number of boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_subscription_count: Option<u64>,
    /// The preferred locale of a Community guild. Default: `en-US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_locale: Option<Locale>,
    /// The ID of the channel for Discord's notices to moderators; only in Community guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_updates_channel_id: Option<ChannelId>,
    /// The maximum number of users in a voice channel with video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_video_channel_users: Option<u64>,
    /// The maximum number of users in a stage channel with video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_stage_video_channel_users: Option<u64>,
    /// The approximate number of members; only if requested with `with_counts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<u64>,
    /// The approximate number of members that are not offline; only if requested with `with_counts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<u64>,
    /// The welcome screen of a Community guild; only in invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_screen: Option<Box<WelcomeScreen>>,
    /// The age restriction level.
    pub nsfw_level: NsfwLevel,
    /// The custom stickers.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub stickers: List<Sticker>,
    /// Whether the boost progress bar is enabled.
    pub premium_progress_bar_enabled: bool,
    /// The ID of the channel for Discord's safety alerts; only in Community guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safety_alerts_channel_id: Option<ChannelId>,
    /// The incidents data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incidents_data: Option<Box<IncidentsData>>,
    /// When the bot joined the guild. This and the following fields are only in the event `GUILD_CREATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// Whether the guild is large, so that `members` is not complete.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub large: bool,
    /// Whether the guild is unavailable due to an outage. See [`Guild::is_unavailable`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<bool>,
    /// The total number of members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_count: Option<u64>,
    /// The states of members in voice channels, without `guild_id`.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub voice_states: List<VoiceState>,
    /// Members. In a large guild, Discord sends only some of them.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub members: List<Member>,
    /// The channels that the bot can see.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channels: List<Channel>,
    /// The active threads that the bot can see.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub threads: List<Channel>,
    /// The presences of members. In a large guild, only of members that are not offline.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub presences: List<Presence>,
    /// The stage instances.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub stage_instances: List<StageInstance>,
    /// The scheduled events.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub guild_scheduled_events: List<ScheduledEvent>,
    /// The soundboard sounds.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub soundboard_sounds: List<SoundboardSound>,
}

object! { Guild {
    id: required, name, icon, icon_hash, splash, discovery_splash, home_header, owner, owner_id, permissions, region,
    afk_channel_id, afk_timeout: with(duration::seconds::read), widget_enabled, widget_channel_id,
    verification_level, default_message_notifications, explicit_content_filter, roles, emojis, features,
    mfa_level, application_id, system_channel_id, system_channel_flags, rules_channel_id, max_presences,
    max_members, vanity_url_code, description, banner, premium_tier, premium_subscription_count,
    preferred_locale, public_updates_channel_id, max_video_channel_users, max_stage_video_channel_users,
    approximate_member_count, approximate_presence_count, welcome_screen, nsfw_level, stickers,
    premium_progress_bar_enabled, safety_alerts_channel_id, incidents_data, joined_at, large, unavailable,
    member_count, voice_states, members, channels, threads, presences, stage_instances,
    guild_scheduled_events, soundboard_sounds,
} }

impl Guild {
    /// Whether the guild is unavailable due to an outage. All fields except the ID are then empty.
    pub fn is_unavailable(&self) -> bool {
        self.unavailable == Some(true)
    }
}

/// The [incidents data](https://docs.discord.com/developers/resources/guild#incidents-data-object) of a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IncidentsData {
    /// When invites are enabled again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invites_disabled_until: Option<Timestamp>,
    /// When direct messages between members that are not friends are enabled again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dms_disabled_until: Option<Timestamp>,
    /// When spam in direct messages was detected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dm_spam_detected_at: Option<Timestamp>,
    /// When a raid was detected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raid_detected_at: Option<Timestamp>,
}

object! { IncidentsData {
    invites_disabled_until, dms_disabled_until, dm_spam_detected_at, raid_detected_at,
} }
