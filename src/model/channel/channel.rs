use std::time::Duration;

use serde::Serialize;

use super::{
    ChannelFlags, ChannelType, DefaultReaction, ForumLayoutType, ForumTag, Overwrite, SortOrderType,
    ThreadMember, ThreadMetadata, VideoQualityMode,
};
use crate::id::{ApplicationId, ChannelId, GuildId, MessageId, TagId, UserId, WebhookId};
use crate::json::object;
use crate::model::{List, Message, Permissions, Timestamp, User, duration};

/// A [channel](https://docs.discord.com/developers/resources/channel#channel-object) or thread.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// What kind of channel it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// Its guild; missing in direct messages, and where it stands within the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Its place in the list; of equal ones the older is first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// What roles and members may do here and not elsewhere.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub permission_overwrites: List<Overwrite>,
    /// Its name; direct messages have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Whether it is for adults only.
    pub nsfw: bool,
    /// The last message sent to it, or post of a forum, which may be gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message_id: Option<MessageId>,
    /// Bits per second of a voice channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u32>,
    /// How many may be in a voice channel; 0 for any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_limit: Option<u32>,
    /// How long a user has to wait between two messages.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub rate_limit_per_user: Option<Duration>,
    /// With whom one speaks, in direct messages.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub recipients: List<User>,
    /// The hash of a group's icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Who began the thread or group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// The application that began the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// Whether an application manages the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<bool>,
    /// The category of a channel, the channel of a thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ChannelId>,
    /// When a message was last pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_pin_timestamp: Option<Timestamp>,
    /// The voice region, where it is not chosen by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rtc_region: Option<String>,
    /// The quality of cameras in a voice channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_quality_mode: Option<VideoQualityMode>,
    /// How many messages a thread has, but for the first and deleted ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_count: Option<u64>,
    /// How many members a thread has; counting ends at 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_count: Option<u64>,
    /// What only threads have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_metadata: Option<ThreadMetadata>,
    /// The bot as a member of the thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<ThreadMember>>,
    /// After how long of silence clients suggest that its threads go.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::minutes::serialize")]
    pub default_auto_archive_duration: Option<Duration>,
    /// What the invoking user may do here; only in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// What the application may do here; only in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_permissions: Option<Permissions>,
    /// Flags.
    pub flags: ChannelFlags,
    /// How many messages were ever sent to a thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_message_sent: Option<u64>,
    /// The tags of a forum or media channel.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub available_tags: List<ForumTag>,
    /// The tags of a post.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub applied_tags: List<TagId>,
    /// The emoji on the button that reacts to a post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_reaction_emoji: Option<DefaultReaction>,
    /// What new threads begin with as `rate_limit_per_user`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub default_thread_rate_limit_per_user: Option<Duration>,
    /// How the posts of a forum are sorted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_sort_order: Option<SortOrderType>,
    /// How the posts of a forum are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_forum_layout: Option<ForumLayoutType>,
    /// The first message of a post; only in the answer to its making.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
}

object! { Channel {
    id: required, kind = "type": required, guild_id, position, permission_overwrites, name, topic, nsfw,
    last_message_id, bitrate, user_limit, rate_limit_per_user: with(duration::seconds::read), recipients,
    icon, owner_id, application_id, managed, parent_id, last_pin_timestamp, rtc_region, video_quality_mode,
    message_count, member_count, thread_metadata, member,
    default_auto_archive_duration: with(duration::minutes::read), permissions, app_permissions, flags,
    total_message_sent, available_tags, applied_tags, default_reaction_emoji,
    default_thread_rate_limit_per_user: with(duration::seconds::read), default_sort_order,
    default_forum_layout, message,
} }

impl Channel {
    /// The text that mentions it in a message.
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }
}

/// What came of [following](https://docs.discord.com/developers/resources/channel#followed-channel-object) an announcement channel.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct FollowedChannel {
    /// The channel that is followed.
    pub channel_id: ChannelId,
    /// The webhook that brings its messages.
    pub webhook_id: WebhookId,
}

object! { FollowedChannel {
    channel_id: required, webhook_id: required,
} }
