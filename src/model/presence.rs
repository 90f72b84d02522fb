//! [Presences](https://docs.discord.com/developers/events/gateway-events#presence): who is online and doing what.

use serde::Serialize;

use super::open_enum::string_enum;
use super::{Activity, List, User};
use crate::id::GuildId;
use crate::json::object;

/// Somebody's [presence](https://docs.discord.com/developers/events/gateway-events#presence-update) in a guild.
///
/// Discord does not check what clients say here: every part but the user's id may be missing or of another form.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Presence {
    /// Whose it is; only the id is sure to be there.
    pub user: User,
    /// The guild; missing where the presence stands within one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether the user is there.
    pub status: Status,
    /// What the user is doing.
    pub activities: List<Activity>,
    /// Whether the user is there, by kind of device.
    pub client_status: ClientStatus,
}

object! { Presence {
    user: required, guild_id, status, activities, client_status,
} }

/// Whether somebody is there, [by kind of device](https://docs.discord.com/developers/events/gateway-events#client-status-object); what is `None` is offline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClientStatus {
    /// On a desktop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desktop: Option<Status>,
    /// On a phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<Status>,
    /// In a browser, or as a bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<Status>,
    /// In virtual reality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vr: Option<Status>,
}

object! { ClientStatus {
    desktop, mobile, web, vr,
} }

string_enum! {
    /// [Whether somebody is there](https://docs.discord.com/developers/events/gateway-events#update-presence-status-types).
    Status {
    ONLINE = "online",
    DND = "dnd",
    IDLE = "idle",
    INVISIBLE = "invisible",
    OFFLINE = "offline",
    }
}
