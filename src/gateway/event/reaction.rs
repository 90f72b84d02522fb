use serde::Serialize;

use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::json::object;
use crate::model::{Emoji, List, Member, ReactionType};

/// Somebody reacted: [MESSAGE_REACTION_ADD](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MessageReactionAdd {
    /// Who reacted.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Who reacted, as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// With what.
    pub emoji: Emoji,
    /// Who wrote the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_author_id: Option<UserId>,
    /// Whether it is a super reaction.
    pub burst: bool,
    /// The colours of a super reaction, such as `#1abc9c`.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub burst_colors: List<String>,
    /// In which way; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ReactionType,
}

object! { MessageReactionAdd {
    user_id: required, channel_id: required, message_id: required, guild_id, member, emoji: required,
    message_author_id, burst, burst_colors, kind = "type",
} }

/// A reaction was taken back: [MESSAGE_REACTION_REMOVE](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MessageReactionRemove {
    /// Whose reaction it was.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// What it was.
    pub emoji: Emoji,
    /// Whether it was a super reaction.
    pub burst: bool,
    /// In which way; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ReactionType,
}

object! { MessageReactionRemove {
    user_id: required, channel_id: required, message_id: required, guild_id, emoji: required, burst,
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
    channel_id: required, message_id: required, guild_id,
} }

/// All reactions with one emoji were removed: [MESSAGE_REACTION_REMOVE_EMOJI](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-emoji).
#[derive(Clone, Debug, Serialize)]
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
    channel_id: required, message_id: required, guild_id, emoji: required,
} }
