//! [Auto moderation](https://docs.discord.com/developers/resources/auto-moderation).
//!
//! All of it needs `MANAGE_GUILD`.

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
    /// What a rule is like: [Create Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#create-auto-moderation-rule).
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
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// Sets what it looks at.
        event_type: AutoModerationEventType,
        /// Sets what it looks for.
        trigger_type: AutoModerationTriggerType,
        /// Says more about what it looks for; which fields count depends on the trigger.
        trigger_metadata: AutoModerationTriggerMetadata,
        /// Sets what it does then: 1 to 5 things.
        actions: Vec<AutoModerationAction> [into] => both(count(1..=MAX_ACTIONS), each(limits::action)),
        /// Turns it on; without this it is off.
        enabled: bool,
        /// Sets the roles that it leaves alone: at most 20.
        exempt_roles: Vec<RoleId> [into] => count(0..=MAX_EXEMPT_ROLES),
        /// Sets the channels that it leaves alone: at most 50.
        exempt_channels: Vec<ChannelId> [into] => count(0..=MAX_EXEMPT_CHANNELS),
    } and Self::consistent
}

options! {
    /// What to change of a rule: [Modify Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#modify-auto-moderation-rule).
    ModifyAutoModerationRule {
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// Sets what it looks at.
        event_type: AutoModerationEventType,
        /// Says more about what it looks for; which fields count depends on the trigger.
        trigger_metadata: AutoModerationTriggerMetadata => |metadata| limits::metadata(metadata, None),
        /// Sets what it does then: 1 to 5 things.
        actions: Vec<AutoModerationAction> [into] => both(count(1..=MAX_ACTIONS), each(limits::action)),
        /// Turns it on or off.
        enabled: bool,
        /// Sets the roles that it leaves alone: at most 20.
        exempt_roles: Vec<RoleId> [into] => count(0..=MAX_EXEMPT_ROLES),
        /// Sets the channels that it leaves alone: at most 50.
        exempt_channels: Vec<ChannelId> [into] => count(0..=MAX_EXEMPT_CHANNELS),
    }
}

impl CreateAutoModerationRule {
    fn consistent(&self) -> Result<(), Error> {
        // Of a trigger that this version does not know Discord is the judge.
        let known = self.trigger_type.value().copied().filter(|trigger| trigger.name().is_some());
        match self.trigger_metadata.value() {
            Some(metadata) => at_field(limits::metadata(metadata, known), || "trigger_metadata".to_owned())?,
            None => needs_no_metadata(known)?,
        }
        let actions = self.actions.value().map_or(&[][..], Vec::as_slice);
        let timeout = actions.iter().position(|action| action.kind == AutoModerationActionType::TIMEOUT);
        match (known, timeout) {
            (Some(trigger), Some(place)) if !limits::MAY_TIME_OUT.contains(&trigger) => invalid(
                &format!("actions[{place}].type"),
                format!("TIMEOUT only with KEYWORD or MENTION_SPAM, and this is {trigger:?}"),
            ),
            _ => Ok(()),
        }
    }
}

fn needs_no_metadata(trigger: Option<AutoModerationTriggerType>) -> Result<(), Error> {
    match trigger {
        None | Some(AutoModerationTriggerType::SPAM) => Ok(()),
        Some(trigger) => invalid("trigger_metadata", format!("is missing: {trigger:?} needs to know more")),
    }
}

impl Client {
    /// The rules of a guild: [List Auto Moderation Rules for Guild](https://docs.discord.com/developers/resources/auto-moderation#list-auto-moderation-rules-for-guild).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn auto_moderation_rules(&self, guild: GuildId) -> Result<List<AutoModerationRule>, Error> {
        self.fetch(route::AUTO_MODERATION_RULES.at(&[&guild]))
    }

    /// A rule of a guild: [Get Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#get-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn auto_moderation_rule(
        &self,
        guild: GuildId,
        rule: AutoModerationRuleId,
    ) -> Result<AutoModerationRule, Error> {
        self.fetch(route::AUTO_MODERATION_RULE.at(&[&guild, &rule]))
    }

    /// Makes a rule: [Create Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#create-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`, and `MODERATE_MEMBERS` for one that times out. A guild has at most 6 rules with
    /// keywords and 1 of each other trigger.
    pub fn create_auto_moderation_rule(
        &self,
        guild: GuildId,
        rule: &CreateAutoModerationRule,
    ) -> Result<AutoModerationRule, Error> {
        self.change(route::CREATE_AUTO_MODERATION_RULE.at(&[&guild]), rule)
    }

    /// Changes a rule: [Modify Auto Moderation Rule](https://docs.discord.com/developers/resources/auto-moderation#modify-auto-moderation-rule).
    ///
    /// Needs `MANAGE_GUILD`, and `MODERATE_MEMBERS` for one that times out.
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
