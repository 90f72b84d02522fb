use super::request::Request;
use super::{Client, route};
use crate::error::Error;
use crate::id::ChannelId;
use crate::model::Channel;

impl Client {
    /// A channel or thread: [Get Channel](https://docs.discord.com/developers/resources/channel#get-channel).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn channel(&self, channel: ChannelId) -> Result<Channel, Error> {
        self.fetch(route::CHANNEL.at(&[&channel]))
    }

    /// Shows the bot as typing for ten seconds or until it writes: [Trigger Typing Indicator](https://docs.discord.com/developers/resources/channel#trigger-typing-indicator).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn trigger_typing(&self, channel: ChannelId) -> Result<(), Error> {
        // Typing twice is typing.
        self.send(Request::new(route::TRIGGER_TYPING_INDICATOR.at(&[&channel])).repeatable()).map(drop)
    }
}
