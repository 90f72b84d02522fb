//! The [soundboard](https://docs.discord.com/developers/resources/soundboard).

use serde::Serialize;

use super::User;
use crate::id::{EmojiId, GuildId, SoundId};
use crate::json::object;

/// A [sound](https://docs.discord.com/developers/resources/soundboard#soundboard-sound-object), of Discord's or of a guild.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SoundboardSound {
    /// Its name.
    pub name: String,
    /// Its id.
    pub sound_id: SoundId,
    /// How loud it is, from 0 to 1.
    pub volume: f64,
    /// The custom emoji on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The Unicode emoji on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
    /// The guild it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether it can be used; it may not when the guild lost boosts.
    pub available: bool,
    /// Who added it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
}

object! { SoundboardSound {
    name, sound_id: required, volume, emoji_id, emoji_name, guild_id, available, user,
} }
