use std::time::Duration;

use serde::Serialize;

use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::open_enum::flags;
use crate::model::{Member, Timestamp, duration};

/// The [fields of a channel that only threads have](https://docs.discord.com/developers/resources/channel#thread-metadata-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ThreadMetadata {
    /// Whether the thread is archived.
    pub archived: bool,
    /// The duration of inactivity after which the thread is archived: 1 hour, 24 hours, 3 days or 7 days.
    #[serde(serialize_with = "duration::minutes::serialize")]
    pub auto_archive_duration: Duration,
    /// When the archive status last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_timestamp: Option<Timestamp>,
    /// Whether the thread is locked: only members with the `MANAGE_THREADS` permission can unarchive it.
    pub locked: bool,
    /// Whether non-moderators can add other non-moderators; only in private threads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitable: Option<bool>,
    /// When the thread was created; only known for threads created after 9 January 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_timestamp: Option<Timestamp>,
}

object! { ThreadMetadata {
    archived, auto_archive_duration: with(duration::minutes::read), archive_timestamp, locked, invitable,
    create_timestamp,
} }

/// A [member of a thread](https://docs.discord.com/developers/resources/channel#thread-member-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ThreadMember {
    /// The ID of the thread; missing in the threads of a [`Guild`](crate::model::Guild).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ChannelId>,
    /// The ID of the user; missing in the threads of a [`Guild`](crate::model::Guild).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// When the user last joined the thread.
    pub join_timestamp: Timestamp,
    /// The user's settings for the thread, such as notifications.
    pub flags: ThreadMemberFlags,
    /// The user as a member of the guild; only if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The ID of the guild; only in the event `THREAD_MEMBER_UPDATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { ThreadMember {
    id, user_id, join_timestamp, flags, member, guild_id,
} }

flags! {
    /// The settings of a thread member. Discord's documentation does not name these flags.
    ThreadMemberFlags {
    HAS_INTERACTED = 0,
    ALL_MESSAGES = 1,
    ONLY_MENTIONS = 2,
    NO_MESSAGES = 3,
    }
}
