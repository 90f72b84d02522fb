use serde::Serialize;

use crate::id::{EmojiId, TagId};
use crate::json::object;
use crate::model::ReactionEmoji;
use crate::model::open_enum::{number, text};

/// A [tag](https://docs.discord.com/developers/resources/channel#forum-tag-object) that posts of a forum can have.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ForumTag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Whether only those who manage threads may set it.
    pub moderated: bool,
    /// The custom emoji before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The Unicode emoji before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
}

object! { ForumTag {
    id: required, name, moderated, emoji_id, emoji_name,
} }

/// The emoji on the [button that reacts](https://docs.discord.com/developers/resources/channel#default-reaction-object) to a post.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct DefaultReaction {
    /// A custom one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// One of Unicode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
}

object! { DefaultReaction {
    emoji_id, emoji_name,
} }

impl From<&ReactionEmoji> for DefaultReaction {
    fn from(reaction: &ReactionEmoji) -> Self {
        match reaction {
            ReactionEmoji::Unicode(emoji) => {
                DefaultReaction { emoji_id: None, emoji_name: Some(emoji.clone()) }
            }
            ReactionEmoji::Custom { id, .. } => DefaultReaction { emoji_id: Some(*id), emoji_name: None },
        }
    }
}

impl From<ReactionEmoji> for DefaultReaction {
    fn from(reaction: ReactionEmoji) -> Self {
        (&reaction).into()
    }
}

impl From<&str> for DefaultReaction {
    /// Takes what a [`ReactionEmoji`] is made of.
    fn from(text: &str) -> Self {
        ReactionEmoji::from(text).into()
    }
}

text! {
    /// Which posts a search for several tags [finds](https://docs.discord.com/developers/resources/channel#forum-tag-object).
    ThreadSearchTagSetting {
    MATCH_ALL = "match_all",
    MATCH_SOME = "match_some",
    }
}

number! {
    /// How posts are [sorted](https://docs.discord.com/developers/resources/channel#channel-object-sort-order-types).
    SortOrderType {
    LATEST_ACTIVITY = 0,
    CREATION_DATE = 1,
    }
}

number! {
    /// How posts are [shown](https://docs.discord.com/developers/resources/channel#channel-object-forum-layout-types).
    ForumLayoutType {
    NOT_SET = 0,
    LIST_VIEW = 1,
    GALLERY_VIEW = 2,
    }
}
