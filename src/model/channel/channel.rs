use std::time::Duration;

use serde::Serialize;

use super::{
    ChannelFlags, ChannelType, DefaultReaction, ForumLayoutType, ForumTag, Overwrite, SortOrderType,
    ThreadMember, ThreadMetadata, ThreadSearchTagSetting, VideoQualityMode,
};
use crate::id::{ApplicationId, ChannelId, GuildId, MessageId, TagId, UserId, WebhookId};
use crate::json::object;
use crate::model::{List, Message, Permissions, Timestamp, User, duration};

/// A [channel](https://docs.discord.com/developers/resources/channel#channel-object) or thread.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Channel {
    /// The channel ID.
    pub id: ChannelId,
    /// The type of channel; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// The ID of the guild; missing in direct messages and in the channels of a [`Guild`](crate::model::Guild).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The sorting position. Channels with the same position are sorted by ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// The permission overwrites for roles and members.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub permission_overwrites: List<Overwrite>,
    /// The name, 1-100 characters; direct messages have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The topic, up to 1024 characters (4096 in forum and media channels).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Whether the channel is age-restricted.
    pub nsfw: bool,
    /// The ID of the last message, or of the last thread of a forum or media channel. It may not exist any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_message_id: Option<MessageId>,
    /// The bitrate of a voice channel in bits per second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u32>,
    /// The maximum number of users in a voice channel; 0 for no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_limit: Option<u32>,
    /// The slowmode: the minimum time between two messages of a user, up to 6 hours.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub rate_limit_per_user: Option<Duration>,
    /// The recipients of a direct message.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub recipients: List<User>,
    /// The icon hash of a group direct message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The ID of the creator of the thread or group direct message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    /// The ID of the application that created the group direct message, if a bot did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// Whether an application manages the group direct message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<bool>,
    /// The ID of the parent: the category of a channel, or the channel of a thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ChannelId>,
    /// When the last pinned message was pinned; `None` if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_pin_timestamp: Option<Timestamp>,
    /// The voice region; `None` means automatic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rtc_region: Option<String>,
    /// The camera video quality of a voice channel; `AUTO` if missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_quality_mode: Option<VideoQualityMode>,
    /// The number of messages in a thread, without the first message and deleted messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_count: Option<u64>,
    /// The approximate number of members of a thread. Discord stops counting at 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_count: Option<u64>,
    /// The fields that only threads have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_metadata: Option<ThreadMetadata>,
    /// The thread member of the bot, if it has joined the thread; only in some responses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<ThreadMember>>,
    /// The default duration after which clients archive inactive threads.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::minutes::serialize")]
    pub default_auto_archive_duration: Option<Duration>,
    /// The permissions of the invoking user in the channel; only in resolved interaction data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// The permissions of the application in the channel; only in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_permissions: Option<Permissions>,
    /// The channel flags.
    pub flags: ChannelFlags,
    /// The number of messages ever sent in a thread, deleted messages included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_message_sent: Option<u64>,
    /// The tags that can be used in a forum or media channel.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub available_tags: List<ForumTag>,
    /// The IDs of the tags of a thread in a forum or media channel, up to 5.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub applied_tags: List<TagId>,
    /// The emoji of the button that adds a reaction to a thread in a forum or media channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_reaction_emoji: Option<DefaultReaction>,
    /// The initial `rate_limit_per_user` of new threads. It is copied when a thread is created.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub default_thread_rate_limit_per_user: Option<Duration>,
    /// The default sort order of the threads in a forum or media channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_sort_order: Option<SortOrderType>,
    /// The default layout of a forum channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_forum_layout: Option<ForumLayoutType>,
    /// Whether a search for several tags in a forum or media channel finds threads with one or with all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_tag_setting: Option<ThreadSearchTagSetting>,
    /// The first message of a thread in a forum or media channel; only in the response to its creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Box<Message>>,
}

object! { Channel {
    id: required, kind = "type", guild_id, position, permission_overwrites, name, topic, nsfw,
    last_message_id, bitrate, user_limit, rate_limit_per_user: with(duration::seconds::read), recipients,
    icon, owner_id, application_id, managed, parent_id, last_pin_timestamp, rtc_region, video_quality_mode,
    message_count, member_count, thread_metadata, member,
    default_auto_archive_duration: with(duration::minutes::read), permissions, app_permissions, flags,
    total_message_sent, available_tags, applied_tags, default_reaction_emoji,
    default_thread_rate_limit_per_user: with(duration::seconds::read), default_sort_order,
    default_forum_layout, default_tag_setting, message,
} }

impl Channel {
    /// Returns the text that mentions the channel in a message.
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }
}

/// The result of [following](https://docs.discord.com/developers/resources/channel#followed-channel-object) an announcement channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FollowedChannel {
    /// The ID of the followed channel.
    pub channel_id: ChannelId,
    /// The ID of the created webhook, which posts the messages.
    pub webhook_id: WebhookId,
}

object! { FollowedChannel {
    channel_id, webhook_id: required,
} }
