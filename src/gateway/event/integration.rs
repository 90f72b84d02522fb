use serde::Serialize;

use super::macros::wraps;
use crate::id::{ApplicationId, ChannelId, GuildId, IntegrationId};
use crate::json::object;
use crate::model::{Integration, Invite};

wraps! {
    /// An integration was created: [INTEGRATION_CREATE](https://docs.discord.com/developers/events/gateway-events#integration-create).
    IntegrationCreate(Integration);

    /// An integration was changed: [INTEGRATION_UPDATE](https://docs.discord.com/developers/events/gateway-events#integration-update).
    IntegrationUpdate(Integration);

    /// An invite was created: [INVITE_CREATE](https://docs.discord.com/developers/events/gateway-events#invite-create).
    InviteCreate(Invite);
}

/// An integration was deleted: [INTEGRATION_DELETE](https://docs.discord.com/developers/events/gateway-events#integration-delete).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IntegrationDelete {
    /// The integration.
    pub id: IntegrationId,
    /// The guild.
    pub guild_id: GuildId,
    /// The application of a bot or webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
}

object! { IntegrationDelete {
    id: required, guild_id, application_id,
} }

/// A guild's integrations were changed: [GUILD_INTEGRATIONS_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-integrations-update).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildIntegrationsUpdate {
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildIntegrationsUpdate {
    guild_id: required,
} }

/// An invite was deleted: [INVITE_DELETE](https://docs.discord.com/developers/events/gateway-events#invite-delete).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InviteDelete {
    /// The channel.
    pub channel_id: ChannelId,
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The invite's code.
    pub code: String,
}

object! { InviteDelete {
    channel_id, guild_id, code: required,
} }

/// A channel's webhooks were changed: [WEBHOOKS_UPDATE](https://docs.discord.com/developers/events/gateway-events#webhooks-update).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WebhooksUpdate {
    /// The guild.
    pub guild_id: GuildId,
    /// The channel.
    pub channel_id: ChannelId,
}

object! { WebhooksUpdate {
    guild_id, channel_id: required,
} }
