//! [Presences](https://docs.discord.com/developers/events/gateway-events#presence): who is online and doing what.

use std::any::type_name;

use serde::{Deserialize, Deserializer, Serialize};

use super::open_enum::text;
use super::{Activity, List, Raw, User, lenient};
use crate::id::{GuildId, UserId};
use crate::json;

/// Somebody's [presence](https://docs.discord.com/developers/events/gateway-events#presence-update) in a guild.
///
/// Discord does not check what clients say here: every part but the user's id may be missing or of another form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Presence {
    /// Whose it is; only the id is sure to be there.
    #[serde(deserialize_with = "at_least_an_id")]
    pub user: User,
    /// The guild; missing where the presence stands within one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub guild_id: Option<GuildId>,
    /// Whether the user is there.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub status: Status,
    /// What the user is doing.
    #[serde(default)]
    pub activities: List<Activity>,
    /// Whether the user is there, by kind of device.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub client_status: ClientStatus,
}

/// A user of whom nothing but the id has to be readable.
fn at_least_an_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<User, D::Error> {
    #[derive(Serialize, Deserialize)]
    struct Id {
        id: UserId,
    }

    if !lenient::salvaging() {
        return User::deserialize(deserializer);
    }
    let raw = Raw::deserialize(deserializer)?;
    let user = json::read(raw.get()).or_else(|problem| {
        lenient::count(type_name::<User>(), problem);
        let id: Id = json::read(raw.get())?;
        json::read(&serde_json::to_string(&id)?)
    });
    user.map_err(serde::de::Error::custom)
}

/// Whether somebody is there, [by kind of device](https://docs.discord.com/developers/events/gateway-events#client-status-object); what is `None` is offline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClientStatus {
    /// On a desktop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desktop: Option<Status>,
    /// On a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<Status>,
    /// In a browser, or as a bot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<Status>,
    /// In virtual reality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vr: Option<Status>,
}

text! {
    /// [Whether somebody is there](https://docs.discord.com/developers/events/gateway-events#update-presence-status-types).
    Status {
    ONLINE = "online",
    DND = "dnd",
    IDLE = "idle",
    INVISIBLE = "invisible",
    OFFLINE = "offline",
    }
}
