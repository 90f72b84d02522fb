use serde::Serialize;

use crate::id::{ChannelId, EmojiId};
use crate::json::object;
use crate::model::{List, ReactionEmoji};

/// The [welcome screen](https://docs.discord.com/developers/resources/guild#welcome-screen-object) of a Community guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WelcomeScreen {
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The channels, up to 5.
    pub welcome_channels: List<WelcomeScreenChannel>,
}

object! { WelcomeScreen {
    description, welcome_channels,
} }

/// A [channel on the welcome screen](https://docs.discord.com/developers/resources/guild#welcome-screen-object-welcome-screen-channel-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WelcomeScreenChannel {
    /// The ID of the channel.
    pub channel_id: ChannelId,
    /// The description of the channel.
    pub description: String,
    /// The ID of a custom emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The name of a custom emoji, or a Unicode emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
}

object! { WelcomeScreenChannel {
    channel_id: required, description, emoji_id, emoji_name,
} }

impl WelcomeScreenChannel {
    /// Creates a channel without an emoji.
    pub fn new(channel_id: ChannelId, description: impl Into<String>) -> Self {
        WelcomeScreenChannel { channel_id, description: description.into(), emoji_id: None, emoji_name: None }
    }

    /// Sets the emoji: a Unicode emoji (`"👋"`), or a custom emoji of the guild (`"name:id"`).
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (None, Some(emoji)),
            ReactionEmoji::Custom { id, name } => (Some(id), Some(name)),
        };
        self
    }
}
