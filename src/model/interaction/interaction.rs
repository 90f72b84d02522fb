use serde::Serialize;

use super::{
    CommandData, ComponentData, IntegrationOwners, InteractionContextType, InteractionData, InteractionType,
    ModalData,
};
use crate::id::{ApplicationId, ChannelId, GuildId, InteractionId};
use crate::json::{self, Object, Read, Reader, object};
use crate::model::{
    Channel, Entitlement, List, Locale, Member, Message, PartialGuild, Permissions, Secret, User,
};

/// An [interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object): a user invoked a command, used a component or submitted a modal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Interaction {
    /// The interaction ID.
    pub id: InteractionId,
    /// The ID of the application that the interaction is for.
    pub application_id: ApplicationId,
    /// The type of interaction; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// The data of the command, component or modal; missing in pings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<InteractionData>,
    /// The guild that the interaction was sent from; a partial object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<PartialGuild>>,
    /// The ID of the guild that the interaction was sent from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel that the interaction was sent from; a partial object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Box<Channel>>,
    /// The ID of the channel that the interaction was sent from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The invoking user as a member, with the permissions in the channel; only in guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The invoking user; only outside of guilds. See [`invoking_user`](Interaction::invoking_user).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The token for responding to the interaction. It is secret and valid for 15 minutes.
    pub token: Secret,
    /// Always 1.
    pub version: u32,
    /// The message that contains the used component.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
    /// The permissions of the application where the interaction was sent from.
    pub app_permissions: Permissions,
    /// The language of the invoking user; missing in pings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The preferred locale of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_locale: Option<Locale>,
    /// The entitlements of the invoking user.
    pub entitlements: List<Entitlement>,
    /// The guild and user that the application is installed for.
    pub authorizing_integration_owners: IntegrationOwners,
    /// Where the interaction was triggered: a guild, a direct message with the bot, or another direct message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<InteractionContextType>,
    /// The maximum size of an attachment in bytes.
    pub attachment_size_limit: u64,
}

object! { Interaction {
    id: required, application_id, kind = "type": elsewhere, data: elsewhere, guild, guild_id, channel,
    channel_id, member, user, token, version, message, app_permissions, locale, guild_locale,
    entitlements, authorizing_integration_owners, context, attachment_size_limit,
} => read_interaction }

/// Reads an interaction. Its data is read by its type, which may follow the data. If there are two types, the last one
/// counts, also in the header of the interaction.
fn read_interaction(reader: &mut Reader<'_>) -> json::Result<Interaction> {
    let (mut kind, mut data, mut read_by, mut place) = (None, None, None, None);
    let mut interaction = Interaction::read_object(reader, &mut |name, reader| {
        match (name, kind) {
            ("type", _) => reader.field(&mut kind, "type", |reader| Read::read(reader).map(Some))?,
            ("data", kind) => {
                (place, read_by) = (Some(reader.mark()), kind);
                match kind {
                    Some(kind) => {
                        reader.field(&mut data, "data", |reader| InteractionData::read_kind(kind, reader))?;
                    }
                    None => reader.skip()?,
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    interaction.kind = kind.unwrap_or_default();
    if let Some(mark) = place.filter(|_| read_by != Some(interaction.kind)) {
        reader.read_at(mark, |reader| {
            reader.field(&mut data, "data", |reader| InteractionData::read_kind(interaction.kind, reader))
        })?;
    }
    interaction.data = data;
    Ok(interaction)
}

impl Interaction {
    /// Returns the user who triggered the interaction; `None` for pings.
    pub fn invoking_user(&self) -> Option<&User> {
        let member = self.member.as_ref().map(|member| &member.user);
        member.or(self.user.as_deref())
    }

    /// Returns the data of a command.
    pub fn command(&self) -> Option<&CommandData> {
        match &self.data {
            Some(InteractionData::Command(data)) => Some(data),
            _ => None,
        }
    }

    /// Returns the data of a message component.
    pub fn component(&self) -> Option<&ComponentData> {
        match &self.data {
            Some(InteractionData::Component(data)) => Some(data),
            _ => None,
        }
    }

    /// Returns the data of a submitted modal.
    pub fn modal(&self) -> Option<&ModalData> {
        match &self.data {
            Some(InteractionData::Modal(data)) => Some(data),
            _ => None,
        }
    }
}
