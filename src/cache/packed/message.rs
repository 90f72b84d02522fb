//! A message.

use std::sync::Arc;

use super::time::Time;
use super::{PackedMember, PackedUser};
use crate::cache::size;
use crate::id::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, WebhookId};
use crate::model::message::{
    ChannelMention, InteractionMetadata, MessageActivity, MessageCall, MessageInteraction,
    RoleSubscriptionData, SharedClientTheme,
};
use crate::model::{
    Attachment, ChannelType, Component, Embed, List, Maybe, Message, MessageFlags, MessageReference,
    MessageSnapshot, MessageType, PartialApplication, Poll, Resolved, Sticker, StickerItem, UserMention,
};

/// A message. It lacks what changes without an event of the message: `reactions`, `thread` and the results of a poll. It also
/// lacks the `nonce`, which only its sender needs.
#[derive(Debug)]
pub(in crate::cache) struct PackedMessage {
    pub(in crate::cache) id: MessageId,
    pub(in crate::cache) channel_id: ChannelId,
    guild_id: Option<GuildId>,
    pub(in crate::cache) author: Arc<PackedUser>,
    member: Option<Arc<PackedMember>>,
    content: Box<str>,
    timestamp: Time,
    edited_timestamp: Option<Time>,
    flags: MessageFlags,
    kind: MessageType,
    channel_type: Option<ChannelType>,
    tts: bool,
    mention_everyone: bool,
    pinned: bool,
    parts: Option<Box<Parts>>,
}

/// What about one message in three has.
#[derive(Debug, Default)]
struct Parts {
    mentions: Box<[PackedMention]>,
    mention_roles: Box<[RoleId]>,
    attachments: Box<[Attachment]>,
    embeds: Box<[Embed]>,
    webhook_id: Option<WebhookId>,
    message_reference: Option<Box<MessageReference>>,
    referenced_message: Maybe<Arc<PackedMessage>>,
    rare: Option<Box<Rare>>,
}

/// A user that a message mentions.
#[derive(Debug)]
pub(in crate::cache) struct PackedMention {
    pub(in crate::cache) user: Arc<PackedUser>,
    pub(in crate::cache) member: Option<Box<PackedMember>>,
}

/// What few messages have.
#[derive(Debug)]
struct Rare {
    mention_channels: List<ChannelMention>,
    activity: Option<Box<MessageActivity>>,
    application: Option<Box<PartialApplication>>,
    application_id: Option<ApplicationId>,
    message_snapshots: List<MessageSnapshot>,
    interaction_metadata: Option<Box<InteractionMetadata>>,
    interaction: Option<Box<MessageInteraction>>,
    components: List<Component>,
    sticker_items: List<StickerItem>,
    stickers: List<Sticker>,
    position: Option<i64>,
    role_subscription_data: Option<Box<RoleSubscriptionData>>,
    resolved: Option<Box<Resolved>>,
    poll: Option<Box<Poll>>,
    call: Option<Box<MessageCall>>,
    shared_client_theme: Option<Box<SharedClientTheme>>,
}

/// Where the parts of messages come from that several messages share.
pub(in crate::cache) trait Shared {
    /// The user in packed form.
    fn user(&mut self, user: &crate::model::User) -> Arc<PackedUser>;
    /// The member in packed form: the author of a message.
    fn member(&mut self, message: &Message) -> Option<Arc<PackedMember>>;
}

impl PackedMessage {
    pub(in crate::cache) fn pack(message: &Message, shared: &mut impl Shared) -> PackedMessage {
        PackedMessage {
            id: message.id,
            channel_id: message.channel_id,
            guild_id: message.guild_id,
            author: shared.user(&message.author),
            member: shared.member(message),
            content: message.content.as_str().into(),
            timestamp: Time::pack(&message.timestamp),
            edited_timestamp: message.edited_timestamp.as_ref().map(Time::pack),
            flags: message.flags,
            kind: message.kind,
            channel_type: message.channel_type,
            tts: message.tts,
            mention_everyone: message.mention_everyone,
            pinned: message.pinned,
            parts: Parts::pack(message, shared).map(Box::new),
        }
    }

    pub(in crate::cache) fn unpack(&self) -> Message {
        let mut message = Message {
            id: self.id,
            channel_id: self.channel_id,
            guild_id: self.guild_id,
            channel_type: self.channel_type,
            author: self.author.unpack(),
            member: self.member.as_ref().map(|member| Box::new(member.unpack())),
            content: self.content.to_string(),
            timestamp: self.timestamp.unpack(),
            edited_timestamp: self.edited_timestamp.as_ref().map(Time::unpack),
            tts: self.tts,
            mention_everyone: self.mention_everyone,
            mentions: List::new(),
            mention_roles: List::new(),
            mention_channels: List::new(),
            attachments: List::new(),
            embeds: List::new(),
            reactions: List::new(),
            nonce: None,
            pinned: self.pinned,
            webhook_id: None,
            kind: self.kind,
            activity: None,
            application: None,
            application_id: None,
            flags: self.flags,
            message_reference: None,
            message_snapshots: List::new(),
            referenced_message: Maybe::Absent,
            interaction_metadata: None,
            interaction: None,
            thread: None,
            components: List::new(),
            sticker_items: List::new(),
            stickers: List::new(),
            position: None,
            role_subscription_data: None,
            resolved: None,
            poll: None,
            call: None,
            shared_client_theme: None,
        };
        if let Some(parts) = &self.parts {
            parts.unpack(&mut message);
        }
        message
    }

    pub(in crate::cache) fn bytes(&self) -> usize {
        let parts = self.parts.as_deref();
        size::shared::<Self>()
            + size::text(Some(&self.content))
            + size::boxed(parts)
            + parts.map_or(0, Parts::bytes)
    }
}

impl Parts {
    fn pack(message: &Message, shared: &mut impl Shared) -> Option<Parts> {
        let parts = Parts {
            mentions: message
                .mentions
                .iter()
                .map(|mention| PackedMention::pack(mention, message, shared))
                .collect(),
            mention_roles: (*message.mention_roles).into(),
            attachments: (*message.attachments).into(),
            embeds: (*message.embeds).into(),
            webhook_id: message.webhook_id,
            message_reference: message.message_reference.clone().map(Box::new),
            referenced_message: match &message.referenced_message {
                Maybe::Absent => Maybe::Absent,
                Maybe::Null => Maybe::Null,
                Maybe::Value(referenced) => Maybe::Value(Arc::new(PackedMessage::pack(referenced, shared))),
            },
            rare: Rare::pack(message).map(Box::new),
        };
        let is_empty = parts.mentions.is_empty()
            && parts.mention_roles.is_empty()
            && parts.attachments.is_empty()
            && parts.embeds.is_empty()
            && parts.webhook_id.is_none()
            && parts.message_reference.is_none()
            && parts.referenced_message.is_absent()
            && parts.rare.is_none();
        (!is_empty).then_some(parts)
    }

    fn unpack(&self, message: &mut Message) {
        message.mentions = self.mentions.iter().map(PackedMention::unpack).collect();
        message.mention_roles = self.mention_roles.to_vec().into();
        message.attachments = self.attachments.to_vec().into();
        message.embeds = self.embeds.to_vec().into();
        message.webhook_id = self.webhook_id;
        message.message_reference = self.message_reference.as_deref().cloned();
        message.referenced_message = match &self.referenced_message {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(referenced) => Maybe::Value(Box::new(referenced.unpack())),
        };
        if let Some(rare) = &self.rare {
            rare.unpack(message);
        }
    }

    fn bytes(&self) -> usize {
        let mention = |mention: &PackedMention| mention.member.as_ref().map_or(0, |member| member.bytes());
        let rare = self.rare.as_deref();
        size::list(&self.mentions)
            + self.mentions.iter().map(mention).sum::<usize>()
            + size::list(&self.mention_roles)
            + size::objects(&self.attachments)
            + size::objects(&self.embeds)
            + size::boxed(self.message_reference.as_deref())
            + self.referenced_message.value().map_or(0, |message| message.bytes())
            + size::boxed(rare)
            + rare.map_or(0, Rare::bytes)
    }
}

impl PackedMention {
    fn pack(mention: &UserMention, message: &Message, shared: &mut impl Shared) -> PackedMention {
        let guild = message.guild_id.unwrap_or_default();
        let member = mention.member.as_deref();
        PackedMention {
            user: shared.user(&mention.user),
            member: member.map(|member| Box::new(PackedMember::pack(guild, mention.user.id, member))),
        }
    }

    fn unpack(&self) -> UserMention {
        UserMention {
            user: self.user.unpack(),
            member: self.member.as_ref().map(|member| Box::new(member.unpack())),
        }
    }
}

impl Rare {
    fn pack(message: &Message) -> Option<Rare> {
        let has_any = !message.mention_channels.was_empty()
            || message.activity.is_some()
            || message.application.is_some()
            || message.application_id.is_some()
            || !message.message_snapshots.was_empty()
            || message.interaction_metadata.is_some()
            || message.interaction.is_some()
            || !message.components.was_empty()
            || !message.sticker_items.was_empty()
            || !message.stickers.was_empty()
            || message.position.is_some()
            || message.role_subscription_data.is_some()
            || message.resolved.is_some()
            || message.poll.is_some()
            || message.call.is_some()
            || message.shared_client_theme.is_some();
        has_any.then(|| Rare {
            mention_channels: message.mention_channels.clone(),
            activity: message.activity.clone(),
            application: message.application.clone(),
            application_id: message.application_id,
            message_snapshots: message.message_snapshots.clone(),
            interaction_metadata: message.interaction_metadata.clone(),
            interaction: message.interaction.clone(),
            components: message.components.clone(),
            sticker_items: message.sticker_items.clone(),
            stickers: message.stickers.clone(),
            position: message.position,
            role_subscription_data: message.role_subscription_data.clone(),
            resolved: message.resolved.clone(),
            poll: message.poll.clone().map(|mut poll| {
                poll.results = None;
                poll
            }),
            call: message.call.clone(),
            shared_client_theme: message.shared_client_theme.clone(),
        })
    }

    fn unpack(&self, message: &mut Message) {
        message.mention_channels.clone_from(&self.mention_channels);
        message.activity.clone_from(&self.activity);
        message.application.clone_from(&self.application);
        message.application_id = self.application_id;
        message.message_snapshots.clone_from(&self.message_snapshots);
        message.interaction_metadata.clone_from(&self.interaction_metadata);
        message.interaction.clone_from(&self.interaction);
        message.components.clone_from(&self.components);
        message.sticker_items.clone_from(&self.sticker_items);
        message.stickers.clone_from(&self.stickers);
        message.position = self.position;
        message.role_subscription_data.clone_from(&self.role_subscription_data);
        message.resolved.clone_from(&self.resolved);
        message.poll.clone_from(&self.poll);
        message.call.clone_from(&self.call);
        message.shared_client_theme.clone_from(&self.shared_client_theme);
    }

    fn bytes(&self) -> usize {
        size::owned(&self.mention_channels)
            + size::owned(&self.activity)
            + size::owned(&self.application)
            + size::objects(&self.message_snapshots)
            + size::owned(&self.interaction_metadata)
            + size::boxed(self.interaction_metadata.as_deref())
            + size::owned(&self.interaction)
            + size::boxed(self.interaction.as_deref())
            + size::objects(&self.components)
            + size::objects(&self.sticker_items)
            + size::objects(&self.stickers)
            + size::owned(&self.role_subscription_data)
            + size::owned(&self.resolved)
            + size::owned(&self.poll)
            + size::boxed(self.poll.as_deref())
            + size::owned(&self.call)
            + size::owned(&self.shared_client_theme)
    }
}
