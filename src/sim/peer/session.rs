//! What Discord remembers of one shard between its connections.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};

use super::ConnectionId;
use crate::gateway::intents::{Intents, event};

pub(super) struct Session {
    pub(super) shard: (u32, u32),
    pub(super) intents: Intents,
    /// The last sequence number given out.
    pub(super) seq: u64,
    pub(super) conn: Option<ConnectionId>,
    /// When it is forgotten, while there is no connection.
    pub(super) expires: Option<Duration>,
    /// It will not survive its connection.
    pub(super) doomed: bool,
    kept: VecDeque<Event>,
    /// Events up to this number are no longer kept.
    gone: u64,
}

#[derive(Clone)]
pub(super) struct Event {
    pub(super) seq: u64,
    pub(super) name: String,
    pub(super) data: String,
}

impl Session {
    /// A session whose READY had the number `seq`.
    pub(super) fn new(conn: ConnectionId, shard: (u32, u32), intents: Intents, seq: u64) -> Session {
        Session {
            shard,
            intents,
            seq,
            conn: Some(conn),
            expires: None,
            doomed: false,
            kept: VecDeque::new(),
            gone: seq,
        }
    }

    /// Numbers an event and keeps it for replay.
    pub(super) fn push(&mut self, name: &str, data: &Value, limit: usize) -> Event {
        self.seq += 1;
        let event = Event { seq: self.seq, name: name.to_owned(), data: data.to_string() };
        self.kept.push_back(event.clone());
        while self.kept.len() > limit {
            self.gone = self.kept.pop_front().map_or(self.gone, |event| event.seq);
        }
        event
    }

    /// The events after `seq`, unless some of them are gone.
    pub(super) fn after(&self, seq: u64) -> Option<Vec<Event>> {
        (seq >= self.gone).then(|| self.kept.iter().filter(|event| event.seq > seq).cloned().collect())
    }

    /// What this session sees of an event: nothing, all of it, or what its intents leave.
    pub(super) fn view(&self, name: &str, data: &Value, bot: Option<&str>) -> Option<Value> {
        if self.shard.0 != home(name, data, self.shard.1) || !self.enables(name, data, bot) {
            return None;
        }
        let mut data = data.clone();
        let has = |intent| self.intents.contains(intent);
        match name {
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" if !has(Intents::MESSAGE_CONTENT) => {
                hide_content(&mut data, bot);
            }
            "GUILD_CREATE" if !has(Intents::GUILD_PRESENCES) => {
                if let Some(members) = data["members"].as_array_mut() {
                    members.retain(|member| member["user"]["id"].as_str() == bot);
                }
                if data.get("presences").is_some() {
                    data["presences"] = json!([]);
                }
            }
            _ => {}
        }
        Some(data)
    }

    /// Whether the intents let this event through. Some events stand under one intent in guilds and another in DMs.
    fn enables(&self, name: &str, data: &Value, bot: Option<&str>) -> bool {
        let direct = Intents::DIRECT_MESSAGES
            | Intents::DIRECT_MESSAGE_REACTIONS
            | Intents::DIRECT_MESSAGE_TYPING
            | Intents::DIRECT_MESSAGE_POLLS;
        let Some(info) = event(name) else { return true };
        let in_dm = data["guild_id"].is_null();
        let needed = Intents::from_bits_retain(if in_dm && info.intents.bits() & direct.bits() != 0 {
            info.intents.bits() & direct.bits()
        } else {
            info.intents.bits() & !direct.bits()
        });
        let about_itself = name == "GUILD_MEMBER_UPDATE" && data["user"]["id"].as_str() == bot;
        info.intents.is_empty() || about_itself || self.intents.bits() & needed.bits() != 0
    }
}

/// The shard an event goes to: its guild's, or the first
/// ([formula](https://docs.discord.com/developers/events/gateway#sharding-sharding-formula)).
pub(super) fn home(name: &str, data: &Value, shards: u32) -> u32 {
    let key =
        if matches!(name, "GUILD_CREATE" | "GUILD_UPDATE" | "GUILD_DELETE") { "id" } else { "guild_id" };
    let guild: u64 = data[key].as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
    u32::try_from((guild >> 22) % u64::from(shards.max(1))).unwrap_or(0)
}

/// Without MESSAGE_CONTENT only the bot's own messages, DMs and messages that mention it keep what was said.
fn hide_content(message: &mut Value, bot: Option<&str>) {
    let mentioned = message["mentions"]
        .as_array()
        .is_some_and(|mentions| mentions.iter().any(|user| user["id"].as_str() == bot));
    if message["guild_id"].is_null() || message["author"]["id"].as_str() == bot || mentioned {
        return;
    }
    if let Some(message) = message.as_object_mut() {
        message.insert("content".into(), json!(""));
        for list in ["embeds", "attachments", "components"] {
            if message.contains_key(list) {
                message.insert(list.into(), json!([]));
            }
        }
        message.remove("poll");
    }
}
