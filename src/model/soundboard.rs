//! The [soundboard](https://docs.discord.com/developers/resources/soundboard).

use serde::Serialize;

use super::User;
use crate::id::{EmojiId, GuildId, SoundId};
use crate::json::object;

/// A [soundboard sound](https://docs.discord.com/developers/resources/soundboard#soundboard-sound-object): a default sound of Discord, or a sound of a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SoundboardSound {
    /// The name.
    pub name: String,
    /// The ID of the sound.
    pub sound_id: SoundId,
    /// The volume, 0-1.
    pub volume: f64,
    /// The ID of the custom emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The Unicode emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether the sound can be used. It is false after the loss of Server Boosts.
    pub available: bool,
    /// The user who created the sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
}

object! { SoundboardSound {
    name, sound_id: required, volume: default(1.0), emoji_id, emoji_name, guild_id, available, user,
} }
