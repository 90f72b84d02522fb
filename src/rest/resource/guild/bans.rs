use std::time::Duration;

use crate::error::Error;
use crate::id::{GuildId, UserId};
use crate::model::{Ban, BulkBan, List};
use crate::rest::check::{count, invalid, number};
use crate::rest::duration::seconds_in;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of bans of a page.
const MAX_BANS: u16 = 1000;

/// Maximum age of messages that a ban can delete, in seconds: seven days.
const MAX_DELETE_MESSAGE_SECONDS: u64 = 604_800;

/// Maximum number of users in a bulk ban.
const MAX_BULK_BAN: usize = 200;

options! {
    /// Filters for bans: [Get Guild Bans](https://docs.discord.com/developers/resources/guild#get-guild-bans).
    GetGuildBans {
        /// Maximum number of bans to return, 1-1000. Default: 1000.
        limit: u16 => number(1..=MAX_BANS),
        /// Returns only bans of users with a lower ID. Cannot be combined with [`after`](Self::after).
        before: UserId,
        /// Returns only bans of users with a higher ID.
        after: UserId,
    } and Self::check_combination
}

impl GetGuildBans {
    fn check_combination(&self) -> Result<(), Error> {
        if self.before.is_absent() || self.after.is_absent() {
            return Ok(());
        }
        invalid("after", "cannot be combined with `before`: Discord would ignore it")
    }
}

options! {
    /// Options of a ban: [Create Guild Ban](https://docs.discord.com/developers/resources/guild#create-guild-ban).
    CreateGuildBan {
        /// Deletes the messages that the user sent in this number of days, 0-7.
        #[deprecated = "use `delete_message_seconds`"]
        delete_message_days: u8 => number(0..=7),
        /// Deletes the messages that the user sent within this time, at most 7 days.
        delete_message_seconds: Duration [seconds] => seconds_in(0..=MAX_DELETE_MESSAGE_SECONDS),
    } and Self::check_combination
}

impl CreateGuildBan {
    fn check_combination(&self) -> Result<(), Error> {
        if self.delete_message_days.is_absent() || self.delete_message_seconds.is_absent() {
            return Ok(());
        }
        invalid("delete_message_days", "cannot be combined with `delete_message_seconds`")
    }
}

options! {
    /// The users to ban: [Bulk Guild Ban](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
    BulkGuildBan(user_ids: impl Into<Vec<UserId>>) {
        /// The users to ban, 1-200.
        user_ids: Vec<UserId> [into] => count(1..=MAX_BULK_BAN),
        /// Deletes the messages that they sent within this time, at most 7 days.
        delete_message_seconds: Duration [seconds] => seconds_in(0..=MAX_DELETE_MESSAGE_SECONDS),
    }
}

impl Client {
    /// Returns a page of bans, sorted by user ID, ascending: [Get Guild Bans](https://docs.discord.com/developers/resources/guild#get-guild-bans).
    ///
    /// Needs `BAN_MEMBERS`.
    pub fn guild_bans(&self, guild: GuildId, filter: &GetGuildBans) -> Result<List<Ban>, Error> {
        self.fetch(route::GUILD_BANS.at(&[&guild]).query(filter)?)
    }

    /// Iterates over all bans, and fetches further pages when needed.
    ///
    /// Bans are sorted by user ID: ascending, or descending with [`before`](GetGuildBans::before). The limit is the
    /// size of a page.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// # client.reason("spam").create_guild_ban(guild, discord.member("ann").id(), &syncord::rest::CreateGuildBan::new())?;
    /// use syncord::rest::GetGuildBans;
    ///
    /// for ban in client.guild_bans_iter(guild, &GetGuildBans::new()) {
    ///     let ban = ban?;
    ///     println!("{}: {}", ban.user.username, ban.reason.as_deref().unwrap_or("no reason given"));
    ///     # assert_eq!((ban.user.username.as_str(), ban.reason.as_deref()), ("ann", Some("spam")));
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_bans_iter(&self, guild: GuildId, filter: &GetGuildBans) -> Pages<Ban> {
        let (client, mut filter) = (self.clone(), filter.clone());
        let limit = filter.limit.value().copied().unwrap_or(MAX_BANS);
        let descending = !filter.before.is_absent();
        filter = filter.limit(limit);
        Pages::new(move || {
            let bans = client.guild_bans(guild, &filter)?;
            let end = if descending { bans.first() } else { bans.last() };
            if let Some(id) = end.map(|ban| ban.user.id) {
                filter = if descending { filter.clone().before(id) } else { filter.clone().after(id) };
            }
            let mut page = Page::of(bans, limit.into());
            if descending {
                page.elements.reverse();
            }
            Ok(page)
        })
    }

    /// Returns a user's ban: [Get Guild Ban](https://docs.discord.com/developers/resources/guild#get-guild-ban).
    ///
    /// Needs `BAN_MEMBERS`.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the user is not banned.
    pub fn guild_ban(&self, guild: GuildId, user: UserId) -> Result<Ban, Error> {
        self.fetch(route::GUILD_BAN.at(&[&guild, &user]))
    }

    /// Bans a user, whether a member or not: [Create Guild Ban](https://docs.discord.com/developers/resources/guild#create-guild-ban).
    ///
    /// Needs `BAN_MEMBERS`. The audit log entry can have a [reason](Client::reason).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let (guild, user) = (discord.guild_id(), discord.member("ann").id());
    /// use std::time::Duration;
    /// use syncord::rest::CreateGuildBan;
    ///
    /// let an_hour = Duration::from_secs(60 * 60);
    /// let ban = CreateGuildBan::new().delete_message_seconds(an_hour);
    /// client.reason("spam").create_guild_ban(guild, user, &ban)?;
    /// assert_eq!(client.guild_ban(guild, user)?.reason.as_deref(), Some("spam"));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "ban")]
    pub fn create_guild_ban(&self, guild: GuildId, user: UserId, ban: &CreateGuildBan) -> Result<(), Error> {
        self.perform_with(route::CREATE_GUILD_BAN.at(&[&guild, &user]), ban)
    }

    /// Removes a ban: [Remove Guild Ban](https://docs.discord.com/developers/resources/guild#remove-guild-ban).
    ///
    /// Needs `BAN_MEMBERS`. The audit log entry can have a [reason](Client::reason).
    #[doc(alias = "unban")]
    #[doc(alias = "pardon")]
    pub fn remove_guild_ban(&self, guild: GuildId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_GUILD_BAN.at(&[&guild, &user]))
    }

    /// Bans up to 200 users: [Bulk Guild Ban](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
    ///
    /// The response lists the users that were banned, and those that were not or were already banned. Needs
    /// `BAN_MEMBERS` and `MANAGE_GUILD`. The audit log entry can have a [reason](Client::reason).
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with code 500000 if none of the users could be banned.
    pub fn bulk_guild_ban(&self, guild: GuildId, ban: &BulkGuildBan) -> Result<BulkBan, Error> {
        self.change(route::BULK_GUILD_BAN.at(&[&guild]), ban)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BulkGuildBan, CreateGuildBan, GetGuildBans};
    use crate::id::UserId;
    use crate::rest::check::problem;

    #[test]
    #[expect(deprecated, reason = "the deprecated field is part of the checks")]
    fn the_limits_on_bans_are_those_of_the_page() {
        let users = |count: u64| (1..=count).map(UserId::new).collect::<Vec<_>>();
        let seconds = Duration::from_secs;
        let table = [
            (problem(GetGuildBans::new().limit(1000).after(1.into()).check()), "fine"),
            (problem(GetGuildBans::new().limit(0).check()), "limit: from 1 to 1000, and this is 0"),
            (
                problem(GetGuildBans::new().before(2.into()).after(1.into()).check()),
                "after: cannot be combined with `before`: Discord would ignore it",
            ),
            (problem(CreateGuildBan::new().delete_message_seconds(seconds(604_800)).check()), "fine"),
            (
                problem(CreateGuildBan::new().delete_message_seconds(seconds(604_801)).check()),
                "delete_message_seconds: from 0 to 604800 whole seconds, and this is 604801",
            ),
            (
                problem(CreateGuildBan::new().delete_message_days(8).check()),
                "delete_message_days: from 0 to 7, and this is 8",
            ),
            (
                problem(
                    CreateGuildBan::new().delete_message_days(1).delete_message_seconds(seconds(1)).check(),
                ),
                "delete_message_days: cannot be combined with `delete_message_seconds`",
            ),
            (problem(BulkGuildBan::new(users(200)).check()), "fine"),
            (problem(BulkGuildBan::new(users(201)).check()), "user_ids: 1 to 200 elements, and this has 201"),
            (problem(BulkGuildBan::new([]).check()), "user_ids: 1 to 200 elements, and this has 0"),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
