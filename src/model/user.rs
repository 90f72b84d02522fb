//! [Users](https://docs.discord.com/developers/resources/user).

use serde::Serialize;

use super::open_enum::{flags, int_enum};
use super::{Color, Locale};
use crate::id::{GuildId, SkuId, UserId};
use crate::json::object;

/// A [user](https://docs.discord.com/developers/resources/user#user-object).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct User {
    /// The user ID.
    pub id: UserId,
    /// The username. It is not unique across the platform for users with a discriminator.
    pub username: String,
    /// The number after an old-style name, such as `4821` in `Tidekeeper#4821`; 0 if the username is unique.
    #[serde(serialize_with = "discriminator::serialize")]
    pub discriminator: u16,
    /// The display name, if the user has set one. For bots, this is the application name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub global_name: Option<String>,
    /// The avatar hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Whether the user is a bot.
    pub bot: bool,
    /// Whether the user is an official Discord system user.
    pub system: bool,
    /// The public flags.
    pub public_flags: UserFlags,
    /// The banner hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// The banner color.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_color: Option<Color>,
    /// The avatar decoration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    /// The collectibles in use, except for the avatar decoration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collectibles: Option<Box<Collectibles>>,
    /// The guild whose tag the user displays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_guild: Option<Box<PrimaryGuild>>,
    /// The flags of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<UserFlags>,
    /// Whether two-factor authentication is enabled; only for the bot's own user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa_enabled: Option<bool>,
    /// The language; only for the bot's own user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// Whether the email address is verified; only for the bot's own user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// The email address; bots have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The type of Nitro subscription; only for the bot's own user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_type: Option<PremiumType>,
}

object! { User {
    id: required, username, discriminator: with(discriminator::read), global_name, avatar, bot, system,
    public_flags, banner, accent_color, avatar_decoration_data, collectibles, primary_guild, flags,
    mfa_enabled, locale, verified, email, premium_type,
} }

impl User {
    /// Returns the display name, or the username if there is none.
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }

    /// Returns the text that mentions the user in a message.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }
}

/// An [avatar decoration](https://docs.discord.com/developers/resources/user#avatar-decoration-data-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AvatarDecorationData {
    /// The hash of the decoration.
    pub asset: String,
    /// The ID of the decoration's SKU.
    pub sku_id: SkuId,
}

object! { AvatarDecorationData {
    asset, sku_id,
} }

/// The [collectibles](https://docs.discord.com/developers/resources/user#collectibles) that a user has in use, except for the avatar decoration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Collectibles {
    /// The nameplate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nameplate: Option<Box<Nameplate>>,
}

object! { Collectibles {
    nameplate,
} }

/// A [nameplate](https://docs.discord.com/developers/resources/user#nameplate): the background of a user's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Nameplate {
    /// The ID of the nameplate's SKU.
    pub sku_id: SkuId,
    /// The path of the nameplate's images.
    pub asset: String,
    /// The label; a key in Discord's translations.
    pub label: String,
    /// The name of the background color.
    pub palette: String,
}

object! { Nameplate {
    sku_id, asset, label, palette,
} }

/// The guild whose [tag a user displays](https://docs.discord.com/developers/resources/user#user-object-user-primary-guild).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PrimaryGuild {
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_guild_id: Option<GuildId>,
    /// Whether the user displays the tag. `None` if Discord cleared it, for example because the guild no longer supports tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_enabled: Option<bool>,
    /// The text of the tag, up to 4 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The hash of the tag's badge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
}

object! { PrimaryGuild {
    identity_guild_id, identity_enabled, tag, badge,
} }

/// Reads and writes the discriminator: a string of four digits, or `0`.
mod discriminator {
    use serde::ser::Serializer;

    use crate::json::{Error, Reader, Result};

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<u16> {
        reader.string()?.parse().map_err(|_| Error::new("a discriminator that is not a number"))
    }

    pub(super) fn serialize<S: Serializer>(digits: &u16, serializer: S) -> Result<S::Ok, S::Error> {
        match digits {
            0 => serializer.serialize_str("0"),
            _ => serializer.collect_str(&format_args!("{digits:04}")),
        }
    }
}

flags! {
    /// The [user flags](https://docs.discord.com/developers/resources/user#user-object-user-flags).
    UserFlags {
    STAFF = 0,
    PARTNER = 1,
    HYPESQUAD = 2,
    BUG_HUNTER_LEVEL_1 = 3,
    HYPESQUAD_ONLINE_HOUSE_1 = 6,
    HYPESQUAD_ONLINE_HOUSE_2 = 7,
    HYPESQUAD_ONLINE_HOUSE_3 = 8,
    PREMIUM_EARLY_SUPPORTER = 9,
    TEAM_PSEUDO_USER = 10,
    BUG_HUNTER_LEVEL_2 = 14,
    VERIFIED_BOT = 16,
    VERIFIED_DEVELOPER = 17,
    CERTIFIED_MODERATOR = 18,
    BOT_HTTP_INTERACTIONS = 19,
    }
}

int_enum! {
    /// The [type of Nitro subscription](https://docs.discord.com/developers/resources/user#user-object-premium-types).
    PremiumType {
    NONE = 0,
    NITRO_CLASSIC = 1,
    NITRO = 2,
    NITRO_BASIC = 3,
    }
}
