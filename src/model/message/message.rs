use serde::Serialize;

use super::{
    Attachment, ChannelMention, InteractionMetadata, MessageActivity, MessageCall, MessageFlags,
    MessageInteraction, MessageReference, MessageSnapshot, MessageType, Nonce, Reaction,
    RoleSubscriptionData, SharedClientTheme, UserMention,
};
use crate::id::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, WebhookId};
use crate::json::object;
use crate::model::{
    Channel, ChannelType, Component, Embed, List, Maybe, PartialApplication, PartialMember, Poll, PollResult,
    Resolved, Sticker, StickerItem, Timestamp, User, message_link,
};

/// A [message](https://docs.discord.com/developers/resources/message#message-object).
///
/// Without the `MESSAGE_CONTENT` intent, `content`, `embeds`, `attachments`, `components` and `poll` are empty.
/// Exceptions are messages of the bot, direct messages and messages that mention the bot.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The message ID.
    pub id: MessageId,
    /// The ID of the channel or thread.
    pub channel_id: ChannelId,
    /// The ID of the guild; only in events of guilds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The type of the channel; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_type: Option<ChannelType>,
    /// The author. If [`webhook_id`](Message::webhook_id) is set, this is the name and avatar of the webhook and not a
    /// user.
    pub author: User,
    /// The author as a member of the guild, without the `user` field; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<PartialMember>>,
    /// The text, up to 2000 characters (4000 with Nitro).
    pub content: String,
    /// When the message was sent.
    pub timestamp: Timestamp,
    /// When the message was last edited; `None` if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_timestamp: Option<Timestamp>,
    /// Whether this is a text-to-speech message.
    pub tts: bool,
    /// Whether the message mentions everyone.
    pub mention_everyone: bool,
    /// The mentioned users.
    pub mentions: List<UserMention>,
    /// The IDs of the mentioned roles.
    pub mention_roles: List<RoleId>,
    /// The mentioned channels; only in messages crossposted from another guild.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub mention_channels: List<ChannelMention>,
    /// The attached files.
    pub attachments: List<Attachment>,
    /// The embeds.
    pub embeds: List<Embed>,
    /// The reactions.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub reactions: List<Reaction>,
    /// The value that the sender set to verify that the message was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<Nonce>,
    /// Whether the message is pinned.
    pub pinned: bool,
    /// The ID of the webhook that sent the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_id: Option<WebhookId>,
    /// The type of message; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// The activity of a Rich Presence chat embed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<Box<MessageActivity>>,
    /// The application of a Rich Presence chat embed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<PartialApplication>>,
    /// The ID of the application, if the message responds to an interaction or was sent by a webhook of the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The message flags.
    pub flags: MessageFlags,
    /// The source of a reply, forward, crosspost, pin notice or followed channel notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_reference: Option<MessageReference>,
    /// The forwarded messages.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub message_snapshots: List<MessageSnapshot>,
    /// The message that this one replies to. Null: it was deleted. Absent: Discord did not fetch it.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub referenced_message: Maybe<Box<Message>>,
    /// Information about the interaction that this message responds to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction_metadata: Option<Box<InteractionMetadata>>,
    /// The older form of [`interaction_metadata`](Message::interaction_metadata).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction: Option<Box<MessageInteraction>>,
    /// The thread that was started from this message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<Box<Channel>>,
    /// The components.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub components: List<Component>,
    /// The stickers, with their basic fields.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub sticker_items: List<StickerItem>,
    /// The stickers with all fields; Discord no longer sends this field.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub stickers: List<Sticker>,
    /// The approximate position of the message in its thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// The role subscription that this message announces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_subscription_data: Option<Box<RoleSubscriptionData>>,
    /// The users, members, channels and roles of the auto-populated select menus in the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
    /// The poll.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<Box<Poll>>,
    /// The call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<Box<MessageCall>>,
    /// The client theme that this message shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_client_theme: Option<Box<SharedClientTheme>>,
}

object! { Message {
    id: required, channel_id, guild_id, channel_type, author, member, content,
    timestamp, edited_timestamp, tts, mention_everyone, mentions, mention_roles, mention_channels,
    attachments, embeds, reactions, nonce, pinned, webhook_id, kind = "type", activity, application,
    application_id, flags, message_reference, message_snapshots, referenced_message, interaction_metadata,
    interaction, thread, components, sticker_items, stickers, position, role_subscription_data, resolved,
    poll, call, shared_client_theme,
} }

impl Message {
    /// Returns the result of a poll, from the message of type [`POLL_RESULT`](super::MessageType::POLL_RESULT) that Discord
    /// sends when a poll ends. Its `message_reference` is the message with the poll.
    ///
    /// ```
    /// use syncord::model::Message;
    ///
    /// fn announce(message: &Message) -> Option<String> {
    ///     let result = message.poll_result()?;
    ///     let victor = result.victor?.poll_media.text?;
    ///     Some(format!("{}: {victor}", result.poll_question_text))
    /// }
    /// ```
    pub fn poll_result(&self) -> Option<PollResult> {
        self.embeds.iter().find_map(Embed::poll_result)
    }

    /// Whether this is a direct message. Only correct for messages from events: REST responses have no `guild_id`.
    pub fn is_direct_message(&self) -> bool {
        self.guild_id.is_none()
    }

    /// Returns the author's nickname in the guild, display name or username, in this order.
    pub fn author_name(&self) -> &str {
        let nick = self.member.as_ref().and_then(|member| member.nick.as_deref());
        nick.unwrap_or_else(|| self.author.display_name())
    }

    /// Returns the [link](https://docs.discord.com/developers/reference#message-formatting) to the message.
    ///
    /// Only correct for messages from events: REST responses have no `guild_id`. See [`message_link`].
    pub fn link(&self) -> String {
        message_link(self.guild_id, self.channel_id, self.id)
    }
}
