//! Messages: what their events change.

use std::collections::VecDeque;
use std::sync::Arc;

use super::channel_messages::ChannelMessages;
use super::{Kind, MESSAGE_ENTRY, Place, Recent, Store};
use crate::cache::fields;
use crate::cache::packed::{PackedMember, PackedMessage, PackedUser, Shared};
use crate::gateway::event::{MessageDelete, MessageDeleteBulk};
use crate::id::{ChannelId, GuildId, MessageId};
use crate::model::{Message, MessageFlags, User};

impl Store {
    pub(in crate::cache) fn message_create(&mut self, shard: u32, message: &Message) {
        self.author(message);
        self.put_message(shard, message);
    }

    /// Returns the message before. `data` is the text of the event: what it leaves out is as before.
    pub(in crate::cache) fn message_update(
        &mut self,
        shard: u32,
        message: &Message,
        data: &str,
    ) -> Option<Arc<PackedMessage>> {
        let before = self.known_message(message.channel_id, message.id);
        let is_whole = fields::has_all(data, &WHOLE);
        match &before {
            Some(before) => {
                let merged = merged(before.unpack(), message, data);
                self.put_message(shard, &merged);
            }
            None if is_whole => self.put_message(shard, message),
            None => {}
        }
        before
    }

    /// Returns the message before.
    pub(in crate::cache) fn message_delete(&mut self, event: &MessageDelete) -> Option<Arc<PackedMessage>> {
        self.remove_message(event.channel_id, event.id)
    }

    /// Returns the messages before.
    pub(in crate::cache) fn message_delete_bulk(
        &mut self,
        event: &MessageDeleteBulk,
    ) -> Vec<Arc<PackedMessage>> {
        event.ids.iter().filter_map(|id| self.remove_message(event.channel_id, *id)).collect()
    }

    /// A message, without counting it as used.
    pub(super) fn known_message(&self, channel: ChannelId, id: MessageId) -> Option<Arc<PackedMessage>> {
        match self.recent.get(self.message_place(channel, id)?)? {
            Recent::Message(message) => Some(Arc::clone(message)),
            Recent::Member(_) => None,
        }
    }

    pub(super) fn message_place(&self, channel: ChannelId, id: MessageId) -> Option<Place> {
        let messages = self.messages.get(&channel)?;
        messages.find(id).ok().map(|at| messages.places[at].1)
    }

    /// The known messages of a channel, the oldest first.
    pub(super) fn messages_of(&self, channel: ChannelId) -> impl Iterator<Item = Arc<PackedMessage>> + '_ {
        let places = self.messages.get(&channel).into_iter().flat_map(|messages| &messages.places);
        places.filter_map(|(_, place)| match self.recent.get(*place)? {
            Recent::Message(message) => Some(Arc::clone(message)),
            Recent::Member(_) => None,
        })
    }

    /// Adds or replaces a message, if its channel is one whose messages are kept.
    fn put_message(&mut self, shard: u32, message: &Message) {
        let Some(max) = self.kept.messages else { return };
        // An ephemeral message disappears without an event.
        if max == 0 || message.flags.contains(MessageFlags::EPHEMERAL) {
            return;
        }
        let is_known = message.guild_id.is_none_or(|guild| {
            // In a channel that is not known, nothing says when the bot cannot see it any more.
            self.available(guild).is_some() && self.channels.contains_key(&message.channel_id)
        });
        if !is_known {
            return;
        }
        let packed = Arc::new(PackedMessage::pack(message, &mut SharedParts { store: self }));
        self.users.add_author(&packed.author);
        self.usage.add(Kind::Message, packed.bytes() + MESSAGE_ENTRY);
        let messages = self.messages.entry(message.channel_id).or_insert_with(|| ChannelMessages {
            guild: message.guild_id,
            shard,
            places: VecDeque::new(),
        });
        match messages.find(message.id) {
            Ok(at) => {
                let place = messages.places[at].1;
                if let Some(known) = self.recent.get_mut(place) {
                    if let Recent::Message(before) = std::mem::replace(known, Recent::Message(packed)) {
                        self.users.remove_author(before.author.id);
                        self.usage.remove(Kind::Message, before.bytes() + MESSAGE_ENTRY);
                    }
                }
                self.recent.touch(place);
            }
            Err(at) => {
                let place = self.recent.add(Recent::Message(packed));
                messages.places.insert(at, (message.id, place));
                if messages.places.len() > max {
                    let oldest = messages.places.pop_front();
                    self.forget_messages(oldest.into_iter().collect());
                }
            }
        }
    }

    pub(super) fn remove_message(&mut self, channel: ChannelId, id: MessageId) -> Option<Arc<PackedMessage>> {
        let messages = self.messages.get_mut(&channel)?;
        let at = messages.find(id).ok()?;
        let (_, place) = messages.places.remove(at)?;
        if messages.places.is_empty() {
            self.messages.remove(&channel);
        }
        self.forget_message(place)
    }

    /// Removes all messages of a channel.
    pub(super) fn remove_messages(&mut self, channel: ChannelId) {
        if let Some(messages) = self.messages.remove(&channel) {
            self.forget_messages(messages.places);
        }
    }

    /// Removes all messages of a guild.
    pub(super) fn remove_messages_of(&mut self, guild: GuildId) {
        self.remove_messages_where(|messages| messages.guild == Some(guild));
    }

    /// Removes the messages of a guild's channels that are not known any more.
    pub(super) fn remove_messages_of_unknown_channels(&mut self, guild: GuildId) {
        let of_guild = self.messages.iter().filter(|(_, messages)| messages.guild == Some(guild));
        let unknown = of_guild.map(|(channel, _)| *channel).filter(|id| !self.channels.contains_key(id));
        for channel in unknown.collect::<Vec<_>>() {
            self.remove_messages(channel);
        }
    }

    pub(super) fn remove_messages_where(&mut self, is_wanted: impl Fn(&ChannelMessages) -> bool) {
        let wanted = self.messages.iter().filter(|(_, messages)| is_wanted(messages));
        for channel in wanted.map(|(channel, _)| *channel).collect::<Vec<_>>() {
            self.remove_messages(channel);
        }
    }

    fn forget_messages(&mut self, places: VecDeque<(MessageId, Place)>) {
        for (_, place) in places {
            self.forget_message(place);
        }
    }

    /// Removes a message that its channel does not list any more.
    fn forget_message(&mut self, place: Place) -> Option<Arc<PackedMessage>> {
        match self.recent.remove(place)? {
            Recent::Message(message) => {
                self.usage.remove(Kind::Message, message.bytes() + MESSAGE_ENTRY);
                self.users.remove_author(message.author.id);
                Some(message)
            }
            Recent::Member(_) => None,
        }
    }
}

/// The users and members who are known.
struct SharedParts<'s> {
    store: &'s Store,
}

impl Shared for SharedParts<'_> {
    fn user(&mut self, user: &User) -> Arc<PackedUser> {
        self.store.users.share(user)
    }

    fn member(&mut self, message: &Message) -> Option<Arc<PackedMember>> {
        let (guild, user) = (message.guild_id.unwrap_or_default(), message.author.id);
        let member = message.member.as_deref()?;
        let entry = self.store.guilds.get(&guild);
        let known = entry.and_then(|entry| match self.store.recent.get(*entry.members.get(&user)?)? {
            Recent::Member(member) => Some(member),
            Recent::Message(_) => None,
        });
        Some(match known {
            Some(known) if known.is(member) => Arc::clone(known),
            _ => Arc::new(PackedMember::pack(guild, user, member)),
        })
    }
}

/// The fields of a whole message. An event without one of them changes a part of it.
const WHOLE: [&str; 11] = [
    "id",
    "channel_id",
    "author",
    "content",
    "timestamp",
    "edited_timestamp",
    "mentions",
    "attachments",
    "embeds",
    "pinned",
    "type",
];

/// The message after an event.
fn merged(mut message: Message, new: &Message, data: &str) -> Message {
    fields::each(data, |name| match name {
        "author" => message.author.clone_from(&new.author),
        "member" => message.member.clone_from(&new.member),
        "content" => message.content.clone_from(&new.content),
        "timestamp" => message.timestamp.clone_from(&new.timestamp),
        "edited_timestamp" => message.edited_timestamp.clone_from(&new.edited_timestamp),
        "mention_everyone" => message.mention_everyone = new.mention_everyone,
        "mentions" => message.mentions.clone_from(&new.mentions),
        "mention_roles" => message.mention_roles.clone_from(&new.mention_roles),
        "mention_channels" => message.mention_channels.clone_from(&new.mention_channels),
        "attachments" => message.attachments.clone_from(&new.attachments),
        "embeds" => message.embeds.clone_from(&new.embeds),
        "pinned" => message.pinned = new.pinned,
        "webhook_id" => message.webhook_id = new.webhook_id,
        "type" => message.kind = new.kind,
        "activity" => message.activity.clone_from(&new.activity),
        "application" => message.application.clone_from(&new.application),
        "application_id" => message.application_id = new.application_id,
        "flags" => message.flags = new.flags,
        "message_reference" => message.message_reference.clone_from(&new.message_reference),
        "message_snapshots" => message.message_snapshots.clone_from(&new.message_snapshots),
        "referenced_message" => message.referenced_message.clone_from(&new.referenced_message),
        "interaction_metadata" => message.interaction_metadata.clone_from(&new.interaction_metadata),
        "interaction" => message.interaction.clone_from(&new.interaction),
        "components" => message.components.clone_from(&new.components),
        "sticker_items" => message.sticker_items.clone_from(&new.sticker_items),
        "stickers" => message.stickers.clone_from(&new.stickers),
        "position" => message.position = new.position,
        "role_subscription_data" => message.role_subscription_data.clone_from(&new.role_subscription_data),
        "resolved" => message.resolved.clone_from(&new.resolved),
        "poll" => message.poll.clone_from(&new.poll),
        "call" => message.call.clone_from(&new.call),
        "shared_client_theme" => message.shared_client_theme.clone_from(&new.shared_client_theme),
        // In updates, `tts` is always false. The others do not change, or are not kept.
        _ => {}
    });
    message
}
