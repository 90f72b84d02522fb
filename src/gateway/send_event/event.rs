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
    /// The guild that it is about, which decides over which shard a bot sends it.
    pub(in crate::gateway) guild: Option<GuildId>,
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
    /// A bot sends it over the shard of the guild in the field `guild_id`, or of the first guild in `guild_ids`.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when it is over 4096 bytes.
    pub fn raw(op: u64, data: &Value) -> Result<SendEvent, Error> {
        let guild = guild(&data["guild_id"]).or_else(|| guild(&data["guild_ids"][0]));
        Ok(SendEvent { guild, ..SendEvent::new(payload(op, data))? })
    }

    /// The guild that it is about. Discord expects it on the guild's shard.
    pub fn guild_id(&self) -> Option<GuildId> {
        self.guild
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
        Ok(SendEvent { text, presence: None, all_members_of: None, guild: None })
    }
}

/// Reads an ID, as a text or a number.
fn guild(id: &Value) -> Option<GuildId> {
    let id = id.as_u64().or_else(|| id.as_str()?.parse().ok())?;
    Some(GuildId::new(id))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn a_raw_payload_has_the_guild_of_its_data() {
        for (data, guild) in [
            (json!({"guild_id": "7"}), Some(7)),
            (json!({"guild_id": 7}), Some(7)),
            (json!({"guild_ids": ["8", "9"]}), Some(8)),
            (json!({"guild_id": null, "guild_ids": []}), None),
            (json!({"guild_id": "x"}), None),
            (json!([7]), None),
            (json!(null), None),
        ] {
            let event = SendEvent::raw(99, &data).unwrap();
            assert_eq!(event.guild_id(), guild.map(GuildId::new), "{data}");
        }
    }

    #[test]
    fn a_payload_over_4096_bytes_is_an_error() {
        let frame = json!({"op": 8, "d": ""}).to_string().len();
        assert!(SendEvent::raw(8, &json!("x".repeat(MAX_PAYLOAD_BYTES - frame))).is_ok());
        let error = SendEvent::raw(8, &json!("x".repeat(MAX_PAYLOAD_BYTES - frame + 1))).unwrap_err();
        assert!(error.to_string().contains("at most 4096 bytes, and this one has 4097"), "{error}");
    }
}
