//! [Stickers](https://docs.discord.com/developers/resources/sticker).

use std::ops::RangeInclusive;
use std::path::Path;

use crate::error::Error;
use crate::id::{GuildId, StickerId, StickerPackId};
use crate::json::object;
use crate::model::{List, Sticker, StickerPack};
use crate::rest::check::{bytes, chars};
use crate::rest::form::Form;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, Upload, route};

/// Length of a sticker's name, in characters.
const NAME_LENGTH: RangeInclusive<usize> = 2..=30;

/// Length of a sticker's description, in characters.
const DESCRIPTION_LENGTH: RangeInclusive<usize> = 2..=100;

/// Length of a sticker's tags, in characters.
const TAGS_LENGTH: RangeInclusive<usize> = 1..=200;

/// Maximum size of a sticker, in bytes.
const MAX_SIZE: usize = 512 * 1024;

/// The file extensions of stickers and their media types.
const MEDIA_TYPES: [(&str, &str); 4] =
    [("apng", "image/apng"), ("gif", "image/gif"), ("json", "application/json"), ("png", "image/png")];

options! {
    /// Options to create a guild sticker: [Create Guild Sticker](https://docs.discord.com/developers/resources/sticker#create-guild-sticker).
    CreateGuildSticker(name: impl Into<String>, tags: impl Into<String>, file: Upload) {
        /// The name, 2-30 characters.
        name: String [into] => chars(NAME_LENGTH),
        /// The description, 2-100 characters or empty.
        description: String [into] => check_description,
        /// The search keywords or the name of an emoji, 1-200 characters.
        tags: String [into] => chars(TAGS_LENGTH),
        /// The image: PNG, APNG, GIF or Lottie (JSON). Maximum 512 KiB, 320 x 320 pixels and 5 seconds.
        /// The extension of the file name determines the format.
        file: Upload [file] => check_file,
    }
}

options! {
    /// Changes to a guild sticker: [Modify Guild Sticker](https://docs.discord.com/developers/resources/sticker#modify-guild-sticker).
    ModifyGuildSticker {
        /// The name, 2-30 characters.
        name: String [into] => chars(NAME_LENGTH),
        /// The description, 2-100 characters.
        description / no_description: String [into] => chars(DESCRIPTION_LENGTH),
        /// The search keywords or the name of an emoji, 1-200 characters.
        tags: String [into] => chars(TAGS_LENGTH),
    }
}

fn check_description(text: &String) -> Result<(), Error> {
    if text.is_empty() { Ok(()) } else { chars(DESCRIPTION_LENGTH)(text) }
}

fn check_file(file: &Upload) -> Result<(), Error> {
    file.check()?;
    file.size().map_or(Ok(()), |size| bytes("", usize::try_from(size).unwrap_or(usize::MAX), MAX_SIZE))
}

fn media_type(file: &Upload) -> &'static str {
    let extension = Path::new(file.name()).extension().and_then(|extension| extension.to_str());
    let known = extension
        .and_then(|extension| MEDIA_TYPES.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)));
    known.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// The response of List Sticker Packs.
struct StickerPacks {
    sticker_packs: List<StickerPack>,
}

object! { StickerPacks {
    sticker_packs: required,
} }

impl Client {
    /// Returns a sticker: [Get Sticker](https://docs.discord.com/developers/resources/sticker#get-sticker).
    pub fn sticker(&self, sticker: StickerId) -> Result<Sticker, Error> {
        self.fetch(route::STICKER.at(&[&sticker]))
    }

    /// Returns Discord's sticker packs: [List Sticker Packs](https://docs.discord.com/developers/resources/sticker#list-sticker-packs).
    pub fn sticker_packs(&self) -> Result<List<StickerPack>, Error> {
        let StickerPacks { sticker_packs } = self.fetch(route::STICKER_PACKS.at(&[]))?;
        Ok(sticker_packs)
    }

    /// Returns one of Discord's sticker packs: [Get Sticker Pack](https://docs.discord.com/developers/resources/sticker#get-sticker-pack).
    pub fn sticker_pack(&self, pack: StickerPackId) -> Result<StickerPack, Error> {
        self.fetch(route::STICKER_PACK.at(&[&pack]))
    }

    /// Returns a guild's stickers: [List Guild Stickers](https://docs.discord.com/developers/resources/sticker#list-guild-stickers).
    ///
    /// Includes the creators with `CREATE_GUILD_EXPRESSIONS` or `MANAGE_GUILD_EXPRESSIONS`.
    pub fn guild_stickers(&self, guild: GuildId) -> Result<List<Sticker>, Error> {
        self.fetch(route::GUILD_STICKERS.at(&[&guild]))
    }

    /// Returns a guild sticker: [Get Guild Sticker](https://docs.discord.com/developers/resources/sticker#get-guild-sticker).
    pub fn guild_sticker(&self, guild: GuildId, sticker: StickerId) -> Result<Sticker, Error> {
        self.fetch(route::GUILD_STICKER.at(&[&guild, &sticker]))
    }

    /// Adds a sticker to a guild: [Create Guild Sticker](https://docs.discord.com/developers/resources/sticker#create-guild-sticker).
    ///
    /// Needs `CREATE_GUILD_EXPRESSIONS`. Lottie needs a verified or partnered guild.
    ///
    /// ```
    /// use syncord::rest::{CreateGuildSticker, Upload};
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// # let image = b"\x89PNG";
    /// let image = Upload::bytes("crab.png", image);
    /// let crab = CreateGuildSticker::new("crab", "🦀", image).description("A waving crab");
    /// let sticker = client.create_guild_sticker(guild, &crab)?;
    /// assert_eq!(sticker.name, "crab");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_sticker(
        &self,
        guild: GuildId,
        sticker: &CreateGuildSticker,
    ) -> Result<Sticker, Error> {
        sticker.check()?;
        let mut form = Form::default();
        // Discord requires the description field, even if it is empty.
        for (name, text) in
            [("name", &sticker.name), ("description", &sticker.description), ("tags", &sticker.tags)]
        {
            form.text(name, text.value().map_or("", String::as_str));
        }
        if let Some(file) = sticker.file.value() {
            form.file_with_type("file", media_type(file), file);
        }
        self.read(Request::new(route::CREATE_GUILD_STICKER.at(&[&guild])).form(form))
    }

    /// Changes a guild sticker: [Modify Guild Sticker](https://docs.discord.com/developers/resources/sticker#modify-guild-sticker).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for a sticker that the bot created.
    pub fn modify_guild_sticker(
        &self,
        guild: GuildId,
        sticker: StickerId,
        changes: &ModifyGuildSticker,
    ) -> Result<Sticker, Error> {
        self.change(route::MODIFY_GUILD_STICKER.at(&[&guild, &sticker]), changes)
    }

    /// Deletes a guild sticker: [Delete Guild Sticker](https://docs.discord.com/developers/resources/sticker#delete-guild-sticker).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for a sticker that the bot created.
    pub fn delete_guild_sticker(&self, guild: GuildId, sticker: StickerId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_STICKER.at(&[&guild, &sticker]))
    }
}
