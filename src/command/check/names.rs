//! [Names](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming) and descriptions.

use std::collections::BTreeMap;

use crate::command::definition::{CommandDefinition, not_empty};
use crate::model::limits::{MAX_CHOICE_NAME, MAX_COMMAND_DESCRIPTION, MAX_COMMAND_NAME};
use crate::model::{CommandType, Locale};

/// Checks a text, given what it is called in messages, and reports problems.
type Rule<S> = fn(&str, &str, &mut S);

/// Checks the name of a command in all languages.
pub(super) fn command<S: FnMut(String)>(command: &CommandDefinition, report: &mut S) {
    let rule: Rule<S> = if command.kind == CommandType::CHAT_INPUT { slash } else { context_menu };
    rule("name", &command.name, report);
    localized("name", not_empty(&command.name_localizations), rule, report);
}

/// Checks the name of a slash command, a subcommand or an option: `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, in lower case.
pub(in crate::command) fn slash<S: FnMut(String)>(what: &str, name: &str, report: &mut S) {
    length(what, name, MAX_COMMAND_NAME, report);
    if let Some(c) = name.chars().find(|c| !is_allowed(*c)) {
        report(format!("the {what} contains {c:?}; letters, digits, `-`, `_` and `'` are allowed"));
    }
    if let Some(c) = name.chars().find(|c| !c.to_lowercase().eq([*c])) {
        report(format!("the {what} has the upper-case letter `{c}`; use `{}`", c.to_lowercase()));
    }
}

/// Checks the name of a user or message command.
pub(in crate::command) fn context_menu<S: FnMut(String)>(what: &str, name: &str, report: &mut S) {
    text(what, name, MAX_COMMAND_NAME, report);
}

/// Checks a description.
pub(in crate::command) fn description<S: FnMut(String)>(what: &str, description: &str, report: &mut S) {
    text(what, description, MAX_COMMAND_DESCRIPTION, report);
}

/// Checks the name of a choice.
pub(in crate::command) fn choice<S: FnMut(String)>(what: &str, name: &str, report: &mut S) {
    text(what, name, MAX_CHOICE_NAME, report);
}

/// Checks a text in other languages.
pub(super) fn localized<S: FnMut(String)>(
    what: &str,
    texts: Option<&BTreeMap<Locale, String>>,
    rule: Rule<S>,
    report: &mut S,
) {
    for (locale, text) in texts.into_iter().flatten() {
        if !locale.is_known() {
            report(format!("`{locale}` is not a locale of Discord's"));
        }
        rule(&format!("{what} in {locale}"), text, report);
    }
}

/// Checks a text that may contain spaces, but not at its ends. Discord trims them, so the registered text would differ
/// from the declared one at every start.
fn text(what: &str, text: &str, max: usize, report: &mut impl FnMut(String)) {
    length(what, text, max, report);
    if text.is_empty() || text.trim() == text {
        return;
    }
    if text.trim().is_empty() {
        report(format!("the {what} has only white space"));
    } else {
        report(format!("the {what} begins or ends with white space, which Discord removes"));
    }
}

fn length(what: &str, text: &str, max: usize, report: &mut impl FnMut(String)) {
    let count = text.chars().count();
    if count == 0 || count > max {
        report(format!("the {what} has {count} characters; 1 to {max} are allowed"));
    }
}

/// Rust's standard library has coarser Unicode categories than Discord. A few marks that Discord rejects, mostly vowel
/// signs, are accepted here.
fn is_allowed(c: char) -> bool {
    matches!(c, '-' | '_' | '\'') || c.is_alphanumeric() || is_devanagari(c) || is_thai(c)
}

/// The marks of `\p{sc=Deva}`; its letters and digits are alphanumeric.
fn is_devanagari(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{950}' | '\u{955}'..='\u{963}' | '\u{966}'..='\u{97F}' | '\u{A8E0}'..='\u{A8FF}' | '\u{11B00}'..='\u{11B09}')
}

/// The marks of `\p{sc=Thai}`; its letters and digits are alphanumeric.
fn is_thai(c: char) -> bool {
    matches!(c, '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E5B}')
}
