//! Channels, as a test holds them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::message::Message;
use crate::id::{ChannelId, MessageId};
use crate::sim::error::SimError;
use crate::sim::hub::Hub;

/// A channel.
#[derive(Clone)]
pub struct Channel {
    hub: Arc<Hub>,
    id: ChannelId,
    name: String,
    timeout: Duration,
}

impl Channel {
    pub(in crate::sim) fn new(hub: Arc<Hub>, id: ChannelId, name: &str, timeout: Duration) -> Channel {
        Channel { hub, id, name: name.to_owned(), timeout }
    }

    pub(in crate::sim) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    pub(in crate::sim) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The ID of the channel.
    pub fn id(&self) -> ChannelId {
        self.id
    }

    /// The mention of the channel, for the text of a message.
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    /// The name of the channel.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits for the bot's next message in the channel. Each message is returned once, here or by
    /// [`Interaction::reply`](super::Interaction::reply).
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when there is none in time (10 seconds, or [`Builder::timeout`](crate::sim::Builder::timeout)).
    /// The error says what did happen.
    pub fn next_message(&self) -> Result<Message, SimError> {
        let message = self.hub.wait_for(self.timeout, || self.try_next_message());
        message.ok_or_else(|| {
            let error = self.timeout_error("a message of the bot");
            // The wait has seen all of them.
            match self.hub.read(|state| state.world.next_bot_message(self.id, 0)) {
                Some(_) => error.with("those that an earlier wait has returned, such as reply, do not count"),
                None => error,
            }
        })
    }

    /// The bot's next message in the channel, if there is one. Each message is returned once.
    pub fn try_next_message(&self) -> Option<Message> {
        // `change` would wake the threads that wait in this method.
        self.hub.change_silently(|state| {
            let id = self.id;
            state.next_message(id.get(), |world, from| world.next_bot_message(id, from))
        })
    }

    /// A message as it is now. `None` if it was deleted.
    pub fn message(&self, id: impl Into<MessageId>) -> Option<Message> {
        let id = id.into();
        self.hub.read(|state| state.world.show_message(self.id, id)).body_if_ok().map(Message::new)
    }

    /// The reactions to a message, oldest first: the name of the user and the emoji.
    pub fn reactions(&self, message: impl Into<MessageId>) -> Vec<(String, String)> {
        let message = message.into();
        self.hub.read(|state| state.world.reactions(message))
    }

    /// The names of the users who started to type in the channel, oldest first.
    pub fn typing(&self) -> Vec<String> {
        self.hub.read(|state| state.world.typing_users(self.id))
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Channel").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}
