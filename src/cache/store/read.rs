//! Reading what is known.

use std::sync::Arc;

use super::members::KnownMember;
use super::{Kind, Store};
use crate::cache::health::CacheHealth;
use crate::cache::packed::{PackedMessage, PackedPresence, PackedUser};
use crate::id::{ChannelId, EmojiId, GuildId, MessageId, RoleId, UserId};
use crate::model::{Channel, Emoji, Guild, Role, VoiceState};

impl Store {
    /// A guild, also one that is unavailable, as it was before.
    pub(in crate::cache) fn guild(&mut self, guild: GuildId) -> Option<Arc<Guild>> {
        let known = self.guilds.get(&guild).and_then(|entry| entry.guild.clone());
        let known = known.filter(|_| self.kept.guilds);
        self.count_found(known)
    }

    /// The guild's object with roles, if it is available and has them.
    pub(in crate::cache) fn guild_with_roles(&self, guild: GuildId) -> Option<Arc<Guild>> {
        self.available(guild)?.guild.clone().filter(|_| self.kept.roles)
    }

    pub(in crate::cache) fn guild_ids(&self) -> Vec<GuildId> {
        self.guilds.keys().copied().collect()
    }

    pub(in crate::cache) fn role(&mut self, guild: GuildId, role: RoleId) -> Option<Role> {
        let known = self.guild_with_roles(guild);
        let known = known.and_then(|guild| guild.roles.iter().find(|own| own.id == role).cloned());
        self.count_found(known)
    }

    pub(in crate::cache) fn emojis(&mut self, guild: GuildId) -> Option<Arc<Guild>> {
        let known = self.available(guild).and_then(|entry| entry.guild.clone());
        let known = known.filter(|_| self.kept.emojis);
        self.count_found(known)
    }

    pub(in crate::cache) fn emoji(&mut self, guild: GuildId, emoji: EmojiId) -> Option<Emoji> {
        let guild = self.emojis(guild)?;
        guild.emojis.iter().find(|own| own.id == Some(emoji)).cloned()
    }

    pub(in crate::cache) fn channel_by_id(&mut self, channel: ChannelId) -> Option<Arc<Channel>> {
        let known = self.channels.get(&channel);
        let known = known.filter(|known| known.guild_id.is_some_and(|guild| self.available(guild).is_some()));
        let known = known.cloned();
        self.count_found(known)
    }

    /// The channels and active threads of a guild.
    pub(in crate::cache) fn channels_of(&mut self, guild: GuildId) -> Option<Vec<Arc<Channel>>> {
        let entry = self.available(guild).filter(|_| self.kept.channels);
        let known = entry.map(|entry| {
            entry.channels.iter().filter_map(|id| self.channels.get(id).cloned()).collect::<Vec<_>>()
        });
        self.count_found(known)
    }

    pub(in crate::cache) fn member(&mut self, guild: GuildId, user: UserId) -> Option<KnownMember> {
        let known = self.known_member(guild, user);
        let place = self.guilds.get(&guild).and_then(|entry| entry.members.get(&user)).copied();
        if let Some(place) = place.filter(|_| known.is_some()) {
            self.recent.touch(place);
        }
        self.count_found(known)
    }

    /// The known members of a guild, in no order.
    pub(in crate::cache) fn members_of(&self, guild: GuildId) -> Vec<KnownMember> {
        self.known_members(guild).collect()
    }

    fn known_members(&self, guild: GuildId) -> impl Iterator<Item = KnownMember> + '_ {
        let own = self.me.as_ref().map(|me| me.id);
        let others = self.available(guild).into_iter().flat_map(|entry| entry.members.keys().copied());
        own.into_iter().chain(others).filter_map(move |user| self.known_member(guild, user))
    }

    pub(in crate::cache) fn member_by_username(&self, guild: GuildId, name: &str) -> Option<KnownMember> {
        self.known_members(guild).find(|(_, user)| user.has_username(name))
    }

    pub(in crate::cache) fn user(&mut self, user: UserId) -> Option<Arc<PackedUser>> {
        let own = self.me.as_ref().filter(|me| me.id == user);
        let known = own.or_else(|| self.users.of_member(user)).cloned();
        self.count_found(known)
    }

    pub(in crate::cache) fn message(
        &mut self,
        channel: ChannelId,
        id: MessageId,
    ) -> Option<Arc<PackedMessage>> {
        let known = self.known_message(channel, id);
        if let Some(place) = self.message_place(channel, id).filter(|_| known.is_some()) {
            self.recent.touch(place);
        }
        self.count_found(known)
    }

    pub(in crate::cache) fn messages(&self, channel: ChannelId) -> Vec<Arc<PackedMessage>> {
        self.messages_of(channel).collect()
    }

    pub(in crate::cache) fn voice_state(&mut self, guild: GuildId, user: UserId) -> Option<Arc<VoiceState>> {
        let known = self.available(guild).and_then(|entry| entry.voice_states.get(&user).cloned());
        self.count_found(known)
    }

    pub(in crate::cache) fn voice_states(&mut self, guild: GuildId) -> Option<Vec<Arc<VoiceState>>> {
        let entry = self.available(guild).filter(|_| self.kept.voice_states);
        let known = entry.map(|entry| entry.voice_states.values().cloned().collect());
        self.count_found(known)
    }

    pub(in crate::cache) fn presence(&mut self, guild: GuildId, user: UserId) -> Option<Arc<PackedPresence>> {
        let known = self.available(guild).and_then(|entry| entry.presences.get(&user).cloned());
        self.count_found(known)
    }

    /// Whether the bot should request the members of a guild.
    pub(in crate::cache) fn lacks_members(&self, guild: &Guild) -> bool {
        self.keeps_all_members()
            && !guild.is_unavailable()
            && guild.member_count.is_some_and(|count| (guild.members.len() as u64) < count)
    }

    pub(in crate::cache) fn health(&self) -> CacheHealth {
        let count = |kind| self.usage.count(kind);
        CacheHealth {
            guilds: self.guilds.len(),
            roles: count(Kind::Role),
            channels: count(Kind::Channel),
            emojis: count(Kind::Emoji),
            members: count(Kind::Member),
            users: self.users.len(),
            messages: count(Kind::Message),
            voice_states: count(Kind::VoiceState),
            presences: count(Kind::Presence),
            bytes: self.bytes(),
            limit_bytes: self.limit,
            hits: self.hits,
            misses: self.misses,
            evicted_members: self.evicted_members,
            evicted_messages: self.evicted_messages,
        }
    }

    /// Whether it counts every value that it has, for tests.
    #[cfg(test)]
    pub(in crate::cache) fn counted(&self) -> (usize, usize) {
        let members =
            self.guilds.values().map(|entry| entry.members.len() + usize::from(entry.own.is_some()));
        let messages = self.messages.keys().map(|channel| self.messages_of(*channel).count());
        (members.sum(), messages.sum())
    }
}
