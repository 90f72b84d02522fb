//! The routes of application commands.

use std::time::Duration;

use serde_json::{Value, json};

use super::check;
use super::command::{Command, Creation};
use crate::id::GuildId;
use crate::sim::types::command_type;
use crate::sim::world::interaction::{is_named, shown_name};
use crate::sim::world::objects;
use crate::sim::world::rejection::{Rejection, form_error, missing_access, not_found, rejection};
use crate::sim::world::world::Place;
use crate::sim::world::{RestRequest, RestResponse, World};

/// Maximum number of commands of each type, globally or in a guild.
const MAX_COMMANDS: [(u64, usize); 4] = [
    (command_type::CHAT_INPUT, 100),
    (command_type::USER, 15),
    (command_type::MESSAGE, 15),
    (command_type::PRIMARY_ENTRY_POINT, 1),
];

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
        application: u64,
        guild: Option<u64>,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        if guild.is_some_and(|guild| !self.is_member(guild, application)) {
            return Err(missing_access());
        }
        match (request.method.as_str(), rest) {
            ("GET", []) => {
                let of_scope = self.commands.iter().filter(|command| command.is_in(application, guild));
                let localized = request.flag("with_localizations");
                Ok(RestResponse::ok(of_scope.map(|command| list_entry(&command.body, localized)).collect()))
            }
            ("POST", []) => self.create_command(request, application, guild),
            ("PUT", []) => self.overwrite_commands(request, application, guild),
            ("GET", ["permissions"]) if guild.is_some() => Ok(RestResponse::ok(json!([]))),
            (method, [id, rest @ ..]) => {
                let id = id.parse().unwrap_or(0);
                let index = self.commands.iter().position(|c| c.id == id && c.is_in(application, guild));
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

    fn command_scope(&self, application: u64, guild: Option<u64>) -> check::Scope {
        let body = self.application_body(application);
        let types = body["integration_types_config"].as_object().into_iter().flatten();
        let types: Vec<u64> = types.filter_map(|(kind, _)| kind.parse().ok()).collect();
        let integration_types = if types.is_empty() { json!([0]) } else { json!(types) };
        check::Scope { guild, integration_types }
    }

    fn create_command(
        &mut self,
        request: &RestRequest,
        application: u64,
        guild: Option<u64>,
    ) -> Result<RestResponse, Rejection> {
        let new = check::command(&request.body, "", &self.command_scope(application, guild))?;
        match self.position_of_command(application, guild, &new) {
            Some(index) => {
                self.replace_command(request.now, index, new);
                Ok(RestResponse::ok(self.commands[index].body.clone()))
            }
            None => {
                let of_scope = self.commands.iter().filter(|command| command.is_in(application, guild));
                check_number(of_scope.map(|command| &command.body).chain([&new]))?;
                self.count_creations(request.now, application, guild, 1)?;
                let body = self.insert_command(request.now, application, guild, new);
                Ok(RestResponse::new(201, body, Vec::new()))
            }
        }
    }

    fn overwrite_commands(
        &mut self,
        request: &RestRequest,
        application: u64,
        guild: Option<u64>,
    ) -> Result<RestResponse, Rejection> {
        let Some(list) = request.body.as_array() else {
            return Err(form_error("_", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
        };
        let new = check::commands(list, &self.command_scope(application, guild))?;
        check_number(new.iter())?;
        let is_entry_point = |body: &Value| body["type"] == command_type::PRIMARY_ENTRY_POINT;
        let mut existing = self.commands.iter().filter(|command| command.is_in(application, guild));
        if existing.any(|command| is_entry_point(&command.body)) && !new.iter().any(is_entry_point) {
            // Discord does not document this error.
            let message = "You cannot remove this app's Entry Point command in a bulk update operation. \
                           Please include the Entry Point command in your update request or delete it separately.";
            return Err(rejection(400, 50240, message));
        }
        let created =
            new.iter().filter(|new| self.position_of_command(application, guild, new).is_none()).count();
        self.count_creations(request.now, application, guild, created)?;
        self.commands.retain(|command| {
            !command.is_in(application, guild) || new.iter().any(|new| is_same_command(&command.body, new))
        });
        let mut bodies = Vec::new();
        for new in new {
            bodies.push(match self.position_of_command(application, guild, &new) {
                Some(index) => {
                    self.replace_command(request.now, index, new);
                    self.commands[index].body.clone()
                }
                None => self.insert_command(request.now, application, guild, new),
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
        let (application, guild) = (self.commands[index].application, self.commands[index].guild);
        let new = check::command(&edited, "", &self.command_scope(application, guild))?;
        let is_duplicate = |(other, command): (usize, &Command)| {
            other != index && command.is_in(application, guild) && is_same_command(&command.body, &new)
        };
        if self.commands.iter().enumerate().any(is_duplicate) {
            let message = "Application command names must be unique";
            return Err(form_error("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
        }
        self.replace_command(request.now, index, new);
        Ok(RestResponse::ok(self.commands[index].body.clone()))
    }

    /// The index of the command with the name and type of `new`.
    fn position_of_command(&self, application: u64, guild: Option<u64>, new: &Value) -> Option<usize> {
        let mut commands = self.commands.iter();
        commands.position(|one| one.is_in(application, guild) && is_same_command(&one.body, new))
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

    fn insert_command(
        &mut self,
        now: Duration,
        application: u64,
        guild: Option<u64>,
        mut body: Value,
    ) -> Value {
        let id = self.next_id(now);
        body["id"] = json!(id.to_string());
        body["application_id"] = json!(application.to_string());
        body["version"] = json!(self.next_id(now).to_string());
        if let Some(guild) = guild {
            body["guild_id"] = json!(guild.to_string());
        }
        self.commands.push(Command { id, application, guild, body: body.clone() });
        body
    }

    /// Counts created commands. Fails when the daily limit is exceeded.
    fn count_creations(
        &mut self,
        now: Duration,
        application: u64,
        guild: Option<u64>,
        created: usize,
    ) -> Result<(), Rejection> {
        self.command_creations.retain(|creation| now.saturating_sub(creation.at) < DAY);
        let of_scope = |one: &&Creation| one.application == application && one.guild == guild;
        if self.command_creations.iter().filter(of_scope).count() + created > MAX_DAILY_CREATIONS {
            let message = format!(
                "Max number of daily application command creates has been reached ({MAX_DAILY_CREATIONS})"
            );
            return Err(rejection(400, 30034, &message));
        }
        let creation = || Creation { application, guild, at: now };
        self.command_creations.extend(std::iter::repeat_with(creation).take(created));
        Ok(())
    }

    /// The command of this type and name that is available to a user in a channel: of a bot that is there, or of an application
    /// that the user has installed. A guild command has priority over a global one.
    pub(in crate::sim::world) fn command_in(
        &self,
        user: u64,
        channel: u64,
        kind: u64,
        name: &str,
    ) -> Option<&Command> {
        let (guild, locale) = (self.guild_of(channel), self.locale_of(user));
        let context = if guild.is_some() { 0 } else { 1 };
        let available = self.commands.iter().filter(|command| {
            let contexts = command.body["contexts"].as_array();
            command.body["type"] == kind
                && is_named(&command.body, name, &locale)
                && (self.is_in_channel(command.application, channel) || self.is_installed(command, user))
                && match command.guild {
                    Some(command_guild) => Some(command_guild) == guild,
                    None => contexts.is_none_or(|contexts| contexts.contains(&json!(context))),
                }
        });
        // A translated name counts before that of another command in its own language.
        available.max_by_key(|command| {
            let is_translated = command.body["name"] != name && shown_name(&command.body, &locale) == name;
            (is_translated, command.guild.is_some())
        })
    }

    /// Whether a user has installed the application of a command that is offered to users
    /// ([installation](https://docs.discord.com/developers/resources/application#installation-context)).
    fn is_installed(&self, command: &Command, user: u64) -> bool {
        const USER_INSTALL: u64 = 1;
        let types = command.body["integration_types"].as_array();
        types.is_some_and(|types| types.contains(&json!(USER_INSTALL)))
            && self.applications.get(&command.application).is_some_and(|it| it.users.contains(&user))
    }

    /// Whether a bot is in the guild of a channel, or takes part in its direct messages.
    pub(in crate::sim::world) fn is_in_channel(&self, bot: u64, channel: u64) -> bool {
        match self.channels.get(&channel).map(|channel| channel.place) {
            Some(Place::Guild(guild)) => self.is_member(guild, bot),
            Some(Place::Direct { bot: of_channel, .. }) => of_channel == bot,
            None => false,
        }
    }

    /// The first bot's commands of a guild, or the global ones for `None`, as REST returns them.
    pub fn registered_commands(&self, guild: Option<GuildId>) -> Vec<Value> {
        let (bot, guild) = (self.first_bot(), guild.map(GuildId::get));
        let of_scope = self.commands.iter().filter(|command| command.is_in(bot, guild));
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
