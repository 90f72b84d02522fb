//! [Messages](https://docs.discord.com/developers/resources/message): calls, and what a new one holds.

mod allowed_mentions;
mod create;

use super::request::Request;
use super::{Client, route};
use crate::error::Error;
use crate::id::{ChannelId, MessageId};
use crate::model::{Message, ReactionType};

pub use allowed_mentions::AllowedMentions;
pub use create::CreateMessage;

impl Client {
    /// Sends a message: [Create Message](https://docs.discord.com/developers/resources/message#create-message).
    ///
    /// It carries a nonce that Discord knows it by, so that it can be sent again after a broken
    /// connection without appearing twice.
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors); [`Error::Input`] for what [`CreateMessage::check`] finds.
    pub fn create_message(
        &self,
        channel: ChannelId,
        message: impl Into<CreateMessage>,
    ) -> Result<Message, Error> {
        let message = message.into();
        let request = Request::new(route::CREATE_MESSAGE.at(&[&channel]));
        self.read(request.json(&message.body())?.repeatable())
    }

    /// A message: [Get Channel Message](https://docs.discord.com/developers/resources/message#get-channel-message).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn message(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        self.fetch(route::MESSAGE.at(&[&channel, &message]))
    }

    /// Deletes a message: [Delete Message](https://docs.discord.com/developers/resources/message#delete-message).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::DELETE_MESSAGE.at(&[&channel, &message]))
    }

    /// Reacts to a message: [Create Reaction](https://docs.discord.com/developers/resources/message#create-reaction).
    ///
    /// The emoji is a Unicode one (`"👍"`) or a custom one (`"name:id"`, `"<:name:id>"`).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn create_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionType>,
    ) -> Result<(), Error> {
        self.perform(route::CREATE_REACTION.at(&[&channel, &message, &emoji.into()]))
    }

    /// Takes the bot's reaction back: [Delete Own Reaction](https://docs.discord.com/developers/resources/message#delete-own-reaction).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn delete_own_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: impl Into<ReactionType>,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_OWN_REACTION.at(&[&channel, &message, &emoji.into()]))
    }
}
