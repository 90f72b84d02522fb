use serde::Serialize;

use super::Message;
use crate::json::object;
use crate::model::open_enum::text;
use crate::model::{Channel, List, ThreadMember};

/// What a [search](https://docs.discord.com/developers/resources/message#search-guild-messages) has found.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct MessageSearch {
    /// Whether Discord is still reading the guild's older messages.
    pub doing_deep_historical_index: bool,
    /// How many it has read so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents_indexed: Option<u64>,
    /// How many messages fit, on this page or not; it may be a little wrong.
    pub total_results: u64,
    /// The messages of this page, each in a list of its own; see [`results`](MessageSearch::results).
    pub messages: List<List<Message>>,
    /// The threads that they stand in.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub threads: List<Channel>,
    /// The bot as a member of those threads that it has joined.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub members: List<ThreadMember>,
}

object! { MessageSearch {
    doing_deep_historical_index, documents_indexed, total_results, messages, threads, members,
} }

impl MessageSearch {
    /// The messages of this page.
    pub fn results(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().flatten()
    }
}

text! {
    /// What kind of [author](https://docs.discord.com/developers/resources/message#search-guild-messages-author-types) is searched for.
    SearchAuthorType {
    USER = "user",
    BOT = "bot",
    WEBHOOK = "webhook",
    }
}

text! {
    /// What a message that is searched for [has](https://docs.discord.com/developers/resources/message#search-guild-messages-search-has-types).
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

text! {
    /// What kind of [embed](https://docs.discord.com/developers/resources/message#search-guild-messages-search-embed-types) is searched for.
    SearchEmbedType {
    IMAGE = "image",
    VIDEO = "video",
    GIF = "gif",
    SOUND = "sound",
    ARTICLE = "article",
    }
}

text! {
    /// What the found messages are [sorted by](https://docs.discord.com/developers/resources/message#search-guild-messages-search-sort-modes).
    SearchSortMode {
    TIMESTAMP = "timestamp",
    RELEVANCE = "relevance",
    }
}

text! {
    /// In which [direction](https://docs.discord.com/developers/resources/message#search-guild-messages) the found messages are sorted.
    SearchSortOrder {
    ASCENDING = "asc",
    DESCENDING = "desc",
    }
}

impl SearchAuthorType {
    /// The messages of all others.
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
    /// The messages that do not have it.
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
