//! [Users](https://docs.discord.com/developers/resources/user).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Error;
use crate::id::{GuildId, UserId};
use crate::model::{Channel, List, PartialGuild, Secret, User};
use crate::rest::check::{chars, number};
use crate::rest::options::{Options, options};
use crate::rest::pages::Page;
use crate::rest::request::Request;
use crate::rest::{Client, ImageData, Pages, route};

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
    GetCurrentUserGuilds {
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

options! {
    /// A conversation of several: [Create Group DM](https://docs.discord.com/developers/resources/user#create-group-dm).
    CreateGroupDm(access_tokens: Vec<Secret>) {
        /// Sets who takes part: the OAuth2 access tokens of users who granted `gdm.join`.
        access_tokens: Vec<Secret>,
        /// Sets what they are called there.
        nicks: BTreeMap<UserId, String>,
    }
}

/// With whom a conversation is wanted.
#[derive(Serialize)]
struct CreateDm {
    recipient_id: UserId,
}

impl Options for CreateDm {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl Client {
    /// The bot itself: [Get Current User](https://docs.discord.com/developers/resources/user#get-current-user).
    pub fn current_user(&self) -> Result<User, Error> {
        self.fetch(route::CURRENT_USER.at(&[]))
    }

    /// Changes the bot's user: [Modify Current User](https://docs.discord.com/developers/resources/user#modify-current-user).
    pub fn modify_current_user(&self, changes: &ModifyCurrentUser) -> Result<User, Error> {
        self.change(route::MODIFY_CURRENT_USER.at(&[]), changes)
    }

    /// A page of the guilds that the bot is in: [Get Current User Guilds](https://docs.discord.com/developers/resources/user#get-current-user-guilds).
    pub fn current_user_guilds(&self, which: &GetCurrentUserGuilds) -> Result<List<PartialGuild>, Error> {
        self.fetch(route::CURRENT_USER_GUILDS.at(&[]).query(which)?)
    }

    /// All guilds that the bot is in, fetched by the page. See [`current_user_guilds`](Client::current_user_guilds).
    ///
    /// ```no_run
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// for guild in client.current_user_guilds_iter() {
    ///     println!("{}", guild?.id);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn current_user_guilds_iter(&self) -> Pages<PartialGuild> {
        let (client, mut which) = (self.clone(), GetCurrentUserGuilds::new().limit(MAX_GUILDS));
        Pages::new(move || {
            let guilds = client.current_user_guilds(&which)?;
            if let Some(last) = guilds.last() {
                which = which.clone().after(last.id);
            }
            Ok(Page::of(guilds, MAX_GUILDS.into()))
        })
    }

    /// A user: [Get User](https://docs.discord.com/developers/resources/user#get-user).
    pub fn user(&self, user: UserId) -> Result<User, Error> {
        self.fetch(route::USER.at(&[&user]))
    }

    /// Takes the bot out of a guild: [Leave Guild](https://docs.discord.com/developers/resources/user#leave-guild).
    pub fn leave_guild(&self, guild: GuildId) -> Result<(), Error> {
        self.perform(route::LEAVE_GUILD.at(&[&guild]))
    }

    /// The channel of the direct messages with a user, made if there is none yet: [Create DM](https://docs.discord.com/developers/resources/user#create-dm).
    ///
    /// Discord blocks bots that write to many users who did nothing to be written to.
    ///
    /// ```no_run
    /// use syncord::id::UserId;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let channel = client.create_dm(UserId::new(80351110224678912))?;
    /// client.create_message(channel.id, "The tide is in.")?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_dm(&self, recipient: UserId) -> Result<Channel, Error> {
        let request = Request::new(route::CREATE_DM.at(&[])).json(&CreateDm { recipient_id: recipient })?;
        // The second time it is the channel of the first.
        self.read(request.repeatable())
    }

    /// Makes a conversation of several users, who have to have granted it with OAuth2: [Create Group DM](https://docs.discord.com/developers/resources/user#create-group-dm).
    ///
    /// The bot can have ten of them.
    pub fn create_group_dm(&self, group: &CreateGroupDm) -> Result<Channel, Error> {
        self.change(route::CREATE_DM.at(&[]), group)
    }
}
