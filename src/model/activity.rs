//! [Activities](https://docs.discord.com/developers/events/gateway-events#activity-object): what somebody is doing.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::open_enum::{flags, int_enum};
use super::{Emoji, List, UnixMillis};
use crate::id::ApplicationId;
use crate::json::{self, Read, Reader, object};

/// Something that a user [is doing](https://docs.discord.com/developers/events/gateway-events#activity-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Activity {
    /// Its name.
    pub name: String,
    /// What kind of activity it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ActivityType,
    /// Where it is streamed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was added to the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<UnixMillis>,
    /// When it began and when it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamps: Option<ActivityTimestamps>,
    /// The game's application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// Which text the list of members shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_display_type: Option<StatusDisplayType>,
    /// What the player is doing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// Where the details link to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details_url: Option<String>,
    /// The party's state, or the text of a custom status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Where the state links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_url: Option<String>,
    /// The emoji of a custom status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// With whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<ActivityParty>,
    /// Its pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<ActivityAssets>,
    /// What joining and watching takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<ActivitySecrets>,
    /// Whether it is one game among others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<bool>,
    /// Flags.
    pub flags: ActivityFlags,
    /// Its buttons, two at most.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub buttons: List<ActivityButton>,
}

object! { Activity {
    name, kind = "type", url, created_at, timestamps, application_id, status_display_type, details,
    details_url, state, state_url, emoji, party, assets, secrets, instance, flags, buttons,
} }

/// [When](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-timestamps) an activity began and when it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityTimestamps {
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<UnixMillis>,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<UnixMillis>,
}

object! { ActivityTimestamps {
    start, end,
} }

/// [With whom](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-party) somebody is doing something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityParty {
    /// The party's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How many they are, and how many they may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<[u32; 2]>,
}

object! { ActivityParty {
    id, size,
} }

/// The [pictures](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-assets) of an activity, as [names of images](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-asset-image).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivityAssets {
    /// The large picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large_image: Option<String>,
    /// The text of the large picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large_text: Option<String>,
    /// Where the large picture links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large_url: Option<String>,
    /// The small picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_image: Option<String>,
    /// The text of the small picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_text: Option<String>,
    /// Where the small picture links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_url: Option<String>,
    /// The picture of invitations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite_cover_image: Option<String>,
}

object! { ActivityAssets {
    large_image, large_text, large_url, small_image, small_text, small_url, invite_cover_image,
} }

/// What [joining and watching](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-secrets) takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ActivitySecrets {
    /// For joining the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join: Option<String>,
    /// For watching the game.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectate: Option<String>,
    /// For one particular match.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub match_: Option<String>,
}

object! { ActivitySecrets {
    join, spectate, match_ = "match",
} }

/// A [button of an activity](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-buttons).
///
/// Discord takes a label and an address, but hands on only the label, as a mere string.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActivityButton {
    /// What it says.
    pub label: String,
    /// Where it leads; `None` in what Discord sends.
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
    /// What [kind of activity](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-types) it is.
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
    /// Which [text of an activity](https://docs.discord.com/developers/events/gateway-events#activity-object-status-display-types) the list of members shows.
    StatusDisplayType {
    NAME = 0,
    STATE = 1,
    DETAILS = 2,
    }
}

flags! {
    /// [Activity flags](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-flags).
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
