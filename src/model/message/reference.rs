use serde::{Deserialize, Serialize};

use super::{Attachment, MessageFlags, MessageType, UserMention};
use crate::id::{ChannelId, GuildId, MessageId, RoleId};
use crate::model::open_enum::number;
use crate::model::{Component, Embed, List, StickerItem, Timestamp, lenient};

/// Where a message [points](https://docs.discord.com/developers/resources/message#message-reference-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageReference {
    /// Reply or forward; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: MessageReferenceType,
    /// The message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// Its channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Its guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether a reply to a message that is gone is refused; only in what is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_if_not_exists: Option<bool>,
}

/// A message as it was when it was [forwarded](https://docs.discord.com/developers/resources/message#message-snapshot-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageSnapshot {
    /// What is known of it.
    pub message: SnapshotMessage,
}

/// What is known of a [forwarded message](https://docs.discord.com/developers/resources/message#message-snapshot-object): neither who wrote it nor where.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SnapshotMessage {
    /// What kind of message it is; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: MessageType,
    /// The text.
    #[serde(default)]
    pub content: String,
    /// When it was sent.
    pub timestamp: Timestamp,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_timestamp: Option<Timestamp>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: MessageFlags,
    /// The users it mentions.
    #[serde(default)]
    pub mentions: List<UserMention>,
    /// The roles it mentions.
    #[serde(default)]
    pub mention_roles: List<RoleId>,
    /// Files that came with it.
    #[serde(default)]
    pub attachments: List<Attachment>,
    /// Its embeds.
    #[serde(default)]
    pub embeds: List<Embed>,
    /// Its components.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub components: List<Component>,
    /// Its stickers, in short.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub sticker_items: List<StickerItem>,
}

number! {
    /// What a [reference](https://docs.discord.com/developers/resources/message#message-reference-types) is for.
    MessageReferenceType {
    DEFAULT = 0,
    FORWARD = 1,
    }
}
