//! All that Discord would refuse, before it is asked.
//!
//! The limits are those of [application commands](https://docs.discord.com/developers/interactions/application-commands).

mod names;
mod options;
mod size;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::definition::{CommandDefinition, some};
use super::problems::{Problems, child_path};
use crate::model::CommandType;

/// How many commands of each kind there can be in one scope
/// ([registering](https://docs.discord.com/developers/interactions/application-commands#registering-a-command)).
pub(super) const MOST_COMMANDS: [(CommandType, usize, &str); 3] = [
    (CommandType::CHAT_INPUT, 100, "slash commands"),
    (CommandType::USER, 15, "user commands"),
    (CommandType::MESSAGE, 15, "message commands"),
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
    for (kind, most, what) in MOST_COMMANDS {
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
    size::check(path, command, &mut problems);
    problems
}

/// A list that is given has something in it, and nothing twice.
fn distinct<T: Ord>(what: &str, list: Option<&[T]>, say: &mut impl FnMut(String)) {
    let Some(list) = list else { return };
    if list.is_empty() {
        say(format!("the list of {what} is empty"));
    }
    options::no_duplicates(what, list, say);
}
