//! The [soundboard](https://docs.discord.com/developers/resources/soundboard).

mod data;

use std::ops::RangeInclusive;

use crate::error::Error;
use crate::id::{ChannelId, EmojiId, GuildId, SoundId};
use crate::json::object;
use crate::model::{List, Maybe, ReactionEmoji, SoundboardSound};
use crate::rest::check::{chars, number};
use crate::rest::options::options;
use crate::rest::{Client, route};

pub use data::SoundData;

/// The length of the name of a sound, in characters.
const NAME: RangeInclusive<usize> = 2..=32;

/// Maximum length of the name of an emoji, in characters.
const MAX_EMOJI: usize = 32;

/// The volume of a sound.
const VOLUME: RangeInclusive<f64> = 0.0..=1.0;

options! {
    /// Which sound is to be played: [Send Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#send-soundboard-sound).
    SendSoundboardSound(sound_id: SoundId) {
        /// Sets the sound.
        sound_id: SoundId,
        /// Sets the guild that it belongs to, where that is another one.
        source_guild_id: GuildId,
    }
}

options! {
    /// What a guild's sound is like: [Create Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound).
    CreateGuildSoundboardSound(name: impl Into<String>, sound: SoundData) {
        /// Sets its name: 2 to 32 characters.
        name: String [into] => chars(NAME),
        /// Sets what it sounds like: at most 512 kB and 5.2 seconds.
        sound: SoundData => SoundData::check,
        /// Sets how loud it is: from 0 to 1 (1).
        volume / no_volume: f64 => number(VOLUME),
        /// Sets the custom emoji on it.
        emoji_id / no_emoji_id: EmojiId,
        /// Sets the Unicode emoji on it.
        emoji_name / no_emoji_name: String [into] => chars(1..=MAX_EMOJI),
    }
}

options! {
    /// What to change of a guild's sound: [Modify Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#modify-guild-soundboard-sound).
    ModifyGuildSoundboardSound {
        /// Sets its name: 2 to 32 characters.
        name: String [into] => chars(NAME),
        /// Sets how loud it is: from 0 to 1.
        volume / no_volume: f64 => number(VOLUME),
        /// Sets the custom emoji on it.
        emoji_id / no_emoji_id: EmojiId,
        /// Sets the Unicode emoji on it.
        emoji_name / no_emoji_name: String [into] => chars(1..=MAX_EMOJI),
    }
}

impl CreateGuildSoundboardSound {
    /// Sets the emoji on it, of either kind.
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (Maybe::Absent, Maybe::Value(emoji)),
            ReactionEmoji::Custom { id, .. } => (Maybe::Value(id), Maybe::Absent),
        };
        self
    }
}

impl ModifyGuildSoundboardSound {
    /// Sets the emoji on it, of either kind.
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (Maybe::Null, Maybe::Value(emoji)),
            ReactionEmoji::Custom { id, .. } => (Maybe::Value(id), Maybe::Null),
        };
        self
    }
}

/// The sounds of a guild, as Discord wraps them.
struct Sounds {
    items: List<SoundboardSound>,
}

object! { Sounds {
    items: required,
} }

impl Client {
    /// Plays a sound in the voice channel that the bot is in: [Send Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#send-soundboard-sound).
    ///
    /// Needs `SPEAK` and `USE_SOUNDBOARD`, and `USE_EXTERNAL_SOUNDS` for a sound of another guild. The bot
    /// must be neither deaf nor mute, by itself or otherwise.
    pub fn send_soundboard_sound(
        &self,
        channel: ChannelId,
        sound: &SendSoundboardSound,
    ) -> Result<(), Error> {
        self.perform_with(route::SEND_SOUNDBOARD_SOUND.at(&[&channel]), sound)
    }

    /// The sounds that everybody has: [List Default Soundboard Sounds](https://docs.discord.com/developers/resources/soundboard#list-default-soundboard-sounds).
    pub fn default_soundboard_sounds(&self) -> Result<List<SoundboardSound>, Error> {
        self.fetch(route::DEFAULT_SOUNDBOARD_SOUNDS.at(&[]))
    }

    /// The sounds of a guild: [List Guild Soundboard Sounds](https://docs.discord.com/developers/resources/soundboard#list-guild-soundboard-sounds).
    ///
    /// Who added them is told with `CREATE_GUILD_EXPRESSIONS` or `MANAGE_GUILD_EXPRESSIONS`.
    pub fn guild_soundboard_sounds(&self, guild: GuildId) -> Result<List<SoundboardSound>, Error> {
        let Sounds { items } = self.fetch(route::GUILD_SOUNDBOARD_SOUNDS.at(&[&guild]))?;
        Ok(items)
    }

    /// A sound of a guild: [Get Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#get-guild-soundboard-sound).
    pub fn guild_soundboard_sound(&self, guild: GuildId, sound: SoundId) -> Result<SoundboardSound, Error> {
        self.fetch(route::GUILD_SOUNDBOARD_SOUND.at(&[&guild, &sound]))
    }

    /// Adds a sound to a guild: [Create Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound).
    ///
    /// Needs `CREATE_GUILD_EXPRESSIONS`.
    ///
    /// ```no_run
    /// # use syncord::id::GuildId;
    /// use syncord::rest::{CreateGuildSoundboardSound, SoundData};
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let gull = CreateGuildSoundboardSound::new("gull", SoundData::path("gull.ogg")?).emoji("🐦");
    /// client.create_guild_soundboard_sound(GuildId::new(197038439483310086), &gull)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_soundboard_sound(
        &self,
        guild: GuildId,
        sound: &CreateGuildSoundboardSound,
    ) -> Result<SoundboardSound, Error> {
        self.change(route::CREATE_GUILD_SOUNDBOARD_SOUND.at(&[&guild]), sound)
    }

    /// Changes a sound of a guild: [Modify Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#modify-guild-soundboard-sound).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for one that the bot added.
    pub fn modify_guild_soundboard_sound(
        &self,
        guild: GuildId,
        sound: SoundId,
        changes: &ModifyGuildSoundboardSound,
    ) -> Result<SoundboardSound, Error> {
        self.change(route::MODIFY_GUILD_SOUNDBOARD_SOUND.at(&[&guild, &sound]), changes)
    }

    /// Deletes a sound of a guild: [Delete Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#delete-guild-soundboard-sound).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for one that the bot added.
    pub fn delete_guild_soundboard_sound(&self, guild: GuildId, sound: SoundId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_SOUNDBOARD_SOUND.at(&[&guild, &sound]))
    }
}
