//! A session: what Discord keeps of a shard between its connections.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Value, json};

use super::connection::ConnectionId;
use crate::gateway::intents::{Intents, event};

pub(super) struct Session {
    /// The index of its bot.
    pub(super) account: usize,
    pub(super) shard: (u32, u32),
    pub(super) intents: Intents,
    /// The last sequence number that was assigned.
    pub(super) seq: u64,
    pub(super) conn: Option<ConnectionId>,
    /// When it expires, while there is no connection.
    pub(super) expires: Option<Duration>,
    /// Whether it ends together with its connection.
    pub(super) ends_with_connection: bool,
    /// Events that can be replayed.
    replay: VecDeque<Event>,
    /// Events up to this sequence number cannot be replayed.
    dropped_seq: u64,
}

#[derive(Clone)]
pub(super) struct Event {
    pub(super) seq: u64,
    pub(super) name: String,
    pub(super) data: String,
}

impl Session {
    /// Creates a session. `seq` is the sequence number of READY.
    pub(super) fn new(
        account: usize,
        conn: ConnectionId,
        shard: (u32, u32),
        intents: Intents,
        seq: u64,
    ) -> Session {
        Session {
            account,
            shard,
            intents,
            seq,
            conn: Some(conn),
            expires: None,
            ends_with_connection: false,
            replay: VecDeque::new(),
            dropped_seq: seq,
        }
    }

    /// Assigns a sequence number to an event and keeps it for replay.
    pub(super) fn push(&mut self, name: &str, data: &Value, limit: usize) -> Event {
        self.push_text(name, data.to_string(), limit)
    }

    /// As [`push`](Session::push), for data as text.
    pub(super) fn push_text(&mut self, name: &str, data: String, limit: usize) -> Event {
        self.seq += 1;
        let event = Event { seq: self.seq, name: name.to_owned(), data };
        self.replay.push_back(event.clone());
        while self.replay.len() > limit {
            self.dropped_seq = self.replay.pop_front().map_or(self.dropped_seq, |event| event.seq);
        }
        event
    }

    /// The events after `seq`. `None` if some of them cannot be replayed.
    pub(super) fn after(&self, seq: u64) -> Option<Vec<Event>> {
        (seq >= self.dropped_seq)
            .then(|| self.replay.iter().filter(|event| event.seq > seq).cloned().collect())
    }

    /// The data of an event as this session receives it. `None` if it does not receive the event.
    pub(super) fn visible_data(&self, name: &str, data: &Value, bot: Option<&str>) -> Option<Value> {
        if self.shard.0 != shard_of(name, data, self.shard.1) || !self.is_subscribed(name, data, bot) {
            return None;
        }
        let mut data = data.clone();
        let has = |intent| self.intents.contains(intent);
        match name {
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" if !has(Intents::MESSAGE_CONTENT) => {
                hide_content(&mut data, bot);
            }
            "AUTO_MODERATION_ACTION_EXECUTION" if !has(Intents::MESSAGE_CONTENT) => {
                (data["content"], data["matched_content"]) = (json!(""), json!(""));
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

    /// Whether the session's intents include this event. Some events need one intent in guilds and another one in DMs.
    fn is_subscribed(&self, name: &str, data: &Value, bot: Option<&str>) -> bool {
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
        let is_own_member = name == "GUILD_MEMBER_UPDATE" && data["user"]["id"].as_str() == bot;
        info.intents.is_empty() || is_own_member || self.intents.bits() & needed.bits() != 0
    }
}

/// The shard that receives an event: the one of its guild, or the first one
/// ([formula](https://docs.discord.com/developers/events/gateway#sharding-sharding-formula)).
pub(super) fn shard_of(name: &str, data: &Value, shards: u32) -> u32 {
    let key =
        if matches!(name, "GUILD_CREATE" | "GUILD_UPDATE" | "GUILD_DELETE") { "id" } else { "guild_id" };
    let guild: u64 = data[key].as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
    u32::try_from((guild >> 22) % u64::from(shards.max(1))).unwrap_or(0)
}

/// Removes the content of a message, as Discord does without MESSAGE_CONTENT. The bot's own messages, DMs and messages that mention it keep it.
fn hide_content(message: &mut Value, bot: Option<&str>) {
    let mentioned = message["mentions"]
        .as_array()
        .is_some_and(|mentions| mentions.iter().any(|user| user["id"].as_str() == bot));
    if message["guild_id"].is_null() || message["author"]["id"].as_str() == bot || mentioned {
        return;
    }
    remove_content(message);
}

/// Removes the content of a message.
pub(in crate::sim) fn remove_content(message: &mut Value) {
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
