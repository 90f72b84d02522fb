use serde::Serialize;

use super::InteractionType;
use crate::id::{InteractionId, MessageId};
use crate::json::object;
use crate::model::Message;
use crate::model::open_enum::number;

/// What Discord says to an [answer](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct InteractionCallbackResponse {
    /// The interaction that was answered.
    pub interaction: InteractionCallback,
    /// What the answer has made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<InteractionCallbackResource>,
}

object! { InteractionCallbackResponse {
    interaction: required, resource,
} }

/// An interaction [that was answered](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InteractionCallback {
    /// Its id.
    pub id: InteractionId,
    /// What kind of interaction it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// The activity that was launched or joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_instance_id: Option<String>,
    /// The message that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_message_id: Option<MessageId>,
    /// Whether that message still says that the bot is thinking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_message_loading: Option<bool>,
    /// Whether that message is shown to one user only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_message_ephemeral: Option<bool>,
}

object! { InteractionCallback {
    id: required, kind = "type": required, activity_instance_id, response_message_id,
    response_message_loading, response_message_ephemeral,
} }

/// What an answer [has made](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-resource-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct InteractionCallbackResource {
    /// How it was answered; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: InteractionCallbackType,
    /// The activity that was launched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_instance: Option<ActivityInstanceResource>,
    /// The message that was made or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
}

object! { InteractionCallbackResource {
    kind = "type": required, activity_instance, message,
} }

/// An [activity that was launched](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-activity-instance-resource).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityInstanceResource {
    /// Its id.
    pub id: String,
}

object! { ActivityInstanceResource {
    id: required,
} }

number! {
    /// How an interaction [is answered](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
    InteractionCallbackType {
    PONG = 1,
    CHANNEL_MESSAGE_WITH_SOURCE = 4,
    DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE = 5,
    DEFERRED_UPDATE_MESSAGE = 6,
    UPDATE_MESSAGE = 7,
    APPLICATION_COMMAND_AUTOCOMPLETE_RESULT = 8,
    MODAL = 9,
    PREMIUM_REQUIRED = 10,
    LAUNCH_ACTIVITY = 12,
    SOCIAL_LAYER_SKU_PURCHASE_ELIGIBILITY = 13,
    }
}
