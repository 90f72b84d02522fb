//! [Invites](https://docs.discord.com/developers/resources/invite).

use std::time::Duration;

use serde::Serialize;

use super::open_enum::{flags, int_enum};
use super::{
    Channel, List, Member, PartialApplication, PartialGuild, Role, ScheduledEvent, Timestamp, User, duration,
};
use crate::id::{ChannelId, GuildId, MessageId, RoleId};
use crate::json::object;

/// An [invite](https://docs.discord.com/developers/resources/invite#invite-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Invite {
    /// The type of invite; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: InviteType,
    /// The invite code.
    pub code: String,
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<PartialGuild>>,
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel; a partial object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Box<Channel>>,
    /// The ID of the channel; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The user who created the invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter: Option<Box<User>>,
    /// The type of target of a voice channel invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<InviteTargetType>,
    /// The user whose stream the invite targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_user: Option<Box<User>>,
    /// The embedded application that the invite targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_application: Option<Box<PartialApplication>>,
    /// The approximate number of online members; only if requested with `with_counts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<u64>,
    /// The approximate number of members; only if requested with `with_counts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<u64>,
    /// When the invite expires; `None` if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The scheduled event; only if requested with `guild_scheduled_event_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event: Option<Box<ScheduledEvent>>,
    /// The stage instance; deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_instance: Option<Box<InviteStageInstance>>,
    /// The flags.
    pub flags: GuildInviteFlags,
    /// The roles that new members receive; partial objects.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub roles: List<Role>,
    /// The IDs of the roles that new members receive; only in events.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub role_ids: List<RoleId>,
    /// How often the invite was used. This and the following fields are only in lists and events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<u64>,
    /// The maximum number of uses; 0 for unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u64>,
    /// The duration after which the invite expires; 0 if it does not.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub max_age: Option<Duration>,
    /// Whether the invite grants temporary membership: members without a role are removed when they go offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporary: Option<bool>,
    /// When the invite was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// The ID of the channel that the invite shows first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_channel_id: Option<ChannelId>,
    /// The ID of the message that the invite shows first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_message_id: Option<MessageId>,
    /// Whether the bot may change its nickname in the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_nickname_changeable: Option<bool>,
}

object! { Invite {
    kind = "type", code: required, guild, guild_id, channel, channel_id, inviter, target_type, target_user,
    target_application, approximate_presence_count, approximate_member_count, expires_at,
    guild_scheduled_event, stage_instance, flags, roles, role_ids, uses, max_uses,
    max_age: with(duration::seconds::read), temporary, created_at, target_channel_id,
    target_message_id, is_nickname_changeable,
} }

/// The [stage instance of an invite](https://docs.discord.com/developers/resources/invite#invite-stage-instance-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InviteStageInstance {
    /// The members that speak.
    pub members: List<Member>,
    /// The number of users in the stage.
    pub participant_count: u64,
    /// The number of users that speak.
    pub speaker_count: u64,
    /// The topic.
    pub topic: String,
}

object! { InviteStageInstance {
    members, participant_count, speaker_count, topic,
} }

/// The progress of processing the [target users of an invite](https://docs.discord.com/developers/resources/invite#get-target-users-job-status).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InviteTargetUsersJob {
    /// The status.
    pub status: InviteTargetUsersJobStatus,
    /// The total number of users.
    pub total_users: u64,
    /// The number of processed users.
    pub processed_users: u64,
    /// When the job was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When the job was completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// The error, if the job failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

object! { InviteTargetUsersJob {
    status, total_users, processed_users, created_at, completed_at, error_message,
} }

int_enum! {
    /// The [status of a target users job](https://docs.discord.com/developers/resources/invite#get-target-users-job-status-status-codes).
    InviteTargetUsersJobStatus {
    UNSPECIFIED = 0,
    PROCESSING = 1,
    COMPLETED = 2,
    FAILED = 3,
    }
}

int_enum! {
    /// The [type of an invite](https://docs.discord.com/developers/resources/invite#invite-object-invite-types).
    InviteType {
    GUILD = 0,
    GROUP_DM = 1,
    FRIEND = 2,
    }
}

int_enum! {
    /// The [type of target of a voice channel invite](https://docs.discord.com/developers/resources/invite#invite-object-invite-target-types).
    InviteTargetType {
    STREAM = 1,
    EMBEDDED_APPLICATION = 2,
    ROLE_SUBSCRIPTIONS_PURCHASE = 3,
    }
}

flags! {
    /// The [flags of a guild invite](https://docs.discord.com/developers/resources/invite#invite-object-guild-invite-flags).
    GuildInviteFlags {
    IS_GUEST_INVITE = 0,
    }
}
