use serde::Serialize;

use super::InteractionType;
use crate::id::{ChannelId, GuildId, InteractionId, MessageId};
use crate::json::object;
use crate::model::Message;
use crate::model::open_enum::int_enum;

/// The [response of Discord](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object) to an interaction callback.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InteractionCallbackResponse {
    /// The interaction that the callback responded to.
    pub interaction: InteractionCallback,
    /// What the callback created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<InteractionCallbackResource>,
}

object! { InteractionCallbackResponse {
    interaction, resource,
} }

/// The [interaction that a callback responded to](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InteractionCallback {
    /// The interaction ID.
    pub id: InteractionId,
    /// The type of interaction; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: InteractionType,
    /// The instance ID of the activity that was launched or joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_instance_id: Option<String>,
    /// The ID of the created message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_message_id: Option<MessageId>,
    /// Whether the message is in a loading state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_message_loading: Option<bool>,
    /// Whether the message is ephemeral.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_message_ephemeral: Option<bool>,
    /// The ID of the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { InteractionCallback {
    id: required, kind = "type", activity_instance_id, response_message_id,
    response_message_loading, response_message_ephemeral, channel_id, guild_id,
} }

/// The [resource that a callback created](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-resource-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InteractionCallbackResource {
    /// The type of the callback; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: InteractionCallbackType,
    /// The launched activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_instance: Option<ActivityInstanceResource>,
    /// The created or updated message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
}

object! { InteractionCallbackResource {
    kind = "type", activity_instance, message,
} }

/// A [launched activity](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-activity-instance-resource).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityInstanceResource {
    /// The instance ID of the activity.
    pub id: String,
}

object! { ActivityInstanceResource {
    id: required,
} }

int_enum! {
    /// The [type of an interaction callback](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type): how the bot responds.
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
