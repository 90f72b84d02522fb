use serde::Serialize;

use super::Message;
use crate::json::object;
use crate::model::{List, Timestamp};

/// A [pinned message](https://docs.discord.com/developers/resources/message#message-pin-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessagePin {
    /// When the message was pinned.
    pub pinned_at: Timestamp,
    /// The message.
    pub message: Message,
}

object! { MessagePin {
    pinned_at, message: required,
} }

/// A page of [pinned messages](https://docs.discord.com/developers/resources/message#get-channel-pins).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessagePins {
    /// The pins, newest first.
    pub items: List<MessagePin>,
    /// Whether there are more pins.
    pub has_more: bool,
}

object! { MessagePins {
    items, has_more,
} }
