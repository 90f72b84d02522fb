//! [Applications](https://docs.discord.com/developers/resources/application).

use serde::{Deserialize, Serialize};

use super::User;
use super::lenient;
use super::number::{self, flags};
use crate::id::{ApplicationId, GuildId};

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
    #[serde(default)]
    pub icon: Option<String>,
    /// What it says about itself.
    #[serde(default)]
    pub description: String,
    /// Whether anybody may add it.
    #[serde(default)]
    pub bot_public: Option<bool>,
    /// Its bot user.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub bot: Option<Box<User>>,
    /// Who owns it.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub owner: Option<Box<User>>,
    /// The key for the signatures of interactions sent over HTTP.
    #[serde(default)]
    pub verify_key: String,
    /// The guild it belongs to.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// Flags up to bit 30.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: ApplicationFlags,
    /// All flags, where Discord sends them.
    #[serde(default, with = "number::in_text", skip_serializing_if = "Option::is_none")]
    pub flags_new: Option<ApplicationFlags>,
    /// In how many guilds it is, about.
    #[serde(default)]
    pub approximate_guild_count: Option<u64>,
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
