use serde::Serialize;

use super::wraps;
use crate::id::{GuildId, SoundId};
use crate::json::object;
use crate::model::{List, SoundboardSound};

wraps! {
    /// A sound was added: [GUILD_SOUNDBOARD_SOUND_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-create).
    GuildSoundboardSoundCreate(SoundboardSound);

    /// A sound was changed: [GUILD_SOUNDBOARD_SOUND_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-update).
    GuildSoundboardSoundUpdate(SoundboardSound);
}

/// A sound was deleted: [GUILD_SOUNDBOARD_SOUND_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sound-delete).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildSoundboardSoundDelete {
    /// The sound.
    pub sound_id: SoundId,
    /// The guild.
    pub guild_id: GuildId,
}

object! { GuildSoundboardSoundDelete {
    sound_id: required, guild_id: required,
} }

/// Several sounds were changed: [GUILD_SOUNDBOARD_SOUNDS_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-soundboard-sounds-update).
#[derive(Clone, Debug, Serialize)]
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

/// The sounds of a guild, which were asked for: [SOUNDBOARD_SOUNDS](https://docs.discord.com/developers/events/gateway-events#soundboard-sounds).
#[derive(Clone, Debug, Serialize)]
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
