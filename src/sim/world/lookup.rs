//! Finds things by name or ID, for those who act in the world.

use serde_json::Value;

use super::World;

impl World {
    /// The channels of the guild, oldest first. Threads are among them.
    pub fn guild_channels(&self) -> Vec<Value> {
        let ids = self.channels.keys().copied().filter(|id| self.is_in_guild(*id));
        ids.map(|id| self.channel_body(id)).collect()
    }

    /// The channels for direct messages, oldest first.
    pub fn direct_channels(&self) -> Vec<Value> {
        let ids = self.channels.keys().copied().filter(|id| !self.is_in_guild(*id));
        ids.map(|id| self.channel_body(id)).collect()
    }

    /// The members of the guild, with their users, oldest first.
    pub fn members(&self) -> Vec<Value> {
        self.member_ids().map(|id| self.member_body(id)).collect()
    }

    /// The channel of a message, also of one that only one user sees.
    pub fn channel_of_message(&self, message: u64) -> Option<u64> {
        self.messages.get(&message).map(|message| message.channel)
    }
}
