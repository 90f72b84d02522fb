use std::time::{SystemTime, UNIX_EPOCH};

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
/// use syncord::gateway::send_event::UpdatePresence;
///
/// let presence = UpdatePresence::playing("chess").idle();
/// ```
#[doc(alias = "presence")]
#[doc(alias = "status")]
#[doc(alias = "activity")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdatePresence {
    status: OwnStatus,
    activities: Vec<Activity>,
    since: Option<SystemTime>,
    afk: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum OwnStatus {
    #[default]
    Online,
    Dnd,
    Idle,
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

impl UpdatePresence {
    /// Online, without an activity.
    pub fn online() -> Self {
        UpdatePresence::default()
    }

    /// Shows "Playing `name`".
    pub fn playing(name: impl Into<String>) -> Self {
        UpdatePresence::activity(0, name)
    }

    /// Shows "Streaming `name`", with a link to a Twitch or YouTube address.
    pub fn streaming(name: impl Into<String>, url: impl Into<String>) -> Self {
        let mut presence = UpdatePresence::activity(1, name);
        presence.activities[0].url = Some(url.into());
        presence
    }

    /// Shows "Listening to `name`".
    pub fn listening(name: impl Into<String>) -> Self {
        UpdatePresence::activity(2, name)
    }

    /// Shows "Watching `name`".
    pub fn watching(name: impl Into<String>) -> Self {
        UpdatePresence::activity(3, name)
    }

    /// Shows only the text, like a user's custom status.
    pub fn custom(text: impl Into<String>) -> Self {
        let mut presence = UpdatePresence::activity(4, "Custom Status");
        presence.activities[0].state = Some(text.into());
        presence
    }

    /// Shows "Competing in `name`".
    pub fn competing(name: impl Into<String>) -> Self {
        UpdatePresence::activity(5, name)
    }

    fn activity(kind: u8, name: impl Into<String>) -> Self {
        let activity = Activity { name: name.into(), kind, state: None, url: None };
        UpdatePresence { activities: vec![activity], ..UpdatePresence::default() }
    }

    /// Shows a second line below the activity, such as "in the lobby". Without an activity it is shown alone, like
    /// [`custom`](UpdatePresence::custom).
    #[must_use]
    pub fn state(mut self, text: impl Into<String>) -> Self {
        match self.activities.first_mut() {
            Some(activity) => activity.state = Some(text.into()),
            None => self.activities = UpdatePresence::custom(text).activities,
        }
        self
    }

    /// Shows the bot as idle: a yellow dot.
    #[must_use]
    pub fn idle(self) -> Self {
        UpdatePresence { status: OwnStatus::Idle, ..self }
    }

    /// Shows the bot as "do not disturb": a red dot.
    #[must_use]
    pub fn do_not_disturb(self) -> Self {
        UpdatePresence { status: OwnStatus::Dnd, ..self }
    }

    /// Shows the bot as offline.
    #[must_use]
    pub fn invisible(self) -> Self {
        UpdatePresence { status: OwnStatus::Invisible, ..self }
    }

    /// Says since when the bot is idle.
    #[must_use]
    pub fn since(self, since: SystemTime) -> Self {
        UpdatePresence { since: Some(since), ..self }
    }

    /// Says whether the bot is away from the keyboard. Default: no.
    #[must_use]
    pub fn afk(self, afk: bool) -> Self {
        UpdatePresence { afk, ..self }
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
impl Serialize for UpdatePresence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("UpdatePresence", 4)?;
        let since = self.since.map(|at| at.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis());
        let since = since.map(|millis| u64::try_from(millis).unwrap_or(u64::MAX));
        fields.serialize_field("since", &since)?;
        fields.serialize_field("activities", &self.activities)?;
        fields.serialize_field("status", &self.status)?;
        fields.serialize_field("afk", &self.afk)?;
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
            SendEvent::update_presence(&UpdatePresence::custom("tide is high").do_not_disturb()).unwrap();
        let sent: Value = serde_json::from_str(&event.text).unwrap();
        assert_eq!(
            sent,
            json!({"op": 3, "d": {"since": null, "status": "dnd", "afk": false,
                "activities": [{"name": "Custom Status", "type": 4, "state": "tide is high"}]}})
        );
        let online = SendEvent::update_presence(&UpdatePresence::online()).unwrap().text;
        assert!(online.contains(r#""since":null,"activities":[]"#), "{online}");
    }

    #[test]
    fn every_kind_of_activity_can_have_a_state() {
        for (presence, kind) in [
            (UpdatePresence::playing("a"), 0),
            (UpdatePresence::streaming("a", "https://twitch.tv/a"), 1),
            (UpdatePresence::listening("a"), 2),
            (UpdatePresence::watching("a"), 3),
            (UpdatePresence::custom("before"), 4),
            (UpdatePresence::competing("a"), 5),
            (UpdatePresence::online(), 4),
        ] {
            let sent = serde_json::to_value(presence.state("in the lobby")).unwrap();
            assert_eq!(sent["activities"][0]["state"], "in the lobby");
            assert_eq!(
                (&sent["activities"][0]["type"], sent["activities"].as_array().unwrap().len()),
                (&json!(kind), 1)
            );
        }
    }

    #[test]
    fn since_is_in_milliseconds_and_afk_is_sent() {
        let at = UNIX_EPOCH + std::time::Duration::from_millis(91_879_201);
        let sent = serde_json::to_value(UpdatePresence::online().idle().since(at).afk(true)).unwrap();
        assert_eq!(sent, json!({"since": 91_879_201, "activities": [], "status": "idle", "afk": true}));
        let before = UNIX_EPOCH - std::time::Duration::from_secs(1);
        assert_eq!(serde_json::to_value(UpdatePresence::online().since(before)).unwrap()["since"], 0);
    }

    #[test]
    fn an_identify_has_room_for_every_valid_presence() {
        let long = |bytes: usize| UpdatePresence::playing("x".repeat(bytes));
        let fixed = payload(3, &long(0)).len();
        assert!(SendEvent::update_presence(&long(3584 - fixed)).is_ok());
        let error = SendEvent::update_presence(&long(3585 - fixed)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "presence: at most 3584 bytes in all, and this has 3585: make its texts shorter (nothing was sent)"
        );
    }
}
