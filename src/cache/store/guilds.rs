//! Guilds, their roles and emojis: what their events change.

use std::sync::Arc;

use super::guild_object::{guild_bytes, stripped};
use super::{GUILD_ENTRY, GuildEntry, Kind, PRESENCE_ENTRY, Store, VOICE_ENTRY};
use crate::cache::packed::PackedPresence;
use crate::gateway::event::{
    GuildEmojisUpdate, GuildRoleCreate, GuildRoleDelete, GuildRoleUpdate, GuildStickersUpdate, Ready,
};
use crate::id::{GuildId, RoleId, UserId};
use crate::model::{Guild, OverwriteType, Presence, Role, UnavailableGuild, VoiceState};

impl Store {
    /// A new session: what is known of the shard's guilds may be out of date until each GUILD_CREATE comes.
    pub(in crate::cache) fn ready(&mut self, shard: u32, ready: &Ready) {
        self.set_me(&ready.user);
        let listed: std::collections::HashSet<GuildId> = ready.guilds.iter().map(|guild| guild.id).collect();
        let own = self.guilds.iter().filter(|(_, entry)| entry.shard == shard);
        let gone: Vec<GuildId> = own.map(|(id, _)| *id).filter(|id| !listed.contains(id)).collect();
        for guild in gone {
            self.remove_guild(guild);
        }
        for guild in listed {
            self.suspend(shard, guild);
        }
        // Changes of messages were missed. In direct messages too, which come over the first shard.
        self.remove_messages_where(|messages| messages.shard == shard);
    }

    /// A guild became available, or the bot was added to it.
    pub(in crate::cache) fn guild_create(&mut self, shard: u32, guild: &Guild) {
        if guild.is_unavailable() {
            self.suspend(shard, guild.id);
            self.remove_messages_of(guild.id);
            return;
        }
        let was_available = self.guilds.get(&guild.id).is_some_and(|entry| entry.is_available);
        if !was_available {
            self.remove_messages_of(guild.id);
        }
        self.empty_guild(guild.id);
        let entry = self.entry(guild.id);
        (entry.shard, entry.is_available) = (shard, true);
        self.put_guild(guild);
        if self.kept.channels {
            for channel in guild.channels.iter().chain(&guild.threads) {
                self.put_channel(guild.id, channel);
            }
        }
        self.remove_messages_of_unknown_channels(guild.id);
        for member in &guild.members {
            self.put_member(guild.id, &member.user, member);
        }
        for state in &guild.voice_states {
            self.put_voice_state(guild.id, state);
        }
        for presence in &guild.presences {
            self.put_presence(guild.id, presence);
        }
    }

    /// A guild was changed. It has neither channels nor members. Returns the guild before.
    pub(in crate::cache) fn guild_update(&mut self, guild: &Guild) -> Option<Arc<Guild>> {
        let before = self.available(guild.id)?.guild.clone();
        self.put_guild(guild);
        self.remove_hidden(guild.id);
        before.filter(|_| self.kept.guilds)
    }

    /// A guild became unavailable, or the bot was removed from it. Returns the guild before.
    pub(in crate::cache) fn guild_delete(
        &mut self,
        shard: u32,
        guild: &UnavailableGuild,
    ) -> Option<Arc<Guild>> {
        let before = self.available(guild.id).and_then(|entry| entry.guild.clone());
        if guild.is_unavailable() {
            self.suspend(shard, guild.id);
            self.remove_messages_of(guild.id);
        } else {
            self.remove_guild(guild.id);
        }
        before.filter(|_| self.kept.guilds)
    }

    pub(in crate::cache) fn role_create(&mut self, event: &GuildRoleCreate) {
        self.put_role(event.guild_id, &event.role);
    }

    /// Returns the role before.
    pub(in crate::cache) fn role_update(&mut self, event: &GuildRoleUpdate) -> Option<Role> {
        let before = self.put_role(event.guild_id, &event.role);
        self.remove_hidden(event.guild_id);
        before
    }

    /// Returns the role before.
    pub(in crate::cache) fn role_delete(&mut self, event: &GuildRoleDelete) -> Option<Role> {
        let GuildRoleDelete { guild_id, role_id } = *event;
        let mut before = None;
        if self.kept.roles {
            self.change_guild(guild_id, |guild| {
                let (deleted, others) = guild.roles.iter().cloned().partition(|role| role.id == role_id);
                let deleted: Vec<Role> = deleted;
                before = deleted.into_iter().next();
                guild.roles = Vec::into(others);
            });
        }
        // Discord sends no events for the members who had it.
        self.remove_role_of_members(guild_id, role_id);
        self.remove_overwrites(guild_id, role_id);
        self.remove_hidden(guild_id);
        before
    }

    pub(in crate::cache) fn emojis_update(&mut self, event: &GuildEmojisUpdate) {
        self.change_guild(event.guild_id, |guild| guild.emojis.clone_from(&event.emojis));
    }

    pub(in crate::cache) fn stickers_update(&mut self, event: &GuildStickersUpdate) {
        self.change_guild(event.guild_id, |guild| guild.stickers.clone_from(&event.stickers));
    }

    /// Returns the voice state before.
    pub(in crate::cache) fn put_voice_state(
        &mut self,
        guild: GuildId,
        state: &VoiceState,
    ) -> Option<Arc<VoiceState>> {
        if !self.kept.voice_states {
            return None;
        }
        let entry = self.guilds.get_mut(&guild).filter(|entry| entry.is_available)?;
        let before = entry.voice_states.remove(&state.user_id);
        if let Some(before) = &before {
            self.usage.remove(Kind::VoiceState, voice_bytes(before));
        }
        if state.channel_id.is_some() {
            let state = VoiceState { guild_id: Some(guild), member: None, ..state.clone() };
            self.usage.add(Kind::VoiceState, voice_bytes(&state));
            entry.voice_states.insert(state.user_id, Arc::new(state));
        }
        before
    }

    /// Returns the presence before.
    pub(in crate::cache) fn put_presence(
        &mut self,
        guild: GuildId,
        presence: &Presence,
    ) -> Option<Arc<PackedPresence>> {
        if !self.kept.presences {
            return None;
        }
        let before = self.remove_presence(guild, presence.user.id);
        let entry = self.guilds.get_mut(&guild).filter(|entry| entry.is_available)?;
        // A user who is offline has none: nothing says so for those who were offline from the start.
        if presence.status != crate::model::Status::OFFLINE {
            let packed = PackedPresence::pack(guild, presence);
            self.usage.add(Kind::Presence, packed.bytes() + PRESENCE_ENTRY);
            entry.presences.insert(presence.user.id, Arc::new(packed));
        }
        before
    }

    pub(super) fn remove_presence(&mut self, guild: GuildId, user: UserId) -> Option<Arc<PackedPresence>> {
        let before = self.guilds.get_mut(&guild)?.presences.remove(&user)?;
        self.usage.remove(Kind::Presence, before.bytes() + PRESENCE_ENTRY);
        Some(before)
    }

    pub(super) fn remove_voice_state(&mut self, guild: GuildId, user: UserId) {
        let state = self.guilds.get_mut(&guild).and_then(|entry| entry.voice_states.remove(&user));
        if let Some(state) = state {
            self.usage.remove(Kind::VoiceState, voice_bytes(&state));
        }
    }

    /// The guild, if what is known of it is right.
    pub(super) fn available(&self, guild: GuildId) -> Option<&GuildEntry> {
        self.guilds.get(&guild).filter(|entry| entry.is_available)
    }

    /// The guild's entry, which is new if there is none.
    fn entry(&mut self, guild: GuildId) -> &mut GuildEntry {
        self.guilds.entry(guild).or_default()
    }

    /// Keeps what is known of a guild without using it.
    fn suspend(&mut self, shard: u32, guild: GuildId) {
        let entry = self.entry(guild);
        (entry.shard, entry.is_available) = (shard, false);
        self.replace_guild(guild, |guild| {
            let mut guild = Guild::clone(guild?);
            guild.unavailable = Some(true);
            Some(guild)
        });
    }

    /// Sets the guild's object to the kept parts of this one.
    fn put_guild(&mut self, guild: &Guild) {
        let kept = self.kept;
        if kept.guilds || kept.roles || kept.emojis {
            self.replace_guild(guild.id, |before| Some(stripped(guild, &kept, before)));
        }
    }

    /// Changes the object of an available guild.
    fn change_guild(&mut self, guild: GuildId, change: impl FnOnce(&mut Guild)) {
        if self.available(guild).is_none() {
            return;
        }
        self.replace_guild(guild, |before| {
            let mut guild = Guild::clone(before?);
            change(&mut guild);
            Some(guild)
        });
    }

    /// Replaces the object of a guild, and counts what it takes.
    fn replace_guild(&mut self, guild: GuildId, new: impl FnOnce(Option<&Guild>) -> Option<Guild>) {
        let Some(entry) = self.guilds.get_mut(&guild) else { return };
        let before = entry.guild.take();
        entry.guild = new(before.as_deref()).map(Arc::new);
        let parts =
            |guild: Option<&Guild>| guild.map_or((0, 0), |guild| (guild.roles.len(), guild.emojis.len()));
        let ((roles, emojis), (new_roles, new_emojis)) =
            (parts(before.as_deref()), parts(entry.guild.as_deref()));
        self.usage.change_count(Kind::Role, roles, new_roles);
        self.usage.change_count(Kind::Emoji, emojis, new_emojis);
        if let Some(before) = &before {
            self.usage.remove(Kind::Guild, guild_bytes(before) + GUILD_ENTRY);
        }
        if let Some(guild) = &entry.guild {
            self.usage.add(Kind::Guild, guild_bytes(guild) + GUILD_ENTRY);
        }
    }

    /// Adds or replaces a role. Returns the role before.
    fn put_role(&mut self, guild: GuildId, role: &Role) -> Option<Role> {
        if !self.kept.roles {
            return None;
        }
        let mut before = None;
        self.change_guild(guild, |guild| match guild.roles.iter_mut().find(|known| known.id == role.id) {
            Some(known) => before = Some(std::mem::replace(known, role.clone())),
            None => guild.roles.push(role.clone()),
        });
        before
    }

    fn remove_overwrites(&mut self, guild: GuildId, role: RoleId) {
        let Some(entry) = self.guilds.get(&guild) else { return };
        for id in entry.channels.clone() {
            self.change_channel(id, |channel| {
                let is_of_role = |overwrite: &crate::model::Overwrite| {
                    overwrite.kind == OverwriteType::ROLE && overwrite.id.get() == role.get()
                };
                if channel.permission_overwrites.iter().any(is_of_role) {
                    let others = channel.permission_overwrites.iter().filter(|o| !is_of_role(o)).cloned();
                    channel.permission_overwrites = others.collect();
                }
            });
        }
    }

    /// Removes a guild with all that is in it.
    fn remove_guild(&mut self, guild: GuildId) {
        self.remove_messages_of(guild);
        self.empty_guild(guild);
        self.replace_guild(guild, |_| None);
        self.guilds.remove(&guild);
    }

    /// Removes the channels, members, voice states and presences of a guild.
    fn empty_guild(&mut self, guild: GuildId) {
        let Some(entry) = self.guilds.get_mut(&guild) else { return };
        let channels = std::mem::take(&mut entry.channels);
        let members = std::mem::take(&mut entry.members);
        for state in std::mem::take(&mut entry.voice_states).into_values() {
            self.usage.remove(Kind::VoiceState, voice_bytes(&state));
        }
        for presence in std::mem::take(&mut entry.presences).into_values() {
            self.usage.remove(Kind::Presence, presence.bytes() + PRESENCE_ENTRY);
        }
        self.remove_own_member(guild);
        for channel in channels {
            self.forget_channel(channel);
        }
        for place in members.into_values() {
            self.remove_member_at(place);
        }
    }
}

fn voice_bytes(state: &VoiceState) -> usize {
    let own = crate::cache::size::shared::<VoiceState>();
    own + crate::cache::size::text(Some(&state.session_id)) + VOICE_ENTRY
}
