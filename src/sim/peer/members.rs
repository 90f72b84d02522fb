//! What a client asks of a guild's members:
//! [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members).

use std::time::Duration;

use serde_json::{Value, json};

use super::{ConnectionId, GuildRequest, Output, Peer};
use crate::gateway::intents::Intents;

/// All members of a guild can be asked for once in this long.
const WINDOW: Duration = Duration::from_secs(30);

impl Peer {
    /// Answers a session alone, now or by replay.
    pub fn answer(&mut self, session: &str, name: &str, data: &Value) -> Vec<Output> {
        self.dispatch_to(session, name, data).into_iter().collect()
    }

    /// Takes a request, or refuses it where it comes too soon.
    pub(super) fn members_asked(&mut self, now: Duration, conn: ConnectionId, data: &Value) -> Vec<Output> {
        let Some((id, guild)) =
            self.connections.get(&conn).and_then(|conn| conn.session.clone()).zip(data["guild_id"].as_str())
        else {
            return Vec::new();
        };
        let asks_for_all = data["query"] == "" && data["limit"] == 0;
        if asks_for_all {
            let intents = self.sessions.get(&id).map_or(Intents::empty(), |session| session.intents);
            if !intents.contains(Intents::GUILD_MEMBERS) {
                self.violations
                    .push("all members were asked for without the intent GUILD_MEMBERS".to_owned());
            }
            let free = self.roll_calls.get(guild).map_or(now, |last| *last + WINDOW);
            if now < free {
                let mut meta = json!({ "guild_id": guild });
                if let Some(nonce) = data.get("nonce") {
                    meta["nonce"] = nonce.clone();
                }
                let retry_after = (free - now).as_secs_f64();
                let refusal = json!({ "opcode": 8, "retry_after": retry_after, "meta": meta });
                return self.answer(&id, "RATE_LIMITED", &refusal);
            }
            self.roll_calls.insert(guild.to_owned(), now);
        }
        self.requests.push(GuildRequest { session: id, op: 8, data: data.clone() });
        Vec::new()
    }
}
