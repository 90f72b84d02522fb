//! URLs of [images](https://docs.discord.com/developers/reference#image-formatting) on Discord's CDN.
//!
//! Objects have methods that return the URLs of their images, such as
//! [`User::avatar_url`](super::User::avatar_url). The functions of this module only need the IDs and hashes.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::id::{
    ApplicationId, EmojiId, GuildId, RoleId, ScheduledEventId, SoundId, StickerBannerId, StickerId, TeamId,
    UserId,
};

/// The base URL of images.
const CDN: &str = "https://cdn.discordapp.com";

/// The base URL of GIF stickers, which the [`CDN`] does not have.
const MEDIA: &str = "https://media.discordapp.net";

/// The ID of the application that contains the banners of Discord's sticker packs.
const STICKER_STORE: u64 = 710_982_414_301_790_216;

/// All characters except those that need no encoding in a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes a hash, so that it stays one part of the path.
fn encode(hash: &str) -> PercentEncode<'_> {
    utf8_percent_encode(hash, ENCODED)
}

/// The URL of an image. `to_string` returns it.
///
/// By default, the format is WebP, animated if the image is animated, and the size is chosen by Discord.
///
/// ```
/// use syncord::model::cdn;
///
/// let icon = cdn::guild_icon(7.into(), "a_1269e74a");
/// assert_eq!(icon.to_string(), "https://cdn.discordapp.com/icons/7/a_1269e74a.webp?animated=true");
/// assert_eq!(icon.png().size(200).to_string(), "https://cdn.discordapp.com/icons/7/a_1269e74a.png?size=256");
/// ```
#[doc(alias = "cdn")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
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
    /// An image with only one format.
    Only(&'static str),
}

impl ImageUrl {
    fn new(path: String) -> Self {
        ImageUrl { base: CDN, path, moves: false, format: Format::WebP, size: None }
    }

    /// An image named by its hash. An animated image has a hash that starts with `a_`.
    fn hashed(folder: fmt::Arguments<'_>, hash: &str) -> Self {
        ImageUrl { moves: hash.starts_with("a_"), ..ImageUrl::still(folder, hash) }
    }

    /// An image named by its hash, of a kind that is never animated.
    fn still(folder: fmt::Arguments<'_>, hash: &str) -> Self {
        ImageUrl::new(format!("{folder}/{}", encode(hash)))
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

    /// Sets the format to PNG, which is not animated. Images with only one format do not change.
    pub fn png(self) -> Self {
        self.with(Format::Png)
    }

    /// Sets the format to JPEG, which is not animated.
    pub fn jpeg(self) -> Self {
        self.with(Format::Jpeg)
    }

    /// Sets the format to WebP.
    pub fn webp(self) -> Self {
        self.with(Format::WebP)
    }

    /// Sets the format to GIF if the image is animated, otherwise to PNG. Discord advises against GIF: it converts some images badly.
    pub fn gif(self) -> Self {
        let format = if self.moves { Format::Gif } else { Format::Png };
        self.with(format)
    }

    /// Sets the size in pixels. It is rounded up to a power of two between 16 and 4096.
    pub fn size(mut self, pixels: u16) -> Self {
        self.size = Some(pixels.clamp(16, 4096).next_power_of_two());
        self
    }

    /// Whether the image is animated.
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

/// Returns the URL of a custom emoji.
pub fn emoji(id: EmojiId, animated: bool) -> ImageUrl {
    ImageUrl { moves: animated, ..ImageUrl::new(format!("emojis/{id}")) }
}

/// Returns the URL of a guild's icon.
pub fn guild_icon(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("icons/{id}"), hash)
}

/// Returns the URL of a guild's splash, the image of the invite page.
pub fn guild_splash(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("splashes/{id}"), hash)
}

/// Returns the URL of a guild's discovery splash.
pub fn guild_discovery_splash(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("discovery-splashes/{id}"), hash)
}

/// Returns the URL of a guild's banner.
pub fn guild_banner(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("banners/{id}"), hash)
}

/// Returns the URL of the badge of a guild's tag.
pub fn guild_tag_badge(id: GuildId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("guild-tag-badges/{id}"), hash)
}

/// Returns the URL of a user's banner.
pub fn user_banner(id: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("banners/{id}"), hash)
}

/// Returns the URL of the avatar of a user or webhook.
pub fn user_avatar(id: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("avatars/{id}"), hash)
}

/// Returns the URL of the default avatar of a user. `discriminator` is 0 if the username is unique.
pub fn default_avatar(id: UserId, discriminator: u16) -> ImageUrl {
    let number = match discriminator {
        0 => (id.get() >> 22) % 6,
        old => u64::from(old % 5),
    };
    ImageUrl::only(format!("embed/avatars/{number}"), "png")
}

/// Returns the URL of a member's avatar for a guild.
pub fn member_avatar(guild: GuildId, user: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("guilds/{guild}/users/{user}/avatars"), hash)
}

/// Returns the URL of a member's banner for a guild.
pub fn member_banner(guild: GuildId, user: UserId, hash: &str) -> ImageUrl {
    ImageUrl::hashed(format_args!("guilds/{guild}/users/{user}/banners"), hash)
}

/// Returns the URL of an avatar decoration: a PNG, animated if the asset starts with `a_`.
pub fn avatar_decoration(asset: &str) -> ImageUrl {
    ImageUrl {
        moves: asset.starts_with("a_"),
        ..ImageUrl::only(format!("avatar-decoration-presets/{}", encode(asset)), "png")
    }
}

/// Returns the URL of an application's icon or cover image.
pub fn application_icon(id: ApplicationId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("app-icons/{id}"), hash)
}

/// Returns the URL of an application's asset for Rich Presence.
pub fn application_asset(id: ApplicationId, asset: &str) -> ImageUrl {
    ImageUrl::still(format_args!("app-assets/{id}"), asset)
}

/// Returns the URL of a team's icon.
pub fn team_icon(id: TeamId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("team-icons/{id}"), hash)
}

/// Returns the URL of a role's icon.
pub fn role_icon(id: RoleId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("role-icons/{id}"), hash)
}

/// Returns the URL of a scheduled event's cover image.
pub fn scheduled_event_cover(id: ScheduledEventId, hash: &str) -> ImageUrl {
    ImageUrl::still(format_args!("guild-events/{id}"), hash)
}

/// Returns the URL of a sticker in PNG or APNG format.
pub fn sticker(id: StickerId) -> ImageUrl {
    ImageUrl::only(format!("stickers/{id}"), "png")
}

/// Returns the URL of a sticker in GIF format.
pub fn gif_sticker(id: StickerId) -> ImageUrl {
    ImageUrl { base: MEDIA, moves: true, ..ImageUrl::only(format!("stickers/{id}"), "gif") }
}

/// Returns the URL of a sticker in [Lottie](https://airbnb.io/lottie/#/) format.
pub fn lottie_sticker(id: StickerId) -> ImageUrl {
    ImageUrl { moves: true, ..ImageUrl::only(format!("stickers/{id}"), "json") }
}

/// Returns the URL of a sticker pack's banner.
pub fn sticker_pack_banner(id: StickerBannerId) -> ImageUrl {
    ImageUrl::new(format!("app-assets/{STICKER_STORE}/store/{id}"))
}

/// Returns the URL of a [soundboard sound](https://docs.discord.com/developers/resources/soundboard), an MP3 or Ogg file.
pub fn soundboard_sound(id: SoundId) -> String {
    format!("{CDN}/soundboard-sounds/{id}")
}

#[cfg(test)]
#[path = "cdn_tests.rs"]
mod tests;
