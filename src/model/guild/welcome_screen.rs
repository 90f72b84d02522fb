use serde::Serialize;

use crate::id::{ChannelId, EmojiId};
use crate::json::object;
use crate::model::{List, ReactionEmoji};

/// What [greets newcomers](https://docs.discord.com/developers/resources/guild#welcome-screen-object) to a community.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct WelcomeScreen {
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Up to five channels to begin with.
    pub welcome_channels: List<WelcomeScreenChannel>,
}

object! { WelcomeScreen {
    description, welcome_channels,
} }

/// A channel [to begin with](https://docs.discord.com/developers/resources/guild#welcome-screen-object-welcome-screen-channel-structure).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WelcomeScreenChannel {
    /// The channel.
    pub channel_id: ChannelId,
    /// What it is for.
    pub description: String,
    /// The custom emoji before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The name of the emoji before it, or the Unicode emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
}

object! { WelcomeScreenChannel {
    channel_id: required, description, emoji_id, emoji_name,
} }

impl WelcomeScreenChannel {
    /// A channel without an emoji before it.
    pub fn new(channel_id: ChannelId, description: impl Into<String>) -> Self {
        WelcomeScreenChannel { channel_id, description: description.into(), emoji_id: None, emoji_name: None }
    }

    /// The same with an emoji before it: a Unicode one (`"👋"`) or one of the guild's (`"name:id"`).
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<ReactionEmoji>) -> Self {
        (self.emoji_id, self.emoji_name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (None, Some(emoji)),
            ReactionEmoji::Custom { id, name } => (Some(id), Some(name)),
        };
        self
    }
}
