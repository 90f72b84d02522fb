use serde::Serialize;

use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{Emoji, List};

/// The [Server Guide](https://support.discord.com/hc/en-us/articles/13497665141655) of a guild for new members.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NewMemberWelcome {
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// Whether the Server Guide is enabled.
    pub enabled: bool,
    /// The welcome message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_message: Option<WelcomeMessage>,
    /// The tasks for new members.
    pub new_member_actions: List<NewMemberAction>,
    /// The resource channels.
    pub resource_channels: List<ResourceChannel>,
}

object! { NewMemberWelcome {
    guild_id: required, enabled, welcome_message, new_member_actions, resource_channels,
} }

/// The welcome message of a Server Guide.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WelcomeMessage {
    /// The IDs of the authors.
    pub author_ids: List<UserId>,
    /// The text.
    pub message: String,
}

object! { WelcomeMessage {
    author_ids, message,
} }

/// A task for new members.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NewMemberAction {
    /// The ID of the channel.
    pub channel_id: ChannelId,
    /// The type of the task.
    pub action_type: NewMemberActionType,
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The hash of the icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
}

object! { NewMemberAction {
    channel_id: required, action_type, title, description, emoji, icon,
} }

/// A resource channel: a channel that new members should read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResourceChannel {
    /// The ID of the channel.
    pub channel_id: ChannelId,
    /// The title.
    pub title: String,
    /// The emoji.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The hash of the icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The description.
    pub description: String,
}

object! { ResourceChannel {
    channel_id: required, title, emoji, icon, description,
} }

int_enum! {
    /// The type of a task for new members.
    NewMemberActionType {
    VIEW = 0,
    TALK = 1,
    }
}
