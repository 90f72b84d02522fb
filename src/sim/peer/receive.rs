//! How the peer handles a frame of a client.

use std::time::Duration;

use serde_json::{Value, json};

use super::account::Account;
use super::connection::{ConnectionId, Output, OutputKind};
use super::frame::Frame;
use super::peer::{GuildRequest, Peer};
use super::rules::{IDENTIFY_WINDOW, MAX_PAYLOAD, PRESENCE_LIMIT, ReadyData};
use super::session::{Session, shard_of};
use crate::gateway::intents::Intents;
use crate::id::UserId;
use crate::sim::ids;

/// The close codes for errors in the client's code, not in its settings
/// ([list](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes)).
const CLIENT_ERRORS: [u16; 6] = [4001, 4002, 4003, 4005, 4007, 4008];

/// A close code and the reason.
type Rejection = (u16, &'static str);

const INVALID_PAYLOAD: Rejection = (4002, "Error while decoding payload.");

impl Peer {
    /// Handles a text frame of a client.
    pub fn receive(&mut self, now: Duration, conn: ConnectionId, text: &str) -> Vec<Output> {
        self.expire(now);
        self.handle_frame(now, conn, text).unwrap_or_else(|(code, reason)| {
            if CLIENT_ERRORS.contains(&code) {
                self.violations.push(format!("closed with {code}: {reason}"));
            }
            self.close(now, conn, code, reason)
        })
    }

    fn handle_frame(
        &mut self,
        now: Duration,
        id: ConnectionId,
        text: &str,
    ) -> Result<Vec<Output>, Rejection> {
        let (limit, window) = self.rules.send_limit;
        let Some(conn) = self.connections.get_mut(&id) else { return Ok(Vec::new()) };
        let identified = conn.session.is_some();
        let invalidated = conn.invalidated && !identified;
        conn.frames.push_back(now);
        while conn.frames.front().is_some_and(|at| *at + window <= now) {
            conn.frames.pop_front();
        }
        if conn.frames.len() > limit {
            return Err((4008, "You are being rate limited."));
        }
        if text.len() > MAX_PAYLOAD {
            return Err((4002, "Payload is too large."));
        }
        let frame: Value = serde_json::from_str(text).map_err(|_| INVALID_PAYLOAD)?;
        let op = frame["op"].as_u64().ok_or(INVALID_PAYLOAD)?;
        let mut data = frame["d"].clone();
        ids::make_texts(&mut data);
        let data = &data;
        match op {
            1 => return self.heartbeat(now, id, data),
            2 | 6 if identified => return Err((4005, "Already authenticated.")),
            2 => return self.identify(now, id, data),
            6 => return self.resume(id, data),
            3 | 4 | 8 | 31 | 43 if invalidated => return Ok(Vec::new()),
            3 | 4 | 8 | 31 | 43 if !identified => return Err((4003, "Not authenticated.")),
            3 => self.count_presence_update(now, id),
            8 => {
                let outputs = self.request_members(now, id, data);
                self.send_events.push(frame);
                return Ok(outputs);
            }
            4 | 31 | 43 => {
                let session = self.connections.get(&id).and_then(|conn| conn.session.clone());
                if let Some(session) = session {
                    let bot = self.bot_of(&session);
                    self.guild_requests.push(GuildRequest { bot, session, op, data: data.clone() });
                }
            }
            _ => return Err((4001, "Unknown opcode.")),
        }
        self.send_events.push(frame);
        Ok(Vec::new())
    }

    fn heartbeat(&mut self, now: Duration, id: ConnectionId, data: &Value) -> Result<Vec<Output>, Rejection> {
        let seq = match data {
            Value::Null => None,
            data => Some(data.as_u64().ok_or(INVALID_PAYLOAD)?),
        };
        self.counters.heartbeats += 1;
        let last_sent = self.session(id).map(|(_, seq)| seq);
        let Some(conn) = self.connections.get_mut(&id) else { return Ok(Vec::new()) };
        let silence = now.saturating_sub(conn.last_heartbeat);
        if silence > self.rules.heartbeat_interval + self.rules.heartbeat_tolerance
            && !conn.silence_reported
            && !conn.network_lost
        {
            self.violations.push(format!("a heartbeat after {silence:?}"));
        }
        (conn.last_heartbeat, conn.heartbeat_requested, conn.silence_reported) = (now, None, false);
        if let Some(last_sent) = last_sent {
            if seq < conn.confirmed_seq || seq.is_some_and(|seq| seq > last_sent) {
                let before = conn.confirmed_seq;
                self.violations.push(format!(
                    "heartbeat with the sequence number {seq:?}, after {before:?}, when the last one sent was {last_sent}"
                ));
            } else {
                conn.confirmed_seq = seq;
            }
        }
        if self.mute_acks || self.connections.get(&id).is_some_and(|conn| conn.acks_muted) {
            return Ok(Vec::new());
        }
        Ok(vec![self.control(id, 11, None)])
    }

    fn count_presence_update(&mut self, now: Duration, id: ConnectionId) {
        let (limit, window) = PRESENCE_LIMIT;
        let Some(conn) = self.connections.get_mut(&id) else { return };
        let updates = &mut conn.presence_updates;
        updates.push_back(now);
        updates.retain(|at| *at + window > now);
        if updates.len() > limit {
            self.violations.push(format!("{} presence updates in {window:?}", updates.len()));
        }
    }

    fn identify(&mut self, now: Duration, id: ConnectionId, data: &Value) -> Result<Vec<Output>, Rejection> {
        let token = data["token"].as_str().ok_or(INVALID_PAYLOAD)?;
        if !data["properties"].is_object() {
            return Err(INVALID_PAYLOAD);
        }
        let mut without_token = data.clone();
        without_token["token"] = json!("");
        self.send_events.push(json!({"op": 2, "d": without_token}));
        let account = self.account(token)?;
        let shard = shard(&data["shard"]).ok_or((4010, "Invalid shard."))?;
        let intents = data["intents"].as_u64().ok_or((4013, "Invalid intent(s)."))?;
        let intents = Intents::from_bits_retain(intents);
        if !Intents::all().contains(intents) {
            return Err((4013, "Invalid intent(s)."));
        }
        if (Intents::PRIVILEGED - self.accounts[account].privileged_intents).intersects(intents) {
            return Err((4014, "Disallowed intent(s)."));
        }
        if !self.count_identify(now, account, shard.0)? {
            return Ok(vec![self.control(id, 9, Some(&json!(false)))]);
        }
        Ok(self.start_session(id, account, data.get("shard").is_some(), shard, intents))
    }

    /// Counts an identify. Returns whether it is within the rate limit of its bucket.
    fn count_identify(&mut self, now: Duration, account: usize, shard: u32) -> Result<bool, Rejection> {
        self.counters.identifies += 1;
        let index = account;
        let account = &mut self.accounts[index];
        let limit = account.session_start_limit(now);
        if !account.take_identify() {
            self.violations
                .push(format!("more than {} identifies in a day: the token is reset", limit.total));
            account.is_token_reset = true;
            self.sessions.retain(|_, session| session.account != index);
            let sessions = &self.sessions;
            let has_ended = |session: &String| !sessions.contains_key(session);
            self.connections.values_mut().for_each(|conn| drop(conn.session.take_if(|id| has_ended(id))));
            return Err((4004, "Authentication failed."));
        }
        let bucket = shard % limit.max_concurrency.max(1);
        if let Some(last) = account.last_identify.insert(bucket, now) {
            let elapsed = now.saturating_sub(last);
            if elapsed + self.rules.identify_tolerance < IDENTIFY_WINDOW {
                self.violations
                    .push(format!("identify of bucket {bucket} only {elapsed:?} after the last one"));
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Starts a session: READY, then the guilds of the shard.
    fn start_session(
        &mut self,
        conn: ConnectionId,
        account: usize,
        has_shard: bool,
        shard: (u32, u32),
        intents: Intents,
    ) -> Vec<Output> {
        let id = format!("{:032x}", self.rng.u128(..));
        let recorded = self.recorded_ready.get(&shard.0).cloned().map(|ready| self.recorded(ready, &id));
        let ReadyData { user, application, mut guilds } = self.accounts[account].ready_data.clone();
        let is_of_shard = |guild: &&Value| shard_of("GUILD_CREATE", guild, shard.1) == shard.0;
        let unavailable: Vec<Value> = guilds
            .iter()
            .filter(is_of_shard)
            .map(|guild| json!({"id": guild["id"], "unavailable": true}))
            .collect();
        let mut ready = json!({
            "v": 10,
            "user": user,
            "user_settings": {},
            "session_type": "normal",
            "session_id": id,
            "resume_gateway_url": self.rules.resume_url,
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guilds": unavailable,
            "guild_join_requests": [],
            "application": application,
            "_trace": ["[\"simulated\",{}]"],
        });
        if has_shard {
            ready["shard"] = json!([shard.0, shard.1]);
        }
        if let Some(recorded) = recorded {
            // The guilds are among the recorded events.
            (ready, guilds) = (recorded, Vec::new());
        }
        let seq = self.rules.first_seq;
        self.sessions.insert(id.clone(), Session::new(account, conn, shard, intents, seq));
        self.attach(conn, &id, None);
        let data = ready.to_string();
        let ready = Frame { op: 0, seq: Some(seq), name: Some("READY"), data: Some(&data) };
        let mut outputs = vec![self.frame(conn, ready)];
        outputs.extend(guilds.iter().filter_map(|guild| self.push_event(&id, "GUILD_CREATE", guild)));
        outputs
    }

    fn resume(&mut self, conn: ConnectionId, data: &Value) -> Result<Vec<Output>, Rejection> {
        let token = data["token"].as_str().ok_or(INVALID_PAYLOAD)?;
        let id = data["session_id"].as_str().ok_or(INVALID_PAYLOAD)?;
        let seq = data["seq"].as_u64().ok_or(INVALID_PAYLOAD)?;
        let account = self.account(token)?;
        if self.ended_by_client.contains(id) {
            self.violations.push("resume of a session that the client had ended".into());
        }
        let own = |session: &&Session| session.account == account;
        let last = self.sessions.get(id).filter(own).map(|session| session.seq);
        if last.is_some_and(|last| seq > last) {
            self.counters.resumes_rejected += 1;
            self.sessions.remove(id);
            return Err((4007, "Invalid seq."));
        }
        let Some(missed) = self
            .sessions
            .get(id)
            .filter(own)
            .filter(|session| !session.ends_with_connection)
            .and_then(|s| s.after(seq))
        else {
            self.counters.resumes_rejected += 1;
            let before = self.sessions.remove(id).and_then(|session| session.conn);
            let mut outputs = self.replace_connection(before);
            outputs.push(self.control(conn, 9, Some(&json!(false))));
            return Ok(outputs);
        };
        self.counters.resumes += 1;
        let before = self.sessions.get_mut(id).and_then(|session| session.conn.replace(conn));
        let mut outputs = self.replace_connection(before);
        self.attach(conn, id, Some(seq));
        outputs.extend(missed.iter().map(|event| self.event(conn, event)));
        outputs.extend(self.resumed(conn, id));
        Ok(outputs)
    }

    /// The index of the bot of a token. Discord also takes the token with the prefix that REST needs.
    fn account(&self, token: &str) -> Result<usize, Rejection> {
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        let is_valid = |account: &Account| account.token == token && !account.is_token_reset;
        self.accounts.iter().position(is_valid).ok_or((4004, "Authentication failed."))
    }

    pub(super) fn bot_of(&self, session: &str) -> UserId {
        self.sessions.get(session).map_or(UserId::new(0), |session| self.accounts[session.account].user())
    }

    /// Drops the session's previous connection. The client may have noticed before this side that it is dead.
    fn replace_connection(&mut self, before: Option<ConnectionId>) -> Vec<Output> {
        let Some(conn) = before else { return Vec::new() };
        self.connections.remove(&conn);
        vec![Output { conn, kind: OutputKind::Drop }]
    }

    /// RESUMED has its own sequence number and is never replayed, because it would end the next replay too early.
    fn resumed(&mut self, conn: ConnectionId, id: &str) -> Option<Output> {
        let session = self.sessions.get_mut(id)?;
        session.seq += 1;
        let seq = Some(session.seq);
        let data = r#"{"_trace":["[\"simulated\",{}]"]}"#;
        Some(self.frame(conn, Frame { op: 0, seq, name: Some("RESUMED"), data: Some(data) }))
    }

    fn attach(&mut self, id: ConnectionId, session: &str, confirmed_seq: Option<u64>) {
        if let Some(conn) = self.connections.get_mut(&id) {
            (conn.session, conn.confirmed_seq) = (Some(session.to_owned()), confirmed_seq);
        }
        if let Some(session) = self.sessions.get_mut(session) {
            session.expires = None;
        }
    }
}

/// Reads `[index, total]`. Without it, the shard is the only one.
fn shard(value: &Value) -> Option<(u32, u32)> {
    if value.is_null() {
        return Some((0, 1));
    }
    let [index, total] = value.as_array()?.as_slice() else { return None };
    let (index, total) = (u32::try_from(index.as_u64()?).ok()?, u32::try_from(total.as_u64()?).ok()?);
    (index < total).then_some((index, total))
}
