use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::macros::{deref, wraps};
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::{self, Read, Reader, object};
use crate::model::{Channel, ChannelType, List, Maybe, Presence, ThreadMember, extra_field};

/// A thread was created, or the bot was added to a private thread: [THREAD_CREATE](https://docs.discord.com/developers/events/gateway-events#thread-create).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ThreadCreate {
    /// The thread.
    pub thread: Channel,
    /// Whether the thread was just created.
    pub newly_created: bool,
}

deref!(ThreadCreate => thread: Channel);

impl Read for ThreadCreate {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let (thread, newly_created) = extra_field::read(reader, "newly_created")?;
        Ok(ThreadCreate { thread, newly_created })
    }
}

impl<'de> Deserialize<'de> for ThreadCreate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl Serialize for ThreadCreate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        extra_field::write(serializer, &self.thread, "newly_created", self.newly_created.then_some(&true))
    }
}

wraps! {
    /// A thread was changed: [THREAD_UPDATE](https://docs.discord.com/developers/events/gateway-events#thread-update).
    ///
    /// Discord does not send it when only `last_message_id` changes.
    ThreadUpdate(Channel);

    /// The bot's own membership in a thread was changed: [THREAD_MEMBER_UPDATE](https://docs.discord.com/developers/events/gateway-events#thread-member-update).
    ThreadMemberUpdate(ThreadMember);
}

/// A thread was deleted: [THREAD_DELETE](https://docs.discord.com/developers/events/gateway-events#thread-delete).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ThreadDelete {
    /// The thread.
    pub id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// The parent channel of the thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ChannelId>,
    /// The kind of thread; Discord's field `type`.
    #[serde(rename = "type")]
    pub kind: ChannelType,
}

object! { ThreadDelete {
    id: required, guild_id, parent_id, kind = "type",
} }

/// The bot gained access to channels. These are their active threads: [THREAD_LIST_SYNC](https://docs.discord.com/developers/events/gateway-events#thread-list-sync).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ThreadListSync {
    /// The guild.
    pub guild_id: GuildId,
    /// The parent channels whose threads are synchronized; absent for the whole guild. A known thread of these channels
    /// that is not in `threads` is not active any more.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub channel_ids: Maybe<List<ChannelId>>,
    /// The active threads of these channels.
    pub threads: List<Channel>,
    /// The bot's memberships in the threads.
    pub members: List<ThreadMember>,
}

object! { ThreadListSync {
    guild_id: required, channel_ids, threads, members,
} }

/// Users joined or left a thread: [THREAD_MEMBERS_UPDATE](https://docs.discord.com/developers/events/gateway-events#thread-members-update).
///
/// Without the `GUILD_MEMBERS` intent Discord sends it only when the bot itself joins or leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ThreadMembersUpdate {
    /// The thread.
    pub id: ChannelId,
    /// The guild.
    pub guild_id: GuildId,
    /// The number of members, at most 50.
    pub member_count: u64,
    /// The users who joined.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub added_members: List<AddedThreadMember>,
    /// The users who left.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub removed_member_ids: List<UserId>,
}

object! { ThreadMembersUpdate {
    id: required, guild_id, member_count, added_members, removed_member_ids,
} }

/// A user who joined a thread, in [THREAD_MEMBERS_UPDATE](https://docs.discord.com/developers/events/gateway-events#thread-members-update).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AddedThreadMember {
    /// The membership, with the user as a member of the guild.
    pub thread_member: ThreadMember,
    /// The user's presence, if it is known.
    pub presence: Option<Presence>,
}

deref!(AddedThreadMember => thread_member: ThreadMember);

impl Read for AddedThreadMember {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let (thread_member, presence) = extra_field::read(reader, "presence")?;
        Ok(AddedThreadMember { thread_member, presence })
    }
}

impl<'de> Deserialize<'de> for AddedThreadMember {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl Serialize for AddedThreadMember {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        extra_field::write(serializer, &self.thread_member, "presence", self.presence.as_ref())
    }
}
