use crate::error::Error;
use crate::id::{GuildId, ScheduledEventExceptionId, ScheduledEventId, UserId};
use crate::model::{List, ScheduledEventUser, ScheduledEventUserCounts};
use crate::rest::check::{count, number};
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of users.
const MAX_USERS: u16 = 100;

options! {
    /// Which of those who are interested are wanted: [Get Guild Scheduled Event Users](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event-users).
    ListGuildScheduledEventUsers {
        /// At most so many: 1 to 100 (100).
        limit: u16 => number(1..=MAX_USERS),
        /// Whether to say who they are as members of the guild.
        with_member: bool,
        /// Only those with a smaller id; `after` does not count then.
        before: UserId,
        /// Only those with a greater id.
        after: UserId,
    }
}

options! {
    /// Which occurrences are to be counted too.
    CountGuildScheduledEventUsers {
        /// Those that are not as the others: at most 10.
        guild_scheduled_event_exception_ids: Vec<ScheduledEventExceptionId> [into] => count(0..=10),
    }
}

impl Client {
    /// A page of those who are interested, by their ids: [Get Guild Scheduled Event Users](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event-users).
    pub fn guild_scheduled_event_users(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        which: &ListGuildScheduledEventUsers,
    ) -> Result<List<ScheduledEventUser>, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENT_USERS.at(&[&guild, &event]).query(which)?)
    }

    /// All who are interested, fetched by the page.
    /// See [`guild_scheduled_event_users`](Client::guild_scheduled_event_users).
    pub fn guild_scheduled_event_users_iter(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
    ) -> Pages<ScheduledEventUser> {
        let client = self.clone();
        by_page(move |which| client.guild_scheduled_event_users(guild, event, which))
    }

    /// How many are interested.
    ///
    /// This call is in [Discord's specification](https://github.com/discord/discord-api-spec), though not
    /// yet on its pages.
    pub fn guild_scheduled_event_user_counts(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        which: &CountGuildScheduledEventUsers,
    ) -> Result<ScheduledEventUserCounts, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENT_USER_COUNTS.at(&[&guild, &event]).query(which)?)
    }

    /// A page of those who are interested in an occurrence that is not as the others.
    ///
    /// This call is in [Discord's specification](https://github.com/discord/discord-api-spec), though not
    /// yet on its pages.
    pub fn guild_scheduled_event_exception_users(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
        which: &ListGuildScheduledEventUsers,
    ) -> Result<List<ScheduledEventUser>, Error> {
        let route = route::GUILD_SCHEDULED_EVENT_EXCEPTION_USERS.at(&[&guild, &event, &exception]);
        self.fetch(route.query(which)?)
    }

    /// All who are interested in an occurrence that is not as the others, fetched by the page.
    pub fn guild_scheduled_event_exception_users_iter(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
    ) -> Pages<ScheduledEventUser> {
        let client = self.clone();
        by_page(move |which| client.guild_scheduled_event_exception_users(guild, event, exception, which))
    }
}

/// All that `fetch` gives page by page.
fn by_page(
    fetch: impl Fn(&ListGuildScheduledEventUsers) -> Result<List<ScheduledEventUser>, Error> + Send + 'static,
) -> Pages<ScheduledEventUser> {
    let mut which = ListGuildScheduledEventUsers::new().with_member(true).limit(MAX_USERS);
    Pages::new(move || {
        let users = fetch(&which)?;
        if let Some(last) = users.last() {
            which = which.clone().after(last.user.id);
        }
        Ok(Page::of(users, MAX_USERS.into()))
    })
}
