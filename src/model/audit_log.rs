//! [Audit logs](https://docs.discord.com/developers/resources/audit-log).

use serde::{Deserialize, Serialize};

use super::open_enum::number;
use super::{
    AutoModerationRule, Channel, Command, Integration, List, Raw, ScheduledEvent, User, Webhook, lenient,
};
use crate::id::{ApplicationId, AuditLogEntryId, ChannelId, GuildId, MessageId, OverwriteId, UserId};

/// Who did what in a guild, with [whatever the entries speak of](https://docs.discord.com/developers/resources/audit-log#audit-log-object).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLog {
    /// The entries, latest first.
    #[serde(default)]
    pub audit_log_entries: List<AuditLogEntry>,
    /// The commands they speak of.
    #[serde(default)]
    pub application_commands: List<Command>,
    /// The rules.
    #[serde(default)]
    pub auto_moderation_rules: List<AutoModerationRule>,
    /// The planned events.
    #[serde(default)]
    pub guild_scheduled_events: List<ScheduledEvent>,
    /// The integrations, in short.
    #[serde(default)]
    pub integrations: List<Integration>,
    /// The threads.
    #[serde(default)]
    pub threads: List<Channel>,
    /// The users.
    #[serde(default)]
    pub users: List<User>,
    /// The webhooks.
    #[serde(default)]
    pub webhooks: List<Webhook>,
}

/// [One deed](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogEntry {
    /// Its id.
    pub id: AuditLogEntryId,
    /// What was done.
    pub action_type: AuditLogEvent,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// To what: an id of a kind that depends on the deed, as a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// What it changed.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub changes: List<AuditLogChange>,
    /// More about some deeds.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub options: Option<Box<AuditLogOptions>>,
    /// Why, if whoever did it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The guild; only in events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
}

/// [What was changed](https://docs.discord.com/developers/resources/audit-log#audit-log-change-object): a field, and its values before and after.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogChange {
    /// The field of the object, or `$add` and `$remove` for a member's roles.
    pub key: String,
    /// What it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_value: Option<Raw>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_value: Option<Raw>,
}

/// [More about some deeds](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info): which fields there are depends on the deed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogOptions {
    /// The application whose permissions were changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// The name of the rule that struck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_moderation_rule_name: Option<String>,
    /// The number of what triggered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_moderation_rule_trigger_type: Option<String>,
    /// Where it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// How many it concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// How many days of silence made a member be pruned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_member_days: Option<String>,
    /// The role or user of the overwrite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OverwriteId>,
    /// How many members were pruned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members_removed: Option<String>,
    /// Which message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The name of the overwrite's role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// Role (`0`) or member (`1`), of the overwrite; `type` in Discord's words.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// What kind of integration did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration_type: Option<String>,
    /// What the status of a voice channel became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

number! {
    /// [What was done](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events).
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
