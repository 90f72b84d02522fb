use crate::error::Error;
use crate::id::{EmojiId, TagId};
use crate::model::{DefaultReaction, ForumTag, Maybe, ReactionEmoji};
use crate::rest::check::{chars, invalid};
use crate::rest::options::options;

options! {
    /// A [tag](https://docs.discord.com/developers/resources/channel#forum-tag-object) that a forum is to have.
    ///
    /// A list of tags replaces the one before; those that are to stay are made of what was read:
    ///
    /// ```
    /// # let channel: syncord::model::Channel = serde_json::from_str(r#"{"id":"1","type":15,"available_tags":[{"id":"7","name":"old","moderated":true}]}"#)?;
    /// use syncord::rest::{ForumTagOptions, ModifyChannel};
    ///
    /// let mut tags: Vec<ForumTagOptions> = channel.available_tags.iter().map(ForumTagOptions::from).collect();
    /// tags.push(ForumTagOptions::new("answered").emoji("✅"));
    /// let changes = ModifyChannel::new().available_tags(tags);
    /// # assert!(changes.check().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ForumTagOptions(name: impl Into<String>) {
        /// Says which of the channel's tags it is; without it, it is a new one.
        id: TagId,
        /// Sets its name: at most 20 characters.
        name: String [into] => chars(0..=20),
        /// Sets whether only those who manage threads may set it.
        moderated: bool,
        /// Sets the custom emoji before it; there may be one emoji at most.
        emoji_id / no_emoji_id: EmojiId,
        /// Sets the Unicode emoji before it; there may be one emoji at most.
        emoji_name / no_emoji_name: String [into] => chars(0..=100),
    } and Self::consistent
}

impl ForumTagOptions {
    /// Sets the emoji before it, of either kind.
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (Maybe::Absent, Maybe::Value(emoji)),
            ReactionEmoji::Custom { id, .. } => (Maybe::Value(id), Maybe::Absent),
        };
        self
    }

    fn consistent(&self) -> Result<(), Error> {
        match (self.emoji_id.value(), self.emoji_name.value()) {
            (Some(_), Some(_)) => invalid("emoji_name", "is one emoji too many beside emoji_id"),
            _ => Ok(()),
        }
    }
}

impl From<&ForumTag> for ForumTagOptions {
    /// The tag as it is.
    fn from(tag: &ForumTag) -> Self {
        let mut options = ForumTagOptions::new(&tag.name).id(tag.id).moderated(tag.moderated);
        options.emoji_id = tag.emoji_id.map_or(Maybe::Absent, Maybe::Value);
        options.emoji_name = tag.emoji_name.clone().map_or(Maybe::Absent, Maybe::Value);
        options
    }
}

/// Checks that there is exactly one emoji.
pub(in crate::rest) fn one_emoji(reaction: &DefaultReaction) -> Result<(), Error> {
    match (reaction.emoji_id, &reaction.emoji_name) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        _ => invalid("", "exactly one of emoji_id and emoji_name"),
    }
}
