use std::borrow::Borrow;

use serde_json::{Value, json};

use super::event::SendEvent;
use crate::error::{Error, Limit};
use crate::gateway::opcode::Opcode;
use crate::id::GuildId;

/// The maximum number of guilds in one event: their IDs and the rest of the payload have less than 4096 bytes.
pub(crate) const MAX_SOUNDBOARD_GUILDS: usize = 170;

impl SendEvent {
    /// Requests the soundboard sounds of guilds of one shard. Discord sends them as one
    /// [`SoundboardSounds`](crate::events::SoundboardSounds) event per guild.
    ///
    /// See [request soundboard sounds](https://docs.discord.com/developers/events/gateway-events#request-soundboard-sounds).
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for no guild and for more than 170.
    pub fn request_soundboard_sounds(
        guilds: impl IntoIterator<Item: Borrow<GuildId>>,
    ) -> Result<SendEvent, Error> {
        let ids: Vec<Value> = guilds.into_iter().map(|guild| json!(guild.borrow().to_string())).collect();
        if !(1..=MAX_SOUNDBOARD_GUILDS).contains(&ids.len()) {
            let limit = Limit::Elements { min: 1, max: MAX_SOUNDBOARD_GUILDS, actual: ids.len() };
            return Err(Error::outside("guild_ids", limit, limit.to_string()));
        }
        SendEvent::raw(Opcode::RequestSoundboardSounds.code(), &json!({ "guild_ids": ids }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::MAX_SOUNDBOARD_GUILDS;
    use crate::gateway::send_event::SendEvent;
    use crate::id::GuildId;

    #[test]
    fn the_sounds_of_several_guilds_are_requested_at_once() {
        let event = SendEvent::request_soundboard_sounds([GuildId::new(7), GuildId::new(8)]).unwrap();
        let sent: Value = serde_json::from_str(&event.text).unwrap();
        assert_eq!(sent, json!({"op": 31, "d": {"guild_ids": ["7", "8"]}}));
        assert_eq!(event.guild_id(), Some(GuildId::new(7)));
    }

    #[test]
    fn the_largest_request_fits_into_a_payload() {
        let guilds = |count| vec![GuildId::new(u64::MAX); count];
        assert!(SendEvent::request_soundboard_sounds(guilds(MAX_SOUNDBOARD_GUILDS)).is_ok());
        for count in [0, MAX_SOUNDBOARD_GUILDS + 1] {
            let error = SendEvent::request_soundboard_sounds(guilds(count)).unwrap_err().to_string();
            let start = format!("guild_ids: 1 to 170 elements, and this has {count}");
            assert!(error.starts_with(&start), "{error}");
        }
    }
}
