//! What the simulated Discord holds: one guild, its channels, members and messages, and direct messages.
//!
//! A [`World`] has no I/O and no clock: `now` is the time since the Unix epoch. Each operation says what
//! the one who asked is answered and which events it caused; both are made here, field by field, and not
//! with the crate's own model, so that a mistake there is not repeated here.

mod shapes;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::peer::Greeting;
use shapes::{Rejection, emoji, form_error, rejection};

/// The first second of 2015, where Discord's ids begin ([snowflakes](https://docs.discord.com/developers/reference#snowflakes)).
const EPOCH: Duration = Duration::from_millis(1_420_070_400_000);

/// The longest message.
const MAX_CONTENT: usize = 2000;

/// An event to dispatch.
pub type Event = (&'static str, Value);

/// What an operation is answered with, and what it caused.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body; null for none.
    pub body: Value,
    /// What the gateway is to dispatch.
    pub events: Vec<Event>,
}

impl Answer {
    fn new(status: u16, body: Value, events: Vec<Event>) -> Answer {
        Answer { status, body, events }
    }
}

impl From<Rejection> for Answer {
    fn from((status, body): Rejection) -> Answer {
        Answer::new(status, body, Vec::new())
    }
}

/// The state of the simulated Discord.
pub struct World {
    born: Duration,
    last_id: u64,
    guild: u64,
    bot: u64,
    flags: u64,
    users: BTreeMap<u64, User>,
    channels: BTreeMap<u64, Channel>,
    messages: BTreeMap<u64, Message>,
}

struct User {
    name: String,
    bot: bool,
    joined: Duration,
}

struct Channel {
    /// The other one of a direct message.
    with: Option<u64>,
    name: String,
    messages: Vec<u64>,
    typing: Vec<u64>,
}

struct Message {
    author: u64,
    channel: u64,
    /// As REST shows it.
    body: Value,
    /// Who reacted, with what.
    reactions: Vec<(u64, String)>,
}

impl World {
    /// A world with one guild in which the bot is the only member. `flags` are the application's.
    pub fn new(now: Duration, bot: &str, flags: u64) -> World {
        let mut world = World {
            born: now,
            last_id: 0,
            guild: 0,
            bot: 0,
            flags,
            users: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
        };
        world.guild = world.next_id(now);
        world.bot = world.next_id(now);
        world.users.insert(world.bot, User { name: bot.into(), bot: true, joined: now });
        world
    }

    /// The bot's user id, which is its application's too.
    pub fn bot(&self) -> u64 {
        self.bot
    }

    /// The member of this name, who joins if there is none.
    pub fn member(&mut self, now: Duration, name: &str) -> (u64, Vec<Event>) {
        if let Some((id, _)) = self.users.iter().find(|(_, user)| !user.bot && user.name == name) {
            return (*id, Vec::new());
        }
        let id = self.next_id(now);
        self.users.insert(id, User { name: name.into(), bot: false, joined: now });
        let mut member = self.member_body(id);
        member["guild_id"] = json!(self.guild.to_string());
        (id, vec![("GUILD_MEMBER_ADD", member)])
    }

    /// The guild's text channel of this name, made if there is none.
    pub fn channel(&mut self, now: Duration, name: &str) -> (u64, Vec<Event>) {
        let named = |channel: &Channel| channel.with.is_none() && channel.name == name;
        if let Some((id, _)) = self.channels.iter().find(|(_, channel)| named(channel)) {
            return (*id, Vec::new());
        }
        let id = self.add_channel(now, None, name);
        (id, vec![("CHANNEL_CREATE", self.channel_body(id))])
    }

    /// The direct messages between the bot and a user.
    pub fn direct(&mut self, now: Duration, user: u64) -> Answer {
        if !self.users.contains_key(&user) || user == self.bot {
            return form_error("recipient_id", "INVALID_RECIPIENT", "Invalid Recipient(s)").into();
        }
        let open = self.channels.iter().find(|(_, channel)| channel.with == Some(user)).map(|(id, _)| *id);
        let id = open.unwrap_or_else(|| self.add_channel(now, Some(user), ""));
        Answer::new(200, self.channel_body(id), Vec::new())
    }

    /// Someone posts a message; `body` is what REST takes.
    pub fn post(&mut self, now: Duration, author: u64, channel: u64, body: &Value) -> Answer {
        self.try_post(now, author, channel, body).unwrap_or_else(Answer::from)
    }

    fn try_post(
        &mut self,
        now: Duration,
        author: u64,
        channel: u64,
        body: &Value,
    ) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        let content = shapes::content(body, MAX_CONTENT)?;
        if let Some(before) = self.same_nonce(author, channel, body) {
            return Ok(Answer::new(200, before, Vec::new()));
        }
        let reply_to = self.replied_to(channel, body)?;
        let pinged =
            shapes::pings(&content, &body["allowed_mentions"], reply_to.map(|id| self.messages[&id].author))?;
        let mentioned: Vec<u64> = pinged.users.into_iter().filter(|id| self.users.contains_key(id)).collect();
        let id = self.next_id(now);
        let list = |key: &str| body[key].as_array().cloned().unwrap_or_default();
        let mut message = json!({
            "id": id.to_string(),
            "channel_id": channel.to_string(),
            "author": self.user_body(author),
            "content": content,
            "timestamp": shapes::timestamp(now),
            "edited_timestamp": null,
            "tts": body["tts"].as_bool().unwrap_or(false),
            "mention_everyone": pinged.everyone,
            "mentions": mentioned.iter().map(|id| self.user_body(*id)).collect::<Vec<_>>(),
            "mention_roles": [],
            "attachments": [],
            "embeds": list("embeds"),
            "components": list("components"),
            "pinned": false,
            "flags": body["flags"].as_u64().unwrap_or(0),
            "type": if reply_to.is_some() { 19 } else { 0 },
        });
        if let Some(nonce) = body.get("nonce") {
            message["nonce"] = nonce.clone();
        }
        if let Some(reply_to) = reply_to {
            message["message_reference"] =
                json!({"type": 0, "message_id": reply_to.to_string(), "channel_id": channel.to_string()});
            if self.channels[&channel].with.is_none() {
                message["message_reference"]["guild_id"] = json!(self.guild.to_string());
            }
            message["referenced_message"] = self.messages[&reply_to].body.clone();
        }
        let event = self.message_event(channel, author, &mentioned, message.clone());
        self.messages.insert(id, Message { author, channel, body: message.clone(), reactions: Vec::new() });
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.messages.push(id);
        }
        Ok(Answer::new(200, message, vec![("MESSAGE_CREATE", event)]))
    }

    /// Someone reacts; `emoji` is a Unicode emoji or `name:id`.
    pub fn react(&mut self, user: u64, channel: u64, message: u64, with: &str) -> Answer {
        let place = self.place(channel, user);
        let found = self.known_message(channel, message).map(|message| message.author);
        let author = match (found, emoji(with)) {
            (Ok(author), Some(_)) => author,
            (Ok(_), None) => return rejection(400, 10014, "Unknown Emoji").into(),
            (Err(unknown), _) => return unknown.into(),
        };
        let Some(reactions) = self.messages.get_mut(&message).map(|message| &mut message.reactions) else {
            return rejection(404, 10008, "Unknown Message").into();
        };
        let reaction = (user, with.to_owned());
        if reactions.contains(&reaction) {
            return Answer::new(204, Value::Null, Vec::new());
        }
        reactions.push(reaction);
        let mut event = place;
        event["user_id"] = json!(user.to_string());
        event["message_id"] = json!(message.to_string());
        event["message_author_id"] = json!(author.to_string());
        event["emoji"] = emoji(with).unwrap_or_default();
        event["burst"] = json!(false);
        event["burst_colors"] = json!([]);
        event["type"] = json!(0);
        Answer::new(204, Value::Null, vec![("MESSAGE_REACTION_ADD", event)])
    }

    /// Someone starts to type.
    pub fn typing(&mut self, now: Duration, user: u64, channel: u64) -> Answer {
        if let Err(unknown) = self.known_channel(channel) {
            return unknown.into();
        }
        let mut event = self.place(channel, user);
        event["user_id"] = json!(user.to_string());
        event["timestamp"] = json!(now.as_secs());
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.typing.push(user);
        }
        Answer::new(204, Value::Null, vec![("TYPING_START", event)])
    }

    /// A channel, as REST shows it.
    pub fn show_channel(&self, channel: u64) -> Answer {
        match self.known_channel(channel) {
            Ok(_) => Answer::new(200, self.channel_body(channel), Vec::new()),
            Err(unknown) => unknown.into(),
        }
    }

    /// A message, as REST shows it.
    pub fn show_message(&self, channel: u64, message: u64) -> Answer {
        match self.known_message(channel, message) {
            Ok(message) => Answer::new(200, self.message_body(message), Vec::new()),
            Err(unknown) => unknown.into(),
        }
    }

    /// The newest messages of a channel, newest first.
    pub fn show_messages(&self, channel: u64, limit: usize) -> Answer {
        match self.known_channel(channel) {
            Ok(found) => {
                let newest = found.messages.iter().rev().take(limit);
                let bodies = newest.map(|id| self.message_body(&self.messages[id])).collect();
                Answer::new(200, Value::Array(bodies), Vec::new())
            }
            Err(unknown) => unknown.into(),
        }
    }

    /// The bot's user, as `GET /users/@me` shows it.
    pub fn show_bot(&self) -> Answer {
        let mut user = self.user_body(self.bot);
        user["email"] = Value::Null;
        user["verified"] = json!(true);
        user["mfa_enabled"] = json!(false);
        user["locale"] = json!("en-US");
        Answer::new(200, user, Vec::new())
    }

    /// The bot's application, as `GET /applications/@me` shows it.
    pub fn show_application(&self) -> Answer {
        Answer::new(200, self.application_body(), Vec::new())
    }

    /// What a new session is greeted with.
    pub fn greeting(&self) -> Greeting {
        Greeting {
            user: self.show_bot().body,
            application: json!({"id": self.bot.to_string(), "flags": self.flags}),
            guilds: vec![self.guild_body()],
        }
    }

    /// The first message of a bot in a channel after the message given, as REST shows it.
    pub fn bot_message_after(&self, channel: u64, after: u64) -> Option<Value> {
        let ids = &self.channels.get(&channel)?.messages;
        let later = &ids[ids.partition_point(|id| *id <= after)..];
        let message =
            later.iter().map(|id| &self.messages[id]).find(|message| self.users[&message.author].bot)?;
        Some(self.message_body(message))
    }

    /// Who reacted to a message, with what, in order.
    pub fn reactions(&self, message: u64) -> Vec<(String, String)> {
        let Some(message) = self.messages.get(&message) else { return Vec::new() };
        message.reactions.iter().map(|(user, emoji)| (self.users[user].name.clone(), emoji.clone())).collect()
    }

    /// Who began to type in a channel, in order.
    pub fn typists(&self, channel: u64) -> Vec<String> {
        let Some(channel) = self.channels.get(&channel) else { return Vec::new() };
        channel.typing.iter().map(|user| self.users[user].name.clone()).collect()
    }

    fn next_id(&mut self, now: Duration) -> u64 {
        let millis = u64::try_from(now.saturating_sub(EPOCH).as_millis()).unwrap_or(0);
        self.last_id = (millis << 22).max(self.last_id + 1);
        self.last_id
    }

    fn add_channel(&mut self, now: Duration, with: Option<u64>, name: &str) -> u64 {
        let id = self.next_id(now);
        let channel = Channel { with, name: name.into(), messages: Vec::new(), typing: Vec::new() };
        self.channels.insert(id, channel);
        id
    }

    fn known_channel(&self, channel: u64) -> Result<&Channel, Rejection> {
        self.channels.get(&channel).ok_or_else(|| rejection(404, 10003, "Unknown Channel"))
    }

    fn known_message(&self, channel: u64, message: u64) -> Result<&Message, Rejection> {
        self.known_channel(channel)?;
        let found = self.messages.get(&message).filter(|message| message.channel == channel);
        found.ok_or_else(|| rejection(404, 10008, "Unknown Message"))
    }

    /// With `enforce_nonce` the same nonce posts nothing twice.
    fn same_nonce(&self, author: u64, channel: u64, body: &Value) -> Option<Value> {
        let nonce = body.get("nonce").filter(|_| body["enforce_nonce"] == true)?;
        let mut own = self.messages.values().filter(|m| m.author == author && m.channel == channel);
        own.find(|message| message.body.get("nonce") == Some(nonce)).map(|message| message.body.clone())
    }

    fn replied_to(&self, channel: u64, body: &Value) -> Result<Option<u64>, Rejection> {
        let reference = &body["message_reference"];
        if reference.is_null() {
            return Ok(None);
        }
        let id = shapes::id(&reference["message_id"]);
        match id.filter(|id| self.known_message(channel, *id).is_ok()) {
            None if reference["fail_if_not_exists"] != false => {
                Err(form_error("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
            }
            known => Ok(known),
        }
    }
}
