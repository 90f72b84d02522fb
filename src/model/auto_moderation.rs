//! [Auto moderation](https://docs.discord.com/developers/resources/auto-moderation).

use std::time::Duration;

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, duration};
use crate::id::{AutoModerationRuleId, ChannelId, GuildId, RoleId, UserId};
use crate::json::object;

/// A [rule](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object) by which a guild moderates itself.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct AutoModerationRule {
    /// Its id.
    pub id: AutoModerationRuleId,
    /// The guild.
    pub guild_id: GuildId,
    /// Its name.
    pub name: String,
    /// Who made it.
    pub creator_id: UserId,
    /// What it looks at.
    pub event_type: AutoModerationEventType,
    /// What it looks for.
    pub trigger_type: AutoModerationTriggerType,
    /// More about what it looks for.
    pub trigger_metadata: AutoModerationTriggerMetadata,
    /// What it does then.
    pub actions: List<AutoModerationAction>,
    /// Whether it is on.
    pub enabled: bool,
    /// The roles it leaves alone.
    pub exempt_roles: List<RoleId>,
    /// The channels it leaves alone.
    pub exempt_channels: List<ChannelId>,
}

object! { AutoModerationRule {
    id: required, guild_id: required, name, creator_id: required, event_type: required,
    trigger_type: required, trigger_metadata, actions, enabled, exempt_roles, exempt_channels,
} }

/// [More about what a rule looks for](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata); which fields count depends on the trigger.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct AutoModerationTriggerMetadata {
    /// Words, of which `*` at an end stands for any letters.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub keyword_filter: List<String>,
    /// Regular expressions, in Rust's flavour.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub regex_patterns: List<String>,
    /// Discord's own lists of words.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub presets: List<AutoModerationKeywordPresetType>,
    /// Words that are no reason.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub allow_list: List<String>,
    /// How many roles and users one message may mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_total_limit: Option<u32>,
    /// Whether raids of mentions are looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_raid_protection_enabled: Option<bool>,
}

object! { AutoModerationTriggerMetadata {
    keyword_filter, regex_patterns, presets, allow_list, mention_total_limit,
    mention_raid_protection_enabled,
} }

impl AutoModerationTriggerMetadata {
    /// Nothing said.
    pub fn new() -> Self {
        AutoModerationTriggerMetadata::default()
    }

    /// Looks for these words: at most 1,000 of at most 60 characters.
    #[must_use]
    pub fn keyword_filter<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.keyword_filter = words.into_iter().map(Into::into).collect();
        self
    }

    /// Looks for what these regular expressions match: at most 10 of at most 260 characters.
    #[must_use]
    pub fn regex_patterns<T: Into<String>>(mut self, patterns: impl IntoIterator<Item = T>) -> Self {
        self.regex_patterns = patterns.into_iter().map(Into::into).collect();
        self
    }

    /// Looks for the words of these lists of Discord's.
    #[must_use]
    pub fn presets(mut self, presets: impl IntoIterator<Item = AutoModerationKeywordPresetType>) -> Self {
        self.presets = presets.into_iter().collect();
        self
    }

    /// Lets these words pass: at most 100 of at most 60 characters, 1,000 beside Discord's lists.
    #[must_use]
    pub fn allow_list<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.allow_list = words.into_iter().map(Into::into).collect();
        self
    }

    /// Lets one message mention so many roles and users: at most 50.
    #[must_use]
    pub fn mention_total_limit(mut self, limit: u32) -> Self {
        self.mention_total_limit = Some(limit);
        self
    }

    /// Looks for raids of mentions, or does not.
    #[must_use]
    pub fn mention_raid_protection_enabled(mut self, enabled: bool) -> Self {
        self.mention_raid_protection_enabled = Some(enabled);
        self
    }
}

/// What a rule [does](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct AutoModerationAction {
    /// What; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: AutoModerationActionType,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<AutoModerationActionMetadata>,
}

object! { AutoModerationAction {
    kind = "type": required, metadata,
} }

impl AutoModerationAction {
    /// Blocks the message, and says so to whoever wrote it, in words of one's own if some are given.
    pub fn block_message(custom_message: Option<String>) -> Self {
        let metadata = AutoModerationActionMetadata { custom_message, ..Default::default() };
        AutoModerationAction { kind: AutoModerationActionType::BLOCK_MESSAGE, metadata: Some(metadata) }
    }

    /// Tells of it in a channel.
    pub fn send_alert(channel: ChannelId) -> Self {
        let metadata = AutoModerationActionMetadata { channel_id: Some(channel), ..Default::default() };
        AutoModerationAction { kind: AutoModerationActionType::SEND_ALERT_MESSAGE, metadata: Some(metadata) }
    }

    /// Times out whoever wrote it, for up to four weeks.
    pub fn timeout(duration: Duration) -> Self {
        let metadata =
            AutoModerationActionMetadata { duration_seconds: Some(duration), ..Default::default() };
        AutoModerationAction { kind: AutoModerationActionType::TIMEOUT, metadata: Some(metadata) }
    }

    /// Keeps a member from text, voice and other interactions.
    pub fn block_member_interaction() -> Self {
        AutoModerationAction { kind: AutoModerationActionType::BLOCK_MEMBER_INTERACTION, metadata: None }
    }
}

/// [More about what a rule does](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object-action-metadata); which fields count depends on the action.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct AutoModerationActionMetadata {
    /// Where it tells of what it struck.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// How long it times out.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub duration_seconds: Option<Duration>,
    /// What it says to whoever wrote the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_message: Option<String>,
}

object! { AutoModerationActionMetadata {
    channel_id, duration_seconds: with(duration::seconds::read), custom_message,
} }

int_enum! {
    /// What a rule [looks for](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types).
    AutoModerationTriggerType {
    KEYWORD = 1,
    SPAM = 3,
    KEYWORD_PRESET = 4,
    MENTION_SPAM = 5,
    MEMBER_PROFILE = 6,
    }
}

int_enum! {
    /// [Lists of words](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-keyword-preset-types) of Discord's own.
    AutoModerationKeywordPresetType {
    PROFANITY = 1,
    SEXUAL_CONTENT = 2,
    SLURS = 3,
    }
}

int_enum! {
    /// What a rule [looks at](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-event-types).
    AutoModerationEventType {
    MESSAGE_SEND = 1,
    MEMBER_UPDATE = 2,
    }
}

int_enum! {
    /// What a rule [does](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object-action-types).
    AutoModerationActionType {
    BLOCK_MESSAGE = 1,
    SEND_ALERT_MESSAGE = 2,
    TIMEOUT = 3,
    BLOCK_MEMBER_INTERACTION = 4,
    }
}
