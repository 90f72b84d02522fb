//! [Options](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure), subcommands and choices.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::command::kinds::{is_integer, is_number, value_text};
use crate::command::problems::{Problems, child_path};
use crate::model::limits::{
    MAX_CHOICE_VALUE, MAX_COMMAND_OPTIONS, MAX_FILE_TYPES, MAX_OPTION_CHOICES, MAX_OPTION_LENGTH,
};
use crate::model::{CommandChoice, CommandOptionDefinition, CommandOptionType, Locale, OptionValue};

/// What contains the options.
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
    let mut report = |text: String| problems.push(path, text);
    let (subcommands, others): (Vec<_>, Vec<_>) =
        options.iter().partition(|option| option.kind.is_subcommand());
    let is_group = is_group || level == Level::Group;
    if options.len() > MAX_COMMAND_OPTIONS {
        let what = if is_group { "subcommands and groups" } else { "options" };
        report(format!("there are {} {what}; the maximum is {MAX_COMMAND_OPTIONS}", options.len()));
    }
    if is_group && subcommands.is_empty() {
        report("a group needs a subcommand".to_owned());
    }
    if !others.is_empty() && (is_group || !subcommands.is_empty()) {
        report("a command with subcommands cannot have other options".to_owned());
    }
    required_first(&others, &mut report);
    unique_names(options, &mut report);
    for option in options {
        check_option(&child_path(path, &option.name), option, level, problems);
    }
}

/// Required options come first.
fn required_first(options: &[&CommandOptionDefinition], report: &mut impl FnMut(String)) {
    let mut first_optional = None;
    for option in options {
        match first_optional {
            Some(before) if option.required => {
                report(format!(
                    "`{}` is required, but comes after `{before}`, which is optional",
                    option.name
                ));
            }
            None if !option.required => first_optional = Some(&option.name),
            _ => {}
        }
    }
}

/// Names are unique, also in each language, where an option without a localized name has its plain name.
fn unique_names(options: &[CommandOptionDefinition], report: &mut impl FnMut(String)) {
    let mut names = BTreeSet::new();
    for option in options {
        if !names.insert(option.name.as_str()) {
            report(format!("the name `{}` is used twice", option.name));
        }
    }
    let mut by_locale: BTreeMap<&Locale, BTreeMap<&str, &str>> = BTreeMap::new();
    for option in options {
        for (locale, name) in option.name_localizations.iter().flatten() {
            let other = by_locale.entry(locale).or_default().insert(name, &option.name);
            let other =
                other.or_else(|| names.get(name.as_str()).copied().filter(|other| *other != option.name));
            if let Some(other) = other.filter(|other| *other != option.name) {
                report(format!("`{}` and `{other}` both have the name `{name}` in {locale}", option.name));
            }
        }
    }
}

fn check_option(path: &str, option: &CommandOptionDefinition, level: Level, problems: &mut Problems) {
    let mut report = |text: String| problems.push(path, text);
    names::slash("name", &option.name, &mut report);
    names::localized("name", option.name_localizations.as_ref(), names::slash, &mut report);
    names::description("description", &option.description, &mut report);
    names::localized(
        "description",
        option.description_localizations.as_ref(),
        names::description,
        &mut report,
    );
    supported_fields(option, &mut report);
    lengths(option, &mut report);
    range(option, &mut report);
    choices(option, &mut report);
    no_duplicates("channel_types", &option.channel_types, &mut report);
    file_types(option, &mut report);
    match (option.kind, level) {
        (CommandOptionType::SUB_COMMAND, Level::Command | Level::Group) => {
            check(path, &option.options, Level::Subcommand, false, problems);
        }
        (CommandOptionType::SUB_COMMAND_GROUP, Level::Command) => {
            check(path, &option.options, Level::Group, true, problems);
        }
        (CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP, _) => {
            report("this is nested too deeply: the levels are command, group and subcommand".to_owned());
        }
        _ => {}
    }
}

/// Each field is supported by the type of the option.
fn supported_fields(option: &CommandOptionDefinition, report: &mut impl FnMut(String)) {
    use CommandOptionType as Kind;
    const NUMBERS: &[Kind] = &[Kind::INTEGER, Kind::NUMBER];
    const SCALARS: &[Kind] = &[Kind::STRING, Kind::INTEGER, Kind::NUMBER];
    let rows: [(&str, bool, &[Kind]); 7] = [
        ("choices", !option.choices.is_empty(), SCALARS),
        ("autocomplete", option.autocomplete, SCALARS),
        ("min_value or max_value", option.min_value.is_some() || option.max_value.is_some(), NUMBERS),
        (
            "min_length or max_length",
            option.min_length.is_some() || option.max_length.is_some(),
            &[Kind::STRING],
        ),
        ("channel_types", !option.channel_types.is_empty(), &[Kind::CHANNEL]),
        ("file_types", !option.file_types.is_empty(), &[Kind::ATTACHMENT]),
        ("options", !option.options.is_empty(), &[Kind::SUB_COMMAND, Kind::SUB_COMMAND_GROUP]),
    ];
    for (field, _, _) in
        rows.into_iter().filter(|(_, is_set, kinds)| *is_set && !kinds.contains(&option.kind))
    {
        report(format!("an option of the type {:?} does not support {field}", option.kind));
    }
    if option.autocomplete && !option.choices.is_empty() {
        report("choices and autocomplete cannot be used together".to_owned());
    }
}

fn lengths(option: &CommandOptionDefinition, report: &mut impl FnMut(String)) {
    let (min, max) = (option.min_length, option.max_length);
    if let Some(min) = min.filter(|min| *min > MAX_OPTION_LENGTH) {
        report(format!("min_length is {min}; the maximum is {MAX_OPTION_LENGTH}"));
    }
    if let Some(max) = max.filter(|max| !(1..=MAX_OPTION_LENGTH).contains(max)) {
        report(format!("max_length is {max}; 1 to {MAX_OPTION_LENGTH} are allowed"));
    }
    if let (Some(min), Some(max)) = (min, max) {
        if min > max {
            report(format!("min_length, {min}, is greater than max_length, {max}"));
        }
    }
}

fn range(option: &CommandOptionDefinition, report: &mut impl FnMut(String)) {
    for (field, value) in [("min_value", &option.min_value), ("max_value", &option.max_value)] {
        if let Some(problem) = value.as_ref().and_then(|value| invalid_value(option.kind, value)) {
            report(format!("{field}: {problem}"));
        }
    }
    if let (Some(min), Some(max)) = (&option.min_value, &option.max_value) {
        if min.as_f64() > max.as_f64() {
            report(format!("min_value, {}, is greater than max_value, {}", value_text(min), value_text(max)));
        }
    }
}

/// Why an option of this type cannot have a value.
fn invalid_value(kind: CommandOptionType, value: &OptionValue) -> Option<String> {
    let is_valid = match kind {
        CommandOptionType::INTEGER => value.as_i64().is_some_and(is_integer),
        CommandOptionType::NUMBER => value.as_f64().is_some_and(is_number),
        CommandOptionType::STRING => {
            value.as_str().is_some_and(|text| (1..=MAX_CHOICE_VALUE).contains(&text.chars().count()))
        }
        _ => true,
    };
    let expected = match kind {
        CommandOptionType::INTEGER => "an integer of at most 53 bits",
        CommandOptionType::NUMBER => "a number of at most 53 bits",
        _ => "a text of 1 to 100 characters",
    };
    (!is_valid).then(|| format!("`{}` is not {expected}", value_text(value)))
}

fn choices(option: &CommandOptionDefinition, report: &mut impl FnMut(String)) {
    if option.choices.len() > MAX_OPTION_CHOICES {
        report(format!("there are {} choices; the maximum is {MAX_OPTION_CHOICES}", option.choices.len()));
    }
    let mut uses = BTreeMap::new();
    for choice in &option.choices {
        *uses.entry(&choice.name).or_insert(0) += 1;
    }
    for choice in &option.choices {
        let CommandChoice { name, name_localizations, value, .. } = choice;
        // Removed, so that a name is reported once.
        match uses.remove(name) {
            None | Some(1) => {}
            Some(2) => report(format!("the choice `{name}` is used twice")),
            Some(count) => report(format!("the choice `{name}` is used {count} times")),
        }
        let what = format!("name of the choice `{name}`");
        names::choice(&what, name, report);
        names::localized(&what, name_localizations.as_ref(), names::choice, report);
        if let Some(problem) = invalid_value(option.kind, value) {
            report(format!("the value of the choice `{name}`: {problem}"));
        }
        let below = option.min_value.as_ref().is_some_and(|min| value.as_f64() < min.as_f64());
        let above = option.max_value.as_ref().is_some_and(|max| value.as_f64() > max.as_f64());
        if below || above {
            report(format!("the value of the choice `{name}` is out of the option's range"));
        }
    }
}

fn file_types(option: &CommandOptionDefinition, report: &mut impl FnMut(String)) {
    if option.file_types.len() > MAX_FILE_TYPES {
        report(format!("there are {} file types; the maximum is {MAX_FILE_TYPES}", option.file_types.len()));
    }
    no_duplicates("file_types", &option.file_types, report);
    let known = |name: &str| {
        matches!(name, "image" | "video" | "audio")
            || name.strip_prefix('.').is_some_and(|extension| !extension.is_empty())
    };
    for name in option.file_types.iter().filter(|name| !known(name)) {
        report(format!(
            "the file type `{name}` is not `image`, `video`, `audio` or an extension such as `.pdf`"
        ));
    }
}

/// A list has no duplicates.
pub(super) fn no_duplicates<T: Ord>(field: &str, list: &[T], report: &mut impl FnMut(String)) {
    if list.iter().collect::<BTreeSet<_>>().len() < list.len() {
        report(format!("{field} has a duplicate"));
    }
}
