//! [Audit logs](https://docs.discord.com/developers/resources/audit-log).

mod value;

use serde::Serialize;

use super::open_enum::int_enum;
use super::{AutoModerationRule, Channel, Command, Integration, List, Raw, ScheduledEvent, User, Webhook};
use crate::id::{ApplicationId, AuditLogEntryId, ChannelId, GuildId, MessageId, OverwriteId, UserId};
use crate::json::object;

pub use value::{AuditLogRole, AuditLogValue};

/// A page of a guild's audit log, with the [objects that the entries refer to](https://docs.discord.com/developers/resources/audit-log#audit-log-object).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AuditLog {
    /// The entries, newest first.
    pub audit_log_entries: List<AuditLogEntry>,
    /// The referenced application commands.
    pub application_commands: List<Command>,
    /// The referenced auto moderation rules.
    pub auto_moderation_rules: List<AutoModerationRule>,
    /// The referenced scheduled events.
    pub guild_scheduled_events: List<ScheduledEvent>,
    /// The referenced integrations; partial objects.
    pub integrations: List<Integration>,
    /// The referenced threads.
    pub threads: List<Channel>,
    /// The referenced users.
    pub users: List<User>,
    /// The referenced webhooks.
    pub webhooks: List<Webhook>,
}

object! { AuditLog {
    audit_log_entries, application_commands, auto_moderation_rules, guild_scheduled_events, integrations,
    threads, users, webhooks,
} }

/// An [entry of an audit log](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AuditLogEntry {
    /// The entry ID.
    pub id: AuditLogEntryId,
    /// The type of action.
    pub action_type: AuditLogEvent,
    /// The ID of the user or application that made the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// The ID of the affected object. The type of the object depends on the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// The changes to the object.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub changes: List<AuditLogChange>,
    /// Additional information for some actions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Box<AuditLogOptions>>,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The ID of the guild; only in events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

object! { AuditLogEntry {
    id: required, action_type, user_id, target_id, changes, options, reason, guild_id,
} }

/// A [change in an audit log entry](https://docs.discord.com/developers/resources/audit-log#audit-log-change-object).
///
/// [`read_old`](Self::read_old) and [`read_new`](Self::read_new) read the values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AuditLogChange {
    /// The name of the changed field, or `$add` or `$remove` for a member's roles.
    pub key: String,
    /// The old value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_value: Option<Raw>,
    /// The new value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_value: Option<Raw>,
}

object! { AuditLogChange {
    key: required, old_value, new_value,
} }

/// [Additional information for some actions](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info). The action decides which fields are set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AuditLogOptions {
    /// The ID of the application whose permissions were changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The name of the auto moderation rule that was triggered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_moderation_rule_name: Option<String>,
    /// The trigger type of the auto moderation rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_moderation_rule_trigger_type: Option<String>,
    /// The ID of the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The number of affected objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// The number of days after which inactive members were kicked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete_member_days: Option<String>,
    /// The ID of the overwrite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<OverwriteId>,
    /// The number of members that were kicked for inactivity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members_removed: Option<String>,
    /// The ID of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The name of the role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// The type of the overwrite: role (`0`) or member (`1`); `type` in JSON.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The type of the integration that performed the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_type: Option<String>,
    /// The new status of a voice channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

object! { AuditLogOptions {
    application_id, auto_moderation_rule_name, auto_moderation_rule_trigger_type, channel_id, count,
    delete_member_days, id, members_removed, message_id, role_name, kind = "type", integration_type, status,
} }

int_enum! {
    /// The [type of an action](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events) in the audit log.
    AuditLogEvent {
    GUILD_UPDATE = 1,
    CHANNEL_CREATE = 10,
    CHANNEL_UPDATE = 11,
    CHANNEL_DELETE = 12,
    CHANNEL_OVERWRITE_CREATE = 13,
    CHANNEL_OVERWRITE_UPDATE = 14,
    CHANNEL_OVERWRITE_DELETE = 15,
    MEMBER_KICK = 20,
    MEMBER_PRUNE = 21,
    MEMBER_BAN_ADD = 22,
    MEMBER_BAN_REMOVE = 23,
    MEMBER_UPDATE = 24,
    MEMBER_ROLE_UPDATE = 25,
    MEMBER_MOVE = 26,
    MEMBER_DISCONNECT = 27,
    BOT_ADD = 28,
    ROLE_CREATE = 30,
    ROLE_UPDATE = 31,
    ROLE_DELETE = 32,
    INVITE_CREATE = 40,
    INVITE_UPDATE = 41,
    INVITE_DELETE = 42,
    WEBHOOK_CREATE = 50,
    WEBHOOK_UPDATE = 51,
    WEBHOOK_DELETE = 52,
    EMOJI_CREATE = 60,
    EMOJI_UPDATE = 61,
    EMOJI_DELETE = 62,
    MESSAGE_DELETE = 72,
    MESSAGE_BULK_DELETE = 73,
    MESSAGE_PIN = 74,
    MESSAGE_UNPIN = 75,
    INTEGRATION_CREATE = 80,
    INTEGRATION_UPDATE = 81,
    INTEGRATION_DELETE = 82,
    STAGE_INSTANCE_CREATE = 83,
    STAGE_INSTANCE_UPDATE = 84,
    STAGE_INSTANCE_DELETE = 85,
    STICKER_CREATE = 90,
    STICKER_UPDATE = 91,
    STICKER_DELETE = 92,
    GUILD_SCHEDULED_EVENT_CREATE = 100,
    GUILD_SCHEDULED_EVENT_UPDATE = 101,
    GUILD_SCHEDULED_EVENT_DELETE = 102,
    THREAD_CREATE = 110,
    THREAD_UPDATE = 111,
    THREAD_DELETE = 112,
    APPLICATION_COMMAND_PERMISSION_UPDATE = 121,
    SOUNDBOARD_SOUND_CREATE = 130,
    SOUNDBOARD_SOUND_UPDATE = 131,
    SOUNDBOARD_SOUND_DELETE = 132,
    AUTO_MODERATION_RULE_CREATE = 140,
    AUTO_MODERATION_RULE_UPDATE = 141,
    AUTO_MODERATION_RULE_DELETE = 142,
    AUTO_MODERATION_BLOCK_MESSAGE = 143,
    AUTO_MODERATION_FLAG_TO_CHANNEL = 144,
    AUTO_MODERATION_USER_COMMUNICATION_DISABLED = 145,
    AUTO_MODERATION_QUARANTINE_USER = 146,
    CREATOR_MONETIZATION_REQUEST_CREATED = 150,
    CREATOR_MONETIZATION_TERMS_ACCEPTED = 151,
    ONBOARDING_PROMPT_CREATE = 163,
    ONBOARDING_PROMPT_UPDATE = 164,
    ONBOARDING_PROMPT_DELETE = 165,
    ONBOARDING_CREATE = 166,
    ONBOARDING_UPDATE = 167,
    GUILD_HOME_FEATURE_ITEM = 171,
    GUILD_HOME_REMOVE_ITEM = 172,
    HARMFUL_LINKS_BLOCKED_MESSAGE = 180,
    HOME_SETTINGS_CREATE = 190,
    HOME_SETTINGS_UPDATE = 191,
    VOICE_CHANNEL_STATUS_CREATE = 192,
    VOICE_CHANNEL_STATUS_DELETE = 193,
    GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE = 200,
    GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE = 201,
    GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE = 202,
    GUILD_PROFILE_UPDATE = 211,
    }
}
