//! Members of the guild, as a test holds them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::channel::Channel;
use super::message::Message;
use crate::id::{ChannelId, MessageId, UserId};
use crate::sim::error::SimError;
use crate::sim::hub::{Hub, State};
use crate::sim::world::{File, RestResponse};

/// A member of the guild.
#[derive(Clone)]
pub struct Member {
    pub(super) hub: Arc<Hub>,
    pub(super) id: UserId,
    pub(super) name: String,
    pub(super) timeout: Duration,
}

impl Member {
    pub(in crate::sim) fn new(hub: Arc<Hub>, id: UserId, name: &str, timeout: Duration) -> Member {
        Member { hub, id, name: name.to_owned(), timeout }
    }

    /// The ID of the user.
    pub fn id(&self) -> UserId {
        self.id
    }

    /// The mention of the user, for the text of a message.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// The name of the user.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Posts a message.
    ///
    /// # Panics
    ///
    /// When Discord would reject it: when it is empty or longer than 2,000 characters.
    pub fn says(&self, channel: &Channel, text: &str) -> MessageId {
        self.posts(channel, &json!({"content": text}))
    }

    /// Posts a reply.
    ///
    /// # Panics
    ///
    /// As [`says`](Member::says), and when the message to reply to does not exist.
    pub fn replies(&self, channel: &Channel, to: impl Into<MessageId>, text: &str) -> MessageId {
        let reference = json!({"message_id": to.into()});
        self.posts(channel, &json!({"content": text, "message_reference": reference}))
    }

    /// Posts a message with any fields of
    /// [create message](https://docs.discord.com/developers/resources/message#create-message).
    ///
    /// # Panics
    ///
    /// When Discord would reject it.
    pub fn posts(&self, channel: &Channel, body: &Value) -> MessageId {
        self.posts_with_files(channel, body, &[])
    }

    /// Posts a message with files: their names and contents.
    ///
    /// # Panics
    ///
    /// As [`posts`](Member::posts).
    pub fn posts_with_files(&self, channel: &Channel, body: &Value, files: &[(&str, &[u8])]) -> MessageId {
        self.try_posts_with_files(channel, body, files).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Reacts with a Unicode emoji, or with `name:id`.
    ///
    /// # Panics
    ///
    /// When the message or the emoji does not exist.
    pub fn reacts(&self, channel: &Channel, message: impl Into<MessageId>, emoji: &str) {
        expect(self.try_reacts(channel, message, emoji));
    }

    /// Starts to type.
    pub fn types(&self, channel: &Channel) {
        self.act(|state, now| state.world.start_typing(now, self.id, channel.id()));
    }

    /// Joins a voice channel, which a bot has created.
    ///
    /// # Panics
    ///
    /// When the voice channel does not exist.
    pub fn joins_voice(&self, channel: ChannelId) {
        expect(self.try_joins_voice(channel));
    }

    /// Leaves the voice channel.
    pub fn leaves_voice(&self) {
        self.act(|state, _| state.world.leave_voice(self.id));
    }

    /// Removes the member's own reaction.
    ///
    /// # Panics
    ///
    /// When the message or the emoji does not exist.
    pub fn removes_reaction(&self, channel: &Channel, message: impl Into<MessageId>, emoji: &str) {
        expect(self.try_removes_reaction(channel, message, emoji));
    }

    /// Edits the text of a message of this member.
    ///
    /// # Panics
    ///
    /// When the message does not exist, or Discord would reject the text.
    pub fn edits(&self, message: impl Into<MessageId>, text: &str) {
        expect(self.try_edits(message, text));
    }

    /// Deletes a message.
    ///
    /// # Panics
    ///
    /// When the message does not exist, or the member may not delete it.
    pub fn deletes(&self, message: impl Into<MessageId>) {
        expect(self.try_deletes(message));
    }

    /// All messages that this member sees in a channel, oldest first, including ephemeral ones.
    pub fn sees(&self, channel: &Channel) -> Vec<Message> {
        let messages = self.hub.read(|state| state.world.visible_messages(Some(self.id), channel.id()));
        messages.into_iter().map(Message::new).collect()
    }

    /// Carries out an action that Discord must accept.
    fn act(&self, action: impl FnOnce(&mut State, Duration) -> RestResponse) -> Value {
        expect(self.try_act(action))
    }

    /// Carries out an action, and dispatches its events.
    pub(in crate::sim) fn try_act(
        &self,
        action: impl FnOnce(&mut State, Duration) -> RestResponse,
    ) -> Result<Value, SimError> {
        let response = self.hub.change(|state, now| {
            let time = state.clock.time();
            let mut response = action(state, time);
            state.dispatch(now, std::mem::take(&mut response.events));
            response
        });
        if response.status < 300 {
            return Ok(response.body);
        }
        Err(SimError::rejected(&self.name, response.status, response.body))
    }
}

/// The result of what Discord must accept.
fn expect<T>(result: Result<T, SimError>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

/// Files as the world takes them.
pub(super) fn uploads(files: &[(&str, &[u8])]) -> Vec<File> {
    let file = |(name, content): &(&str, &[u8])| File {
        name: (*name).to_owned(),
        content: content.to_vec(),
        ..File::default()
    };
    files.iter().map(file).collect()
}
