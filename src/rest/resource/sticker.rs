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

/// The lengths of the name, the description and the tags of a sticker, in characters.
const NAME: RangeInclusive<usize> = 2..=30;
const DESCRIPTION: RangeInclusive<usize> = 2..=100;
const TAGS: RangeInclusive<usize> = 1..=200;

/// The largest sticker, in bytes.
const MAX_SIZE: usize = 512 * 1024;

/// The media types of stickers, by the extensions of their files.
const MEDIA_TYPES: [(&str, &str); 4] =
    [("apng", "image/apng"), ("gif", "image/gif"), ("json", "application/json"), ("png", "image/png")];

options! {
    /// What a guild's sticker is like: [Create Guild Sticker](https://docs.discord.com/developers/resources/sticker#create-guild-sticker).
    CreateGuildSticker(name: impl Into<String>, tags: impl Into<String>, file: Upload) {
        /// Sets its name: 2 to 30 characters.
        name: String [into] => chars(NAME),
        /// Sets what it shows: 2 to 100 characters, or none.
        description: String [into] => description,
        /// Sets the words to find it by, or the name of an emoji: 1 to 200 characters.
        tags: String [into] => chars(TAGS),
        /// Sets the picture: PNG, APNG, GIF or Lottie (JSON), at most 512 KiB, 320 by 320 pixels and 5
        /// seconds. Its name tells its format by the extension.
        file: Upload [file] => file,
    }
}

options! {
    /// What to change of a guild's sticker: [Modify Guild Sticker](https://docs.discord.com/developers/resources/sticker#modify-guild-sticker).
    ModifyGuildSticker {
        /// Sets its name: 2 to 30 characters.
        name: String [into] => chars(NAME),
        /// Sets what it shows: 2 to 100 characters.
        description / no_description: String [into] => chars(DESCRIPTION),
        /// Sets the words to find it by, or the name of an emoji: 1 to 200 characters.
        tags: String [into] => chars(TAGS),
    }
}

fn description(text: &String) -> Result<(), Error> {
    if text.is_empty() { Ok(()) } else { chars(DESCRIPTION)(text) }
}

fn file(file: &Upload) -> Result<(), Error> {
    file.check()?;
    file.size().map_or(Ok(()), |size| bytes("", usize::try_from(size).unwrap_or(usize::MAX), MAX_SIZE))
}

fn media_type(file: &Upload) -> &'static str {
    let extension = Path::new(file.name()).extension().and_then(|extension| extension.to_str());
    let known = extension
        .and_then(|extension| MEDIA_TYPES.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)));
    known.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// The packs of stickers, as Discord wraps them.
struct Packs {
    sticker_packs: List<StickerPack>,
}

object! { Packs {
    sticker_packs: required,
} }

impl Client {
    /// A sticker: [Get Sticker](https://docs.discord.com/developers/resources/sticker#get-sticker).
    pub fn sticker(&self, sticker: StickerId) -> Result<Sticker, Error> {
        self.fetch(route::STICKER.at(&[&sticker]))
    }

    /// The packs of Discord's stickers: [List Sticker Packs](https://docs.discord.com/developers/resources/sticker#list-sticker-packs).
    pub fn sticker_packs(&self) -> Result<List<StickerPack>, Error> {
        let Packs { sticker_packs } = self.fetch(route::STICKER_PACKS.at(&[]))?;
        Ok(sticker_packs)
    }

    /// A pack of Discord's stickers: [Get Sticker Pack](https://docs.discord.com/developers/resources/sticker#get-sticker-pack).
    pub fn sticker_pack(&self, pack: StickerPackId) -> Result<StickerPack, Error> {
        self.fetch(route::STICKER_PACK.at(&[&pack]))
    }

    /// The stickers of a guild: [List Guild Stickers](https://docs.discord.com/developers/resources/sticker#list-guild-stickers).
    ///
    /// Who added them is told with `CREATE_GUILD_EXPRESSIONS` or `MANAGE_GUILD_EXPRESSIONS`.
    pub fn guild_stickers(&self, guild: GuildId) -> Result<List<Sticker>, Error> {
        self.fetch(route::GUILD_STICKERS.at(&[&guild]))
    }

    /// A sticker of a guild: [Get Guild Sticker](https://docs.discord.com/developers/resources/sticker#get-guild-sticker).
    pub fn guild_sticker(&self, guild: GuildId, sticker: StickerId) -> Result<Sticker, Error> {
        self.fetch(route::GUILD_STICKER.at(&[&guild, &sticker]))
    }

    /// Adds a sticker to a guild: [Create Guild Sticker](https://docs.discord.com/developers/resources/sticker#create-guild-sticker).
    ///
    /// Needs `CREATE_GUILD_EXPRESSIONS`. Lottie is for guilds that are verified or partners of Discord's.
    ///
    /// ```no_run
    /// # use syncord::id::GuildId;
    /// use syncord::rest::{CreateGuildSticker, Upload};
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let crab = CreateGuildSticker::new("crab", "🦀", Upload::path("crab.png")).description("A crab, waving");
    /// client.create_guild_sticker(GuildId::new(197038439483310086), &crab)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_sticker(
        &self,
        guild: GuildId,
        sticker: &CreateGuildSticker,
    ) -> Result<Sticker, Error> {
        sticker.check()?;
        let mut form = Form::default();
        // A description has to be there, even where it says nothing.
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

    /// Changes a sticker of a guild: [Modify Guild Sticker](https://docs.discord.com/developers/resources/sticker#modify-guild-sticker).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for one that the bot added.
    pub fn modify_guild_sticker(
        &self,
        guild: GuildId,
        sticker: StickerId,
        changes: &ModifyGuildSticker,
    ) -> Result<Sticker, Error> {
        self.change(route::MODIFY_GUILD_STICKER.at(&[&guild, &sticker]), changes)
    }

    /// Deletes a sticker of a guild: [Delete Guild Sticker](https://docs.discord.com/developers/resources/sticker#delete-guild-sticker).
    ///
    /// Needs `MANAGE_GUILD_EXPRESSIONS`, or `CREATE_GUILD_EXPRESSIONS` for one that the bot added.
    pub fn delete_guild_sticker(&self, guild: GuildId, sticker: StickerId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_STICKER.at(&[&guild, &sticker]))
    }
}
