//! What a program can ask of a running shard, checked before it is queued.
//!
//! See [send events](https://docs.discord.com/developers/events/gateway-events#send-events).

mod members;
mod voice;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::opcode::Opcode;
use crate::error::{Error, Limit};
use crate::id::GuildId;

pub use members::RequestMembers;
pub use voice::UpdateVoiceState;

/// Discord closes a connection that sends more than this in one payload.
/// See [sending events](https://docs.discord.com/developers/events/gateway#sending-events).
pub const MAX_PAYLOAD_BYTES: usize = 4096;

/// What an identify holds beside a presence: the token above all.
const IDENTIFY_BYTES: usize = 512;

/// A payload for a shard to send: late if it must be, and never too big.
///
/// The shard sends at most 120 payloads a minute (heartbeats included) and 5 presences in 20 s; what does not
/// fit waits, and so does a request for all members of a guild that was asked for them less than 30 s ago. Orders given
/// while the shard is not connected, and those that a broken connection did not take, wait for the next one. What a
/// connection took at the moment of its end may not have arrived; a presence is therefore shown again after a reconnect.
#[derive(Clone, Debug, PartialEq)]
pub struct SendEvent {
    pub(super) text: String,
    pub(super) presence: Option<Presence>,
    /// The guild that is asked for all its members, which it may be only so often.
    pub(super) all_members_of: Option<GuildId>,
}

impl SendEvent {
    /// Changes the presence of the bot.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is [too big](Presence::check).
    pub fn update_presence(presence: &Presence) -> Result<SendEvent, Error> {
        presence.check()?;
        let order = SendEvent::of(Opcode::PresenceUpdate, &presence)?;
        Ok(SendEvent { presence: Some(presence.clone()), ..order })
    }

    /// Any payload: an opcode and its data.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is over 4096 bytes.
    pub fn raw(op: u64, data: &Value) -> Result<SendEvent, Error> {
        SendEvent::new(payload(op, data))
    }

    fn of(op: Opcode, data: &impl Serialize) -> Result<SendEvent, Error> {
        SendEvent::new(payload(op.code(), data))
    }

    fn new(text: String) -> Result<SendEvent, Error> {
        if text.len() > MAX_PAYLOAD_BYTES {
            let limit = Limit::Bytes { max: MAX_PAYLOAD_BYTES as u64, actual: text.len() as u64 };
            let problem = format!(
                "a gateway payload holds at most {MAX_PAYLOAD_BYTES} bytes, this one has {}",
                text.len()
            );
            return Err(Error::outside("d", limit, problem));
        }
        Ok(SendEvent { text, presence: None, all_members_of: None })
    }
}

/// A payload as it is sent: [payload structure](https://docs.discord.com/developers/events/gateway-events#payload-structure).
pub(super) fn payload(op: u64, data: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Payload<'a, D> {
        op: u64,
        d: &'a D,
    }
    // Numbers, texts, lists and objects with names: there is nothing in it that JSON cannot say.
    serde_json::to_string(&Payload { op, d: data }).expect("a payload is JSON")
}

/// How the bot shows in member lists.
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

/// The coloured dot beside a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// Green.
    #[default]
    Online,
    /// Red: do not disturb.
    Dnd,
    /// Yellow: away.
    Idle,
    /// Shown as offline.
    Invisible,
}

/// What the bot is said to do.
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
    /// Online, doing nothing.
    pub fn online() -> Self {
        Presence::default()
    }

    /// "Playing `name`".
    pub fn playing(name: impl Into<String>) -> Self {
        Presence::doing(0, name)
    }

    /// "Streaming `name`", linked to a Twitch or YouTube address.
    pub fn streaming(name: impl Into<String>, url: impl Into<String>) -> Self {
        let mut presence = Presence::doing(1, name);
        presence.activities[0].url = Some(url.into());
        presence
    }

    /// "Listening to `name`".
    pub fn listening(name: impl Into<String>) -> Self {
        Presence::doing(2, name)
    }

    /// "Watching `name`".
    pub fn watching(name: impl Into<String>) -> Self {
        Presence::doing(3, name)
    }

    /// The text alone, as people set a custom status.
    pub fn custom(text: impl Into<String>) -> Self {
        let mut presence = Presence::doing(4, "Custom Status");
        presence.activities[0].state = Some(text.into());
        presence
    }

    /// "Competing in `name`".
    pub fn competing(name: impl Into<String>) -> Self {
        Presence::doing(5, name)
    }

    fn doing(kind: u8, name: impl Into<String>) -> Self {
        let activity = Activity { name: name.into(), kind, state: None, url: None };
        Presence { status: Status::Online, activities: vec![activity] }
    }

    /// Sets the dot.
    #[must_use]
    pub fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Whether it leaves room for the login that carries it.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is over 3584 bytes: Discord closes a connection that sends more than 4096 at once.
    pub fn check(&self) -> Result<(), Error> {
        let most = MAX_PAYLOAD_BYTES - IDENTIFY_BYTES;
        let size = payload(Opcode::PresenceUpdate.code(), self).len();
        if size > most {
            let limit = Limit::Bytes { max: most as u64, actual: size as u64 };
            let problem = format!("at most {most} bytes in all, and this has {size}: make its texts shorter");
            return Err(Error::outside("presence", limit, problem));
        }
        Ok(())
    }
}

/// All four fields, which Discord wants even where they say nothing.
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
    use serde_json::json;

    use super::*;

    #[test]
    fn a_presence_has_all_four_fields_and_its_activities_are_never_null() {
        let order =
            SendEvent::update_presence(&Presence::custom("tide is high").status(Status::Dnd)).unwrap();
        let sent: Value = serde_json::from_str(&order.text).unwrap();
        assert_eq!(
            sent,
            json!({"op": 3, "d": {"since": null, "status": "dnd", "afk": false,
                "activities": [{"name": "Custom Status", "type": 4, "state": "tide is high"}]}})
        );
        let online = SendEvent::update_presence(&Presence::online()).unwrap().text;
        assert!(online.contains(r#""since":null,"activities":[]"#), "{online}");
    }

    #[test]
    fn a_presence_leaves_room_for_the_login_that_carries_it() {
        let long = |bytes: usize| Presence::playing("x".repeat(bytes));
        let rest = payload(3, &long(0)).len();
        assert!(SendEvent::update_presence(&long(3584 - rest)).is_ok());
        let error = SendEvent::update_presence(&long(3585 - rest)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "presence: at most 3584 bytes in all, and this has 3585: make its texts shorter (nothing was sent)"
        );
    }

    #[test]
    fn a_payload_over_4096_bytes_is_refused_to_the_caller() {
        let frame = json!({"op": 8, "d": ""}).to_string().len();
        assert!(SendEvent::raw(8, &json!("x".repeat(MAX_PAYLOAD_BYTES - frame))).is_ok());
        let error = SendEvent::raw(8, &json!("x".repeat(MAX_PAYLOAD_BYTES - frame + 1))).unwrap_err();
        assert!(error.to_string().contains("at most 4096 bytes, this one has 4097"), "{error}");
    }
}
