use serde::Serialize;

use crate::id::{ChannelId, GuildId};
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{List, Status};

/// The [widget settings](https://docs.discord.com/developers/resources/guild#guild-widget-settings-object) of a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildWidgetSettings {
    /// Whether the widget is enabled.
    pub enabled: bool,
    /// The ID of the channel that the widget creates an invite to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
}

object! { GuildWidgetSettings {
    enabled, channel_id,
} }

/// The [widget](https://docs.discord.com/developers/resources/guild#guild-widget-object) of a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildWidget {
    /// The guild ID.
    pub id: GuildId,
    /// The guild name.
    pub name: String,
    /// The invite URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instant_invite: Option<String>,
    /// The voice and stage channels that everyone can see.
    pub channels: List<WidgetChannel>,
    /// Up to 100 online members, without their user IDs.
    pub members: List<WidgetMember>,
    /// The number of online members.
    pub presence_count: u64,
}

object! { GuildWidget {
    id: required, name, instant_invite, channels, members, presence_count,
} }

/// A channel in a guild's [widget](https://docs.discord.com/developers/resources/guild#guild-widget-object-guild-widget-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WidgetChannel {
    /// The channel ID.
    pub id: ChannelId,
    /// The name.
    pub name: String,
    /// The position.
    pub position: i64,
}

object! { WidgetChannel {
    id: required, name, position,
} }

/// A member in a guild's [widget](https://docs.discord.com/developers/resources/guild#guild-widget-object-guild-widget-structure). The fields do not identify the user.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WidgetMember {
    /// A number within the widget.
    pub id: String,
    /// The name.
    pub username: String,
    /// Always `0000`.
    pub discriminator: String,
    /// Always `None`. See [`avatar_url`](WidgetMember::avatar_url).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The URL of the avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// The activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<WidgetActivity>,
    /// The ID of the voice channel, if the member is in one. This and the following fields are only there then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Whether the member is deafened by the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deaf: Option<bool>,
    /// Whether the member is muted by the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mute: Option<bool>,
    /// Whether the member is deafened by themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_deaf: Option<bool>,
    /// Whether the member is muted by themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub self_mute: Option<bool>,
    /// Whether the member may not speak in a stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppress: Option<bool>,
}

object! { WidgetMember {
    id: required, username, discriminator, avatar, status, avatar_url, activity, channel_id, deaf, mute,
    self_deaf, self_mute, suppress,
} }

/// What a member in a widget does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WidgetActivity {
    /// The name of the activity.
    pub name: String,
}

object! { WidgetActivity {
    name,
} }

string_enum! {
    /// The [style of a widget image](https://docs.discord.com/developers/resources/guild#get-guild-widget-image-widget-style-options).
    WidgetStyle {
    SHIELD = "shield",
    BANNER1 = "banner1",
    BANNER2 = "banner2",
    BANNER3 = "banner3",
    BANNER4 = "banner4",
    }
}
