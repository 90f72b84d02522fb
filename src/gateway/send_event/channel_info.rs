use serde_json::json;

use super::event::SendEvent;
use crate::error::{Error, Limit};
use crate::gateway::opcode::Opcode;
use crate::id::GuildId;

/// A field of the information about voice channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelInfoField {
    /// The status of the channel.
    Status,
    /// Since when there are users in the channel.
    VoiceStartTime,
}

impl ChannelInfoField {
    /// All known fields.
    pub const ALL: [ChannelInfoField; 2] = [ChannelInfoField::Status, ChannelInfoField::VoiceStartTime];

    fn name(self) -> &'static str {
        match self {
            ChannelInfoField::Status => "status",
            ChannelInfoField::VoiceStartTime => "voice_start_time",
        }
    }
}

impl SendEvent {
    /// Requests information about the voice channels of a guild. Send it over the guild's shard. Discord sends it as a
    /// [`ChannelInfo`](crate::events::ChannelInfo) event.
    ///
    /// See [request channel info](https://docs.discord.com/developers/events/gateway-events#request-channel-info).
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when no field is requested.
    pub fn request_channel_info(guild: GuildId, fields: &[ChannelInfoField]) -> Result<SendEvent, Error> {
        if fields.is_empty() {
            let limit = Limit::Elements { min: 1, max: ChannelInfoField::ALL.len(), actual: 0 };
            return Err(Error::outside("fields", limit, limit.to_string()));
        }
        let fields: Vec<_> = fields.iter().map(|field| field.name()).collect();
        let data = json!({ "guild_id": guild.to_string(), "fields": fields });
        SendEvent::raw(Opcode::RequestChannelInfo.code(), &data)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::ChannelInfoField;
    use crate::gateway::send_event::SendEvent;
    use crate::id::GuildId;

    #[test]
    fn the_requested_fields_are_named() {
        let event = SendEvent::request_channel_info(GuildId::new(7), &ChannelInfoField::ALL).unwrap();
        let sent: Value = serde_json::from_str(&event.text).unwrap();
        assert_eq!(sent, json!({"op": 43, "d": {"guild_id": "7", "fields": ["status", "voice_start_time"]}}));
        assert_eq!(event.guild_id(), Some(GuildId::new(7)));
        assert!(SendEvent::request_channel_info(GuildId::new(7), &[]).is_err());
    }
}
