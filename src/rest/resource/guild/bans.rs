use std::time::Duration;

use crate::error::Error;
use crate::id::{GuildId, UserId};
use crate::model::{Ban, BulkBan, List};
use crate::rest::check::{count, invalid, number};
use crate::rest::duration::seconds_in;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of bans.
const MAX_BANS: u16 = 1000;

/// How far back messages can be deleted, in seconds: seven days.
const MAX_DELETED: u64 = 604_800;

/// How many can be banned at once.
const MAX_AT_ONCE: usize = 200;

options! {
    /// Which bans are wanted: [Get Guild Bans](https://docs.discord.com/developers/resources/guild#get-guild-bans).
    GetGuildBans {
        /// At most so many: 1 to 1,000 (1,000).
        limit: u16 => number(1..=MAX_BANS),
        /// Only of users with a smaller id; not together with [`after`](Self::after).
        before: UserId,
        /// Only of users with a greater id.
        after: UserId,
    } and Self::consistent
}

impl GetGuildBans {
    fn consistent(&self) -> Result<(), Error> {
        if self.before.is_absent() || self.after.is_absent() {
            return Ok(());
        }
        invalid("after", "cannot stand beside `before`: Discord would not heed it")
    }
}

options! {
    /// What else a ban does: [Create Guild Ban](https://docs.discord.com/developers/resources/guild#create-guild-ban).
    CreateGuildBan {
        /// Deletes what the user wrote in so many days: at most 7.
        #[deprecated = "use `delete_message_seconds`"]
        delete_message_days: u8 => number(0..=7),
        /// Deletes what the user wrote in so long a time: at most 7 days.
        delete_message_seconds: Duration [seconds] => seconds_in(0..=MAX_DELETED),
    } and Self::consistent
}

impl CreateGuildBan {
    fn consistent(&self) -> Result<(), Error> {
        if self.delete_message_days.is_absent() || self.delete_message_seconds.is_absent() {
            return Ok(());
        }
        invalid("delete_message_days", "cannot stand beside `delete_message_seconds`")
    }
}

options! {
    /// Whom to ban: [Bulk Guild Ban](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
    BulkGuildBan(user_ids: impl Into<Vec<UserId>>) {
        /// Sets whom: 1 to 200 users.
        user_ids: Vec<UserId> [into] => count(1..=MAX_AT_ONCE),
        /// Deletes what they wrote in so long a time: at most 7 days.
        delete_message_seconds: Duration [seconds] => seconds_in(0..=MAX_DELETED),
    }
}

impl Client {
    /// A page of bans, by the ids of the users, ascending: [Get Guild Bans](https://docs.discord.com/developers/resources/guild#get-guild-bans).
    ///
    /// Needs `BAN_MEMBERS`.
    pub fn guild_bans(&self, guild: GuildId, which: &GetGuildBans) -> Result<List<Ban>, Error> {
        self.fetch(route::GUILD_BANS.at(&[&guild]).query(which)?)
    }

    /// All bans, by the ids of the users, fetched by the page: ascending, or, from a
    /// [`before`](GetGuildBans::before) on, descending. The limit is that of a page.
    ///
    /// ```no_run
    /// use syncord::rest::GetGuildBans;
    /// # use syncord::id::GuildId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let guild = GuildId::new(197038439483310086);
    ///
    /// for ban in client.guild_bans_iter(guild, &GetGuildBans::new()) {
    ///     let ban = ban?;
    ///     println!("{}: {}", ban.user.username, ban.reason.as_deref().unwrap_or("no reason given"));
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_bans_iter(&self, guild: GuildId, which: &GetGuildBans) -> Pages<Ban> {
        let (client, mut which) = (self.clone(), which.clone());
        let limit = which.limit.value().copied().unwrap_or(MAX_BANS);
        let descending = !which.before.is_absent();
        which = which.limit(limit);
        Pages::new(move || {
            let bans = client.guild_bans(guild, &which)?;
            let end = if descending { bans.first() } else { bans.last() };
            if let Some(id) = end.map(|ban| ban.user.id) {
                which = if descending { which.clone().before(id) } else { which.clone().after(id) };
            }
            let mut page = Page::of(bans, limit.into());
            if descending {
                page.elements.reverse();
            }
            Ok(page)
        })
    }

    /// A user's ban: [Get Guild Ban](https://docs.discord.com/developers/resources/guild#get-guild-ban).
    ///
    /// Needs `BAN_MEMBERS`.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the user is not banned.
    pub fn guild_ban(&self, guild: GuildId, user: UserId) -> Result<Ban, Error> {
        self.fetch(route::GUILD_BAN.at(&[&guild, &user]))
    }

    /// Bans a user, a member or not: [Create Guild Ban](https://docs.discord.com/developers/resources/guild#create-guild-ban).
    ///
    /// Needs `BAN_MEMBERS`. It is [noted with a reason](Client::reason).
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use syncord::rest::CreateGuildBan;
    /// # use syncord::id::{GuildId, UserId};
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let (guild, user) = (GuildId::new(197038439483310086), UserId::new(80351110224678912));
    ///
    /// let an_hour = Duration::from_secs(60 * 60);
    /// let ban = CreateGuildBan::new().delete_message_seconds(an_hour);
    /// client.reason("sells rafts").create_guild_ban(guild, user, &ban)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_ban(&self, guild: GuildId, user: UserId, ban: &CreateGuildBan) -> Result<(), Error> {
        self.perform_with(route::CREATE_GUILD_BAN.at(&[&guild, &user]), ban)
    }

    /// Ends a ban: [Remove Guild Ban](https://docs.discord.com/developers/resources/guild#remove-guild-ban).
    ///
    /// Needs `BAN_MEMBERS`. It is [noted with a reason](Client::reason).
    pub fn remove_guild_ban(&self, guild: GuildId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_GUILD_BAN.at(&[&guild, &user]))
    }

    /// Bans up to 200 users: [Bulk Guild Ban](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
    ///
    /// The answer tells who was banned and who was not, or was already. Needs `BAN_MEMBERS` and `MANAGE_GUILD`.
    /// It is [noted with a reason](Client::reason).
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
    #[expect(deprecated, reason = "that they exclude each other is to be seen")]
    fn the_limits_on_bans_are_those_of_the_page() {
        let users = |count: u64| (1..=count).map(UserId::new).collect::<Vec<_>>();
        let seconds = Duration::from_secs;
        let table = [
            (problem(GetGuildBans::new().limit(1000).after(1.into()).check()), "fine"),
            (problem(GetGuildBans::new().limit(0).check()), "limit: from 1 to 1000, and this is 0"),
            (
                problem(GetGuildBans::new().before(2.into()).after(1.into()).check()),
                "after: cannot stand beside `before`: Discord would not heed it",
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
                "delete_message_days: cannot stand beside `delete_message_seconds`",
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
