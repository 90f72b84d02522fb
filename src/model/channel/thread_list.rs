use serde::Serialize;

use super::{Channel, ThreadMember};
use crate::json::object;
use crate::model::open_enum::text;
use crate::model::{List, Message};

/// Some threads, as [lists of archived ones](https://docs.discord.com/developers/resources/channel#list-public-archived-threads) and searches give them.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ThreadList {
    /// The threads.
    pub threads: List<Channel>,
    /// The bot as a member of those that it has joined.
    pub members: List<ThreadMember>,
    /// Whether there may be more.
    pub has_more: bool,
    /// The messages that began them, where Discord tells.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub first_messages: List<Message>,
    /// How many a search found in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_results: Option<u64>,
}

object! { ThreadList {
    threads: required, members, has_more, first_messages, total_results,
} }

text! {
    /// By what a search sorts the threads that it found.
    ThreadSortingMode {
    RELEVANCE = "relevance",
    CREATION_TIME = "creation_time",
    LAST_MESSAGE_TIME = "last_message_time",
    ARCHIVE_TIME = "archive_time",
    }
}

text! {
    /// In which direction a search sorts the threads that it found.
    ThreadSortingOrder {
    ASC = "asc",
    DESC = "desc",
    }
}
