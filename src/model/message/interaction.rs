use serde::{Deserialize, Serialize};

use crate::id::{InteractionId, MessageId};
use crate::model::{IntegrationOwners, InteractionType, Member, User, lenient};

/// What a message [answers](https://docs.discord.com/developers/resources/message#message-interaction-metadata-object): a command, a component or a modal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InteractionMetadata {
    /// The interaction's id.
    pub id: InteractionId,
    /// What kind of interaction it was; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: InteractionType,
    /// Who caused it.
    pub user: Box<User>,
    /// For whom the application was installed.
    #[serde(default)]
    pub authorizing_integration_owners: IntegrationOwners,
    /// The first answer; only in later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_response_message_id: Option<MessageId>,
    /// The user that a user command was used on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub target_user: Option<Box<User>>,
    /// The message that a message command was used on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_message_id: Option<MessageId>,
    /// The message whose component was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interacted_message_id: Option<MessageId>,
    /// What opened the modal.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub triggering_interaction_metadata: Option<Box<InteractionMetadata>>,
}

/// The older form of what a message [answers](https://docs.discord.com/developers/interactions/receiving-and-responding#message-interaction-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageInteraction {
    /// The interaction's id.
    pub id: InteractionId,
    /// What kind of interaction it was; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: InteractionType,
    /// The command's name, with those of its groups.
    #[serde(default)]
    pub name: String,
    /// Who used it.
    pub user: Box<User>,
    /// Who used it, as a member of the guild.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub member: Option<Box<Member>>,
}
