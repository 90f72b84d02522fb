use std::fmt::Display;

use super::pages::STATUS;
use crate::bot::diagnose::facts::CallFailure;
use crate::bot::diagnose::finding::{Finding, FindingKind};

/// A check that could not be made, because a call to Discord failed. What the checks before it have reported is not repeated.
pub(super) fn unchecked(kind: FindingKind, failure: &CallFailure) -> Option<Finding> {
    match failure {
        CallFailure::Token => None,
        CallFailure::NoTime => Some(no_time(kind, &kind)),
        CallFailure::Limited(text) => Some(
            Finding::warning(kind, text.as_str(), "the bot's calls: wait, and run the doctor again")
                .page("https://docs.discord.com/developers/topics/rate-limits"),
        ),
        failure => {
            let cure = "Discord's status: look there, and run the doctor again";
            Some(Finding::warning(kind, format!("it is not known: {}", failure.text()), cure).page(STATUS))
        }
    }
}

/// A check for which there was no time. `what` names it.
pub(super) fn no_time(kind: FindingKind, what: &dyn Display) -> Finding {
    let found = format!("not checked: {what}, because the time was over");
    let cure = "the network of this machine: see how long the calls before took; run the doctor again";
    Finding::warning(kind, found, cure)
}
