use serde::Serialize;

use super::{Attachment, MessageFlags, MessageType, UserMention};
use crate::id::{ChannelId, GuildId, MessageId, RoleId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{Component, Embed, List, StickerItem, Timestamp};

/// A [reference to another message](https://docs.discord.com/developers/resources/message#message-reference-structure), for replies, forwards, crossposts and notices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageReference {
    /// The type of reference; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: MessageReferenceType,
    /// The ID of the referenced message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The ID of its channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The ID of its guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether to reject a reply whose referenced message does not exist; only when sending. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_if_not_exists: Option<bool>,
}

object! { MessageReference {
    kind = "type", message_id, channel_id, guild_id, fail_if_not_exists,
} }

/// A [snapshot of a message](https://docs.discord.com/developers/resources/message#message-snapshot-object), taken when it was forwarded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageSnapshot {
    /// The message at that time.
    pub message: SnapshotMessage,
}

object! { MessageSnapshot {
    message,
} }

/// The fields of a message in a [snapshot](https://docs.discord.com/developers/resources/message#message-snapshot-object). It has neither an author nor a channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SnapshotMessage {
    /// The type of message; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// The text.
    pub content: String,
    /// When the message was sent.
    pub timestamp: Timestamp,
    /// When the message was last edited; `None` if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_timestamp: Option<Timestamp>,
    /// The message flags.
    pub flags: MessageFlags,
    /// The mentioned users.
    pub mentions: List<UserMention>,
    /// The IDs of the mentioned roles.
    pub mention_roles: List<RoleId>,
    /// The attached files.
    pub attachments: List<Attachment>,
    /// The embeds.
    pub embeds: List<Embed>,
    /// The components.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub components: List<Component>,
    /// The stickers.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub sticker_items: List<StickerItem>,
}

object! { SnapshotMessage {
    kind = "type", content, timestamp, edited_timestamp, flags, mentions, mention_roles,
    attachments, embeds, components, sticker_items,
} }

int_enum! {
    /// The [type of a message reference](https://docs.discord.com/developers/resources/message#message-reference-types).
    MessageReferenceType {
    DEFAULT = 0,
    FORWARD = 1,
    }
}
