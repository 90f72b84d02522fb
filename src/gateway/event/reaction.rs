use serde::{Deserialize, Serialize};

use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::model::{Emoji, List, Member, ReactionType, lenient};

/// Somebody reacted: [MESSAGE_REACTION_ADD](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageReactionAdd {
    /// Who reacted.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Who reacted, as a member of the guild.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub member: Option<Box<Member>>,
    /// With what.
    pub emoji: Emoji,
    /// Who wrote the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_author_id: Option<UserId>,
    /// Whether it is a super reaction.
    #[serde(default)]
    pub burst: bool,
    /// The colours of a super reaction, such as `#1abc9c`.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub burst_colors: List<String>,
    /// In which way; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: ReactionType,
}

/// A reaction was taken back: [MESSAGE_REACTION_REMOVE](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageReactionRemove {
    /// Whose reaction it was.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// What it was.
    pub emoji: Emoji,
    /// Whether it was a super reaction.
    #[serde(default)]
    pub burst: bool,
    /// In which way; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: ReactionType,
}

/// All reactions to a message were removed: [MESSAGE_REACTION_REMOVE_ALL](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-all).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageReactionRemoveAll {
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

/// All reactions with one emoji were removed: [MESSAGE_REACTION_REMOVE_EMOJI](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove-emoji).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageReactionRemoveEmoji {
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The emoji.
    pub emoji: Emoji,
}
