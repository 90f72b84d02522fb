use serde::Serialize;

use super::{
    CommandData, ComponentData, IntegrationOwners, InteractionContextType, InteractionData, InteractionType,
    ModalData,
};
use crate::id::{ApplicationId, ChannelId, GuildId, InteractionId};
use crate::json::{self, object};
use crate::model::{
    Channel, Entitlement, List, Locale, Member, Message, PartialGuild, Permissions, Secret, User,
};

/// Somebody [used](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object) a command, a component or a modal.
#[derive(Clone, Debug, Serialize)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<InteractionData>,
    /// The guild it comes from, in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<PartialGuild>>,
    /// The guild it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel it comes from, in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Box<Channel>>,
    /// The channel it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who caused it, in a guild; with the permissions in the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// Who caused it, outside of guilds; see [`invoking_user`](Interaction::invoking_user).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// What it is answered with, for 15 minutes; a secret.
    pub token: Secret,
    /// Always 1.
    pub version: u32,
    /// The message whose component was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
    /// What the application may do where it comes from.
    pub app_permissions: Permissions,
    /// The language of who caused it; a ping has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The guild's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_locale: Option<Locale>,
    /// What who caused it is entitled to.
    pub entitlements: List<Entitlement>,
    /// For whom the application was installed.
    pub authorizing_integration_owners: IntegrationOwners,
    /// Where it comes from: a guild, a direct message to the bot, or another direct one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<InteractionContextType>,
    /// How large the files of an answer may be, in bytes.
    pub attachment_size_limit: u64,
}

object! { Interaction {
    id: required, application_id: required, kind = "type": required, data, guild, guild_id, channel,
    channel_id, member, user, token: required, version, message, app_permissions, locale, guild_locale,
    entitlements, authorizing_integration_owners, context, attachment_size_limit,
} => read_data }

/// Reads the data of an interaction. This is only possible when all fields were read, since `type` may follow
/// `data`. What cannot be read stays as it was sent.
fn read_data(mut interaction: Interaction) -> Interaction {
    let Some(InteractionData::Unknown(raw)) = &interaction.data else { return interaction };
    let data = match interaction.kind {
        InteractionType::APPLICATION_COMMAND | InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE => {
            json::read(raw.get()).map(InteractionData::Command)
        }
        InteractionType::MESSAGE_COMPONENT => json::read(raw.get()).map(InteractionData::Component),
        InteractionType::MODAL_SUBMIT => json::read(raw.get()).map(InteractionData::Modal),
        _ => return interaction,
    };
    match data {
        Ok(data) => interaction.data = Some(data),
        Err(error) => json::count("data", &error),
    }
    interaction
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
