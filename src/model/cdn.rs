//! Addresses of [images](https://docs.discord.com/developers/reference#image-formatting) on Discord's servers.
//!
//! Objects that have images tell their addresses themselves, as [`User::avatar_url`](super::User::avatar_url)
//! does; the functions here are for those who have only the ids.

use std::fmt;

use crate::id::{
    ApplicationId, EmojiId, GuildId, RoleId, ScheduledEventId, SoundId, StickerBannerId, StickerId, TeamId,
    UserId,
};

/// Where images are.
const CDN: &str = "https://cdn.discordapp.com";

/// Where stickers are that are GIFs, which the [CDN](CDN) has not.
const MEDIA: &str = "https://media.discordapp.net";

/// The application under which Discord keeps the banners of its sticker packs.
const STICKER_STORE: u64 = 710_982_414_301_790_216;

/// The address of an image; `to_string` writes it.
///
/// Unless told otherwise it is WebP, moving if the image moves, of the size that Discord sees fit.
///
/// ```
/// use syncord::model::cdn;
///
/// let icon = cdn::guild_icon(7.into(), "a_1269e74a");
/// assert_eq!(icon.to_string(), "https://cdn.discordapp.com/icons/7/a_1269e74a.webp?animated=true");
/// assert_eq!(icon.png().size(200).to_string(), "https://cdn.discordapp.com/icons/7/a_1269e74a.png?size=256");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageUrl {
    base: &'static str,
    path: String,
    moves: bool,
    format: Format,
    size: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Format {
    WebP,
    Png,
    Jpeg,
    Gif,
    /// The only one there is.
    Only(&'static str),
}

impl ImageUrl {
    fn new(path: String) -> Self {
        ImageUrl { base: CDN, path, moves: false, format: Format::WebP, size: None }
    }

    /// An image named by its hash, which begins with `a_` if it moves.
    fn hashed(folder: fmt::Arguments<'_>, hash: &str) -> Self {
        ImageUrl { moves: hash.starts_with("a_"), ..ImageUrl::new(format!("{folder}/{hash}")) }
    }

    /// The same, of a kind that never moves.
    fn still(folder: fmt::Arguments<'_>, name: impl fmt::Display) -> Self {
        ImageUrl::new(format!("{folder}/{name}"))
    }

    fn only(path: String, extension: &'static str) -> Self {
        ImageUrl { format: Format::Only(extension), ..ImageUrl::new(path) }
    }

    fn with(mut self, format: Format) -> Self {
        if !matches!(self.format, Format::Only(_)) {
            self.format = format;
        }
        self
    }

    /// As PNG, which never moves. Images of which there is one format only stay as they are.
    pub fn png(self) -> Self {
        self.with(Format::Png)
    }

    /// As JPEG, which never moves.
    pub fn jpeg(self) -> Self {
        self.with(Format::Jpeg)
    }

    /// As WebP.
    pub fn webp(self) -> Self {
        self.with(Format::WebP)
    }

    /// As GIF if it moves, else as PNG. Discord advises against it: some uploads do not convert well.
    pub fn gif(self) -> Self {
        let format = if self.moves { Format::Gif } else { Format::Png };
        self.with(format)
    }

    /// So many pixels wide, or a little more: Discord has powers of two from 16 to 4096.
    pub fn size(mut self, pixels: u16) -> Self {
        self.size = Some(pixels.clamp(16, 4096).next_power_of_two());
        self
    }

    /// Whether it moves.
    pub const fn is_animated(&self) -> bool {
        self.moves
    }
}

impl fmt::Display for ImageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extension = match self.format {
            Format::WebP => "webp",
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Gif => "gif",
            Format::Only(extension) => extension,
        };
        write!(f, "{}/{}.{extension}", self.base, self.path)?;
        let mut separator = '?';
        if let Some(size) = self.size {
            write!(f, "{separator}size={size}")?;
            separator = '&';
        }
        if self.moves && self.format == Format::WebP {
            write!(f, "{separator}animated=true")?;
        }
        Ok(())
    }
}

/// A custom emoji.
pub fn emoji(id: EmojiId, animated: bool) -> ImageUrl {
    ImageUrl { moves: animated, ..ImageUrl::new(format!("emojis/{id}")) }
}

/// A guild's icon.
pub fn guild_icon(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("icons/{id}"), hash)
}

/// The picture behind a guild's invites.
pub fn guild_splash(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("splashes/{id}"), hash)
}

/// A guild's picture in Discord's directory.
pub fn guild_discovery_splash(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("discovery-splashes/{id}"), hash)
}

/// A guild's banner.
pub fn guild_banner(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("banners/{id}"), hash)
}

/// The picture beside a guild's tag.
pub fn guild_tag_badge(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("guild-tag-badges/{id}"), hash)
}

/// A user's banner.
pub fn user_banner(id: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("banners/{id}"), hash)
}

/// A user's avatar, or with its id a webhook's.
pub fn user_avatar(id: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("avatars/{id}"), hash)
}

/// The avatar of a user who has none. The discriminator is 0 where names are unique.
pub fn default_avatar(id: UserId, discriminator: u16) -> ImageUrl {
    let number = match discriminator {
        0 => (id.get() >> 22) % 6,
        old => u64::from(old % 5),
    };
    ImageUrl::only(format!("embed/avatars/{number}"), "png")
}

/// A member's avatar in a guild.
pub fn member_avatar(guild: GuildId, user: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("guilds/{guild}/users/{user}/avatars"), hash)
}

/// A member's banner in a guild.
pub fn member_banner(guild: GuildId, user: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("guilds/{guild}/users/{user}/banners"), hash)
}

/// What stands around an avatar: a PNG, which moves if the name of the asset begins with `a_`.
pub fn avatar_decoration(asset: &str) -> ImageUrl {
    ImageUrl {
        moves: asset.starts_with("a_"),
        ..ImageUrl::only(format!("avatar-decoration-presets/{asset}"), "png")
    }
}

/// An application's icon, or with the hash of its cover that.
pub fn application_icon(id: ApplicationId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("app-icons/{id}"), hash)
}

/// A picture that an application uploaded for presences.
pub fn application_asset(id: ApplicationId, asset: &str) -> ImageUrl {
    ImageUrl::still(format_args!("app-assets/{id}"), asset)
}

/// A team's icon.
pub fn team_icon(id: TeamId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("team-icons/{id}"), hash)
}

/// A role's icon.
pub fn role_icon(id: RoleId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("role-icons/{id}"), hash)
}

/// The picture of a scheduled event.
pub fn scheduled_event_cover(id: ScheduledEventId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("guild-events/{id}"), hash)
}

/// A sticker that is stored as PNG or APNG.
pub fn sticker(id: StickerId) -> ImageUrl {
    ImageUrl::only(format!("stickers/{id}"), "png")
}

/// A sticker that is stored as GIF.
pub fn gif_sticker(id: StickerId) -> ImageUrl {
    ImageUrl { base: MEDIA, moves: true, ..ImageUrl::only(format!("stickers/{id}"), "gif") }
}

/// A sticker that is stored as [Lottie](https://airbnb.io/lottie/#/).
pub fn lottie_sticker(id: StickerId) -> ImageUrl {
    ImageUrl { moves: true, ..ImageUrl::only(format!("stickers/{id}"), "json") }
}

/// The banner of a pack of stickers.
pub fn sticker_pack_banner(id: StickerBannerId) -> ImageUrl {
    ImageUrl::still(format_args!("app-assets/{STICKER_STORE}/store"), id)
}

/// The file of a [sound](https://docs.discord.com/developers/resources/soundboard), MP3 or Ogg.
pub fn sound(id: SoundId) -> String {
    format!("{CDN}/soundboard-sounds/{id}")
}

#[cfg(test)]
#[path = "cdn_tests.rs"]
mod tests;
