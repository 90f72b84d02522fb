//! What a test puts into the world and reads from it: members, channels, bots.

use std::time::Duration;

use serde_json::{Value, json};

use super::objects;
use super::rejection::{Rejection, rejection};
use super::timestamp::timestamp;
use super::world::{Place, User, World};
use super::{Event, RestResponse};
use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::sim::peer::ReadyData;
use crate::sim::types::channel_type::DM;

impl World {
    /// Adds a bot to a guild, as by its invite: with a managed role of these permissions. Returns the events, which other
    /// bots receive.
    pub fn add_bot(&mut self, now: Duration, guild: GuildId, bot: UserId, permissions: u64) -> Vec<Event> {
        let (guild, bot) = (guild.get(), bot.get());
        let Some(name) = self.users.get(&bot).map(|user| user.name.clone()) else { return Vec::new() };
        let id = self.next_id(now);
        let mut role = objects::role(id, &name, permissions);
        role["managed"] = json!(true);
        role["position"] = json!(1);
        role["tags"] = json!({"bot_id": bot.to_string()});
        self.list_mut(guild, "roles").push(role.clone());
        let mut events = vec![("GUILD_ROLE_CREATE", json!({"guild_id": guild.to_string(), "role": role}))];
        if !self.is_member(guild, bot) {
            events.extend(self.join(now, guild, bot));
        }
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.last_moved_bot = Some(bot);
        }
        self.set_roles(guild, bot, &[id]);
        events.push(("GUILD_CREATE", self.guild_body(guild)));
        events
    }

    /// Makes a member the owner of a guild. Nothing happens if the member is the owner already.
    pub fn set_owner(&mut self, guild: GuildId, owner: UserId) -> Vec<Event> {
        let Some(stored) = self.guilds.get_mut(&guild.get()).filter(|guild| guild.owner != owner.get())
        else {
            return Vec::new();
        };
        stored.owner = owner.get();
        vec![("GUILD_UPDATE", self.rest_body(guild.get(), false))]
    }

    /// The owner of the applications: the owner of the first guild if that is a person, otherwise the first person there is.
    pub(super) fn developer(&self) -> u64 {
        let is_person = |id: &u64| self.users.get(id).is_some_and(|user| !user.is_bot);
        let owner = self.guilds.get(&self.first_guild()).map(|guild| guild.owner).filter(is_person);
        let first = || self.users.keys().copied().find(is_person);
        owner.or_else(first).unwrap_or(self.first_bot())
    }

    /// The owner of a guild.
    pub fn owner_of(&self, guild: GuildId) -> UserId {
        UserId::new(self.guilds.get(&guild.get()).map_or(0, |guild| guild.owner))
    }

    /// Changes fields of a guild without an event, also those that Discord changes by itself, such as `premium_tier`.
    pub fn change_guild(&mut self, guild: GuildId, changes: &Value) {
        if let Some(guild) = self.guilds.get_mut(&guild.get()) {
            objects::merge(&mut guild.changes, changes);
        }
    }

    /// Changes fields of a channel without an event.
    pub fn change_channel(&mut self, channel: ChannelId, changes: &Value) {
        if let Some(channel) = self.channels.get_mut(&channel.get()) {
            objects::merge(&mut channel.body, changes);
        }
    }

    /// Sets whether direct messages of bots to a person fail with 50007.
    pub fn refuse_direct_messages(&mut self, user: UserId, refuses: bool) {
        if let Some(user) = self.users.get_mut(&user.get()) {
            user.refuses_direct_messages = refuses;
        }
    }

    /// A user installs an application, whose commands they can then use everywhere.
    pub fn install_for_user(&mut self, application: UserId, user: UserId) {
        if let Some(application) = self.applications.get_mut(&application.get()) {
            application.users.insert(user.get());
        }
    }

    /// The flags of a bot's application, which show its privileged intents.
    pub fn application_flags(&self, bot: UserId) -> u64 {
        self.applications.get(&bot.get()).map_or(0, |application| application.flags)
    }

    /// Sets the flags of a bot's application.
    pub fn set_application_flags(&mut self, bot: UserId, flags: u64) {
        if let Some(application) = self.applications.get_mut(&bot.get()) {
            application.flags = flags;
        }
    }

    /// Sets the token of a bot.
    pub fn set_token(&mut self, bot: UserId, token: &str) {
        if let Some(application) = self.applications.get_mut(&bot.get()) {
            token.clone_into(&mut application.token);
        }
    }

    /// The token of a bot.
    pub fn token_of(&self, bot: UserId) -> Option<&str> {
        self.applications.get(&bot.get()).map(|application| application.token.as_str())
    }

    /// A text without the tokens of the bots.
    pub(in crate::sim) fn without_tokens(&self, text: &str) -> String {
        let tokens = self.applications.values().map(|application| application.token.as_str());
        let tokens = tokens.filter(|token| !token.is_empty());
        tokens.fold(text.to_owned(), |text, token| text.replace(token, "the token"))
    }

    /// The bot of a token.
    pub fn bot_of_token(&self, token: &str) -> Option<UserId> {
        let bot = self.applications.iter().find(|(_, application)| application.token == token);
        bot.map(|(id, _)| UserId::new(*id))
    }

    /// The guild of this name.
    pub fn guild_named(&self, name: &str) -> Option<GuildId> {
        let guild = self.guilds.iter().find(|(_, guild)| guild.name == name);
        guild.map(|(id, _)| GuildId::new(*id))
    }

    /// The bot of this name.
    pub fn bot_named(&self, name: &str) -> Option<UserId> {
        self.bots().find(|bot| self.users[&bot.get()].name == name)
    }

    /// A time as Discord writes it.
    pub fn timestamp(at: Duration) -> String {
        timestamp(at)
    }

    /// Returns the ID of the person of this name, who becomes a member of the first guild. See [`World::member_of`].
    pub fn member(&mut self, now: Duration, name: &str) -> (UserId, Vec<Event>) {
        self.member_of(now, self.guild_id(), name)
    }

    /// Returns the ID of the person of this name. A person who is not a member of the guild joins it, unless they are
    /// banned there.
    pub fn member_of(&mut self, now: Duration, guild: GuildId, name: &str) -> (UserId, Vec<Event>) {
        let (user, guild) = (self.person(now, name), guild.get());
        let may_join = !self.is_member(guild, user.get()) && !self.is_banned(guild, user.get());
        let events = if may_join { self.join(now, guild, user.get()) } else { Vec::new() };
        (user, events)
    }

    /// Returns the ID of the person of this name, who may be in no guild.
    pub fn person(&mut self, now: Duration, name: &str) -> UserId {
        let known = self.users.iter().find(|(_, user)| !user.is_bot && user.name == name);
        let known = known.map(|(id, _)| *id);
        let id = known.unwrap_or_else(|| {
            let id = self.next_id(now);
            self.users.insert(id, User::new(name, false));
            id
        });
        UserId::new(id)
    }

    /// The name of a user who is not a bot.
    pub fn member_name(&self, id: UserId) -> Option<String> {
        self.users.get(&id.get()).filter(|user| !user.is_bot).map(|user| user.name.clone())
    }

    /// Returns the ID of the first guild's channel of this name. See [`World::channel_in`].
    pub fn channel(&mut self, now: Duration, name: &str) -> (ChannelId, Vec<Event>) {
        self.channel_in(now, self.guild_id(), name)
    }

    /// Returns the ID of a guild's channel of this name. If there is none, a text channel is created.
    pub fn channel_in(&mut self, now: Duration, guild: GuildId, name: &str) -> (ChannelId, Vec<Event>) {
        let guild = guild.get();
        if let Some(id) = self.channels_of(guild).find(|id| self.channels[id].body["name"] == name) {
            return (ChannelId::new(id), Vec::new());
        }
        let id = self.next_id(now);
        let position = self.channels_of(guild).count();
        self.add_channel(id, Place::Guild(guild), objects::text_channel(id, guild, name, position));
        (ChannelId::new(id), vec![("CHANNEL_CREATE", self.channel_body(id))])
    }

    /// Returns the DM channel of the first bot and a user. It is created if there is none.
    pub fn dm_channel(&mut self, now: Duration, user: UserId) -> RestResponse {
        self.open_dm(now, self.first_bot(), user.get()).unwrap_or_else(RestResponse::from)
    }

    /// Returns the DM channel of a bot and a user. It is created if there is none.
    pub(super) fn open_dm(&mut self, now: Duration, bot: u64, user: u64) -> Result<RestResponse, Rejection> {
        if self.users.get(&user).is_none_or(|user| user.is_bot) {
            return Err(rejection(400, 50033, "Invalid Recipient(s)"));
        }
        let place = Place::Direct { bot, user };
        let open = self.channels.iter().find(|(_, channel)| channel.place == place);
        let id = open.map(|(id, _)| *id).unwrap_or_else(|| {
            let id = self.next_id(now);
            self.add_channel(id, place, json!({"id": id.to_string(), "type": DM, "flags": 0}));
            id
        });
        Ok(RestResponse::ok(self.channel_body(id)))
    }

    /// The newest messages of a channel, newest first.
    pub fn show_messages(&self, channel: ChannelId, limit: usize) -> RestResponse {
        match self.known_channel(channel.get()) {
            Ok(channel) => {
                let newest = channel.messages.iter().rev().take(limit);
                RestResponse::ok(newest.filter_map(|id| self.message(MessageId::new(*id))).collect())
            }
            Err(unknown) => unknown.into(),
        }
    }

    /// A channel, as REST returns it.
    pub fn show_channel(&self, channel: ChannelId) -> RestResponse {
        match self.known_channel(channel.get()) {
            Ok(_) => RestResponse::ok(self.channel_body(channel.get())),
            Err(unknown) => unknown.into(),
        }
    }

    /// What READY of a new session of the first bot contains.
    pub fn ready_data(&self) -> ReadyData {
        self.ready_data_of(self.bot_id())
    }

    /// What READY of a new session of a bot contains.
    pub fn ready_data_of(&self, bot: UserId) -> ReadyData {
        let id = bot.get();
        let flags = self.application_flags(bot);
        ReadyData {
            user: self.own_user_body(id),
            application: json!({"id": id.to_string(), "flags": flags}),
            guilds: self.guilds_of(id).into_iter().map(|guild| self.guild_for(guild, id)).collect(),
        }
    }

    /// A guild as in the GUILD_CREATE of a bot: with the threads that the bot can view.
    fn guild_for(&self, guild: u64, bot: u64) -> Value {
        let mut body = self.guild_body(guild);
        if let Some(threads) = body["threads"].as_array_mut() {
            threads.retain(|thread| objects::id(&thread["id"]).is_some_and(|id| self.can_view(id, bot)));
        }
        body
    }

    /// The names of the users who started to type in a channel, oldest first.
    pub fn typing_users(&self, channel: ChannelId) -> Vec<String> {
        let Some(channel) = self.channels.get(&channel.get()) else { return Vec::new() };
        channel.typing.iter().map(|user| self.users[user].name.clone()).collect()
    }
}
