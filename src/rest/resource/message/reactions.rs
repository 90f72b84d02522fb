//! Reactions to messages.

use crate::error::Error;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::{List, ReactionEmoji, ReactionType, User};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of users in a page.
const MAX_USERS: u16 = 100;

options! {
    /// Options to get a page of users who reacted: [Get Reactions](https://docs.discord.com/developers/resources/message#get-reactions).
    GetReactions {
        /// The type of reaction. Default: normal.
        kind "type": ReactionType,
        /// Only users after this ID.
        after: UserId,
        /// Maximum number to return, 1-100. Default: 25.
        limit: u16 => number(1..=MAX_USERS),
    }
}

impl Client {
    /// Adds a reaction to a message: [Create Reaction](https://docs.discord.com/developers/resources/message#create-reaction).
    ///
    /// The emoji is Unicode (`"👍"`) or custom (`"name:id"`, `"<:name:id>"`). Needs `READ_MESSAGE_HISTORY`, and
    /// `ADD_REACTIONS` if the message has no reaction with this emoji yet.
    pub fn create_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Result<(), Error> {
        self.perform(route::CREATE_REACTION.at(&[&channel, &message, &emoji.into()]))
    }

    /// Removes the bot's reaction: [Delete Own Reaction](https://docs.discord.com/developers/resources/message#delete-own-reaction).
    pub fn delete_own_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_OWN_REACTION.at(&[&channel, &message, &emoji.into()]))
    }

    /// Removes a user's reaction: [Delete User Reaction](https://docs.discord.com/developers/resources/message#delete-user-reaction).
    ///
    /// Needs `MANAGE_MESSAGES`.
    pub fn delete_user_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
        user: UserId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_USER_REACTION.at(&[&channel, &message, &emoji.into(), &user]))
    }

    /// Returns a page of users who reacted with an emoji: [Get Reactions](https://docs.discord.com/developers/resources/message#get-reactions).
    pub fn reactions(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
        options: &GetReactions,
    ) -> Result<List<User>, Error> {
        self.fetch(route::REACTIONS.at(&[&channel, &message, &emoji.into()]).query(options)?)
    }

    /// Iterates over all users who reacted with an emoji, page by page. See [`reactions`](Client::reactions).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let (channel, message) = (general.id(), ann.says(&general, "Is the tide in?"));
    /// # ann.reacts(&general, message, "👍");
    /// let mut names = Vec::new();
    /// for user in client.reactions_iter(channel, message, "👍") {
    ///     names.push(user?.username);
    /// }
    /// assert_eq!(names, ["ann"]);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn reactions_iter(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Pages<User> {
        let (client, emoji, mut options) = (self.clone(), emoji.into(), GetReactions::new().limit(MAX_USERS));
        Pages::new(move || {
            let users = client.reactions(channel, message, emoji.clone(), &options)?;
            if let Some(last) = users.last() {
                options = options.clone().after(last.id);
            }
            Ok(Page::of(users, MAX_USERS.into()))
        })
    }

    /// Removes all reactions from a message: [Delete All Reactions](https://docs.discord.com/developers/resources/message#delete-all-reactions).
    ///
    /// Needs `MANAGE_MESSAGES`.
    pub fn delete_all_reactions(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::DELETE_ALL_REACTIONS.at(&[&channel, &message]))
    }

    /// Removes all reactions with an emoji from a message: [Delete All Reactions for Emoji](https://docs.discord.com/developers/resources/message#delete-all-reactions-for-emoji).
    ///
    /// Needs `MANAGE_MESSAGES`.
    pub fn delete_all_reactions_for_emoji(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_ALL_REACTIONS_FOR_EMOJI.at(&[&channel, &message, &emoji.into()]))
    }
}
