//! [Applications](https://docs.discord.com/developers/resources/application).

use serde::{Deserialize, Serialize};

use super::open_enum::{flags, number, text};
use super::{List, Map, PartialGuild, Permissions, Team, User, lenient};
use crate::id::{ActivityLaunchId, ApplicationId, ChannelId, GuildId, SkuId, UserId};

/// An [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Application {
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
    /// From where RPC may come.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub rpc_origins: List<String>,
    /// Whether anybody may add it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_public: Option<bool>,
    /// Whether adding it takes the whole OAuth2 code grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_require_code_grant: Option<bool>,
    /// Its bot user.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub bot: Option<Box<User>>,
    /// Where its terms of service are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_of_service_url: Option<String>,
    /// Where its privacy policy is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_policy_url: Option<String>,
    /// Who owns it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub owner: Option<Box<User>>,
    /// The key for the signatures of interactions sent over HTTP.
    #[serde(default)]
    pub verify_key: String,
    /// The team that owns it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub team: Option<Box<Team>>,
    /// The guild it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The guild it belongs to, in short.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub guild: Option<Box<PartialGuild>>,
    /// What is sold, if it is a game that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
    /// Where it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The hash of its cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// Flags up to bit 30.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: ApplicationFlags,
    /// All flags, where Discord sends them.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "flags_in_text")]
    pub flags_new: Option<ApplicationFlags>,
    /// In how many guilds it is, about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approximate_guild_count: Option<u64>,
    /// How many users have installed it, about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approximate_user_install_count: Option<u64>,
    /// How many users have authorised it, about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approximate_user_authorization_count: Option<u64>,
    /// Where OAuth2 may lead back to.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub redirect_uris: List<String>,
    /// Where interactions are sent over HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interactions_endpoint_url: Option<String>,
    /// Where linked roles are verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_connections_verification_url: Option<String>,
    /// Where webhook events are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_webhooks_url: Option<String>,
    /// Whether webhook events are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_webhooks_status: Option<EventWebhooksStatus>,
    /// Which webhook events are sent.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub event_webhooks_types: List<String>,
    /// What it is about, in up to five words.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub tags: List<String>,
    /// What it asks for when it is installed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub install_params: Option<InstallParams>,
    /// What it asks for, by whom it is installed for.
    #[serde(default, skip_serializing_if = "Map::was_empty")]
    pub integration_types_config: Map<ApplicationIntegrationType, IntegrationTypeConfig>,
    /// Where it is installed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_install_url: Option<String>,
}

/// What a message, an invitation or [`Ready`](crate::events::Ready) tells of an [application](https://docs.discord.com/developers/resources/application#application-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PartialApplication {
    /// Its id.
    pub id: ApplicationId,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The hash of its icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What it says about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The hash of its cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_image: Option<String>,
    /// What is sold, if it is a game that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_sku_id: Option<SkuId>,
    /// Flags up to bit 30.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: ApplicationFlags,
    /// Its bot user.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub bot: Option<Box<User>>,
}

/// `flags_new` is a decimal number in a string.
mod flags_in_text {
    use serde::{Deserializer, Serializer};

    use super::ApplicationFlags;
    use crate::model::lenient;

    pub(super) fn serialize<S: Serializer>(
        flags: &Option<ApplicationFlags>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match flags {
            Some(flags) => serializer.collect_str(&flags.0),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<ApplicationFlags>, D::Error> {
        let text = lenient::text_or_number(deserializer)?;
        Ok(text.and_then(|text| text.parse().ok()).map(ApplicationFlags))
    }
}

/// What an application [asks for](https://docs.discord.com/developers/resources/application#install-params-object) when it is installed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InstallParams {
    /// OAuth2 scopes.
    #[serde(default)]
    pub scopes: List<String>,
    /// Permissions of the bot's role.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub permissions: Permissions,
}

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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntegrationTypeConfig {
    /// What it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub oauth2_install_params: Option<InstallParams>,
}

/// An [activity of the application](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-instance-object) that is running somewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    #[serde(default)]
    pub users: List<UserId>,
}

/// [Where](https://docs.discord.com/developers/resources/application#get-application-activity-instance-activity-location-object) an activity runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivityLocation {
    /// The location's id.
    pub id: String,
    /// What kind of place it is.
    #[serde(default)]
    pub kind: ActivityLocationKind,
    /// The channel.
    pub channel_id: ChannelId,
    /// The guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

number! {
    /// [For whom](https://docs.discord.com/developers/resources/application#application-object-application-integration-types) an application is installed.
    ApplicationIntegrationType {
    GUILD_INSTALL = 0,
    USER_INSTALL = 1,
    }
}

number! {
    /// Whether [webhook events](https://docs.discord.com/developers/resources/application#application-object-application-event-webhook-status) are sent.
    EventWebhooksStatus {
    DISABLED = 1,
    ENABLED = 2,
    DISABLED_BY_DISCORD = 3,
    }
}

text! {
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
