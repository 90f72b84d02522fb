//! [Emoji](https://docs.discord.com/developers/resources/emoji).

use std::fmt;

use serde::Serialize;

use super::{List, User};
use crate::id::{EmojiId, RoleId};
use crate::json::object;

/// An [emoji](https://docs.discord.com/developers/resources/emoji#emoji-object): a custom emoji or a Unicode emoji.
///
/// Emojis are equal if they are the same custom emoji or the same Unicode emoji.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Emoji {
    /// The ID of a custom emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<EmojiId>,
    /// The name of a custom emoji, or the Unicode emoji itself. `None` if the custom emoji was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The IDs of the roles that can use the emoji. If empty: all.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub roles: List<RoleId>,
    /// The user who created the emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// Whether the emoji must be wrapped in colons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_colons: Option<bool>,
    /// Whether an integration manages the emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<bool>,
    /// Whether the emoji is animated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
    /// Whether the emoji can be used. It is false after the loss of Server Boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<bool>,
}

object! { Emoji {
    id, name, roles, user, require_colons, managed, animated, available,
} }

impl PartialEq for Emoji {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && (self.id.is_some() || self.name == other.name)
    }
}

impl Eq for Emoji {}

impl fmt::Display for Emoji {
    /// Writes the emoji as in a message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or("_");
        match self.id {
            Some(id) if self.animated => write!(f, "<a:{name}:{id}>"),
            Some(id) => write!(f, "<:{name}:{id}>"),
            None => f.write_str(name),
        }
    }
}

/// An emoji to react with: a Unicode emoji or a custom emoji.
///
/// ```
/// use syncord::model::ReactionEmoji;
///
/// assert_eq!(ReactionEmoji::from("👍"), ReactionEmoji::Unicode("👍".into()));
/// let custom = ReactionEmoji::Custom { id: 41771983429993937.into(), name: "lul".into() };
/// assert_eq!(ReactionEmoji::from("lul:41771983429993937"), custom);
/// assert_eq!(ReactionEmoji::from("<a:lul:41771983429993937>"), custom);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReactionEmoji {
    /// A Unicode emoji.
    Unicode(String),
    /// A custom emoji.
    Custom {
        /// The emoji ID.
        id: EmojiId,
        /// The emoji name. Discord identifies the emoji by its ID only.
        name: String,
    },
}

impl fmt::Display for ReactionEmoji {
    /// Writes the emoji as in a URL path, before percent-encoding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReactionEmoji::Unicode(emoji) => f.write_str(emoji),
            ReactionEmoji::Custom { id, name } => write!(f, "{name}:{id}"),
        }
    }
}

impl From<&str> for ReactionEmoji {
    /// Accepts a Unicode emoji, `name:id`, `<:name:id>` or `<a:name:id>`.
    fn from(text: &str) -> Self {
        let inner = match text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            // Only inside of brackets can `a:` mean animated. Outside, `a:7` is the emoji named `a`.
            Some(inner) => inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':')).unwrap_or(inner),
            None => text,
        };
        match inner.rsplit_once(':').map(|(name, id)| (name, id.parse())) {
            Some((name, Ok(id))) => ReactionEmoji::Custom { id, name: name.to_owned() },
            _ => ReactionEmoji::Unicode(text.to_owned()),
        }
    }
}

impl From<String> for ReactionEmoji {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for ReactionEmoji {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&Emoji> for ReactionEmoji {
    fn from(emoji: &Emoji) -> Self {
        let name = emoji.name.clone().unwrap_or_else(|| "_".to_owned());
        match emoji.id {
            Some(id) => ReactionEmoji::Custom { id, name },
            None => ReactionEmoji::Unicode(name),
        }
    }
}

/// Accepts a Unicode emoji (`"👍"`), or a custom emoji (`"name:id"`, `"<:name:id>"`).
impl From<&str> for Emoji {
    fn from(text: &str) -> Self {
        Emoji { animated: text.starts_with("<a:"), ..ReactionEmoji::from(text).into() }
    }
}

impl From<ReactionEmoji> for Emoji {
    fn from(reaction: ReactionEmoji) -> Self {
        match reaction {
            ReactionEmoji::Unicode(emoji) => Emoji { name: Some(emoji), ..Emoji::default() },
            ReactionEmoji::Custom { id, name } => {
                Emoji { id: Some(id), name: Some(name), ..Emoji::default() }
            }
        }
    }
}
