//! [Webhooks](https://docs.discord.com/developers/resources/webhook).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{PartialGuild, Secret, User};
use crate::id::{ApplicationId, ChannelId, GuildId, WebhookId};
use crate::json::object;

/// A [webhook](https://docs.discord.com/developers/resources/webhook#webhook-object).
///
/// Its [`token`](Webhook::token) lets anybody write through it, and stands in its `url`; neither is shown by `Debug`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// What it is for; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: WebhookType,
    /// Its guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Where it writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The name it writes under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The hash of the avatar it writes under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// What allows to write through it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// The application that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The guild of the channel it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_guild: Option<Box<PartialGuild>>,
    /// The channel it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_channel: Option<WebhookChannel>,
    /// The address to write to, where OAuth2 made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Secret>,
}

object! { Webhook {
    id: required, kind = "type", guild_id, channel_id, user, name, avatar, token, application_id,
    source_guild, source_channel, url,
} }

/// The channel that a webhook [follows](https://docs.discord.com/developers/resources/webhook#webhook-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WebhookChannel {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
}

object! { WebhookChannel {
    id: required, name,
} }

int_enum! {
    /// What a webhook is [for](https://docs.discord.com/developers/resources/webhook#webhook-object-webhook-types).
    WebhookType {
    INCOMING = 1,
    CHANNEL_FOLLOWER = 2,
    APPLICATION = 3,
    }
}
