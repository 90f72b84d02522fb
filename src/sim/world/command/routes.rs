//! The routes of application commands.

use std::time::Duration;

use serde_json::{Value, json};

use super::check;
use super::command::Command;
use crate::sim::world::objects;
use crate::sim::world::rejection::{Rejection, form_error, not_found, rejection};
use crate::sim::world::{RestRequest, RestResponse, World};

/// Maximum number of commands of a type, globally or in a guild: slash, user, message and entry point commands.
const MAX_COMMANDS: [(u64, usize); 4] = [(1, 100), (2, 15), (3, 15), (4, 1)];

/// Maximum number of commands that can be created in a day, globally or in a guild.
const MAX_DAILY_CREATIONS: usize = 200;
const DAY: Duration = Duration::from_secs(86_400);

/// The fields that PATCH can change.
const EDITABLE_FIELDS: [&str; 11] = [
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "contexts",
    "integration_types",
    "nsfw",
    "handler",
];

impl World {
    /// Answers the routes below `/applications/{id}/commands` and `/applications/{id}/guilds/{id}/commands`.
    pub(in crate::sim::world) fn command_route(
        &mut self,
        request: &RestRequest,
        guild: Option<u64>,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        if guild.is_some_and(|guild| guild != self.guild) {
            return Err(rejection(403, 50001, "Missing Access"));
        }
        match (request.method.as_str(), rest) {
            ("GET", []) => {
                let of_scope = self.commands.iter().filter(|command| command.guild == guild);
                let localized = request.flag("with_localizations");
                Ok(RestResponse::ok(of_scope.map(|command| list_entry(&command.body, localized)).collect()))
            }
            ("POST", []) => self.create_command(request, guild),
            ("PUT", []) => self.overwrite_commands(request, guild),
            ("GET", ["permissions"]) if guild.is_some() => Ok(RestResponse::ok(json!([]))),
            (method, [id, rest @ ..]) => {
                let id = id.parse().unwrap_or(0);
                let index = self.commands.iter().position(|c| c.id == id && c.guild == guild);
                let index = index.ok_or_else(|| rejection(404, 10063, "Unknown application command"))?;
                match (method, rest) {
                    ("GET", []) => Ok(RestResponse::ok(self.commands[index].body.clone())),
                    ("PATCH", []) => self.edit_command(request, index),
                    ("DELETE", []) => {
                        self.commands.remove(index);
                        Ok(RestResponse::no_content(Vec::new()))
                    }
                    ("GET", ["permissions"]) if guild.is_some() => {
                        Err(rejection(404, 10066, "Unknown application command permissions"))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    fn command_scope(&self, guild: Option<u64>) -> check::Scope {
        let application = self.application_body();
        let types = application["integration_types_config"].as_object().into_iter().flatten();
        let types: Vec<u64> = types.filter_map(|(kind, _)| kind.parse().ok()).collect();
        let integration_types = if types.is_empty() { json!([0]) } else { json!(types) };
        check::Scope { guild, integration_types }
    }

    fn create_command(
        &mut self,
        request: &RestRequest,
        guild: Option<u64>,
    ) -> Result<RestResponse, Rejection> {
        let new = check::command(&request.body, "", &self.command_scope(guild))?;
        match self.position_of_command(guild, &new) {
            Some(index) => {
                self.replace_command(request.now, index, new);
                Ok(RestResponse::ok(self.commands[index].body.clone()))
            }
            None => {
                let of_scope = self.commands.iter().filter(|command| command.guild == guild);
                check_number(of_scope.map(|command| &command.body).chain([&new]))?;
                self.count_creations(request.now, guild, 1)?;
                let body = self.insert_command(request.now, guild, new);
                Ok(RestResponse::new(201, body, Vec::new()))
            }
        }
    }

    fn overwrite_commands(
        &mut self,
        request: &RestRequest,
        guild: Option<u64>,
    ) -> Result<RestResponse, Rejection> {
        let Some(list) = request.body.as_array() else {
            return Err(form_error("_", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
        };
        let new = check::commands(list, &self.command_scope(guild))?;
        check_number(new.iter())?;
        let is_entry_point = |body: &Value| body["type"] == 4;
        let mut existing = self.commands.iter().filter(|command| command.guild == guild);
        if existing.any(|command| is_entry_point(&command.body)) && !new.iter().any(is_entry_point) {
            // Discord does not document this error.
            let message = "You cannot remove this app's Entry Point command in a bulk update operation. \
                           Please include the Entry Point command in your update request or delete it separately.";
            return Err(rejection(400, 50240, message));
        }
        let created = new.iter().filter(|new| self.position_of_command(guild, new).is_none()).count();
        self.count_creations(request.now, guild, created)?;
        self.commands.retain(|command| {
            command.guild != guild || new.iter().any(|new| is_same_command(&command.body, new))
        });
        let mut bodies = Vec::new();
        for new in new {
            bodies.push(match self.position_of_command(guild, &new) {
                Some(index) => {
                    self.replace_command(request.now, index, new);
                    self.commands[index].body.clone()
                }
                None => self.insert_command(request.now, guild, new),
            });
        }
        Ok(RestResponse::ok(json!(bodies)))
    }

    fn edit_command(&mut self, request: &RestRequest, index: usize) -> Result<RestResponse, Rejection> {
        let mut edited = self.commands[index].body.clone();
        for field in EDITABLE_FIELDS {
            if let Some(value) = request.body.get(field) {
                edited[field] = value.clone();
            }
        }
        let guild = self.commands[index].guild;
        let new = check::command(&edited, "", &self.command_scope(guild))?;
        let is_duplicate = |(other, command): (usize, &Command)| {
            other != index && command.guild == guild && is_same_command(&command.body, &new)
        };
        if self.commands.iter().enumerate().any(is_duplicate) {
            let message = "Application command names must be unique";
            return Err(form_error("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
        }
        self.replace_command(request.now, index, new);
        Ok(RestResponse::ok(self.commands[index].body.clone()))
    }

    /// The index of the command with the name and type of `new`.
    fn position_of_command(&self, guild: Option<u64>, new: &Value) -> Option<usize> {
        self.commands.iter().position(|command| command.guild == guild && is_same_command(&command.body, new))
    }

    /// Replaces the definition of a command. Its ID stays.
    fn replace_command(&mut self, now: Duration, index: usize, mut new: Value) {
        for key in ["id", "application_id", "guild_id", "version"] {
            if let Some(value) = self.commands[index].body.get(key) {
                new[key] = value.clone();
            }
        }
        if new != self.commands[index].body {
            new["version"] = json!(self.next_id(now).to_string());
            self.commands[index].body = new;
        }
    }

    fn insert_command(&mut self, now: Duration, guild: Option<u64>, mut body: Value) -> Value {
        let id = self.next_id(now);
        body["id"] = json!(id.to_string());
        body["application_id"] = json!(self.bot.to_string());
        body["version"] = json!(self.next_id(now).to_string());
        if let Some(guild) = guild {
            body["guild_id"] = json!(guild.to_string());
        }
        self.commands.push(Command { id, guild, body: body.clone() });
        body
    }

    /// Counts created commands. Fails when the daily limit is exceeded.
    fn count_creations(
        &mut self,
        now: Duration,
        guild: Option<u64>,
        created: usize,
    ) -> Result<(), Rejection> {
        let creations = self.command_creations.entry(guild).or_default();
        creations.retain(|at| now.saturating_sub(*at) < DAY);
        if creations.len() + created > MAX_DAILY_CREATIONS {
            let message = format!(
                "Max number of daily application command creates has been reached ({MAX_DAILY_CREATIONS})"
            );
            return Err(rejection(400, 30034, &message));
        }
        creations.extend(std::iter::repeat_n(now, created));
        Ok(())
    }

    /// The command of this type and name that is available in a channel. A guild command has priority over a global one.
    pub(in crate::sim::world) fn command_in(&self, channel: u64, kind: u64, name: &str) -> Option<&Command> {
        let guild = self.is_in_guild(channel).then_some(self.guild);
        let context = if guild.is_some() { 0 } else { 1 };
        let available = self.commands.iter().filter(|command| {
            let contexts = command.body["contexts"].as_array();
            command.body["type"] == kind
                && command.body["name"] == name
                && match command.guild {
                    Some(command_guild) => Some(command_guild) == guild,
                    None => contexts.is_none_or(|contexts| contexts.contains(&json!(context))),
                }
        });
        available.max_by_key(|command| command.guild.is_some())
    }

    /// The commands of a guild, or the global ones for `None`, as REST returns them.
    pub fn registered_commands(&self, guild: Option<u64>) -> Vec<Value> {
        let of_scope = self.commands.iter().filter(|command| command.guild == guild);
        of_scope.map(|command| command.body.clone()).collect()
    }
}

fn is_same_command(one: &Value, other: &Value) -> bool {
    one["name"] == other["name"] && one["type"] == other["type"]
}

fn check_number<'c>(commands: impl Iterator<Item = &'c Value>) -> Result<(), Rejection> {
    let types: Vec<u64> = commands.filter_map(|command| objects::id(&command["type"])).collect();
    for (kind, max) in MAX_COMMANDS {
        if types.iter().filter(|one| **one == kind).count() > max {
            let message = format!("Maximum number of application commands reached ({max}).");
            return Err(rejection(400, 30032, &message));
        }
    }
    Ok(())
}

/// A command as an element of a list: without localizations, unless they were requested.
fn list_entry(command: &Value, localized: bool) -> Value {
    let mut command = command.clone();
    if !localized {
        remove_localizations(&mut command);
    }
    command
}

fn remove_localizations(node: &mut Value) {
    if let Some(fields) = node.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for key in ["options", "choices"] {
        node.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().for_each(remove_localizations);
    }
}
