use serde::Serialize;

use crate::id::{InteractionId, MessageId};
use crate::json::object;
use crate::model::{IntegrationOwners, InteractionType, PartialMember, User};

/// Information about the [interaction that a message responds to](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object): a command, a component or a modal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InteractionMetadata {
    /// The ID of the interaction.
    pub id: InteractionId,
    /// The type of interaction; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// The user who triggered the interaction.
    pub user: Box<User>,
    /// The guild and user that the application is installed for.
    pub authorizing_integration_owners: IntegrationOwners,
    /// The ID of the original response message; only in follow-up messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_response_message_id: Option<MessageId>,
    /// The target of a user command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_user: Option<Box<User>>,
    /// The target of a message command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_message_id: Option<MessageId>,
    /// The ID of the message that contains the component.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interacted_message_id: Option<MessageId>,
    /// Information about the interaction that opened the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggering_interaction_metadata: Option<Box<InteractionMetadata>>,
}

object! { InteractionMetadata {
    id: required, kind = "type", user, authorizing_integration_owners,
    original_response_message_id, target_user, target_message_id, interacted_message_id,
    triggering_interaction_metadata,
} }

/// The [older form](https://docs.discord.com/developers/interactions/receiving-and-responding#message-interaction-object) of [`InteractionMetadata`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageInteraction {
    /// The ID of the interaction.
    pub id: InteractionId,
    /// The type of interaction; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// The name of the command, including subcommands.
    pub name: String,
    /// The user who triggered the interaction.
    pub user: Box<User>,
    /// That user as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<PartialMember>>,
}

object! { MessageInteraction {
    id: required, kind = "type", name, user, member,
} }
