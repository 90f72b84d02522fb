use crate::error::Error;
use crate::id::{GuildId, ScheduledEventExceptionId, ScheduledEventId};
use crate::model::{ScheduledEventException, Timestamp};
use crate::rest::options::options;
use crate::rest::{Client, route};

options! {
    /// Options to create an exception: one occurrence of a recurring event that differs from the others.
    CreateGuildScheduledEventException(original_scheduled_start_time: impl Into<Timestamp>) {
        /// The original start time of the occurrence.
        original_scheduled_start_time: Timestamp [into],
        /// The new start time.
        scheduled_start_time / no_scheduled_start_time: Timestamp [into],
        /// The new end time.
        scheduled_end_time / no_scheduled_end_time: Timestamp [into],
        /// Whether the occurrence is canceled.
        is_canceled: bool,
    }
}

options! {
    /// Changes to an exception of a recurring event.
    UpdateGuildScheduledEventException {
        /// The new start time.
        scheduled_start_time / no_scheduled_start_time: Timestamp [into],
        /// The new end time.
        scheduled_end_time / no_scheduled_end_time: Timestamp [into],
        /// Whether the occurrence is canceled.
        is_canceled: bool,
    }
}

/// These calls are in [Discord's specification](https://github.com/discord/discord-api-spec), but not yet
/// in its documentation.
impl Client {
    /// Creates an exception: moves or cancels one occurrence of a recurring event.
    ///
    /// Needs the permissions of
    /// [`modify_guild_scheduled_event`](Client::modify_guild_scheduled_event).
    pub fn create_guild_scheduled_event_exception(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: &CreateGuildScheduledEventException,
    ) -> Result<ScheduledEventException, Error> {
        self.change(route::CREATE_GUILD_SCHEDULED_EVENT_EXCEPTION.at(&[&guild, &event]), exception)
    }

    /// Changes an exception of a recurring event.
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

    /// Deletes an exception of a recurring event. The occurrence follows the rule again.
    pub fn delete_guild_scheduled_event_exception(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        exception: ScheduledEventExceptionId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_SCHEDULED_EVENT_EXCEPTION.at(&[&guild, &event, &exception]))
    }
}
