use serde::Serialize;

use super::{Attachment, MessageFlags, MessageType, UserMention};
use crate::id::{ChannelId, GuildId, MessageId, RoleId};
use crate::json::object;
use crate::model::open_enum::number;
use crate::model::{Component, Embed, List, StickerItem, Timestamp};

/// Where a message [points](https://docs.discord.com/developers/resources/message#message-reference-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageReference {
    /// Reply or forward; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: MessageReferenceType,
    /// The message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// Its channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Its guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether a reply to a message that is gone is refused; only in what is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_if_not_exists: Option<bool>,
}

object! { MessageReference {
    kind = "type", message_id, channel_id, guild_id, fail_if_not_exists,
} }

/// A message as it was when it was [forwarded](https://docs.discord.com/developers/resources/message#message-snapshot-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MessageSnapshot {
    /// What is known of it.
    pub message: SnapshotMessage,
}

object! { MessageSnapshot {
    message: required,
} }

/// What is known of a [forwarded message](https://docs.discord.com/developers/resources/message#message-snapshot-object): neither who wrote it nor where.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SnapshotMessage {
    /// What kind of message it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// The text.
    pub content: String,
    /// When it was sent.
    pub timestamp: Timestamp,
    /// When it was last edited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_timestamp: Option<Timestamp>,
    /// Flags.
    pub flags: MessageFlags,
    /// The users it mentions.
    pub mentions: List<UserMention>,
    /// The roles it mentions.
    pub mention_roles: List<RoleId>,
    /// Files that came with it.
    pub attachments: List<Attachment>,
    /// Its embeds.
    pub embeds: List<Embed>,
    /// Its components.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub components: List<Component>,
    /// Its stickers, in short.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub sticker_items: List<StickerItem>,
}

object! { SnapshotMessage {
    kind = "type", content, timestamp: required, edited_timestamp, flags, mentions, mention_roles,
    attachments, embeds, components, sticker_items,
} }

number! {
    /// What a [reference](https://docs.discord.com/developers/resources/message#message-reference-types) is for.
    MessageReferenceType {
    DEFAULT = 0,
    FORWARD = 1,
    }
}
