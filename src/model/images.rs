//! The images of objects that have some.

use super::cdn::{self, ImageUrl};
use super::{
    Application, AvatarDecorationData, Emoji, Guild, Member, PartialApplication, PartialGuild, PrimaryGuild,
    Role, ScheduledEvent, Sticker, StickerFormatType, StickerItem, StickerPack, Team, User, Webhook,
};
use crate::id::{GuildId, StickerId, UserId};

impl User {
    /// Where its avatar is, if it has one.
    pub fn avatar_url(&self) -> Option<ImageUrl> {
        self.avatar.as_deref().map(|hash| cdn::user_avatar(self.id, hash))
    }

    /// Where the picture is that stands by its name: its avatar, or the one Discord gives to those who have none.
    pub fn display_avatar_url(&self) -> ImageUrl {
        self.avatar_url().unwrap_or_else(|| cdn::default_avatar(self.id, self.discriminator))
    }

    /// Where its banner is, if it has one.
    pub fn banner_url(&self) -> Option<ImageUrl> {
        self.banner.as_deref().map(|hash| cdn::user_banner(self.id, hash))
    }
}

impl Member {
    /// Where its avatar in a guild is, if it has one there.
    pub fn avatar_url(&self, guild: GuildId, user: UserId) -> Option<ImageUrl> {
        self.avatar.as_deref().map(|hash| cdn::member_avatar(guild, user, hash))
    }

    /// Where its banner in a guild is, if it has one there.
    pub fn banner_url(&self, guild: GuildId, user: UserId) -> Option<ImageUrl> {
        self.banner.as_deref().map(|hash| cdn::member_banner(guild, user, hash))
    }

    /// Where the picture is that stands by its name in a guild: the avatar it has there, or the user's.
    pub fn display_avatar_url(&self, guild: GuildId, user: &User) -> ImageUrl {
        self.avatar_url(guild, user.id).unwrap_or_else(|| user.display_avatar_url())
    }
}

impl AvatarDecorationData {
    /// Where it is.
    pub fn image_url(&self) -> ImageUrl {
        cdn::avatar_decoration(&self.asset)
    }
}

impl PrimaryGuild {
    /// Where the picture beside the tag is.
    pub fn badge_url(&self) -> Option<ImageUrl> {
        Some(cdn::guild_tag_badge(self.identity_guild_id?, self.badge.as_deref()?))
    }
}

impl Guild {
    /// Where its icon is, if it has one.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::guild_icon(self.id, hash))
    }

    /// Where its banner is, if it has one.
    pub fn banner_url(&self) -> Option<ImageUrl> {
        self.banner.as_deref().map(|hash| cdn::guild_banner(self.id, hash))
    }

    /// Where the picture behind its invites is, if it has one.
    pub fn splash_url(&self) -> Option<ImageUrl> {
        self.splash.as_deref().map(|hash| cdn::guild_splash(self.id, hash))
    }

    /// Where its picture in Discord's directory is, if it has one.
    pub fn discovery_splash_url(&self) -> Option<ImageUrl> {
        self.discovery_splash.as_deref().map(|hash| cdn::guild_discovery_splash(self.id, hash))
    }
}

impl PartialGuild {
    /// Where its icon is, if it has one.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::guild_icon(self.id, hash))
    }
}

impl Application {
    /// Where its icon is, if it has one.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }

    /// Where its cover is, if it has one.
    pub fn cover_url(&self) -> Option<ImageUrl> {
        self.cover_image.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }
}

impl PartialApplication {
    /// Where its icon is, if it has one.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }

    /// Where its cover is, if it has one.
    pub fn cover_url(&self) -> Option<ImageUrl> {
        self.cover_image.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }
}

impl Team {
    /// Where its icon is, if it has one.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::team_icon(self.id, hash))
    }
}

impl Role {
    /// Where its icon is, if it has one that is no emoji.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::role_icon(self.id, hash))
    }
}

impl Emoji {
    /// Where it is, if it is a custom one.
    pub fn image_url(&self) -> Option<ImageUrl> {
        self.id.map(|id| cdn::emoji(id, self.animated))
    }
}

impl ScheduledEvent {
    /// Where its picture is, if it has one.
    pub fn image_url(&self) -> Option<ImageUrl> {
        self.image.as_deref().map(|hash| cdn::scheduled_event_cover(self.id, hash))
    }
}

impl Sticker {
    /// Where it is.
    pub fn image_url(&self) -> ImageUrl {
        sticker_url(self.id, self.format_type)
    }
}

impl StickerItem {
    /// Where it is.
    pub fn image_url(&self) -> ImageUrl {
        sticker_url(self.id, self.format_type)
    }
}

fn sticker_url(id: StickerId, format: StickerFormatType) -> ImageUrl {
    match format {
        StickerFormatType::GIF => cdn::gif_sticker(id),
        StickerFormatType::LOTTIE => cdn::lottie_sticker(id),
        _ => cdn::sticker(id),
    }
}

impl StickerPack {
    /// Where its banner is, if it has one.
    pub fn banner_url(&self) -> Option<ImageUrl> {
        self.banner_asset_id.map(cdn::sticker_pack_banner)
    }
}

impl Webhook {
    /// Where its avatar is, if it has one.
    pub fn avatar_url(&self) -> Option<ImageUrl> {
        self.avatar.as_deref().map(|hash| cdn::user_avatar(self.id.get().into(), hash))
    }
}
