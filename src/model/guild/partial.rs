use serde::Serialize;

use crate::id::GuildId;
use crate::json::object;
use crate::model::{
    Emoji, GuildFeature, List, Locale, Maybe, NsfwLevel, Permissions, Sticker, VerificationLevel,
    WelcomeScreen,
};

/// A guild of which only the id is known, and [whether it is there](https://docs.discord.com/developers/resources/guild#unavailable-guild-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct UnavailableGuild {
    /// Its id.
    pub id: GuildId,
    /// True in an outage; absent when the bot was removed from the guild.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub unavailable: Maybe<bool>,
}

object! { UnavailableGuild {
    id: required, unavailable,
} }

impl UnavailableGuild {
    /// Whether it is out of reach because of an outage, and will be back.
    pub fn is_unavailable(&self) -> bool {
        self.unavailable == Maybe::Value(true)
    }
}

/// So much of a [guild](https://docs.discord.com/developers/resources/guild#guild-object) as invites, webhooks, interactions and a user's list of guilds tell.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PartialGuild {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The hash of the picture behind invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splash: Option<String>,
    /// The hash of its banner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// What it says about itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it has that others have not.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub features: List<GuildFeature>,
    /// What is asked of new members before they may speak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_level: Option<VerificationLevel>,
    /// The code of its own invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vanity_url_code: Option<String>,
    /// Whether it is for adults only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nsfw_level: Option<NsfwLevel>,
    /// How many boosts it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_subscription_count: Option<u64>,
    /// What greets new members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_screen: Option<Box<WelcomeScreen>>,
    /// Whether the asking user owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<bool>,
    /// What the asking user may do in it, overwrites left out of account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// About how many members it has, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<u64>,
    /// About how many of them are online, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<u64>,
    /// Its language, in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

object! { PartialGuild {
    id: required, name, icon, splash, banner, description, features, verification_level, vanity_url_code,
    nsfw_level, premium_subscription_count, welcome_screen, owner, permissions, approximate_member_count,
    approximate_presence_count, locale,
} }

/// A guild as it [shows itself](https://docs.discord.com/developers/resources/guild#guild-preview-object) to those outside.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GuildPreview {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The hash of the picture behind invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub splash: Option<String>,
    /// The hash of the picture in Discord's directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discovery_splash: Option<String>,
    /// Its emoji.
    pub emojis: List<Emoji>,
    /// What it has that others have not.
    pub features: List<GuildFeature>,
    /// About how many members it has.
    pub approximate_member_count: u64,
    /// About how many of them are online.
    pub approximate_presence_count: u64,
    /// What it says about itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its stickers.
    pub stickers: List<Sticker>,
}

object! { GuildPreview {
    id: required, name, icon, splash, discovery_splash, emojis, features, approximate_member_count,
    approximate_presence_count, description, stickers,
} }
