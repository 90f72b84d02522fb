use serde::Serialize;

use crate::id::GuildId;
use crate::json::object;
use crate::model::{
    Emoji, GuildFeature, List, Locale, Maybe, NsfwLevel, Permissions, Sticker, VerificationLevel,
    WelcomeScreen,
};

/// An [unavailable guild](https://docs.discord.com/developers/resources/guild#unavailable-guild-object): the guild's ID and whether it is unavailable.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnavailableGuild {
    /// The guild ID.
    pub id: GuildId,
    /// True during an outage; absent if the bot was removed from the guild.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub unavailable: Maybe<bool>,
}

object! { UnavailableGuild {
    id: required, unavailable,
} }

impl UnavailableGuild {
    /// Whether the guild is unavailable due to an outage and will become available again.
    pub fn is_unavailable(&self) -> bool {
        self.unavailable == Maybe::Value(true)
    }
}

/// A partial [guild](https://docs.discord.com/developers/resources/guild#guild-object), as in invites, webhooks, interactions and the list of the current user's guilds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PartialGuild {
    /// The guild ID.
    pub id: GuildId,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The splash hash: the image of the invite page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splash: Option<String>,
    /// The banner hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The enabled features.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub features: List<GuildFeature>,
    /// The verification level for new members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_level: Option<VerificationLevel>,
    /// The code of the vanity URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vanity_url_code: Option<String>,
    /// The age restriction level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nsfw_level: Option<NsfwLevel>,
    /// The number of boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_subscription_count: Option<u64>,
    /// The welcome screen; only in invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_screen: Option<Box<WelcomeScreen>>,
    /// Whether the current user owns the guild; only in the list of the current user's guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<bool>,
    /// The permissions of the current user, without overwrites; only in the list of the current user's guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// The approximate number of members; only if requested with `with_counts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<u64>,
    /// The approximate number of members that are not offline; only if requested with `with_counts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<u64>,
    /// The preferred locale; only in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

object! { PartialGuild {
    id: required, name, icon, splash, banner, description, features, verification_level, vanity_url_code,
    nsfw_level, premium_subscription_count, welcome_screen, owner, permissions, approximate_member_count,
    approximate_presence_count, locale,
} }

/// A [preview of a guild](https://docs.discord.com/developers/resources/guild#guild-preview-object), available to non-members of discoverable guilds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildPreview {
    /// The guild ID.
    pub id: GuildId,
    /// The name.
    pub name: String,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The splash hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splash: Option<String>,
    /// The discovery splash hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery_splash: Option<String>,
    /// The hash of the image at the top of the server guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_header: Option<String>,
    /// The custom emojis.
    pub emojis: List<Emoji>,
    /// The enabled features.
    pub features: List<GuildFeature>,
    /// The approximate number of members.
    pub approximate_member_count: u64,
    /// The approximate number of members that are not offline.
    pub approximate_presence_count: u64,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The custom stickers.
    pub stickers: List<Sticker>,
}

object! { GuildPreview {
    id: required, name, icon, splash, discovery_splash, home_header, emojis, features, approximate_member_count,
    approximate_presence_count, description, stickers,
} }
