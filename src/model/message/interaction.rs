use serde::Serialize;

use crate::id::{InteractionId, MessageId};
use crate::json::object;
use crate::model::{IntegrationOwners, InteractionType, Member, User};

/// What a message [answers](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object): a command, a component or a modal.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct InteractionMetadata {
    /// The interaction's id.
    pub id: InteractionId,
    /// What kind of interaction it was; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// Who caused it.
    pub user: Box<User>,
    /// For whom the application was installed.
    pub authorizing_integration_owners: IntegrationOwners,
    /// The first answer; only in later ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_response_message_id: Option<MessageId>,
    /// The user that a user command was used on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_user: Option<Box<User>>,
    /// The message that a message command was used on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_message_id: Option<MessageId>,
    /// The message whose component was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interacted_message_id: Option<MessageId>,
    /// What opened the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggering_interaction_metadata: Option<Box<InteractionMetadata>>,
}

object! { InteractionMetadata {
    id: required, kind = "type", user: required, authorizing_integration_owners,
    original_response_message_id, target_user, target_message_id, interacted_message_id,
    triggering_interaction_metadata,
} }

/// The older form of what a message [answers](https://docs.discord.com/developers/interactions/receiving-and-responding#message-interaction-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MessageInteraction {
    /// The interaction's id.
    pub id: InteractionId,
    /// What kind of interaction it was; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// The command's name, with those of its groups.
    pub name: String,
    /// Who used it.
    pub user: Box<User>,
    /// Who used it, as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
}

object! { MessageInteraction {
    id: required, kind = "type", name, user: required, member,
} }
