//! What a person does, turned into an interaction.

use std::time::Duration;

use serde_json::{Value, json};

use super::line;
use super::resolve::{Resolved, Uploads};
use super::{AUTOCOMPLETE, COMMAND, COMPONENT, Deed, MODAL_SUBMIT};
use crate::sim::world::{Event, File, World, component, shapes};

const ADMINISTRATOR: u64 = 1 << 3;

/// An interaction's id and what it caused, or why Discord would not let the person do it.
type Done = Result<(u64, Vec<Event>), String>;

impl World {
    /// Someone uses a slash command: `/name option:value`.
    pub fn use_command(
        &mut self,
        now: Duration,
        user: u64,
        channel: u64,
        written: &str,
        files: &[File],
    ) -> Done {
        let command = self.offered(user, channel, 1, line::name(written)?)?;
        let line = line::read(written, &command)?;
        let uploads = Uploads { now, user, channel, files };
        let mut resolved = Resolved::default();
        let mut options = Vec::new();
        for option in line.options {
            let name = option["name"].as_str().unwrap_or_default();
            match line.written.iter().find(|(about, _)| about["name"] == option["name"]) {
                Some((_, text)) => {
                    let value = self.option_value(option, text, &uploads, &mut resolved)?;
                    options.push(json!({"name": name, "type": option["type"], "value": value}));
                }
                None if option["required"] == true => return Err(format!("the option {name} is required")),
                None => {}
            }
        }
        options
            .sort_by_key(|option| line.written.iter().position(|(about, _)| about["name"] == option["name"]));
        let mut data = command_data(&command, &line.words, options);
        resolved.put(&mut data);
        let name = line.words.join(" ");
        Ok(self.send(now, Deed { kind: COMMAND, name, user, channel, data, on: None, before: None }))
    }

    /// Someone types a slash command whose last option suggests values.
    pub fn complete(&mut self, now: Duration, user: u64, channel: u64, written: &str) -> Done {
        let command = self.offered(user, channel, 1, line::name(written)?)?;
        let line = line::read(written, &command)?;
        let Some(((focused, _), before)) = line.written.split_last() else {
            return Err(format!("{written:?} ends in no option"));
        };
        if focused["autocomplete"] != true {
            return Err(format!("the option {} suggests nothing", focused["name"]));
        }
        let mut options = Vec::new();
        for (option, text) in &line.written {
            // What is half written is a text, whatever it shall become.
            let mut value = json!(text);
            let uploads = Uploads { now, user, channel, files: &[] };
            if before.iter().any(|(about, _)| about["name"] == option["name"]) {
                value = self.option_value(option, text, &uploads, &mut Resolved::default())?;
            }
            let mut one = json!({"name": option["name"], "type": option["type"], "value": value});
            if option["name"] == focused["name"] {
                one["focused"] = json!(true);
            }
            options.push(one);
        }
        let data = command_data(&command, &line.words, options);
        let name = line.words.join(" ");
        Ok(self.send(now, Deed { kind: AUTOCOMPLETE, name, user, channel, data, on: None, before: None }))
    }

    /// Someone uses a command on a user (type 2) or on a message (type 3).
    pub fn use_on(
        &mut self,
        now: Duration,
        user: u64,
        channel: u64,
        name: &str,
        kind: u64,
        target: u64,
    ) -> Done {
        let command = self.offered(user, channel, kind, name)?;
        let mut resolved = Resolved::default();
        if !self.resolve(target, user, &mut resolved) {
            return Err(format!("there is nothing with the id {target}"));
        }
        let mut data = command_data(&command, &[name], Vec::new());
        data["target_id"] = json!(target.to_string());
        resolved.put(&mut data);
        let deed = Deed { kind: COMMAND, name: name.into(), user, channel, data, on: None, before: None };
        Ok(self.send(now, deed))
    }

    /// Someone clicks a button.
    pub fn click(&mut self, now: Duration, user: u64, message: u64, custom_id: &str) -> Done {
        let (channel, button) = self.live_component(user, message, custom_id)?;
        if button["type"] != 2 {
            return Err(format!("{custom_id} is no button"));
        }
        let data = json!({"custom_id": custom_id, "component_type": 2, "id": button["id"]});
        Ok(self.touch(now, user, channel, message, data))
    }

    /// Someone chooses in a select. Values are those of its options, or ids.
    pub fn select(
        &mut self,
        now: Duration,
        user: u64,
        message: u64,
        custom_id: &str,
        values: &[String],
    ) -> Done {
        let (channel, select) = self.live_component(user, message, custom_id)?;
        let kind = select["type"].as_u64().unwrap_or(0);
        if !matches!(kind, 3 | 5..=8) {
            return Err(format!("{custom_id} is no select"));
        }
        let mut resolved = Resolved::default();
        self.check_values(user, &select, values, &mut resolved)?;
        let mut data =
            json!({"custom_id": custom_id, "component_type": kind, "id": select["id"], "values": values});
        resolved.put(&mut data);
        Ok(self.touch(now, user, channel, message, data))
    }

    /// Someone fills in the modal that an interaction was answered with.
    pub fn submit(&mut self, now: Duration, interaction: u64, fields: &[(String, Value)]) -> Done {
        let Some((modal, user, channel, on)) = self
            .interactions
            .get(&interaction)
            .and_then(|one| Some((one.modal.clone()?, one.user, one.channel, one.on)))
        else {
            return Err(format!("the interaction {interaction} was not answered with a modal"));
        };
        if let Some((id, _)) =
            fields.iter().find(|(id, _)| component::find(&modal["components"], id).is_none())
        {
            return Err(format!("the modal {} has no field {id}", modal["custom_id"]));
        }
        let mut resolved = Resolved::default();
        let uploads = Uploads { now, user, channel, files: &[] };
        let components = modal["components"].as_array().cloned().unwrap_or_default();
        let filled: Result<Vec<Value>, String> =
            components.iter().map(|one| self.filled(one, fields, &uploads, &mut resolved)).collect();
        let mut data = json!({"custom_id": modal["custom_id"], "components": filled?});
        resolved.put(&mut data);
        let name = modal["custom_id"].as_str().unwrap_or_default().to_owned();
        let before = Some(interaction);
        Ok(self.send(now, Deed { kind: MODAL_SUBMIT, name, user, channel, data, on, before }))
    }

    /// A component of a modal as it is submitted.
    fn filled(
        &mut self,
        component: &Value,
        fields: &[(String, Value)],
        uploads: &Uploads<'_>,
        resolved: &mut Resolved,
    ) -> Result<Value, String> {
        let mut filled = json!({"type": component["type"], "id": component["id"]});
        if let Some(rows) = component["components"].as_array() {
            let rows: Result<Vec<Value>, String> =
                rows.iter().map(|one| self.filled(one, fields, uploads, resolved)).collect();
            filled["components"] = json!(rows?);
        }
        if component["component"].is_object() {
            filled["component"] = self.filled(&component["component"], fields, uploads, resolved)?;
        }
        let Some(id) = component["custom_id"].as_str() else { return Ok(filled) };
        filled["custom_id"] = json!(id);
        let given = fields.iter().find(|(about, _)| about == id).map(|(_, value)| value.clone());
        let required = component["required"] != false;
        match component["type"].as_u64().unwrap_or(0) {
            4 => {
                let value = given.unwrap_or_else(|| json!(component["value"].as_str().unwrap_or_default()));
                let length = value.as_str().map_or(0, |text| text.chars().count()) as u64;
                let least = component["min_length"].as_u64().unwrap_or(0).max(u64::from(required));
                let fits = length <= component["max_length"].as_u64().unwrap_or(4000)
                    && (length >= least || length == 0 && !required);
                if !fits {
                    return Err(format!("the field {id} does not take {value}"));
                }
                filled["value"] = value;
            }
            21 | 23 => {
                let checked =
                    component["options"].as_array().into_iter().flatten().find(|one| one["default"] == true);
                let default = match component["type"].as_u64() {
                    Some(23) => json!(component["default"] == true),
                    _ => checked.map_or(Value::Null, |one| one["value"].clone()),
                };
                filled["value"] = given.unwrap_or(default);
            }
            kind => {
                let defaults = component["options"].as_array().into_iter().flatten();
                let defaults = defaults.filter(|one| one["default"] == true).map(|one| one["value"].clone());
                let given = given.unwrap_or_else(|| defaults.collect());
                let list = given.as_array().cloned().unwrap_or_else(|| vec![given]);
                let texts: Vec<String> =
                    list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), Into::into)).collect();
                if kind == 19 {
                    let ids: Result<Vec<String>, String> = texts
                        .iter()
                        .map(|name| Ok(self.attach(name, uploads, resolved)?.to_string()))
                        .collect();
                    filled["values"] = json!(ids?);
                } else if !texts.is_empty() || required {
                    self.check_values(uploads.user, component, &texts, resolved)?;
                    filled["values"] = json!(texts);
                } else {
                    filled["values"] = json!([]);
                }
            }
        }
        Ok(filled)
    }

    /// The command that a person is offered in a channel.
    fn offered(&self, user: u64, channel: u64, kind: u64, name: &str) -> Result<Value, String> {
        let Some(command) = self.command_in(channel, kind, name) else {
            let all = self.commands.iter().filter_map(|command| command.body["name"].as_str());
            let all = all.collect::<Vec<_>>().join(", ");
            return Err(format!("there is no command {name:?} here; registered are: {all}"));
        };
        let needed = shapes::id(&command.body["default_member_permissions"]);
        let own = self.permissions(user, Some(channel));
        let asked = self.in_guild(channel) && own & ADMINISTRATOR == 0;
        if asked && needed.is_some_and(|needed| needed == 0 || own & needed != needed) {
            return Err(format!("{} may not use {name:?}", self.users[&user].name));
        }
        if command.body["nsfw"] == true && self.channels[&channel].body["nsfw"] == false {
            return Err(format!("{name:?} is for age-restricted channels only"));
        }
        Ok(command.body.clone())
    }

    /// A component that can be used by a person, and its channel.
    fn live_component(&self, user: u64, message: u64, custom_id: &str) -> Result<(u64, Value), String> {
        let seen = self.messages.get(&message).filter(|one| one.only_for.is_none_or(|only| only == user));
        let Some(seen) = seen else {
            return Err(format!("{} sees no message {message}", self.users[&user].name));
        };
        let Some(component) = component::find(&seen.body["components"], custom_id) else {
            return Err(format!(
                "the message {message} has no component {custom_id:?}: {}",
                seen.body["components"]
            ));
        };
        if component["disabled"] == true {
            return Err(format!("{custom_id:?} is disabled"));
        }
        Ok((seen.channel, component.clone()))
    }

    fn touch(
        &mut self,
        now: Duration,
        user: u64,
        channel: u64,
        message: u64,
        data: Value,
    ) -> (u64, Vec<Event>) {
        let name = data["custom_id"].as_str().unwrap_or_default().to_owned();
        self.send(now, Deed { kind: COMPONENT, name, user, channel, data, on: Some(message), before: None })
    }

    /// Checks what was chosen, and notes what ids stand for.
    fn check_values(
        &self,
        user: u64,
        select: &Value,
        values: &[String],
        resolved: &mut Resolved,
    ) -> Result<(), String> {
        let name = &select["custom_id"];
        let groups = select["type"] == 22;
        let most = select["max_values"].as_u64().unwrap_or(if groups { 25 } else { 1 });
        let least = select["min_values"].as_u64().unwrap_or(1);
        if !(least..=most).contains(&(values.len() as u64)) {
            return Err(format!("{name} takes {least} to {most} values, not {}", values.len()));
        }
        for value in values {
            let known = match select["type"].as_u64() {
                Some(3 | 22) => {
                    select["options"].as_array().into_iter().flatten().any(|option| option["value"] == *value)
                }
                _ => value.parse().is_ok_and(|id| self.resolve(id, user, resolved)),
            };
            if !known {
                return Err(format!("{name} has no {value:?} to choose"));
            }
        }
        Ok(())
    }
}

/// The data of a command: its options stand inside its subcommands.
fn command_data(command: &Value, words: &[&str], options: Vec<Value>) -> Value {
    let mut options = options;
    let branches = &words[1.min(words.len())..];
    for (depth, word) in branches.iter().enumerate().rev() {
        let is_group = depth + 1 < branches.len();
        let mut branch = json!({"name": word, "type": if is_group { 2 } else { 1 }});
        if !options.is_empty() {
            branch["options"] = json!(options);
        }
        options = vec![branch];
    }
    let mut data = json!({"id": command["id"], "name": command["name"], "type": command["type"]});
    if let Some(guild) = command.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    if !options.is_empty() {
        data["options"] = json!(options);
    }
    data
}
