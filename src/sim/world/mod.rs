//! What the simulated Discord holds: one guild, its channels, members and messages, and direct messages.
//!
//! A [`World`] has no I/O and no clock: `now` is the time since the Unix epoch. Each operation says what
//! the one who asked is answered and which events it caused; both are made here, field by field, and not
//! with the crate's own model, so that a mistake there is not repeated here.

mod audit;
mod call;
mod channel;
mod collection;
mod command;
mod component;
mod conversation;
mod extras;
mod form;
mod guild;
mod interaction;
mod member;
mod message;
mod permission;
mod post;
mod routes;
mod shapes;
mod thread;
mod voice;
mod webhook;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

pub(super) use self::call::decoded;
pub use self::call::{Call, File};
use self::form::{Rejection, form_error, rejection};
use self::interaction::Interaction;
pub use self::interaction::{Acknowledgement, RejectedResponse};
use super::peer::ReadyData;

/// The first second of 2015, where Discord's ids begin ([snowflakes](https://docs.discord.com/developers/reference#snowflakes)).
const EPOCH: Duration = Duration::from_millis(1_420_070_400_000);

/// How long a bot has to answer an interaction
/// ([callback](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback)).
const INTERACTION_TIMEOUT: Duration = Duration::from_secs(3);

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
    /// The body, if nothing went wrong.
    pub(super) fn body_if_ok(self) -> Option<Value> {
        (self.status < 300).then_some(self.body)
    }

    fn new(status: u16, body: Value, events: Vec<Event>) -> Answer {
        Answer { status, body, events }
    }

    /// A plain answer, which caused nothing.
    fn ok(body: Value) -> Answer {
        Answer::new(200, body, Vec::new())
    }

    /// An answer without a body.
    fn done(events: Vec<Event>) -> Answer {
        Answer::new(204, Value::Null, events)
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
    /// Application commands, in the order of their making.
    commands: Vec<command::Command>,
    /// When commands were made, by scope.
    creates: BTreeMap<Option<u64>, Vec<Duration>>,
    interactions: BTreeMap<u64, Interaction>,
    interaction_timeout: Duration,
    /// Lists of objects, by what they are.
    lists: BTreeMap<&'static str, Vec<Value>>,
    /// The interactions that opened a modal, for each person in order.
    opened: BTreeMap<u64, Vec<u64>>,
    /// What there is one of, by its name.
    settings: BTreeMap<&'static str, Value>,
    /// What was changed of the guild.
    guild_changes: Value,
    /// What is in the attachments.
    uploads: BTreeMap<u64, Vec<u8>>,
    /// What was said to one person alone, in order.
    whispers: BTreeMap<u64, Vec<u64>>,
}

struct User {
    name: String,
    bot: bool,
    joined: Duration,
    /// No member any more.
    gone: bool,
    /// What differs from a plain member: roles, nick and the like.
    member: Value,
}

struct Channel {
    /// The other one of a direct message.
    with: Option<u64>,
    /// As REST shows it, but for what changes by itself.
    body: Value,
    messages: Vec<u64>,
    /// The messages of bots in the order in which there was something to see.
    shown: Vec<u64>,
    typing: Vec<u64>,
}

struct Message {
    author: u64,
    channel: u64,
    /// As REST shows it.
    body: Value,
    /// Who reacted, with what.
    reactions: Vec<(u64, String)>,
    /// The only one who sees it.
    only_for: Option<u64>,
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
            commands: Vec::new(),
            creates: BTreeMap::new(),
            interactions: BTreeMap::new(),
            interaction_timeout: INTERACTION_TIMEOUT,
            lists: BTreeMap::new(),
            opened: BTreeMap::new(),
            settings: BTreeMap::new(),
            guild_changes: json!({}),
            uploads: BTreeMap::new(),
            whispers: BTreeMap::new(),
        };
        world.guild = world.next_id(now);
        world.bot = world.next_id(now);
        world.users.insert(world.bot, User::new(bot, true, now));
        let everyone = shapes::role(world.guild, "@everyone", shapes::EVERYONE);
        world.lists.insert("roles", vec![everyone]);
        world
    }

    /// The bot's user id, which is its application's too.
    pub fn bot(&self) -> u64 {
        self.bot
    }

    /// The guild's id.
    pub fn guild(&self) -> u64 {
        self.guild
    }

    /// Sets how long a bot has to answer an interaction; Discord gives 3 seconds.
    pub fn set_interaction_timeout(&mut self, timeout: Duration) {
        self.interaction_timeout = timeout;
    }

    /// The member of this name, who joins if there is none.
    pub fn member(&mut self, now: Duration, name: &str) -> (u64, Vec<Event>) {
        let known = self.users.iter().find(|(_, user)| !user.bot && user.name == name);
        let known = known.map(|(id, user)| (*id, user.gone));
        if let Some((id, false)) = known {
            return (id, Vec::new());
        }
        let id = known.map_or_else(|| self.next_id(now), |(id, _)| id);
        self.users.insert(id, User::new(name, false, now));
        let mut member = self.member_body(id);
        member["guild_id"] = json!(self.guild.to_string());
        (id, vec![("GUILD_MEMBER_ADD", member)])
    }

    /// The guild's text channel of this name, made if there is none.
    pub fn channel(&mut self, now: Duration, name: &str) -> (u64, Vec<Event>) {
        let named = |channel: &Channel| channel.with.is_none() && channel.body["name"] == name;
        if let Some((id, _)) = self.channels.iter().find(|(_, channel)| named(channel)) {
            return (*id, Vec::new());
        }
        let id = self.next_id(now);
        let position = self.channels.values().filter(|channel| channel.with.is_none()).count();
        self.add_channel(id, None, shapes::text_channel(id, self.guild, name, position));
        (id, vec![("CHANNEL_CREATE", self.channel_body(id))])
    }

    /// The direct messages between the bot and a user.
    pub fn dm_channel(&mut self, now: Duration, user: u64) -> Answer {
        if !self.users.contains_key(&user) || user == self.bot {
            return form_error("recipient_id", "INVALID_RECIPIENT", "Invalid Recipient(s)").into();
        }
        let open = self.channels.iter().find(|(_, channel)| channel.with == Some(user)).map(|(id, _)| *id);
        let id = open.unwrap_or_else(|| {
            let id = self.next_id(now);
            self.add_channel(id, Some(user), json!({"id": id.to_string(), "type": 1, "flags": 0}));
            id
        });
        Answer::ok(self.channel_body(id))
    }

    /// The newest messages of a channel, newest first.
    pub fn show_messages(&self, channel: u64, limit: usize) -> Answer {
        match self.known_channel(channel) {
            Ok(found) => {
                let newest = found.messages.iter().rev().take(limit);
                Answer::ok(newest.filter_map(|id| self.message(*id)).collect())
            }
            Err(unknown) => unknown.into(),
        }
    }

    /// A channel, as REST shows it.
    pub fn show_channel(&self, channel: u64) -> Answer {
        match self.known_channel(channel) {
            Ok(_) => Answer::ok(self.channel_body(channel)),
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
        Answer::ok(user)
    }

    /// The bot's application, as `GET /applications/@me` shows it.
    pub fn show_application(&self) -> Answer {
        Answer::ok(self.application_body())
    }

    /// What a new session is greeted with.
    pub fn ready_data(&self) -> ReadyData {
        ReadyData {
            user: self.show_bot().body,
            application: json!({"id": self.bot.to_string(), "flags": self.flags}),
            guilds: vec![self.guild_body()],
        }
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

    fn add_channel(&mut self, id: u64, with: Option<u64>, body: Value) {
        let channel = Channel { with, body, messages: Vec::new(), shown: Vec::new(), typing: Vec::new() };
        self.channels.insert(id, channel);
    }

    /// The objects of a list.
    fn list(&self, name: &str) -> &[Value] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// An object of a list.
    fn item(&self, name: &str, id: u64) -> Option<&Value> {
        self.list(name).iter().find(|item| shapes::id(&item["id"]) == Some(id))
    }

    fn in_guild(&self, channel: u64) -> bool {
        self.channels.get(&channel).is_some_and(|channel| channel.with.is_none())
    }

    fn known_channel(&self, channel: u64) -> Result<&Channel, Rejection> {
        self.channels.get(&channel).ok_or_else(|| rejection(404, 10003, "Unknown Channel"))
    }
}

impl User {
    fn new(name: &str, bot: bool, joined: Duration) -> User {
        User { name: name.into(), bot, joined, gone: false, member: json!({}) }
    }
}
