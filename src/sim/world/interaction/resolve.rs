//! The values that people choose, and what they stand for.

use std::time::Duration;

use serde_json::{Value, json};

use crate::sim::world::{File, World, shapes};

/// What the values of an interaction stand for: users, members, roles, channels, messages, attachments.
#[derive(Default)]
pub(super) struct Resolved(Value);

impl Resolved {
    fn add(&mut self, kind: &str, id: u64, what: Value) {
        self.0[kind][id.to_string()] = what;
    }

    /// Puts it into an interaction's data, if there is anything.
    pub(super) fn put(self, data: &mut Value) {
        if !self.0.is_null() {
            data["resolved"] = self.0;
        }
    }
}

/// What somebody attached to a command, and when.
pub(super) struct Uploads<'a> {
    pub(super) now: Duration,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) files: &'a [File],
}

impl World {
    /// The value of an option as its type wants it, of what a person wrote.
    pub(super) fn option_value(
        &mut self,
        option: &Value,
        written: &str,
        uploads: &Uploads<'_>,
        resolved: &mut Resolved,
    ) -> Result<Value, String> {
        let name = option["name"].as_str().unwrap_or_default();
        let wrong = |what: &str| format!("the option {name} takes {what}, not {written:?}");
        if let Some(choices) = option["choices"].as_array() {
            let same = |choice: &&Value| {
                choice["name"] == written
                    || choice["value"] == written
                    || format!("{}", choice["value"]) == written
            };
            let chosen = choices.iter().find(same).map(|choice| choice["value"].clone());
            return chosen.ok_or_else(|| wrong("one of its choices"));
        }
        match option["type"].as_u64().unwrap_or(0) {
            3 => {
                let length = written.chars().count() as u64;
                let (least, most) = (option["min_length"].as_u64(), option["max_length"].as_u64());
                let fits = length >= least.unwrap_or(0) && length <= most.unwrap_or(6000);
                fits.then(|| json!(written)).ok_or_else(|| wrong("a text of another length"))
            }
            4 => {
                let number: i64 = written.parse().map_err(|_| wrong("a whole number"))?;
                in_range(option, number as f64)
                    .then(|| json!(number))
                    .ok_or_else(|| wrong("a number in its range"))
            }
            5 => match written.to_lowercase().as_str() {
                "true" => Ok(json!(true)),
                "false" => Ok(json!(false)),
                _ => Err(wrong("true or false")),
            },
            10 => {
                let number: f64 = written.parse().map_err(|_| wrong("a number"))?;
                in_range(option, number).then(|| json!(number)).ok_or_else(|| wrong("a number in its range"))
            }
            11 => self.attach(written, uploads, resolved).map(|id| json!(id.to_string())),
            kind => {
                let id =
                    self.named(kind, written).ok_or_else(|| wrong("somebody or something that is there"))?;
                let channel = self.channels.get(&id).map(|channel| channel.body["type"].clone());
                let types = option["channel_types"].as_array();
                if let (7, Some(types), Some(channel)) = (kind, types, channel) {
                    if !types.contains(&channel) {
                        return Err(wrong("a channel of another type"));
                    }
                }
                self.resolve(id, uploads.user, resolved);
                Ok(json!(id.to_string()))
            }
        }
    }

    /// Notes what an id stands for; false when it stands for nothing.
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
        } else if self.in_guild(id) {
            let whole = self.channel_body(id);
            let mut channel = json!({
                "permissions": self.permissions(user, Some(id)).to_string(),
                "app_permissions": self.permissions(self.bot, Some(id)).to_string(),
            });
            for key in ["id", "name", "type", "parent_id", "position", "nsfw", "flags", "guild_id", "topic"] {
                if let Some(value) = whole.get(key) {
                    channel[key] = value.clone();
                }
            }
            if whole["thread_metadata"].is_object() {
                channel["thread_metadata"] = whole["thread_metadata"].clone();
            }
            resolved.add("channels", id, channel);
        } else if let Some(message) = self.message(id) {
            resolved.add("messages", id, message);
        } else {
            return false;
        }
        true
    }

    /// Takes a file in that somebody attached; one that was not given is made up.
    pub(super) fn attach(
        &mut self,
        name: &str,
        uploads: &Uploads<'_>,
        resolved: &mut Resolved,
    ) -> Result<u64, String> {
        if name.is_empty() {
            return Err("a file has a name".into());
        }
        let made_up = File { name: name.into(), content: b"???".to_vec(), ..File::default() };
        let file = uploads.files.iter().find(|file| file.name == name).unwrap_or(&made_up).clone();
        let id = self.next_id(uploads.now);
        let mut attachment = shapes::attachment(id, uploads.channel, &file);
        attachment["ephemeral"] = json!(true);
        resolved.add("attachments", id, attachment);
        self.uploads.insert(id, file.content);
        Ok(id)
    }

    /// Who or what is meant by a mention, an id or a name, for an option of this type.
    fn named(&self, kind: u64, written: &str) -> Option<u64> {
        let name = written.trim_start_matches(['@', '#']);
        let digits = written.trim_matches(|letter: char| !letter.is_ascii_digit());
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
                .or(by_name.and_then(|role| shapes::id(&role["id"])))
        };
        let channel = || {
            let named = |id: &u64| self.in_guild(*id) && self.channels[id].body["name"] == name;
            id.filter(|id| self.in_guild(*id)).or(self.channels.keys().copied().find(named))
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

fn in_range(option: &Value, number: f64) -> bool {
    number >= option["min_value"].as_f64().unwrap_or(f64::MIN)
        && number <= option["max_value"].as_f64().unwrap_or(f64::MAX)
}
