use serde::Serialize;

use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{Emoji, List};

/// What a guild's [Server Guide](https://support.discord.com/hc/en-us/articles/13497665141655) shows to new members.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct NewMemberWelcome {
    /// The guild.
    pub guild_id: GuildId,
    /// Whether it is shown.
    pub enabled: bool,
    /// The words of welcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_message: Option<WelcomeMessage>,
    /// What new members are asked to do.
    pub new_member_actions: List<NewMemberAction>,
    /// What they are given to read.
    pub resource_channels: List<ResourceChannel>,
}

object! { NewMemberWelcome {
    guild_id: required, enabled, welcome_message, new_member_actions, resource_channels,
} }

/// Words of welcome.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct WelcomeMessage {
    /// Those who say them.
    pub author_ids: List<UserId>,
    /// The words.
    pub message: String,
}

object! { WelcomeMessage {
    author_ids, message,
} }

/// What new members are asked to do.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct NewMemberAction {
    /// Where.
    pub channel_id: ChannelId,
    /// What.
    pub action_type: NewMemberActionType,
    /// In words.
    pub title: String,
    /// In more words.
    pub description: String,
    /// The emoji before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The hash of the picture before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

object! { NewMemberAction {
    channel_id: required, action_type, title, description, emoji, icon,
} }

/// A channel that new members are given to read.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ResourceChannel {
    /// The channel.
    pub channel_id: ChannelId,
    /// What it is called there.
    pub title: String,
    /// The emoji before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The hash of the picture before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// What is in it.
    pub description: String,
}

object! { ResourceChannel {
    channel_id: required, title, emoji, icon, description,
} }

int_enum! {
    /// What a new member is asked to do.
    NewMemberActionType {
    VIEW = 0,
    TALK = 1,
    }
}
