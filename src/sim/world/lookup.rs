//! Finds things by name or ID, for those who act in the world.

use serde_json::Value;

use super::World;
use super::world::Place;
use crate::id::{ChannelId, MessageId};

impl World {
    /// The channels of the first guild, oldest first. Threads are among them.
    pub fn guild_channels(&self) -> Vec<Value> {
        self.channels_of(self.first_guild()).map(|id| self.channel_body(id)).collect()
    }

    /// The channels for direct messages, oldest first.
    pub fn direct_channels(&self) -> Vec<Value> {
        let is_direct = |place| matches!(place, Place::Direct { .. });
        let direct = self.channels.iter().filter(|(_, channel)| is_direct(channel.place));
        direct.map(|(id, _)| self.channel_body(*id)).collect()
    }

    /// The members of the first guild, with their users, oldest first.
    pub fn members(&self) -> Vec<Value> {
        let guild = self.first_guild();
        self.member_ids(guild).map(|id| self.member_body(guild, id)).collect()
    }

    /// The channel of a message, also of one that only one user sees.
    pub fn channel_of_message(&self, message: MessageId) -> Option<ChannelId> {
        self.messages.get(&message.get()).map(|message| ChannelId::new(message.channel))
    }
}
