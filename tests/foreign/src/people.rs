//! The people who talk with the bot, as it asks for it.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, MessageId};
use syncord::sim::{Channel, Discord, Fault, SimError};

pub struct People<'d> {
    discord: &'d Discord,
    channels: HashMap<String, Channel>,
}

impl<'d> People<'d> {
    /// Creates the members ann and bob and the channel #general.
    pub fn new(discord: &'d Discord) -> Self {
        discord.member("ann");
        discord.member("bob");
        let channels = HashMap::from([("general".to_owned(), discord.channel("general"))]);
        People { discord, channels }
    }

    /// Carries out an action: a JSON object with `does`, the `name` of the member (ann) and the `channel` (general).
    pub fn act(&mut self, line: &str) -> Result<(), String> {
        let action: Value = serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))?;
        let text = |key: &str| action[key].as_str().unwrap_or_default();
        let person = self.discord.member(action["name"].as_str().unwrap_or("ann"));
        let channel = match action["channel"].as_str() {
            Some("dm") => self.discord.dm_channel(&person),
            name => {
                let name = name.unwrap_or("general");
                let discord = self.discord;
                self.channels.entry(name.to_owned()).or_insert_with(|| discord.channel(name)).clone()
            }
        };
        let message = || text("message").parse::<MessageId>().map_err(|_| format!("no message in {line}"));
        let files: Vec<(&str, &[u8])> = if action["file"].is_string() {
            vec![(text("file"), b"a map of the harbour")]
        } else {
            Vec::new()
        };
        let error = |error: SimError| error.to_string();
        match text("does") {
            "says" => {
                person.posts_with_files(&channel, &json!({"content": text("text")}), &files);
            }
            "replies" => {
                person.replies(&channel, message()?, text("text"));
            }
            "edits" => person.edits(message()?, text("text")),
            "deletes" => person.deletes(message()?),
            "reacts" => person.reacts(&channel, message()?, text("emoji")),
            "unreacts" => person.removes_reaction(&channel, message()?, text("emoji")),
            "types" => person.types(&channel),
            "joins voice" => {
                let id: ChannelId = text("voice").parse().map_err(|_| "no voice channel".to_owned())?;
                person.joins_voice(id);
            }
            "leaves voice" => person.leaves_voice(),
            "uses" => {
                let used = person.uses_with_files(&channel, text("line"), &files).map_err(error)?;
                self.expect_reply(&action, || used.reply().map(|message| message.content))?;
            }
            "uses on user" => {
                let target = self.discord.member(text("target"));
                let used = person.uses_on_user(&channel, text("command"), &target).map_err(error)?;
                self.expect_reply(&action, || used.reply().map(|message| message.content))?;
            }
            "uses on message" => {
                let used = person.uses_on_message(&channel, text("command"), message()?).map_err(error)?;
                self.expect_reply(&action, || used.reply().map(|message| message.content))?;
            }
            "autocompletes" => {
                let choices = person.autocompletes(&channel, text("line")).map_err(error)?;
                let names: Vec<&str> = choices.iter().map(|choice| &*choice.name).collect();
                if names.join(",") != text("expect") {
                    return Err(format!("the choices are {names:?}"));
                }
            }
            "clicks" => {
                let used = person.clicks(message()?, text("id")).map_err(error)?;
                self.expect_reply(&action, || used.reply().map(|message| message.content))?;
            }
            "selects" => {
                let values: Vec<String> = self.values(&action["values"]);
                let used = person.selects(message()?, text("id"), values).map_err(error)?;
                self.expect_reply(&action, || used.reply().map(|message| message.content))?;
            }
            "submits" => {
                let modal = person.next_modal().map_err(error)?;
                let fields = action["fields"].as_object().cloned().unwrap_or_default();
                let values = fields.iter().map(|(id, value)| {
                    let is_list = value.is_array();
                    (id.as_str(), if is_list { self.values(value).into() } else { value.clone() })
                });
                let used = person.submits_with_files(&modal, values, &files).map_err(error)?;
                self.expect_reply(&action, || used.reply().map(|message| message.content))?;
            }
            "drops connections" => self.discord.fault(Fault::DropSocket),
            "asks to reconnect" => self.discord.fault(Fault::Reconnect),
            "ends sessions" => self.discord.fault(Fault::InvalidSession { resumable: false }),
            "limits" => {
                let limit = action["limit"].as_u64().and_then(|limit| u32::try_from(limit).ok()).unwrap_or(1);
                self.discord.rate_limit(text("route"), limit, Duration::from_secs(1));
            }
            "resumes" => {
                let resumed = self.discord.log().resumes();
                if resumed == 0 {
                    return Err("no session was resumed".into());
                }
            }
            "has compressed connections" => {
                let is_compressed = |request: &syncord::sim::Request| {
                    request.status.is_none() && request.path.contains("compress=")
                };
                if !self.discord.requests().iter().any(is_compressed) {
                    return Err("no connection is compressed".into());
                }
            }
            "has no 429" => {
                let limited =
                    self.discord.requests().iter().filter(|request| request.status == Some(429)).count();
                if limited > 0 {
                    return Err(format!("{limited} requests were answered with 429"));
                }
            }
            other => return Err(format!("there is no action {other:?}")),
        }
        Ok(())
    }

    /// Waits for the reply to an interaction, if the action has an `expect`, and compares it.
    fn expect_reply(
        &self,
        action: &Value,
        reply: impl FnOnce() -> Result<String, SimError>,
    ) -> Result<(), String> {
        let Some(expected) = action["expect"].as_str() else { return Ok(()) };
        let reply = reply().map_err(|error| error.to_string())?;
        if reply == expected {
            Ok(())
        } else {
            Err(format!("the reply is {reply:?} instead of {expected:?}"))
        }
    }

    /// The values of a select. A name of a member stands for the ID.
    fn values(&self, values: &Value) -> Vec<String> {
        let texts = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        texts
            .map(|text| match text.strip_prefix('@') {
                Some(name) => self.discord.member(name).id().to_string(),
                None => text.to_owned(),
            })
            .collect()
    }
}
