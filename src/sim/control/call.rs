//! One call of the control interface: its arguments, and the people, channels and messages that they name.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::problem::Problem;
use crate::id::{ChannelId, GuildId, InteractionId, MessageId};
use crate::sim::hub::Hub;
use crate::sim::people::{Channel, Interaction, Member};
use crate::sim::world::decoded;

/// A file by its name and content.
pub(super) type NamedFile = (String, Vec<u8>);

/// The arguments of a call: those of the query and those of the JSON body.
pub(super) fn arguments(query: &str, body: &[u8]) -> Result<Value, Problem> {
    let mut arguments: Map<String, Value> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), json!(decoded(&value.replace('+', " ")))))
        .collect();
    if !body.is_empty() {
        let body: Value = serde_json::from_slice(body)
            .map_err(|error| Problem::arguments(format!("the body is not JSON: {error}")))?;
        let Value::Object(fields) = body else {
            return Err(Problem::arguments("the body is not a JSON object"));
        };
        arguments.extend(fields);
    }
    Ok(Value::Object(arguments))
}

/// A call with its arguments.
pub(super) struct Call<'c> {
    pub(super) hub: &'c Arc<Hub>,
    pub(super) arguments: &'c Value,
    default_timeout: Duration,
}

impl<'c> Call<'c> {
    pub(super) fn new(hub: &'c Arc<Hub>, default_timeout: Duration, arguments: &'c Value) -> Call<'c> {
        Call { hub, arguments, default_timeout }
    }

    /// A text that may be absent.
    pub(super) fn optional_text(&self, name: &str) -> Option<&'c str> {
        self.arguments[name].as_str()
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<&'c str, Problem> {
        self.optional_text(name).ok_or_else(|| Problem::arguments(format!("{name:?} is missing: a text")))
    }

    /// Whether a flag is set. `None` if it is absent.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        let value = &self.arguments[name];
        value.as_bool().or_else(|| value.as_str().map(|text| text == "true" || text == "1"))
    }

    /// A number that may be absent, in JSON or as text.
    pub(super) fn optional_number(&self, name: &str) -> Option<f64> {
        let value = &self.arguments[name];
        value.as_f64().or_else(|| value.as_str()?.parse().ok())
    }

    /// A whole number that may be absent.
    pub(super) fn optional_count(&self, name: &str) -> Result<Option<u64>, Problem> {
        let value = &self.arguments[name];
        if value.is_null() {
            return Ok(None);
        }
        let count = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        count.map(Some).ok_or_else(|| Problem::arguments(format!("{name:?} is not a whole number: {value}")))
    }

    /// A time in seconds that may be absent.
    pub(super) fn optional_seconds(&self, name: &str) -> Result<Option<Duration>, Problem> {
        let Some(seconds) = self.optional_number(name) else { return Ok(None) };
        let duration = Duration::try_from_secs_f64(seconds);
        duration
            .map(Some)
            .map_err(|_| Problem::arguments(format!("{name:?} is not a time in seconds: {seconds}")))
    }

    /// How long this call waits.
    pub(super) fn timeout(&self) -> Result<Duration, Problem> {
        Ok(self.optional_seconds("timeout")?.unwrap_or(self.default_timeout))
    }

    /// An ID, as text or as number.
    pub(super) fn id(&self, name: &str) -> Result<u64, Problem> {
        self.optional_count(name)?.ok_or_else(|| Problem::arguments(format!("{name:?} is missing: an ID")))
    }

    /// The person who acts. A person of this name joins if there is none.
    pub(super) fn person(&self) -> Result<Member, Problem> {
        let name = self.text("as")?;
        self.member(name)
    }

    /// The guild that the call names, by name or ID. `None` if it names none.
    pub(super) fn optional_guild(&self) -> Result<Option<GuildId>, Problem> {
        let text = match &self.arguments["guild"] {
            Value::Null => return Ok(None),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.hub.read(|state| match state.world.guild_by_text(&text) {
            Some(guild) => Ok(Some(guild)),
            None => Err(Problem::unknown(format!("guild {text:?}"), state.world.guild_names().join(", "))),
        })
    }

    /// The guild that the call names, or else the first one.
    pub(super) fn guild(&self) -> Result<GuildId, Problem> {
        Ok(self.optional_guild()?.unwrap_or_else(|| self.hub.read(|state| state.world.guild_id())))
    }

    /// A person by name. They join the guild of the call, or the first one if they are in none.
    pub(super) fn member(&self, name: &str) -> Result<Member, Problem> {
        let name = name.trim_start_matches('@');
        if name.is_empty() {
            return Err(Problem::arguments("the name of a person is empty"));
        }
        let guild = self.optional_guild()?;
        let id = self.hub.change(|state, now| {
            let time = state.clock.time();
            let (id, events) = match guild {
                None if state.world.is_in_a_guild(name) => (state.world.person(time, name), Vec::new()),
                None => state.world.member(time, name),
                Some(guild) => state.world.member_of(time, guild, name),
            };
            state.dispatch(now, events);
            id
        });
        Ok(Member::new(self.hub.clone(), id, name, self.timeout()?))
    }

    /// The channel of the call, by name or ID. With `direct`, the direct messages of the person who acts.
    pub(super) fn channel(&self) -> Result<Channel, Problem> {
        if self.flag("direct") == Some(true) {
            let person = self.person()?;
            let body =
                self.hub.change(|state, _| state.world.dm_channel(state.clock.time(), person.id())).body;
            let id = body["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
            return self.channel_handle(id, &format!("direct messages with {}", person.name()));
        }
        let text = match &self.arguments["channel"] {
            Value::Null => return Err(Problem::arguments("\"channel\" is missing: a name or an ID")),
            Value::String(text) => text.trim_start_matches('#').to_owned(),
            other => other.to_string(),
        };
        let guild = self.optional_guild()?;
        let is_of_guild = |channel: &Value| guild.is_none_or(|guild| channel["guild_id"] == json!(guild));
        let mut channels = self.hub.read(|state| state.world.guild_channels());
        channels.retain(is_of_guild);
        let found = channels.iter().find(|channel| channel["name"] == text || channel["id"] == text);
        let id = found.and_then(|channel| channel["id"].as_str()?.parse().ok());
        let direct = || {
            let channels = self.hub.read(|state| state.world.direct_channels());
            channels.iter().any(|channel| channel["id"] == text).then(|| text.parse().ok())?
        };
        let Some(id) = id.or_else(direct) else {
            let names: Vec<&str> = channels.iter().filter_map(|channel| channel["name"].as_str()).collect();
            return Err(Problem::unknown(format!("channel {text:?}"), format!("#{}", names.join(", #"))));
        };
        self.channel_handle(id, found.and_then(|channel| channel["name"].as_str()).unwrap_or(&text))
    }

    /// The message of the call, and its channel.
    pub(super) fn message(&self) -> Result<(Channel, MessageId), Problem> {
        let id = MessageId::new(self.id("message")?);
        let Some(channel) = self.hub.read(|state| state.world.channel_of_message(id)) else {
            return Err(Problem::unknown(
                format!("message {id}"),
                "no such message, or it was deleted".to_owned(),
            ));
        };
        Ok((self.channel_handle(channel.get(), &channel.to_string())?, id))
    }

    /// The interaction of the call.
    pub(super) fn interaction(&self) -> Result<Interaction, Problem> {
        let id = InteractionId::new(self.id("interaction")?);
        if self.hub.read(|state| state.world.interaction(id)).is_none() {
            let ids = self.hub.read(|state| state.world.interaction_ids());
            return Err(Problem::unknown(format!("interaction {id}"), format!("{ids:?}")));
        }
        Ok(Interaction::new(self.hub.clone(), id, self.timeout()?))
    }

    /// The files of the call: `[{"name": "a.png", "content": "<base64>"}]`, or with `"text"` instead of `"content"`.
    pub(super) fn files(&self) -> Result<Vec<NamedFile>, Problem> {
        let files = self.arguments["files"].as_array().into_iter().flatten();
        files.map(file).collect()
    }

    fn channel_handle(&self, id: u64, name: &str) -> Result<Channel, Problem> {
        Ok(Channel::new(self.hub.clone(), ChannelId::new(id), name, self.timeout()?))
    }
}

fn file(file: &Value) -> Result<NamedFile, Problem> {
    let name = file["name"].as_str().ok_or_else(|| Problem::arguments("a file has no \"name\""))?;
    if let Some(text) = file["text"].as_str() {
        return Ok((name.to_owned(), text.as_bytes().to_vec()));
    }
    let content = file["content"].as_str().unwrap_or_default();
    let content = BASE64_STANDARD
        .decode(content)
        .map_err(|error| Problem::arguments(format!("the content of {name} is not base64: {error}")))?;
    Ok((name.to_owned(), content))
}

/// Files as people take them.
pub(super) fn borrowed(files: &[NamedFile]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect()
}

/// The response of an action without a result.
pub(super) fn done() -> Value {
    json!({})
}
