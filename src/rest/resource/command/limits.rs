//! Discord's limits on [commands](https://docs.discord.com/developers/interactions/application-commands#application-command-object).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::error::Error;
use crate::model::command::text_length;
use crate::model::limits::{
    MAX_CHOICE_NAME, MAX_COMMAND_DESCRIPTION, MAX_COMMAND_NAME, MAX_COMMAND_OPTIONS, MAX_COMMAND_TEXT,
    MAX_FILE_TYPES, MAX_OPTION_CHOICES, MAX_OPTION_LENGTH,
};
use crate::model::{CommandChoice, CommandOptionDefinition, CommandOptionType, List, Locale};
use crate::rest::check::{at_field, chars, elements, invalid, number, option_value};

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
    options_of(None, options)
}

fn options_of(parent: Option<CommandOptionType>, options: &[CommandOptionDefinition]) -> Result<(), Error> {
    elements("", options.len(), &(0..=MAX_COMMAND_OPTIONS))?;
    let mut previous_required = true;
    for (index, option) in options.iter().enumerate() {
        let path = || format!("[{index}]");
        at_field(check_kind(parent, option.kind), path)?;
        if option.kind.is_subcommand() != options[0].kind.is_subcommand() {
            return at_field(invalid("type", "subcommands and other options cannot be mixed"), path);
        }
        if options[..index].iter().any(|other| other.name == option.name) {
            return at_field(invalid("name", format!("duplicate name {:?}", option.name)), path);
        }
        if option.required && !previous_required {
            return at_field(invalid("required", "a required option cannot follow an optional one"), path);
        }
        previous_required = option.required;
        at_field(check(option), path)?;
    }
    Ok(())
}

fn check_kind(parent: Option<CommandOptionType>, kind: CommandOptionType) -> Result<(), Error> {
    match parent {
        None => Ok(()),
        Some(CommandOptionType::SUB_COMMAND_GROUP) if kind == CommandOptionType::SUB_COMMAND => Ok(()),
        Some(CommandOptionType::SUB_COMMAND_GROUP) => invalid("type", "a group can contain only subcommands"),
        Some(CommandOptionType::SUB_COMMAND) if !kind.is_subcommand() => Ok(()),
        Some(CommandOptionType::SUB_COMMAND) => invalid("type", "a subcommand cannot contain subcommands"),
        Some(parent) => invalid("", format!("{parent:?} cannot have options")),
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
        return invalid("autocomplete", "cannot be combined with choices");
    }
    let length = |min| move |length| number(min..=MAX_OPTION_LENGTH)(&length);
    at_field(option.min_length.map_or(Ok(()), length(0)), field("min_length"))?;
    at_field(option.max_length.map_or(Ok(()), length(1)), field("max_length"))?;
    at_field(option.min_value.as_ref().map_or(Ok(()), option_value), field("min_value"))?;
    at_field(option.max_value.as_ref().map_or(Ok(()), option_value), field("max_value"))?;
    elements("file_types", option.file_types.len(), &(0..=MAX_FILE_TYPES))?;
    at_field(options_of(Some(option.kind), &option.options), field("options"))
}

fn choices(choices: &List<CommandChoice>) -> Result<(), Error> {
    elements("", choices.len(), &(0..=MAX_OPTION_CHOICES))?;
    for (index, choice) in choices.iter().enumerate() {
        let path = |field: &'static str| move || format!("[{index}].{field}");
        at_field(chars(CHOICE)(&choice.name), path("name"))?;
        let names = choice.name_localizations.as_ref();
        at_field(names.map_or(Ok(()), |names| localized(names, CHOICE)), path("name_localizations"))?;
        at_field(option_value(&choice.value), path("value"))?;
    }
    Ok(())
}

/// A text, and its translations.
type Text<'a> = (Option<&'a String>, Option<&'a Localizations>);

/// Checks the total length of all texts of a command.
pub(super) fn check_total_length(
    texts: [Text<'_>; 2],
    options: &[CommandOptionDefinition],
) -> Result<(), Error> {
    let count = texts
        .into_iter()
        .map(|(text, localizations)| text_length(text.map_or("", String::as_str), localizations))
        .chain(options.iter().map(CommandOptionDefinition::text_length))
        .sum::<usize>();
    if count > MAX_COMMAND_TEXT {
        let problem = format!(
            "at most {MAX_COMMAND_TEXT} characters of names, descriptions and values in total, and this has {count}"
        );
        return invalid("(the command)", problem);
    }
    Ok(())
}
