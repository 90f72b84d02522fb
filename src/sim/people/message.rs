//! Messages, as a test holds them.

use serde_json::Value;

use crate::id::MessageId;

/// Discord's flag for ephemeral messages.
const EPHEMERAL: u64 = 1 << 6;

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

impl From<&Message> for MessageId {
    fn from(message: &Message) -> MessageId {
        message.id
    }
}
