use serde::Serialize;

use super::wraps;
use crate::id::{ChannelId, GuildId, SoundId, UserId};
use crate::json::object;
use crate::model::{Emoji, Secret, StageInstance, UnixSeconds, VoiceState, open_enum::number};

wraps! {
    /// Somebody came to a voice channel, left it, or did something there: [VOICE_STATE_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-state-update).
    VoiceStateUpdate(VoiceState);

    /// A stage began: [STAGE_INSTANCE_CREATE](https://docs.discord.com/developers/events/gateway-events#stage-instance-create).
    StageInstanceCreate(StageInstance);

    /// A stage was changed: [STAGE_INSTANCE_UPDATE](https://docs.discord.com/developers/events/gateway-events#stage-instance-update).
    StageInstanceUpdate(StageInstance);

    /// A stage ended: [STAGE_INSTANCE_DELETE](https://docs.discord.com/developers/events/gateway-events#stage-instance-delete).
    StageInstanceDelete(StageInstance);
}

/// Where the bot's voice connection leads: [VOICE_SERVER_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-server-update).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VoiceServerUpdate {
    /// What the voice server lets the bot in with.
    pub token: Secret,
    /// The guild.
    pub guild_id: GuildId,
    /// The voice server; where it is `None` the last one went away, and another will be named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
}

object! { VoiceServerUpdate {
    token: required, guild_id: required, endpoint,
} }

/// Somebody sent an effect in a voice channel: [VOICE_CHANNEL_EFFECT_SEND](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct VoiceChannelEffectSend {
    /// The channel.
    pub channel_id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// Who.
    pub user_id: UserId,
    /// The emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// How it moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animation_type: Option<VoiceEffectAnimationType>,
    /// Which of the animations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animation_id: Option<u64>,
    /// The sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound_id: Option<SoundId>,
    /// How loud the sound is, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound_volume: Option<f64>,
}

object! { VoiceChannelEffectSend {
    channel_id: required, guild_id: required, user_id: required, emoji, animation_type, animation_id,
    sound_id, sound_volume,
} }

/// A voice channel's status was changed: [VOICE_CHANNEL_STATUS_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-channel-status-update).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VoiceChannelStatusUpdate {
    /// The channel.
    pub id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// Its status now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

object! { VoiceChannelStatusUpdate {
    id: required, guild_id: required, status,
} }

/// The first came to a voice channel, or the last left it: [VOICE_CHANNEL_START_TIME_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-channel-start-time-update).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VoiceChannelStartTimeUpdate {
    /// The channel.
    pub id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// Since when somebody is there, if somebody is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_start_time: Option<UnixSeconds>,
}

object! { VoiceChannelStartTimeUpdate {
    id: required, guild_id: required, voice_start_time,
} }

number! {
    /// How the emoji of a [voice channel's effect](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send-animation-types) moves.
    VoiceEffectAnimationType {
    PREMIUM = 0,
    BASIC = 1,
    }
}
