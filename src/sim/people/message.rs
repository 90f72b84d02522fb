//! Messages, as a test holds them.

use serde_json::Value;

use crate::id::MessageId;
use crate::sim::hub::State;
use crate::sim::types::message_flag::EPHEMERAL;
use crate::sim::world::World;

/// A message of a bot or a member.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The ID of the message.
    pub id: MessageId,
    /// The text.
    pub content: String,
    /// The name of the author.
    pub author: String,
    /// The message that this one replies to.
    pub reply_to: Option<MessageId>,
    /// The whole message, as REST returns it.
    pub raw: Value,
}

impl Message {
    pub(in crate::sim) fn new(raw: Value) -> Message {
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

    /// Whether only one user sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.raw["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
    }
}

impl State {
    /// The first message that was not returned yet, in the list with this ID. `find` returns the first existing message
    /// from an index, and its index.
    pub(super) fn next_message(
        &mut self,
        list: u64,
        find: impl Fn(&World, usize) -> Option<(usize, Value)>,
    ) -> Option<Message> {
        loop {
            let from = self.next_message.get(&list).copied().unwrap_or(0);
            let (index, raw) = find(&self.world, from)?;
            self.next_message.insert(list, index + 1);
            let message = Message::new(raw);
            if !self.returned_replies.contains(&message.id.get()) {
                return Some(message);
            }
        }
    }
}

impl From<&Message> for MessageId {
    fn from(message: &Message) -> MessageId {
        message.id
    }
}
