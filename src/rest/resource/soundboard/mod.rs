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

/// Length of a sound's name, in characters.
const NAME_LENGTH: RangeInclusive<usize> = 2..=32;

/// Maximum length of an emoji's name, in characters.
const MAX_EMOJI_NAME: usize = 32;

/// The range of a sound's volume.
const VOLUME: RangeInclusive<f64> = 0.0..=1.0;

options! {
    /// A soundboard sound to play: [Send Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#send-soundboard-sound).
    SendSoundboardSound(sound_id: SoundId) {
        /// The sound.
        sound_id: SoundId,
        /// The guild of the sound, if it is another guild's sound.
        source_guild_id: GuildId,
    }
}

options! {
    /// Options to create a guild's soundboard sound: [Create Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound).
    CreateGuildSoundboardSound(name: impl Into<String>, sound: SoundData) {
        /// The name, 2-32 characters.
        name: String [into] => chars(NAME_LENGTH),
        /// The sound data, maximum 512 KiB and 5.2 seconds.
        sound: SoundData => SoundData::check,
        /// The volume, 0-1. Default: 1.
        volume / no_volume: f64 => number(VOLUME),
        /// The ID of the sound's custom emoji.
        emoji_id / no_emoji_id: EmojiId,
        /// The sound's Unicode emoji.
        emoji_name / no_emoji_name: String [into] => chars(1..=MAX_EMOJI_NAME),
    }
}

options! {
    /// Changes to a guild's soundboard sound: [Modify Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#modify-guild-soundboard-sound).
    ModifyGuildSoundboardSound {
        /// The name, 2-32 characters.
        name: String [into] => chars(NAME_LENGTH),
        /// The volume, 0-1.
        volume / no_volume: f64 => number(VOLUME),
        /// The ID of the sound's custom emoji.
        emoji_id / no_emoji_id: EmojiId,
        /// The sound's Unicode emoji.
        emoji_name / no_emoji_name: String [into] => chars(1..=MAX_EMOJI_NAME),
    }
}

impl CreateGuildSoundboardSound {
    /// Sets the sound's emoji, Unicode or custom.
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (Maybe::Absent, Maybe::Value(emoji)),
            ReactionEmoji::Custom { id, .. } => (Maybe::Value(id), Maybe::Absent),
        };
        self
    }
}

impl ModifyGuildSoundboardSound {
    /// Sets the sound's emoji, Unicode or custom.
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (Maybe::Null, Maybe::Value(emoji)),
            ReactionEmoji::Custom { id, .. } => (Maybe::Value(id), Maybe::Null),
        };
        self
    }
}

/// The response of List Guild Soundboard Sounds.
struct GuildSounds {
    items: List<SoundboardSound>,
}

object! { GuildSounds {
    items: required,
} }

impl Client {
    /// Plays a sound in the voice channel that the bot is in: [Send Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#send-soundboard-sound).
    ///
    /// Needs `SPEAK` and `USE_SOUNDBOARD`, and `USE_EXTERNAL_SOUNDS` for a sound of another guild. The bot
    /// must not be deaf or mute, by itself or by the server.
    pub fn send_soundboard_sound(
        &self,
        channel: ChannelId,
        sound: &SendSoundboardSound,
    ) -> Result<(), Error> {
        self.perform_with(route::SEND_SOUNDBOARD_SOUND.at(&[&channel]), sound)
    }

    /// Returns the default sounds of all users: [List Default Soundboard Sounds](https://docs.discord.com/developers/resources/soundboard#list-default-soundboard-sounds).
    pub fn default_soundboard_sounds(&self) -> Result<List<SoundboardSound>, Error> {
        self.fetch(route::DEFAULT_SOUNDBOARD_SOUNDS.at(&[]))
    }

    /// Returns a guild's sounds: [List Guild Soundboard Sounds](https://docs.discord.com/developers/resources/soundboard#list-guild-soundboard-sounds).
    ///
    /// Includes the creators with `CREATE_GUILD_EXPRESSIONS` or `MANAGE_GUILD_EXPRESSIONS`.
    pub fn guild_soundboard_sounds(&self, guild: GuildId) -> Result<List<SoundboardSound>, Error> {
        let GuildSounds { items } = self.fetch(route::GUILD_SOUNDBOARD_SOUNDS.at(&[&guild]))?;
        Ok(items)
    }

    /// Returns a guild's sound: [Get Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#get-guild-soundboard-sound).
    pub fn guild_soundboard_sound(&self, guild: GuildId, sound: SoundId) -> Result<SoundboardSound, Error> {
        self.fetch(route::GUILD_SOUNDBOARD_SOUND.at(&[&guild, &sound]))
    }

    /// Adds a sound to a guild: [Create Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound).
    ///
    /// Needs `CREATE_GUILD_EXPRESSIONS`.
    ///
    /// ```
    /// use syncord::rest::{CreateGuildSoundboardSound, SoundData};
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// let data = SoundData::new(b"OggS...")?;
    /// let gull = CreateGuildSoundboardSound::new("gull", data).emoji("🐦");
    /// let sound = client.create_guild_soundboard_sound(guild, &gull)?;
    /// assert_eq!(sound.name, "gull");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_soundboard_sound(
        &self,
        guild: GuildId,
        sound: &CreateGuildSoundboardSound,
    ) -> Result<SoundboardSound, Error> {
        self.change(route::CREATE_GUILD_SOUNDBOARD_SOUND.at(&[&guild]), sound)
    }

    /// Changes a guild's sound: [Modify Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#modify-guild-soundboard-sound).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for a sound that the bot created.
    pub fn modify_guild_soundboard_sound(
        &self,
        guild: GuildId,
        sound: SoundId,
        changes: &ModifyGuildSoundboardSound,
    ) -> Result<SoundboardSound, Error> {
        self.change(route::MODIFY_GUILD_SOUNDBOARD_SOUND.at(&[&guild, &sound]), changes)
    }

    /// Deletes a guild's sound: [Delete Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#delete-guild-soundboard-sound).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for a sound that the bot created.
    pub fn delete_guild_soundboard_sound(&self, guild: GuildId, sound: SoundId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_SOUNDBOARD_SOUND.at(&[&guild, &sound]))
    }
}
