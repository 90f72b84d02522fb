use serde::Serialize;

use super::wraps;
use crate::id::{GuildId, ScheduledEventId, UserId};
use crate::json::object;
use crate::model::ScheduledEvent;

wraps! {
    /// An event was scheduled: [GUILD_SCHEDULED_EVENT_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-create).
    GuildScheduledEventCreate(ScheduledEvent);

    /// A scheduled event was changed, began or ended: [GUILD_SCHEDULED_EVENT_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-update).
    GuildScheduledEventUpdate(ScheduledEvent);

    /// A scheduled event was deleted: [GUILD_SCHEDULED_EVENT_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-delete).
    GuildScheduledEventDelete(ScheduledEvent);
}

/// Somebody is interested in a scheduled event: [GUILD_SCHEDULED_EVENT_USER_ADD](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-add).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildScheduledEventUserAdd {
    /// The event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// Who.
    pub user_id: UserId,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildScheduledEventUserAdd {
    guild_scheduled_event_id: required, user_id: required, guild_id: required,
} }

/// Somebody is no longer interested in a scheduled event: [GUILD_SCHEDULED_EVENT_USER_REMOVE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-remove).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildScheduledEventUserRemove {
    /// The event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// Who.
    pub user_id: UserId,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildScheduledEventUserRemove {
    guild_scheduled_event_id: required, user_id: required, guild_id: required,
} }
