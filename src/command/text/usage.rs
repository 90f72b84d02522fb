//! How a command is written in a message, in words for users.

use crate::command::value_text;
use crate::model::{CommandOptionDefinition, CommandOptionType, OptionValue};
use crate::texts::LibraryText;

/// Whether the option takes the rest of the line, if it is the last one.
pub(super) fn is_rest(option: &CommandOptionDefinition) -> bool {
    option.kind == CommandOptionType::STRING && option.choices.is_empty()
}

/// The usage of a command: `!gift <whom> [coins]`. `call` is the prefix with the path.
pub(crate) fn usage(call: &str, declared: &[CommandOptionDefinition]) -> String {
    let mut text = call.to_owned();
    for (index, option) in declared.iter().enumerate() {
        let dots = if index + 1 == declared.len() && is_rest(option) { "…" } else { "" };
        let name = &option.name;
        text += &if option.required { format!(" <{name}{dots}>") } else { format!(" [{name}{dots}]") };
    }
    text
}

/// What an option takes: `an integer from 1 to 20`.
pub(crate) fn expected(option: &CommandOptionDefinition) -> LibraryText {
    if !option.choices.is_empty() {
        let names: Vec<_> = option.choices.iter().map(|choice| choice.name.as_str()).collect();
        return LibraryText::OneOf { names: names.join(", ") };
    }
    let value = match option.kind {
        CommandOptionType::STRING if option.is_duration => LibraryText::ADuration,
        CommandOptionType::STRING => LibraryText::AText,
        CommandOptionType::INTEGER => LibraryText::AnInteger,
        CommandOptionType::NUMBER => LibraryText::ANumber,
        CommandOptionType::BOOLEAN => LibraryText::YesOrNo,
        CommandOptionType::USER => LibraryText::AUser,
        CommandOptionType::CHANNEL => LibraryText::AChannel,
        CommandOptionType::ROLE => LibraryText::ARole,
        CommandOptionType::MENTIONABLE => LibraryText::AUserOrRole,
        CommandOptionType::ATTACHMENT => LibraryText::AFile,
        _ => LibraryText::AValue,
    };
    let limit = |limit: &Option<OptionValue>| limit.as_ref().map(value_text);
    let limited =
        |limit: LibraryText| LibraryText::Limited { value: value.clone().into(), limit: limit.into() };
    match (limit(&option.min_value), limit(&option.max_value)) {
        (Some(min), Some(max)) => LibraryText::FromTo { value: value.into(), min, max },
        (Some(limit), None) => limited(LibraryText::AtLeast { limit }),
        (None, Some(limit)) => limited(LibraryText::AtMost { limit }),
        (None, None) => value,
    }
}
