//! [Users](https://docs.discord.com/developers/resources/user).

use serde::Serialize;

use super::open_enum::{flags, number};
use super::{Color, Locale};
use crate::id::{GuildId, SkuId, UserId};
use crate::json::object;

/// A [user](https://docs.discord.com/developers/resources/user#user-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The unique name.
    pub username: String,
    /// The number behind an old name (`4821` of `Tidekeeper#4821`); 0 where names are unique.
    #[serde(serialize_with = "discriminator::serialize")]
    pub discriminator: u16,
    /// The name it shows to others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub global_name: Option<String>,
    /// The hash of its avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Whether it is a bot.
    pub bot: bool,
    /// Whether it speaks for Discord itself.
    pub system: bool,
    /// Flags that everybody may see.
    pub public_flags: UserFlags,
    /// The hash of its banner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// The colour of its banner where it has no picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_color: Option<Color>,
    /// What stands around its avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    /// What else it collected and wears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collectibles: Option<Box<Collectibles>>,
    /// The guild whose tag it wears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_guild: Option<Box<PrimaryGuild>>,
    /// Its flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<UserFlags>,
    /// Whether it has two factors to log in; only of the bot itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mfa_enabled: Option<bool>,
    /// The language it chose; only of the bot itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// Whether its e-mail address is verified; only of the bot itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Its e-mail address; a bot never has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Its Nitro subscription; only of the bot itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_type: Option<PremiumType>,
}

object! { User {
    id: required, username, discriminator: with(discriminator::read), global_name, avatar, bot, system,
    public_flags, banner, accent_color, avatar_decoration_data, collectibles, primary_guild, flags,
    mfa_enabled, locale, verified, email, premium_type,
} }

impl User {
    /// The name to call it by: the shown one, else the unique one.
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }

    /// The text that mentions it in a message.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }
}

/// What stands [around an avatar](https://docs.discord.com/developers/resources/user#avatar-decoration-data-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct AvatarDecorationData {
    /// The hash of the picture.
    pub asset: String,
    /// What it was bought as.
    pub sku_id: SkuId,
}

object! { AvatarDecorationData {
    asset: required, sku_id: required,
} }

/// What a user [collected and wears](https://docs.discord.com/developers/resources/user#collectibles), but for the avatar decoration.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Collectibles {
    /// The plate its name stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nameplate: Option<Box<Nameplate>>,
}

object! { Collectibles {
    nameplate,
} }

/// The [plate a name stands on](https://docs.discord.com/developers/resources/user#nameplate).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Nameplate {
    /// What it was bought as.
    pub sku_id: SkuId,
    /// The path of its pictures.
    pub asset: String,
    /// Its name in Discord's translations.
    pub label: String,
    /// The name of its background colour.
    pub palette: String,
}

object! { Nameplate {
    sku_id: required, asset, label, palette,
} }

/// The guild whose [tag a user wears](https://docs.discord.com/developers/resources/user#user-object-user-primary-guild).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct PrimaryGuild {
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_guild_id: Option<GuildId>,
    /// Whether the tag is shown; `None` when it was taken off, by the guild leaving tags for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_enabled: Option<bool>,
    /// Up to four characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The hash of the picture beside the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
}

object! { PrimaryGuild {
    identity_guild_id, identity_enabled, tag, badge,
} }

/// Four digits, or `0`, in a string.
mod discriminator {
    use serde::ser::Serializer;

    use crate::json::{Reader, Result};

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<u16> {
        Ok(reader.string()?.parse().unwrap_or(0))
    }

    pub(super) fn serialize<S: Serializer>(digits: &u16, serializer: S) -> Result<S::Ok, S::Error> {
        match digits {
            0 => serializer.serialize_str("0"),
            _ => serializer.collect_str(&format_args!("{digits:04}")),
        }
    }
}

flags! {
    /// [User flags](https://docs.discord.com/developers/resources/user#user-object-user-flags).
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

number! {
    /// Which [Nitro](https://docs.discord.com/developers/resources/user#user-object-premium-types) a user has.
    PremiumType {
    NONE = 0,
    NITRO_CLASSIC = 1,
    NITRO = 2,
    NITRO_BASIC = 3,
    }
}
