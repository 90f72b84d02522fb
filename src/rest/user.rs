//! [Users](https://docs.discord.com/developers/resources/user).

use super::check::{chars, number};
use super::options::options;
use super::pages::Page;
use super::{Client, ImageData, Pages, route};
use crate::error::Error;
use crate::id::GuildId;
use crate::model::{List, PartialGuild, User};

/// The largest page of guilds.
const MAX_GUILDS: u16 = 200;

options! {
    /// What to change of the bot's user: [Modify Current User](https://docs.discord.com/developers/resources/user#modify-current-user).
    ModifyCurrentUser {
        /// Sets its name: 2 to 32 characters.
        username: String [into] => chars(2..=32),
        /// Sets its avatar.
        avatar / no_avatar: ImageData,
        /// Sets its banner.
        banner / no_banner: ImageData,
    }
}

options! {
    /// Which of the bot's guilds are wanted: [Get Current User Guilds](https://docs.discord.com/developers/resources/user#get-current-user-guilds).
    CurrentUserGuilds {
        /// Only those with a smaller id.
        before: GuildId,
        /// Only those with a greater id.
        after: GuildId,
        /// At most so many: 1 to 200 (200).
        limit: u16 => number(1..=MAX_GUILDS),
        /// Whether to say about how many members they have.
        with_counts: bool,
    }
}

impl Client {
    /// The bot itself: [Get Current User](https://docs.discord.com/developers/resources/user#get-current-user).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn current_user(&self) -> Result<User, Error> {
        self.fetch(route::CURRENT_USER.at(&[]))
    }

    /// Changes the bot's user: [Modify Current User](https://docs.discord.com/developers/resources/user#modify-current-user).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn modify_current_user(&self, changes: &ModifyCurrentUser) -> Result<User, Error> {
        self.change(route::MODIFY_CURRENT_USER.at(&[]), changes)
    }

    /// A page of the guilds that the bot is in: [Get Current User Guilds](https://docs.discord.com/developers/resources/user#get-current-user-guilds).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn current_user_guilds(&self, which: &CurrentUserGuilds) -> Result<List<PartialGuild>, Error> {
        self.fetch(route::CURRENT_USER_GUILDS.at(&[]).query(which)?)
    }

    /// All guilds that the bot is in, fetched by the page.
    ///
    /// ```no_run
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// for guild in client.current_user_guilds_iter() {
    ///     println!("{}", guild?.id);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn current_user_guilds_iter(&self) -> Pages<PartialGuild> {
        let (client, mut which) = (self.clone(), CurrentUserGuilds::new().limit(MAX_GUILDS));
        Pages::new(move || {
            let guilds = client.current_user_guilds(&which)?;
            if let Some(last) = guilds.last() {
                which = which.clone().after(last.id);
            }
            Ok(Page::of(guilds, MAX_GUILDS.into()))
        })
    }
}
