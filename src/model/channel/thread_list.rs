use serde::Serialize;

use super::{Channel, ThreadMember};
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{List, Message};

/// A list of threads: the response when [listing archived threads](https://docs.discord.com/developers/resources/channel#list-public-archived-threads) or searching threads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ThreadList {
    /// The threads.
    pub threads: List<Channel>,
    /// The bot's thread member for each thread that the bot has joined.
    pub members: List<ThreadMember>,
    /// Whether there may be more threads.
    pub has_more: bool,
    /// The first messages of the threads; only in search results.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub first_messages: List<Message>,
    /// The total number of matches of a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_results: Option<u64>,
}

object! { ThreadList {
    threads: required, members, has_more, first_messages, total_results,
} }

string_enum! {
    /// The sort mode of a thread search.
    ThreadSortingMode {
    RELEVANCE = "relevance",
    CREATION_TIME = "creation_time",
    LAST_MESSAGE_TIME = "last_message_time",
    ARCHIVE_TIME = "archive_time",
    }
}

string_enum! {
    /// The sort order of a thread search.
    ThreadSortingOrder {
    ASC = "asc",
    DESC = "desc",
    }
}
