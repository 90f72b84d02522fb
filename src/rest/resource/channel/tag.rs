use crate::error::Error;
use crate::id::{EmojiId, TagId};
use crate::model::{DefaultReaction, ForumTag, Maybe, ReactionEmoji};
use crate::rest::check::{chars, invalid};
use crate::rest::options::options;

options! {
    /// A [tag](https://docs.discord.com/developers/resources/channel#forum-tag-object) of a forum or media channel, new or existing.
    ///
    /// A list of tags replaces the previous one. To keep existing tags, convert them:
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
        /// The ID of an existing tag. Without it, a new tag is created.
        id: TagId,
        /// The name, at most 20 characters.
        name: String [into] => chars(0..=20),
        /// Whether only members with `MANAGE_THREADS` can add or remove the tag.
        moderated: bool,
        /// The custom emoji. A tag has at most one emoji.
        emoji_id / no_emoji_id: EmojiId,
        /// The Unicode emoji. A tag has at most one emoji.
        emoji_name / no_emoji_name: String [into] => chars(0..=100),
    } and Self::check_combination
}

impl ForumTagOptions {
    /// Sets the emoji, custom or Unicode.
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (Maybe::Absent, Maybe::Value(emoji)),
            ReactionEmoji::Custom { id, .. } => (Maybe::Value(id), Maybe::Absent),
        };
        self
    }

    fn check_combination(&self) -> Result<(), Error> {
        match (self.emoji_id.value(), self.emoji_name.value()) {
            (Some(_), Some(_)) => invalid("emoji_name", "cannot be combined with emoji_id"),
            _ => Ok(()),
        }
    }
}

impl From<&ForumTag> for ForumTagOptions {
    /// The tag without changes.
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
        _ => invalid("", "exactly one of emoji_id and emoji_name is required"),
    }
}
