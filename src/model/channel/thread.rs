use std::time::Duration;

use serde::Serialize;

use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::open_enum::flags;
use crate::model::{Member, Timestamp, duration};

/// What [only threads](https://docs.discord.com/developers/resources/channel#thread-metadata-object) have.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ThreadMetadata {
    /// Whether it is archived.
    pub archived: bool,
    /// After how long of silence it is archived.
    #[serde(serialize_with = "duration::minutes::serialize")]
    pub auto_archive_duration: Duration,
    /// When it was last archived or brought back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_timestamp: Option<Timestamp>,
    /// Whether only those who manage threads may bring it back.
    pub locked: bool,
    /// Whether members who manage nothing may add others to a private thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitable: Option<bool>,
    /// When it was made; unknown of threads before 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_timestamp: Option<Timestamp>,
}

object! { ThreadMetadata {
    archived, auto_archive_duration: with(duration::minutes::read), archive_timestamp, locked, invitable,
    create_timestamp,
} }

/// A [member of a thread](https://docs.discord.com/developers/resources/channel#thread-member-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ThreadMember {
    /// The thread; missing where it stands within the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ChannelId>,
    /// The user; missing where it stands within the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// Since when.
    pub join_timestamp: Timestamp,
    /// Settings of its own, of which only the bits that notify are in use.
    pub flags: ThreadMemberFlags,
    /// The user as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The guild; only in `THREAD_MEMBER_UPDATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { ThreadMember {
    id, user_id, join_timestamp: required, flags, member, guild_id,
} }

flags! {
    /// A thread member's settings, which Discord leaves unnamed.
    ThreadMemberFlags {
    HAS_INTERACTED = 0,
    ALL_MESSAGES = 1,
    ONLY_MENTIONS = 2,
    NO_MESSAGES = 3,
    }
}
