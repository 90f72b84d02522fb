//! The people of the simulated Discord, and the channels they meet in.

mod interaction;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

pub use self::interaction::{Choice, Interaction, Modal};
use super::server::{Shared, wall};
use super::timeout_error;
use super::world::Answer;
use crate::error::Error;
use crate::id::{ChannelId, MessageId, UserId};

/// A person who is a member of the guild.
#[derive(Clone)]
pub struct Member {
    shared: Arc<Shared>,
    id: UserId,
    name: String,
    timeout: Duration,
}

/// A channel.
#[derive(Clone)]
pub struct Channel {
    shared: Arc<Shared>,
    id: ChannelId,
    name: String,
    timeout: Duration,
}

/// A message that a bot posted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its text.
    pub content: String,
    /// The author's name.
    pub author: String,
    /// The message it replies to.
    pub reply_to: Option<MessageId>,
    /// All of it, as REST shows it.
    pub raw: Value,
}

impl Member {
    pub(super) fn new(shared: Arc<Shared>, id: UserId, name: &str, timeout: Duration) -> Member {
        Member { shared, id, name: name.to_owned(), timeout }
    }

    /// The ID of the user.
    pub fn id(&self) -> UserId {
        self.id
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Posts a message and gives its id.
    ///
    /// # Panics
    ///
    /// When Discord would not take it: empty, or over 2,000 characters.
    pub fn says(&self, channel: &Channel, text: &str) -> MessageId {
        self.posts(channel, &json!({"content": text}))
    }

    /// Posts a reply and gives its id.
    ///
    /// # Panics
    ///
    /// As [`says`](Member::says), and when the message replied to does not exist.
    pub fn replies(&self, channel: &Channel, to: MessageId, text: &str) -> MessageId {
        self.posts(channel, &json!({"content": text, "message_reference": {"message_id": to.to_string()}}))
    }

    /// Posts a message from the fields that [create message](https://docs.discord.com/developers/resources/message#create-message)
    /// takes, and gives its id.
    ///
    /// # Panics
    ///
    /// When Discord would not take it.
    pub fn posts(&self, channel: &Channel, body: &Value) -> MessageId {
        let answer = self.does(|state, wall| state.world.post(wall, self.id.get(), channel.id.get(), body));
        answer["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(MessageId::new(0))
    }

    /// Reacts with a Unicode emoji, or with `name:id`.
    ///
    /// # Panics
    ///
    /// When there is no such message or emoji.
    pub fn reacts(&self, channel: &Channel, message: impl Into<MessageId>, emoji: &str) {
        let message = message.into().get();
        self.does(|state, _| state.world.react(self.id.get(), channel.id.get(), message, emoji));
    }

    /// Starts to type.
    pub fn types(&self, channel: &Channel) {
        self.does(|state, wall| state.world.typing(wall, self.id.get(), channel.id.get()));
    }

    /// Goes into a voice channel, which a bot made.
    ///
    /// # Panics
    ///
    /// When there is no such voice channel.
    pub fn joins_voice(&self, channel: ChannelId) {
        self.does(|state, _| state.world.enter_voice(self.id.get(), channel.get()));
    }

    /// Leaves the voice channel.
    pub fn leaves_voice(&self) {
        self.does(|state, _| state.world.leave_voice(self.id.get()));
    }

    /// Takes a reaction back.
    pub fn removes_reaction(&self, channel: &Channel, message: impl Into<MessageId>, emoji: &str) {
        let message = message.into().get();
        self.does(|state, _| state.world.take_back(self.id.get(), channel.id.get(), message, emoji));
    }

    /// Changes what one of this person's messages says.
    ///
    /// # Panics
    ///
    /// When there is no such message, or Discord would not take it.
    pub fn edits(&self, message: impl Into<MessageId>, text: &str) {
        let message = message.into().get();
        self.does(|state, wall| state.world.edit(wall, message, &json!({"content": text})));
    }

    /// Deletes a message.
    pub fn deletes(&self, message: impl Into<MessageId>) {
        let message = message.into().get();
        self.does(|state, _| state.world.delete(message));
    }

    fn does(&self, act: impl FnOnce(&mut super::server::State, Duration) -> Answer) -> Value {
        let answer = self.shared.change(|state, now| {
            let mut answer = act(state, wall());
            state.happened(now, std::mem::take(&mut answer.events));
            answer
        });
        assert!(answer.status < 300, "Discord refuses what {} does: {}", self.name, answer.body);
        answer.body
    }
}

impl Channel {
    pub(super) fn new(shared: Arc<Shared>, id: ChannelId, name: &str, timeout: Duration) -> Channel {
        Channel { shared, id, name: name.to_owned(), timeout }
    }

    /// The ID of the channel.
    pub fn id(&self) -> ChannelId {
        self.id
    }

    /// The channel's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits for the next message of a bot that was not taken before.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when none comes in time (10 seconds, or what [`Builder::timeout`](super::Builder::timeout)
    /// said); it tells what did happen.
    pub fn next_message(&self) -> Result<Message, Error> {
        let message = self.shared.wait_for(self.timeout, || self.try_next_message());
        message.ok_or_else(|| {
            timeout_error(&self.shared, self.timeout, &format!("a bot's message in {}", self.name))
        })
    }

    /// The next message of a bot that was not taken before, if there is one.
    pub fn try_next_message(&self) -> Option<Message> {
        // Not `change`: that would wake the ones who wait, and this is what they do.
        self.shared.update(|state| {
            let id = self.id.get();
            let from = state.taken.get(&id).copied().unwrap_or(0);
            let (at, raw) = state.world.shown(id, from)?;
            state.taken.insert(id, at + 1);
            Some(Message::read(raw))
        })
    }

    /// A message as it stands now, unless it is gone.
    pub fn message(&self, id: impl Into<MessageId>) -> Option<Message> {
        let id = id.into().get();
        self.shared.look(|state| state.world.show_message(self.id.get(), id)).body_if_ok().map(Message::read)
    }

    /// Who reacted to a message, with what, in order.
    pub fn reactions(&self, message: impl Into<MessageId>) -> Vec<(String, String)> {
        let message = message.into().get();
        self.shared.look(|state| state.world.reactions(message))
    }

    /// Who began to type here, in order.
    pub fn typing(&self) -> Vec<String> {
        self.shared.look(|state| state.world.typists(self.id.get()))
    }
}

impl From<&Message> for MessageId {
    fn from(message: &Message) -> MessageId {
        message.id
    }
}

impl Message {
    /// Whether only one person sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.raw["flags"].as_u64().unwrap_or(0) & 1 << 6 != 0
    }

    pub(in crate::sim) fn read(raw: Value) -> Message {
        let id = |value: &Value| value.as_str().and_then(|id| id.parse::<MessageId>().ok());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Message {
            id: id(&raw["id"]).unwrap_or(MessageId::new(0)),
            content: text(&raw["content"]),
            author: text(&raw["author"]["username"]),
            reply_to: id(&raw["message_reference"]["message_id"]),
            raw,
        }
    }
}
