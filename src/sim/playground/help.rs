//! The lines that explain what can be typed. Pure.

use serde_json::Value;

use super::line::{ACTIONS, CANCEL};
use crate::sim::types::{command_type, option_type};

/// What the user types for an option of each type.
const OPTION_TYPES: [(u64, &str); 9] = [
    (option_type::STRING, "text"),
    (option_type::INTEGER, "whole number"),
    (option_type::BOOLEAN, "true or false"),
    (option_type::USER, "@user"),
    (option_type::CHANNEL, "#channel"),
    (option_type::ROLE, "@role"),
    (option_type::MENTIONABLE, "@user or @role"),
    (option_type::NUMBER, "number"),
    (option_type::ATTACHMENT, "path of a file"),
];

/// The commands of the bot and of the playground.
pub(super) fn help(commands: &[Value]) -> Vec<String> {
    let mut lines = bot_commands(commands);
    lines.push("In the playground:".to_owned());
    let mut rows = vec![
        ("[label]".to_owned(), "click a button or choose in a select: [Yes], [Tea, Rum], [Who?=@ann]"),
        ("text\\".to_owned(), "a backslash at the end: the message goes on in the next line"),
    ];
    for (_, word, argument, description) in ACTIONS {
        rows.push((format!(":{word} {argument}").trim_end().to_owned(), description));
    }
    rows.push((CANCEL.to_owned(), "close a modal without sending it"));
    lines.extend(aligned(&rows));
    lines
}

/// The commands of the bot, each with its options.
pub(super) fn bot_commands(commands: &[Value]) -> Vec<String> {
    if commands.is_empty() {
        return vec!["The bot has registered no commands.".to_owned()];
    }
    let mut lines = vec!["Commands of the bot:".to_owned()];
    for command in commands {
        let name = command["name"].as_str().unwrap_or_default();
        match command["type"].as_u64() {
            Some(command_type::USER) => lines.push(format!("  :menu {name} @user")),
            Some(command_type::MESSAGE) => lines.push(format!("  :menu {name}")),
            _ => add_command(&mut lines, &format!("/{name}"), command),
        }
    }
    lines
}

/// Adds a command, or each of its subcommands.
fn add_command(lines: &mut Vec<String>, path: &str, node: &Value) {
    let options: Vec<&Value> = node["options"].as_array().into_iter().flatten().collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if options.iter().any(|option| option_type::is_branch(option)) {
        for option in options {
            add_command(lines, &format!("{path} {}", text(&option["name"])), option);
        }
        return;
    }
    let mut usage = path.to_owned();
    for option in &options {
        let value = format!("{}:{}", text(&option["name"]), expected(option));
        usage += &if option["required"] == true { format!(" {value}") } else { format!(" [{value}]") };
    }
    lines.push(format!("  {usage}"));
    lines.push(format!("      {}", text(&node["description"])));
    let rows: Vec<(String, String)> =
        options.iter().map(|option| (text(&option["name"]), text(&option["description"]))).collect();
    lines.extend(aligned(&rows).into_iter().map(|row| format!("      {row}")));
}

/// What an option takes: its choices, or its type and range.
fn expected(option: &Value) -> String {
    let choices: Vec<&str> = option["choices"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|choice| choice["name"].as_str())
        .collect();
    if !choices.is_empty() {
        return choices.join("|");
    }
    let name =
        OPTION_TYPES.iter().find(|(kind, _)| option["type"] == *kind).map_or("value", |(_, name)| name);
    match (option["min_value"].as_f64(), option["max_value"].as_f64()) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{name} from {min}"),
        (None, Some(max)) => format!("{name} up to {max}"),
        (None, None) => name.to_owned(),
    }
}

/// Two columns.
fn aligned(rows: &[(String, impl AsRef<str>)]) -> Vec<String> {
    let width = rows.iter().map(|(left, _)| left.chars().count()).max().unwrap_or(0);
    rows.iter().map(|(left, right)| format!("  {left:width$}  {}", right.as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{bot_commands, help};

    #[test]
    fn commands_are_listed_with_their_options() {
        let commands = [
            json!({"type": 1, "name": "roll", "description": "Rolls dice", "options": [
                {"type": 4, "name": "sides", "description": "How many", "required": true, "min_value": 2, "max_value": 100},
                {"type": 3, "name": "mood", "description": "How", "choices": [{"name": "Calm"}, {"name": "Angry"}]},
            ]}),
            json!({"type": 1, "name": "crew", "description": "The crew", "options": [
                {"type": 1, "name": "add", "description": "Adds a sailor", "options": [{"type": 6, "name": "who", "description": "Whom"}]},
            ]}),
            json!({"type": 2, "name": "High Five"}),
            json!({"type": 3, "name": "Quote"}),
        ];
        assert_eq!(
            bot_commands(&commands),
            [
                "Commands of the bot:",
                "  /roll sides:2 to 100 [mood:Calm|Angry]",
                "      Rolls dice",
                "        sides  How many",
                "        mood   How",
                "  /crew add [who:@user]",
                "      Adds a sailor",
                "        who  Whom",
                "  :menu High Five @user",
                "  :menu Quote",
            ]
        );
        let help = help(&[]).join("\n");
        assert!(help.starts_with("The bot has registered no commands.\nIn the playground:\n"), "{help}");
        assert!(help.contains("\n  :dm ") && help.contains("\n  :cancel "), "{help}");
    }
}
