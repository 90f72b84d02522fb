//! Guild objects: what is kept of them, and how large they are.

use crate::cache::kept::Kept;
use crate::cache::size;
use crate::model::{
    Channel, Emoji, Guild, GuildFeature, List, Overwrite, Role, Sticker, SystemChannelFlags, User,
};

/// The parts of a guild that are kept. What has its own place, or changes without an event, is left out.
pub(super) fn stripped(guild: &Guild, kept: &Kept, before: Option<&Guild>) -> Guild {
    let mut stripped = always_kept(guild, before);
    if kept.guilds {
        stripped.name.clone_from(&guild.name);
        stripped.icon.clone_from(&guild.icon);
        stripped.splash.clone_from(&guild.splash);
        stripped.discovery_splash.clone_from(&guild.discovery_splash);
        stripped.home_header.clone_from(&guild.home_header);
        stripped.region.clone_from(&guild.region);
        stripped.features.clone_from(&guild.features);
        stripped.system_channel_flags = guild.system_channel_flags;
        stripped.vanity_url_code.clone_from(&guild.vanity_url_code);
        stripped.description.clone_from(&guild.description);
        stripped.banner.clone_from(&guild.banner);
        stripped.preferred_locale.clone_from(&guild.preferred_locale);
        stripped.incidents_data.clone_from(&guild.incidents_data);
    }
    if kept.roles {
        stripped.roles.clone_from(&guild.roles);
    }
    if kept.emojis {
        stripped.emojis.clone_from(&guild.emojis);
        stripped.stickers.clone_from(&guild.stickers);
    }
    stripped
}

/// The parts of a guild that are kept whatever [`Kept`] says: its IDs and numbers, which need no memory of their own.
fn always_kept(guild: &Guild, before: Option<&Guild>) -> Guild {
    // GUILD_UPDATE has not got the fields that only GUILD_CREATE has.
    let joined_at = guild.joined_at.as_ref().or(before.and_then(|before| before.joined_at.as_ref()));
    Guild {
        id: guild.id,
        name: String::new(),
        icon: None,
        icon_hash: None,
        splash: None,
        discovery_splash: None,
        home_header: None,
        owner: None,
        owner_id: guild.owner_id,
        permissions: None,
        region: None,
        afk_channel_id: guild.afk_channel_id,
        afk_timeout: guild.afk_timeout,
        widget_enabled: guild.widget_enabled,
        widget_channel_id: guild.widget_channel_id,
        verification_level: guild.verification_level,
        default_message_notifications: guild.default_message_notifications,
        explicit_content_filter: guild.explicit_content_filter,
        roles: List::new(),
        emojis: List::new(),
        features: List::new(),
        mfa_level: guild.mfa_level,
        application_id: guild.application_id,
        system_channel_id: guild.system_channel_id,
        system_channel_flags: SystemChannelFlags::default(),
        rules_channel_id: guild.rules_channel_id,
        max_presences: guild.max_presences,
        max_members: guild.max_members,
        vanity_url_code: None,
        description: None,
        banner: None,
        premium_tier: guild.premium_tier,
        premium_subscription_count: guild.premium_subscription_count,
        preferred_locale: None,
        public_updates_channel_id: guild.public_updates_channel_id,
        max_video_channel_users: guild.max_video_channel_users,
        max_stage_video_channel_users: guild.max_stage_video_channel_users,
        approximate_member_count: None,
        approximate_presence_count: None,
        welcome_screen: None,
        nsfw_level: guild.nsfw_level,
        stickers: List::new(),
        premium_progress_bar_enabled: guild.premium_progress_bar_enabled,
        safety_alerts_channel_id: guild.safety_alerts_channel_id,
        incidents_data: None,
        joined_at: joined_at.cloned(),
        large: guild.large || before.is_some_and(|before| before.large),
        unavailable: Some(false),
        member_count: None,
        voice_states: List::new(),
        members: List::new(),
        channels: List::new(),
        threads: List::new(),
        presences: List::new(),
        stage_instances: List::new(),
        guild_scheduled_events: List::new(),
        soundboard_sounds: List::new(),
    }
}

/// The memory of a guild.
pub(super) fn guild_bytes(guild: &Guild) -> usize {
    let texts = [
        Some(&guild.name),
        guild.icon.as_ref(),
        guild.splash.as_ref(),
        guild.discovery_splash.as_ref(),
        guild.home_header.as_ref(),
        guild.region.as_ref(),
        guild.vanity_url_code.as_ref(),
        guild.description.as_ref(),
        guild.banner.as_ref(),
    ];
    size::shared::<Guild>()
        + texts.into_iter().flatten().map(|text| size::text(Some(text))).sum::<usize>()
        + size::block(guild.features.len() * size_of::<GuildFeature>())
        + size::boxed(guild.incidents_data.as_deref())
        + size::list(&guild.roles)
        + guild.roles.iter().map(role_bytes).sum::<usize>()
        + size::list(&guild.emojis)
        + guild.emojis.iter().map(emoji_bytes).sum::<usize>()
        + size::list(&guild.stickers)
        + guild.stickers.iter().map(sticker_bytes).sum::<usize>()
}

fn role_bytes(role: &Role) -> usize {
    size::text(Some(&role.name))
        + size::text(role.icon.as_deref())
        + size::text(role.unicode_emoji.as_deref())
        + size::boxed(role.tags.as_deref())
}

fn emoji_bytes(emoji: &Emoji) -> usize {
    size::text(emoji.name.as_deref()) + size::list(&emoji.roles) + user_bytes(emoji.user.as_deref())
}

fn sticker_bytes(sticker: &Sticker) -> usize {
    size::text(Some(&sticker.name))
        + size::text(sticker.description.as_deref())
        + size::text(Some(&sticker.tags))
        + user_bytes(sticker.user.as_deref())
}

fn user_bytes(user: Option<&User>) -> usize {
    let texts = |user: &User| {
        size::text(Some(&user.username))
            + size::text(user.global_name.as_deref())
            + size::text(user.avatar.as_deref())
    };
    size::boxed(user) + user.map_or(0, texts)
}

/// The memory of a channel or thread.
pub(super) fn channel_bytes(channel: &Channel) -> usize {
    let tags = channel.available_tags.iter();
    size::shared::<Channel>()
        + size::text(channel.name.as_deref())
        + size::text(channel.topic.as_deref())
        + size::text(channel.icon.as_deref())
        + size::text(channel.rtc_region.as_deref())
        + size::block(channel.permission_overwrites.len() * size_of::<Overwrite>())
        + size::list(&channel.available_tags)
        + tags.map(|tag| size::text(Some(&tag.name)) + size::text(tag.emoji_name.as_deref())).sum::<usize>()
        + size::list(&channel.applied_tags)
        + size::boxed(channel.member.as_deref())
}
