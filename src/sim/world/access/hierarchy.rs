//! The [hierarchy of roles](https://docs.discord.com/developers/topics/permissions#permission-hierarchy).

use std::cmp::Reverse;

use crate::sim::world::World;
use crate::sim::world::objects;

/// Where a role or a member is. A higher position wins, then the older role.
type Rank = (u64, Reverse<u64>);

impl World {
    /// Whether a member is above another one: as the owner, or with a higher role. A user who is not a member is below all.
    pub(super) fn outranks(&self, guild: u64, user: u64, other: u64) -> bool {
        let owner = self.guilds.get(&guild).map(|guild| guild.owner);
        if owner == Some(other) {
            return false;
        }
        owner == Some(user)
            || !self.is_member(guild, other)
            || self.highest_role(guild, user) > self.highest_role(guild, other)
    }

    /// Whether a role is below the highest role of a member.
    pub(super) fn is_above_role(&self, guild: u64, user: u64, role: u64) -> bool {
        let owner = self.guilds.get(&guild).map(|guild| guild.owner);
        owner == Some(user) || self.highest_role(guild, user) > self.rank(guild, role)
    }

    /// Whether a position is below the highest role of a member.
    pub(super) fn is_above_position(&self, guild: u64, user: u64, position: u64) -> bool {
        let owner = self.guilds.get(&guild).map(|guild| guild.owner);
        owner == Some(user) || self.highest_role(guild, user).0 > position
    }

    fn highest_role(&self, guild: u64, user: u64) -> Rank {
        let ranks = self.roles_of(guild, user).into_iter().map(|role| self.rank(guild, role));
        ranks.max().unwrap_or_else(|| self.rank(guild, guild))
    }

    fn rank(&self, guild: u64, role: u64) -> Rank {
        let position = self.item(guild, "roles", role).and_then(|role| objects::id(&role["position"]));
        (position.unwrap_or(0), Reverse(role))
    }
}
