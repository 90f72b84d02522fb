//! Turns the actions of users into interactions.

use std::time::Duration;

use serde_json::{Value, json};

use super::command_line;
use super::dispatch::NewInteraction;
use super::localized::shown_name;
use super::resolved::{Input, Resolved, Resolver};
use crate::id::{ChannelId, InteractionId, MessageId, UserId};
use crate::sim::types::component_type::*;
use crate::sim::types::interaction_type::{
    APPLICATION_COMMAND, AUTOCOMPLETE, MESSAGE_COMPONENT, MODAL_SUBMIT,
};
use crate::sim::types::{command_type, option_type};
use crate::sim::world::access::{ADMINISTRATOR, USE_APPLICATION_COMMANDS};
use crate::sim::world::component;
use crate::sim::world::objects;
use crate::sim::world::world::Message;
use crate::sim::world::{Event, File, World};

/// The ID of an interaction and the events that it causes, or why Discord's own client would not allow it.
type ActionResult = Result<(InteractionId, Vec<Event>), String>;

impl World {
    /// A user uses a slash command: `/name option:value`.
    pub fn use_command(
        &mut self,
        now: Duration,
        user: UserId,
        channel: ChannelId,
        line: &str,
        files: &[File],
    ) -> ActionResult {
        let (user, channel, locale) = (user.get(), channel.get(), self.locale_of(user.get()));
        let (application, command) =
            self.usable_command(now, user, channel, command_type::CHAT_INPUT, command_line::name(line)?)?;
        let line = command_line::parse(line, &command, &locale)?;
        let input = Input { now, application, user, channel, files };
        let mut resolved = Resolved::default();
        let mut options = Vec::new();
        for option in line.options {
            let name = option["name"].as_str().unwrap_or_default();
            match line.given.iter().find(|(given, _)| given["name"] == option["name"]) {
                Some((_, text)) => {
                    let value = self.option_value(option, text, &input, &mut resolved)?;
                    options.push(json!({"name": name, "type": option["type"], "value": value}));
                }
                None if option["required"] == true => return Err(format!("the option {name} is required")),
                None => {}
            }
        }
        options
            .sort_by_key(|option| line.given.iter().position(|(given, _)| given["name"] == option["name"]));
        let mut data = command_data(&command, &line.path, options);
        resolved.add_to(&mut data);
        let new =
            NewInteraction::of_command(APPLICATION_COMMAND, application, user, channel, &line.path, data);
        Ok(self.send(now, new))
    }

    /// The names of the files in the line of a slash command.
    ///
    /// # Errors
    ///
    /// Why Discord's own client would not allow the line.
    pub fn files_of_command(
        &self,
        now: Duration,
        user: UserId,
        channel: ChannelId,
        line: &str,
    ) -> Result<Vec<String>, String> {
        let locale = self.locale_of(user.get());
        let (_, command) = self.usable_command(
            now,
            user.get(),
            channel.get(),
            command_type::CHAT_INPUT,
            command_line::name(line)?,
        )?;
        let line = command_line::parse(line, &command, &locale)?;
        let files = line.given.iter().filter(|(option, _)| option["type"] == option_type::ATTACHMENT);
        Ok(files.map(|(_, name)| (*name).to_owned()).collect())
    }

    /// A user types a slash command whose last option has autocomplete.
    pub fn autocomplete(
        &mut self,
        now: Duration,
        user: UserId,
        channel: ChannelId,
        line: &str,
    ) -> ActionResult {
        let (user, channel, locale) = (user.get(), channel.get(), self.locale_of(user.get()));
        let (application, command) =
            self.usable_command(now, user, channel, command_type::CHAT_INPUT, command_line::name(line)?)?;
        let parsed = command_line::parse(line, &command, &locale)?;
        let Some(((focused, focused_text), before)) = parsed.given.split_last() else {
            return Err(format!("{line:?} does not end with an option"));
        };
        if focused["autocomplete"] != true {
            return Err(format!("the option {} has no autocomplete", focused["name"]));
        }
        let input = Input { now, application, user, channel, files: &[] };
        let mut options = Vec::new();
        for (option, text) in before {
            let value = self.option_value(option, text, &input, &mut Resolved::default())?;
            options.push(json!({"name": option["name"], "type": option["type"], "value": value}));
        }
        // The value is incomplete, so it is sent as text, whatever the type of the option is.
        options.push(
            json!({"name": focused["name"], "type": focused["type"], "value": focused_text, "focused": true}),
        );
        let data = command_data(&command, &parsed.path, options);
        let new = NewInteraction::of_command(AUTOCOMPLETE, application, user, channel, &parsed.path, data);
        Ok(self.send(now, new))
    }

    /// A user uses a command of the context menu. `kind` is its type: that of user commands or of message commands.
    pub fn use_context_menu(
        &mut self,
        now: Duration,
        user: UserId,
        channel: ChannelId,
        name: &str,
        kind: u64,
        target: u64,
    ) -> ActionResult {
        let (user, channel) = (user.get(), channel.get());
        let (application, command) = self.usable_command(now, user, channel, kind, name)?;
        let name = command["name"].as_str().unwrap_or_default();
        let mut resolved = Resolved::default();
        let place = Resolver { application, user, guild: self.guild_of(channel) };
        if !self.resolve(target, &place, &mut resolved) {
            return Err(format!("there is no user or message with the ID {target}"));
        }
        let mut data = command_data(&command, &[name], Vec::new());
        data["target_id"] = json!(target.to_string());
        resolved.add_to(&mut data);
        let new = NewInteraction::of_command(APPLICATION_COMMAND, application, user, channel, &[name], data);
        Ok(self.send(now, new))
    }

    /// A user clicks a button.
    pub fn click(
        &mut self,
        now: Duration,
        user: UserId,
        message: MessageId,
        custom_id: &str,
    ) -> ActionResult {
        let (user, message) = (user.get(), message.get());
        let (channel, button) = self.usable_component(user, message, custom_id)?;
        if button["type"] != BUTTON {
            return Err(format!("{custom_id} is not a button"));
        }
        let data = json!({"custom_id": custom_id, "component_type": BUTTON, "id": button["id"]});
        Ok(self.send_component(now, user, channel, message, data))
    }

    /// A user chooses in a select. The values are those of its options, or IDs.
    pub fn select(
        &mut self,
        now: Duration,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        values: &[String],
    ) -> ActionResult {
        let (user, message) = (user.get(), message.get());
        let (channel, select) = self.usable_component(user, message, custom_id)?;
        let kind = select["type"].as_u64().unwrap_or(0);
        if !SELECTS.contains(&kind) {
            return Err(format!("{custom_id} is not a select"));
        }
        let mut resolved = Resolved::default();
        let application = self.application_of(message);
        let place = Resolver { application, user, guild: self.guild_of(channel) };
        self.check_values(&place, &select, values, &mut resolved)?;
        let mut data =
            json!({"custom_id": custom_id, "component_type": kind, "id": select["id"], "values": values});
        resolved.add_to(&mut data);
        Ok(self.send_component(now, user, channel, message, data))
    }

    /// A user submits the modal that the bot responded to an interaction with.
    pub fn submit(
        &mut self,
        now: Duration,
        interaction: InteractionId,
        fields: &[(String, Value)],
        files: &[File],
    ) -> ActionResult {
        let Some((modal, application, user, channel, message)) = self
            .interactions
            .get(&interaction.get())
            .and_then(|one| Some((one.modal.clone()?, one.application, one.user, one.channel, one.message)))
        else {
            return Err(format!("the response to the interaction {interaction} is not a modal"));
        };
        if let Some((id, _)) =
            fields.iter().find(|(id, _)| component::find(&modal["components"], id).is_none())
        {
            return Err(format!("the modal {} has no field {id}", modal["custom_id"]));
        }
        let mut resolved = Resolved::default();
        let input = Input { now, application, user, channel, files };
        let components = modal["components"].as_array().cloned().unwrap_or_default();
        let submitted: Result<Vec<Value>, String> = components
            .iter()
            .map(|component| self.submitted(component, fields, &input, &mut resolved))
            .collect();
        let mut data = json!({"custom_id": modal["custom_id"], "components": submitted?});
        resolved.add_to(&mut data);
        let name = modal["custom_id"].as_str().unwrap_or_default().to_owned();
        let triggered_by = Some(interaction.get());
        Ok(self.send(
            now,
            NewInteraction {
                application,
                kind: MODAL_SUBMIT,
                name,
                user,
                channel,
                data,
                message,
                triggered_by,
            },
        ))
    }

    /// A component of a modal as it is submitted.
    fn submitted(
        &mut self,
        component: &Value,
        fields: &[(String, Value)],
        input: &Input<'_>,
        resolved: &mut Resolved,
    ) -> Result<Value, String> {
        let mut submitted = json!({"type": component["type"], "id": component["id"]});
        if let Some(children) = component["components"].as_array() {
            let children: Result<Vec<Value>, String> =
                children.iter().map(|child| self.submitted(child, fields, input, resolved)).collect();
            submitted["components"] = json!(children?);
        }
        if component["component"].is_object() {
            submitted["component"] = self.submitted(&component["component"], fields, input, resolved)?;
        }
        let Some(id) = component["custom_id"].as_str() else { return Ok(submitted) };
        submitted["custom_id"] = json!(id);
        let given = fields.iter().find(|(field, _)| field == id).map(|(_, value)| value.clone());
        match component["type"].as_u64().unwrap_or(0) {
            TEXT_INPUT => submitted["value"] = text_value(component, id, given)?,
            RADIO_GROUP | CHECKBOX => submitted["value"] = given.unwrap_or_else(|| default_value(component)),
            kind => {
                let texts = list_values(component, given);
                submitted["values"] = if kind == FILE_UPLOAD {
                    let ids: Result<Vec<String>, String> = texts
                        .iter()
                        .map(|name| Ok(self.attach(name, input, resolved)?.to_string()))
                        .collect();
                    json!(ids?)
                } else {
                    if !texts.is_empty() || is_required(component) {
                        self.check_values(&self.resolver(input), component, &texts, resolved)?;
                    }
                    json!(texts)
                };
            }
        }
        Ok(submitted)
    }

    /// The command of this type and name, if a user may use it in a channel, and its application.
    fn usable_command(
        &self,
        now: Duration,
        user: u64,
        channel: u64,
        kind: u64,
        name: &str,
    ) -> Result<(u64, Value), String> {
        let Some(command) = self.command_in(user, channel, kind, name) else {
            let of_kind = self.commands.iter().filter(|command| command.body["type"] == kind);
            let locale = self.locale_of(user);
            let names: Vec<&str> = of_kind.map(|command| shown_name(&command.body, &locale)).collect();
            let known = match names[..] {
                [] => "the bot has registered none".to_owned(),
                _ => format!("registered are: {}", names.join(", ")),
            };
            let kind = match kind {
                command_type::USER => "user command",
                command_type::MESSAGE => "message command",
                _ => "command",
            };
            return Err(format!("there is no {kind} {name:?} here; {known}"));
        };
        let required = objects::id(&command.body["default_member_permissions"]);
        let own = self.permissions_at(now, channel, user);
        self.check_sees(user, channel)?;
        if self.is_in_guild(channel) && own & USE_APPLICATION_COMMANDS == 0 {
            return Err(format!("{} may not use commands here", self.users[&user].name));
        }
        let needs_permissions = self.is_in_guild(channel) && own & ADMINISTRATOR == 0;
        // Zero means that only administrators may use the command.
        if needs_permissions && required.is_some_and(|required| required == 0 || own & required != required) {
            return Err(format!("{} may not use {name:?}", self.users[&user].name));
        }
        if command.body["nsfw"] == true && self.channels[&channel].body["nsfw"] == false {
            return Err(format!("{name:?} is only for age-restricted channels"));
        }
        Ok((command.application, command.body.clone()))
    }

    /// A component that a user can use, and its channel.
    fn usable_component(&self, user: u64, message: u64, custom_id: &str) -> Result<(u64, Value), String> {
        let is_visible = |message: &&Message| message.ephemeral_for.is_none_or(|only| only == user);
        let Some(found) = self.messages.get(&message).filter(is_visible) else {
            return Err(format!("{} sees no message {message}", self.users[&user].name));
        };
        self.check_sees(user, found.channel)?;
        let Some(component) = component::find(&found.body["components"], custom_id) else {
            return Err(format!(
                "the message {message} has no component {custom_id:?}: {}",
                found.body["components"]
            ));
        };
        if component["disabled"] == true {
            return Err(format!("{custom_id:?} is disabled"));
        }
        Ok((found.channel, component.clone()))
    }

    /// Checks that a user sees a channel.
    pub(in crate::sim::world) fn check_sees(&self, user: u64, channel: u64) -> Result<(), String> {
        if self.can_view(channel, user) {
            return Ok(());
        }
        Err(format!("{} does not see this channel", self.users[&user].name))
    }

    fn send_component(
        &mut self,
        now: Duration,
        user: u64,
        channel: u64,
        message: u64,
        data: Value,
    ) -> (InteractionId, Vec<Event>) {
        let application = self.application_of(message);
        let name = data["custom_id"].as_str().unwrap_or_default().to_owned();
        let message = Some(message);
        self.send(
            now,
            NewInteraction {
                application,
                kind: MESSAGE_COMPONENT,
                name,
                user,
                channel,
                data,
                message,
                triggered_by: None,
            },
        )
    }

    /// The application of a message: that of the bot that posted it.
    fn application_of(&self, message: u64) -> u64 {
        let Some(message) = self.messages.get(&message) else { return 0 };
        objects::id(&message.body["application_id"]).unwrap_or(message.author)
    }

    /// Whether a select for users, roles, mentionables or channels offers this object.
    fn is_choice(&self, id: u64, select: &Value, place: &Resolver) -> bool {
        let is_user = self.users.contains_key(&id);
        let is_role = place.guild.is_some_and(|guild| self.item(guild, "roles", id).is_some());
        match select["type"].as_u64() {
            Some(USER_SELECT) => is_user,
            Some(ROLE_SELECT) => is_role,
            Some(MENTIONABLE_SELECT) => is_user || is_role,
            Some(CHANNEL_SELECT) => self.channels.get(&id).is_some_and(|channel| {
                let types = select["channel_types"].as_array();
                types.is_none_or(|types| types.is_empty() || types.contains(&channel.body["type"]))
            }),
            _ => false,
        }
    }

    /// Checks the chosen values, and resolves the ones that are IDs.
    fn check_values(
        &self,
        place: &Resolver,
        select: &Value,
        values: &[String],
        resolved: &mut Resolved,
    ) -> Result<(), String> {
        let name = &select["custom_id"];
        let default_max = if select["type"] == CHECKBOX_GROUP { 25 } else { 1 };
        let max = select["max_values"].as_u64().unwrap_or(default_max);
        let min = select["min_values"].as_u64().unwrap_or(1);
        if !(min..=max).contains(&(values.len() as u64)) {
            return Err(format!("{name} takes {min} to {max} values, not {}", values.len()));
        }
        for value in values {
            let exists = match select["type"].as_u64() {
                Some(STRING_SELECT | CHECKBOX_GROUP) => {
                    select["options"].as_array().into_iter().flatten().any(|option| option["value"] == *value)
                }
                _ => value
                    .parse()
                    .is_ok_and(|id| self.is_choice(id, select, place) && self.resolve(id, place, resolved)),
            };
            if !exists {
                return Err(format!("{name} has no value {value:?}"));
            }
        }
        Ok(())
    }
}

fn is_required(component: &Value) -> bool {
    component["required"] != false
}

/// The value of a text input.
fn text_value(component: &Value, id: &str, given: Option<Value>) -> Result<Value, String> {
    let value = given.unwrap_or_else(|| json!(component["value"].as_str().unwrap_or_default()));
    let length = value.as_str().map_or(0, |text| text.chars().count()) as u64;
    let required = is_required(component);
    let min = component["min_length"].as_u64().unwrap_or(0).max(u64::from(required));
    let max = component["max_length"].as_u64().unwrap_or(4000);
    let is_valid = length <= max && (length >= min || length == 0 && !required);
    if is_valid { Ok(value) } else { Err(format!("the field {id} does not accept {value}")) }
}

/// The initial value of a radio group or a checkbox.
fn default_value(component: &Value) -> Value {
    if component["type"] == CHECKBOX {
        return json!(component["default"] == true);
    }
    let mut options = component["options"].as_array().into_iter().flatten();
    options.find(|option| option["default"] == true).map_or(Value::Null, |option| option["value"].clone())
}

/// The values of a component that has several.
fn list_values(component: &Value, given: Option<Value>) -> Vec<String> {
    let options = component["options"].as_array().into_iter().flatten();
    let defaults = options.filter(|option| option["default"] == true).map(|option| option["value"].clone());
    let given = given.unwrap_or_else(|| defaults.collect());
    let list = given.as_array().cloned().unwrap_or_else(|| vec![given]);
    list.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), Into::into)).collect()
}

/// The data of a command. The options are inside the subcommand, if there is one.
fn command_data(command: &Value, path: &[&str], options: Vec<Value>) -> Value {
    let mut options = options;
    let subcommands = &path[1.min(path.len())..];
    for (depth, name) in subcommands.iter().enumerate().rev() {
        let is_group = depth + 1 < subcommands.len();
        let kind = if is_group { option_type::SUB_COMMAND_GROUP } else { option_type::SUB_COMMAND };
        let mut subcommand = json!({"name": name, "type": kind});
        if !options.is_empty() {
            subcommand["options"] = json!(options);
        }
        options = vec![subcommand];
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
