//! The world: all state of the simulated Discord.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::command::Command;
use super::interaction::Interaction;
use super::objects;
use super::rejection::{Rejection, form_error, rejection};
use super::rest_response::{Event, RestResponse};
use crate::sim::peer::ReadyData;

/// The first second of 2015, where Discord's IDs begin ([snowflakes](https://docs.discord.com/developers/reference#snowflakes)).
const EPOCH: Duration = Duration::from_millis(1_420_070_400_000);

/// How long a bot has to respond to an interaction
/// ([callback](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback)).
const INTERACTION_TIMEOUT: Duration = Duration::from_secs(3);

/// The state of the simulated Discord.
pub struct World {
    pub(super) created_at: Duration,
    pub(super) last_id: u64,
    pub(super) guild: u64,
    pub(super) bot: u64,
    pub(super) application_flags: u64,
    pub(super) users: BTreeMap<u64, User>,
    pub(super) channels: BTreeMap<u64, Channel>,
    pub(super) messages: BTreeMap<u64, Message>,
    /// Application commands, oldest first.
    pub(super) commands: Vec<Command>,
    /// When commands were created, by guild. `None` is for global commands.
    pub(super) command_creations: BTreeMap<Option<u64>, Vec<Duration>>,
    pub(super) interactions: BTreeMap<u64, Interaction>,
    pub(super) interaction_timeout: Duration,
    /// Lists of objects, by their names.
    pub(super) lists: BTreeMap<&'static str, Vec<Value>>,
    /// The interactions that opened a modal, by user, oldest first.
    pub(super) modals: BTreeMap<u64, Vec<u64>>,
    /// Single objects, by their names.
    pub(super) settings: BTreeMap<&'static str, Value>,
    /// The changed fields of the guild.
    pub(super) guild_changes: Value,
    /// The contents of attachments.
    pub(super) uploads: BTreeMap<u64, Vec<u8>>,
    /// The ephemeral messages, by user, oldest first.
    pub(super) ephemeral_messages: BTreeMap<u64, Vec<u64>>,
}

pub(super) struct User {
    pub(super) name: String,
    pub(super) is_bot: bool,
    pub(super) joined_at: Duration,
    /// Whether the user has left the guild.
    pub(super) has_left: bool,
    /// The fields that differ from a new member: roles, nick and so on.
    pub(super) member: Value,
}

pub(super) struct Channel {
    /// The user, if this is a DM channel.
    pub(super) recipient: Option<u64>,
    /// The channel as REST returns it, without computed fields.
    pub(super) body: Value,
    pub(super) messages: Vec<u64>,
    /// The messages of bots, in the order in which their content became visible.
    pub(super) bot_messages: Vec<u64>,
    /// The users who started to type.
    pub(super) typing: Vec<u64>,
}

pub(super) struct Message {
    pub(super) author: u64,
    pub(super) channel: u64,
    /// The message as REST returns it, without reactions.
    pub(super) body: Value,
    /// The user and the emoji of each reaction, oldest first.
    pub(super) reactions: Vec<(u64, String)>,
    /// The only user who sees it, if it is ephemeral.
    pub(super) ephemeral_for: Option<u64>,
}

impl World {
    /// Creates a world with one guild, whose only member is the bot. `application_flags` are those of the bot's application.
    pub fn new(now: Duration, bot: &str, application_flags: u64) -> World {
        let mut world = World {
            created_at: now,
            last_id: 0,
            guild: 0,
            bot: 0,
            application_flags,
            users: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: Vec::new(),
            command_creations: BTreeMap::new(),
            interactions: BTreeMap::new(),
            interaction_timeout: INTERACTION_TIMEOUT,
            lists: BTreeMap::new(),
            modals: BTreeMap::new(),
            settings: BTreeMap::new(),
            guild_changes: json!({}),
            uploads: BTreeMap::new(),
            ephemeral_messages: BTreeMap::new(),
        };
        world.guild = world.next_id(now);
        world.bot = world.next_id(now);
        world.users.insert(world.bot, User::new(bot, true, now));
        let everyone = objects::role(world.guild, "@everyone", objects::EVERYONE_PERMISSIONS);
        world.lists.insert("roles", vec![everyone]);
        world
    }

    /// The ID of the bot's user and application.
    pub fn bot_id(&self) -> u64 {
        self.bot
    }

    /// The ID of the guild.
    pub fn guild_id(&self) -> u64 {
        self.guild
    }

    /// Sets how long a bot has to respond to an interaction. Discord's timeout is 3 seconds.
    pub fn set_interaction_timeout(&mut self, timeout: Duration) {
        self.interaction_timeout = timeout;
    }

    /// Returns the ID of the member of this name. A new member joins if there is none.
    pub fn member(&mut self, now: Duration, name: &str) -> (u64, Vec<Event>) {
        let user = self.users.iter().find(|(_, user)| !user.is_bot && user.name == name);
        let user = user.map(|(id, user)| (*id, user.has_left));
        if let Some((id, false)) = user {
            return (id, Vec::new());
        }
        let id = user.map_or_else(|| self.next_id(now), |(id, _)| id);
        self.users.insert(id, User::new(name, false, now));
        let mut member = self.member_body(id);
        member["guild_id"] = json!(self.guild.to_string());
        (id, vec![("GUILD_MEMBER_ADD", member)])
    }

    /// The name of a user who is not a bot.
    pub fn member_name(&self, id: u64) -> Option<String> {
        self.users.get(&id).filter(|user| !user.is_bot).map(|user| user.name.clone())
    }

    /// Returns the ID of the guild's text channel of this name. It is created if there is none.
    pub fn channel(&mut self, now: Duration, name: &str) -> (u64, Vec<Event>) {
        let is_named = |channel: &Channel| channel.recipient.is_none() && channel.body["name"] == name;
        if let Some((id, _)) = self.channels.iter().find(|(_, channel)| is_named(channel)) {
            return (*id, Vec::new());
        }
        let id = self.next_id(now);
        let position = self.channels.values().filter(|channel| channel.recipient.is_none()).count();
        self.add_channel(id, None, objects::text_channel(id, self.guild, name, position));
        (id, vec![("CHANNEL_CREATE", self.channel_body(id))])
    }

    /// Returns the DM channel of the bot and a user. It is created if there is none.
    pub fn dm_channel(&mut self, now: Duration, user: u64) -> RestResponse {
        if !self.users.contains_key(&user) || user == self.bot {
            return form_error("recipient_id", "INVALID_RECIPIENT", "Invalid Recipient(s)").into();
        }
        let open = self.channels.iter().find(|(_, channel)| channel.recipient == Some(user));
        let id = open.map(|(id, _)| *id).unwrap_or_else(|| {
            let id = self.next_id(now);
            self.add_channel(id, Some(user), json!({"id": id.to_string(), "type": 1, "flags": 0}));
            id
        });
        RestResponse::ok(self.channel_body(id))
    }

    /// The newest messages of a channel, newest first.
    pub fn show_messages(&self, channel: u64, limit: usize) -> RestResponse {
        match self.known_channel(channel) {
            Ok(channel) => {
                let newest = channel.messages.iter().rev().take(limit);
                RestResponse::ok(newest.filter_map(|id| self.message(*id)).collect())
            }
            Err(unknown) => unknown.into(),
        }
    }

    /// A channel, as REST returns it.
    pub fn show_channel(&self, channel: u64) -> RestResponse {
        match self.known_channel(channel) {
            Ok(_) => RestResponse::ok(self.channel_body(channel)),
            Err(unknown) => unknown.into(),
        }
    }

    /// The bot's user, as `GET /users/@me` returns it.
    pub fn show_bot(&self) -> RestResponse {
        let mut user = self.user_body(self.bot);
        user["email"] = Value::Null;
        user["verified"] = json!(true);
        user["mfa_enabled"] = json!(false);
        user["locale"] = json!("en-US");
        RestResponse::ok(user)
    }

    /// The bot's application, as `GET /applications/@me` returns it.
    pub fn show_application(&self) -> RestResponse {
        RestResponse::ok(self.application_body())
    }

    /// What READY of a new session contains.
    pub fn ready_data(&self) -> ReadyData {
        ReadyData {
            user: self.show_bot().body,
            application: json!({"id": self.bot.to_string(), "flags": self.application_flags}),
            guilds: vec![self.guild_body()],
        }
    }

    /// The names of the users who started to type in a channel, oldest first.
    pub fn typing_users(&self, channel: u64) -> Vec<String> {
        let Some(channel) = self.channels.get(&channel) else { return Vec::new() };
        channel.typing.iter().map(|user| self.users[user].name.clone()).collect()
    }

    pub(super) fn next_id(&mut self, now: Duration) -> u64 {
        self.last_id = first_id_at(now).max(self.last_id + 1);
        self.last_id
    }

    pub(super) fn add_channel(&mut self, id: u64, recipient: Option<u64>, body: Value) {
        let channel =
            Channel { recipient, body, messages: Vec::new(), bot_messages: Vec::new(), typing: Vec::new() };
        self.channels.insert(id, channel);
    }

    /// The objects of a list.
    pub(super) fn list(&self, name: &str) -> &[Value] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The objects of a list, to be changed.
    pub(super) fn list_mut(&mut self, name: &'static str) -> &mut Vec<Value> {
        self.lists.entry(name).or_default()
    }

    /// An object of a list.
    pub(super) fn item(&self, name: &str, id: u64) -> Option<&Value> {
        self.list(name).iter().find(|item| objects::id(&item["id"]) == Some(id))
    }

    pub(super) fn is_in_guild(&self, channel: u64) -> bool {
        self.channels.get(&channel).is_some_and(|channel| channel.recipient.is_none())
    }

    pub(super) fn known_channel(&self, channel: u64) -> Result<&Channel, Rejection> {
        self.channels.get(&channel).ok_or_else(|| rejection(404, 10003, "Unknown Channel"))
    }
}

/// The smallest ID of the millisecond of a time.
pub(super) fn first_id_at(time: Duration) -> u64 {
    u64::try_from(time.saturating_sub(EPOCH).as_millis()).unwrap_or(0) << 22
}

impl User {
    fn new(name: &str, is_bot: bool, joined_at: Duration) -> User {
        User { name: name.into(), is_bot, joined_at, has_left: false, member: json!({}) }
    }
}
