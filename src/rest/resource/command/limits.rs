//! Discord's limits on [commands](https://docs.discord.com/developers/interactions/application-commands#application-command-object).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::error::Error;
use crate::model::command::text_length;
use crate::model::limits::{
    MAX_CHOICE_NAME, MAX_CHOICE_VALUE, MAX_COMMAND_DESCRIPTION, MAX_COMMAND_NAME, MAX_COMMAND_OPTIONS,
    MAX_COMMAND_TEXT, MAX_FILE_TYPES, MAX_OPTION_CHOICES, MAX_OPTION_LENGTH,
};
use crate::model::{CommandChoice, CommandOptionDefinition, CommandOptionType, List, Locale};
use crate::rest::check::{at_field, chars, elements, invalid, number};

const NAME: RangeInclusive<usize> = 1..=MAX_COMMAND_NAME;
const DESCRIPTION: RangeInclusive<usize> = 1..=MAX_COMMAND_DESCRIPTION;
const CHOICE: RangeInclusive<usize> = 1..=MAX_CHOICE_NAME;

type Localizations = BTreeMap<Locale, String>;

pub(super) fn name(text: &(impl AsRef<str> + ?Sized)) -> Result<(), Error> {
    chars(NAME)(text)
}

pub(super) fn names(texts: &Localizations) -> Result<(), Error> {
    localized(texts, NAME)
}

pub(super) fn description(text: &(impl AsRef<str> + ?Sized)) -> Result<(), Error> {
    chars(DESCRIPTION)(text)
}

pub(super) fn descriptions(texts: &Localizations) -> Result<(), Error> {
    localized(texts, DESCRIPTION)
}

fn localized(texts: &Localizations, range: RangeInclusive<usize>) -> Result<(), Error> {
    texts.iter().try_for_each(|(locale, text)| at_field(chars(range.clone())(text), || locale.to_string()))
}

/// Checks the options of a command.
pub(super) fn options(options: &[CommandOptionDefinition]) -> Result<(), Error> {
    options_below(None, options)
}

fn options_below(
    parent: Option<CommandOptionType>,
    options: &[CommandOptionDefinition],
) -> Result<(), Error> {
    elements("", options.len(), &(0..=MAX_COMMAND_OPTIONS))?;
    let mut required = true;
    for (place, option) in options.iter().enumerate() {
        let path = || format!("[{place}]");
        at_field(allowed_below(parent, option.kind), path)?;
        if holds_options(option.kind) != holds_options(options[0].kind) {
            return at_field(
                invalid("type", "subcommands and other options are not for the same command"),
                path,
            );
        }
        if options[..place].iter().any(|other| other.name == option.name) {
            return at_field(
                invalid("name", format!("another one is called {:?} as well", option.name)),
                path,
            );
        }
        if option.required && !required {
            return at_field(invalid("required", "stands behind one that is not"), path);
        }
        required = option.required;
        at_field(check(option), path)?;
    }
    Ok(())
}

fn holds_options(kind: CommandOptionType) -> bool {
    [CommandOptionType::SUB_COMMAND, CommandOptionType::SUB_COMMAND_GROUP].contains(&kind)
}

fn allowed_below(parent: Option<CommandOptionType>, kind: CommandOptionType) -> Result<(), Error> {
    match parent {
        None => Ok(()),
        Some(CommandOptionType::SUB_COMMAND_GROUP) if kind == CommandOptionType::SUB_COMMAND => Ok(()),
        Some(CommandOptionType::SUB_COMMAND_GROUP) => invalid("type", "a group holds subcommands only"),
        Some(CommandOptionType::SUB_COMMAND) if !holds_options(kind) => Ok(()),
        Some(CommandOptionType::SUB_COMMAND) => invalid("type", "a subcommand holds no subcommands"),
        Some(parent) => invalid("", format!("{parent:?} holds no options")),
    }
}

fn check(option: &CommandOptionDefinition) -> Result<(), Error> {
    let field = |name: &'static str| move || name.to_owned();
    at_field(name(&option.name), field("name"))?;
    at_field(option.name_localizations.as_ref().map_or(Ok(()), names), field("name_localizations"))?;
    at_field(description(&option.description), field("description"))?;
    let texts = option.description_localizations.as_ref();
    at_field(texts.map_or(Ok(()), descriptions), field("description_localizations"))?;
    at_field(choices(&option.choices), field("choices"))?;
    if option.autocomplete && !option.choices.is_empty() {
        return invalid("autocomplete", "is not for options with choices");
    }
    let length = |least| move |length| number(least..=MAX_OPTION_LENGTH)(&length);
    at_field(option.min_length.map_or(Ok(()), length(0)), field("min_length"))?;
    at_field(option.max_length.map_or(Ok(()), length(1)), field("max_length"))?;
    elements("file_types", option.file_types.len(), &(0..=MAX_FILE_TYPES))?;
    at_field(options_below(Some(option.kind), &option.options), field("options"))
}

fn choices(choices: &List<CommandChoice>) -> Result<(), Error> {
    elements("", choices.len(), &(0..=MAX_OPTION_CHOICES))?;
    for (place, choice) in choices.iter().enumerate() {
        let path = |field: &'static str| move || format!("[{place}].{field}");
        at_field(chars(CHOICE)(&choice.name), path("name"))?;
        let names = choice.name_localizations.as_ref();
        at_field(names.map_or(Ok(()), |names| localized(names, CHOICE)), path("name_localizations"))?;
        at_field(choice.value.as_str().map_or(Ok(()), chars(0..=MAX_CHOICE_VALUE)), path("value"))?;
    }
    Ok(())
}

/// A text, and the same in other languages.
type Text<'a> = (Option<&'a String>, Option<&'a Localizations>);

/// Checks how long all texts of a command are together.
pub(super) fn in_all(texts: [Text<'_>; 2], options: &[CommandOptionDefinition]) -> Result<(), Error> {
    let count = texts
        .into_iter()
        .map(|(text, localizations)| text_length(text.map_or("", String::as_str), localizations))
        .chain(options.iter().map(CommandOptionDefinition::text_length))
        .sum::<usize>();
    if count > MAX_COMMAND_TEXT {
        let problem = format!(
            "at most {MAX_COMMAND_TEXT} characters of names, descriptions and values in all, and this has {count}"
        );
        return invalid("(the command)", problem);
    }
    Ok(())
}
