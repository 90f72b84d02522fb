//! [Activities](https://docs.discord.com/developers/events/gateway-events#activity-object) of users.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::open_enum::{flags, int_enum};
use super::{Emoji, List, UnixMillis};
use crate::id::ApplicationId;
use crate::json::{self, Read, Reader, object};

/// An [activity](https://docs.discord.com/developers/events/gateway-events#activity-object) of a user, such as a game.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Activity {
    /// The name.
    pub name: String,
    /// The type of activity; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: ActivityType,
    /// The URL of a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the activity was added to the user's session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<UnixMillis>,
    /// The start and end of the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamps: Option<ActivityTimestamps>,
    /// The ID of the game's application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The field that is shown in the member list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_display_type: Option<StatusDisplayType>,
    /// What the user is doing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The URL that the details link to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details_url: Option<String>,
    /// The status of the party, or the text of a custom status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The URL that the state links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_url: Option<String>,
    /// The emoji of a custom status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<ActivityParty>,
    /// The images and their hover texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<ActivityAssets>,
    /// The secrets for joining and spectating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<ActivitySecrets>,
    /// Whether the activity is an instanced game session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<bool>,
    /// The flags.
    pub flags: ActivityFlags,
    /// The buttons, up to 2.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub buttons: List<ActivityButton>,
}

object! { Activity {
    name, kind = "type", url, created_at, timestamps, application_id, status_display_type, details,
    details_url, state, state_url, emoji, party, assets, secrets, instance, flags, buttons,
} }

/// The [start and end](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-timestamps) of an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityTimestamps {
    /// When the activity started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<UnixMillis>,
    /// When the activity ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<UnixMillis>,
}

object! { ActivityTimestamps {
    start, end,
} }

/// The [party](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-party) of an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityParty {
    /// The ID of the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The current size and the maximum size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<[u32; 2]>,
}

object! { ActivityParty {
    id, size,
} }

/// The [images of an activity](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-assets). Each is an [asset image](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-asset-image).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityAssets {
    /// The large image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large_image: Option<String>,
    /// The hover text of the large image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large_text: Option<String>,
    /// The URL that the large image links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large_url: Option<String>,
    /// The small image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_image: Option<String>,
    /// The hover text of the small image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_text: Option<String>,
    /// The URL that the small image links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_url: Option<String>,
    /// The image of game invites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite_cover_image: Option<String>,
}

object! { ActivityAssets {
    large_image, large_text, large_url, small_image, small_text, small_url, invite_cover_image,
} }

/// The [secrets](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-secrets) for joining and spectating a game.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivitySecrets {
    /// The secret for joining a party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join: Option<String>,
    /// The secret for spectating a game.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectate: Option<String>,
    /// The secret of a match; `match` in JSON.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub match_: Option<String>,
}

object! { ActivitySecrets {
    join, spectate, match_ = "match",
} }

/// A [button of an activity](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-buttons).
///
/// Clients send a label and a URL. Bots only receive the label, as a string.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActivityButton {
    /// The label, 1-32 characters.
    pub label: String,
    /// The URL, 1-512 characters. `None` if received from Discord.
    pub url: Option<String>,
}

impl Serialize for ActivityButton {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            label: &'a str,
            url: &'a str,
        }

        match &self.url {
            Some(url) => Whole { label: &self.label, url }.serialize(serializer),
            None => self.label.serialize(serializer),
        }
    }
}

impl Read for ActivityButton {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        struct Whole {
            label: String,
            url: Option<String>,
        }

        object! { Whole {
            label: required, url,
        } }

        if reader.peek()? == b'"' {
            return Ok(ActivityButton { label: String::read(reader)?, url: None });
        }
        let Whole { label, url } = Whole::read(reader)?;
        Ok(ActivityButton { label, url })
    }
}

impl<'de> Deserialize<'de> for ActivityButton {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

int_enum! {
    /// The [type of an activity](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-types).
    ActivityType {
    PLAYING = 0,
    STREAMING = 1,
    LISTENING = 2,
    WATCHING = 3,
    CUSTOM = 4,
    COMPETING = 5,
    }
}

int_enum! {
    /// The [field of an activity](https://docs.discord.com/developers/events/gateway-events#activity-object-status-display-types) that is shown in the member list.
    StatusDisplayType {
    NAME = 0,
    STATE = 1,
    DETAILS = 2,
    }
}

flags! {
    /// The [activity flags](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-flags).
    ActivityFlags {
    INSTANCE = 0,
    JOIN = 1,
    SPECTATE = 2,
    JOIN_REQUEST = 3,
    SYNC = 4,
    PLAY = 5,
    PARTY_PRIVACY_FRIENDS = 6,
    PARTY_PRIVACY_VOICE_CHANNEL = 7,
    EMBEDDED = 8,
    }
}
