//! Requests for the members of a guild
//! ([request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members)).

use std::time::Duration;

use serde_json::{Value, json};

use super::connection::{ConnectionId, Output};
use super::peer::{GuildRequest, Peer};
use crate::gateway::intents::Intents;

/// The time between two requests for all members of a guild.
const WINDOW: Duration = Duration::from_secs(30);

impl Peer {
    /// Accepts a request, or rejects it with RATE_LIMITED when it is too early.
    pub(super) fn request_members(&mut self, now: Duration, conn: ConnectionId, data: &Value) -> Vec<Output> {
        let Some((id, guild)) =
            self.connections.get(&conn).and_then(|conn| conn.session.clone()).zip(data["guild_id"].as_str())
        else {
            return Vec::new();
        };
        let requests_all = data["query"] == "" && data["limit"] == 0;
        if requests_all {
            let intents = self.sessions.get(&id).map_or(Intents::empty(), |session| session.intents);
            if !intents.contains(Intents::GUILD_MEMBERS) {
                self.violations.push("a request for all members without the intent GUILD_MEMBERS".to_owned());
            }
            let key = (self.bot_of(&id), guild.to_owned());
            let allowed_at = self.last_member_request.get(&key).map_or(now, |last| *last + WINDOW);
            if now < allowed_at {
                let mut meta = json!({ "guild_id": guild });
                if let Some(nonce) = data.get("nonce") {
                    meta["nonce"] = nonce.clone();
                }
                let retry_after = (allowed_at - now).as_secs_f64();
                let rejection = json!({ "opcode": 8, "retry_after": retry_after, "meta": meta });
                return self.dispatch_to(&id, "RATE_LIMITED", &rejection);
            }
            self.last_member_request.insert(key, now);
        }
        let bot = self.bot_of(&id);
        let mut data = data.clone();
        let intents = self.sessions.get(&id).map_or(Intents::empty(), |session| session.intents);
        if !intents.contains(Intents::GUILD_PRESENCES) && data.get("presences").is_some() {
            data["presences"] = json!(false);
        }
        self.guild_requests.push(GuildRequest { bot, session: id, op: 8, data });
        Vec::new()
    }
}
