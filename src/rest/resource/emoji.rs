//! [Emojis](https://docs.discord.com/developers/resources/emoji) of guilds and applications.

use std::ops::RangeInclusive;

use crate::error::Error;
use crate::id::{ApplicationId, EmojiId, GuildId, RoleId};
use crate::json::object;
use crate::model::{Emoji, List};
use crate::rest::check::chars;
use crate::rest::image::max_size;
use crate::rest::options::options;
use crate::rest::{Client, ImageData, route};

/// The length of the name of an emoji, in characters.
const NAME: RangeInclusive<usize> = 2..=32;

/// Maximum size of an emoji, in bytes.
const MAX_SIZE: usize = 256 * 1024;

options! {
    /// A new guild emoji: [Create Guild Emoji](https://docs.discord.com/developers/resources/emoji#create-guild-emoji).
    CreateGuildEmoji(name: impl Into<String>, image: ImageData) {
        /// The name, 2-32 characters.
        name: String [into] => chars(NAME),
        /// The image, at most 256 KiB. The recommended size is 128x128 pixels.
        image: ImageData => max_size(MAX_SIZE),
        /// The roles that can use the emoji. An empty list means all.
        roles: Vec<RoleId> [into],
    }
}

options! {
    /// The fields of a guild emoji to change: [Modify Guild Emoji](https://docs.discord.com/developers/resources/emoji#modify-guild-emoji).
    ModifyGuildEmoji {
        /// The name, 2-32 characters.
        name: String [into] => chars(NAME),
        /// The roles that can use the emoji. An empty list means all.
        roles / no_roles: Vec<RoleId> [into],
    }
}

options! {
    /// A new application emoji: [Create Application Emoji](https://docs.discord.com/developers/resources/emoji#create-application-emoji).
    CreateApplicationEmoji(name: impl Into<String>, image: ImageData) {
        /// The name, 2-32 characters.
        name: String [into] => chars(NAME),
        /// The image, at most 256 KiB. The recommended size is 128x128 pixels.
        image: ImageData => max_size(MAX_SIZE),
    }
}

options! {
    /// The fields of an application emoji to change: [Modify Application Emoji](https://docs.discord.com/developers/resources/emoji#modify-application-emoji).
    ModifyApplicationEmoji {
        /// The name, 2-32 characters.
        name: String [into] => chars(NAME),
    }
}

/// Discord's response with the emojis of an application.
struct Emojis {
    items: List<Emoji>,
}

object! { Emojis {
    items: required,
} }

impl Client {
    /// Returns the emojis of a guild: [List Guild Emojis](https://docs.discord.com/developers/resources/emoji#list-guild-emojis).
    ///
    /// The users who added them are included with `CREATE_GUILD_EXPRESSIONS` or `MANAGE_GUILD_EXPRESSIONS`.
    pub fn guild_emojis(&self, guild: GuildId) -> Result<List<Emoji>, Error> {
        self.fetch(route::GUILD_EMOJIS.at(&[&guild]))
    }

    /// Returns an emoji of a guild: [Get Guild Emoji](https://docs.discord.com/developers/resources/emoji#get-guild-emoji).
    pub fn guild_emoji(&self, guild: GuildId, emoji: EmojiId) -> Result<Emoji, Error> {
        self.fetch(route::GUILD_EMOJI.at(&[&guild, &emoji]))
    }

    /// Adds an emoji to a guild: [Create Guild Emoji](https://docs.discord.com/developers/resources/emoji#create-guild-emoji).
    ///
    /// Needs `CREATE_GUILD_EXPRESSIONS`.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// # let path = std::env::temp_dir().join(format!("syncord-crab-{}.png", std::process::id()));
    /// # std::fs::write(&path, b"\x89PNG\r\n\x1a\n")?;
    /// use syncord::rest::{CreateGuildEmoji, ImageData};
    ///
    /// let crab = CreateGuildEmoji::new("crab", ImageData::path(&path)?);
    /// let emoji = client.create_guild_emoji(guild, &crab)?;
    /// # std::fs::remove_file(&path)?;
    /// assert_eq!(emoji.name.as_deref(), Some("crab"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn create_guild_emoji(&self, guild: GuildId, emoji: &CreateGuildEmoji) -> Result<Emoji, Error> {
        self.change(route::CREATE_GUILD_EMOJI.at(&[&guild]), emoji)
    }

    /// Changes an emoji of a guild: [Modify Guild Emoji](https://docs.discord.com/developers/resources/emoji#modify-guild-emoji).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for an emoji that the bot added.
    pub fn modify_guild_emoji(
        &self,
        guild: GuildId,
        emoji: EmojiId,
        changes: &ModifyGuildEmoji,
    ) -> Result<Emoji, Error> {
        self.change(route::MODIFY_GUILD_EMOJI.at(&[&guild, &emoji]), changes)
    }

    /// Deletes an emoji of a guild: [Delete Guild Emoji](https://docs.discord.com/developers/resources/emoji#delete-guild-emoji).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for an emoji that the bot added.
    pub fn delete_guild_emoji(&self, guild: GuildId, emoji: EmojiId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_EMOJI.at(&[&guild, &emoji]))
    }

    /// Returns the emojis of an application, which its bot can use everywhere: [List Application Emojis](https://docs.discord.com/developers/resources/emoji#list-application-emojis).
    pub fn application_emojis(&self, application: ApplicationId) -> Result<List<Emoji>, Error> {
        let Emojis { items } = self.fetch(route::APPLICATION_EMOJIS.at(&[&application]))?;
        Ok(items)
    }

    /// Returns an emoji of an application: [Get Application Emoji](https://docs.discord.com/developers/resources/emoji#get-application-emoji).
    pub fn application_emoji(&self, application: ApplicationId, emoji: EmojiId) -> Result<Emoji, Error> {
        self.fetch(route::APPLICATION_EMOJI.at(&[&application, &emoji]))
    }

    /// Adds an emoji to an application: [Create Application Emoji](https://docs.discord.com/developers/resources/emoji#create-application-emoji).
    pub fn create_application_emoji(
        &self,
        application: ApplicationId,
        emoji: &CreateApplicationEmoji,
    ) -> Result<Emoji, Error> {
        self.change(route::CREATE_APPLICATION_EMOJI.at(&[&application]), emoji)
    }

    /// Changes an emoji of an application: [Modify Application Emoji](https://docs.discord.com/developers/resources/emoji#modify-application-emoji).
    pub fn modify_application_emoji(
        &self,
        application: ApplicationId,
        emoji: EmojiId,
        changes: &ModifyApplicationEmoji,
    ) -> Result<Emoji, Error> {
        self.change(route::MODIFY_APPLICATION_EMOJI.at(&[&application, &emoji]), changes)
    }

    /// Deletes an emoji of an application: [Delete Application Emoji](https://docs.discord.com/developers/resources/emoji#delete-application-emoji).
    pub fn delete_application_emoji(&self, application: ApplicationId, emoji: EmojiId) -> Result<(), Error> {
        self.perform(route::DELETE_APPLICATION_EMOJI.at(&[&application, &emoji]))
    }
}
