//! The permissions of the author and the bot where a command was called. Discord sends them with an interaction, but not with
//! a message.

use std::time::SystemTime;

use crate::error::Error;
use crate::id::{ChannelId, GuildId, UserId};
use crate::model::permissions::PermissionCalculator;
use crate::model::{Channel, Guild, PartialMember, Permissions};
use crate::rest::Client;

/// What is needed to compute permissions.
pub(super) struct Place {
    guild: Guild,
    channel: Channel,
    /// The channel of a thread.
    parent: Option<Channel>,
}

impl Place {
    pub(super) fn fetch(rest: &Client, guild: GuildId, channel: ChannelId) -> Result<Place, Error> {
        let guild = rest.guild(guild)?;
        let channel = rest.channel(channel)?;
        let parent = match channel.parent_id.filter(|_| channel.kind.is_thread()) {
            Some(parent) => Some(rest.channel(parent)?),
            None => None,
        };
        Ok(Place { guild, channel, parent })
    }

    /// Whether age-restricted commands may be used here.
    pub(super) fn is_nsfw(&self) -> bool {
        self.parent.as_ref().unwrap_or(&self.channel).nsfw
    }

    /// The permissions of a member who sees the channel.
    pub(super) fn permissions(&self, user: UserId, member: &PartialMember, now: SystemTime) -> Permissions {
        let calculator = PermissionCalculator::new(&self.guild, user, member, now);
        match &self.parent {
            Some(parent) => calculator.in_thread(parent, &self.channel, true),
            None => calculator.in_channel(&self.channel),
        }
    }
}
