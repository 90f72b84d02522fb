//! [Auto moderation](https://docs.discord.com/developers/resources/auto-moderation).
//!
//! All requests need `MANAGE_GUILD`.

mod limits;

use crate::error::Error;
use crate::id::{AutoModerationRuleId, ChannelId, GuildId, RoleId};
use crate::model::{
    AutoModerationAction, AutoModerationActionType, AutoModerationEventType, AutoModerationRule,
    AutoModerationTriggerMetadata, AutoModerationTriggerType, List,
};
use crate::rest::check::{at_field, both, chars, count, each, invalid};
use crate::rest::options::options;
use crate::rest::{Client, route};

/// Limits of a [rule](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object).
const MAX_NAME: usize = 100;
const MAX_ACTIONS: usize = 5;
const MAX_EXEMPT_ROLES: usize = 20;
const MAX_EXEMPT_CHANNELS: usize = 50;

options! {
    /// A new rule: [Create Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#create-auto-moderation-rule).
    ///
    /// ```
    /// use std::time::Duration;
    /// use syncord::model::{
    ///     AutoModerationAction, AutoModerationEventType, AutoModerationTriggerMetadata, AutoModerationTriggerType,
    /// };
    /// use syncord::rest::CreateAutoModerationRule;
    ///
    /// let rule = CreateAutoModerationRule::new(
    ///     "no ads",
    ///     AutoModerationEventType::MESSAGE_SEND,
    ///     AutoModerationTriggerType::KEYWORD,
    ///     [AutoModerationAction::block_message(None), AutoModerationAction::timeout(Duration::from_secs(60))],
    /// )
    /// .trigger_metadata(AutoModerationTriggerMetadata::new().keyword_filter(["buy now*"]))
    /// .enabled(true);
    /// assert!(rule.check().is_ok());
    /// ```
    CreateAutoModerationRule(
        name: impl Into<String>,
        event_type: AutoModerationEventType,
        trigger_type: AutoModerationTriggerType,
        actions: impl Into<Vec<AutoModerationAction>>,
    ) {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// The event that the rule checks.
        event_type: AutoModerationEventType,
        /// The type of content that triggers the rule.
        trigger_type: AutoModerationTriggerType,
        /// Details of the trigger. The trigger type decides which fields are used.
        trigger_metadata: AutoModerationTriggerMetadata,
        /// The actions when the rule is triggered, 1-5.
        actions: Vec<AutoModerationAction> [into] => both(count(1..=MAX_ACTIONS), each(limits::action)),
        /// Whether the rule is enabled. Default: `false`.
        enabled: bool,
        /// The roles that are exempt from the rule, at most 20.
        exempt_roles: Vec<RoleId> [into] => count(0..=MAX_EXEMPT_ROLES),
        /// The channels that are exempt from the rule, at most 50.
        exempt_channels: Vec<ChannelId> [into] => count(0..=MAX_EXEMPT_CHANNELS),
    } and Self::check_combination
}

options! {
    /// The fields of a rule to change: [Modify Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#modify-auto-moderation-rule).
    ModifyAutoModerationRule {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// The event that the rule checks.
        event_type: AutoModerationEventType,
        /// Details of the trigger. The trigger type decides which fields are used.
        trigger_metadata: AutoModerationTriggerMetadata => |metadata| limits::metadata(metadata, None),
        /// The actions when the rule is triggered, 1-5.
        actions: Vec<AutoModerationAction> [into] => both(count(1..=MAX_ACTIONS), each(limits::action)),
        /// Whether the rule is enabled.
        enabled: bool,
        /// The roles that are exempt from the rule, at most 20.
        exempt_roles: Vec<RoleId> [into] => count(0..=MAX_EXEMPT_ROLES),
        /// The channels that are exempt from the rule, at most 50.
        exempt_channels: Vec<ChannelId> [into] => count(0..=MAX_EXEMPT_CHANNELS),
    }
}

impl CreateAutoModerationRule {
    fn check_combination(&self) -> Result<(), Error> {
        // Unknown trigger types are not checked here; Discord checks them.
        let known = self.trigger_type.value().copied().filter(|trigger| trigger.name().is_some());
        match self.trigger_metadata.value() {
            Some(metadata) => at_field(limits::metadata(metadata, known), || "trigger_metadata".to_owned())?,
            None => check_without_metadata(known)?,
        }
        let actions = self.actions.value().map_or(&[][..], Vec::as_slice);
        let timeout = actions.iter().position(|action| action.kind == AutoModerationActionType::TIMEOUT);
        match (known, timeout) {
            (Some(trigger), Some(index)) if !limits::TIMEOUT_TRIGGERS.contains(&trigger) => invalid(
                &format!("actions[{index}].type"),
                format!("TIMEOUT is allowed only with KEYWORD or MENTION_SPAM, and this is {trigger:?}"),
            ),
            _ => Ok(()),
        }
    }
}

fn check_without_metadata(trigger: Option<AutoModerationTriggerType>) -> Result<(), Error> {
    match trigger {
        None | Some(AutoModerationTriggerType::SPAM) => Ok(()),
        Some(trigger) => invalid("trigger_metadata", format!("is missing: {trigger:?} requires it")),
    }
}

impl Client {
    /// Returns the rules of a guild: [List Auto Moderation Rules for Guild](https://docs.discord.com/developers/resources/auto-moderation#list-auto-moderation-rules-for-guild).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn auto_moderation_rules(&self, guild: GuildId) -> Result<List<AutoModerationRule>, Error> {
        self.fetch(route::AUTO_MODERATION_RULES.at(&[&guild]))
    }

    /// Returns a rule of a guild: [Get Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#get-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn auto_moderation_rule(
        &self,
        guild: GuildId,
        rule: AutoModerationRuleId,
    ) -> Result<AutoModerationRule, Error> {
        self.fetch(route::AUTO_MODERATION_RULE.at(&[&guild, &rule]))
    }

    /// Creates a rule: [Create Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#create-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`, and `MODERATE_MEMBERS` for a rule with a timeout. A guild can have at most 6
    /// keyword rules, and one rule of each other trigger type.
    pub fn create_auto_moderation_rule(
        &self,
        guild: GuildId,
        rule: &CreateAutoModerationRule,
    ) -> Result<AutoModerationRule, Error> {
        self.change(route::CREATE_AUTO_MODERATION_RULE.at(&[&guild]), rule)
    }

    /// Changes a rule: [Modify Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#modify-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`, and `MODERATE_MEMBERS` for a rule with a timeout.
    pub fn modify_auto_moderation_rule(
        &self,
        guild: GuildId,
        rule: AutoModerationRuleId,
        changes: &ModifyAutoModerationRule,
    ) -> Result<AutoModerationRule, Error> {
        self.change(route::MODIFY_AUTO_MODERATION_RULE.at(&[&guild, &rule]), changes)
    }

    /// Deletes a rule: [Delete Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#delete-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn delete_auto_moderation_rule(
        &self,
        guild: GuildId,
        rule: AutoModerationRuleId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_AUTO_MODERATION_RULE.at(&[&guild, &rule]))
    }
}

#[cfg(test)]
mod tests;
