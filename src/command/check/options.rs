//! [Options](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure), subcommands and choices.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::command::kinds::{is_integer, is_number, value_text};
use crate::command::problems::{Problems, child_path};
use crate::model::limits::{
    MAX_CHOICE_VALUE, MAX_COMMAND_OPTIONS, MAX_FILE_TYPES, MAX_OPTION_CHOICES, MAX_OPTION_LENGTH,
};
use crate::model::{CommandChoice, CommandOptionDefinition, CommandOptionType, Locale, OptionValue};

/// What the options are in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Command,
    Group,
    Subcommand,
}

/// Checks the options of a command, a group or a subcommand.
pub(super) fn check(
    path: &str,
    options: &[CommandOptionDefinition],
    level: Level,
    is_group: bool,
    problems: &mut Problems,
) {
    let mut say = |text: String| problems.push(path, text);
    let (parts, plain): (Vec<_>, Vec<_>) = options.iter().partition(|option| is_part(option.kind));
    let is_group = is_group || level == Level::Group;
    if options.len() > MAX_COMMAND_OPTIONS {
        let what = if is_group { "subcommands and groups" } else { "options" };
        say(format!("there are {} {what}, and Discord takes {MAX_COMMAND_OPTIONS}", options.len()));
    }
    if is_group && parts.is_empty() {
        say("a group needs a command in it".to_owned());
    }
    if !plain.is_empty() && (is_group || !parts.is_empty()) {
        say("what holds subcommands takes no other options".to_owned());
    }
    in_order(&plain, &mut say);
    twice(options, &mut say);
    for option in options {
        one(&child_path(path, &option.name), option, level, problems);
    }
}

fn is_part(kind: CommandOptionType) -> bool {
    matches!(kind, CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP)
}

/// Required options come first.
fn in_order(options: &[&CommandOptionDefinition], say: &mut impl FnMut(String)) {
    let mut optional = None;
    for option in options {
        match optional {
            Some(before) if option.required => {
                say(format!(
                    "`{}`, which must be given, comes after `{before}`, which need not",
                    option.name
                ));
            }
            None if !option.required => optional = Some(&option.name),
            _ => {}
        }
    }
}

/// Names differ, and in each language from all the others' names there and from their names where there is none.
fn twice(options: &[CommandOptionDefinition], say: &mut impl FnMut(String)) {
    let mut names = BTreeSet::new();
    for option in options {
        if !names.insert(option.name.as_str()) {
            say(format!("there are two of `{}`", option.name));
        }
    }
    let mut by_locale: BTreeMap<&Locale, BTreeMap<&str, &str>> = BTreeMap::new();
    for option in options {
        for (locale, name) in option.name_localizations.iter().flatten() {
            let twin = by_locale.entry(locale).or_default().insert(name, &option.name);
            let twin =
                twin.or_else(|| names.get(name.as_str()).copied().filter(|other| *other != option.name));
            if let Some(twin) = twin.filter(|twin| *twin != option.name) {
                say(format!("`{}` and `{twin}` are both called `{name}` in {locale}", option.name));
            }
        }
    }
}

fn one(path: &str, option: &CommandOptionDefinition, level: Level, problems: &mut Problems) {
    let mut say = |text: String| problems.push(path, text);
    names::slash("name", &option.name, &mut say);
    names::localized("name", option.name_localizations.as_ref(), names::slash, &mut say);
    names::about("description", &option.description, &mut say);
    names::localized("description", option.description_localizations.as_ref(), names::about, &mut say);
    fitting(option, &mut say);
    lengths(option, &mut say);
    range(option, &mut say);
    choices(option, &mut say);
    no_duplicates("channel types", &option.channel_types, &mut say);
    file_types(option, &mut say);
    match (option.kind, level) {
        (CommandOptionType::SUB_COMMAND, Level::Command | Level::Group) => {
            check(path, &option.options, Level::Subcommand, false, problems);
        }
        (CommandOptionType::SUB_COMMAND_GROUP, Level::Command) => {
            check(path, &option.options, Level::Group, true, problems);
        }
        (CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP, _) => {
            say("this is nested too deeply: Discord knows command, group and subcommand".to_owned());
        }
        _ => {}
    }
}

/// What is said of an option goes with its kind.
fn fitting(option: &CommandOptionDefinition, say: &mut impl FnMut(String)) {
    use CommandOptionType as Kind;
    const NUMBERS: &[Kind] = &[Kind::INTEGER, Kind::NUMBER];
    const SCALARS: &[Kind] = &[Kind::STRING, Kind::INTEGER, Kind::NUMBER];
    let rows: [(&str, bool, &[Kind]); 7] = [
        ("choices", !option.choices.is_empty(), SCALARS),
        ("suggestions", option.autocomplete, SCALARS),
        ("range", option.min_value.is_some() || option.max_value.is_some(), NUMBERS),
        ("length", option.min_length.is_some() || option.max_length.is_some(), &[Kind::STRING]),
        ("channel types", !option.channel_types.is_empty(), &[Kind::CHANNEL]),
        ("file types", !option.file_types.is_empty(), &[Kind::ATTACHMENT]),
        ("parts", !option.options.is_empty(), &[Kind::SUB_COMMAND, Kind::SUB_COMMAND_GROUP]),
    ];
    for (what, _, _) in rows.into_iter().filter(|(_, is_set, kinds)| *is_set && !kinds.contains(&option.kind))
    {
        say(format!("an option of the kind {:?} takes no {what}", option.kind));
    }
    if option.autocomplete && !option.choices.is_empty() {
        say("it has both choices and suggestions, and Discord takes only one of them".to_owned());
    }
}

fn lengths(option: &CommandOptionDefinition, say: &mut impl FnMut(String)) {
    let (least, most) = (option.min_length, option.max_length);
    if let Some(least) = least.filter(|least| *least > MAX_OPTION_LENGTH) {
        say(format!("the least length, {least}, is above {MAX_OPTION_LENGTH}"));
    }
    if let Some(most) = most.filter(|most| !(1..=MAX_OPTION_LENGTH).contains(most)) {
        say(format!("the greatest length, {most}, is not from 1 to {MAX_OPTION_LENGTH}"));
    }
    if let (Some(least), Some(most)) = (least, most) {
        if least > most {
            say(format!("the least length, {least}, is above the greatest, {most}"));
        }
    }
}

fn range(option: &CommandOptionDefinition, say: &mut impl FnMut(String)) {
    for value in [&option.min_value, &option.max_value].into_iter().flatten() {
        if let Some(problem) = unfit(option.kind, value) {
            say(format!("the limit {problem}"));
        }
    }
    if let (Some(least), Some(most)) = (&option.min_value, &option.max_value) {
        if least.as_f64() > most.as_f64() {
            say(format!(
                "the least value, {}, is above the greatest, {}",
                value_text(least),
                value_text(most)
            ));
        }
    }
}

/// Why a value cannot be one of an option of this kind.
fn unfit(kind: CommandOptionType, value: &OptionValue) -> Option<String> {
    let fits = match kind {
        CommandOptionType::INTEGER => value.as_i64().is_some_and(is_integer),
        CommandOptionType::NUMBER => value.as_f64().is_some_and(is_number),
        CommandOptionType::STRING => {
            value.as_str().is_some_and(|text| (1..=MAX_CHOICE_VALUE).contains(&text.chars().count()))
        }
        _ => true,
    };
    let wanted = match kind {
        CommandOptionType::INTEGER => "a whole number of at most 53 bits",
        CommandOptionType::NUMBER => "a number of at most 53 bits",
        _ => "a text of 1 to 100 characters",
    };
    (!fits).then(|| format!("`{}` is not {wanted}", value_text(value)))
}

fn choices(option: &CommandOptionDefinition, say: &mut impl FnMut(String)) {
    if option.choices.len() > MAX_OPTION_CHOICES {
        say(format!("there are {} choices, and Discord takes {MAX_OPTION_CHOICES}", option.choices.len()));
    }
    let mut names = BTreeSet::new();
    for choice in &option.choices {
        let CommandChoice { name, name_localizations, value, .. } = choice;
        if !names.insert(name) {
            say(format!("there are two choices called `{name}`"));
        }
        let what = format!("name of the choice `{name}`");
        names::choice(&what, name, say);
        names::localized(&what, name_localizations.as_ref(), names::choice, say);
        if let Some(problem) = unfit(option.kind, value) {
            say(format!("the value of the choice `{name}`: {problem}"));
        }
        let below = option.min_value.as_ref().is_some_and(|least| value.as_f64() < least.as_f64());
        let above = option.max_value.as_ref().is_some_and(|most| value.as_f64() > most.as_f64());
        if below || above {
            say(format!("the value of the choice `{name}` is out of the option's range"));
        }
    }
}

fn file_types(option: &CommandOptionDefinition, say: &mut impl FnMut(String)) {
    if option.file_types.len() > MAX_FILE_TYPES {
        say(format!("there are {} file types, and Discord takes {MAX_FILE_TYPES}", option.file_types.len()));
    }
    no_duplicates("file types", &option.file_types, say);
    let known = |name: &str| {
        matches!(name, "image" | "video" | "audio")
            || name.strip_prefix('.').is_some_and(|ending| !ending.is_empty())
    };
    for name in option.file_types.iter().filter(|name| !known(name)) {
        say(format!("the file type `{name}` is neither `image`, `video`, `audio` nor an ending like `.pdf`"));
    }
}

/// A list has nothing twice.
pub(super) fn no_duplicates<T: Ord>(what: &str, list: &[T], say: &mut impl FnMut(String)) {
    if list.iter().collect::<BTreeSet<_>>().len() < list.len() {
        say(format!("the list of {what} has something twice"));
    }
}
