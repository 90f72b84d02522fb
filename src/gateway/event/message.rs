use serde::Serialize;

use super::macros::wraps;
use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::json::object;
use crate::model::{List, Message};

wraps! {
    /// A message was sent: [MESSAGE_CREATE](https://docs.discord.com/developers/events/gateway-events#message-create).
    MessageCreate(Message);

    /// A message was changed: [MESSAGE_UPDATE](https://docs.discord.com/developers/events/gateway-events#message-update).
    ///
    /// It contains the whole message after the change. Discord also sends it when a link's preview is added.
    MessageUpdate(Message);
}

/// A message was deleted: [MESSAGE_DELETE](https://docs.discord.com/developers/events/gateway-events#message-delete).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageDelete {
    /// The message.
    pub id: MessageId,
    /// Its channel.
    pub channel_id: ChannelId,
    /// Its guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { MessageDelete {
    id: required, channel_id, guild_id,
} }

/// Many messages were deleted at once: [MESSAGE_DELETE_BULK](https://docs.discord.com/developers/events/gateway-events#message-delete-bulk).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageDeleteBulk {
    /// The messages.
    pub ids: List<MessageId>,
    /// Their channel.
    pub channel_id: ChannelId,
    /// Their guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { MessageDeleteBulk {
    ids, channel_id, guild_id,
} }

/// A user voted in a poll: [MESSAGE_POLL_VOTE_ADD](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-add).
///
/// In a poll with several answers per user there is one event for each answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessagePollVoteAdd {
    /// The user who voted.
    pub user_id: UserId,
    /// The poll's channel.
    pub channel_id: ChannelId,
    /// The poll's message.
    pub message_id: MessageId,
    /// The poll's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The ID of the answer.
    pub answer_id: u32,
}

object! { MessagePollVoteAdd {
    user_id, channel_id, message_id: required, guild_id, answer_id,
} }

/// A user removed a vote from a poll: [MESSAGE_POLL_VOTE_REMOVE](https://docs.discord.com/developers/events/gateway-events#message-poll-vote-remove).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessagePollVoteRemove {
    /// The user who voted.
    pub user_id: UserId,
    /// The poll's channel.
    pub channel_id: ChannelId,
    /// The poll's message.
    pub message_id: MessageId,
    /// The poll's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The ID of the answer.
    pub answer_id: u32,
}

object! { MessagePollVoteRemove {
    user_id, channel_id, message_id: required, guild_id, answer_id,
} }
