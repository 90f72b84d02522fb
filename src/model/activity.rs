//! [Activities](https://docs.discord.com/developers/events/gateway-events#activity-object): what somebody is doing.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::open_enum::{flags, number};
use super::{Emoji, List, UnixMillis, lenient};
use crate::id::ApplicationId;

/// Something that a user [is doing](https://docs.discord.com/developers/events/gateway-events#activity-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Activity {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What kind of activity it is; `type` in Discord's words.
    #[serde(rename = "type", default, deserialize_with = "lenient::plain")]
    pub kind: ActivityType,
    /// Where it is streamed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub url: Option<String>,
    /// When it was added to the session.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub created_at: Option<UnixMillis>,
    /// When it began and when it ends.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub timestamps: Option<ActivityTimestamps>,
    /// The game's application.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub application_id: Option<ApplicationId>,
    /// Which text the list of members shows.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub status_display_type: Option<StatusDisplayType>,
    /// What the player is doing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub details: Option<String>,
    /// Where the details link to.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub details_url: Option<String>,
    /// The party's state, or the text of a custom status.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub state: Option<String>,
    /// Where the state links to.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub state_url: Option<String>,
    /// The emoji of a custom status.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub emoji: Option<Emoji>,
    /// With whom.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub party: Option<ActivityParty>,
    /// Its pictures.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub assets: Option<ActivityAssets>,
    /// What joining and watching takes.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub secrets: Option<ActivitySecrets>,
    /// Whether it is one game among others.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub instance: Option<bool>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: ActivityFlags,
    /// Its buttons, two at most.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub buttons: List<ActivityButton>,
}

/// [When](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-timestamps) an activity began and when it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivityTimestamps {
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub start: Option<UnixMillis>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub end: Option<UnixMillis>,
}

/// [With whom](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-party) somebody is doing something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivityParty {
    /// The party's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How many they are, and how many they may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<[u32; 2]>,
}

/// The [pictures](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-assets) of an activity, as [names of images](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-asset-image).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivityAssets {
    /// The large picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large_image: Option<String>,
    /// The text of the large picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large_text: Option<String>,
    /// Where the large picture links to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large_url: Option<String>,
    /// The small picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small_image: Option<String>,
    /// The text of the small picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small_text: Option<String>,
    /// Where the small picture links to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small_url: Option<String>,
    /// The picture of invitations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_cover_image: Option<String>,
}

/// What [joining and watching](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-secrets) takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivitySecrets {
    /// For joining the party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join: Option<String>,
    /// For watching the game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spectate: Option<String>,
    /// For one particular match.
    #[serde(default, rename = "match", skip_serializing_if = "Option::is_none")]
    pub match_: Option<String>,
}

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

impl<'de> Deserialize<'de> for ActivityButton {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Label(String),
            Whole { label: String, url: Option<String> },
        }

        Ok(match Form::deserialize(deserializer)? {
            Form::Label(label) => ActivityButton { label, url: None },
            Form::Whole { label, url } => ActivityButton { label, url },
        })
    }
}

number! {
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

number! {
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
