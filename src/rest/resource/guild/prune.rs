use std::ops::RangeInclusive;

use serde::Serialize;

use crate::error::Error;
use crate::id::{GuildId, RoleId};
use crate::json::object;
use crate::rest::check::{count, number};
use crate::rest::options::{Options, options};
use crate::rest::{Client, route};

/// How many days a member must have been away.
const DAYS: RangeInclusive<u8> = 1..=30;

/// How many roles can be named.
const MAX_ROLES: usize = 100;

options! {
    /// Who would be pruned: [Get Guild Prune Count](https://docs.discord.com/developers/resources/guild#get-guild-prune-count).
    GetGuildPruneCount {
        /// Those who were away for so many days: 1 to 30 (7).
        days: u8 => number(DAYS),
        /// Not only those without roles, but also those who have no others than these: at most 100.
        include_roles: Vec<RoleId> [into] => count(0..=MAX_ROLES),
    }
}

options! {
    /// Whom to prune: [Begin Guild Prune](https://docs.discord.com/developers/resources/guild#begin-guild-prune).
    BeginGuildPrune {
        /// Those who were away for so many days: 1 to 30 (7).
        days: u8 => number(DAYS),
        /// Whether to tell how many they were (yes); better not in a large guild.
        compute_prune_count: bool,
        /// Not only those without roles, but also those who have no others than these: at most 100.
        include_roles: Vec<RoleId> [into] => count(0..=MAX_ROLES),
        /// Sets why.
        #[deprecated = "use `Client::reason`"]
        reason: String [into],
    }
}

/// The query: its roles are one text, with commas.
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
    /// How many members a prune would remove: [Get Guild Prune Count](https://docs.discord.com/developers/resources/guild#get-guild-prune-count).
    ///
    /// Needs `MANAGE_GUILD` and `KICK_MEMBERS`.
    pub fn guild_prune_count(&self, guild: GuildId, whom: &GetGuildPruneCount) -> Result<u64, Error> {
        let answer: Pruned = self.fetch(route::GUILD_PRUNE_COUNT.at(&[&guild]).query(&whom.query())?)?;
        Ok(answer.pruned.unwrap_or(0))
    }

    /// Removes the members who were away for long: [Begin Guild Prune](https://docs.discord.com/developers/resources/guild#begin-guild-prune).
    ///
    /// It gives how many they were, unless [that was not asked for](BeginGuildPrune::compute_prune_count). Needs
    /// `MANAGE_GUILD` and `KICK_MEMBERS`. It is [noted with a reason](Client::reason).
    pub fn begin_guild_prune(&self, guild: GuildId, whom: &BeginGuildPrune) -> Result<Option<u64>, Error> {
        let answer: Pruned = self.change(route::BEGIN_GUILD_PRUNE.at(&[&guild]), whom)?;
        Ok(answer.pruned)
    }
}

#[cfg(test)]
mod tests {
    use super::{BeginGuildPrune, GetGuildPruneCount};
    use crate::id::RoleId;
    use crate::rest::check::problem;

    #[test]
    fn members_are_pruned_for_1_to_30_days_of_absence() {
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
