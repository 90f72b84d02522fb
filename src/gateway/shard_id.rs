//! Which shard of how many.

use std::fmt;

use crate::id::GuildId;

/// Which shard of how many.
///
/// See [sharding](https://docs.discord.com/developers/events/gateway#sharding).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShardId {
    /// The shard's index, counted from 0.
    pub index: u32,
    /// The number of shards that the bot runs.
    pub total: u32,
}

impl ShardId {
    /// The shard that receives the events of a guild.
    ///
    /// ```
    /// use syncord::gateway::ShardId;
    /// use syncord::id::GuildId;
    ///
    /// let shard = ShardId::of_guild(GuildId::new(197038439483310086), 10);
    /// assert_eq!(shard, ShardId { index: 0, total: 10 });
    /// ```
    pub fn of_guild(guild: GuildId, total: u32) -> ShardId {
        // The remainder is less than `total`, which is a `u32`.
        let index = ((guild.get() >> 22) % u64::from(total.max(1))) as u32;
        ShardId { index, total }
    }
}

impl Default for ShardId {
    /// The only shard of a bot.
    fn default() -> Self {
        ShardId { index: 0, total: 1 }
    }
}

impl fmt::Display for ShardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::ShardId;
    use crate::id::GuildId;

    #[test]
    fn the_creation_time_in_a_guild_id_decides_its_shard() {
        for (guild, total, index) in
            [(0, 1, 0), (1 << 22, 4, 1), (6 << 22 | 9, 4, 2), (u64::MAX, 16, 15), (7, 0, 0)]
        {
            let shard = ShardId::of_guild(GuildId::new(guild), total);
            assert_eq!(shard, ShardId { index, total }, "{guild} of {total}");
        }
    }
}
