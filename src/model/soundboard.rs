//! The [soundboard](https://docs.discord.com/developers/resources/soundboard).

use serde::{Deserialize, Serialize};

use super::{User, lenient};
use crate::id::{EmojiId, GuildId, SoundId};

/// A [sound](https://docs.discord.com/developers/resources/soundboard#soundboard-sound-object), of Discord's or of a guild.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SoundboardSound {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its id.
    pub sound_id: SoundId,
    /// How loud it is, from 0 to 1.
    #[serde(default)]
    pub volume: f64,
    /// The custom emoji on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The Unicode emoji on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
    /// The guild it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether it can be used; it may not when the guild lost boosts.
    #[serde(default)]
    pub available: bool,
    /// Who added it.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
}
