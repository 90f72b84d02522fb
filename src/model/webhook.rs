//! [Webhooks](https://docs.discord.com/developers/resources/webhook).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{PartialGuild, Secret, User};
use crate::id::{ApplicationId, ChannelId, GuildId, WebhookId};
use crate::json::object;

/// A [webhook](https://docs.discord.com/developers/resources/webhook#webhook-object).
///
/// Anyone with the [`token`](Webhook::token) can post through the webhook. The `url` contains it. `Debug` hides both.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Webhook {
    /// The webhook ID.
    pub id: WebhookId,
    /// The type of webhook; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: WebhookType,
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The ID of the channel that the webhook posts to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The user who created the webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The default name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The hash of the default avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The token; only for incoming webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// The ID of the application that created the webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The guild of the followed channel; only for channel follower webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_guild: Option<Box<PartialGuild>>,
    /// The followed channel; only for channel follower webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_channel: Option<WebhookChannel>,
    /// The URL for executing the webhook; only from OAuth2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Secret>,
}

object! { Webhook {
    id: required, kind = "type", guild_id, channel_id, user, name, avatar, token, application_id,
    source_guild, source_channel, url,
} }

/// The channel that a [webhook follows](https://docs.discord.com/developers/resources/webhook#webhook-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WebhookChannel {
    /// The channel ID.
    pub id: ChannelId,
    /// The channel name.
    pub name: String,
}

object! { WebhookChannel {
    id: required, name,
} }

int_enum! {
    /// The [type of a webhook](https://docs.discord.com/developers/resources/webhook#webhook-object-webhook-types).
    WebhookType {
    INCOMING = 1,
    CHANNEL_FOLLOWER = 2,
    APPLICATION = 3,
    }
}
