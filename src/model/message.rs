//! [Messages](https://docs.discord.com/developers/resources/message).

use serde::{Deserialize, Serialize};

use super::lenient;
use super::number::{flags, number};
use super::{List, Member, Raw, Timestamp, User};
use crate::id::{ApplicationId, AttachmentId, ChannelId, GuildId, MessageId, RoleId, WebhookId};

/// A [message](https://docs.discord.com/developers/resources/message#message-object).
///
/// Without the `MESSAGE_CONTENT` intent `content`, `embeds`, `attachments`, `components` and `poll`
/// are empty but in the bot's own messages, in direct ones, and in those that mention the bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The channel or thread it stands in.
    pub channel_id: ChannelId,
    /// The guild; only in events, and not in direct messages.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// Who wrote it; where [`webhook_id`](Message::webhook_id) is set, a name and an avatar of the webhook's choice.
    pub author: User,
    /// The author as a member of the guild, without the user; only in events.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub member: Option<Member>,
    /// The text.
    #[serde(default)]
    pub content: String,
    /// When it was sent.
    pub timestamp: Timestamp,
    /// When it was last edited.
    #[serde(default)]
    pub edited_timestamp: Option<Timestamp>,
    /// Whether it is read aloud.
    #[serde(default)]
    pub tts: bool,
    /// Whether it mentions everyone.
    #[serde(default)]
    pub mention_everyone: bool,
    /// The users it mentions.
    #[serde(default)]
    pub mentions: List<User>,
    /// The roles it mentions.
    #[serde(default)]
    pub mention_roles: List<RoleId>,
    /// Files that came with it.
    #[serde(default)]
    pub attachments: List<Attachment>,
    /// [Embeds](https://docs.discord.com/developers/resources/message#embed-object).
    #[serde(default)]
    pub embeds: Raw,
    /// What the sender gave to recognise the message by.
    #[serde(default, deserialize_with = "lenient::text_or_number")]
    pub nonce: Option<String>,
    /// Whether it is pinned.
    #[serde(default)]
    pub pinned: bool,
    /// The webhook that sent it.
    #[serde(default)]
    pub webhook_id: Option<WebhookId>,
    /// What kind of message it is; `type` in Discord's words.
    #[serde(default, rename = "type")]
    pub kind: MessageType,
    /// The application that sent it, if one did and not as a mere bot user.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: MessageFlags,
    /// Where a reply, a forward or a crosspost points.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub message_reference: Option<MessageReference>,
    /// The messages of a [forward](https://docs.discord.com/developers/resources/message#message-snapshot-object).
    #[serde(default)]
    pub message_snapshots: Raw,
    /// The message it replies to; `None` also when that was deleted or not looked up.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub referenced_message: Option<Box<Message>>,
    /// [Components](https://docs.discord.com/developers/components/reference).
    #[serde(default)]
    pub components: Raw,
    /// [Stickers](https://docs.discord.com/developers/resources/sticker#sticker-item-object), in short.
    #[serde(default)]
    pub sticker_items: Raw,
    /// A [poll](https://docs.discord.com/developers/resources/poll#poll-object).
    #[serde(default)]
    pub poll: Raw,
}

impl Message {
    /// Whether it came from a guild, as far as the event told.
    pub fn is_direct(&self) -> bool {
        self.guild_id.is_none()
    }
}

/// A [file of a message](https://docs.discord.com/developers/resources/message#attachment-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Its name.
    #[serde(default)]
    pub filename: String,
    /// The text for those who cannot see it.
    #[serde(default)]
    pub description: Option<String>,
    /// Its media type.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Its size in bytes.
    #[serde(default)]
    pub size: u64,
    /// Where it is; signed, and for a limited time.
    #[serde(default)]
    pub url: String,
    /// Where a proxied copy of it is.
    #[serde(default)]
    pub proxy_url: String,
    /// Its height in pixels, of an image or video.
    #[serde(default)]
    pub height: Option<u32>,
    /// Its width in pixels, of an image or video.
    #[serde(default)]
    pub width: Option<u32>,
    /// Whether it goes away after a while.
    #[serde(default)]
    pub ephemeral: bool,
    /// The length of a voice message, in seconds.
    #[serde(default)]
    pub duration_secs: Option<f64>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: AttachmentFlags,
}

/// Where a message [points](https://docs.discord.com/developers/resources/message#message-reference-structure).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageReference {
    /// Reply or forward; `type` in Discord's words.
    #[serde(default, rename = "type")]
    pub kind: MessageReferenceType,
    /// The message.
    #[serde(default)]
    pub message_id: Option<MessageId>,
    /// Its channel.
    #[serde(default)]
    pub channel_id: Option<ChannelId>,
    /// Its guild.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
}

number! {
    /// What [kind of message](https://docs.discord.com/developers/resources/message#message-object-message-types) it is.
    MessageType {
    DEFAULT = 0,
    RECIPIENT_ADD = 1,
    RECIPIENT_REMOVE = 2,
    CALL = 3,
    CHANNEL_NAME_CHANGE = 4,
    CHANNEL_ICON_CHANGE = 5,
    CHANNEL_PINNED_MESSAGE = 6,
    USER_JOIN = 7,
    GUILD_BOOST = 8,
    GUILD_BOOST_TIER_1 = 9,
    GUILD_BOOST_TIER_2 = 10,
    GUILD_BOOST_TIER_3 = 11,
    CHANNEL_FOLLOW_ADD = 12,
    GUILD_DISCOVERY_DISQUALIFIED = 14,
    GUILD_DISCOVERY_REQUALIFIED = 15,
    GUILD_DISCOVERY_GRACE_PERIOD_INITIAL_WARNING = 16,
    GUILD_DISCOVERY_GRACE_PERIOD_FINAL_WARNING = 17,
    THREAD_CREATED = 18,
    REPLY = 19,
    CHAT_INPUT_COMMAND = 20,
    THREAD_STARTER_MESSAGE = 21,
    GUILD_INVITE_REMINDER = 22,
    CONTEXT_MENU_COMMAND = 23,
    AUTO_MODERATION_ACTION = 24,
    ROLE_SUBSCRIPTION_PURCHASE = 25,
    INTERACTION_PREMIUM_UPSELL = 26,
    STAGE_START = 27,
    STAGE_END = 28,
    STAGE_SPEAKER = 29,
    STAGE_TOPIC = 31,
    GUILD_APPLICATION_PREMIUM_SUBSCRIPTION = 32,
    GUILD_INCIDENT_ALERT_MODE_ENABLED = 36,
    GUILD_INCIDENT_ALERT_MODE_DISABLED = 37,
    GUILD_INCIDENT_REPORT_RAID = 38,
    GUILD_INCIDENT_REPORT_FALSE_ALARM = 39,
    PURCHASE_NOTIFICATION = 44,
    POLL_RESULT = 46,
    }
}

number! {
    /// What a [reference](https://docs.discord.com/developers/resources/message#message-reference-types) is for.
    MessageReferenceType {
    DEFAULT = 0,
    FORWARD = 1,
    }
}

flags! {
    /// [Message flags](https://docs.discord.com/developers/resources/message#message-object-message-flags).
    MessageFlags {
    CROSSPOSTED = 0,
    IS_CROSSPOST = 1,
    SUPPRESS_EMBEDS = 2,
    SOURCE_MESSAGE_DELETED = 3,
    URGENT = 4,
    HAS_THREAD = 5,
    EPHEMERAL = 6,
    LOADING = 7,
    FAILED_TO_MENTION_SOME_ROLES_IN_THREAD = 8,
    SUPPRESS_NOTIFICATIONS = 12,
    IS_VOICE_MESSAGE = 13,
    HAS_SNAPSHOT = 14,
    IS_COMPONENTS_V2 = 15,
    }
}

flags! {
    /// [Attachment flags](https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags).
    AttachmentFlags {
    IS_CLIP = 0,
    IS_THUMBNAIL = 1,
    IS_REMIX = 2,
    IS_SPOILER = 3,
    IS_ANIMATED = 5,
    }
}
