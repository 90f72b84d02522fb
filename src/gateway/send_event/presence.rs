use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::payload::{MAX_PAYLOAD_BYTES, payload};
use crate::error::{Error, Limit};
use crate::gateway::opcode::Opcode;

/// Enough for everything else in an identify, which is mostly the token.
const IDENTIFY_BYTES: usize = 512;

/// The presence of the bot: its status and activity, as shown in member lists.
///
/// See [update presence](https://docs.discord.com/developers/events/gateway-events#update-presence).
///
/// ```
/// use syncord::gateway::send_event::{Presence, Status};
///
/// let presence = Presence::playing("chess").status(Status::Idle);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presence {
    status: Status,
    activities: Vec<Activity>,
}

/// A status: the coloured dot next to a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// Online: green.
    #[default]
    Online,
    /// Do not disturb: red.
    Dnd,
    /// Idle: yellow.
    Idle,
    /// Invisible: shown as offline.
    Invisible,
}

/// See [activity types](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-types).
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Activity {
    name: String,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Presence {
    /// Online, without an activity.
    pub fn online() -> Self {
        Presence::default()
    }

    /// Shows "Playing `name`".
    pub fn playing(name: impl Into<String>) -> Self {
        Presence::activity(0, name)
    }

    /// Shows "Streaming `name`", with a link to a Twitch or YouTube address.
    pub fn streaming(name: impl Into<String>, url: impl Into<String>) -> Self {
        let mut presence = Presence::activity(1, name);
        presence.activities[0].url = Some(url.into());
        presence
    }

    /// Shows "Listening to `name`".
    pub fn listening(name: impl Into<String>) -> Self {
        Presence::activity(2, name)
    }

    /// Shows "Watching `name`".
    pub fn watching(name: impl Into<String>) -> Self {
        Presence::activity(3, name)
    }

    /// Shows only the text, like a user's custom status.
    pub fn custom(text: impl Into<String>) -> Self {
        let mut presence = Presence::activity(4, "Custom Status");
        presence.activities[0].state = Some(text.into());
        presence
    }

    /// Shows "Competing in `name`".
    pub fn competing(name: impl Into<String>) -> Self {
        Presence::activity(5, name)
    }

    fn activity(kind: u8, name: impl Into<String>) -> Self {
        let activity = Activity { name: name.into(), kind, state: None, url: None };
        Presence { status: Status::Online, activities: vec![activity] }
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Checks that an identify has room for the presence.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is over 3584 bytes: Discord closes a connection that sends more than 4096 at once.
    pub fn check(&self) -> Result<(), Error> {
        let max = MAX_PAYLOAD_BYTES - IDENTIFY_BYTES;
        let size = payload(Opcode::PresenceUpdate.code(), self).len();
        if size > max {
            let limit = Limit::Bytes { max: max as u64, actual: size as u64 };
            let problem = format!("at most {max} bytes in all, and this has {size}: make its texts shorter");
            return Err(Error::outside("presence", limit, problem));
        }
        Ok(())
    }
}

/// All four fields: Discord requires them even when they are empty.
impl Serialize for Presence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Presence", 4)?;
        fields.serialize_field("since", &None::<u64>)?;
        fields.serialize_field("activities", &self.activities)?;
        fields.serialize_field("status", &self.status)?;
        fields.serialize_field("afk", &false)?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    use super::*;
    use crate::gateway::send_event::SendEvent;

    #[test]
    fn a_presence_has_all_four_fields_and_its_activities_are_never_null() {
        let event =
            SendEvent::update_presence(&Presence::custom("tide is high").status(Status::Dnd)).unwrap();
        let sent: Value = serde_json::from_str(&event.text).unwrap();
        assert_eq!(
            sent,
            json!({"op": 3, "d": {"since": null, "status": "dnd", "afk": false,
                "activities": [{"name": "Custom Status", "type": 4, "state": "tide is high"}]}})
        );
        let online = SendEvent::update_presence(&Presence::online()).unwrap().text;
        assert!(online.contains(r#""since":null,"activities":[]"#), "{online}");
    }

    #[test]
    fn an_identify_has_room_for_every_valid_presence() {
        let long = |bytes: usize| Presence::playing("x".repeat(bytes));
        let fixed = payload(3, &long(0)).len();
        assert!(SendEvent::update_presence(&long(3584 - fixed)).is_ok());
        let error = SendEvent::update_presence(&long(3585 - fixed)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "presence: at most 3584 bytes in all, and this has 3585: make its texts shorter (nothing was sent)"
        );
    }
}
