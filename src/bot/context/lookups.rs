//! Lookups that use the cache, and ask Discord for what it does not know.

use std::sync::Arc;
use std::time::SystemTime;

use super::context::Context;
use crate::bot::cached::Place;
use crate::command::text::{Entity, entity};
use crate::error::{Error, Result};
use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::model::permissions::GuildMember;
use crate::model::{Channel, Guild, Member, Message, Permissions, Role, User};
use crate::rest::SearchGuildMembers;

/// How many members with a similar name are compared.
const MAX_MEMBERS: u16 = 100;

/// Maximum number of characters of a name that can be searched for.
const MAX_NAME: usize = 100;

/// # Lookups
///
/// They use the [cache](crate::cache), and ask Discord's API for what it does not know. Without a [cache](crate::Bot::cache) they
/// always ask. The value is never a guess: it is what Discord has sent last, or an error.
impl Context {
    /// Finds a guild, with its roles: in the [cache](crate::Cache::guilds) or by one call.
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::guild`](crate::rest::Client::guild).
    pub fn find_guild(&self, guild: GuildId) -> Result<Arc<Guild>, Error> {
        match self.cache().guild(guild).filter(|guild| !guild.is_unavailable()) {
            Some(guild) => Ok(guild),
            None => self.rest().guild(guild).map(Arc::new),
        }
    }

    /// Finds a channel or thread: in the [cache](crate::Cache::channels) or by one call.
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::channel`](crate::rest::Client::channel).
    pub fn find_channel(&self, channel: ChannelId) -> Result<Arc<Channel>, Error> {
        match self.cache().channel(channel) {
            Some(channel) => Ok(channel),
            None => self.rest().channel(channel).map(Arc::new),
        }
    }

    /// Finds the roles of a guild: in the [cache](crate::Cache::roles) or by one call.
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::guild_roles`](crate::rest::Client::guild_roles).
    pub fn find_roles(&self, guild: GuildId) -> Result<Vec<Role>, Error> {
        match self.cache().roles_of(guild) {
            Some(roles) => Ok(roles),
            None => Ok(self.rest().guild_roles(guild)?.into_vec()),
        }
    }

    /// Finds a member of a guild: in the [cache](crate::Cache::members) or by one call.
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::guild_member`](crate::rest::Client::guild_member): status 404 if the user is no member.
    pub fn find_member(&self, guild: GuildId, user: UserId) -> Result<Member, Error> {
        match self.cache().member(guild, user) {
            Some(member) => Ok(member),
            None => self.rest().guild_member(guild, user),
        }
    }

    /// Finds a member by what a person writes: a mention, an ID, a username, a display name or a nickname, with or without `@`.
    /// Upper and lower case do not matter. `None` if there is no such member, or if several members have this name and none
    /// of them has it as the username.
    ///
    /// Usernames are unique, so the [cache](crate::Cache::members) can answer them, mentions and IDs. Other names are searched by
    /// one call.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.on_message(|cx, message| {
    ///     let (Some(guild), Some(name)) = (message.guild_id, message.content.strip_prefix("who is ")) else {
    ///         return Ok(());
    ///     };
    ///     let text = match cx.find_member_by_text(guild, name)? {
    ///         Some(member) => format!("{} joined with the ID {}", member.display_name(), member.user.id),
    ///         None => "I know no such member.".to_owned(),
    ///     };
    ///     cx.reply(message, text).map(drop)?;
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "who is @ANN");
    /// #     assert_eq!(general.next_message()?.content, format!("ann joined with the ID {}", ann.id()));
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::search_guild_members`](crate::rest::Client::search_guild_members).
    pub fn find_member_by_text(&self, guild: GuildId, text: &str) -> Result<Option<Member>, Error> {
        match entity(text.trim()) {
            Entity::User(user) => found(self.find_member(guild, user)),
            Entity::Id(user) => found(self.find_member(guild, UserId::new(user))),
            Entity::Name(name) => self.member_by_name(guild, name),
            Entity::Role(_) | Entity::Channel(_) => Ok(None),
        }
    }

    /// Finds a user: in the [cache](crate::Cache::members) or by one call.
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::user`](crate::rest::Client::user).
    pub fn find_user(&self, user: UserId) -> Result<User, Error> {
        match self.cache().user(user) {
            Some(user) => Ok(user),
            None => self.rest().user(user),
        }
    }

    /// Finds a message: in the [cache](crate::Cache::messages) or by one call. One of the cache has no reactions.
    ///
    /// # Errors
    ///
    /// The errors of [`rest::Client::message`](crate::rest::Client::message).
    pub fn find_message(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        match self.cache().message(channel, message) {
            Some(message) => Ok(message),
            None => self.rest().message(channel, message),
        }
    }

    /// Finds a member with the roles of the guild, for permissions and ranks: in the cache
    /// ([roles](crate::Cache::roles) and [members](crate::Cache::members)), or by up to two calls.
    ///
    /// ```
    /// use syncord::tree::{command, member};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.command(command("ban", "Bans a member").option("member", "Whom", member()).run(|cx, target| {
    ///     let guild = cx.guild()?.id;
    ///     let (author, target) = (cx.member_in(guild, cx.user().id)?, cx.member_in(guild, target.user.id)?);
    ///     if !author.can_ban(&target) {
    ///         return cx.reply("You cannot ban this member.");
    ///     }
    ///     if !cx.me_in(guild)?.can_ban(&target) {
    ///         return cx.reply("My role is too low for that.");
    ///     }
    ///     // … ban …
    ///     cx.reply("Banned.")
    /// }));
    /// # bot.during(|| {
    /// #     let reply = ann.uses(&general, &format!("/ban member:{}", bob.mention()))?.reply()?;
    /// #     assert_eq!(reply.content, "You cannot ban this member.");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`find_guild`](Context::find_guild) and [`find_member`](Context::find_member).
    #[doc(alias = "hierarchy")]
    #[doc(alias = "highest role")]
    pub fn member_in(&self, guild: GuildId, user: UserId) -> Result<GuildMember, Error> {
        let member = self.find_member(guild, user)?;
        Ok(GuildMember::new(self.guild_with_roles(guild)?, member, SystemTime::now()))
    }

    /// Finds the bot's own member, as [`member_in`](Context::member_in) does. The cache knows it in every guild if it keeps
    /// [roles](crate::Cache::roles).
    ///
    /// # Errors
    ///
    /// As for [`member_in`](Context::member_in).
    pub fn me_in(&self, guild: GuildId) -> Result<GuildMember, Error> {
        self.member_in(guild, self.me().id)
    }

    /// Returns the bot's permissions in a channel or thread of a guild.
    ///
    /// With a cache of [channels](crate::Cache::channels) it makes no call. Otherwise it makes up to four: for the channel, the
    /// channel of a thread, the guild and the member.
    ///
    /// ```
    /// use syncord::model::Permissions;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.on_message(|cx, message| {
    ///     if message.guild_id.is_some() && cx.permissions_in(message.channel_id)?.contains(Permissions::ADD_REACTIONS) {
    ///         cx.react(message, "👋")?;
    ///     }
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     let message = ann.says(&general, "hello");
    /// #     discord.wait_until("a reaction", |_| !general.reactions(message).is_empty())?;
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the channel is not in a guild: there are no permissions in direct messages. Otherwise the errors of
    /// the calls.
    pub fn permissions_in(&self, channel: ChannelId) -> Result<Permissions, Error> {
        self.permissions_of(channel, self.me().id)
    }

    /// Returns the permissions of a member in a channel or thread of a guild, as
    /// [`permissions_in`](Context::permissions_in) does for the bot. In a private thread it may need one more call.
    ///
    /// # Errors
    ///
    /// As for [`permissions_in`](Context::permissions_in), and status 404 if the user is no member.
    pub fn permissions_of(&self, channel: ChannelId, user: UserId) -> Result<Permissions, Error> {
        let Some(guild) = self.find_channel(channel)?.guild_id else {
            return Err(Error::invalid("channel", "there are no permissions in direct messages"));
        };
        let place = Place::find(self, guild, channel)?;
        let member = self.find_member(guild, user)?;
        place.permissions_of(self, user, &member, SystemTime::now())
    }

    /// A guild that has roles, and perhaps nothing else.
    pub(crate) fn guild_with_roles(&self, guild: GuildId) -> Result<Arc<Guild>, Error> {
        match self.cache().guild_with_roles(guild) {
            Some(guild) => Ok(guild),
            None => self.rest().guild(guild).map(Arc::new),
        }
    }

    /// The member with this username, display name or nickname. An ambiguous name is none.
    pub(crate) fn member_by_name(&self, guild: GuildId, name: &str) -> Result<Option<Member>, Error> {
        if name.is_empty() || name.chars().count() > MAX_NAME {
            return Ok(None);
        }
        if let Some(member) = self.cache().member_by_username(guild, name) {
            return Ok(Some(member));
        }
        let search = SearchGuildMembers::new(name).limit(MAX_MEMBERS);
        let members = self.rest().search_guild_members(guild, &search)?;
        let is_it = |member: &&Member| is_named(&member.user, member.nick.as_deref(), name);
        let by_username = members.iter().find(|member| member.user.username.eq_ignore_ascii_case(name));
        let mut named = members.iter().filter(is_it);
        let member = by_username.or_else(|| named.next().filter(|_| named.next().is_none()));
        Ok(member.cloned())
    }
}

/// Whether a text is one of a user's names. Upper and lower case do not matter.
pub(crate) fn is_named(user: &User, nick: Option<&str>, name: &str) -> bool {
    let name = name.to_lowercase();
    let names = [Some(user.username.as_str()), user.global_name.as_deref(), nick];
    names.into_iter().flatten().any(|own| own.to_lowercase() == name)
}

/// `None` for what does not exist, or what the bot cannot see.
pub(crate) fn found<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Http(error)) if matches!(error.status, 403 | 404) => Ok(None),
        Err(error) => Err(error),
    }
}
