//! All that Discord would refuse, before it is asked.
//!
//! The limits are those of [application commands](https://docs.discord.com/developers/interactions/application-commands).

mod names;
mod options;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::definition::{CommandDefinition, some};
use super::problems::{Problems, child_path};
use crate::model::limits::{MAX_COMMAND_TEXT, MAX_MESSAGE_COMMANDS, MAX_SLASH_COMMANDS, MAX_USER_COMMANDS};
use crate::model::{CommandOptionDefinition, CommandType, command};

/// The types of commands, and the maximum number of each in one scope.
pub(super) const MAX_COMMANDS: [(CommandType, usize, &str); 3] = [
    (CommandType::CHAT_INPUT, MAX_SLASH_COMMANDS, "slash commands"),
    (CommandType::USER, MAX_USER_COMMANDS, "user commands"),
    (CommandType::MESSAGE, MAX_MESSAGE_COMMANDS, "message commands"),
];

/// Everything that Discord would refuse about the commands of one scope: of all guilds, or of one.
///
/// ```
/// use syncord::command::{self, command, integer};
///
/// let roll = command::<()>("Roll", "").option("sides", "Faces", integer(6..=2));
/// assert_eq!(
///     command::check([roll.definition()]).to_string(),
///     "Roll: the name has the upper-case letter `R`: Discord wants `r`\n\
///      Roll: the description has 0 characters, of 1 to 100\n\
///      Roll sides: the least value, 6, is above the greatest, 2",
/// );
/// ```
pub fn check<'a>(commands: impl IntoIterator<Item = &'a CommandDefinition>) -> Problems {
    check_in_trees(commands.into_iter().map(|command| ("", command)))
}

/// The same of commands that stand in trees, whose labels their paths begin with.
pub(crate) fn check_in_trees<'a>(
    commands: impl IntoIterator<Item = (&'a str, &'a CommandDefinition)>,
) -> Problems {
    let commands: Vec<_> = commands.into_iter().collect();
    let mut problems = Problems::new();
    for (kind, most, what) in MAX_COMMANDS {
        let count = commands.iter().filter(|(_, command)| command.kind == kind).count();
        if count > most {
            problems.push("", format!("there are {count} {what}, and Discord takes {most}"));
        }
    }
    let mut names = BTreeMap::new();
    for (tree, command) in commands {
        match names.entry((command.kind, &command.name)) {
            Entry::Vacant(entry) => {
                entry.insert(tree);
            }
            Entry::Occupied(entry) => {
                let place = match *entry.get() {
                    other if other == tree => String::new(),
                    "" => ", the other in no tree".to_owned(),
                    other => format!(", the other in {other}"),
                };
                let path = child_path(tree, &command.name);
                problems.push(path, format!("there are two of {}{place}", command.title()));
            }
        }
        problems.append(one(command).within(tree));
    }
    problems
}

/// Everything that Discord would refuse about one command.
fn one(command: &CommandDefinition) -> Problems {
    let mut problems = Problems::new();
    let path = &*child_path("", &command.name);
    let mut say = |text: String| problems.push(path, text);
    names::command(command, &mut say);
    if command.kind == CommandType::CHAT_INPUT {
        names::about("description", &command.description, &mut say);
        names::localized("description", some(&command.description_localizations), names::about, &mut say);
    } else {
        if !command.description.is_empty() || !command.description_localizations.is_empty() {
            say("a menu command has no description".to_owned());
        }
        if !command.options.is_empty() {
            say("a menu command has no options".to_owned());
        }
    }
    distinct("contexts", command.contexts.as_deref(), &mut say);
    distinct("installations", command.integration_types.as_deref(), &mut say);
    problems.append(command.misplaced().clone().within(path));
    options::check(path, &command.options, options::Level::Command, command.is_group(), &mut problems);
    text_length(path, command, &mut problems);
    problems
}

/// Checks the number of characters of all texts together.
fn text_length(path: &str, command: &CommandDefinition, problems: &mut Problems) {
    let length = command::text_length(&command.name, some(&command.name_localizations))
        + command::text_length(&command.description, some(&command.description_localizations))
        + command.options.iter().map(CommandOptionDefinition::text_length).sum::<usize>();
    if length > MAX_COMMAND_TEXT {
        problems.push(
            path,
            format!(
                "its names, descriptions and values have {length} characters in all, and Discord takes {MAX_COMMAND_TEXT}"
            ),
        );
    }
}

/// A list that is given has something in it, and nothing twice.
fn distinct<T: Ord>(what: &str, list: Option<&[T]>, say: &mut impl FnMut(String)) {
    let Some(list) = list else { return };
    if list.is_empty() {
        say(format!("the list of {what} is empty"));
    }
    options::no_duplicates(what, list, say);
}
