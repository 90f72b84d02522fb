use serde::Serialize;

use super::macros::wraps;
use crate::id::{GuildId, SoundId};
use crate::json::object;
use crate::model::{List, SoundboardSound};

wraps! {
    /// A soundboard sound was created: [GUILD_SOUNDBOARD_SOUND_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-create).
    GuildSoundboardSoundCreate(SoundboardSound);

    /// A soundboard sound was changed: [GUILD_SOUNDBOARD_SOUND_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-update).
    GuildSoundboardSoundUpdate(SoundboardSound);
}

/// A soundboard sound was deleted: [GUILD_SOUNDBOARD_SOUND_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-delete).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildSoundboardSoundDelete {
    /// The sound.
    pub sound_id: SoundId,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildSoundboardSoundDelete {
    sound_id: required, guild_id,
} }

/// Several soundboard sounds were changed: [GUILD_SOUNDBOARD_SOUNDS_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sounds-update).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildSoundboardSoundsUpdate {
    /// The sounds.
    pub soundboard_sounds: List<SoundboardSound>,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildSoundboardSoundsUpdate {
    soundboard_sounds, guild_id: required,
} }

/// The requested soundboard sounds of a guild: [SOUNDBOARD_SOUNDS](https://docs.discord.com/developers/events/gateway-events#soundboard-sounds).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SoundboardSounds {
    /// The sounds.
    pub soundboard_sounds: List<SoundboardSound>,
    /// The guild.
    pub guild_id: GuildId,
}

object! { SoundboardSounds {
    soundboard_sounds, guild_id: required,
} }
