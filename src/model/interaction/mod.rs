//! [Interactions](https://docs.discord.com/developers/interactions/receiving-and-responding): what people do with commands, components and modals.

mod callback;
mod data;
mod modal;
mod owners;
mod resolved;

use std::any::type_name;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use callback::{
    ActivityInstanceResource, InteractionCallback, InteractionCallbackResource, InteractionCallbackResponse,
    InteractionCallbackType,
};
pub use data::{CommandData, CommandOption, ComponentData, InteractionData, OptionValue};
pub use modal::{
    ModalActionRow, ModalCheckbox, ModalComponent, ModalData, ModalFileUpload, ModalLabel, ModalRadioGroup,
    ModalTextDisplay, ModalTextInput, ModalValues,
};
pub use owners::IntegrationOwners;
pub use resolved::Resolved;
pub(crate) use resolved::chosen;

use super::open_enum::number;
use super::{
    Channel, Entitlement, List, Locale, Member, Message, PartialGuild, Permissions, Secret, User, lenient,
};
use crate::id::{ApplicationId, ChannelId, GuildId, InteractionId};

/// Somebody [used](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object) a command, a component or a modal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[non_exhaustive]
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// The application it is for.
    pub application_id: ApplicationId,
    /// What kind of interaction it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// What was used, and how; a ping has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<InteractionData>,
    /// The guild it comes from, in short.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub guild: Option<Box<PartialGuild>>,
    /// The guild it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel it comes from, in short.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub channel: Option<Box<Channel>>,
    /// The channel it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who caused it, in a guild; with the permissions in the channel.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub member: Option<Box<Member>>,
    /// Who caused it, outside of guilds; see [`invoking_user`](Interaction::invoking_user).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub user: Option<Box<User>>,
    /// What it is answered with, for 15 minutes; a secret.
    pub token: Secret,
    /// Always 1.
    #[serde(default)]
    pub version: u32,
    /// The message whose component was used.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub message: Option<Box<Message>>,
    /// What the application may do where it comes from.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub app_permissions: Permissions,
    /// The language of who caused it; a ping has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The guild's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_locale: Option<Locale>,
    /// What who caused it is entitled to.
    #[serde(default)]
    pub entitlements: List<Entitlement>,
    /// For whom the application was installed.
    #[serde(default)]
    pub authorizing_integration_owners: IntegrationOwners,
    /// Where it comes from: a guild, a direct message to the bot, or another direct one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<InteractionContextType>,
    /// How large the files of an answer may be, in bytes.
    #[serde(default)]
    pub attachment_size_limit: u64,
}

impl Interaction {
    /// Who caused it; a ping was caused by nobody.
    pub fn invoking_user(&self) -> Option<&User> {
        let member = self.member.as_ref().and_then(|member| member.user.as_deref());
        member.or(self.user.as_deref())
    }

    /// The command that was used or is being typed, if it is one.
    pub fn command(&self) -> Option<&CommandData> {
        match &self.data {
            Some(InteractionData::Command(data)) => Some(data),
            _ => None,
        }
    }

    /// The component that was used, if it is one.
    pub fn component(&self) -> Option<&ComponentData> {
        match &self.data {
            Some(InteractionData::Component(data)) => Some(data),
            _ => None,
        }
    }

    /// The modal that was sent, if it is one.
    pub fn modal(&self) -> Option<&ModalData> {
        match &self.data {
            Some(InteractionData::Modal(data)) => Some(data),
            _ => None,
        }
    }
}

// `remote = "Self"` has made functions of these names that read and write the fields one by one. What the
// data means is only known when all fields were read: `type` may follow it.
impl<'de> Deserialize<'de> for Interaction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut interaction = Interaction::deserialize(deserializer)?;
        if let Some(InteractionData::Unknown(raw)) = &interaction.data {
            match InteractionData::read(interaction.kind, raw) {
                Ok(Some(known)) => interaction.data = Some(known),
                Ok(None) => {}
                Err(problem) if lenient::salvaging() => {
                    lenient::count(type_name::<InteractionData>(), problem);
                }
                Err(problem) => return Err(serde::de::Error::custom(problem)),
            }
        }
        Ok(interaction)
    }
}

impl Serialize for Interaction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Interaction::serialize(self, serializer)
    }
}

number! {
    /// What [kind of interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type) it is.
    InteractionType {
    PING = 1,
    APPLICATION_COMMAND = 2,
    MESSAGE_COMPONENT = 3,
    APPLICATION_COMMAND_AUTOCOMPLETE = 4,
    MODAL_SUBMIT = 5,
    SOCIAL_LAYER_SKU_PURCHASE_ELIGIBILITY = 6,
    }
}

number! {
    /// [Where](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-context-types) an interaction comes from.
    InteractionContextType {
    GUILD = 0,
    BOT_DM = 1,
    PRIVATE_CHANNEL = 2,
    }
}
