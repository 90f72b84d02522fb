//! Methods of objects that return the URLs of their images.

use super::cdn::{self, ImageUrl};
use super::{
    Application, AvatarDecorationData, Emoji, Guild, PartialApplication, PartialGuild, PartialMember,
    PrimaryGuild, Role, ScheduledEvent, Sticker, StickerFormatType, StickerItem, StickerPack, Team, User,
    Webhook,
};
use crate::id::{GuildId, StickerId, UserId};

impl User {
    /// Returns the URL of the avatar; `None` if the user has none.
    pub fn avatar_url(&self) -> Option<ImageUrl> {
        self.avatar.as_deref().map(|hash| cdn::user_avatar(self.id, hash))
    }

    /// Returns the URL of the avatar, or of the default avatar if the user has none.
    pub fn display_avatar_url(&self) -> ImageUrl {
        self.avatar_url().unwrap_or_else(|| cdn::default_avatar(self.id, self.discriminator))
    }

    /// Returns the URL of the banner.
    pub fn banner_url(&self) -> Option<ImageUrl> {
        self.banner.as_deref().map(|hash| cdn::user_banner(self.id, hash))
    }
}

impl PartialMember {
    /// Returns the URL of the avatar for the guild; `None` if the member has none.
    pub fn avatar_url(&self, guild: GuildId, user: UserId) -> Option<ImageUrl> {
        self.avatar.as_deref().map(|hash| cdn::member_avatar(guild, user, hash))
    }

    /// Returns the URL of the banner for the guild.
    pub fn banner_url(&self, guild: GuildId, user: UserId) -> Option<ImageUrl> {
        self.banner.as_deref().map(|hash| cdn::member_banner(guild, user, hash))
    }

    /// Returns the URL of the avatar for the guild, or else of the user's avatar.
    pub fn display_avatar_url(&self, guild: GuildId, user: &User) -> ImageUrl {
        self.avatar_url(guild, user.id).unwrap_or_else(|| user.display_avatar_url())
    }
}

impl AvatarDecorationData {
    /// Returns the URL of the decoration.
    pub fn image_url(&self) -> ImageUrl {
        cdn::avatar_decoration(&self.asset)
    }
}

impl PrimaryGuild {
    /// Returns the URL of the badge.
    pub fn badge_url(&self) -> Option<ImageUrl> {
        Some(cdn::guild_tag_badge(self.identity_guild_id?, self.badge.as_deref()?))
    }
}

impl Guild {
    /// Returns the URL of the icon.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::guild_icon(self.id, hash))
    }

    /// Returns the URL of the banner.
    pub fn banner_url(&self) -> Option<ImageUrl> {
        self.banner.as_deref().map(|hash| cdn::guild_banner(self.id, hash))
    }

    /// Returns the URL of the splash, the image of the invite page.
    pub fn splash_url(&self) -> Option<ImageUrl> {
        self.splash.as_deref().map(|hash| cdn::guild_splash(self.id, hash))
    }

    /// Returns the URL of the discovery splash.
    pub fn discovery_splash_url(&self) -> Option<ImageUrl> {
        self.discovery_splash.as_deref().map(|hash| cdn::guild_discovery_splash(self.id, hash))
    }
}

impl PartialGuild {
    /// Returns the URL of the icon.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::guild_icon(self.id, hash))
    }
}

impl Application {
    /// Returns the URL of the icon.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }

    /// Returns the URL of the cover image.
    pub fn cover_url(&self) -> Option<ImageUrl> {
        self.cover_image.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }
}

impl PartialApplication {
    /// Returns the URL of the icon.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }

    /// Returns the URL of the cover image.
    pub fn cover_url(&self) -> Option<ImageUrl> {
        self.cover_image.as_deref().map(|hash| cdn::application_icon(self.id, hash))
    }
}

impl Team {
    /// Returns the URL of the icon.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::team_icon(self.id, hash))
    }
}

impl Role {
    /// Returns the URL of the icon; `None` if it is a Unicode emoji or missing.
    pub fn icon_url(&self) -> Option<ImageUrl> {
        self.icon.as_deref().map(|hash| cdn::role_icon(self.id, hash))
    }
}

impl Emoji {
    /// Returns the URL of the image; `None` for a Unicode emoji.
    pub fn image_url(&self) -> Option<ImageUrl> {
        self.id.map(|id| cdn::emoji(id, self.animated))
    }
}

impl ScheduledEvent {
    /// Returns the URL of the cover image.
    pub fn image_url(&self) -> Option<ImageUrl> {
        self.image.as_deref().map(|hash| cdn::scheduled_event_cover(self.id, hash))
    }
}

impl Sticker {
    /// Returns the URL of the image.
    pub fn image_url(&self) -> ImageUrl {
        sticker_url(self.id, self.format_type)
    }
}

impl StickerItem {
    /// Returns the URL of the image.
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
    /// Returns the URL of the banner.
    pub fn banner_url(&self) -> Option<ImageUrl> {
        self.banner_asset_id.map(cdn::sticker_pack_banner)
    }
}

impl Webhook {
    /// Returns the URL of the avatar.
    pub fn avatar_url(&self) -> Option<ImageUrl> {
        self.avatar.as_deref().map(|hash| cdn::user_avatar(self.id.get().into(), hash))
    }
}
