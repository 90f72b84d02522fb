use std::time::Duration;

use serde::Serialize;

use crate::id::{ApplicationId, GuildId, IntegrationId, RoleId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{List, Timestamp, User, duration};

/// Something [linked to a guild](https://docs.discord.com/developers/resources/guild#integration-object): a bot, a channel elsewhere.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Integration {
    /// Its id.
    pub id: IntegrationId,
    /// Its name.
    pub name: String,
    /// What it is: `twitch`, `youtube`, `discord` or `guild_subscription`; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is on.
    pub enabled: bool,
    /// Whether it is being synchronised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub syncing: Option<bool>,
    /// The role it gives to subscribers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<RoleId>,
    /// Whether its emoticons are synchronised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_emoticons: Option<bool>,
    /// What happens to subscribers who are none any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_behavior: Option<IntegrationExpireBehavior>,
    /// After how long.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::days::serialize")]
    pub expire_grace_period: Option<Duration>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The account elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<IntegrationAccount>,
    /// When it was last synchronised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synced_at: Option<Timestamp>,
    /// How many subscribers it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscriber_count: Option<u64>,
    /// Whether it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// The application, of a bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<IntegrationApplication>>,
    /// The OAuth2 scopes the application was given.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub scopes: List<String>,
    /// The guild; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { Integration {
    id: required, name, kind = "type", enabled, syncing, role_id, enable_emoticons, expire_behavior,
    expire_grace_period: with(duration::days::read), user, account, synced_at, subscriber_count, revoked,
    application, scopes, guild_id,
} }

/// An [account elsewhere](https://docs.discord.com/developers/resources/guild#integration-account-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct IntegrationAccount {
    /// Its id there.
    pub id: String,
    /// Its name there.
    pub name: String,
}

object! { IntegrationAccount {
    id, name,
} }

/// The [application](https://docs.discord.com/developers/resources/guild#integration-application-object) of an integration.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct IntegrationApplication {
    /// Its id.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it says about itself.
    pub description: String,
    /// Its bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
}

object! { IntegrationApplication {
    id: required, name, icon, description, bot,
} }

int_enum! {
    /// What happens to [subscribers who are none any more](https://docs.discord.com/developers/resources/guild#integration-object-integration-expire-behaviors).
    IntegrationExpireBehavior {
    REMOVE_ROLE = 0,
    KICK = 1,
    }
}
