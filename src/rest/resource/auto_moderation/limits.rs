//! The limits on the trigger metadata and the actions of a rule.

use crate::error::Error;
use crate::model::limits::MAX_MEMBER_TIMEOUT;
use crate::model::{
    AutoModerationAction, AutoModerationActionType, AutoModerationTriggerMetadata, AutoModerationTriggerType,
};
use crate::rest::check::{at_field, chars, elements, invalid, number};
use crate::rest::duration::seconds_in;

/// Maximum length of words and regular expressions, in characters.
const MAX_WORD: usize = 60;
const MAX_PATTERN: usize = 260;

/// Maximum number of elements of each list; see
/// [trigger metadata field limits](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata-field-limits).
const MAX_WORDS: usize = 1000;
const MAX_PATTERNS: usize = 10;
const MAX_ALLOWED: usize = 100;
const MAX_ALLOWED_WITH_PRESETS: usize = 1000;

/// Maximum value of the mention limit.
const MAX_MENTIONS: u32 = 50;

/// Maximum length of the message to a member whose message was blocked, in characters.
const MAX_CUSTOM_MESSAGE: usize = 150;

/// The triggers whose rules can have a timeout as an action.
pub(super) const TIMEOUT_TRIGGERS: [AutoModerationTriggerType; 2] =
    [AutoModerationTriggerType::KEYWORD, AutoModerationTriggerType::MENTION_SPAM];

/// Checks the trigger metadata of a rule. Without a trigger, it uses the limits that hold for all triggers.
pub(super) fn metadata(
    metadata: &AutoModerationTriggerMetadata,
    trigger: Option<AutoModerationTriggerType>,
) -> Result<(), Error> {
    let max_allowed = match trigger {
        Some(AutoModerationTriggerType::KEYWORD | AutoModerationTriggerType::MEMBER_PROFILE) => MAX_ALLOWED,
        _ => MAX_ALLOWED_WITH_PRESETS,
    };
    for (field, list, max_count, max_length) in [
        ("keyword_filter", &metadata.keyword_filter, MAX_WORDS, MAX_WORD),
        ("regex_patterns", &metadata.regex_patterns, MAX_PATTERNS, MAX_PATTERN),
        ("allow_list", &metadata.allow_list, max_allowed, MAX_WORD),
    ] {
        elements(field, list.len(), &(0..=max_count))?;
        for (index, text) in list.iter().enumerate() {
            at_field(chars(1..=max_length)(text), || format!("{field}[{index}]"))?;
        }
    }
    match &metadata.mention_total_limit {
        Some(limit) => at_field(number(0..=MAX_MENTIONS)(limit), || "mention_total_limit".to_owned()),
        None => Ok(()),
    }
}

/// Checks an action of a rule.
pub(super) fn action(action: &AutoModerationAction) -> Result<(), Error> {
    let metadata = action.metadata.clone().unwrap_or_default();
    let at_metadata = |result, field: &str| at_field(result, || format!("metadata.{field}"));
    match action.kind {
        AutoModerationActionType::BLOCK_MESSAGE => {
            let text = metadata.custom_message.unwrap_or_default();
            at_metadata(chars(0..=MAX_CUSTOM_MESSAGE)(&text), "custom_message")
        }
        AutoModerationActionType::SEND_ALERT_MESSAGE if metadata.channel_id.is_none() => {
            invalid("metadata.channel_id", "is missing: an alert needs a channel")
        }
        AutoModerationActionType::TIMEOUT => match metadata.duration_seconds {
            Some(duration) => {
                at_metadata(seconds_in(0..=MAX_MEMBER_TIMEOUT.as_secs())(&duration), "duration_seconds")
            }
            None => invalid("metadata.duration_seconds", "is missing: a timeout needs a duration"),
        },
        _ => Ok(()),
    }
}
