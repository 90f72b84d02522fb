//! What the bot may see. Discord sends no events of channels that the bot cannot see, and does not say when it loses access:
//! only what has changed its permissions. So what was hidden is removed then.

use super::{GuildEntry, Store};
use crate::id::{ChannelId, GuildId};
use crate::model::permissions::PermissionCalculator;
use crate::model::{Channel, Guild, Permissions};

impl Store {
    /// Removes the threads and messages of channels that the bot cannot see any more.
    pub(super) fn remove_hidden(&mut self, guild: GuildId) {
        if !self.kept.channels {
            return;
        }
        let Some(entry) = self.available(guild) else { return };
        let may_hide = |id: &&ChannelId| {
            self.messages.contains_key(id)
                || self.channels.get(id).is_some_and(|channel| channel.kind.is_thread())
        };
        let hidden: Vec<ChannelId> = entry
            .channels
            .iter()
            .filter(may_hide)
            .copied()
            .filter(|id| !self.is_visible(entry, *id))
            .collect();
        for id in hidden {
            self.remove_messages(id);
            if self.channels.get(&id).is_some_and(|channel| channel.kind.is_thread()) {
                self.remove_channel(id);
            }
        }
    }

    /// Whether the bot can certainly see a channel.
    fn is_visible(&self, entry: &GuildEntry, channel: ChannelId) -> bool {
        let (Some(guild), Some(own), Some(channel)) = (&entry.guild, &entry.own, self.channels.get(&channel))
        else {
            return false;
        };
        let calculator = PermissionCalculator {
            user_id: own.user_id,
            guild_id: guild.id,
            is_owner: guild.owner_id == Some(own.user_id),
            is_timed_out: false,
            roles: &own.roles,
            guild_roles: &guild.roles,
        };
        let permissions = self.permissions(&calculator, guild, channel);
        let needed = if channel.kind.is_voice() {
            Permissions::VIEW_CHANNEL | Permissions::CONNECT
        } else {
            Permissions::VIEW_CHANNEL
        };
        permissions.contains(needed)
    }

    /// The permissions in a channel or thread; none if the channel of a thread is not known.
    fn permissions(
        &self,
        calculator: &PermissionCalculator<'_>,
        guild: &Guild,
        channel: &Channel,
    ) -> Permissions {
        if !channel.kind.is_thread() {
            return calculator.in_channel(channel);
        }
        let parent = channel.parent_id.and_then(|parent| self.channels.get(&parent));
        let parent = parent.filter(|parent| parent.guild_id == Some(guild.id));
        parent.map_or(Permissions::empty(), |parent| {
            calculator.in_thread(parent, channel, channel.member.is_some())
        })
    }
}
