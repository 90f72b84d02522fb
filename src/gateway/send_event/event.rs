use serde::Serialize;
use serde_json::Value;

use super::payload::{MAX_PAYLOAD_BYTES, payload};
use super::presence::UpdatePresence;
use crate::error::{Error, Limit};
use crate::gateway::intents::Intents;
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
    /// The intents without which Discord refuses it.
    pub(in crate::gateway) intents: Intents,
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
        Ok(SendEvent { guild, intents: needed_intents(op, data), ..SendEvent::new(payload(op, data))? })
    }

    /// The intents without which Discord refuses it: `GUILD_MEMBERS` for a request for members of any name, and
    /// `GUILD_PRESENCES` for one with presences.
    pub fn intents(&self) -> Intents {
        self.intents
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
        Ok(SendEvent { text, presence: None, all_members_of: None, guild: None, intents: Intents::empty() })
    }
}

/// See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members).
fn needed_intents(op: u64, data: &Value) -> Intents {
    if op != Opcode::RequestGuildMembers.code() {
        return Intents::empty();
    }
    let if_so = |condition, intent| if condition { intent } else { Intents::empty() };
    if_so(data["query"] == "", Intents::GUILD_MEMBERS)
        | if_so(data["presences"] == true, Intents::GUILD_PRESENCES)
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
    fn requests_for_all_members_and_for_presences_need_an_intent() {
        let all = json!({"guild_id": "7", "query": "", "limit": 0});
        let all_with_presences = json!({"guild_id": "7", "query": "", "limit": 0, "presences": true});
        let some = json!({"guild_id": "7", "query": "", "limit": 1, "presences": false});
        let (members, presences) = (Intents::GUILD_MEMBERS, Intents::GUILD_PRESENCES);
        for (op, data, intents) in [
            (8, &all, members),
            (8, &all_with_presences, members | presences),
            (8, &some, members),
            (8, &json!({"guild_id": "7", "query": "a", "limit": 1}), Intents::empty()),
            (8, &json!({"user_ids": ["1"], "presences": true}), presences),
            (43, &all_with_presences, Intents::empty()),
        ] {
            assert_eq!(SendEvent::raw(op, data).unwrap().intents(), intents, "{op} {data}");
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
