use serde::Serialize;

use super::macros::wraps;
use crate::id::{GuildId, ScheduledEventId, UserId};
use crate::json::object;
use crate::model::ScheduledEvent;

wraps! {
    /// A scheduled event was created: [GUILD_SCHEDULED_EVENT_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-create).
    GuildScheduledEventCreate(ScheduledEvent);

    /// A scheduled event was changed, started or ended: [GUILD_SCHEDULED_EVENT_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-update).
    GuildScheduledEventUpdate(ScheduledEvent);

    /// A scheduled event was deleted: [GUILD_SCHEDULED_EVENT_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-delete).
    GuildScheduledEventDelete(ScheduledEvent);
}

/// A user subscribed to a scheduled event: [GUILD_SCHEDULED_EVENT_USER_ADD](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-add).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildScheduledEventUserAdd {
    /// The scheduled event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// The user.
    pub user_id: UserId,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildScheduledEventUserAdd {
    guild_scheduled_event_id: required, user_id, guild_id,
} }

/// A user unsubscribed from a scheduled event: [GUILD_SCHEDULED_EVENT_USER_REMOVE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-remove).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildScheduledEventUserRemove {
    /// The scheduled event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// The user.
    pub user_id: UserId,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildScheduledEventUserRemove {
    guild_scheduled_event_id: required, user_id, guild_id,
} }
