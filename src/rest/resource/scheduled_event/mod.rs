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
    /// What is wanted of scheduled events: [Get Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event).
    GetGuildScheduledEvent {
        /// Whether to say how many are interested.
        with_user_count: bool,
    }
}

impl Client {
    /// What is planned in a guild: [List Scheduled Events for Guild](https://docs.discord.com/developers/resources/guild-scheduled-event#list-scheduled-events-for-guild).
    pub fn guild_scheduled_events(
        &self,
        guild: GuildId,
        what: &GetGuildScheduledEvent,
    ) -> Result<List<ScheduledEvent>, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENTS.at(&[&guild]).query(what)?)
    }

    /// Something planned in a guild: [Get Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event).
    pub fn guild_scheduled_event(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        what: &GetGuildScheduledEvent,
    ) -> Result<ScheduledEvent, Error> {
        self.fetch(route::GUILD_SCHEDULED_EVENT.at(&[&guild, &event]).query(what)?)
    }

    /// Plans something in a guild: [Create Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#create-guild-scheduled-event).
    ///
    /// Needs `CREATE_EVENTS`, and [more in a channel](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-permissions-requirements).
    /// A guild has at most 100 that are to come or going on.
    ///
    /// ```no_run
    /// # use syncord::id::GuildId;
    /// use std::time::{Duration, SystemTime};
    /// use syncord::rest::CreateGuildScheduledEvent;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let noon = SystemTime::now() + Duration::from_secs(3600);
    /// let walk = CreateGuildScheduledEvent::elsewhere("Walk", "The north beach", noon, noon + Duration::from_secs(7200));
    /// client.create_guild_scheduled_event(GuildId::new(197038439483310086), &walk)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_scheduled_event(
        &self,
        guild: GuildId,
        event: &CreateGuildScheduledEvent,
    ) -> Result<ScheduledEvent, Error> {
        self.change(route::CREATE_GUILD_SCHEDULED_EVENT.at(&[&guild]), event)
    }

    /// Changes what is planned, begins it or ends it: [Modify Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#modify-guild-scheduled-event).
    ///
    /// Needs `MANAGE_EVENTS`, or `CREATE_EVENTS` for what the bot has planned, and [more in a channel](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-permissions-requirements).
    pub fn modify_guild_scheduled_event(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        changes: &ModifyGuildScheduledEvent,
    ) -> Result<ScheduledEvent, Error> {
        self.change(route::MODIFY_GUILD_SCHEDULED_EVENT.at(&[&guild, &event]), changes)
    }

    /// Deletes what is planned: [Delete Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#delete-guild-scheduled-event).
    ///
    /// Needs what changing it needs.
    pub fn delete_guild_scheduled_event(&self, guild: GuildId, event: ScheduledEventId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_SCHEDULED_EVENT.at(&[&guild, &event]))
    }
}
