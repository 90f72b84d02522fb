//! The values that users give, and the objects that they refer to.

use std::time::Duration;

use serde_json::{Value, json};

use super::localized::is_named;
use crate::id::GuildId;
use crate::sim::types::option_type;
use crate::sim::world::objects;
use crate::sim::world::{File, World};

/// The objects that the values of an interaction refer to: users, members, roles, channels, messages, attachments.
#[derive(Default)]
pub(super) struct Resolved(Value);

impl Resolved {
    fn add(&mut self, kind: &str, id: u64, object: Value) {
        self.0[kind][id.to_string()] = object;
    }

    /// Adds the objects to the data of an interaction, if there are any.
    pub(super) fn add_to(self, data: &mut Value) {
        if !self.0.is_null() {
            data["resolved"] = self.0;
        }
    }
}

/// Who gives the values, where, when, and with which files.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) now: Duration,
    pub(super) application: u64,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) files: &'a [File],
}

/// The user for which objects are resolved.
pub(super) struct Resolver {
    pub(super) application: u64,
    pub(super) user: u64,
    /// The guild of the interaction.
    pub(super) guild: Option<u64>,
}

impl World {
    pub(super) fn resolver(&self, input: &Input<'_>) -> Resolver {
        let Input { application, user, channel, .. } = *input;
        Resolver { application, user, guild: self.guild_of(channel) }
    }

    /// Parses the text that a user wrote for an option.
    pub(super) fn option_value(
        &mut self,
        option: &Value,
        written: &str,
        input: &Input<'_>,
        resolved: &mut Resolved,
    ) -> Result<Value, String> {
        let name = option["name"].as_str().unwrap_or_default();
        let invalid = |expected: &str| format!("the option {name} takes {expected}, not {written:?}");
        if let Some(choices) = option["choices"].as_array() {
            let chosen = chosen(choices, written, &self.locale_of(input.user));
            return chosen.cloned().ok_or_else(|| invalid("one of its choices"));
        }
        match option["type"].as_u64().unwrap_or(0) {
            option_type::STRING => {
                let length = written.chars().count() as u64;
                let min = option["min_length"].as_u64().unwrap_or(0);
                let max = option["max_length"].as_u64().unwrap_or(6000);
                let is_valid = (min..=max).contains(&length);
                let expected = || invalid(&format!("a text of {min} to {max} characters"));
                is_valid.then(|| json!(written)).ok_or_else(expected)
            }
            option_type::INTEGER => {
                let number: i64 = written.parse().map_err(|_| invalid("a whole number"))?;
                is_in_range(option, number as f64)
                    .then(|| json!(number))
                    .ok_or_else(|| invalid(&format!("a whole number{}", range(option))))
            }
            option_type::BOOLEAN => match written.to_lowercase().as_str() {
                "true" => Ok(json!(true)),
                "false" => Ok(json!(false)),
                _ => Err(invalid("true or false")),
            },
            option_type::NUMBER => {
                let number: f64 = written.parse().map_err(|_| invalid("a number"))?;
                is_in_range(option, number)
                    .then(|| json!(number))
                    .ok_or_else(|| invalid(&format!("a number{}", range(option))))
            }
            option_type::ATTACHMENT => self.attach(written, input, resolved).map(|id| json!(id.to_string())),
            kind => {
                let id = self
                    .find_by_text(Some(self.guild_to_search(input.channel)), kind, written)
                    .ok_or_else(|| invalid("an existing user, role or channel"))?;
                let channel = self.channels.get(&id).map(|channel| channel.body["type"].clone());
                let types = option["channel_types"].as_array();
                if let (option_type::CHANNEL, Some(types), Some(channel)) = (kind, types, channel) {
                    if !types.contains(&channel) {
                        return Err(invalid("a channel of another type"));
                    }
                }
                self.resolve(id, &self.resolver(input), resolved);
                Ok(json!(id.to_string()))
            }
        }
    }

    /// The guild whose channels and roles a user can name: in direct messages, the first one.
    fn guild_to_search(&self, channel: u64) -> GuildId {
        GuildId::new(self.guild_of(channel).unwrap_or_else(|| self.first_guild()))
    }

    /// Adds the object with this ID. Returns false if there is none.
    pub(super) fn resolve(&self, id: u64, place: &Resolver, resolved: &mut Resolved) -> bool {
        let member_of = place.guild.filter(|guild| self.is_member(*guild, id));
        let role = place.guild.and_then(|guild| self.item(guild, "roles", id));
        if self.users.contains_key(&id) {
            resolved.add("users", id, self.user_body(id));
            if let Some(guild) = member_of {
                let mut member = self.partial_member(guild, id);
                if let Some(fields) = member.as_object_mut() {
                    fields.remove("deaf");
                    fields.remove("mute");
                }
                member["permissions"] = json!(self.guild_permissions(guild, id).to_string());
                resolved.add("members", id, member);
            }
        } else if let Some(role) = role {
            resolved.add("roles", id, role.clone());
        } else if self.is_in_guild(id) && place.guild.is_none_or(|guild| self.guild_of(id) == Some(guild)) {
            let body = self.channel_body(id);
            let mut channel = json!({
                "permissions": self.channel_permissions(id, place.user).to_string(),
                "app_permissions": self.app_permissions(id, place.application).to_string(),
            });
            for key in ["id", "name", "type", "parent_id", "position", "nsfw", "flags", "guild_id", "topic"] {
                if let Some(value) = body.get(key) {
                    channel[key] = value.clone();
                }
            }
            if body["thread_metadata"].is_object() {
                channel["thread_metadata"] = body["thread_metadata"].clone();
            }
            resolved.add("channels", id, channel);
        } else if let Some(message) = self.message_for(place.application, id) {
            resolved.add("messages", id, message);
        } else {
            return false;
        }
        true
    }

    /// Adds the attachment with this file name. A file that is not in the input gets some content.
    pub(super) fn attach(
        &mut self,
        name: &str,
        input: &Input<'_>,
        resolved: &mut Resolved,
    ) -> Result<u64, String> {
        if name.is_empty() {
            return Err("the name of the file is empty".into());
        }
        let default = File { name: name.into(), content: b"???".to_vec(), ..File::default() };
        let mut file = input.files.iter().find(|file| file.name == name).unwrap_or(&default).clone();
        // Discord learns the name of the file, not its path.
        file.name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        let id = self.next_id(input.now);
        let mut attachment = self.attachment(id, input.channel, &file);
        attachment["ephemeral"] = json!(true);
        resolved.add("attachments", id, attachment);
        Ok(id)
    }

    /// Finds the user, or the channel or role of a guild, that a mention, an ID or a name refers to, for an option of this
    /// type.
    pub fn find_by_text(&self, guild: Option<GuildId>, kind: u64, written: &str) -> Option<u64> {
        let guild = guild.map_or(0, GuildId::get);
        let name = written.trim_start_matches(['@', '#']);
        let digits = written.trim_matches(|char: char| !char.is_ascii_digit());
        let is_id = written.trim_matches(['<', '>', '@', '&', '!', '#']) == digits;
        let id = digits.parse::<u64>().ok().filter(|_| is_id);
        let user = || {
            let by_name = self.users.iter().find(|(_, user)| user.name == name).map(|(id, _)| *id);
            id.filter(|id| self.users.contains_key(id)).or(by_name)
        };
        let role = || {
            let by_name =
                self.list(guild, "roles").iter().find(|role| role["name"] == name || role["name"] == written);
            id.filter(|id| self.item(guild, "roles", *id).is_some())
                .or(by_name.and_then(|role| objects::id(&role["id"])))
        };
        let channel = || {
            let is_named = |id: &u64| self.channels[id].body["name"] == name;
            let is_there = |id: &u64| self.guild_of(*id) == Some(guild);
            id.filter(is_there).or_else(|| self.channels_of(guild).find(is_named))
        };
        match kind {
            option_type::USER => user(),
            option_type::CHANNEL => channel(),
            option_type::ROLE => role(),
            option_type::MENTIONABLE => user().or_else(role),
            _ => None,
        }
    }
}

/// The value of the choice that a user names by its name or its value.
fn chosen<'c>(choices: &'c [Value], written: &str, locale: &str) -> Option<&'c Value> {
    let is_chosen = |choice: &&Value| {
        is_named(choice, written, locale)
            || choice["value"] == written
            || choice["value"].as_number().is_some_and(|number| number.to_string() == written)
    };
    choices.iter().find(is_chosen).map(|choice| &choice["value"])
}

fn is_in_range(option: &Value, number: f64) -> bool {
    number >= option["min_value"].as_f64().unwrap_or(f64::MIN)
        && number <= option["max_value"].as_f64().unwrap_or(f64::MAX)
}

/// The range of a number, as an error writes it: ` of at least 2 and at most 20`.
fn range(option: &Value) -> String {
    let limit = |field: &str, name: &str| option[field].as_number().map(|limit| format!("{name} {limit}"));
    match (limit("min_value", "at least"), limit("max_value", "at most")) {
        (Some(min), Some(max)) => format!(" of {min} and {max}"),
        (Some(limit), None) | (None, Some(limit)) => format!(" of {limit}"),
        (None, None) => String::new(),
    }
}
