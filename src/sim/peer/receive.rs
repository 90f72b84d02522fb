//! What the peer makes of a frame from a client.

use std::time::Duration;

use serde_json::{Value, json};

use super::frame::Frame;
use super::rules::{IDENTIFY_WINDOW, MAX_PAYLOAD, PRESENCE_LIMIT};
use super::session::{Session, home};
use super::{ConnectionId, GuildRequest, Output, OutputKind, Peer};
use crate::gateway::intents::Intents;

/// The codes that tell of a mistake of the client's program, not of its settings
/// ([list](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes)).
const MISTAKES: [u16; 6] = [4001, 4002, 4003, 4005, 4007, 4008];

/// A code to close with, and the reason.
type Refusal = (u16, &'static str);

const UNREADABLE: Refusal = (4002, "Error while decoding payload.");

impl Peer {
    /// A text frame came from the client.
    pub fn receive(&mut self, now: Duration, conn: ConnectionId, text: &str) -> Vec<Output> {
        self.expire(now);
        self.judge(now, conn, text).unwrap_or_else(|(code, reason)| {
            if MISTAKES.contains(&code) {
                self.violations.push(format!("closed with {code}: {reason}"));
            }
            self.close(now, conn, code, reason)
        })
    }

    fn judge(&mut self, now: Duration, id: ConnectionId, text: &str) -> Result<Vec<Output>, Refusal> {
        let (limit, window) = self.rules.send_limit;
        let Some(conn) = self.connections.get_mut(&id) else { return Ok(Vec::new()) };
        let identified = conn.session.is_some();
        let invalidated = conn.invalidated && !identified;
        conn.sends.push_back(now);
        while conn.sends.front().is_some_and(|at| *at + window <= now) {
            conn.sends.pop_front();
        }
        if conn.sends.len() > limit {
            return Err((4008, "You are being rate limited."));
        }
        if text.len() > MAX_PAYLOAD {
            return Err((4002, "Payload is too large."));
        }
        let frame: Value = serde_json::from_str(text).map_err(|_| UNREADABLE)?;
        let op = frame["op"].as_u64().ok_or(UNREADABLE)?;
        let data = &frame["d"];
        match op {
            1 => return self.heartbeat(now, id, data),
            2 | 6 if identified => return Err((4005, "Already authenticated.")),
            2 => return self.identify(now, id, data),
            6 => return self.resume(id, data),
            3 | 4 | 8 | 31 | 43 if invalidated => return Ok(Vec::new()),
            3 | 4 | 8 | 31 | 43 if !identified => return Err((4003, "Not authenticated.")),
            3 => self.presence(now, id),
            8 => {
                let outputs = self.members_asked(now, id, data);
                self.send_events.push(frame);
                return Ok(outputs);
            }
            4 => {
                let session = self.connections.get(&id).and_then(|conn| conn.session.clone());
                self.requests.extend(session.map(|session| GuildRequest {
                    session,
                    op: 4,
                    data: data.clone(),
                }));
            }
            31 | 43 => {}
            _ => return Err((4001, "Unknown opcode.")),
        }
        self.send_events.push(frame);
        Ok(Vec::new())
    }

    fn heartbeat(&mut self, now: Duration, id: ConnectionId, data: &Value) -> Result<Vec<Output>, Refusal> {
        let seq = match data {
            Value::Null => None,
            data => Some(data.as_u64().ok_or(UNREADABLE)?),
        };
        self.counters.heartbeats += 1;
        let sent = self.session(id).map(|(_, sent)| sent);
        let Some(conn) = self.connections.get_mut(&id) else { return Ok(Vec::new()) };
        let silence = now.saturating_sub(conn.beat);
        if silence > self.rules.heartbeat_interval + self.rules.heartbeat_tolerance
            && !conn.blamed
            && !conn.severed
        {
            self.violations.push(format!("a heartbeat came only after {silence:?}"));
        }
        (conn.beat, conn.asked, conn.blamed) = (now, None, false);
        if let Some(sent) = sent {
            if seq < conn.seen || seq.is_some_and(|seq| seq > sent) {
                let seen = conn.seen;
                self.violations.push(format!("heartbeat with {seq:?}, after {seen:?} and with {sent} sent"));
            } else {
                conn.seen = seq;
            }
        }
        if self.mute_acks {
            return Ok(Vec::new());
        }
        Ok(vec![self.control(id, 11, None)])
    }

    fn presence(&mut self, now: Duration, id: ConnectionId) {
        let (limit, window) = PRESENCE_LIMIT;
        let Some(conn) = self.connections.get_mut(&id) else { return };
        conn.presences.push_back(now);
        conn.presences.retain(|at| *at + window > now);
        if conn.presences.len() > limit {
            self.violations.push(format!("{} presence updates in {window:?}", conn.presences.len()));
        }
    }

    fn identify(&mut self, now: Duration, id: ConnectionId, data: &Value) -> Result<Vec<Output>, Refusal> {
        let token = data["token"].as_str().ok_or(UNREADABLE)?;
        if !data["properties"].is_object() {
            return Err(UNREADABLE);
        }
        let mut shown = data.clone();
        shown["token"] = json!("");
        self.send_events.push(json!({"op": 2, "d": shown}));
        if token != self.rules.token || self.token_reset {
            return Err((4004, "Authentication failed."));
        }
        let shard = shard(&data["shard"]).ok_or((4010, "Invalid shard."))?;
        let intents = data["intents"].as_u64().ok_or((4013, "Invalid intent(s)."))?;
        if intents & !Intents::all().bits() != 0 {
            return Err((4013, "Invalid intent(s)."));
        }
        if intents & Intents::PRIVILEGED.bits() & !self.rules.privileged_intents != 0 {
            return Err((4014, "Disallowed intent(s)."));
        }
        if !self.admit(now, shard.0)? {
            return Ok(vec![self.control(id, 9, Some(&json!(false)))]);
        }
        Ok(self.greet(id, data.get("shard").is_some(), shard, Intents::from_bits_retain(intents)))
    }

    /// Counts a login, and says whether it comes within the rates.
    fn admit(&mut self, now: Duration, shard: u32) -> Result<bool, Refusal> {
        self.counters.identifies += 1;
        let limit = self.session_start_limit(now);
        if limit.remaining == 0 {
            self.violations
                .push(format!("more than {} identifies in a day: the token is reset", limit.total));
            self.token_reset = true;
            self.sessions.clear();
            self.connections.values_mut().for_each(|conn| conn.session = None);
            return Err((4004, "Authentication failed."));
        }
        self.rules.session_start_limit.remaining -= 1;
        let bucket = shard % limit.max_concurrency.max(1);
        if let Some(last) = self.buckets.insert(bucket, now) {
            let apart = now.saturating_sub(last);
            if apart + self.rules.identify_tolerance < IDENTIFY_WINDOW {
                self.violations.push(format!("identifies of bucket {bucket} only {apart:?} apart"));
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Begins a session: READY, then the guilds of the shard.
    fn greet(
        &mut self,
        conn: ConnectionId,
        sharded: bool,
        shard: (u32, u32),
        intents: Intents,
    ) -> Vec<Output> {
        let id = format!("{:032x}", self.rng.u128(..));
        let guilds: Vec<Value> = self.ready_data.guilds.clone();
        let home = |guild: &&Value| home("GUILD_CREATE", guild, shard.1) == shard.0;
        let stubs: Vec<Value> =
            guilds.iter().filter(home).map(|guild| json!({"id": guild["id"], "unavailable": true})).collect();
        let mut ready = json!({
            "v": 10,
            "user": self.ready_data.user,
            "user_settings": {},
            "session_type": "normal",
            "session_id": id,
            "resume_gateway_url": self.rules.resume_url,
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guilds": stubs,
            "guild_join_requests": [],
            "application": self.ready_data.application,
            "_trace": ["[\"simulated\",{}]"],
        });
        if sharded {
            ready["shard"] = json!([shard.0, shard.1]);
        }
        let seq = self.rules.first_seq;
        self.sessions.insert(id.clone(), Session::new(conn, shard, intents, seq));
        self.attach(conn, &id, None);
        let data = ready.to_string();
        let ready = Frame { op: 0, seq: Some(seq), name: Some("READY"), data: Some(&data) };
        let mut outputs = vec![self.frame(conn, ready)];
        outputs.extend(guilds.iter().filter_map(|guild| self.dispatch_to(&id, "GUILD_CREATE", guild)));
        outputs
    }

    fn resume(&mut self, conn: ConnectionId, data: &Value) -> Result<Vec<Output>, Refusal> {
        let token = data["token"].as_str().ok_or(UNREADABLE)?;
        let id = data["session_id"].as_str().ok_or(UNREADABLE)?;
        let seq = data["seq"].as_u64().ok_or(UNREADABLE)?;
        if token != self.rules.token || self.token_reset {
            return Err((4004, "Authentication failed."));
        }
        if self.ended.contains(id) {
            self.violations.push("resume of a session that the client itself had ended".into());
        }
        let last = self.sessions.get(id).map(|session| session.seq);
        if last.is_some_and(|last| seq > last) {
            self.counters.resumes_refused += 1;
            self.sessions.remove(id);
            return Err((4007, "Invalid seq."));
        }
        let Some(missed) = self.sessions.get(id).filter(|session| !session.doomed).and_then(|s| s.after(seq))
        else {
            self.counters.resumes_refused += 1;
            let before = self.sessions.remove(id).and_then(|session| session.conn);
            let mut outputs = self.supersede(before);
            outputs.push(self.control(conn, 9, Some(&json!(false))));
            return Ok(outputs);
        };
        self.counters.resumes += 1;
        let before = self.sessions.get_mut(id).and_then(|session| session.conn.replace(conn));
        let mut outputs = self.supersede(before);
        self.attach(conn, id, Some(seq));
        outputs.extend(missed.iter().map(|event| self.event(conn, event)));
        outputs.extend(self.resumed(conn, id));
        Ok(outputs)
    }

    /// A client may notice a dead connection before this side does: the new one takes its place.
    fn supersede(&mut self, before: Option<ConnectionId>) -> Vec<Output> {
        let Some(conn) = before else { return Vec::new() };
        self.connections.remove(&conn);
        vec![Output { conn, kind: OutputKind::Drop }]
    }

    /// RESUMED has a number of its own and is never replayed: it would end the next replay too early.
    fn resumed(&mut self, conn: ConnectionId, id: &str) -> Option<Output> {
        let session = self.sessions.get_mut(id)?;
        session.seq += 1;
        let seq = Some(session.seq);
        let data = r#"{"_trace":["[\"simulated\",{}]"]}"#;
        Some(self.frame(conn, Frame { op: 0, seq, name: Some("RESUMED"), data: Some(data) }))
    }

    fn attach(&mut self, id: ConnectionId, session: &str, seen: Option<u64>) {
        if let Some(conn) = self.connections.get_mut(&id) {
            (conn.session, conn.seen) = (Some(session.to_owned()), seen);
        }
        if let Some(session) = self.sessions.get_mut(session) {
            session.expires = None;
        }
    }
}

/// `[index, total]`; missing is the only shard.
fn shard(value: &Value) -> Option<(u32, u32)> {
    if value.is_null() {
        return Some((0, 1));
    }
    let [index, total] = value.as_array()?.as_slice() else { return None };
    let (index, total) = (u32::try_from(index.as_u64()?).ok()?, u32::try_from(total.as_u64()?).ok()?);
    (index < total).then_some((index, total))
}
