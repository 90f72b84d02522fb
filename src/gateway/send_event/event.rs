use serde::Serialize;
use serde_json::Value;

use super::payload::{MAX_PAYLOAD_BYTES, payload};
use super::presence::UpdatePresence;
use crate::error::{Error, Limit};
use crate::gateway::opcode::Opcode;
use crate::id::GuildId;

/// An event for a shard to send to the gateway.
///
/// A shard sends at most 120 payloads a minute, heartbeats included, and 5 presences in 20 s. Other events wait, and so does
/// a request for all members of a guild when the last one for that guild was less than 30 s ago.
///
/// Events wait for the next connection when the shard is not connected, or when they could not be written to a broken
/// connection. An event that was written just before a connection broke may be lost. A presence is therefore sent again
/// after a reconnect.
#[derive(Clone, Debug, PartialEq)]
pub struct SendEvent {
    pub(in crate::gateway) text: String,
    pub(in crate::gateway) presence: Option<UpdatePresence>,
    /// The guild whose members are all requested. Discord limits how often.
    pub(in crate::gateway) all_members_of: Option<GuildId>,
}

impl SendEvent {
    /// Changes the presence of the bot.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is [too big](UpdatePresence::check).
    pub fn update_presence(presence: &UpdatePresence) -> Result<SendEvent, Error> {
        presence.check()?;
        let event = SendEvent::with_opcode(Opcode::PresenceUpdate, &presence)?;
        Ok(SendEvent { presence: Some(presence.clone()), ..event })
    }

    /// Creates any payload from an opcode and its data.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is over 4096 bytes.
    pub fn raw(op: u64, data: &Value) -> Result<SendEvent, Error> {
        SendEvent::new(payload(op, data))
    }

    fn with_opcode(op: Opcode, data: &impl Serialize) -> Result<SendEvent, Error> {
        SendEvent::new(payload(op.code(), data))
    }

    fn new(text: String) -> Result<SendEvent, Error> {
        if text.len() > MAX_PAYLOAD_BYTES {
            let limit = Limit::Bytes { max: MAX_PAYLOAD_BYTES as u64, actual: text.len() as u64 };
            let problem = format!(
                "a gateway payload can have at most {MAX_PAYLOAD_BYTES} bytes, and this one has {}",
                text.len()
            );
            return Err(Error::outside("d", limit, problem));
        }
        Ok(SendEvent { text, presence: None, all_members_of: None })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn a_payload_over_4096_bytes_is_an_error() {
        let frame = json!({"op": 8, "d": ""}).to_string().len();
        assert!(SendEvent::raw(8, &json!("x".repeat(MAX_PAYLOAD_BYTES - frame))).is_ok());
        let error = SendEvent::raw(8, &json!("x".repeat(MAX_PAYLOAD_BYTES - frame + 1))).unwrap_err();
        assert!(error.to_string().contains("at most 4096 bytes, and this one has 4097"), "{error}");
    }
}
