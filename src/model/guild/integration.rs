use std::time::Duration;

use serde::Serialize;

use crate::id::{ApplicationId, GuildId, IntegrationId, RoleId, SkuId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{List, Timestamp, User, duration};

/// An [integration](https://docs.discord.com/developers/resources/guild#integration-object) of a guild: a bot, a Twitch or YouTube channel, or a guild subscription.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Integration {
    /// The integration ID.
    pub id: IntegrationId,
    /// The name.
    pub name: String,
    /// The type: `twitch`, `youtube`, `discord` or `guild_subscription`; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether the integration is enabled.
    pub enabled: bool,
    /// Whether the integration is syncing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub syncing: Option<bool>,
    /// The ID of the role for subscribers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<RoleId>,
    /// Whether emoticons are synced; currently only for Twitch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_emoticons: Option<bool>,
    /// What happens when a subscription expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_behavior: Option<IntegrationExpireBehavior>,
    /// The grace period before a subscription expires.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::days::serialize")]
    pub expire_grace_period: Option<Duration>,
    /// The user of the integration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The account of the integration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<IntegrationAccount>,
    /// When the integration was last synced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synced_at: Option<Timestamp>,
    /// The number of subscribers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscriber_count: Option<u64>,
    /// Whether the integration was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// The application, if the integration is a bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<IntegrationApplication>>,
    /// The OAuth2 scopes that the application was authorized for.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub scopes: List<String>,
    /// The ID of the guild; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { Integration {
    id: required, name, kind = "type", enabled, syncing, role_id, enable_emoticons, expire_behavior,
    expire_grace_period: with(duration::days::read), user, account, synced_at, subscriber_count, revoked,
    application, scopes, guild_id,
} }

/// The [account of an integration](https://docs.discord.com/developers/resources/guild#integration-account-object).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IntegrationAccount {
    /// The account ID.
    pub id: String,
    /// The account name.
    pub name: String,
}

object! { IntegrationAccount {
    id, name,
} }

/// The [application of an integration](https://docs.discord.com/developers/resources/guild#integration-application-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IntegrationApplication {
    /// The application ID.
    pub id: ApplicationId,
    /// The name.
    pub name: String,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The description.
    pub description: String,
    /// The bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
    /// The hash of the cover image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// The ID of the game SKU, if the application is a game sold on Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
}

object! { IntegrationApplication {
    id: required, name, icon, description, bot, cover_image, primary_sku_id,
} }

int_enum! {
    /// What happens when a [subscription expires](https://docs.discord.com/developers/resources/guild#integration-object-integration-expire-behaviors).
    IntegrationExpireBehavior {
    REMOVE_ROLE = 0,
    KICK = 1,
    }
}
