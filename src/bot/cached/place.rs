//! A channel with what permissions in it depend on.

use std::sync::Arc;
use std::time::SystemTime;

use crate::bot::context::Context;
use crate::error::Error;
use crate::id::{ChannelId, GuildId, UserId};
use crate::model::permissions::PermissionCalculator;
use crate::model::{Channel, ChannelType, Guild, PartialMember, Permissions};
use crate::rest::GetThreadMember;

/// What is needed to compute permissions in a channel: from the cache, or fetched.
pub(crate) struct Place {
    guild: Arc<Guild>,
    channel: Arc<Channel>,
    /// The channel of a thread.
    parent: Option<Arc<Channel>>,
}

impl Place {
    pub(crate) fn find(cx: &Context, guild: GuildId, channel: ChannelId) -> Result<Place, Error> {
        let channel = cx.find_channel(channel)?;
        let guild = cx.guild_with_roles(guild)?;
        let parent = match channel.parent_id.filter(|_| channel.kind.is_thread()) {
            Some(parent) => Some(cx.find_channel(parent)?),
            None => None,
        };
        Ok(Place { guild, channel, parent })
    }

    /// Whether age-restricted commands may be used here.
    pub(crate) fn is_nsfw(&self) -> bool {
        self.parent.as_ref().unwrap_or(&self.channel).nsfw
    }

    /// The permissions of a member who sees the channel.
    pub(crate) fn permissions(&self, user: UserId, member: &PartialMember, now: SystemTime) -> Permissions {
        self.in_channel(user, member, now, true)
    }

    /// The permissions of any member.
    pub(crate) fn permissions_of(
        &self,
        cx: &Context,
        user: UserId,
        member: &PartialMember,
        now: SystemTime,
    ) -> Result<Permissions, Error> {
        let permissions = self.in_channel(user, member, now, false);
        if !permissions.is_empty() || self.channel.kind != ChannelType::PRIVATE_THREAD {
            return Ok(permissions);
        }
        // Discord is asked about a private thread only if the member cannot see all private threads.
        let has_joined = if user == cx.me().id {
            self.channel.member.is_some()
        } else {
            let options = GetThreadMember::default();
            match cx.rest().thread_member(self.channel.id, user, &options) {
                Ok(_) => true,
                Err(Error::Http(error)) if error.status == 404 => false,
                Err(error) => return Err(error),
            }
        };
        Ok(self.in_channel(user, member, now, has_joined))
    }

    fn in_channel(&self, user: UserId, member: &PartialMember, now: SystemTime, joined: bool) -> Permissions {
        let calculator = PermissionCalculator::new(&self.guild, user, member, now);
        match &self.parent {
            Some(parent) => calculator.in_thread(parent, &self.channel, joined),
            None => calculator.in_channel(&self.channel),
        }
    }
}
