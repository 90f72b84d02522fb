//! Which permissions a user has.

use std::time::Duration;

use serde_json::Value;

use super::bits::{ADMINISTRATOR, ALL, DIRECT, IN_TIMEOUT, MANAGE_THREADS, VIEW_CHANNEL};
use crate::sim::types::channel_type::PRIVATE_THREAD;
use crate::sim::world::World;
use crate::sim::world::objects;
use crate::sim::world::timestamp::timestamp;
use crate::sim::world::world::Place;

impl World {
    /// The permissions of a user in a guild. None if the user is not a member.
    pub(in crate::sim::world) fn guild_permissions(&self, guild: u64, user: u64) -> u64 {
        let Some(stored) = self.guilds.get(&guild).filter(|guild| guild.members.contains_key(&user)) else {
            return 0;
        };
        if stored.owner == user {
            return ALL;
        }
        let of_role =
            |role: u64| self.item(guild, "roles", role).map_or(0, |role| bits(&role["permissions"]));
        let roles = self.roles_of(guild, user);
        let base = roles.into_iter().map(of_role).fold(of_role(guild), |all, bits| all | bits);
        if base & ADMINISTRATOR != 0 { ALL } else { base }
    }

    /// The permissions of a user in a channel. Those in a thread are those in its parent.
    pub(in crate::sim::world) fn channel_permissions(&self, channel: u64, user: u64) -> u64 {
        let Some(stored) = self.channels.get(&channel) else { return 0 };
        let guild = match stored.place {
            Place::Guild(guild) => guild,
            Place::Direct { bot, user: person } => {
                return if user == bot || user == person { DIRECT } else { 0 };
            }
        };
        let base = self.guild_permissions(guild, user);
        if base == ALL {
            return ALL;
        }
        let parent = if self.is_thread(channel) { objects::id(&stored.body["parent_id"]) } else { None };
        let with_overwrites = parent.and_then(|parent| self.channels.get(&parent)).unwrap_or(stored);
        let granted = self.overwritten(base, guild, user, &with_overwrites.body["permission_overwrites"]);
        let is_hidden = granted & VIEW_CHANNEL == 0
            || stored.body["type"] == PRIVATE_THREAD
                && granted & MANAGE_THREADS == 0
                && !self.is_in_thread(channel, user);
        if is_hidden { 0 } else { granted }
    }

    /// As [`channel_permissions`](World::channel_permissions), less what a timeout takes away at this time.
    pub(in crate::sim::world) fn permissions_at(&self, now: Duration, channel: u64, user: u64) -> u64 {
        let granted = self.channel_permissions(channel, user);
        match self.guild_of(channel) {
            Some(guild) if self.is_in_timeout(now, guild, user) => granted & IN_TIMEOUT,
            _ => granted,
        }
    }

    /// Whether a member is in a timeout. The owner and administrators are never.
    pub(in crate::sim::world) fn is_in_timeout(&self, now: Duration, guild: u64, user: u64) -> bool {
        let member = self.guilds.get(&guild).and_then(|guild| guild.members.get(&user));
        let end = member.and_then(|member| member.fields["communication_disabled_until"].as_str());
        // Both times have the same format up to the seconds.
        let is_later = |end: &str| end.get(..19) > timestamp(now).get(..19);
        end.is_some_and(is_later) && self.guild_permissions(guild, user) & ADMINISTRATOR == 0
    }

    /// Whether a user can view a channel.
    pub(in crate::sim::world) fn can_view(&self, channel: u64, user: u64) -> bool {
        self.channel_permissions(channel, user) & VIEW_CHANNEL != 0
    }

    pub(in crate::sim::world) fn roles_of(&self, guild: u64, user: u64) -> Vec<u64> {
        let member = self.guilds.get(&guild).and_then(|guild| guild.members.get(&user));
        let roles = member.and_then(|member| member.fields["roles"].as_array());
        roles.into_iter().flatten().filter_map(objects::id).collect()
    }

    fn is_in_thread(&self, thread: u64, user: u64) -> bool {
        self.list(thread, "thread members").iter().any(|member| objects::is_id(&member["user_id"], user))
    }

    /// Applies the overwrites of a channel: of @everyone, of the roles together, of the member.
    fn overwritten(&self, base: u64, guild: u64, user: u64, overwrites: &Value) -> u64 {
        let overwrites = overwrites.as_array().map_or(&[][..], Vec::as_slice);
        let overwrite = |id: u64| {
            let of_id = overwrites.iter().filter(move |one| objects::is_id(&one["id"], id));
            of_id.fold((0, 0), |(deny, allow), one| (deny | bits(&one["deny"]), allow | bits(&one["allow"])))
        };
        let roles = self.roles_of(guild, user);
        let of_roles = roles.into_iter().map(overwrite).fold((0, 0), |a, b| (a.0 | b.0, a.1 | b.1));
        let apply = |granted: u64, (deny, allow): (u64, u64)| granted & !deny | allow;
        [overwrite(guild), of_roles, overwrite(user)].into_iter().fold(base, apply)
    }
}

/// A set of permissions, which is a number in a text.
pub(in crate::sim::world) fn bits(value: &Value) -> u64 {
    objects::id(value).unwrap_or(0)
}
