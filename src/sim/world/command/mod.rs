//! Application commands ([page](https://docs.discord.com/developers/interactions/application-commands)).

mod check;

use std::time::Duration;

use serde_json::{Value, json};

use super::form::{Rejection, form_error, rejection};
use super::{Answer, Call, World, shapes};

pub(super) use self::check::choice_value;

/// How many commands of a kind a scope holds: slash commands, those on users and on messages, the entry point.
const CAPS: [(u64, usize); 4] = [(1, 100), (2, 15), (3, 15), (4, 1)];

/// How many commands may be made in a scope within a day.
const DAILY_CREATES: usize = 200;
const DAY: Duration = Duration::from_secs(86_400);

/// What a command may be told with PATCH.
const FIELDS: [&str; 11] = [
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

/// A registered command.
pub(super) struct Command {
    pub(super) id: u64,
    /// The guild that has it; all, without one.
    pub(super) guild: Option<u64>,
    pub(super) body: Value,
}

impl World {
    /// Answers the routes below `/applications/{id}/commands` and `/applications/{id}/guilds/{id}/commands`.
    pub(super) fn commands(
        &mut self,
        call: &Call,
        guild: Option<u64>,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        if guild.is_some_and(|guild| guild != self.guild) {
            return Err(rejection(403, 50001, "Missing Access"));
        }
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let of_scope = self.commands.iter().filter(|command| command.guild == guild);
                let whole = call.asks("with_localizations");
                Ok(Answer::ok(of_scope.map(|command| listed(&command.body, whole)).collect()))
            }
            ("POST", []) => self.create_command(call, guild),
            ("PUT", []) => self.overwrite_commands(call, guild),
            ("GET", ["permissions"]) if guild.is_some() => Ok(Answer::ok(json!([]))),
            (method, [id, rest @ ..]) => {
                let id = id.parse().unwrap_or(0);
                let found = self.commands.iter().position(|c| c.id == id && c.guild == guild);
                let at = found.ok_or_else(|| rejection(404, 10063, "Unknown application command"))?;
                match (method, rest) {
                    ("GET", []) => Ok(Answer::ok(self.commands[at].body.clone())),
                    ("PATCH", []) => self.edit_command(call, at),
                    ("DELETE", []) => {
                        self.commands.remove(at);
                        Ok(Answer::done(Vec::new()))
                    }
                    ("GET", ["permissions"]) if guild.is_some() => {
                        Err(rejection(404, 10066, "Unknown application command permissions"))
                    }
                    _ => Err(super::form::not_found()),
                }
            }
            _ => Err(super::form::not_found()),
        }
    }

    fn scope(&self, guild: Option<u64>) -> check::Place {
        let application = self.application_body();
        let types = application["integration_types_config"].as_object().into_iter().flatten();
        let types: Vec<u64> = types.filter_map(|(kind, _)| kind.parse().ok()).collect();
        let installs = if types.is_empty() { json!([0]) } else { json!(types) };
        check::Place { guild, installs }
    }

    fn create_command(&mut self, call: &Call, guild: Option<u64>) -> Result<Answer, Rejection> {
        let fresh = check::command(&call.body, "", &self.scope(guild))?;
        let same = self
            .commands
            .iter()
            .position(|command| command.guild == guild && named_alike(&command.body, &fresh));
        match same {
            Some(at) => {
                self.replace(call.now, at, fresh);
                Ok(Answer::ok(self.commands[at].body.clone()))
            }
            None => {
                let of_scope = self.commands.iter().filter(|command| command.guild == guild);
                within_caps(of_scope.map(|command| &command.body).chain([&fresh]))?;
                self.count_creates(call.now, guild, 1)?;
                let body = self.insert_command(call.now, guild, fresh);
                Ok(Answer::new(201, body, Vec::new()))
            }
        }
    }

    fn overwrite_commands(&mut self, call: &Call, guild: Option<u64>) -> Result<Answer, Rejection> {
        let Some(list) = call.body.as_array() else {
            return Err(form_error("_", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
        };
        let fresh = check::all(list, &self.scope(guild))?;
        within_caps(fresh.iter())?;
        let is_entry_point = |body: &Value| body["type"] == 4;
        let mut own = self.commands.iter().filter(|command| command.guild == guild);
        if own.any(|own| is_entry_point(&own.body)) && !fresh.iter().any(is_entry_point) {
            // Discord does not document it.
            let message = "You cannot remove this app's Entry Point command in a bulk update operation. \
                           Please include the Entry Point command in your update request or delete it separately.";
            return Err(rejection(400, 50240, message));
        }
        let known = |fresh: &Value| {
            self.commands.iter().position(|c| c.guild == guild && named_alike(&c.body, fresh))
        };
        let new = fresh.iter().filter(|fresh| known(fresh).is_none()).count();
        self.count_creates(call.now, guild, new)?;
        self.commands.retain(|c| c.guild != guild || fresh.iter().any(|fresh| named_alike(&c.body, fresh)));
        let mut answer = Vec::new();
        for fresh in fresh {
            let known = self.commands.iter().position(|c| c.guild == guild && named_alike(&c.body, &fresh));
            answer.push(match known {
                Some(at) => {
                    self.replace(call.now, at, fresh);
                    self.commands[at].body.clone()
                }
                None => self.insert_command(call.now, guild, fresh),
            });
        }
        Ok(Answer::ok(json!(answer)))
    }

    fn edit_command(&mut self, call: &Call, at: usize) -> Result<Answer, Rejection> {
        let mut merged = self.commands[at].body.clone();
        for field in FIELDS {
            if let Some(value) = call.body.get(field) {
                merged[field] = value.clone();
            }
        }
        let guild = self.commands[at].guild;
        let fresh = check::command(&merged, "", &self.scope(guild))?;
        let twin = |other: &Command| other.guild == guild && named_alike(&other.body, &fresh);
        if self.commands.iter().enumerate().any(|(other, command)| other != at && twin(command)) {
            let message = "Application command names must be unique";
            return Err(form_error("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
        }
        self.replace(call.now, at, fresh);
        Ok(Answer::ok(self.commands[at].body.clone()))
    }

    /// Puts a definition in the place of another, whose id stays.
    fn replace(&mut self, now: Duration, at: usize, mut fresh: Value) {
        for key in ["id", "application_id", "guild_id", "version"] {
            if let Some(value) = self.commands[at].body.get(key) {
                fresh[key] = value.clone();
            }
        }
        if fresh != self.commands[at].body {
            fresh["version"] = json!(self.next_id(now).to_string());
            self.commands[at].body = fresh;
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

    fn count_creates(&mut self, now: Duration, guild: Option<u64>, new: usize) -> Result<(), Rejection> {
        let creates = self.creates.entry(guild).or_default();
        creates.retain(|at| now.saturating_sub(*at) < DAY);
        if creates.len() + new > DAILY_CREATES {
            let message =
                format!("Max number of daily application command creates has been reached ({DAILY_CREATES})");
            return Err(rejection(400, 30034, &message));
        }
        creates.extend(std::iter::repeat_n(now, new));
        Ok(())
    }

    /// The command of this name and kind that is there in a channel: the guild's own before the global one.
    pub(super) fn command_in(&self, channel: u64, kind: u64, name: &str) -> Option<&Command> {
        let guild = self.in_guild(channel).then_some(self.guild);
        let offered = self.commands.iter().filter(|command| {
            let contexts = command.body["contexts"].as_array();
            let here = if guild.is_some() { 0 } else { 1 };
            let fits = contexts.is_none_or(|contexts| contexts.contains(&json!(here)));
            command.body["type"] == kind
                && command.body["name"] == name
                && match command.guild {
                    Some(of) => Some(of) == guild,
                    None => fits,
                }
        });
        offered.max_by_key(|command| command.guild.is_some())
    }

    /// The commands registered in a guild, or the global ones, as REST shows them.
    pub fn registered(&self, guild: Option<u64>) -> Vec<Value> {
        let of_scope = self.commands.iter().filter(|command| command.guild == guild);
        of_scope.map(|command| command.body.clone()).collect()
    }
}

fn named_alike(one: &Value, other: &Value) -> bool {
    one["name"] == other["name"] && one["type"] == other["type"]
}

fn within_caps<'c>(commands: impl Iterator<Item = &'c Value>) -> Result<(), Rejection> {
    let kinds: Vec<u64> = commands.filter_map(|command| shapes::id(&command["type"])).collect();
    for (kind, cap) in CAPS {
        if kinds.iter().filter(|one| **one == kind).count() > cap {
            let message = format!("Maximum number of application commands reached ({cap}).");
            return Err(rejection(400, 30032, &message));
        }
    }
    Ok(())
}

/// A command as lists show it: without its translations, if they were not asked for.
fn listed(command: &Value, whole: bool) -> Value {
    let mut command = command.clone();
    if !whole {
        strip(&mut command);
    }
    command
}

fn strip(node: &mut Value) {
    if let Some(fields) = node.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for key in ["options", "choices"] {
        node.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().for_each(strip);
    }
}
