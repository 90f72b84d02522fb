use crate::error::Error;
use crate::id::{GuildId, ScheduledEventExceptionId, ScheduledEventId};
use crate::model::{ScheduledEventException, Timestamp};
use crate::rest::options::options;
use crate::rest::{Client, route};

options! {
    /// How one occurrence of what is repeated differs from the others.
    CreateGuildScheduledEventException(original_scheduled_start_time: impl Into<Timestamp>) {
        /// Says which occurrence, by when it would begin.
        original_scheduled_start_time: Timestamp [into],
        /// Sets when it begins instead.
        scheduled_start_time / no_scheduled_start_time: Timestamp [into],
        /// Sets when it ends instead.
        scheduled_end_time / no_scheduled_end_time: Timestamp [into],
        /// Calls it off, or does not.
        is_canceled: bool,
    }
}

options! {
    /// What to change of an occurrence that is not as the others.
    UpdateGuildScheduledEventException {
        /// Sets when it begins instead.
        scheduled_start_time / no_scheduled_start_time: Timestamp [into],
        /// Sets when it ends instead.
        scheduled_end_time / no_scheduled_end_time: Timestamp [into],
        /// Calls it off, or does not.
        is_canceled: bool,
    }
}

/// These calls are in [Discord's specification](https://github.com/discord/discord-api-spec), though not yet
/// on its pages.
impl Client {
    /// Moves one occurrence of what is repeated, or calls it off.
    ///
    /// Needs what changing the whole needs; see
    /// [`modify_guild_scheduled_event`](Client::modify_guild_scheduled_event).
    pub fn create_guild_scheduled_event_exception(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: &CreateGuildScheduledEventException,
    ) -> Result<ScheduledEventException, Error> {
        self.change(route::CREATE_GUILD_SCHEDULED_EVENT_EXCEPTION.at(&[&guild, &event]), exception)
    }

    /// Changes an occurrence that is not as the others.
    pub fn update_guild_scheduled_event_exception(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
        changes: &UpdateGuildScheduledEventException,
    ) -> Result<ScheduledEventException, Error> {
        let route = route::UPDATE_GUILD_SCHEDULED_EVENT_EXCEPTION.at(&[&guild, &event, &exception]);
        self.change(route, changes)
    }

    /// Makes an occurrence like the others again.
    pub fn delete_guild_scheduled_event_exception(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_SCHEDULED_EVENT_EXCEPTION.at(&[&guild, &event, &exception]))
    }
}
