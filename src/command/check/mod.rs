//! All that Discord would refuse, before it is asked.
//!
//! The limits are those of [application commands](https://docs.discord.com/developers/interactions/application-commands).

mod names;
mod options;
mod size;

use std::collections::BTreeSet;

use super::definition::{CommandDefinition, some};
use super::problems::{Problems, join};
use crate::model::CommandType;

/// How many commands of each kind there can be in one scope
/// ([registering](https://docs.discord.com/developers/interactions/application-commands#registering-a-command)).
pub(super) const MOST_COMMANDS: [(CommandType, usize, &str); 3] = [
    (CommandType::CHAT_INPUT, 100, "slash commands"),
    (CommandType::USER, 15, "user menu commands"),
    (CommandType::MESSAGE, 15, "message menu commands"),
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
    let commands: Vec<_> = commands.into_iter().collect();
    let mut problems = Problems::new();
    for (kind, most, what) in MOST_COMMANDS {
        let count = commands.iter().filter(|command| command.kind == kind).count();
        if count > most {
            problems.push("", format!("there are {count} {what}, and Discord takes {most}"));
        }
    }
    let mut names = BTreeSet::new();
    for command in commands {
        if !names.insert((command.kind, &command.name)) {
            problems.push(&command.name, format!("there are two of {}", command.title()));
        }
        problems.append(one(command));
    }
    problems
}

/// Everything that Discord would refuse about one command.
fn one(command: &CommandDefinition) -> Problems {
    let mut problems = Problems::new();
    let path = command.name.as_str();
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
    size::check(command, &mut problems);
    problems
}

/// A list that is given has something in it, and nothing twice.
fn distinct<T: Ord>(what: &str, list: Option<&[T]>, say: &mut impl FnMut(String)) {
    let Some(list) = list else { return };
    if list.is_empty() {
        say(format!("the list of {what} is empty"));
    }
    once(what, list, say);
}

/// A list has nothing twice.
fn once<T: Ord>(what: &str, list: &[T], say: &mut impl FnMut(String)) {
    if list.iter().collect::<BTreeSet<_>>().len() < list.len() {
        say(format!("the list of {what} has something twice"));
    }
}

/// A path one name longer.
fn below(path: &str, name: &str) -> String {
    join(path, if name.is_empty() { "(no name)" } else { name })
}
