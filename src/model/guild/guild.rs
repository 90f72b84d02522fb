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

/// A [guild](https://docs.discord.com/developers/resources/guild#guild-object), whole.
///
/// In an outage Discord sends only `id` and `unavailable`; everything else is empty then.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Guild {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The hash of its icon, in templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_hash: Option<String>,
    /// The hash of the picture behind invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splash: Option<String>,
    /// The hash of the picture in Discord's directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery_splash: Option<String>,
    /// Whether the asking user owns it; only where users ask for their guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<bool>,
    /// Who owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// What the asking user may do in it, overwrites left out of account; only where users ask for their guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// Its voice region, of old; channels have their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Where the silent are moved to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afk_channel_id: Option<ChannelId>,
    /// After how long.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub afk_timeout: Option<Duration>,
    /// Whether it has a widget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget_enabled: Option<bool>,
    /// Where the widget invites to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget_channel_id: Option<ChannelId>,
    /// What is asked of new members before they may speak.
    pub verification_level: VerificationLevel,
    /// Of what members are notified by default.
    pub default_message_notifications: DefaultMessageNotificationLevel,
    /// Whose pictures are filtered.
    pub explicit_content_filter: ExplicitContentFilterLevel,
    /// Its roles.
    pub roles: List<Role>,
    /// Its emoji.
    pub emojis: List<Emoji>,
    /// What it has that others have not.
    pub features: List<GuildFeature>,
    /// Whether moderators need two factors to log in.
    pub mfa_level: MfaLevel,
    /// The application that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// Where Discord announces joins and boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_channel_id: Option<ChannelId>,
    /// What it does not announce.
    pub system_channel_flags: SystemChannelFlags,
    /// Where a community has its rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules_channel_id: Option<ChannelId>,
    /// How many may be online at once; only of the largest guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_presences: Option<u64>,
    /// How many members it may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_members: Option<u64>,
    /// The code of its own invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vanity_url_code: Option<String>,
    /// What it says about itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The hash of its banner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// How far it is boosted.
    pub premium_tier: PremiumTier,
    /// How many boosts it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_subscription_count: Option<u64>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_locale: Option<Locale>,
    /// Where Discord writes to a community's moderators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_updates_channel_id: Option<ChannelId>,
    /// How many may be in a voice channel with video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_video_channel_users: Option<u64>,
    /// How many may be in a stage channel with video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_stage_video_channel_users: Option<u64>,
    /// About how many members it has, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<u64>,
    /// About how many of them are online, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<u64>,
    /// What greets new members; only in invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_screen: Option<Box<WelcomeScreen>>,
    /// Whether it is for adults only.
    pub nsfw_level: NsfwLevel,
    /// Its stickers.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub stickers: List<Sticker>,
    /// Whether it shows its way to the next tier.
    pub premium_progress_bar_enabled: bool,
    /// Where Discord writes of dangers to a community.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safety_alerts_channel_id: Option<ChannelId>,
    /// What was locked because of an incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incidents_data: Option<Box<IncidentsData>>,
    /// When the bot joined it; only in `GUILD_CREATE`, as all that follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// Whether it is large, so that not all members are listed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub large: bool,
    /// Whether it is out of reach because of an outage; see [`Guild::is_unavailable`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<bool>,
    /// How many members it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_count: Option<u64>,
    /// Who is in voice, without the guild's id.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub voice_states: List<VoiceState>,
    /// Members: all of a small guild, else those that Discord thinks matter now.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub members: List<Member>,
    /// Its channels that the bot can see.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channels: List<Channel>,
    /// Its active threads that the bot can see.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub threads: List<Channel>,
    /// What members are at; of a large guild only those online.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub presences: List<Presence>,
    /// Its stages that are live.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub stage_instances: List<StageInstance>,
    /// What is planned in it.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub guild_scheduled_events: List<ScheduledEvent>,
    /// Its sounds.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub soundboard_sounds: List<SoundboardSound>,
}

object! { Guild {
    id: required, name, icon, icon_hash, splash, discovery_splash, owner, owner_id, permissions, region,
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
    /// Whether it is out of reach because of an outage, with everything empty but its id.
    pub fn is_unavailable(&self) -> bool {
        self.unavailable == Some(true)
    }
}

/// What was [locked because of an incident](https://docs.discord.com/developers/resources/guild#incidents-data-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct IncidentsData {
    /// Until when nobody can be invited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invites_disabled_until: Option<Timestamp>,
    /// Until when members who are no friends cannot write to each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dms_disabled_until: Option<Timestamp>,
    /// When spam in direct messages was noticed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dm_spam_detected_at: Option<Timestamp>,
    /// When a raid was noticed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raid_detected_at: Option<Timestamp>,
}

object! { IncidentsData {
    invites_disabled_until, dms_disabled_until, dm_spam_detected_at, raid_detected_at,
} }
