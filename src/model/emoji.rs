//! [Emoji](https://docs.discord.com/developers/resources/emoji).

use std::fmt;

use serde::Serialize;

use super::{List, User};
use crate::id::{EmojiId, RoleId};
use crate::json::object;

/// An [emoji](https://docs.discord.com/developers/resources/emoji#emoji-object), custom or from Unicode.
///
/// Two are equal when they show the same: the same custom one, or the same of Unicode.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Emoji {
    /// The id of a custom emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<EmojiId>,
    /// Its name, or the Unicode emoji itself; `None` for a custom one that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The roles that may use it; none means all.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub roles: List<RoleId>,
    /// Who added it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// Whether it is written between colons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_colons: Option<bool>,
    /// Whether an integration manages it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<bool>,
    /// Whether it moves.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
    /// Whether it can be used; it may not when the guild lost boosts.
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
    /// As it is written in a message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or("_");
        match self.id {
            Some(id) if self.animated => write!(f, "<a:{name}:{id}>"),
            Some(id) => write!(f, "<:{name}:{id}>"),
            None => f.write_str(name),
        }
    }
}

/// What to react with: a Unicode emoji, or a custom one.
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
        /// Its id.
        id: EmojiId,
        /// Its name; Discord goes by the id.
        name: String,
    },
}

impl fmt::Display for ReactionEmoji {
    /// As it is written in a path, before percent-encoding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReactionEmoji::Unicode(emoji) => f.write_str(emoji),
            ReactionEmoji::Custom { id, name } => write!(f, "{name}:{id}"),
        }
    }
}

impl From<&str> for ReactionEmoji {
    /// Takes a Unicode emoji, `name:id`, `<:name:id>` or `<a:name:id>`.
    fn from(text: &str) -> Self {
        let inner = match text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            // Only here can an `a` tell that it moves: `a:7` is the emoji called a.
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

/// An emoji of a button or an option: a Unicode one (`"👍"`) or a custom one (`"name:id"`, `"<:name:id>"`).
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
