//! The world: all state of the simulated Discord.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::access::ADMINISTRATOR;
use super::command::{Command, Creation};
#[cfg(feature = "http-interactions")]
use super::endpoint::Endpoints;
use super::interaction::Interaction;
use super::objects;
use super::rejection::{Rejection, not_in_dm, unknown_channel};
use crate::id::{ApplicationId, GuildId, UserId};

/// The first second of 2015, where Discord's IDs begin ([snowflakes](https://docs.discord.com/developers/reference#snowflakes)).
const EPOCH: Duration = Duration::from_millis(1_420_070_400_000);

/// How long a bot has to respond to an interaction
/// ([callback](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback)).
const INTERACTION_TIMEOUT: Duration = Duration::from_secs(3);

/// The name of the guild that exists from the start.
const FIRST_GUILD: &str = "Playground";

/// Where Discord serves uploaded files.
const FILE_ADDRESS: &str = "https://cdn.discordapp.com";

/// The state of the simulated Discord.
///
/// Its form as JSON is a [snapshot](World::snapshot).
#[derive(Deserialize, Serialize)]
pub struct World {
    pub(super) last_id: u64,
    pub(super) users: BTreeMap<u64, User>,
    pub(super) guilds: BTreeMap<u64, Guild>,
    /// The applications. An application has the ID of its bot's user.
    pub(super) applications: BTreeMap<u64, Application>,
    pub(super) channels: BTreeMap<u64, Channel>,
    pub(super) messages: BTreeMap<u64, Message>,
    /// Application commands, oldest first.
    pub(super) commands: Vec<Command>,
    pub(super) command_creations: Vec<Creation>,
    #[serde(skip)]
    pub(super) interactions: BTreeMap<u64, Interaction>,
    pub(super) interaction_timeout: Duration,
    /// Lists of objects: by the ID of the guild, application or channel that has them, and by name.
    pub(super) lists: BTreeMap<u64, BTreeMap<String, Vec<Value>>>,
    /// Single objects, in the same order.
    pub(super) settings: BTreeMap<u64, BTreeMap<String, Value>>,
    /// The interactions that opened a modal, by user, oldest first.
    #[serde(skip)]
    pub(super) modals: BTreeMap<u64, Vec<u64>>,
    /// The contents of attachments.
    #[serde(with = "super::base64_values")]
    pub(super) uploads: BTreeMap<u64, Vec<u8>>,
    /// The address that serves uploaded files.
    #[serde(skip)]
    pub(super) file_address: String,
    /// The ephemeral messages, by user, oldest first.
    pub(super) ephemeral_messages: BTreeMap<u64, Vec<u64>>,
    /// Not in a snapshot: the next program has other servers.
    #[cfg(feature = "http-interactions")]
    #[serde(skip)]
    pub(super) endpoints: Endpoints,
}

#[derive(Deserialize, Serialize)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) is_bot: bool,
    /// Whether direct messages of bots to this person fail.
    pub(super) refuses_direct_messages: bool,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Guild {
    pub(super) name: String,
    pub(super) owner: u64,
    pub(super) created_at: Duration,
    pub(super) members: BTreeMap<u64, Member>,
    /// The fields that were changed.
    pub(super) changes: Value,
    /// The bot that was added or removed last. It receives GUILD_CREATE or GUILD_DELETE.
    pub(super) last_moved_bot: Option<u64>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Member {
    pub(super) joined_at: Duration,
    /// The fields that differ from a new member: roles, nick and so on.
    pub(super) fields: Value,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Application {
    /// The users who have installed it.
    pub(super) users: BTreeSet<u64>,
    pub(super) token: String,
    pub(super) flags: u64,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Channel {
    pub(super) place: Place,
    /// The channel as REST returns it, without computed fields.
    pub(super) body: Value,
    pub(super) messages: Vec<u64>,
    /// The messages of bots, in the order in which their content became visible.
    pub(super) bot_messages: Vec<u64>,
    /// The users who started to type.
    pub(super) typing: Vec<u64>,
}

/// Where a channel is.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
pub(super) enum Place {
    Guild(u64),
    /// Direct messages between a bot and a user.
    Direct {
        bot: u64,
        user: u64,
    },
}

#[derive(Deserialize, Serialize)]
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

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("guilds", &self.guilds.len()).finish_non_exhaustive()
    }
}

impl World {
    /// Creates a world with one bot and one guild, which the bot owns. `flags` are those of the bot's application.
    pub fn new(now: Duration, bot: &str, flags: u64) -> World {
        let mut world = World::empty();
        let guild = world.next_id(now);
        let bot = world.add_application(now, bot, flags);
        world.insert_guild(now, guild, FIRST_GUILD, bot.get());
        world.add_bot(now, GuildId::new(guild), bot, ADMINISTRATOR);
        world
    }

    /// Creates a world with one bot and without a guild.
    pub fn without_guild(now: Duration, bot: &str, flags: u64) -> World {
        let mut world = World::empty();
        world.add_application(now, bot, flags);
        world
    }

    /// Creates a world without anything.
    fn empty() -> World {
        World {
            last_id: 0,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            applications: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: Vec::new(),
            command_creations: Vec::new(),
            interactions: BTreeMap::new(),
            interaction_timeout: INTERACTION_TIMEOUT,
            lists: BTreeMap::new(),
            settings: BTreeMap::new(),
            modals: BTreeMap::new(),
            uploads: BTreeMap::new(),
            file_address: FILE_ADDRESS.to_owned(),
            ephemeral_messages: BTreeMap::new(),
            #[cfg(feature = "http-interactions")]
            endpoints: Endpoints::new(),
        }
    }

    /// Creates an application and its bot, which is in no guild. Returns the ID that both have.
    pub fn add_application(&mut self, now: Duration, name: &str, flags: u64) -> UserId {
        let id = self.next_id(now);
        self.users.insert(id, User::new(name, true));
        self.applications.insert(id, Application { users: BTreeSet::new(), token: String::new(), flags });
        UserId::new(id)
    }

    /// Creates a guild. Its only member is its owner.
    pub fn add_guild(&mut self, now: Duration, name: &str, owner: UserId) -> GuildId {
        let id = self.next_guild_id(now);
        self.insert_guild(now, id, name, owner.get());
        GuildId::new(id)
    }

    fn insert_guild(&mut self, now: Duration, id: u64, name: &str, owner: u64) {
        let guild = Guild {
            name: name.into(),
            owner,
            created_at: now,
            members: BTreeMap::new(),
            changes: json!({}),
            last_moved_bot: None,
        };
        self.guilds.insert(id, guild);
        let everyone = objects::role(id, "@everyone", objects::EVERYONE_PERMISSIONS);
        self.list_mut(id, "roles").push(everyone);
        self.join(now, id, owner);
    }

    /// Sets how long a bot has to respond to an interaction. Discord's timeout is 3 seconds.
    pub fn set_interaction_timeout(&mut self, timeout: Duration) {
        self.interaction_timeout = timeout;
    }

    /// The bots, oldest first.
    pub fn bots(&self) -> impl Iterator<Item = UserId> {
        self.applications.keys().copied().map(UserId::new)
    }

    /// The ID of the first bot's user and application.
    pub fn bot_id(&self) -> UserId {
        UserId::new(self.first_bot())
    }

    /// The ID of the first bot's application.
    pub fn application_id(&self) -> ApplicationId {
        ApplicationId::new(self.first_bot())
    }

    /// The ID of the first guild.
    pub fn guild_id(&self) -> GuildId {
        GuildId::new(self.first_guild())
    }

    pub(super) fn first_bot(&self) -> u64 {
        self.applications.keys().next().copied().unwrap_or(0)
    }

    pub(super) fn first_guild(&self) -> u64 {
        self.guilds.keys().next().copied().unwrap_or(0)
    }

    /// The guilds of a user, oldest first.
    pub(super) fn guilds_of(&self, user: u64) -> Vec<u64> {
        let of_user = self.guilds.iter().filter(|(_, guild)| guild.members.contains_key(&user));
        of_user.map(|(id, _)| *id).collect()
    }

    /// The existing guild that a payload names.
    pub(super) fn guild_in(&self, data: &Value) -> Option<u64> {
        objects::id(&data["guild_id"]).filter(|guild| self.guilds.contains_key(guild))
    }

    pub(super) fn next_id(&mut self, now: Duration) -> u64 {
        self.last_id = first_id_at(now).max(self.last_id + 1);
        self.last_id
    }

    /// A new ID in a later millisecond than that of the newest guild. The shard of a guild is computed from the millisecond, so
    /// guilds that are created one after the other are on different shards.
    fn next_guild_id(&mut self, now: Duration) -> u64 {
        let after_newest = self.guilds.keys().next_back().map_or(0, |newest| ((newest >> 22) + 1) << 22);
        self.last_id = after_newest.max(self.next_id(now));
        self.last_id
    }

    pub(super) fn add_channel(&mut self, id: u64, place: Place, body: Value) {
        let channel =
            Channel { place, body, messages: Vec::new(), bot_messages: Vec::new(), typing: Vec::new() };
        self.channels.insert(id, channel);
    }

    /// The objects of a list. `owner` is the guild, the application or the channel.
    pub(super) fn list(&self, owner: u64, name: &str) -> &[Value] {
        self.lists.get(&owner).and_then(|lists| lists.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The objects of a list, to be changed.
    pub(super) fn list_mut(&mut self, owner: u64, name: &str) -> &mut Vec<Value> {
        self.lists.entry(owner).or_default().entry(name.to_owned()).or_default()
    }

    /// An object of a list.
    pub(super) fn item(&self, owner: u64, name: &str, id: u64) -> Option<&Value> {
        self.list(owner, name).iter().find(|item| objects::is_id(&item["id"], id))
    }

    /// Finds an object in all lists of a name. Returns the owner of the list and the index in it.
    pub(super) fn find_item(&self, name: &str, key: &str, value: &str) -> Option<(u64, usize)> {
        self.lists.iter().find_map(|(owner, lists)| {
            let index = lists.get(name)?.iter().position(|item| item[key] == value)?;
            Some((*owner, index))
        })
    }

    pub(super) fn setting(&self, owner: u64, name: &str) -> Option<&Value> {
        self.settings.get(&owner)?.get(name)
    }

    /// A single object, to be changed. Null if there is none yet.
    pub(super) fn setting_mut(&mut self, owner: u64, name: &str) -> &mut Value {
        self.settings.entry(owner).or_default().entry(name.to_owned()).or_default()
    }

    pub(super) fn set_setting(&mut self, owner: u64, name: &str, value: Value) {
        *self.setting_mut(owner, name) = value;
    }

    /// The guild of a channel. `None` if there is no such channel, or if it is for direct messages.
    pub(super) fn guild_of(&self, channel: u64) -> Option<u64> {
        match self.channels.get(&channel)?.place {
            Place::Guild(guild) => Some(guild),
            Place::Direct { .. } => None,
        }
    }

    pub(super) fn is_in_guild(&self, channel: u64) -> bool {
        self.guild_of(channel).is_some()
    }

    /// The channels and threads of a guild, oldest first.
    pub(super) fn channels_of(&self, guild: u64) -> impl Iterator<Item = u64> {
        let of_guild = self.channels.iter().filter(move |(_, channel)| channel.place == Place::Guild(guild));
        of_guild.map(|(id, _)| *id)
    }

    pub(super) fn known_channel(&self, channel: u64) -> Result<&Channel, Rejection> {
        self.channels.get(&channel).ok_or_else(unknown_channel)
    }

    /// The guild of a channel that must exist and be in a guild.
    pub(super) fn known_guild_of(&self, channel: u64) -> Result<u64, Rejection> {
        match self.known_channel(channel)?.place {
            Place::Guild(guild) => Ok(guild),
            Place::Direct { .. } => Err(not_in_dm()),
        }
    }
}

impl User {
    pub(super) fn new(name: &str, is_bot: bool) -> User {
        User { name: name.into(), is_bot, refuses_direct_messages: false }
    }
}

/// When an ID was created, to the millisecond.
pub(super) fn time_of_id(id: u64) -> Duration {
    EPOCH + Duration::from_millis(id >> 22)
}

/// The smallest ID of the millisecond of a time.
pub(super) fn first_id_at(time: Duration) -> u64 {
    u64::try_from(time.saturating_sub(EPOCH).as_millis()).unwrap_or(0) << 22
}
