use crate::model::{Emoji, ReactionType};

/// An emoji of a button or an option: a Unicode one (`"👍"`) or a custom one (`"name:id"`, `"<:name:id>"`).
impl From<&str> for Emoji {
    fn from(text: &str) -> Self {
        Emoji { animated: text.starts_with("<a:"), ..ReactionType::from(text).into() }
    }
}

impl From<ReactionType> for Emoji {
    fn from(reaction: ReactionType) -> Self {
        match reaction {
            ReactionType::Unicode(emoji) => Emoji { name: Some(emoji), ..Emoji::default() },
            ReactionType::Custom { id, name } => Emoji { id: Some(id), name: Some(name), ..Emoji::default() },
        }
    }
}
