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

/// The largest emoji, in bytes.
const MAX_SIZE: usize = 256 * 1024;

options! {
    /// What a guild's emoji is like: [Create Guild Emoji](https://docs.discord.com/developers/resources/emoji#create-guild-emoji).
    CreateGuildEmoji(name: impl Into<String>, image: ImageData) {
        /// Sets its name: 2 to 32 characters.
        name: String [into] => chars(NAME),
        /// Sets what it looks like: at most 256 KiB, best 128 by 128 pixels.
        image: ImageData => max_size(MAX_SIZE),
        /// Sets the roles that may use it; none means all.
        roles: Vec<RoleId> [into],
    }
}

options! {
    /// What to change of a guild's emoji: [Modify Guild Emoji](https://docs.discord.com/developers/resources/emoji#modify-guild-emoji).
    ModifyGuildEmoji {
        /// Sets its name: 2 to 32 characters.
        name: String [into] => chars(NAME),
        /// Sets the roles that may use it; none means all.
        roles / no_roles: Vec<RoleId> [into],
    }
}

options! {
    /// What an application's emoji is like: [Create Application Emoji](https://docs.discord.com/developers/resources/emoji#create-application-emoji).
    CreateApplicationEmoji(name: impl Into<String>, image: ImageData) {
        /// Sets its name: 2 to 32 characters.
        name: String [into] => chars(NAME),
        /// Sets what it looks like: at most 256 KiB, best 128 by 128 pixels.
        image: ImageData => max_size(MAX_SIZE),
    }
}

options! {
    /// What to change of an application's emoji: [Modify Application Emoji](https://docs.discord.com/developers/resources/emoji#modify-application-emoji).
    ModifyApplicationEmoji {
        /// Sets its name: 2 to 32 characters.
        name: String [into] => chars(NAME),
    }
}

/// The emojis of an application, as Discord wraps them.
struct Emojis {
    items: List<Emoji>,
}

object! { Emojis {
    items: required,
} }

impl Client {
    /// The emojis of a guild: [List Guild Emojis](https://docs.discord.com/developers/resources/emoji#list-guild-emojis).
    ///
    /// Who added them is told with `CREATE_GUILD_EXPRESSIONS` or `MANAGE_GUILD_EXPRESSIONS`.
    pub fn guild_emojis(&self, guild: GuildId) -> Result<List<Emoji>, Error> {
        self.fetch(route::GUILD_EMOJIS.at(&[&guild]))
    }

    /// An emoji of a guild: [Get Guild Emoji](https://docs.discord.com/developers/resources/emoji#get-guild-emoji).
    pub fn guild_emoji(&self, guild: GuildId, emoji: EmojiId) -> Result<Emoji, Error> {
        self.fetch(route::GUILD_EMOJI.at(&[&guild, &emoji]))
    }

    /// Adds an emoji to a guild: [Create Guild Emoji](https://docs.discord.com/developers/resources/emoji#create-guild-emoji).
    ///
    /// Needs `CREATE_GUILD_EXPRESSIONS`.
    ///
    /// ```no_run
    /// # use syncord::id::GuildId;
    /// use syncord::rest::{CreateGuildEmoji, ImageData};
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let crab = CreateGuildEmoji::new("crab", ImageData::path("crab.png")?);
    /// let emoji = client.create_guild_emoji(GuildId::new(197038439483310086), &crab)?;
    /// println!("{emoji} is here");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_emoji(&self, guild: GuildId, emoji: &CreateGuildEmoji) -> Result<Emoji, Error> {
        self.change(route::CREATE_GUILD_EMOJI.at(&[&guild]), emoji)
    }

    /// Changes an emoji of a guild: [Modify Guild Emoji](https://docs.discord.com/developers/resources/emoji#modify-guild-emoji).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for one that the bot added.
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
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for one that the bot added.
    pub fn delete_guild_emoji(&self, guild: GuildId, emoji: EmojiId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_EMOJI.at(&[&guild, &emoji]))
    }

    /// The emojis of an application, which its bot may use everywhere: [List Application Emojis](https://docs.discord.com/developers/resources/emoji#list-application-emojis).
    pub fn application_emojis(&self, application: ApplicationId) -> Result<List<Emoji>, Error> {
        let Emojis { items } = self.fetch(route::APPLICATION_EMOJIS.at(&[&application]))?;
        Ok(items)
    }

    /// An emoji of an application: [Get Application Emoji](https://docs.discord.com/developers/resources/emoji#get-application-emoji).
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
