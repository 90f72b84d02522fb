//! Reads the text of one option.

use crate::command::ArgumentError;
use crate::command::text::usage::expected;
use crate::id::{ChannelId, RoleId, UserId};
use crate::model::{CommandOptionDefinition, CommandOptionType, Mention, OptionValue};
use crate::texts::LibraryText;

/// What a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entity<'t> {
    User(UserId),
    Role(RoleId),
    Channel(ChannelId),
    /// The ID of something.
    Id(u64),
    Name(&'t str),
}

/// The value of an option of the basic types. `None` for the others, which have to be looked up.
pub(crate) fn scalar(
    option: &CommandOptionDefinition,
    text: &str,
) -> Result<Option<OptionValue>, ArgumentError> {
    if !option.choices.is_empty() {
        return choice(option, text).map(Some).ok_or_else(|| not_expected(option, text));
    }
    let value = match option.kind {
        CommandOptionType::STRING => Some(OptionValue::String(text.to_owned())),
        CommandOptionType::INTEGER => text.parse().ok().map(OptionValue::Integer),
        CommandOptionType::NUMBER => finite(text).map(OptionValue::Number),
        CommandOptionType::BOOLEAN => boolean(text).map(OptionValue::Boolean),
        _ => return Ok(None),
    };
    value.map(Some).ok_or_else(|| not_expected(option, text))
}

fn not_expected(option: &CommandOptionDefinition, text: &str) -> ArgumentError {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    ArgumentError::from(LibraryText::ExpectedOther { expected: expected(option).into(), given: short })
        .for_option(&option.name)
}

/// The choice with this name in any language, or with this value.
fn choice(option: &CommandOptionDefinition, text: &str) -> Option<OptionValue> {
    let typed = text.to_lowercase();
    let choice = option.choices.iter().find(|choice| {
        let others = choice.name_localizations.iter().flat_map(|names| names.values());
        others.chain([&choice.name]).any(|name| name.to_lowercase() == typed)
            || crate::command::value_text(&choice.value).to_lowercase() == typed
    });
    choice.map(|choice| choice.value.clone())
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "on" | "1" => Some(true),
        "no" | "n" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Whether a text can be the value of an option, without looking anything up.
pub(super) fn fits(option: &CommandOptionDefinition, text: &str) -> bool {
    match (scalar(option, text), entity(text)) {
        (Ok(Some(_)), _) => true,
        (Err(_), _) => false,
        (Ok(None), Entity::User(_)) => {
            matches!(option.kind, CommandOptionType::USER | CommandOptionType::MENTIONABLE)
        }
        (Ok(None), Entity::Role(_)) => {
            matches!(option.kind, CommandOptionType::ROLE | CommandOptionType::MENTIONABLE)
        }
        (Ok(None), Entity::Channel(_)) => option.kind == CommandOptionType::CHANNEL,
        (Ok(None), Entity::Id(_)) => true,
        (Ok(None), Entity::Name(_)) => is_marked(option.kind, text),
    }
}

/// Whether a name has the mark that says what it names, as in `@ann` and `#general`. Without one, it may be any text, and so may
/// marks alone: `# A heading`, `@ 5 pm`.
fn is_marked(kind: CommandOptionType, text: &str) -> bool {
    let has_mark =
        |mark| text.strip_prefix(mark).is_some_and(|name| !name.is_empty() && !name.starts_with(mark));
    match kind {
        CommandOptionType::ROLE => has_mark('@') && text != "@here",
        CommandOptionType::USER | CommandOptionType::MENTIONABLE => {
            has_mark('@') && !matches!(text, "@everyone" | "@here")
        }
        CommandOptionType::CHANNEL => has_mark('#'),
        _ => false,
    }
}

/// What a text names: a [mention](https://docs.discord.com/developers/reference#message-formatting-formats), an ID, or a
/// name with or without `@` or `#`.
pub(crate) fn entity(text: &str) -> Entity<'_> {
    let id = || text.parse::<u64>().ok().filter(|id| *id > 0 && text.len() >= MIN_ID_DIGITS);
    match text.parse() {
        Ok(Mention::User(user)) => Entity::User(user),
        Ok(Mention::Role(role)) => Entity::Role(role),
        Ok(Mention::Channel(channel)) => Entity::Channel(channel),
        _ => id().map_or_else(|| Entity::Name(text.strip_prefix(['@', '#']).unwrap_or(text)), Entity::Id),
    }
}

/// IDs of Discord have at least this many digits. A shorter number is a name.
const MIN_ID_DIGITS: usize = 15;
