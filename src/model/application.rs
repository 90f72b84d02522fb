//! [Applications](https://docs.discord.com/developers/resources/application).

use serde::Serialize;

use super::open_enum::{flags, int_enum, string_enum};
use super::{List, Map, PartialGuild, Permissions, Team, User};
use crate::id::{ActivityLaunchId, ApplicationId, ChannelId, GuildId, SkuId, UserId};
use crate::json::object;

/// An [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Application {
    /// The application ID.
    pub id: ApplicationId,
    /// The name.
    pub name: String,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The description.
    pub description: String,
    /// The RPC origin URLs.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub rpc_origins: List<String>,
    /// Whether anyone can add the bot to guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_public: Option<bool>,
    /// Whether adding the bot requires the full OAuth2 code grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_require_code_grant: Option<bool>,
    /// The bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
    /// The URL of the terms of service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_of_service_url: Option<String>,
    /// The URL of the privacy policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy_policy_url: Option<String>,
    /// The owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Box<User>>,
    /// The public key for verifying the signatures of interactions received over HTTP.
    pub verify_key: String,
    /// The team that owns the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Box<Team>>,
    /// The ID of the associated guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The associated guild; a partial object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<PartialGuild>>,
    /// The ID of the game SKU, if the application is a game sold on Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
    /// The URL slug of the store page, if the application is a game sold on Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The hash of the cover image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// The flags up to bit 30.
    pub flags: ApplicationFlags,
    /// All flags, if Discord sends them.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "flags_in_text::serialize")]
    pub flags_new: Option<ApplicationFlags>,
    /// The approximate number of guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_guild_count: Option<u64>,
    /// The approximate number of users who have installed the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_user_install_count: Option<u64>,
    /// The approximate number of users who have authorized the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_user_authorization_count: Option<u64>,
    /// The OAuth2 redirect URIs.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub redirect_uris: List<String>,
    /// The URL for receiving interactions over HTTP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interactions_endpoint_url: Option<String>,
    /// The verification URL for linked roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_connections_verification_url: Option<String>,
    /// The URL for receiving webhook events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_webhooks_url: Option<String>,
    /// Whether webhook events are enabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_webhooks_status: Option<EventWebhooksStatus>,
    /// The types of webhook events.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub event_webhooks_types: List<WebhookEventType>,
    /// The tags, up to 5.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub tags: List<String>,
    /// The scopes and permissions for the default install link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install_params: Option<InstallParams>,
    /// The scopes and permissions for each installation context.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub integration_types_config: Map<ApplicationIntegrationType, IntegrationTypeConfig>,
    /// The custom install URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_install_url: Option<String>,
}

object! { Application {
    id: required, name, icon, description, rpc_origins, bot_public, bot_require_code_grant, bot,
    terms_of_service_url, privacy_policy_url, owner, verify_key, team, guild_id, guild, primary_sku_id, slug,
    cover_image, flags, flags_new: with(flags_in_text::read), approximate_guild_count,
    approximate_user_install_count, approximate_user_authorization_count, redirect_uris,
    interactions_endpoint_url, role_connections_verification_url, event_webhooks_url, event_webhooks_status,
    event_webhooks_types, tags, install_params, integration_types_config, custom_install_url,
} }

/// A partial [application](https://docs.discord.com/developers/resources/application#application-object), as in messages, invites and the event [`Ready`](crate::events::Ready).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PartialApplication {
    /// The application ID.
    pub id: ApplicationId,
    /// The name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The hash of the cover image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// The ID of the game SKU, if the application is a game sold on Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
    /// The flags up to bit 30.
    pub flags: ApplicationFlags,
    /// All flags, if Discord sends them.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "flags_in_text::serialize")]
    pub flags_new: Option<ApplicationFlags>,
    /// The bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
    /// Whether others can install the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_public: Option<bool>,
    /// Whether the bot joins only after the full OAuth2 code grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_require_code_grant: Option<bool>,
    /// The origins of RPC.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub rpc_origins: List<String>,
    /// The URL of the terms of service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_of_service_url: Option<String>,
    /// The URL of the privacy policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy_policy_url: Option<String>,
    /// The key to verify signed requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify_key: Option<String>,
    /// The ID of the guild of the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The slug of the store page, if the application is a game sold on Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The tags, up to 5.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub tags: List<String>,
    /// The scopes and permissions for the default install link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install_params: Option<InstallParams>,
    /// The scopes and permissions for each installation context.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub integration_types_config: Map<ApplicationIntegrationType, IntegrationTypeConfig>,
    /// The custom install URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_install_url: Option<String>,
}

object! { PartialApplication {
    id: required, name, icon, description, cover_image, primary_sku_id, flags,
    flags_new: with(flags_in_text::read), bot, bot_public, bot_require_code_grant, rpc_origins,
    terms_of_service_url, privacy_policy_url, verify_key, guild_id, slug, tags, install_params,
    integration_types_config, custom_install_url,
} }

/// Reads and writes `flags_new`: a decimal number in a string.
mod flags_in_text {
    use serde::Serializer;

    use super::ApplicationFlags;
    use crate::json::{Error, Read, Reader, Result};

    pub(super) fn serialize<S: Serializer>(
        flags: &Option<ApplicationFlags>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match flags {
            Some(flags) => serializer.collect_str(&flags.0),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Option<ApplicationFlags>> {
        if reader.peek()? == b'"' {
            let bits = reader.string()?.parse();
            return bits
                .map(|bits| Some(ApplicationFlags(bits)))
                .map_err(|_| Error::new("a string that is not a set of flags"));
        }
        Option::read(reader)
    }
}

/// The [install parameters](https://docs.discord.com/developers/resources/application#install-params-object) of an application.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InstallParams {
    /// The OAuth2 scopes.
    pub scopes: List<String>,
    /// The permissions of the bot's role.
    pub permissions: Permissions,
}

object! { InstallParams {
    scopes, permissions,
} }

impl InstallParams {
    /// Creates parameters with OAuth2 scopes and the permissions of the bot's role.
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>, permissions: Permissions) -> Self {
        InstallParams { scopes: scopes.into_iter().map(Into::into).collect(), permissions }
    }
}

impl From<InstallParams> for IntegrationTypeConfig {
    fn from(params: InstallParams) -> Self {
        IntegrationTypeConfig { oauth2_install_params: Some(params) }
    }
}

/// The [configuration of an installation context](https://docs.discord.com/developers/resources/application#application-object-application-integration-type-configuration-object): guild or user.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct IntegrationTypeConfig {
    /// The install parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth2_install_params: Option<InstallParams>,
}

object! { IntegrationTypeConfig {
    oauth2_install_params,
} }

/// A running [instance of an activity](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-instance-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ActivityInstance {
    /// The ID of the application.
    pub application_id: ApplicationId,
    /// The ID of the instance.
    pub instance_id: String,
    /// The ID of the launch.
    pub launch_id: ActivityLaunchId,
    /// The location.
    pub location: ActivityLocation,
    /// The IDs of the connected users.
    pub users: List<UserId>,
}

object! { ActivityInstance {
    application_id, instance_id: required, launch_id, location, users,
} }

/// The [location of an activity](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityLocation {
    /// The ID of the location.
    pub id: String,
    /// The kind of location.
    pub kind: ActivityLocationKind,
    /// The ID of the channel.
    pub channel_id: ChannelId,
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { ActivityLocation {
    id: required, kind, channel_id, guild_id,
} }

int_enum! {
    /// The [installation context](https://docs.discord.com/developers/resources/application#application-object-application-integration-types): for a guild or for a user.
    ApplicationIntegrationType {
    GUILD_INSTALL = 0,
    USER_INSTALL = 1,
    }
}

int_enum! {
    /// Whether [webhook events](https://docs.discord.com/developers/resources/application#application-object-application-event-webhook-status) are enabled.
    EventWebhooksStatus {
    DISABLED = 1,
    ENABLED = 2,
    DISABLED_BY_DISCORD = 3,
    }
}

string_enum! {
    /// The [type of a webhook event](https://docs.discord.com/developers/events/webhook-events#event-types).
    WebhookEventType {
    APPLICATION_AUTHORIZED = "APPLICATION_AUTHORIZED",
    APPLICATION_DEAUTHORIZED = "APPLICATION_DEAUTHORIZED",
    ENTITLEMENT_CREATE = "ENTITLEMENT_CREATE",
    ENTITLEMENT_UPDATE = "ENTITLEMENT_UPDATE",
    ENTITLEMENT_DELETE = "ENTITLEMENT_DELETE",
    QUEST_USER_ENROLLMENT = "QUEST_USER_ENROLLMENT",
    LOBBY_MESSAGE_CREATE = "LOBBY_MESSAGE_CREATE",
    LOBBY_MESSAGE_UPDATE = "LOBBY_MESSAGE_UPDATE",
    LOBBY_MESSAGE_DELETE = "LOBBY_MESSAGE_DELETE",
    GAME_DIRECT_MESSAGE_CREATE = "GAME_DIRECT_MESSAGE_CREATE",
    GAME_DIRECT_MESSAGE_UPDATE = "GAME_DIRECT_MESSAGE_UPDATE",
    GAME_DIRECT_MESSAGE_DELETE = "GAME_DIRECT_MESSAGE_DELETE",
    }
}

string_enum! {
    /// The [kind of an activity's location](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-kind-enum).
    ActivityLocationKind {
    GUILD_CHANNEL = "gc",
    PRIVATE_CHANNEL = "pc",
    }
}

flags! {
    /// The [application flags](https://docs.discord.com/developers/resources/application#application-object-application-flags).
    ApplicationFlags {
    APPLICATION_AUTO_MODERATION_RULE_CREATE_BADGE = 6,
    GATEWAY_PRESENCE = 12,
    GATEWAY_PRESENCE_LIMITED = 13,
    GATEWAY_GUILD_MEMBERS = 14,
    GATEWAY_GUILD_MEMBERS_LIMITED = 15,
    VERIFICATION_PENDING_GUILD_LIMIT = 16,
    EMBEDDED = 17,
    GATEWAY_MESSAGE_CONTENT = 18,
    GATEWAY_MESSAGE_CONTENT_LIMITED = 19,
    APPLICATION_COMMAND_BADGE = 23,
    }
}
