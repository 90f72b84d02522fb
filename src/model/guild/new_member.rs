use serde::{Deserialize, Serialize};

use crate::id::{ChannelId, GuildId, UserId};
use crate::model::open_enum::number;
use crate::model::{Emoji, List, lenient};

/// What a guild's [Server Guide](https://support.discord.com/hc/en-us/articles/13497665141655) shows to new members.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewMemberWelcome {
    /// The guild.
    pub guild_id: GuildId,
    /// Whether it is shown.
    #[serde(default)]
    pub enabled: bool,
    /// The words of welcome.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub welcome_message: Option<WelcomeMessage>,
    /// What new members are asked to do.
    #[serde(default)]
    pub new_member_actions: List<NewMemberAction>,
    /// What they are given to read.
    #[serde(default)]
    pub resource_channels: List<ResourceChannel>,
}

/// Words of welcome.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WelcomeMessage {
    /// Those who say them.
    #[serde(default)]
    pub author_ids: List<UserId>,
    /// The words.
    #[serde(default)]
    pub message: String,
}

/// What new members are asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewMemberAction {
    /// Where.
    pub channel_id: ChannelId,
    /// What.
    #[serde(default)]
    pub action_type: NewMemberActionType,
    /// In words.
    #[serde(default)]
    pub title: String,
    /// In more words.
    #[serde(default)]
    pub description: String,
    /// The emoji before it.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The hash of the picture before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

/// A channel that new members are given to read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResourceChannel {
    /// The channel.
    pub channel_id: ChannelId,
    /// What it is called there.
    #[serde(default)]
    pub title: String,
    /// The emoji before it.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The hash of the picture before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What is in it.
    #[serde(default)]
    pub description: String,
}

number! {
    /// What a new member is asked to do.
    NewMemberActionType {
    VIEW = 0,
    TALK = 1,
    }
}
