//! Random sequences of events, against a plain model that never evicts.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::json;

use super::scene::{
    ME, apply, channel, channel_id, guild, guild_id, member, message, ready, role, user, user_id,
};
use crate::cache::{Cache, Members};
use crate::id::RoleId;

/// What the events said, without a limit of memory.
#[derive(Default)]
struct Model {
    /// Guilds that are available: their names.
    guilds: BTreeMap<u64, String>,
    /// By guild and user: nickname and roles.
    members: BTreeMap<(u64, u64), (Option<String>, Vec<u64>)>,
    channels: BTreeMap<u64, (u64, String)>,
    roles: BTreeMap<(u64, u64), i64>,
    /// By channel and message.
    messages: BTreeMap<(u64, u64), String>,
}

struct World {
    cache: Cache,
    model: Model,
    random: Rng,
    next: u64,
}

const GUILDS: [u64; 3] = [1, 2, 3];
const USERS: [u64; 5] = [20, 21, 22, 23, 24];

impl World {
    fn new(seed: u64) -> World {
        let random = Rng::with_seed(seed);
        let cache = Cache::new().guilds().channels().members(Members::Seen).messages(5).limit_bytes(11_000);
        World { cache, model: Model::default(), random, next: 100_000 }
    }

    fn text(&mut self) -> String {
        self.next += 1;
        format!("text {}", self.next)
    }

    fn remove_guild(&mut self, guild: u64) {
        let model = &mut self.model;
        model.guilds.remove(&guild);
        model.members.retain(|(of, _), _| *of != guild);
        model.roles.retain(|(of, _), _| *of != guild);
        let channels: Vec<u64> =
            model.channels.iter().filter(|(_, (of, _))| *of == guild).map(|(id, _)| *id).collect();
        for channel in channels {
            self.remove_channel(channel);
        }
    }

    fn remove_channel(&mut self, channel: u64) {
        self.model.channels.remove(&channel);
        self.model.messages.retain(|(of, _), _| *of != channel);
    }

    fn guild_create(&mut self) {
        let id = *self.random.choice(GUILDS).as_ref().unwrap();
        let was_known = self.model.guilds.contains_key(&id);
        let name = self.text();
        let mut data = guild(id);
        data["name"] = json!(name);
        let messages = self.model.messages.clone();
        self.remove_guild(id);
        let model = &mut self.model;
        model.guilds.insert(id, name);
        model.members.extend([((id, 20), (None, vec![])), ((id, 21), (None, vec![100]))]);
        model.channels.insert(10 * id, (id, format!("channel {}", 10 * id)));
        model.roles.extend([((id, id), 0), ((id, 100), 1), ((id, 101), 2)]);
        if was_known {
            // Another event of a guild that was available all the time: the messages are as they were.
            model.messages.extend(messages.into_iter().filter(|((channel, _), _)| *channel == 10 * id));
        }
        apply(&self.cache, "GUILD_CREATE", &data);
    }

    fn guild_delete(&mut self) {
        let id = *self.random.choice(GUILDS).as_ref().unwrap();
        let data = if self.random.bool() {
            json!({"id": id.to_string()})
        } else {
            json!({"id": id.to_string(), "unavailable": true})
        };
        self.remove_guild(id);
        apply(&self.cache, "GUILD_DELETE", &data);
    }

    fn new_session(&mut self) {
        for id in GUILDS {
            self.remove_guild(id);
        }
        self.model.messages.clear();
        apply(&self.cache, "READY", &ready(&GUILDS[..self.random.usize(..=3)]));
    }

    fn some_guild(&mut self) -> u64 {
        GUILDS[self.random.usize(..3)]
    }

    fn member(&mut self) {
        let (guild, user_of) = (self.some_guild(), USERS[self.random.usize(..5)]);
        let is_known = self.model.guilds.contains_key(&guild);
        let nick = self.random.bool().then(|| self.text());
        let roles: Vec<u64> = [100, 101].into_iter().filter(|_| self.random.bool()).collect();
        let ids: Vec<String> = roles.iter().map(u64::to_string).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut data = member(user_of, &format!("user {user_of}"), &ids);
        (data["guild_id"], data["nick"]) = (json!(guild.to_string()), json!(nick));
        match self.random.u8(..4) {
            0 => {
                apply(&self.cache, "GUILD_MEMBER_ADD", &data);
                if is_known {
                    self.model.members.insert((guild, user_of), (nick, roles));
                }
            }
            1 => {
                self.model.members.remove(&(guild, user_of));
                apply(
                    &self.cache,
                    "GUILD_MEMBER_REMOVE",
                    &json!({"guild_id": guild.to_string(), "user": data["user"]}),
                );
            }
            2 => {
                apply(&self.cache, "GUILD_MEMBER_UPDATE", &data);
                if is_known {
                    self.model.members.insert((guild, user_of), (nick, roles));
                }
            }
            _ => {
                // A part: the nickname is as before.
                data.as_object_mut().unwrap().remove("nick");
                apply(&self.cache, "GUILD_MEMBER_UPDATE", &data);
                if let Some(known) = self.model.members.get_mut(&(guild, user_of)) {
                    known.1 = roles;
                }
            }
        }
    }

    fn role(&mut self) {
        let guild = self.some_guild();
        let is_known = self.model.guilds.contains_key(&guild);
        if self.random.u8(..4) == 0 {
            self.model.roles.remove(&(guild, 100));
            for ((of, _), (_, roles)) in &mut self.model.members {
                if *of == guild {
                    roles.retain(|id| *id != 100);
                }
            }
            apply(
                &self.cache,
                "GUILD_ROLE_DELETE",
                &json!({"guild_id": guild.to_string(), "role_id": "100"}),
            );
            return;
        }
        let position = self.random.i64(1..50);
        if is_known {
            self.model.roles.insert((guild, 100), position);
        }
        apply(
            &self.cache,
            "GUILD_ROLE_UPDATE",
            &json!({"guild_id": guild.to_string(), "role": role(100, 0, position)}),
        );
    }

    fn channel(&mut self) {
        let guild = self.some_guild();
        let id = 10 * guild + self.random.u64(..3);
        let mut data = channel(id, &json!([]));
        data["guild_id"] = json!(guild.to_string());
        if self.random.u8(..4) == 0 {
            self.remove_channel(id);
            apply(&self.cache, "CHANNEL_DELETE", &data);
            return;
        }
        let name = self.text();
        data["name"] = json!(name);
        if self.model.guilds.contains_key(&guild) {
            self.model.channels.insert(id, (guild, name));
        }
        apply(&self.cache, "CHANNEL_UPDATE", &data);
    }

    fn message(&mut self) {
        let guild = self.some_guild();
        let channel = 10 * guild + self.random.u64(..3);
        let known: Vec<u64> =
            self.model.messages.keys().filter(|(of, _)| *of == channel).map(|(_, id)| *id).collect();
        let text = self.text();
        let old = known.get(self.random.usize(..known.len().max(1))).copied();
        let id = old.filter(|_| self.random.bool()).unwrap_or(self.next);
        let mut data = message(channel, id, &text);
        (data["guild_id"], data["author"]) = (json!(guild.to_string()), user(20, "user 20"));
        let is_in_known_channel = self.model.channels.contains_key(&channel);
        match (self.random.u8(..4), old) {
            (0, Some(_)) => {
                self.model.messages.remove(&(channel, id));
                apply(
                    &self.cache,
                    "MESSAGE_DELETE",
                    &json!({"id": id.to_string(), "channel_id": channel.to_string(), "guild_id": guild.to_string()}),
                );
            }
            (1, Some(_)) => {
                if let Some(known) = self.model.messages.get_mut(&(channel, id)) {
                    known.clone_from(&text);
                }
                let partial = json!({"id": id.to_string(), "channel_id": channel.to_string(), "guild_id": guild.to_string(), "content": text});
                apply(&self.cache, "MESSAGE_UPDATE", &partial);
            }
            _ => {
                if is_in_known_channel {
                    self.model.messages.insert((channel, id), text);
                }
                // The author becomes known as a member, if it was not: with what the message says.
                let is_known = self.model.guilds.contains_key(&guild);
                if is_known && !self.model.members.contains_key(&(guild, 20)) {
                    self.model.members.insert((guild, 20), (None, vec![]));
                }
                let own = self.model.members.get(&(guild, 20)).cloned().unwrap_or_default();
                data["member"]["nick"] = json!(own.0);
                data["member"]["roles"] = json!(own.1.iter().map(u64::to_string).collect::<Vec<_>>());
                apply(&self.cache, "MESSAGE_CREATE", &data);
            }
        }
    }

    fn look_something_up(&mut self) {
        let (guild, user) = (self.some_guild(), USERS[self.random.usize(..5)]);
        self.cache.member(guild_id(guild), user_id(user));
    }

    /// Everything that the cache knows is true.
    fn check(&self) {
        let model = &self.model;
        for id in GUILDS {
            let guild = guild_id(id);
            let known = self.cache.guild(guild).filter(|guild| !guild.is_unavailable());
            assert_eq!(known.map(|guild| guild.name.clone()), model.guilds.get(&id).cloned());
            let roles: BTreeMap<(u64, u64), i64> = self
                .cache
                .roles_of(guild)
                .unwrap_or_default()
                .iter()
                .map(|role| ((id, role.id.get()), role.position))
                .collect();
            let true_roles = model
                .roles
                .iter()
                .filter(|((of, _), _)| *of == id)
                .map(|(key, position)| (*key, *position))
                .collect();
            assert_eq!(roles, true_roles);
            for member in self.cache.members_of(guild) {
                let user = member.user.id.get();
                if user == ME {
                    continue;
                }
                let (nick, roles) =
                    model.members.get(&(id, user)).unwrap_or_else(|| panic!("{user} is no member of {id}"));
                assert_eq!(member.nick, *nick);
                assert_eq!(*member.roles, roles.iter().map(|id| RoleId::new(*id)).collect::<Vec<_>>());
            }
            for channel in (0..3).map(|n| 10 * id + n) {
                let known = self.cache.channel(channel_id(channel));
                let known = known.map(|channel| (id, channel.name.clone().unwrap()));
                assert_eq!(known, model.channels.get(&channel).cloned());
                for message in self.cache.messages_of(channel_id(channel)) {
                    assert_eq!(model.messages.get(&(channel, message.id.get())), Some(&message.content));
                }
            }
        }
        let health = self.cache.health();
        assert!(
            health.bytes <= health.limit_bytes || (health.messages == 0 && health.members <= GUILDS.len())
        );
        assert_eq!((health.members, health.messages), self.cache.counted());
    }
}

#[test]
fn the_cache_never_contradicts_a_model_that_knows_everything() {
    let (mut evictions, mut seen) = (0, 0);
    for seed in 0..40 {
        let mut world = World::new(seed);
        apply(&world.cache, "READY", &ready(&GUILDS));
        for _ in 0..300 {
            match world.random.u8(..40) {
                0..=3 => world.guild_create(),
                4 => world.guild_delete(),
                5 => world.new_session(),
                6..=13 => world.member(),
                14..=16 => world.role(),
                17..=20 => world.channel(),
                21..=24 => world.look_something_up(),
                _ => world.message(),
            }
            world.check();
            seen += world.cache.health().messages;
        }
        let health = world.cache.health();
        evictions += health.evicted_members + health.evicted_messages;
        apply(&world.cache, "READY", &ready(&[]));
        let health = world.cache.health();
        assert_eq!((health.bytes, health.users, health.members), (0, 0, 0), "seed {seed}: {health:?}");
    }
    assert!(evictions > 50 && seen > 3_000, "{evictions} evictions, {seen} messages");
}
