//! [Scheduled events](https://docs.discord.com/developers/resources/guild-scheduled-event) of guilds.

mod create;
mod exception;
mod recurrence;
mod user;

use crate::error::Error;
use crate::id::{GuildId, ScheduledEventId};
use crate::model::{List, ScheduledEvent};
use crate::rest::options::options;
use crate::rest::{Client, route};

pub use create::{CreateGuildScheduledEvent, ModifyGuildScheduledEvent};
pub use exception::{CreateGuildScheduledEventException, UpdateGuildScheduledEventException};
pub use user::{CountGuildScheduledEventUsers, ListGuildScheduledEventUsers};

options! {
    /// Options to get scheduled events: [Get Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event).
    GetGuildScheduledEvent {
        /// Whether to include the number of interested users.
        with_user_count: bool,
    }
}

impl Client {
    /// Returns a guild's scheduled events: [List Scheduled Events for Guild](https://docs.discord.com/developers/resources/guild-scheduled-event#list-scheduled-events-for-guild).
    pub fn guild_scheduled_events(
        &self,
        guild: GuildId,
        options: &GetGuildScheduledEvent,
    ) -> Result<List<ScheduledEvent>, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENTS.at(&[&guild]).query(options)?)
    }

    /// Returns a scheduled event: [Get Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event).
    pub fn guild_scheduled_event(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        options: &GetGuildScheduledEvent,
    ) -> Result<ScheduledEvent, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENT.at(&[&guild, &event]).query(options)?)
    }

    /// Creates a scheduled event: [Create Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#create-guild-scheduled-event).
    ///
    /// Needs `CREATE_EVENTS`, and [more permissions in a channel](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-permissions-requirements).
    /// A guild can have 100 scheduled and active events.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use syncord::rest::CreateGuildScheduledEvent;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// let start = SystemTime::now() + Duration::from_secs(3600);
    /// let end = start + Duration::from_secs(7200);
    /// let walk = CreateGuildScheduledEvent::elsewhere("Walk", "The north beach", start, end);
    /// let event = client.create_guild_scheduled_event(guild, &walk)?;
    /// assert_eq!(event.name, "Walk");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_scheduled_event(
        &self,
        guild: GuildId,
        event: &CreateGuildScheduledEvent,
    ) -> Result<ScheduledEvent, Error> {
        self.change(route::CREATE_GUILD_SCHEDULED_EVENT.at(&[&guild]), event)
    }

    /// Changes, starts or ends a scheduled event: [Modify Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#modify-guild-scheduled-event).
    ///
    /// Needs `MANAGE_EVENTS`, or `CREATE_EVENTS` for an event that the bot created, and [more permissions in a channel](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-permissions-requirements).
    pub fn modify_guild_scheduled_event(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        changes: &ModifyGuildScheduledEvent,
    ) -> Result<ScheduledEvent, Error> {
        self.change(route::MODIFY_GUILD_SCHEDULED_EVENT.at(&[&guild, &event]), changes)
    }

    /// Deletes a scheduled event: [Delete Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#delete-guild-scheduled-event).
    ///
    /// Needs the permissions of [`modify_guild_scheduled_event`](Client::modify_guild_scheduled_event).
    pub fn delete_guild_scheduled_event(&self, guild: GuildId, event: ScheduledEventId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_SCHEDULED_EVENT.at(&[&guild, &event]))
    }
}
