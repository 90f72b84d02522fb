//! Discord's limits on [commands](https://docs.discord.com/developers/interactions/application-commands#application-command-object).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::error::Error;
use crate::model::{CommandChoice, CommandOptionDefinition, CommandOptionType, List, Locale};
use crate::rest::check::{chars, number, within, wrong};

const NAME: RangeInclusive<usize> = 1..=32;
const DESCRIPTION: RangeInclusive<usize> = 1..=100;
const CHOICE: RangeInclusive<usize> = 1..=100;
const MAX_OPTIONS: usize = 25;
const MAX_CHOICES: usize = 25;
const MAX_FILE_TYPES: usize = 10;
const MAX_LENGTH: u32 = 6000;

/// The most characters of names, descriptions and values
/// [together](https://docs.discord.com/developers/interactions/application-commands#slash-commands).
const MAX_IN_ALL: usize = 8000;

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
    texts.iter().try_for_each(|(locale, text)| within(chars(range.clone())(text), || locale.to_string()))
}

/// Checks the options of a command.
pub(super) fn options(options: &[CommandOptionDefinition]) -> Result<(), Error> {
    options_below(None, options)
}

fn options_below(
    parent: Option<CommandOptionType>,
    options: &[CommandOptionDefinition],
) -> Result<(), Error> {
    if options.len() > MAX_OPTIONS {
        return wrong("", format!("at most {MAX_OPTIONS} elements, and this has {}", options.len()));
    }
    let mut required = true;
    for (place, option) in options.iter().enumerate() {
        let path = || format!("[{place}]");
        within(allowed_below(parent, option.kind), path)?;
        if holds_options(option.kind) != holds_options(options[0].kind) {
            return within(wrong("type", "subcommands and other options are not for the same command"), path);
        }
        if options[..place].iter().any(|other| other.name == option.name) {
            return within(wrong("name", format!("another one is called {:?} as well", option.name)), path);
        }
        if option.required && !required {
            return within(wrong("required", "stands behind one that is not"), path);
        }
        required = option.required;
        within(check(option), path)?;
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
        Some(CommandOptionType::SUB_COMMAND_GROUP) => wrong("type", "a group holds subcommands only"),
        Some(CommandOptionType::SUB_COMMAND) if !holds_options(kind) => Ok(()),
        Some(CommandOptionType::SUB_COMMAND) => wrong("type", "a subcommand holds no subcommands"),
        Some(parent) => wrong("", format!("{parent:?} holds no options")),
    }
}

fn check(option: &CommandOptionDefinition) -> Result<(), Error> {
    let field = |name: &'static str| move || name.to_owned();
    within(name(&option.name), field("name"))?;
    within(option.name_localizations.as_ref().map_or(Ok(()), names), field("name_localizations"))?;
    within(description(&option.description), field("description"))?;
    let texts = option.description_localizations.as_ref();
    within(texts.map_or(Ok(()), descriptions), field("description_localizations"))?;
    within(choices(&option.choices), field("choices"))?;
    if option.autocomplete && !option.choices.is_empty() {
        return wrong("autocomplete", "is not for options with choices");
    }
    let length = |least| move |length| number(least..=MAX_LENGTH)(&length);
    within(option.min_length.map_or(Ok(()), length(0)), field("min_length"))?;
    within(option.max_length.map_or(Ok(()), length(1)), field("max_length"))?;
    if option.file_types.len() > MAX_FILE_TYPES {
        let count = option.file_types.len();
        return wrong("file_types", format!("at most {MAX_FILE_TYPES} elements, and this has {count}"));
    }
    within(options_below(Some(option.kind), &option.options), field("options"))
}

fn choices(choices: &List<CommandChoice>) -> Result<(), Error> {
    if choices.len() > MAX_CHOICES {
        return wrong("", format!("at most {MAX_CHOICES} elements, and this has {}", choices.len()));
    }
    for (place, choice) in choices.iter().enumerate() {
        let path = |field: &'static str| move || format!("[{place}].{field}");
        within(chars(CHOICE)(&choice.name), path("name"))?;
        let names = choice.name_localizations.as_ref();
        within(names.map_or(Ok(()), |names| localized(names, CHOICE)), path("name_localizations"))?;
        within(choice.value.as_str().map_or(Ok(()), chars(0..=100)), path("value"))?;
    }
    Ok(())
}

/// A text, and the same in other languages.
type Text<'a> = (Option<&'a String>, Option<&'a Localizations>);

/// Checks how long all texts of a command are together.
pub(super) fn in_all(texts: [Text<'_>; 2], options: &[CommandOptionDefinition]) -> Result<(), Error> {
    let count = texts.into_iter().map(longest).sum::<usize>() + options.iter().map(length).sum::<usize>();
    if count > MAX_IN_ALL {
        let problem = format!(
            "at most {MAX_IN_ALL} characters of names, descriptions and values in all, and this has {count}"
        );
        return wrong("(the command)", problem);
    }
    Ok(())
}

fn length(option: &CommandOptionDefinition) -> usize {
    let choices = option.choices.iter().map(|choice| {
        let value = choice.value.as_str().map_or(0, |text| text.chars().count());
        value + longest((Some(&choice.name), choice.name_localizations.as_ref()))
    });
    longest((Some(&option.name), option.name_localizations.as_ref()))
        + longest((Some(&option.description), option.description_localizations.as_ref()))
        + choices.sum::<usize>()
        + option.options.iter().map(length).sum::<usize>()
}

/// Of a text in several languages, only the longest counts.
fn longest((text, localizations): Text<'_>) -> usize {
    let others = localizations.into_iter().flat_map(BTreeMap::values);
    text.into_iter().chain(others).map(|text| text.chars().count()).max().unwrap_or(0)
}
