//! [Presences](https://docs.discord.com/developers/events/gateway-events#presence) of users: their status and activities.

use serde::Serialize;

use super::open_enum::string_enum;
use super::{Activity, List, User};
use crate::id::GuildId;
use crate::json::object;

/// The [presence](https://docs.discord.com/developers/events/gateway-events#presence-update) of a user in a guild.
///
/// Discord does not validate the data of clients. All fields except the user's ID may be missing or have another form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Presence {
    /// The user. Only the ID is always set.
    pub user: User,
    /// The ID of the guild; missing in the presences of a [`Guild`](crate::model::Guild).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The status.
    pub status: Status,
    /// The activities.
    pub activities: List<Activity>,
    /// The status on each platform.
    pub client_status: ClientStatus,
}

object! { Presence {
    user: required, guild_id, status, activities, client_status,
} }

/// The status on [each platform](https://docs.discord.com/developers/events/gateway-events#client-status-object); `None` means offline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClientStatus {
    /// The status on desktop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desktop: Option<Status>,
    /// The status on mobile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<Status>,
    /// The status in the browser; also that of bots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<Status>,
    /// The status in virtual reality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vr: Option<Status>,
}

object! { ClientStatus {
    desktop, mobile, web, vr,
} }

string_enum! {
    /// The [status](https://docs.discord.com/developers/events/gateway-events#update-presence-status-types) of a user.
    Status {
    ONLINE = "online",
    DND = "dnd",
    IDLE = "idle",
    INVISIBLE = "invisible",
    OFFLINE = "offline",
    }
}
