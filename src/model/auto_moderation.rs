//! [Auto moderation](https://docs.discord.com/developers/resources/auto-moderation).

use std::time::Duration;

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, duration};
use crate::id::{AutoModerationRuleId, ChannelId, GuildId, RoleId, UserId};
use crate::json::object;

/// An [auto moderation rule](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object) of a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AutoModerationRule {
    /// The rule ID.
    pub id: AutoModerationRuleId,
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// The name.
    pub name: String,
    /// The ID of the creator.
    pub creator_id: UserId,
    /// The type of event that the rule checks.
    pub event_type: AutoModerationEventType,
    /// The type of trigger.
    pub trigger_type: AutoModerationTriggerType,
    /// The parameters of the trigger.
    pub trigger_metadata: AutoModerationTriggerMetadata,
    /// The actions if the rule is triggered.
    pub actions: List<AutoModerationAction>,
    /// Whether the rule is enabled.
    pub enabled: bool,
    /// The IDs of the roles that are exempt, up to 20.
    pub exempt_roles: List<RoleId>,
    /// The IDs of the channels that are exempt, up to 50.
    pub exempt_channels: List<ChannelId>,
}

object! { AutoModerationRule {
    id: required, guild_id, name, creator_id, event_type,
    trigger_type, trigger_metadata, actions, enabled, exempt_roles, exempt_channels,
} }

/// The [parameters of a trigger](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata). The trigger type decides which fields are used.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AutoModerationTriggerMetadata {
    /// The keywords. A `*` at the start or end matches any characters.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub keyword_filter: List<String>,
    /// The regular expressions, in the syntax of Rust's `regex` crate.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub regex_patterns: List<String>,
    /// The word lists of Discord.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub presets: List<AutoModerationKeywordPresetType>,
    /// The words that do not trigger the rule.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub allow_list: List<String>,
    /// The maximum number of mentioned roles and users per message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_total_limit: Option<u32>,
    /// Whether mention raids are detected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention_raid_protection_enabled: Option<bool>,
}

object! { AutoModerationTriggerMetadata {
    keyword_filter, regex_patterns, presets, allow_list, mention_total_limit,
    mention_raid_protection_enabled,
} }

impl AutoModerationTriggerMetadata {
    /// Creates empty parameters.
    pub fn new() -> Self {
        AutoModerationTriggerMetadata::default()
    }

    /// Sets the keywords, up to 1000. Each has up to 60 characters.
    #[must_use]
    pub fn keyword_filter<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.keyword_filter = words.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the regular expressions, up to 10. Each has up to 260 characters.
    #[must_use]
    pub fn regex_patterns<T: Into<String>>(mut self, patterns: impl IntoIterator<Item = T>) -> Self {
        self.regex_patterns = patterns.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the word lists of Discord.
    #[must_use]
    pub fn presets(mut self, presets: impl IntoIterator<Item = AutoModerationKeywordPresetType>) -> Self {
        self.presets = presets.into_iter().collect();
        self
    }

    /// Sets the words that do not trigger the rule, up to 100 (1000 with presets). Each has up to 60 characters.
    #[must_use]
    pub fn allow_list<T: Into<String>>(mut self, words: impl IntoIterator<Item = T>) -> Self {
        self.allow_list = words.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the maximum number of mentioned roles and users per message, up to 50.
    #[must_use]
    pub fn mention_total_limit(mut self, limit: u32) -> Self {
        self.mention_total_limit = Some(limit);
        self
    }

    /// Sets whether mention raids are detected.
    #[must_use]
    pub fn mention_raid_protection_enabled(mut self, enabled: bool) -> Self {
        self.mention_raid_protection_enabled = Some(enabled);
        self
    }
}

/// An [action of an auto moderation rule](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AutoModerationAction {
    /// The type of action; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: AutoModerationActionType,
    /// The parameters of the action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<AutoModerationActionMetadata>,
}

object! { AutoModerationAction {
    kind = "type", metadata,
} }

impl AutoModerationAction {
    /// Blocks the message. `custom_message` explains it to the author, up to 150 characters.
    pub fn block_message(custom_message: Option<String>) -> Self {
        let metadata = custom_message
            .map(|text| AutoModerationActionMetadata { custom_message: Some(text), ..Default::default() });
        AutoModerationAction { kind: AutoModerationActionType::BLOCK_MESSAGE, metadata }
    }

    /// Sends an alert to a channel.
    pub fn send_alert(channel: ChannelId) -> Self {
        let metadata = AutoModerationActionMetadata { channel_id: Some(channel), ..Default::default() };
        AutoModerationAction { kind: AutoModerationActionType::SEND_ALERT_MESSAGE, metadata: Some(metadata) }
    }

    /// Times out the user, for up to 4 weeks.
    pub fn timeout(duration: Duration) -> Self {
        let metadata =
            AutoModerationActionMetadata { duration_seconds: Some(duration), ..Default::default() };
        AutoModerationAction { kind: AutoModerationActionType::TIMEOUT, metadata: Some(metadata) }
    }

    /// Prevents the member from using text, voice and other interactions.
    pub fn block_member_interaction() -> Self {
        AutoModerationAction { kind: AutoModerationActionType::BLOCK_MEMBER_INTERACTION, metadata: None }
    }
}

/// The [parameters of an action](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object-action-metadata). The action type decides which fields are used.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AutoModerationActionMetadata {
    /// The ID of the channel for alerts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The duration of the timeout.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "duration::seconds::serialize")]
    pub duration_seconds: Option<Duration>,
    /// The explanation for the author of a blocked message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_message: Option<String>,
}

object! { AutoModerationActionMetadata {
    channel_id, duration_seconds: with(duration::seconds::read), custom_message,
} }

int_enum! {
    /// The [type of trigger](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types) of a rule.
    AutoModerationTriggerType {
    KEYWORD = 1,
    SPAM = 3,
    KEYWORD_PRESET = 4,
    MENTION_SPAM = 5,
    MEMBER_PROFILE = 6,
    }
}

int_enum! {
    /// A [word list of Discord](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-keyword-preset-types).
    AutoModerationKeywordPresetType {
    PROFANITY = 1,
    SEXUAL_CONTENT = 2,
    SLURS = 3,
    }
}

int_enum! {
    /// The [type of event](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-event-types) that a rule checks.
    AutoModerationEventType {
    MESSAGE_SEND = 1,
    MEMBER_UPDATE = 2,
    }
}

int_enum! {
    /// The [type of action](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object-action-types) of a rule.
    AutoModerationActionType {
    BLOCK_MESSAGE = 1,
    SEND_ALERT_MESSAGE = 2,
    TIMEOUT = 3,
    BLOCK_MEMBER_INTERACTION = 4,
    }
}
