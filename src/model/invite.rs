//! [Invites](https://docs.discord.com/developers/resources/invite).

use std::time::Duration;

use serde::Serialize;

use super::open_enum::{flags, int_enum};
use super::{
    Channel, List, Member, PartialApplication, PartialGuild, Role, ScheduledEvent, Timestamp, User, duration,
};
use crate::id::{ChannelId, GuildId, RoleId};
use crate::json::object;

/// An [invite](https://docs.discord.com/developers/resources/invite#invite-object), by its code.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Invite {
    /// To what it invites; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: InviteType,
    /// Its code, unique.
    pub code: String,
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<PartialGuild>>,
    /// The guild's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The channel: its id, name and kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Box<Channel>>,
    /// The channel's id; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inviter: Option<Box<User>>,
    /// What it leads to in a voice channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<InviteTargetType>,
    /// Whose stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_user: Option<Box<User>>,
    /// Which activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_application: Option<Box<PartialApplication>>,
    /// About how many members are online, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<u64>,
    /// About how many members there are, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<u64>,
    /// Until when it is good; `None` for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// What it invites to, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event: Option<Box<ScheduledEvent>>,
    /// The stage it invites to, while it is live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_instance: Option<Box<InviteStageInstance>>,
    /// Flags.
    pub flags: GuildInviteFlags,
    /// The roles that it gives, in short.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub roles: List<Role>,
    /// The ids of the roles that it gives; only in events.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub role_ids: List<RoleId>,
    /// How often it was used; this and what follows only in lists and events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<u64>,
    /// How often it may be; 0 for any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u64>,
    /// For how long it is good; 0 for ever.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub max_age: Option<Duration>,
    /// Whether those who came by it leave the guild when they go offline without a role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporary: Option<bool>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

object! { Invite {
    kind = "type", code: required, guild, guild_id, channel, channel_id, inviter, target_type, target_user,
    target_application, approximate_presence_count, approximate_member_count, expires_at,
    guild_scheduled_event, stage_instance, flags, roles, role_ids, uses, max_uses,
    max_age: with(duration::seconds::read), temporary, created_at,
} }

/// A [live stage](https://docs.discord.com/developers/resources/invite#invite-stage-instance-object), as an invite tells of it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct InviteStageInstance {
    /// Those who speak.
    pub members: List<Member>,
    /// How many are there.
    pub participant_count: u64,
    /// How many of them speak.
    pub speaker_count: u64,
    /// What it is about.
    pub topic: String,
}

object! { InviteStageInstance {
    members, participant_count, speaker_count, topic,
} }

/// How far Discord is with the [list of users](https://docs.discord.com/developers/resources/invite#get-target-users-job-status) that an invite is for.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct InviteTargetUsersJob {
    /// How far.
    pub status: InviteTargetUsersJobStatus,
    /// How many users were listed.
    pub total_users: u64,
    /// How many of them it has been through.
    pub processed_users: u64,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
}

object! { InviteTargetUsersJob {
    status, total_users, processed_users, created_at, completed_at, error_message,
} }

int_enum! {
    /// How far a [list of users](https://docs.discord.com/developers/resources/invite#get-target-users-job-status-status-codes) is.
    InviteTargetUsersJobStatus {
    UNSPECIFIED = 0,
    PROCESSING = 1,
    COMPLETED = 2,
    FAILED = 3,
    }
}

int_enum! {
    /// To what an invite [invites](https://docs.discord.com/developers/resources/invite#invite-object-invite-types).
    InviteType {
    GUILD = 0,
    GROUP_DM = 1,
    FRIEND = 2,
    }
}

int_enum! {
    /// What an invite [leads to](https://docs.discord.com/developers/resources/invite#invite-object-invite-target-types) in a voice channel.
    InviteTargetType {
    STREAM = 1,
    EMBEDDED_APPLICATION = 2,
    ROLE_SUBSCRIPTIONS_PURCHASE = 3,
    }
}

flags! {
    /// [Flags](https://docs.discord.com/developers/resources/invite#invite-object-guild-invite-flags) of invites to guilds.
    GuildInviteFlags {
    IS_GUEST_INVITE = 0,
    }
}
