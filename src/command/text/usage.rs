//! How a command is written in a message, in words for users.

use crate::command::value_text;
use crate::model::{CommandOptionDefinition, CommandOptionType, OptionValue};

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
pub(crate) fn expected(option: &CommandOptionDefinition) -> String {
    if !option.choices.is_empty() {
        let names: Vec<_> = option.choices.iter().map(|choice| choice.name.as_str()).collect();
        return format!("one of {}", names.join(", "));
    }
    let noun = match option.kind {
        CommandOptionType::STRING => "a text",
        CommandOptionType::INTEGER => "an integer",
        CommandOptionType::NUMBER => "a number",
        CommandOptionType::BOOLEAN => "yes or no",
        CommandOptionType::USER => "a user (a mention, an ID or a name)",
        CommandOptionType::CHANNEL => "a channel (a mention, an ID or a name)",
        CommandOptionType::ROLE => "a role (a mention, an ID or a name)",
        CommandOptionType::MENTIONABLE => "a user or a role (a mention, an ID or a name)",
        CommandOptionType::ATTACHMENT => "an attached file",
        _ => "a value",
    };
    let limit = |limit: &Option<OptionValue>| limit.as_ref().map(value_text);
    let range = match (limit(&option.min_value), limit(&option.max_value)) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(" of at least {min}"),
        (None, Some(max)) => format!(" of at most {max}"),
        (None, None) => String::new(),
    };
    format!("{noun}{range}")
}
