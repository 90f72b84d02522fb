//! Finds channels, members and interactions that exist, by name or ID.

use std::sync::Arc;

use serde_json::Value;

use super::discord::Discord;
use super::error::SimError;
use super::people::{Channel, Interaction, Member};
use crate::id::{ChannelId, InteractionId};

impl Discord {
    /// All channels of all guilds: guild by guild, oldest first. Threads are among them.
    pub fn channels(&self) -> Vec<Channel> {
        let bodies = self.hub.read(|state| state.world.guild_channels());
        bodies.iter().filter_map(|body| self.channel_of(body)).collect()
    }

    /// The channel of this name, of the first guild that has one. Unlike [`channel`](Discord::channel), it creates none.
    ///
    /// # Errors
    ///
    /// [`SimError::Unknown`] when there is none. The error names the channels that exist.
    pub fn find_channel(&self, name: &str) -> Result<Channel, SimError> {
        let channels = self.channels();
        let names: Vec<String> = channels.iter().map(|channel| format!("#{}", channel.name())).collect();
        let found = channels.into_iter().find(|channel| channel.name() == name);
        found.ok_or_else(|| SimError::unknown(&format!("channel #{name}"), names.join(", ")))
    }

    /// The channel or thread with this ID, or the direct messages.
    ///
    /// # Errors
    ///
    /// [`SimError::Unknown`] when there is none.
    pub fn channel_by_id(&self, id: ChannelId) -> Result<Channel, SimError> {
        let body = self.hub.read(|state| state.world.show_channel(id)).body_if_ok();
        let found = body.as_ref().and_then(|body| self.channel_of(body));
        found.ok_or_else(|| {
            let names: Vec<String> = self
                .channels()
                .iter()
                .map(|channel| format!("#{} ({})", channel.name(), channel.id()))
                .collect();
            SimError::unknown(&format!("channel with the ID {id}"), names.join(", "))
        })
    }

    /// The member of this name, in any guild. Unlike with [`member`](Discord::member), no one joins.
    ///
    /// # Errors
    ///
    /// [`SimError::Unknown`] when there is none. The error names the members.
    pub fn find_member(&self, name: &str) -> Result<Member, SimError> {
        let members = self.hub.read(|state| state.world.members());
        let names = members.iter().filter_map(|member| member["user"]["username"].as_str());
        let found = members.iter().find(|member| member["user"]["username"] == name);
        let id = found.and_then(|member| member["user"]["id"].as_str()?.parse().ok());
        match id {
            Some(id) => Ok(Member::new(Arc::clone(&self.hub), id, name, self.timeout)),
            None => {
                let names: Vec<&str> = names.collect();
                Err(SimError::unknown(&format!("member {name}"), names.join(", ")))
            }
        }
    }

    /// The interaction with this ID.
    ///
    /// # Errors
    ///
    /// [`SimError::Unknown`] when there is none. The error lists those that exist.
    pub fn interaction(&self, id: InteractionId) -> Result<Interaction, SimError> {
        let all = self.interactions();
        let names: Vec<String> = all.iter().map(|one| format!("{} ({})", one.name(), one.id())).collect();
        let found = all.into_iter().find(|interaction| interaction.id() == id);
        found.ok_or_else(|| SimError::unknown(&format!("interaction with the ID {id}"), names.join(", ")))
    }

    /// The handle of a channel that the world shows like this.
    fn channel_of(&self, body: &Value) -> Option<Channel> {
        let id: ChannelId = body["id"].as_str()?.parse().ok()?;
        let name = match (body["name"].as_str(), body["recipients"][0]["username"].as_str()) {
            (Some(name), _) => name.to_owned(),
            (None, Some(user)) => format!("direct messages with {user}"),
            (None, None) => "direct messages".to_owned(),
        };
        Some(Channel::new(Arc::clone(&self.hub), id, &name, self.timeout))
    }
}
