//! [Applications](https://docs.discord.com/developers/resources/application).

use serde::Serialize;

use super::open_enum::{flags, int_enum, string_enum};
use super::{List, Map, PartialGuild, Permissions, Team, User};
use crate::id::{ActivityLaunchId, ApplicationId, ChannelId, GuildId, SkuId, UserId};
use crate::json::object;

/// An [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// Its name.
    pub name: String,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it says about itself.
    pub description: String,
    /// From where RPC may come.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub rpc_origins: List<String>,
    /// Whether anybody may add it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_public: Option<bool>,
    /// Whether adding it takes the whole OAuth2 code grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_require_code_grant: Option<bool>,
    /// Its bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
    /// Where its terms of service are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms_of_service_url: Option<String>,
    /// Where its privacy policy is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy_policy_url: Option<String>,
    /// Who owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Box<User>>,
    /// The key for the signatures of interactions sent over HTTP.
    pub verify_key: String,
    /// The team that owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Box<Team>>,
    /// The guild it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The guild it belongs to, in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<PartialGuild>>,
    /// What is sold, if it is a game that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
    /// Where it is sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The hash of its cover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// Flags up to bit 30.
    pub flags: ApplicationFlags,
    /// All flags, where Discord sends them.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "flags_in_text::serialize")]
    pub flags_new: Option<ApplicationFlags>,
    /// In how many guilds it is, about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_guild_count: Option<u64>,
    /// How many users have installed it, about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_user_install_count: Option<u64>,
    /// How many users have authorised it, about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_user_authorization_count: Option<u64>,
    /// Where OAuth2 may lead back to.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub redirect_uris: List<String>,
    /// Where interactions are sent over HTTP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interactions_endpoint_url: Option<String>,
    /// Where linked roles are verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_connections_verification_url: Option<String>,
    /// Where webhook events are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_webhooks_url: Option<String>,
    /// Whether webhook events are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_webhooks_status: Option<EventWebhooksStatus>,
    /// Which webhook events are sent.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub event_webhooks_types: List<String>,
    /// What it is about, in up to five words.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub tags: List<String>,
    /// What it asks for when it is installed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install_params: Option<InstallParams>,
    /// What it asks for, by whom it is installed for.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub integration_types_config: Map<ApplicationIntegrationType, IntegrationTypeConfig>,
    /// Where it is installed from.
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

/// What a message, an invitation or [`Ready`](crate::events::Ready) tells of an [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PartialApplication {
    /// Its id.
    pub id: ApplicationId,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it says about itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The hash of its cover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// What is sold, if it is a game that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
    /// Flags up to bit 30.
    pub flags: ApplicationFlags,
    /// Its bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Box<User>>,
}

object! { PartialApplication {
    id: required, name, icon, description, cover_image, primary_sku_id, flags, bot,
} }

/// `flags_new` is a decimal number in a string.
mod flags_in_text {
    use serde::Serializer;

    use super::ApplicationFlags;
    use crate::json::{Read, Reader, Result};

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
            return Ok(reader.string()?.parse().ok().map(ApplicationFlags));
        }
        Option::read(reader)
    }
}

/// What an application [asks for](https://docs.discord.com/developers/resources/application#install-params-object) when it is installed.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct InstallParams {
    /// OAuth2 scopes.
    pub scopes: List<String>,
    /// Permissions of the bot's role.
    pub permissions: Permissions,
}

object! { InstallParams {
    scopes, permissions,
} }

impl InstallParams {
    /// These OAuth2 scopes, and these permissions for the bot's role.
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>, permissions: Permissions) -> Self {
        InstallParams { scopes: scopes.into_iter().map(Into::into).collect(), permissions }
    }
}

impl From<InstallParams> for IntegrationTypeConfig {
    fn from(params: InstallParams) -> Self {
        IntegrationTypeConfig { oauth2_install_params: Some(params) }
    }
}

/// What an application asks for when it is installed for [a guild or a user](https://docs.discord.com/developers/resources/application#application-object-application-integration-type-configuration-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct IntegrationTypeConfig {
    /// What it asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth2_install_params: Option<InstallParams>,
}

object! { IntegrationTypeConfig {
    oauth2_install_params,
} }

/// An [activity of the application](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-instance-object) that is running somewhere.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ActivityInstance {
    /// The application.
    pub application_id: ApplicationId,
    /// The instance's id.
    pub instance_id: String,
    /// The launch's id.
    pub launch_id: ActivityLaunchId,
    /// Where it runs.
    pub location: ActivityLocation,
    /// Who takes part.
    pub users: List<UserId>,
}

object! { ActivityInstance {
    application_id: required, instance_id: required, launch_id: required, location: required, users,
} }

/// [Where](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-object) an activity runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityLocation {
    /// The location's id.
    pub id: String,
    /// What kind of place it is.
    pub kind: ActivityLocationKind,
    /// The channel.
    pub channel_id: ChannelId,
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { ActivityLocation {
    id: required, kind, channel_id: required, guild_id,
} }

int_enum! {
    /// [For whom](https://docs.discord.com/developers/resources/application#application-object-application-integration-types) an application is installed.
    ApplicationIntegrationType {
    GUILD_INSTALL = 0,
    USER_INSTALL = 1,
    }
}

int_enum! {
    /// Whether [webhook events](https://docs.discord.com/developers/resources/application#application-object-application-event-webhook-status) are sent.
    EventWebhooksStatus {
    DISABLED = 1,
    ENABLED = 2,
    DISABLED_BY_DISCORD = 3,
    }
}

string_enum! {
    /// What [kind of place](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-kind-enum) an activity runs in.
    ActivityLocationKind {
    GUILD_CHANNEL = "gc",
    PRIVATE_CHANNEL = "pc",
    }
}

flags! {
    /// [Application flags](https://docs.discord.com/developers/resources/application#application-object-application-flags).
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
