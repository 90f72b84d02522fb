//! What Discord takes as a command, and how it writes it down.

use serde_json::{Map, Value, json};

use crate::sim::world::form::{Form, Rejection};

/// How many characters all names, descriptions and values of a command may have
/// ([limits](https://docs.discord.com/developers/interactions/application-commands#slash-commands)).
const MAX_CHARACTERS: usize = 8000;

const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;
const OPTION_TYPES: [u64; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// Where a command is to be.
pub(super) struct Place {
    pub(super) guild: Option<u64>,
    /// For whom the application can be installed.
    pub(super) installs: Value,
}

/// A command as it is kept, of what was sent. `path` stands before each error's.
pub(super) fn command(sent: &Value, path: &str, place: &Place) -> Result<Value, Rejection> {
    let mut form = Form::default();
    let kept = checked(&mut form, sent, path, place);
    form.done()?;
    Ok(kept)
}

/// A whole list of commands.
pub(super) fn all(sent: &[Value], place: &Place) -> Result<Vec<Value>, Rejection> {
    let mut form = Form::default();
    let mut kept: Vec<Value> = Vec::new();
    for (at, command) in sent.iter().enumerate() {
        let fresh = checked(&mut form, command, &format!("{at}."), place);
        if kept.iter().any(|other| other["name"] == fresh["name"] && other["type"] == fresh["type"]) {
            let message = "Application command names must be unique";
            form.wrong(&format!("{at}.name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
        kept.push(fresh);
    }
    form.done()?;
    Ok(kept)
}

fn checked(form: &mut Form, sent: &Value, path: &str, place: &Place) -> Value {
    let sent = &trimmed(sent);
    let kind = sent["type"].as_u64().unwrap_or(1);
    form.one_of(&format!("{path}type"), &json!(kind), &[1, 2, 3, 4]);
    let slash = kind == 1;
    let at = |field: &str| format!("{path}{field}");
    form.text(&at("name"), &sent["name"], 1, 32);
    let name = sent["name"].as_str().unwrap_or_default();
    if slash && !name.is_empty() && !is_name(name) {
        form.wrong(&at("name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    if slash || kind == 4 {
        form.text(&at("description"), &sent["description"], usize::from(slash), 100);
    } else if sent["description"].as_str().is_some_and(|text| !text.is_empty()) {
        let message = "Context menu commands cannot have description";
        form.wrong(&at("description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", message);
    }
    if !slash && sent["options"].as_array().is_some_and(|options| !options.is_empty()) {
        form.wrong(
            &at("options"),
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED",
            "Context menu commands cannot have options",
        );
    }
    let mut kept = Map::new();
    kept.insert("type".into(), json!(kind));
    kept.insert("name".into(), sent["name"].clone());
    kept.insert("description".into(), json!(sent["description"].as_str().unwrap_or_default()));
    for field in ["name", "description"] {
        kept.insert(format!("{field}_localizations"), translations(sent, field));
    }
    kept.insert("default_member_permissions".into(), as_text(&sent["default_member_permissions"]));
    kept.insert("nsfw".into(), json!(sent["nsfw"].as_bool().unwrap_or(false)));
    if place.guild.is_none() {
        let types = &sent["integration_types"];
        let types = if types.is_array() { types } else { &place.installs };
        kept.insert("integration_types".into(), types.clone());
        // Those that were made before there were contexts say only this.
        let is_old = sent["contexts"].is_null() && sent["dm_permission"] == false;
        let everywhere = if is_old { Value::Null } else { json!([0, 1, 2]) };
        let contexts = if sent["contexts"].is_array() { sent["contexts"].clone() } else { everywhere };
        let in_messages = contexts.as_array().is_some_and(|contexts| contexts.contains(&json!(1)));
        kept.insert("contexts".into(), contexts);
        kept.insert("dm_permission".into(), json!(in_messages));
    }
    if kind == 4 {
        kept.insert("handler".into(), json!(sent["handler"].as_u64().unwrap_or(1)));
    }
    let options = options(form, &sent["options"], path, 0);
    if !options.is_empty() {
        kept.insert("options".into(), json!(options));
    }
    let kept = Value::Object(kept);
    if characters(&kept) > MAX_CHARACTERS {
        let message = format!("Command exceeds maximum size ({MAX_CHARACTERS})");
        form.wrong(&at("_"), "APPLICATION_COMMAND_TOO_LARGE", &message);
    }
    kept
}

/// The options of a command (depth 0), of a group or subcommand in it (1), or of a subcommand in a group (2).
fn options(form: &mut Form, sent: &Value, path: &str, depth: u32) -> Vec<Value> {
    let at = format!("{path}options");
    let list = form.list(&at, sent, 25);
    let mut kept: Vec<Value> = Vec::new();
    let is_branch = |option: &Value| matches!(option["type"].as_u64(), Some(SUB_COMMAND | SUB_COMMAND_GROUP));
    let mut optional = false;
    for (number, option) in list.iter().enumerate() {
        let path = format!("{at}.{number}.");
        let field = |name: &str| format!("{path}{name}");
        form.one_of(&field("type"), &option["type"], &OPTION_TYPES);
        let kind = option["type"].as_u64().unwrap_or(0);
        let nested_wrongly = kind == SUB_COMMAND_GROUP && depth > 0
            || kind == SUB_COMMAND && depth > 1
            || kind != SUB_COMMAND && depth == 1
            || is_branch(option) != is_branch(&list[0]);
        if nested_wrongly {
            let message =
                "Sub-command and sub-command group option types are mutually exclusive to all other types";
            form.wrong(&field("type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        form.text(&field("name"), &option["name"], 1, 32);
        let name = option["name"].as_str().unwrap_or_default();
        if !name.is_empty() && !is_name(name) {
            form.wrong(&field("name"), "STRING_TYPE_REGEX", "String value did not match validation regex.");
        }
        if kept.iter().any(|other| other["name"] == name) {
            let code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS";
            form.wrong(&field("name"), code, "Option name already exists");
        }
        form.text(&field("description"), &option["description"], 1, 100);
        let required = option["required"] == true;
        if required && optional && !is_branch(option) {
            let message = "Required options must be placed before non-required options";
            form.wrong(&field("required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional |= !required;
        let choices = choices(form, option, &path, kind);
        if option["autocomplete"] == true && (!choices.is_empty() || !matches!(kind, 3 | 4 | 10)) {
            let message = "Autocomplete is not supported by this option";
            form.wrong(&field("autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_NOT_ALLOWED", message);
        }
        kept.push(self::option(form, option, &path, kind, &choices, depth));
    }
    kept
}

/// An option as it is kept: what says nothing is left out.
fn option(form: &mut Form, sent: &Value, path: &str, kind: u64, choices: &[Value], depth: u32) -> Value {
    let mut kept = json!({"type": kind, "name": sent["name"], "description": sent["description"]});
    for field in ["name", "description"] {
        let translations = translations(sent, field);
        if !translations.is_null() {
            kept[format!("{field}_localizations")] = translations;
        }
    }
    for field in ["required", "autocomplete"] {
        if sent[field] == true {
            kept[field] = json!(true);
        }
    }
    let limits: &[&str] = match kind {
        3 => &["min_length", "max_length"],
        4 | 10 => &["min_value", "max_value"],
        7 => &["channel_types"],
        11 => &["file_types"],
        _ => &[],
    };
    for field in limits {
        if sent.get(field).is_some_and(|value| !value.is_null() && *value != json!([])) {
            kept[field] = sent[field].clone();
        }
    }
    for name in kept.get_mut("file_types").and_then(Value::as_array_mut).into_iter().flatten() {
        *name = json!(name.as_str().unwrap_or_default().to_lowercase());
    }
    if !choices.is_empty() {
        kept["choices"] = json!(choices);
    }
    if matches!(kind, SUB_COMMAND | SUB_COMMAND_GROUP) {
        let inner = options(form, &sent["options"], path, if kind == SUB_COMMAND { 2 } else { depth + 1 });
        if kind == SUB_COMMAND_GROUP && inner.is_empty() {
            form.required(&format!("{path}options"));
        }
        if !inner.is_empty() {
            kept["options"] = json!(inner);
        }
    }
    kept
}

fn choices(form: &mut Form, option: &Value, path: &str, kind: u64) -> Vec<Value> {
    let at = format!("{path}choices");
    let list = form.list(&at, &option["choices"], 25);
    let mut kept: Vec<Value> = Vec::new();
    for (number, choice) in list.iter().enumerate() {
        let field = |name: &str| format!("{at}.{number}.{name}");
        form.text(&field("name"), &choice["name"], 1, 100);
        choice_value(form, &field("value"), &choice["value"], kind);
        if kept.iter().any(|other| other["name"] == choice["name"]) {
            let code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS";
            form.wrong(&field("name"), code, "Option choice name already exists");
        }
        let mut one = json!({"name": choice["name"], "value": choice["value"]});
        let translations = translations(choice, "name");
        if !translations.is_null() {
            one["name_localizations"] = translations;
        }
        kept.push(one);
    }
    kept
}

/// Checks the value of a choice for an option of this type.
pub(in crate::sim::world) fn choice_value(form: &mut Form, path: &str, value: &Value, kind: u64) {
    match kind {
        3 => form.text(path, value, 1, 100),
        4 if !value.is_i64() && !value.is_u64() => {
            form.wrong(path, "NUMBER_TYPE_COERCE", &format!("Value \"{value}\" is not int."));
        }
        10 if !value.is_number() => {
            form.wrong(path, "NUMBER_TYPE_COERCE", &format!("Value \"{value}\" is not a number."));
        }
        4 | 10 => {}
        _ => form.wrong(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This option takes no choices"),
    }
}

/// Whether Discord takes this as the name of a command or option
/// ([naming](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming)).
fn is_name(name: &str) -> bool {
    let fits = |letter: char| {
        // Marks of Devanagari and Thai are no letters, but belong to words.
        letter.is_alphanumeric()
            || matches!(letter, '-' | '_' | '\'' | '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}')
    };
    name.chars().all(fits) && name.to_lowercase() == name
}

/// Without white space at the ends of names and descriptions, which Discord cuts off; so too in what is in it.
fn trimmed(sent: &Value) -> Value {
    let mut sent = sent.clone();
    let Some(fields) = sent.as_object_mut() else { return sent };
    for field in ["name", "description"] {
        if let Some(Value::String(text)) = fields.get_mut(field) {
            *text = text.trim().to_owned();
        }
    }
    for list in ["options", "choices"] {
        for one in fields.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            *one = trimmed(one);
        }
    }
    sent
}

/// What a text is in other languages, without what is no different from it
/// ([localization](https://docs.discord.com/developers/interactions/application-commands#localization)).
fn translations(sent: &Value, field: &str) -> Value {
    let all = sent[format!("{field}_localizations")].as_object();
    let different = all.into_iter().flatten().filter(|(_, text)| **text != sent[field]);
    let different: Map<_, _> = different.map(|(locale, text)| (locale.clone(), text.clone())).collect();
    if different.is_empty() { Value::Null } else { Value::Object(different) }
}

/// Permissions may be sent as a number, and are kept as a text.
fn as_text(value: &Value) -> Value {
    if value.is_number() { json!(value.to_string()) } else { value.clone() }
}

fn characters(node: &Value) -> usize {
    let longest = |field: &str| {
        let translated = node[format!("{field}_localizations")].as_object();
        let translated = translated.into_iter().flatten().filter_map(|(_, text)| text.as_str());
        let texts = node[field].as_str().into_iter().chain(translated);
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let own = longest("name") + longest("description") + longest("value");
    let inner = ["options", "choices"].into_iter().flat_map(|key| node[key].as_array().into_iter().flatten());
    own + inner.map(characters).sum::<usize>()
}
