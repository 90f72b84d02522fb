//! The values that users give, and the objects that they refer to.

use std::time::Duration;

use serde_json::{Value, json};

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
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) files: &'a [File],
}

impl World {
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
            let is_chosen = |choice: &&Value| {
                choice["name"] == written
                    || choice["value"] == written
                    || choice["value"].as_number().is_some_and(|number| number.to_string() == written)
            };
            let chosen = choices.iter().find(is_chosen).map(|choice| choice["value"].clone());
            return chosen.ok_or_else(|| invalid("one of its choices"));
        }
        match option["type"].as_u64().unwrap_or(0) {
            3 => {
                let length = written.chars().count() as u64;
                let min = option["min_length"].as_u64().unwrap_or(0);
                let max = option["max_length"].as_u64().unwrap_or(6000);
                let is_valid = (min..=max).contains(&length);
                let expected = || invalid(&format!("a text of {min} to {max} characters"));
                is_valid.then(|| json!(written)).ok_or_else(expected)
            }
            4 => {
                let number: i64 = written.parse().map_err(|_| invalid("a whole number"))?;
                is_in_range(option, number as f64)
                    .then(|| json!(number))
                    .ok_or_else(|| invalid("a number in its range"))
            }
            5 => match written.to_lowercase().as_str() {
                "true" => Ok(json!(true)),
                "false" => Ok(json!(false)),
                _ => Err(invalid("true or false")),
            },
            10 => {
                let number: f64 = written.parse().map_err(|_| invalid("a number"))?;
                is_in_range(option, number)
                    .then(|| json!(number))
                    .ok_or_else(|| invalid("a number in its range"))
            }
            11 => self.attach(written, input, resolved).map(|id| json!(id.to_string())),
            kind => {
                let id = self
                    .find_by_text(kind, written)
                    .ok_or_else(|| invalid("an existing user, role or channel"))?;
                let channel = self.channels.get(&id).map(|channel| channel.body["type"].clone());
                let types = option["channel_types"].as_array();
                if let (7, Some(types), Some(channel)) = (kind, types, channel) {
                    if !types.contains(&channel) {
                        return Err(invalid("a channel of another type"));
                    }
                }
                self.resolve(id, input.user, resolved);
                Ok(json!(id.to_string()))
            }
        }
    }

    /// Adds the object with this ID. Returns false if there is none.
    pub(super) fn resolve(&self, id: u64, user: u64, resolved: &mut Resolved) -> bool {
        if self.users.contains_key(&id) {
            resolved.add("users", id, self.user_body(id));
            let mut member = self.partial_member(id);
            if let Some(fields) = member.as_object_mut() {
                fields.remove("deaf");
                fields.remove("mute");
            }
            member["permissions"] = json!(self.permissions(id, None).to_string());
            resolved.add("members", id, member);
        } else if let Some(role) = self.item("roles", id) {
            resolved.add("roles", id, role.clone());
        } else if self.is_in_guild(id) {
            let body = self.channel_body(id);
            let mut channel = json!({
                "permissions": self.permissions(user, Some(id)).to_string(),
                "app_permissions": self.permissions(self.bot, Some(id)).to_string(),
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
        } else if let Some(message) = self.message(id) {
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
        let file = input.files.iter().find(|file| file.name == name).unwrap_or(&default).clone();
        let id = self.next_id(input.now);
        let mut attachment = objects::attachment(id, input.channel, &file);
        attachment["ephemeral"] = json!(true);
        resolved.add("attachments", id, attachment);
        self.uploads.insert(id, file.content);
        Ok(id)
    }

    /// Finds the user, channel or role that a mention, an ID or a name refers to, for an option of this type.
    pub fn find_by_text(&self, kind: u64, written: &str) -> Option<u64> {
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
                self.list("roles").iter().find(|role| role["name"] == name || role["name"] == written);
            id.filter(|id| self.item("roles", *id).is_some())
                .or(by_name.and_then(|role| objects::id(&role["id"])))
        };
        let channel = || {
            let is_named = |id: &u64| self.is_in_guild(*id) && self.channels[id].body["name"] == name;
            id.filter(|id| self.is_in_guild(*id)).or(self.channels.keys().copied().find(is_named))
        };
        match kind {
            6 => user(),
            7 => channel(),
            8 => role(),
            9 => user().or_else(role),
            _ => None,
        }
    }
}

fn is_in_range(option: &Value, number: f64) -> bool {
    number >= option["min_value"].as_f64().unwrap_or(f64::MIN)
        && number <= option["max_value"].as_f64().unwrap_or(f64::MAX)
}
