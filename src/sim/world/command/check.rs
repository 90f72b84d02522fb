//! Checks commands, and completes them as Discord does.

use serde_json::{Map, Value, json};

use crate::sim::types::command_type;
use crate::sim::types::option_type::*;
use crate::sim::world::rejection::{FormErrors, Rejection};

/// Maximum number of characters of all names, descriptions and values of a command
/// ([limits](https://docs.discord.com/developers/interactions/application-commands#slash-commands)).
const MAX_CHARACTERS: usize = 8000;

const OPTION_TYPES: [u64; 11] = [
    SUB_COMMAND,
    SUB_COMMAND_GROUP,
    STRING,
    INTEGER,
    BOOLEAN,
    USER,
    CHANNEL,
    ROLE,
    MENTIONABLE,
    NUMBER,
    ATTACHMENT,
];
const COMMAND_TYPES: [u64; 4] =
    [command_type::CHAT_INPUT, command_type::USER, command_type::MESSAGE, command_type::PRIMARY_ENTRY_POINT];

/// Where commands are registered.
pub(super) struct Scope {
    pub(super) guild: Option<u64>,
    /// The integration types of the application.
    pub(super) integration_types: Value,
}

/// Checks a command and returns it as Discord stores it. `path` is the prefix of the paths of errors.
pub(super) fn command(sent: &Value, path: &str, scope: &Scope) -> Result<Value, Rejection> {
    let mut errors = FormErrors::default();
    let stored = checked(&mut errors, sent, path, scope);
    errors.finish()?;
    Ok(stored)
}

/// Checks a list of commands and returns them as Discord stores them.
pub(super) fn commands(sent: &[Value], scope: &Scope) -> Result<Vec<Value>, Rejection> {
    let mut errors = FormErrors::default();
    let mut stored: Vec<Value> = Vec::new();
    for (index, command) in sent.iter().enumerate() {
        let new = checked(&mut errors, command, &format!("{index}."), scope);
        if stored.iter().any(|other| other["name"] == new["name"] && other["type"] == new["type"]) {
            let message = "Application command names must be unique";
            errors.add(&format!("{index}.name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
        stored.push(new);
    }
    errors.finish()?;
    Ok(stored)
}

fn checked(errors: &mut FormErrors, sent: &Value, path: &str, scope: &Scope) -> Value {
    let sent = &trimmed(sent);
    let kind = sent["type"].as_u64().unwrap_or(command_type::CHAT_INPUT);
    errors.one_of(&format!("{path}type"), &json!(kind), &COMMAND_TYPES);
    check_texts(errors, sent, path, kind);
    let mut stored = Map::new();
    stored.insert("type".into(), json!(kind));
    stored.insert("name".into(), sent["name"].clone());
    stored.insert("description".into(), json!(sent["description"].as_str().unwrap_or_default()));
    for field in ["name", "description"] {
        stored.insert(format!("{field}_localizations"), localizations(sent, field));
    }
    stored.insert("default_member_permissions".into(), permissions_text(&sent["default_member_permissions"]));
    stored.insert("nsfw".into(), json!(sent["nsfw"].as_bool().unwrap_or(false)));
    if scope.guild.is_none() {
        add_global_fields(&mut stored, sent, scope);
    }
    if kind == command_type::PRIMARY_ENTRY_POINT {
        stored.insert("handler".into(), json!(sent["handler"].as_u64().unwrap_or(1)));
    }
    let options = options(errors, &sent["options"], path, 0);
    if !options.is_empty() {
        stored.insert("options".into(), json!(options));
    }
    let stored = Value::Object(stored);
    if characters(&stored) > MAX_CHARACTERS {
        let message = format!("Command exceeds maximum size ({MAX_CHARACTERS})");
        errors.add(&format!("{path}_"), "APPLICATION_COMMAND_TOO_LARGE", &message);
    }
    stored
}

/// Checks the name and the description, and that a command of the context menu has no options.
fn check_texts(errors: &mut FormErrors, sent: &Value, path: &str, kind: u64) {
    let is_slash_command = kind == command_type::CHAT_INPUT;
    let field_path = |field: &str| format!("{path}{field}");
    errors.text(&field_path("name"), &sent["name"], 1, 32);
    let name = sent["name"].as_str().unwrap_or_default();
    if is_slash_command && !name.is_empty() && !is_name(name) {
        errors.add(&field_path("name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    if is_slash_command || kind == command_type::PRIMARY_ENTRY_POINT {
        errors.text(&field_path("description"), &sent["description"], usize::from(is_slash_command), 100);
    } else if sent["description"].as_str().is_some_and(|text| !text.is_empty()) {
        let message = "Context menu commands cannot have description";
        errors.add(
            &field_path("description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
            message,
        );
    }
    if !is_slash_command && sent["options"].as_array().is_some_and(|options| !options.is_empty()) {
        errors.add(
            &field_path("options"),
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED",
            "Context menu commands cannot have options",
        );
    }
}

/// Adds the fields that only global commands have.
fn add_global_fields(stored: &mut Map<String, Value>, sent: &Value, scope: &Scope) {
    let types = &sent["integration_types"];
    let types = if types.is_array() { types } else { &scope.integration_types };
    stored.insert("integration_types".into(), types.clone());
    // Older commands have only `dm_permission`, because they were created before contexts existed.
    let is_old = sent["contexts"].is_null() && sent["dm_permission"] == false;
    let default = if is_old { Value::Null } else { json!([0, 1, 2]) };
    let contexts = if sent["contexts"].is_array() { sent["contexts"].clone() } else { default };
    let in_dms = contexts.as_array().is_some_and(|contexts| contexts.contains(&json!(1)));
    stored.insert("contexts".into(), contexts);
    stored.insert("dm_permission".into(), json!(in_dms));
}

/// Checks the options of a command (depth 0), of a group in it (1), or of a subcommand (2).
fn options(errors: &mut FormErrors, sent: &Value, path: &str, depth: u32) -> Vec<Value> {
    let path = format!("{path}options");
    let list = errors.list(&path, sent, 25);
    let mut stored: Vec<Value> = Vec::new();
    let mut after_optional = false;
    for (index, option) in list.iter().enumerate() {
        let path = format!("{path}.{index}.");
        let field = |name: &str| format!("{path}{name}");
        errors.one_of(&field("type"), &option["type"], &OPTION_TYPES);
        let kind = option["type"].as_u64().unwrap_or(0);
        let is_misplaced = kind == SUB_COMMAND_GROUP && depth > 0
            || kind == SUB_COMMAND && depth > 1
            || kind != SUB_COMMAND && depth == 1
            || is_branch(option) != is_branch(&list[0]);
        if is_misplaced {
            let message =
                "Sub-command and sub-command group option types are mutually exclusive to all other types";
            errors.add(&field("type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        errors.text(&field("name"), &option["name"], 1, 32);
        let name = option["name"].as_str().unwrap_or_default();
        if !name.is_empty() && !is_name(name) {
            errors.add(&field("name"), "STRING_TYPE_REGEX", "String value did not match validation regex.");
        }
        if stored.iter().any(|other| other["name"] == name) {
            let code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS";
            errors.add(&field("name"), code, "Option name already exists");
        }
        errors.text(&field("description"), &option["description"], 1, 100);
        let required = option["required"] == true;
        if required && after_optional && !is_branch(option) {
            let message = "Required options must be placed before non-required options";
            errors.add(&field("required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        after_optional |= !required;
        let choices = choices(errors, option, &path, kind);
        if option["autocomplete"] == true
            && (!choices.is_empty() || !matches!(kind, STRING | INTEGER | NUMBER))
        {
            let message = "Autocomplete is not supported by this option";
            errors.add(&field("autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED", message);
        }
        stored.push(self::option(errors, option, &path, kind, &choices, depth));
    }
    stored
}

/// An option as Discord stores it: without fields that have their default value.
fn option(
    errors: &mut FormErrors,
    sent: &Value,
    path: &str,
    kind: u64,
    choices: &[Value],
    depth: u32,
) -> Value {
    let mut stored = json!({"type": kind, "name": sent["name"], "description": sent["description"]});
    for field in ["name", "description"] {
        let localizations = localizations(sent, field);
        if !localizations.is_null() {
            stored[format!("{field}_localizations")] = localizations;
        }
    }
    for field in ["required", "autocomplete"] {
        if sent[field] == true {
            stored[field] = json!(true);
        }
    }
    let limits: &[&str] = match kind {
        STRING => &["min_length", "max_length"],
        INTEGER | NUMBER => &["min_value", "max_value"],
        CHANNEL => &["channel_types"],
        ATTACHMENT => &["file_types"],
        _ => &[],
    };
    for field in limits {
        if sent.get(field).is_some_and(|value| !value.is_null() && *value != json!([])) {
            stored[field] = sent[field].clone();
        }
    }
    for name in stored.get_mut("file_types").and_then(Value::as_array_mut).into_iter().flatten() {
        *name = json!(name.as_str().unwrap_or_default().to_lowercase());
    }
    if !choices.is_empty() {
        stored["choices"] = json!(choices);
    }
    if is_branch(sent) {
        let inner = options(errors, &sent["options"], path, if kind == SUB_COMMAND { 2 } else { depth + 1 });
        if kind == SUB_COMMAND_GROUP && inner.is_empty() {
            errors.required(&format!("{path}options"));
        }
        if !inner.is_empty() {
            stored["options"] = json!(inner);
        }
    }
    stored
}

fn choices(errors: &mut FormErrors, option: &Value, path: &str, kind: u64) -> Vec<Value> {
    let path = format!("{path}choices");
    let list = errors.list(&path, &option["choices"], 25);
    let mut stored: Vec<Value> = Vec::new();
    for (index, choice) in list.iter().enumerate() {
        let field = |name: &str| format!("{path}.{index}.{name}");
        errors.text(&field("name"), &choice["name"], 1, 100);
        check_choice_value(errors, &field("value"), &choice["value"], kind);
        if stored.iter().any(|other| other["name"] == choice["name"]) {
            let code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS";
            errors.add(&field("name"), code, "Option choice name already exists");
        }
        let mut new = json!({"name": choice["name"], "value": choice["value"]});
        let localizations = localizations(choice, "name");
        if !localizations.is_null() {
            new["name_localizations"] = localizations;
        }
        stored.push(new);
    }
    stored
}

/// Checks the value of a choice for an option of this type.
pub(in crate::sim::world) fn check_choice_value(
    errors: &mut FormErrors,
    path: &str,
    value: &Value,
    kind: u64,
) {
    match kind {
        STRING => errors.text(path, value, 1, 100),
        INTEGER if !value.is_i64() && !value.is_u64() => {
            errors.add(path, "NUMBER_TYPE_COERCE", &format!("Value \"{value}\" is not int."));
        }
        NUMBER if !value.is_number() => {
            errors.add(path, "NUMBER_TYPE_COERCE", &format!("Value \"{value}\" is not a number."));
        }
        INTEGER | NUMBER => {}
        _ => errors.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This option takes no choices"),
    }
}

/// Whether this is a valid name of a command or option
/// ([naming](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming)).
fn is_name(name: &str) -> bool {
    let is_valid = |char: char| {
        // Combining marks of Devanagari and Thai are not alphanumeric, but are valid.
        char.is_alphanumeric()
            || matches!(char, '-' | '_' | '\'' | '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}')
    };
    name.chars().all(is_valid) && name.to_lowercase() == name
}

/// Trims the names and descriptions of a command and everything in it, as Discord does.
fn trimmed(sent: &Value) -> Value {
    let mut sent = sent.clone();
    let Some(fields) = sent.as_object_mut() else { return sent };
    for field in ["name", "description"] {
        if let Some(Value::String(text)) = fields.get_mut(field) {
            *text = text.trim().to_owned();
        }
    }
    for list in ["options", "choices"] {
        for child in fields.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            *child = trimmed(child);
        }
    }
    sent
}

/// The localizations of a field, without those that are equal to the field
/// ([localization](https://docs.discord.com/developers/interactions/application-commands#localization)).
fn localizations(sent: &Value, field: &str) -> Value {
    let all = sent[format!("{field}_localizations")].as_object();
    let different = all.into_iter().flatten().filter(|(_, text)| **text != sent[field]);
    let different: Map<_, _> = different.map(|(locale, text)| (locale.clone(), text.clone())).collect();
    if different.is_empty() { Value::Null } else { Value::Object(different) }
}

/// Permissions can be sent as a number, and are stored as text.
fn permissions_text(value: &Value) -> Value {
    if value.is_number() { json!(value.to_string()) } else { value.clone() }
}

/// The number of characters of all names, descriptions and values. Of localized texts, the longest one counts.
fn characters(node: &Value) -> usize {
    let longest = |field: &str| {
        let localized = node[format!("{field}_localizations")].as_object();
        let localized = localized.into_iter().flatten().filter_map(|(_, text)| text.as_str());
        let texts = node[field].as_str().into_iter().chain(localized);
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let own = longest("name") + longest("description") + longest("value");
    let inner = ["options", "choices"].into_iter().flat_map(|key| node[key].as_array().into_iter().flatten());
    own + inner.map(characters).sum::<usize>()
}
