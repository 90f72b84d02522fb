use serde::Serialize;

use crate::id::{ChannelId, GuildId};
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{List, Status};

/// Whether a guild has a [widget](https://docs.discord.com/developers/resources/guild#guild-widget-settings-object), and for which channel.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct GuildWidgetSettings {
    /// Whether it has one.
    pub enabled: bool,
    /// Where it invites to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
}

object! { GuildWidgetSettings {
    enabled, channel_id,
} }

/// A guild as its [widget](https://docs.discord.com/developers/resources/guild#guild-widget-object) shows it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GuildWidget {
    /// The guild.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// The address that invites to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instant_invite: Option<String>,
    /// Voice and stage channels that everybody can see.
    pub channels: List<WidgetChannel>,
    /// Up to a hundred who are online, without their names' ids.
    pub members: List<WidgetMember>,
    /// How many are online.
    pub presence_count: u64,
}

object! { GuildWidget {
    id: required, name, instant_invite, channels, members, presence_count,
} }

/// A channel as a [widget](https://docs.discord.com/developers/resources/guild#guild-widget-object-guild-widget-structure) shows it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WidgetChannel {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// Its place in the list.
    pub position: i64,
}

object! { WidgetChannel {
    id: required, name, position,
} }

/// Somebody as a [widget](https://docs.discord.com/developers/resources/guild#guild-widget-object-guild-widget-structure) shows them: nothing here tells who it is.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WidgetMember {
    /// A number within this widget.
    pub id: String,
    /// The name.
    pub username: String,
    /// Always `0000`.
    pub discriminator: String,
    /// Always nothing; see [`avatar_url`](WidgetMember::avatar_url).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Whether they are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Where the avatar is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
}

object! { WidgetMember {
    id: required, username, discriminator, avatar, status, avatar_url,
} }

string_enum! {
    /// How the [picture of a widget](https://docs.discord.com/developers/resources/guild#get-guild-widget-image-widget-style-options) looks.
    WidgetStyle {
    SHIELD = "shield",
    BANNER1 = "banner1",
    BANNER2 = "banner2",
    BANNER3 = "banner3",
    BANNER4 = "banner4",
    }
}
