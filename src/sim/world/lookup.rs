//! Finds things by name or ID, for those who act in the world.

use std::collections::BTreeSet;

use serde_json::Value;

use super::World;
use super::world::Place;
use crate::id::{ChannelId, GuildId, MessageId};

impl World {
    /// The channels of all guilds: guild by guild, oldest first. Threads are among them.
    pub fn guild_channels(&self) -> Vec<Value> {
        let ids = self.guilds.keys().flat_map(|guild| self.channels_of(*guild));
        ids.map(|id| self.channel_body(id)).collect()
    }

    /// The channels for direct messages, oldest first.
    pub fn direct_channels(&self) -> Vec<Value> {
        let is_direct = |place| matches!(place, Place::Direct { .. });
        let direct = self.channels.iter().filter(|(_, channel)| is_direct(channel.place));
        direct.map(|(id, _)| self.channel_body(*id)).collect()
    }

    /// The members of all guilds, with their users: guild by guild, oldest first. A member of several guilds is there once.
    pub fn members(&self) -> Vec<Value> {
        let mut seen = BTreeSet::new();
        let all = self.guilds.keys().flat_map(|guild| self.member_ids(*guild).map(|id| (*guild, id)));
        all.filter(|(_, id)| seen.insert(*id)).map(|(guild, id)| self.member_body(guild, id)).collect()
    }

    /// The guild with this name or ID.
    pub(in crate::sim) fn guild_by_text(&self, text: &str) -> Option<GuildId> {
        let by_id = || {
            let id = text.parse().ok().filter(|id| self.guilds.contains_key(id))?;
            Some(GuildId::new(id))
        };
        self.guild_named(text).or_else(by_id)
    }

    /// The names of all guilds, oldest first.
    pub(in crate::sim) fn guild_names(&self) -> Vec<&str> {
        self.guilds.values().map(|guild| guild.name.as_str()).collect()
    }

    /// The IDs of all guilds, oldest first.
    pub(in crate::sim) fn guild_ids(&self) -> Vec<GuildId> {
        self.guilds.keys().copied().map(GuildId::new).collect()
    }

    /// Whether the person of this name is in a guild.
    pub(in crate::sim) fn is_in_a_guild(&self, name: &str) -> bool {
        let is_it = |id: &u64| self.users.get(id).is_some_and(|user| !user.is_bot && user.name == name);
        self.guilds.values().any(|guild| guild.members.keys().any(is_it))
    }

    /// The channel of a message, also of one that only one user sees.
    pub fn channel_of_message(&self, message: MessageId) -> Option<ChannelId> {
        self.messages.get(&message.get()).map(|message| ChannelId::new(message.channel))
    }
}
