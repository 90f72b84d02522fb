//! Reactions to messages.

use crate::error::Error;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::{List, ReactionEmoji, ReactionType, User};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of users.
const MAX_USERS: u16 = 100;

options! {
    /// Which of those who reacted are wanted: [Get Reactions](https://docs.discord.com/developers/resources/message#get-reactions).
    GetReactions {
        /// Those who reacted in this way (the ordinary one).
        kind "type": ReactionType,
        /// Only those with a greater id.
        after: UserId,
        /// At most so many: 1 to 100 (25).
        limit: u16 => number(1..=MAX_USERS),
    }
}

impl Client {
    /// Reacts to a message: [Create Reaction](https://docs.discord.com/developers/resources/message#create-reaction).
    ///
    /// The emoji is a Unicode one (`"👍"`) or a custom one (`"name:id"`, `"<:name:id>"`). Needs
    /// `READ_MESSAGE_HISTORY`, and `ADD_REACTIONS` where nobody else has reacted with it.
    pub fn create_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Result<(), Error> {
        self.perform(route::CREATE_REACTION.at(&[&channel, &message, &emoji.into()]))
    }

    /// Takes the bot's reaction back: [Delete Own Reaction](https://docs.discord.com/developers/resources/message#delete-own-reaction).
    pub fn delete_own_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_OWN_REACTION.at(&[&channel, &message, &emoji.into()]))
    }

    /// Takes a user's reaction away: [Delete User Reaction](https://docs.discord.com/developers/resources/message#delete-user-reaction).
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

    /// A page of those who reacted with an emoji: [Get Reactions](https://docs.discord.com/developers/resources/message#get-reactions).
    pub fn reactions(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
        which: &GetReactions,
    ) -> Result<List<User>, Error> {
        self.fetch(route::REACTIONS.at(&[&channel, &message, &emoji.into()]).query(which)?)
    }

    /// All who reacted with an emoji, fetched by the page. See [`reactions`](Client::reactions).
    ///
    /// ```no_run
    /// # use syncord::id::{ChannelId, MessageId};
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let (channel, message) = (ChannelId::new(7), MessageId::new(8));
    /// for user in client.reactions_iter(channel, message, "👍") {
    ///     println!("{}", user?.display_name());
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn reactions_iter(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionEmoji>,
    ) -> Pages<User> {
        let (client, emoji, mut which) = (self.clone(), emoji.into(), GetReactions::new().limit(MAX_USERS));
        Pages::new(move || {
            let users = client.reactions(channel, message, emoji.clone(), &which)?;
            if let Some(last) = users.last() {
                which = which.clone().after(last.id);
            }
            Ok(Page::of(users, MAX_USERS.into()))
        })
    }

    /// Takes all reactions to a message away: [Delete All Reactions](https://docs.discord.com/developers/resources/message#delete-all-reactions).
    ///
    /// Needs `MANAGE_MESSAGES`.
    pub fn delete_all_reactions(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::DELETE_ALL_REACTIONS.at(&[&channel, &message]))
    }

    /// Takes all reactions with an emoji away: [Delete All Reactions for Emoji](https://docs.discord.com/developers/resources/message#delete-all-reactions-for-emoji).
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
