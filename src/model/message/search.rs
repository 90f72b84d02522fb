use serde::Serialize;

use super::Message;
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{Channel, List, ThreadMember};

/// The result of a [message search](https://docs.discord.com/developers/resources/message#search-guild-messages) in a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageSearch {
    /// Whether Discord is still indexing the guild's older messages.
    pub doing_deep_historical_index: bool,
    /// The number of messages indexed so far, while indexing is in progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents_indexed: Option<u64>,
    /// The approximate total number of matches.
    pub total_results: u64,
    /// The matches on this page, each as a list of one. See [`results`](MessageSearch::results).
    pub messages: List<List<Message>>,
    /// The threads that contain the matches.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub threads: List<Channel>,
    /// The bot's thread member for each of these threads that the bot has joined.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub members: List<ThreadMember>,
}

object! { MessageSearch {
    doing_deep_historical_index, documents_indexed, total_results, messages, threads, members,
} }

impl MessageSearch {
    /// Returns the matches on this page.
    pub fn results(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().flatten()
    }
}

string_enum! {
    /// The [type of author](https://docs.discord.com/developers/resources/message#search-guild-messages-author-types) to search for.
    SearchAuthorType {
    USER = "user",
    BOT = "bot",
    WEBHOOK = "webhook",
    }
}

string_enum! {
    /// The [content](https://docs.discord.com/developers/resources/message#search-guild-messages-search-has-types) that a message must have.
    SearchHas {
    IMAGE = "image",
    SOUND = "sound",
    VIDEO = "video",
    FILE = "file",
    STICKER = "sticker",
    EMBED = "embed",
    LINK = "link",
    POLL = "poll",
    SNAPSHOT = "snapshot",
    }
}

string_enum! {
    /// The [type of embed](https://docs.discord.com/developers/resources/message#search-guild-messages-search-embed-types) to search for.
    SearchEmbedType {
    IMAGE = "image",
    VIDEO = "video",
    GIF = "gif",
    SOUND = "sound",
    ARTICLE = "article",
    }
}

string_enum! {
    /// The [sort mode](https://docs.discord.com/developers/resources/message#search-guild-messages-search-sort-modes) of the results.
    SearchSortMode {
    TIMESTAMP = "timestamp",
    RELEVANCE = "relevance",
    }
}

string_enum! {
    /// The [sort order](https://docs.discord.com/developers/resources/message#search-guild-messages) of the results.
    SearchSortOrder {
    ASCENDING = "asc",
    DESCENDING = "desc",
    }
}

impl SearchAuthorType {
    /// Returns the opposite filter: messages of all other authors.
    ///
    /// ```
    /// use syncord::model::SearchAuthorType;
    ///
    /// assert_eq!(SearchAuthorType::BOT.negated(), "-bot");
    /// ```
    pub fn negated(&self) -> Self {
        format!("-{self}").as_str().into()
    }
}

impl SearchHas {
    /// Returns the opposite filter: messages without this content.
    ///
    /// ```
    /// use syncord::model::SearchHas;
    ///
    /// assert_eq!(SearchHas::LINK.negated(), "-link");
    /// ```
    pub fn negated(&self) -> Self {
        format!("-{self}").as_str().into()
    }
}
