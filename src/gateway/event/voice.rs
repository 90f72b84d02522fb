use serde::Serialize;

use super::macros::wraps;
use crate::id::{ChannelId, GuildId, SoundId, UserId};
use crate::json::object;
use crate::model::{Emoji, Secret, StageInstance, UnixSeconds, VoiceState, open_enum::int_enum};

wraps! {
    /// A user joined, left or moved between voice channels, or changed their voice state: [VOICE_STATE_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-state-update).
    VoiceStateUpdate(VoiceState);

    /// A stage instance was created: [STAGE_INSTANCE_CREATE](https://docs.discord.com/developers/events/gateway-events#stage-instance-create).
    StageInstanceCreate(StageInstance);

    /// A stage instance was changed: [STAGE_INSTANCE_UPDATE](https://docs.discord.com/developers/events/gateway-events#stage-instance-update).
    StageInstanceUpdate(StageInstance);

    /// A stage instance was deleted: [STAGE_INSTANCE_DELETE](https://docs.discord.com/developers/events/gateway-events#stage-instance-delete).
    StageInstanceDelete(StageInstance);
}

/// The voice server for the bot's voice connection: [VOICE_SERVER_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-server-update).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VoiceServerUpdate {
    /// The token to connect to the voice server with.
    pub token: Secret,
    /// The guild.
    pub guild_id: GuildId,
    /// The voice server's host; `None` when the server is gone. Then another event follows with a new server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
}

object! { VoiceServerUpdate {
    token, guild_id: required, endpoint,
} }

/// A user sent an effect in a voice channel: [VOICE_CHANNEL_EFFECT_SEND](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VoiceChannelEffectSend {
    /// The channel.
    pub channel_id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// The user.
    pub user_id: UserId,
    /// The emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The type of the emoji's animation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animation_type: Option<VoiceEffectAnimationType>,
    /// The ID of the animation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animation_id: Option<u64>,
    /// The sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound_id: Option<SoundId>,
    /// The volume of the sound, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound_volume: Option<f64>,
}

object! { VoiceChannelEffectSend {
    channel_id: required, guild_id, user_id, emoji, animation_type, animation_id,
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
    /// The new status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

object! { VoiceChannelStatusUpdate {
    id: required, guild_id, status,
} }

/// The first user joined a voice channel, or the last user left it: [VOICE_CHANNEL_START_TIME_UPDATE](https://docs.discord.com/developers/events/gateway-events#voice-channel-start-time-update).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VoiceChannelStartTimeUpdate {
    /// The channel.
    pub id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// Since when there are users in the channel; `None` when it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_start_time: Option<UnixSeconds>,
}

object! { VoiceChannelStartTimeUpdate {
    id: required, guild_id, voice_start_time,
} }

int_enum! {
    /// The type of animation of the emoji of a [voice channel effect](https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send-animation-types).
    VoiceEffectAnimationType {
    PREMIUM = 0,
    BASIC = 1,
    }
}
