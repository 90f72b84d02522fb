use crate::error::Error;
use crate::id::{GuildId, ScheduledEventExceptionId, ScheduledEventId, UserId};
use crate::model::{List, ScheduledEventUser, ScheduledEventUserCounts};
use crate::rest::check::{count, number};
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of users in a page.
const MAX_USERS: u16 = 100;

options! {
    /// Options to get a page of interested users: [Get Guild Scheduled Event Users](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event-users).
    ListGuildScheduledEventUsers {
        /// Maximum number to return, 1-100. Default: 100.
        limit: u16 => number(1..=MAX_USERS),
        /// Whether to include the guild members.
        with_member: bool,
        /// Only users before this ID. Discord then ignores `after`.
        before: UserId,
        /// Only users after this ID.
        after: UserId,
    }
}

options! {
    /// Options to count interested users.
    CountGuildScheduledEventUsers {
        /// The exceptions to count too, maximum 10.
        guild_scheduled_event_exception_ids: Vec<ScheduledEventExceptionId> [into] => count(0..=10),
    }
}

impl Client {
    /// Returns a page of users interested in a scheduled event, sorted by ID: [Get Guild Scheduled Event Users](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event-users).
    pub fn guild_scheduled_event_users(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        options: &ListGuildScheduledEventUsers,
    ) -> Result<List<ScheduledEventUser>, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENT_USERS.at(&[&guild, &event]).query(options)?)
    }

    /// Iterates over all users interested in a scheduled event, page by page.
    /// See [`guild_scheduled_event_users`](Client::guild_scheduled_event_users).
    pub fn guild_scheduled_event_users_iter(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
    ) -> Pages<ScheduledEventUser> {
        let client = self.clone();
        user_pages(move |options| client.guild_scheduled_event_users(guild, event, options))
    }

    /// Returns the number of users interested in a scheduled event.
    ///
    /// This call is in [Discord's specification](https://github.com/discord/discord-api-spec), but not
    /// yet in its documentation.
    pub fn guild_scheduled_event_user_counts(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        options: &CountGuildScheduledEventUsers,
    ) -> Result<ScheduledEventUserCounts, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENT_USER_COUNTS.at(&[&guild, &event]).query(options)?)
    }

    /// Returns a page of users interested in an exception of a recurring event.
    ///
    /// This call is in [Discord's specification](https://github.com/discord/discord-api-spec), but not
    /// yet in its documentation.
    pub fn guild_scheduled_event_exception_users(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
        options: &ListGuildScheduledEventUsers,
    ) -> Result<List<ScheduledEventUser>, Error> {
        let route = route::GUILD_SCHEDULED_EVENT_EXCEPTION_USERS.at(&[&guild, &event, &exception]);
        self.fetch(route.query(options)?)
    }

    /// Iterates over all users interested in an exception of a recurring event, page by page.
    pub fn guild_scheduled_event_exception_users_iter(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
    ) -> Pages<ScheduledEventUser> {
        let client = self.clone();
        user_pages(move |options| {
            client.guild_scheduled_event_exception_users(guild, event, exception, options)
        })
    }
}

/// Iterates over the users in the pages that `fetch` returns.
fn user_pages(
    fetch: impl Fn(&ListGuildScheduledEventUsers) -> Result<List<ScheduledEventUser>, Error> + Send + 'static,
) -> Pages<ScheduledEventUser> {
    let mut options = ListGuildScheduledEventUsers::new().with_member(true).limit(MAX_USERS);
    Pages::new(move || {
        let users = fetch(&options)?;
        if let Some(last) = users.last() {
            options = options.clone().after(last.user.id);
        }
        Ok(Page::of(users, MAX_USERS.into()))
    })
}
