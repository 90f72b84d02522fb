use serde::Serialize;

use crate::id::{EmojiId, TagId};
use crate::json::object;
use crate::model::ReactionEmoji;
use crate::model::open_enum::{int_enum, string_enum};

/// A [tag](https://docs.discord.com/developers/resources/channel#forum-tag-object) for threads in a forum or media channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ForumTag {
    /// The tag ID.
    pub id: TagId,
    /// The name, 0-20 characters.
    pub name: String,
    /// Whether only members with the `MANAGE_THREADS` permission can set or remove the tag.
    pub moderated: bool,
    /// The ID of the tag's custom emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The tag's Unicode emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
}

object! { ForumTag {
    id: required, name, moderated, emoji_id, emoji_name,
} }

/// The emoji of the [button that adds a reaction](https://docs.discord.com/developers/resources/channel#default-reaction-object) to a thread in a forum or media channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DefaultReaction {
    /// The ID of a custom emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// A Unicode emoji.
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
    /// Accepts the same texts as [`ReactionEmoji`].
    fn from(text: &str) -> Self {
        ReactionEmoji::from(text).into()
    }
}

string_enum! {
    /// Which threads a search by several [tags](https://docs.discord.com/developers/resources/channel#forum-tag-object) finds: with all or with some of them.
    ThreadSearchTagSetting {
    MATCH_ALL = "match_all",
    MATCH_SOME = "match_some",
    }
}

int_enum! {
    /// The [sort order](https://docs.discord.com/developers/resources/channel#channel-object-sort-order-types) of threads in a forum or media channel.
    SortOrderType {
    LATEST_ACTIVITY = 0,
    CREATION_DATE = 1,
    }
}

int_enum! {
    /// The [layout](https://docs.discord.com/developers/resources/channel#channel-object-forum-layout-types) of a forum channel.
    ForumLayoutType {
    NOT_SET = 0,
    LIST_VIEW = 1,
    GALLERY_VIEW = 2,
    }
}
