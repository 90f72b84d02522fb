use serde::Serialize;

use super::macros::wraps;
use crate::id::{AutoModerationRuleId, ChannelId, GuildId, MessageId, UserId};
use crate::json::object;
use crate::model::{AutoModerationAction, AutoModerationRule, AutoModerationTriggerType};

wraps! {
    /// A rule was created: [AUTO_MODERATION_RULE_CREATE](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-create).
    AutoModerationRuleCreate(AutoModerationRule);

    /// A rule was changed: [AUTO_MODERATION_RULE_UPDATE](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-update).
    AutoModerationRuleUpdate(AutoModerationRule);

    /// A rule was deleted: [AUTO_MODERATION_RULE_DELETE](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-delete).
    AutoModerationRuleDelete(AutoModerationRule);
}

/// A rule was triggered and an action was executed: [AUTO_MODERATION_ACTION_EXECUTION](https://docs.discord.com/developers/events/gateway-events#auto-moderation-action-execution).
///
/// There is one event for each action. Without the `MESSAGE_CONTENT` intent, `content` and `matched_content` are empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AutoModerationActionExecution {
    /// The guild.
    pub guild_id: GuildId,
    /// The action that was executed.
    pub action: AutoModerationAction,
    /// The rule.
    pub rule_id: AutoModerationRuleId,
    /// The type of the rule's trigger.
    pub rule_trigger_type: AutoModerationTriggerType,
    /// The user who triggered the rule.
    pub user_id: UserId,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The message; `None` when it was blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The alert message in the moderators' channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_system_message_id: Option<MessageId>,
    /// The content of the message.
    pub content: String,
    /// The word or phrase of the rule that matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_keyword: Option<String>,
    /// The part of the content that matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_content: Option<String>,
}

object! { AutoModerationActionExecution {
    guild_id, action, rule_id: required, rule_trigger_type, user_id,
    channel_id, message_id, alert_system_message_id, content, matched_keyword, matched_content,
} }
