use std::ops::RangeInclusive;

use serde::Serialize;

use crate::error::Error;
use crate::id::{GuildId, RoleId};
use crate::json::object;
use crate::rest::check::{count, number};
use crate::rest::options::{Options, options};
use crate::rest::{Client, route};

/// Allowed numbers of days of inactivity.
const DAYS: RangeInclusive<u8> = 1..=30;

/// Maximum number of included roles.
const MAX_ROLES: usize = 100;

options! {
    /// The members to count: [Get Guild Prune Count](https://docs.discord.com/developers/resources/guild#get-guild-prune-count).
    GetGuildPruneCount {
        /// The number of days of inactivity, 1-30. Default: 7.
        days: u8 => number(DAYS),
        /// The roles that do not protect members from pruning, at most 100. Default: only members without roles are pruned.
        include_roles: Vec<RoleId> [into] => count(0..=MAX_ROLES),
    }
}

options! {
    /// The members to prune: [Begin Guild Prune](https://docs.discord.com/developers/resources/guild#begin-guild-prune).
    BeginGuildPrune {
        /// The number of days of inactivity, 1-30. Default: 7.
        days: u8 => number(DAYS),
        /// Whether to return the number of pruned members. Default: `true`. Discord advises `false` for large guilds.
        compute_prune_count: bool,
        /// The roles that do not protect members from pruning, at most 100. Default: only members without roles are pruned.
        include_roles: Vec<RoleId> [into] => count(0..=MAX_ROLES),
        /// The reason.
        #[deprecated = "use `Client::reason`"]
        reason: String [into],
    }
}

/// The query. Its roles are joined with commas.
#[derive(Serialize)]
struct Query<'a> {
    #[serde(skip)]
    options: &'a GetGuildPruneCount,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_roles: Option<String>,
}

impl Options for Query<'_> {
    fn check(&self) -> Result<(), Error> {
        self.options.check()
    }
}

impl GetGuildPruneCount {
    fn query(&self) -> Query<'_> {
        let roles = self.include_roles.value().map(|roles| {
            let roles: Vec<_> = roles.iter().map(RoleId::to_string).collect();
            roles.join(",")
        });
        Query { options: self, days: self.days.value().copied(), include_roles: roles }
    }
}

struct Pruned {
    pruned: Option<u64>,
}

object! { Pruned {
    pruned,
} }

impl Client {
    /// Returns the number of members that a prune would remove: [Get Guild Prune Count](https://docs.discord.com/developers/resources/guild#get-guild-prune-count).
    ///
    /// Needs `MANAGE_GUILD` and `KICK_MEMBERS`.
    pub fn guild_prune_count(&self, guild: GuildId, filter: &GetGuildPruneCount) -> Result<u64, Error> {
        let response: Pruned = self.fetch(route::GUILD_PRUNE_COUNT.at(&[&guild]).query(&filter.query())?)?;
        Ok(response.pruned.unwrap_or(0))
    }

    /// Removes inactive members: [Begin Guild Prune](https://docs.discord.com/developers/resources/guild#begin-guild-prune).
    ///
    /// It returns their number, unless [`compute_prune_count`](BeginGuildPrune::compute_prune_count) is `false`. Needs
    /// `MANAGE_GUILD` and `KICK_MEMBERS`. The audit log entry can have a [reason](Client::reason).
    #[doc(alias = "purge members")]
    pub fn begin_guild_prune(&self, guild: GuildId, filter: &BeginGuildPrune) -> Result<Option<u64>, Error> {
        let response: Pruned = self.change(route::BEGIN_GUILD_PRUNE.at(&[&guild]), filter)?;
        Ok(response.pruned)
    }
}

#[cfg(test)]
mod tests {
    use super::{BeginGuildPrune, GetGuildPruneCount};
    use crate::id::RoleId;
    use crate::rest::check::problem;

    #[test]
    fn members_are_pruned_after_1_to_30_days_of_inactivity() {
        let roles: Vec<_> = (1..=101).map(RoleId::new).collect();
        let table = [
            (problem(GetGuildPruneCount::new().days(1).check()), "fine"),
            (problem(GetGuildPruneCount::new().days(0).check()), "days: from 1 to 30, and this is 0"),
            (problem(BeginGuildPrune::new().days(30).check()), "fine"),
            (problem(BeginGuildPrune::new().days(31).check()), "days: from 1 to 30, and this is 31"),
            (
                problem(BeginGuildPrune::new().include_roles(roles).check()),
                "include_roles: at most 100 elements, and this has 101",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
