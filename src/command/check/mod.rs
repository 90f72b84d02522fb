//! Finds everything that Discord would reject, before a request is sent.
//!
//! The rules are those of [application commands](https://docs.discord.com/developers/interactions/application-commands).

pub(super) mod names;
mod options;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::definition::{CommandDefinition, not_empty};
use super::problems::{Problems, child_path};
use crate::model::limits::{MAX_COMMAND_TEXT, MAX_MESSAGE_COMMANDS, MAX_SLASH_COMMANDS, MAX_USER_COMMANDS};
use crate::model::{CommandOptionDefinition, CommandType, command};

/// The types of commands, and the maximum number of each in one scope.
pub(super) const MAX_COMMANDS: [(CommandType, usize, &str); 3] = [
    (CommandType::CHAT_INPUT, MAX_SLASH_COMMANDS, "slash commands"),
    (CommandType::USER, MAX_USER_COMMANDS, "user commands"),
    (CommandType::MESSAGE, MAX_MESSAGE_COMMANDS, "message commands"),
];

/// Everything that Discord would reject in the commands of one scope: the global ones, or those of one guild.
///
/// ```
/// use syncord::command::{self, CommandBuilder, integer};
///
/// let roll = CommandBuilder::<_, ()>::slash("Roll", "").option("sides", "Faces", integer(6..=2));
/// assert_eq!(
///     command::check([roll.definition()]).to_string(),
///     "Roll: the name has the upper-case letter `R`; use `r`\n\
///      Roll: the description has 0 characters; 1 to 100 are allowed\n\
///      Roll sides: min_value, 6, is greater than max_value, 2",
/// );
/// ```
pub fn check<'a>(commands: impl IntoIterator<Item = &'a CommandDefinition>) -> Problems {
    check_in_trees(commands.into_iter().map(|command| ("", command)))
}

/// Like [`check`], for commands in trees. Paths begin with the label of the tree.
pub(crate) fn check_in_trees<'a>(
    commands: impl IntoIterator<Item = (&'a str, &'a CommandDefinition)>,
) -> Problems {
    let commands: Vec<_> = commands.into_iter().collect();
    let mut problems = Problems::new();
    for (kind, max, what) in MAX_COMMANDS {
        let count = commands.iter().filter(|(_, command)| command.kind == kind).count();
        if count > max {
            problems.push("", format!("there are {count} {what}; the maximum is {max}"));
        }
    }
    let mut names = BTreeMap::new();
    for (tree, command) in commands {
        match names.entry((command.kind, &command.name)) {
            Entry::Vacant(entry) => {
                entry.insert(tree);
            }
            Entry::Occupied(entry) => {
                let other_tree = match *entry.get() {
                    other if other == tree => String::new(),
                    "" => "; the other was added to the bot itself, with Bot::command".to_owned(),
                    other => format!("; the other is in {other}"),
                };
                let path = child_path(tree, &command.name);
                problems.push(path, format!("{} is declared twice{other_tree}", command.title()));
            }
        }
        problems.append(check_command(command).within(tree));
    }
    problems
}

/// Everything that Discord would reject in one command.
fn check_command(command: &CommandDefinition) -> Problems {
    let mut problems = Problems::new();
    let path = &*child_path("", &command.name);
    let mut report = |text: String| problems.push(path, text);
    names::command(command, &mut report);
    if command.kind == CommandType::CHAT_INPUT {
        names::description("description", &command.description, &mut report);
        names::localized(
            "description",
            not_empty(&command.description_localizations),
            names::description,
            &mut report,
        );
    } else {
        if !command.description.is_empty() || !command.description_localizations.is_empty() {
            report("a context menu command has no description".to_owned());
        }
        if !command.options.is_empty() {
            report("a context menu command has no options".to_owned());
        }
    }
    check_list("contexts", command.contexts.as_deref(), &mut report);
    check_list("integration_types", command.integration_types.as_deref(), &mut report);
    problems.append(command.problems().clone().within(path));
    options::check(path, &command.options, options::Level::Command, command.is_group(), &mut problems);
    text_length(path, command, &mut problems);
    problems
}

/// Checks the number of characters of all texts together.
fn text_length(path: &str, command: &CommandDefinition, problems: &mut Problems) {
    let length = command::text_length(&command.name, not_empty(&command.name_localizations))
        + command::text_length(&command.description, not_empty(&command.description_localizations))
        + command.options.iter().map(CommandOptionDefinition::text_length).sum::<usize>();
    if length > MAX_COMMAND_TEXT {
        problems.push(
            path,
            format!(
                "its names, descriptions and values have {length} characters together; the maximum is {MAX_COMMAND_TEXT}"
            ),
        );
    }
}

/// A list that is set is not empty and has no duplicates.
fn check_list<T: Ord>(field: &str, list: Option<&[T]>, report: &mut impl FnMut(String)) {
    let Some(list) = list else { return };
    if list.is_empty() {
        report(format!("{field} is empty"));
    }
    options::no_duplicates(field, list, report);
}
