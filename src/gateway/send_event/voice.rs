use serde_json::{Value, json};

use super::event::SendEvent;
use crate::error::Error;
use crate::gateway::opcode::Opcode;
use crate::id::{ChannelId, GuildId};

/// The bot's voice state in a guild: its channel, mute and deaf.
///
/// See [update voice state](https://docs.discord.com/developers/events/gateway-events#update-voice-state).
///
/// ```
/// use syncord::gateway::send_event::UpdateVoiceState;
/// use syncord::id::{ChannelId, GuildId};
///
/// let guild = GuildId::new(41771983423143937);
/// let listening = UpdateVoiceState::join(guild, ChannelId::new(127121515262115840)).self_mute(true);
/// let left = UpdateVoiceState::leave(guild);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct UpdateVoiceState {
    guild: GuildId,
    channel: Option<ChannelId>,
    self_mute: bool,
    self_deaf: bool,
}

impl UpdateVoiceState {
    /// Joins a voice channel, or moves to it.
    pub fn join(guild: GuildId, channel: ChannelId) -> UpdateVoiceState {
        UpdateVoiceState { guild, channel: Some(channel), self_mute: false, self_deaf: false }
    }

    /// Leaves the voice channel.
    pub fn leave(guild: GuildId) -> UpdateVoiceState {
        UpdateVoiceState { guild, channel: None, self_mute: false, self_deaf: false }
    }

    /// Sets whether the bot mutes itself.
    pub fn self_mute(self, mute: bool) -> UpdateVoiceState {
        UpdateVoiceState { self_mute: mute, ..self }
    }

    /// Sets whether the bot deafens itself.
    pub fn self_deaf(self, deaf: bool) -> UpdateVoiceState {
        UpdateVoiceState { self_deaf: deaf, ..self }
    }

    fn to_json(self) -> Value {
        json!({
            "guild_id": self.guild.to_string(),
            "channel_id": self.channel.map(|channel| channel.to_string()),
            "self_mute": self.self_mute,
            "self_deaf": self.self_deaf,
        })
    }
}

impl SendEvent {
    /// Joins, moves between or leaves voice channels. Send it over the guild's shard.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn update_voice_state(state: &UpdateVoiceState) -> Result<SendEvent, Error> {
        SendEvent::raw(Opcode::VoiceStateUpdate.code(), &state.to_json())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::UpdateVoiceState;
    use crate::gateway::send_event::SendEvent;
    use crate::id::{ChannelId, GuildId};

    #[test]
    fn leaving_sets_the_channel_to_null() {
        let guild = GuildId::new(7);
        for (state, channel, mute) in [
            (UpdateVoiceState::join(guild, ChannelId::new(8)).self_mute(true), json!("8"), true),
            (UpdateVoiceState::leave(guild), Value::Null, false),
        ] {
            let sent: Value =
                serde_json::from_str(&SendEvent::update_voice_state(&state).unwrap().text).unwrap();
            let data = json!({"guild_id": "7", "channel_id": channel, "self_mute": mute, "self_deaf": false});
            assert_eq!(sent, json!({"op": 4, "d": data}));
        }
    }
}
