//! Permissions ([page](https://docs.discord.com/developers/topics/permissions)).

use serde_json::Value;

use super::World;
use super::objects;

/// All permissions that have names.
const ALL: u64 = ((1 << 53) - 1) & !(1 << 47);
const ADMINISTRATOR: u64 = 1 << 3;
const VIEW_CHANNEL: u64 = 1 << 10;

impl World {
    /// The permissions of a user in a channel, or in the guild for `None`.
    pub(super) fn permissions(&self, user: u64, channel: Option<u64>) -> u64 {
        if self.owner() == user {
            return ALL;
        }
        let roles = self.roles_of(user);
        let of_role = |role: &u64| self.item("roles", *role).map_or(0, |role| bits(&role["permissions"]));
        let base = roles.iter().map(of_role).fold(of_role(&self.guild), |all, bits| all | bits);
        if base & ADMINISTRATOR != 0 {
            return ALL;
        }
        let Some(channel) = channel.and_then(|id| self.channels.get(&id)) else { return base };
        let overwrites = channel.body["permission_overwrites"].as_array().map_or(&[][..], Vec::as_slice);
        let overwrite = |id: u64| {
            let of_id = overwrites.iter().filter(move |one| objects::is_id(&one["id"], id));
            of_id.fold((0, 0), |(deny, allow), one| (deny | bits(&one["deny"]), allow | bits(&one["allow"])))
        };
        let of_roles = roles.iter().map(|role| overwrite(*role)).fold((0, 0), |a, b| (a.0 | b.0, a.1 | b.1));
        let apply = |granted: u64, (deny, allow): (u64, u64)| granted & !deny | allow;
        let granted = [overwrite(self.guild), of_roles, overwrite(user)].into_iter().fold(base, apply);
        if granted & VIEW_CHANNEL == 0 { 0 } else { granted }
    }

    /// The guild's owner: its first member.
    pub(super) fn owner(&self) -> u64 {
        *self.users.keys().find(|id| **id != self.bot).unwrap_or(&self.bot)
    }

    pub(super) fn roles_of(&self, user: u64) -> Vec<u64> {
        let member = self.users.get(&user).map(|user| &user.member["roles"]);
        member.and_then(Value::as_array).into_iter().flatten().filter_map(objects::id).collect()
    }
}

fn bits(value: &Value) -> u64 {
    objects::id(value).unwrap_or(0)
}
