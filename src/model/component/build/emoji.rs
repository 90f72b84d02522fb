use crate::model::{Emoji, ReactionEmoji};

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
