use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::id::{ApplicationId, GuildId, IntegrationId, RoleId};
use crate::model::open_enum::number;
use crate::model::{List, Timestamp, User, duration, lenient};

/// Something [linked to a guild](https://docs.discord.com/developers/resources/guild#integration-object): a bot, a channel elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Integration {
    /// Its id.
    pub id: IntegrationId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What it is: `twitch`, `youtube`, `discord` or `guild_subscription`; `type` in Discord's words.
    #[serde(default, rename = "type")]
    pub kind: String,
    /// Whether it is on.
    #[serde(default)]
    pub enabled: bool,
    /// Whether it is being synchronised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub syncing: Option<bool>,
    /// The role it gives to subscribers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_id: Option<RoleId>,
    /// Whether its emoticons are synchronised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_emoticons: Option<bool>,
    /// What happens to subscribers who are none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_behavior: Option<IntegrationExpireBehavior>,
    /// After how long.
    #[serde(default, with = "duration::days", skip_serializing_if = "Option::is_none")]
    pub expire_grace_period: Option<Duration>,
    /// Whose it is.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The account elsewhere.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub account: Option<IntegrationAccount>,
    /// When it was last synchronised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synced_at: Option<Timestamp>,
    /// How many subscribers it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_count: Option<u64>,
    /// Whether it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
    /// The application, of a bot.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<IntegrationApplication>>,
    /// The OAuth2 scopes the application was given.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub scopes: List<String>,
    /// The guild; only in events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

/// An [account elsewhere](https://docs.discord.com/developers/resources/guild#integration-account-object).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntegrationAccount {
    /// Its id there.
    #[serde(default)]
    pub id: String,
    /// Its name there.
    #[serde(default)]
    pub name: String,
}

/// The [application](https://docs.discord.com/developers/resources/guild#integration-application-object) of an integration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntegrationApplication {
    /// Its id.
    pub id: ApplicationId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The hash of its icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it says about itself.
    #[serde(default)]
    pub description: String,
    /// Its bot user.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
}

number! {
    /// What happens to [subscribers who are none any more](https://docs.discord.com/developers/resources/guild#integration-object-integration-expire-behaviors).
    IntegrationExpireBehavior {
    REMOVE_ROLE = 0,
    KICK = 1,
    }
}
