use serde::Serialize;

use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::json::object;
use crate::model::{Emoji, List, Member, ReactionType};

/// A user added a reaction to a message: [MESSAGE_REACTION_ADD](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageReactionAdd {
    /// The user who added the reaction.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The user as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The emoji.
    pub emoji: Emoji,
    /// The author of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_author_id: Option<UserId>,
    /// Whether it is a super reaction.
    pub burst: bool,
    /// The colours of a super reaction, such as `#1abc9c`.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub burst_colors: List<String>,
    /// The kind of reaction; Discord's field `type`.
    #[serde(rename = "type")]
    pub kind: ReactionType,
}

object! { MessageReactionAdd {
    user_id, channel_id, message_id: required, guild_id, member, emoji,
    message_author_id, burst, burst_colors, kind = "type",
} }

/// A user's reaction was removed: [MESSAGE_REACTION_REMOVE](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageReactionRemove {
    /// The user whose reaction was removed.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The emoji.
    pub emoji: Emoji,
    /// Whether it was a super reaction.
    pub burst: bool,
    /// The kind of reaction; Discord's field `type`.
    #[serde(rename = "type")]
    pub kind: ReactionType,
}

object! { MessageReactionRemove {
    user_id, channel_id, message_id: required, guild_id, emoji, burst,
    kind = "type",
} }

/// All reactions to a message were removed: [MESSAGE_REACTION_REMOVE_ALL](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-all).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageReactionRemoveAll {
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { MessageReactionRemoveAll {
    channel_id, message_id: required, guild_id,
} }

/// All reactions with one emoji were removed: [MESSAGE_REACTION_REMOVE_EMOJI](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-emoji).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageReactionRemoveEmoji {
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The emoji.
    pub emoji: Emoji,
}

object! { MessageReactionRemoveEmoji {
    channel_id, message_id: required, guild_id, emoji,
} }
