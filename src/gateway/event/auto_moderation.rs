use serde::Serialize;

use super::wraps;
use crate::id::{AutoModerationRuleId, ChannelId, GuildId, MessageId, UserId};
use crate::json::object;
use crate::model::{AutoModerationAction, AutoModerationRule, AutoModerationTriggerType};

wraps! {
    /// A rule was made: [AUTO_MODERATION_RULE_CREATE](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-create).
    AutoModerationRuleCreate(AutoModerationRule);

    /// A rule was changed: [AUTO_MODERATION_RULE_UPDATE](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-update).
    AutoModerationRuleUpdate(AutoModerationRule);

    /// A rule was deleted: [AUTO_MODERATION_RULE_DELETE](https://docs.discord.com/developers/events/gateway-events#auto-moderation-rule-delete).
    AutoModerationRuleDelete(AutoModerationRule);
}

/// A rule was broken, and something was done: [AUTO_MODERATION_ACTION_EXECUTION](https://docs.discord.com/developers/events/gateway-events#auto-moderation-action-execution).
///
/// It comes once for each action. Without the `MESSAGE_CONTENT` intent `content` and `matched_content`
/// are empty.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct AutoModerationActionExecution {
    /// The guild.
    pub guild_id: GuildId,
    /// What was done.
    pub action: AutoModerationAction,
    /// The rule.
    pub rule_id: AutoModerationRuleId,
    /// What the rule looks for.
    pub rule_trigger_type: AutoModerationTriggerType,
    /// Who broke it.
    pub user_id: UserId,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// With which message; `None` where it was blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The message that tells the moderators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_system_message_id: Option<MessageId>,
    /// What was written.
    pub content: String,
    /// The word or phrase of the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_keyword: Option<String>,
    /// What it was found in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_content: Option<String>,
}

object! { AutoModerationActionExecution {
    guild_id: required, action: required, rule_id: required, rule_trigger_type, user_id: required,
    channel_id, message_id, alert_system_message_id, content, matched_keyword, matched_content,
} }
