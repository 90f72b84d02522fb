//! Channels and threads: what their events change.

use std::sync::Arc;

use super::guild_object::channel_bytes;
use super::{CHANNEL_ENTRY, Kind, Store};
use crate::gateway::event::{ThreadDelete, ThreadListSync, ThreadMembersUpdate};
use crate::id::{ChannelId, GuildId};
use crate::model::{Channel, List, Maybe, ThreadMember};

impl Store {
    /// A channel or thread was created or changed. Returns the channel before.
    pub(in crate::cache) fn channel(&mut self, channel: &Channel) -> Option<Arc<Channel>> {
        let guild = channel.guild_id.filter(|guild| self.available(*guild).is_some())?;
        let is_archived = channel.thread_metadata.as_ref().is_some_and(|thread| thread.archived);
        let before = self.channels.get(&channel.id).cloned();
        if is_archived {
            // Discord lists the active threads only, and does not say how archived ones change.
            self.remove_channel(channel.id);
            self.remove_messages(channel.id);
        } else {
            self.put_channel(guild, channel);
        }
        if before.is_some() {
            self.remove_hidden(guild);
        }
        before
    }

    /// Returns the channel before.
    pub(in crate::cache) fn channel_delete(&mut self, channel: &Channel) -> Option<Arc<Channel>> {
        let before = self.remove_channel(channel.id);
        self.remove_messages(channel.id);
        let guild = channel.guild_id.or_else(|| before.as_ref()?.guild_id);
        for thread in guild.map(|guild| self.threads_of(guild, Some(&[channel.id]))).unwrap_or_default() {
            self.remove_channel(thread);
            self.remove_messages(thread);
        }
        before
    }

    /// Returns the thread before.
    pub(in crate::cache) fn thread_delete(&mut self, thread: &ThreadDelete) -> Option<Arc<Channel>> {
        self.remove_messages(thread.id);
        self.remove_channel(thread.id)
    }

    /// The active threads of some channels, or of the whole guild.
    pub(in crate::cache) fn thread_list_sync(&mut self, sync: &ThreadListSync) {
        if self.available(sync.guild_id).is_none() {
            return;
        }
        let parents = match &sync.channel_ids {
            Maybe::Value(channels) => Some(&**channels),
            Maybe::Absent | Maybe::Null => None,
        };
        for thread in self.threads_of(sync.guild_id, parents) {
            if !sync.threads.iter().any(|active| active.id == thread) {
                self.remove_channel(thread);
            }
        }
        for thread in &sync.threads {
            self.put_channel(sync.guild_id, thread);
        }
        for member in &sync.members {
            self.thread_member_update(member);
        }
    }

    /// The bot's own membership in a thread.
    pub(in crate::cache) fn thread_member_update(&mut self, member: &ThreadMember) {
        let Some(thread) = member.id else { return };
        let member = ThreadMember { member: None, ..member.clone() };
        self.change_channel(thread, |thread| thread.member = Some(Box::new(member)));
    }

    pub(in crate::cache) fn thread_members_update(&mut self, event: &ThreadMembersUpdate) {
        let is_own = |member: &&crate::gateway::event::AddedThreadMember| {
            member.user_id.is_some_and(|user| self.is_me(user))
        };
        if let Some(added) = event.added_members.iter().find(is_own) {
            self.thread_member_update(&ThreadMember { id: Some(event.id), ..added.thread_member.clone() });
        }
        if event.removed_member_ids.iter().any(|user| self.is_me(*user)) {
            self.change_channel(event.id, |thread| thread.member = None);
            self.remove_hidden(event.guild_id);
        }
    }

    /// Adds or replaces a channel of an available guild.
    pub(super) fn put_channel(&mut self, guild: GuildId, channel: &Channel) {
        let before = self.channels.get(&channel.id);
        // The events of a thread leave the bot's membership out, which has its own event.
        let member = channel.member.as_ref().or(before.and_then(|before| before.member.as_ref()));
        let channel = Channel { member: member.cloned(), ..stripped(guild, channel) };
        let id = channel.id;
        let size = channel_bytes(&channel) + CHANNEL_ENTRY;
        match self.channels.insert(id, Arc::new(channel)) {
            Some(before) => self.usage.remove(Kind::Channel, channel_bytes(&before) + CHANNEL_ENTRY),
            None => {
                if let Some(entry) = self.guilds.get_mut(&guild) {
                    entry.channels.push(id);
                }
            }
        }
        self.usage.add(Kind::Channel, size);
    }

    /// Changes a channel that is known.
    pub(super) fn change_channel(&mut self, id: ChannelId, change: impl FnOnce(&mut Channel)) {
        let Some(channel) = self.channels.get_mut(&id) else { return };
        self.usage.remove(Kind::Channel, channel_bytes(channel) + CHANNEL_ENTRY);
        change(Arc::make_mut(channel));
        self.usage.add(Kind::Channel, channel_bytes(channel) + CHANNEL_ENTRY);
    }

    /// Removes a channel, but not its messages.
    pub(super) fn remove_channel(&mut self, id: ChannelId) -> Option<Arc<Channel>> {
        let channel = self.forget_channel(id)?;
        let entry = channel.guild_id.and_then(|guild| self.guilds.get_mut(&guild));
        if let Some(entry) = entry {
            if let Some(place) = entry.channels.iter().position(|own| *own == id) {
                entry.channels.swap_remove(place);
            }
        }
        Some(channel)
    }

    /// Removes a channel that is in no guild's list any more.
    pub(super) fn forget_channel(&mut self, id: ChannelId) -> Option<Arc<Channel>> {
        let channel = self.channels.remove(&id)?;
        self.usage.remove(Kind::Channel, channel_bytes(&channel) + CHANNEL_ENTRY);
        Some(channel)
    }

    /// The known threads of some channels, or of the whole guild.
    fn threads_of(&self, guild: GuildId, parents: Option<&[ChannelId]>) -> Vec<ChannelId> {
        let Some(entry) = self.guilds.get(&guild) else { return Vec::new() };
        let channels = entry.channels.iter().filter_map(|id| self.channels.get(id));
        let is_wanted = |channel: &&Arc<Channel>| {
            let is_below = |parents: &[ChannelId]| channel.parent_id.is_some_and(|id| parents.contains(&id));
            channel.kind.is_thread() && parents.is_none_or(is_below)
        };
        channels.filter(is_wanted).map(|channel| channel.id).collect()
    }
}

/// The parts of a channel that are kept: those that do not change without an event of the channel.
fn stripped(guild: GuildId, channel: &Channel) -> Channel {
    Channel {
        id: channel.id,
        kind: channel.kind,
        guild_id: Some(guild),
        position: channel.position,
        permission_overwrites: channel.permission_overwrites.clone(),
        name: channel.name.clone(),
        topic: channel.topic.clone(),
        nsfw: channel.nsfw,
        last_message_id: None,
        bitrate: channel.bitrate,
        user_limit: channel.user_limit,
        rate_limit_per_user: channel.rate_limit_per_user,
        recipients: List::new(),
        icon: channel.icon.clone(),
        owner_id: channel.owner_id,
        application_id: channel.application_id,
        managed: channel.managed,
        parent_id: channel.parent_id,
        last_pin_timestamp: None,
        rtc_region: channel.rtc_region.clone(),
        video_quality_mode: channel.video_quality_mode,
        message_count: None,
        member_count: None,
        thread_metadata: channel.thread_metadata.clone(),
        member: None,
        default_auto_archive_duration: channel.default_auto_archive_duration,
        permissions: None,
        app_permissions: None,
        flags: channel.flags,
        total_message_sent: None,
        available_tags: channel.available_tags.clone(),
        applied_tags: channel.applied_tags.clone(),
        default_reaction_emoji: channel.default_reaction_emoji.clone(),
        default_thread_rate_limit_per_user: channel.default_thread_rate_limit_per_user,
        default_sort_order: channel.default_sort_order,
        default_forum_layout: channel.default_forum_layout,
        default_tag_setting: channel.default_tag_setting.clone(),
        message: None,
    }
}
