//! [Names](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming) and descriptions.

use std::collections::BTreeMap;

use crate::command::definition::{CommandDefinition, some};
use crate::model::limits::{MAX_CHOICE_NAME, MAX_COMMAND_DESCRIPTION, MAX_COMMAND_NAME};
use crate::model::{CommandType, Locale};

/// A name or a description: what it is called, the text, and where to say what is wrong.
type Rule<S> = fn(&str, &str, &mut S);

/// The name of a command, in all languages.
pub(super) fn command<S: FnMut(String)>(command: &CommandDefinition, say: &mut S) {
    let rule: Rule<S> = if command.kind == CommandType::CHAT_INPUT { slash } else { menu };
    rule("name", &command.name, say);
    localized("name", some(&command.name_localizations), rule, say);
}

/// The name of a slash command, a subcommand or an option: `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, in lower case.
pub(super) fn slash<S: FnMut(String)>(what: &str, name: &str, say: &mut S) {
    length(what, name, MAX_COMMAND_NAME, say);
    if let Some(c) = name.chars().find(|c| !is_allowed(*c)) {
        say(format!("the {what} has {c:?} in it: letters, digits, `-`, `_` and `'` are allowed"));
    }
    if let Some(c) = name.chars().find(|c| !c.to_lowercase().eq([*c])) {
        say(format!("the {what} has the upper-case letter `{c}`: Discord wants `{}`", c.to_lowercase()));
    }
}

/// The name of a command in a menu.
fn menu<S: FnMut(String)>(what: &str, name: &str, say: &mut S) {
    text(what, name, MAX_COMMAND_NAME, say);
}

/// A description.
pub(super) fn about<S: FnMut(String)>(what: &str, about: &str, say: &mut S) {
    text(what, about, MAX_COMMAND_DESCRIPTION, say);
}

/// The name of a choice.
pub(super) fn choice<S: FnMut(String)>(what: &str, name: &str, say: &mut S) {
    text(what, name, MAX_CHOICE_NAME, say);
}

/// The same text in other languages.
pub(super) fn localized<S: FnMut(String)>(
    what: &str,
    texts: Option<&BTreeMap<Locale, String>>,
    rule: Rule<S>,
    say: &mut S,
) {
    for (locale, text) in texts.into_iter().flatten() {
        if !locale.is_known() {
            say(format!("`{locale}` is no language that Discord knows"));
        }
        rule(&format!("{what} in {locale}"), text, say);
    }
}

/// A text in which blanks may stand, but not at its ends: Discord cuts them off, and what it has would be another one
/// at each start.
fn text(what: &str, text: &str, most: usize, say: &mut impl FnMut(String)) {
    length(what, text, most, say);
    if text.is_empty() || text.trim() == text {
        return;
    }
    if text.trim().is_empty() {
        say(format!("the {what} is blank"));
    } else {
        say(format!("the {what} has white space at an end, which Discord cuts off"));
    }
}

fn length(what: &str, text: &str, most: usize, say: &mut impl FnMut(String)) {
    let count = text.chars().count();
    if count == 0 || count > most {
        say(format!("the {what} has {count} characters, of 1 to {most}"));
    }
}

/// Rust's standard library does not know Unicode's categories as finely as Discord: a few marks that Discord refuses,
/// vowel signs for the most part, pass here.
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
