//! [Channels](https://docs.discord.com/developers/resources/channel) and threads.

use serde::{Deserialize, Serialize};

use super::lenient;
use super::number::{flags, number};
use super::{List, User};
use crate::id::{ChannelId, GuildId, MessageId, UserId};

/// A [channel](https://docs.discord.com/developers/resources/channel#channel-object) or thread.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// What kind of channel it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// Its guild; missing in direct messages, and where it stands within the guild.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// Its name; direct messages have none.
    #[serde(default)]
    pub name: Option<String>,
    /// Its topic.
    #[serde(default)]
    pub topic: Option<String>,
    /// Its place in the list.
    #[serde(default)]
    pub position: Option<i64>,
    /// Whether it is for adults only.
    #[serde(default)]
    pub nsfw: bool,
    /// The last message sent to it, which may be gone.
    #[serde(default)]
    pub last_message_id: Option<MessageId>,
    /// Seconds a user has to wait between two messages.
    #[serde(default)]
    pub rate_limit_per_user: Option<u32>,
    /// With whom one speaks, in direct messages.
    #[serde(default)]
    pub recipients: List<User>,
    /// Who began the thread or group.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// The category of a channel, the channel of a thread.
    #[serde(default)]
    pub parent_id: Option<ChannelId>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: ChannelFlags,
}

number! {
    /// What [kind of channel](https://docs.discord.com/developers/resources/channel#channel-object-channel-types) it is.
    ChannelType {
    GUILD_TEXT = 0,
    DM = 1,
    GUILD_VOICE = 2,
    GROUP_DM = 3,
    GUILD_CATEGORY = 4,
    GUILD_ANNOUNCEMENT = 5,
    ANNOUNCEMENT_THREAD = 10,
    PUBLIC_THREAD = 11,
    PRIVATE_THREAD = 12,
    GUILD_STAGE_VOICE = 13,
    GUILD_DIRECTORY = 14,
    GUILD_FORUM = 15,
    GUILD_MEDIA = 16,
    }
}

impl ChannelType {
    /// Whether it is a thread.
    pub const fn is_thread(self) -> bool {
        matches!(self, Self::ANNOUNCEMENT_THREAD | Self::PUBLIC_THREAD | Self::PRIVATE_THREAD)
    }
}

flags! {
    /// [Channel flags](https://docs.discord.com/developers/resources/channel#channel-object-channel-flags).
    ChannelFlags {
    PINNED = 1,
    REQUIRE_TAG = 4,
    HIDE_MEDIA_DOWNLOAD_OPTIONS = 15,
    IS_SPOILER_CHANNEL = 21,
    }
}
