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

/// Maximum number of guilds in a page.
const MAX_GUILDS: u16 = 200;

options! {
    /// Changes to the bot's user: [Modify Current User](https://docs.discord.com/developers/resources/user#modify-current-user).
    ModifyCurrentUser {
        /// The username, 2-32 characters.
        username: String [into] => chars(2..=32),
        /// The avatar.
        avatar / no_avatar: ImageData,
        /// The banner.
        banner / no_banner: ImageData,
    }
}

options! {
    /// Options to get a page of the bot's guilds: [Get Current User Guilds](https://docs.discord.com/developers/resources/user#get-current-user-guilds).
    GetCurrentUserGuilds {
        /// Only guilds before this ID.
        before: GuildId,
        /// Only guilds after this ID.
        after: GuildId,
        /// Maximum number to return, 1-200. Default: 200.
        limit: u16 => number(1..=MAX_GUILDS),
        /// Whether to include approximate member counts.
        with_counts: bool,
    }
}

options! {
    /// Options to create a group DM: [Create Group DM](https://docs.discord.com/developers/resources/user#create-group-dm).
    CreateGroupDm(access_tokens: Vec<Secret>) {
        /// The OAuth2 access tokens of the recipients, who must have granted `gdm.join`.
        access_tokens: Vec<Secret>,
        /// The nicknames of the recipients.
        nicks: BTreeMap<UserId, String>,
    }
}

/// The body of Create DM.
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
    /// Returns the bot's user: [Get Current User](https://docs.discord.com/developers/resources/user#get-current-user).
    pub fn current_user(&self) -> Result<User, Error> {
        self.fetch(route::CURRENT_USER.at(&[]))
    }

    /// Changes the bot's user: [Modify Current User](https://docs.discord.com/developers/resources/user#modify-current-user).
    pub fn modify_current_user(&self, changes: &ModifyCurrentUser) -> Result<User, Error> {
        self.change(route::MODIFY_CURRENT_USER.at(&[]), changes)
    }

    /// Returns a page of the bot's guilds: [Get Current User Guilds](https://docs.discord.com/developers/resources/user#get-current-user-guilds).
    pub fn current_user_guilds(&self, options: &GetCurrentUserGuilds) -> Result<List<PartialGuild>, Error> {
        self.fetch(route::CURRENT_USER_GUILDS.at(&[]).query(options)?)
    }

    /// Iterates over all of the bot's guilds, page by page. See [`current_user_guilds`](Client::current_user_guilds).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// for guild in client.current_user_guilds_iter() {
    ///     println!("{:?}", guild?.name);
    /// }
    /// # assert_eq!(client.current_user_guilds_iter().count(), 1);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn current_user_guilds_iter(&self) -> Pages<PartialGuild> {
        let (client, mut options) = (self.clone(), GetCurrentUserGuilds::new().limit(MAX_GUILDS));
        Pages::new(move || {
            let guilds = client.current_user_guilds(&options)?;
            if let Some(last) = guilds.last() {
                options = options.clone().after(last.id);
            }
            Ok(Page::of(guilds, MAX_GUILDS.into()))
        })
    }

    /// Returns a user: [Get User](https://docs.discord.com/developers/resources/user#get-user).
    pub fn user(&self, user: UserId) -> Result<User, Error> {
        self.fetch(route::USER.at(&[&user]))
    }

    /// Removes the bot from a guild: [Leave Guild](https://docs.discord.com/developers/resources/user#leave-guild).
    pub fn leave_guild(&self, guild: GuildId) -> Result<(), Error> {
        self.perform(route::LEAVE_GUILD.at(&[&guild]))
    }

    /// Returns the direct message channel with a user, and creates it if necessary: [Create DM](https://docs.discord.com/developers/resources/user#create-dm).
    ///
    /// Discord can block a bot that opens many direct message channels without an action of their users.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let ann = discord.member("ann");
    /// # let user = ann.id();
    /// let channel = client.create_dm(user)?;
    /// client.create_message(channel.id, "The tide is in.")?;
    /// # assert_eq!(discord.dm_channel(&ann).next_message()?.content, "The tide is in.");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "direct message")]
    pub fn create_dm(&self, recipient: UserId) -> Result<Channel, Error> {
        let request = Request::new(route::CREATE_DM.at(&[])).json(&CreateDm { recipient_id: recipient })?;
        // A second call returns the same channel, so a retry is safe.
        self.read(request.repeatable())
    }

    /// Creates a group DM with users who granted access by OAuth2: [Create Group DM](https://docs.discord.com/developers/resources/user#create-group-dm).
    ///
    /// Maximum 10 active group DMs.
    pub fn create_group_dm(&self, group: &CreateGroupDm) -> Result<Channel, Error> {
        self.change(route::CREATE_DM.at(&[]), group)
    }
}
