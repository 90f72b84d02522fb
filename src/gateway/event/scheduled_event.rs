use serde::{Deserialize, Serialize};

use super::wraps;
use crate::id::{GuildId, ScheduledEventId, UserId};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GuildScheduledEventUserAdd {
    /// The event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// Who.
    pub user_id: UserId,
    /// The guild.
    pub guild_id: GuildId,
}

/// Somebody is no longer interested in a scheduled event: [GUILD_SCHEDULED_EVENT_USER_REMOVE](https://docs.discord.com/developers/events/gateway-events#guild-scheduled-event-user-remove).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GuildScheduledEventUserRemove {
    /// The event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// Who.
    pub user_id: UserId,
    /// The guild.
    pub guild_id: GuildId,
}
