use serde::Serialize;

use super::{
    Attachment, ChannelMention, InteractionMetadata, MessageActivity, MessageCall, MessageFlags,
    MessageInteraction, MessageReference, MessageSnapshot, MessageType, Nonce, Reaction,
    RoleSubscriptionData, SharedClientTheme, UserMention,
};
use crate::id::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, WebhookId};
use crate::json::object;
use crate::model::{
    Channel, ChannelType, Component, Embed, List, Maybe, Member, PartialApplication, Poll, Resolved, Sticker,
    StickerItem, Timestamp, User, message_link,
};

/// A [message](https://docs.discord.com/developers/resources/message#message-object).
///
/// Without the `MESSAGE_CONTENT` intent `content`, `embeds`, `attachments`, `components` and `poll` are
/// empty but in the bot's own messages, in direct ones, and in those that mention the bot.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The channel or thread it stands in.
    pub channel_id: ChannelId,
    /// The guild; only in events, and not in direct messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// What kind of channel it stands in; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_type: Option<ChannelType>,
    /// Who wrote it; where [`webhook_id`](Message::webhook_id) is set, a name and an avatar of the webhook's
    /// choice.
    pub author: User,
    /// The author as a member of the guild, without the user; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The text.
    pub content: String,
    /// When it was sent.
    pub timestamp: Timestamp,
    /// When it was last edited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_timestamp: Option<Timestamp>,
    /// Whether it is read aloud.
    pub tts: bool,
    /// Whether it mentions everyone.
    pub mention_everyone: bool,
    /// The users it mentions.
    pub mentions: List<UserMention>,
    /// The roles it mentions.
    pub mention_roles: List<RoleId>,
    /// The channels it mentions; only where Discord handed it on from another guild.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub mention_channels: List<ChannelMention>,
    /// Files that came with it.
    pub attachments: List<Attachment>,
    /// Its embeds.
    pub embeds: List<Embed>,
    /// What people reacted to it with, and how many.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub reactions: List<Reaction>,
    /// What the sender gave to recognise the message by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<Nonce>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The webhook that sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_id: Option<WebhookId>,
    /// What kind of message it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: MessageType,
    /// The activity that it invites to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<Box<MessageActivity>>,
    /// The application that it invites to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<PartialApplication>>,
    /// The application that sent it, if one did and not as a mere bot user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// Flags.
    pub flags: MessageFlags,
    /// Where a reply, a forward or a crosspost points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_reference: Option<MessageReference>,
    /// The messages of a forward.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub message_snapshots: List<MessageSnapshot>,
    /// The message it replies to: null when that was deleted, absent when Discord did not look it up.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub referenced_message: Maybe<Box<Message>>,
    /// What it answers, if that was an interaction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction_metadata: Option<Box<InteractionMetadata>>,
    /// An older and shorter form of [`interaction_metadata`](Message::interaction_metadata).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction: Option<Box<MessageInteraction>>,
    /// The thread that was started from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<Box<Channel>>,
    /// Its components.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub components: List<Component>,
    /// Its stickers, in short.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub sticker_items: List<StickerItem>,
    /// Its stickers as Discord sent them formerly.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub stickers: List<Sticker>,
    /// About how many messages stood before it in its thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// The subscription that it announces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_subscription_data: Option<Box<RoleSubscriptionData>>,
    /// What the select menus of its components were filled with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
    /// Its poll.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<Box<Poll>>,
    /// The call that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<Box<MessageCall>>,
    /// The colours that it shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_client_theme: Option<Box<SharedClientTheme>>,
}

object! { Message {
    id: required, channel_id: required, guild_id, channel_type, author: required, member, content,
    timestamp: required, edited_timestamp, tts, mention_everyone, mentions, mention_roles, mention_channels,
    attachments, embeds, reactions, nonce, pinned, webhook_id, kind = "type", activity, application,
    application_id, flags, message_reference, message_snapshots, referenced_message, interaction_metadata,
    interaction, thread, components, sticker_items, stickers, position, role_subscription_data, resolved,
    poll, call, shared_client_theme,
} }

impl Message {
    /// Whether it came from outside a guild, as far as Discord told: only events do.
    pub fn is_direct_message(&self) -> bool {
        self.guild_id.is_none()
    }

    /// The name to call its author by: of the guild, else the shown one, else the unique one.
    pub fn author_name(&self) -> &str {
        let nick = self.member.as_ref().and_then(|member| member.nick.as_deref());
        nick.unwrap_or_else(|| self.author.display_name())
    }

    /// The [address](https://docs.discord.com/developers/reference#message-formatting) that leads to it in Discord's clients.
    ///
    /// REST calls do not tell a message's guild: see [`message_link`](crate::model::message_link).
    pub fn link(&self) -> String {
        message_link(self.guild_id, self.channel_id, self.id)
    }
}
