//! The limits on what a rule looks for and does.

use crate::error::Error;
use crate::model::limits::MAX_MEMBER_TIMEOUT;
use crate::model::{
    AutoModerationAction, AutoModerationActionType, AutoModerationTriggerMetadata, AutoModerationTriggerType,
};
use crate::rest::check::{at_field, chars, elements, invalid, number};
use crate::rest::duration::seconds_in;

/// The longest words and regular expressions, in characters.
const MAX_WORD: usize = 60;
const MAX_PATTERN: usize = 260;

/// How many there may be of each; see
/// [trigger metadata field limits](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata-field-limits).
const MAX_WORDS: usize = 1000;
const MAX_PATTERNS: usize = 10;
const MAX_ALLOWED: usize = 100;
const MAX_ALLOWED_BESIDE_PRESETS: usize = 1000;

/// How many mentions a message may be allowed.
const MAX_MENTIONS: u32 = 50;

/// The longest message to whoever was blocked, in characters.
const MAX_CUSTOM_MESSAGE: usize = 150;

/// The triggers whose rules may time out.
pub(super) const MAY_TIME_OUT: [AutoModerationTriggerType; 2] =
    [AutoModerationTriggerType::KEYWORD, AutoModerationTriggerType::MENTION_SPAM];

/// Checks what a rule looks for; where the trigger is not at hand, by what holds for any.
pub(super) fn metadata(
    metadata: &AutoModerationTriggerMetadata,
    trigger: Option<AutoModerationTriggerType>,
) -> Result<(), Error> {
    let max_allowed = match trigger {
        Some(AutoModerationTriggerType::KEYWORD | AutoModerationTriggerType::MEMBER_PROFILE) => MAX_ALLOWED,
        _ => MAX_ALLOWED_BESIDE_PRESETS,
    };
    for (field, list, most, longest) in [
        ("keyword_filter", &metadata.keyword_filter, MAX_WORDS, MAX_WORD),
        ("regex_patterns", &metadata.regex_patterns, MAX_PATTERNS, MAX_PATTERN),
        ("allow_list", &metadata.allow_list, max_allowed, MAX_WORD),
    ] {
        elements(field, list.len(), &(0..=most))?;
        for (place, text) in list.iter().enumerate() {
            at_field(chars(1..=longest)(text), || format!("{field}[{place}]"))?;
        }
    }
    match &metadata.mention_total_limit {
        Some(limit) => at_field(number(0..=MAX_MENTIONS)(limit), || "mention_total_limit".to_owned()),
        None => Ok(()),
    }
}

/// Checks something that a rule does.
pub(super) fn action(action: &AutoModerationAction) -> Result<(), Error> {
    let metadata = action.metadata.clone().unwrap_or_default();
    let within_metadata = |result, field: &str| at_field(result, || format!("metadata.{field}"));
    match action.kind {
        AutoModerationActionType::BLOCK_MESSAGE => {
            let text = metadata.custom_message.unwrap_or_default();
            within_metadata(chars(0..=MAX_CUSTOM_MESSAGE)(&text), "custom_message")
        }
        AutoModerationActionType::SEND_ALERT_MESSAGE if metadata.channel_id.is_none() => {
            invalid("metadata.channel_id", "is missing: an alert needs a channel")
        }
        AutoModerationActionType::TIMEOUT => match metadata.duration_seconds {
            Some(duration) => {
                within_metadata(seconds_in(0..=MAX_MEMBER_TIMEOUT.as_secs())(&duration), "duration_seconds")
            }
            None => invalid("metadata.duration_seconds", "is missing: a timeout needs its length"),
        },
        _ => Ok(()),
    }
}
