//! The peer: all sessions and connections.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};

use super::account::Account;
use super::connection::{ConnectedSession, Connection, ConnectionId, Output, OutputKind};
use super::frame::Frame;
use super::rules::{Counters, ReadyData, Rules, SessionStartLimit};
use super::session::{self, Session};
use crate::gateway::intents::Intents;
use crate::id::UserId;

/// A valid request about a guild. The peer does not know the guild, so its caller answers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GuildRequest {
    /// The bot that sent it.
    pub bot: UserId,
    /// The session that sent it.
    pub session: String,
    /// The opcode: 4 to update the voice state, 8 for members, 31 for sounds, 43 for channel infos.
    pub op: u64,
    /// The data, as it was sent.
    pub data: Value,
}

/// Discord's side of the gateway.
pub struct Peer {
    pub(super) rules: Rules,
    pub(super) rng: Rng,
    /// The bots. The first one has the token of the rules.
    pub(super) accounts: Vec<Account>,
    pub(super) connections: BTreeMap<ConnectionId, Connection>,
    pub(super) sessions: BTreeMap<String, Session>,
    /// Sessions that the client ended with 1000 or 1001.
    pub(super) ended_by_client: BTreeSet<String>,
    pub(super) last_connection: u64,
    pub(super) mute_acks: bool,
    pub(super) counters: Counters,
    pub(super) send_events: Vec<Value>,
    /// The time of the last request for all members, by bot and guild.
    pub(super) last_member_request: BTreeMap<(UserId, String), Duration>,
    pub(super) guild_requests: Vec<GuildRequest>,
    pub(super) violations: Vec<String>,
    /// What READY contains, by shard, in a replay of a recorded session.
    pub(super) recorded_ready: BTreeMap<u32, Value>,
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("connections", &self.connections.len()).finish_non_exhaustive()
    }
}

impl Peer {
    /// Creates a peer without connections. The seed determines session IDs and how frames vary.
    pub fn new(rules: Rules, seed: u64) -> Peer {
        Peer {
            accounts: vec![Account::new(&rules, &rules.token, rules.privileged_intents)],
            rng: Rng::with_seed(seed),
            connections: BTreeMap::new(),
            sessions: BTreeMap::new(),
            ended_by_client: BTreeSet::new(),
            last_connection: 0,
            mute_acks: false,
            counters: Counters::default(),
            send_events: Vec::new(),
            last_member_request: BTreeMap::new(),
            guild_requests: Vec::new(),
            violations: Vec::new(),
            recorded_ready: BTreeMap::new(),
            rules,
        }
    }

    /// Numbers connections after those of a peer that this one replaces.
    pub(in crate::sim) fn continue_after(&mut self, before: &Peer, now: Duration) {
        self.last_connection = before.last_connection;
        self.accounts.iter_mut().for_each(|account| account.start_at(now));
    }

    /// Adds another bot, with its own token, intents and limit of identifies.
    pub fn add_bot(&mut self, token: &str, privileged_intents: Intents, ready_data: ReadyData) {
        let mut account = Account::new(&self.rules, token, privileged_intents);
        account.ready_data = ready_data;
        self.accounts.push(account);
    }

    /// Sets which privileged intents are enabled for a bot, for identifies from now on.
    pub fn set_privileged_intents(&mut self, bot: UserId, intents: Intents) {
        if let Some(account) = self.accounts.iter_mut().find(|account| account.user() == bot) {
            account.privileged_intents = intents;
        }
    }

    /// Sets what READY contains, for sessions that start later: of the bot with this user, or of the first bot.
    pub fn set_ready_data(&mut self, ready_data: ReadyData) {
        let is_same = |account: &Account| account.ready_data.user["id"] == ready_data.user["id"];
        let index = self.accounts.iter().position(is_same).unwrap_or(0);
        self.accounts[index].ready_data = ready_data;
    }

    /// A client has connected. It receives HELLO.
    pub fn connect(&mut self, now: Duration) -> (ConnectionId, Vec<Output>) {
        self.counters.connections += 1;
        self.last_connection += 1;
        let id = ConnectionId(self.last_connection);
        self.connections.insert(id, Connection::new(now));
        let interval = u64::try_from(self.rules.heartbeat_interval.as_millis()).unwrap_or(u64::MAX);
        let hello = json!({"heartbeat_interval": interval, "_trace": ["[\"simulated\",{}]"]});
        (id, vec![self.control(id, 10, Some(&hello))])
    }

    /// The connection ended without a close frame. Its session can be resumed.
    pub fn disconnected(&mut self, now: Duration, conn: ConnectionId) {
        if let Some(session) = self.connections.remove(&conn).and_then(|conn| conn.session) {
            self.detach(now, &session);
        }
    }

    /// The client closed the connection. 1000 and 1001 end its session, other codes keep it.
    pub fn client_closed(&mut self, now: Duration, conn: ConnectionId, code: Option<u16>) {
        if matches!(code, Some(1000 | 1001)) {
            if let Some(session) = self.connections.remove(&conn).and_then(|conn| conn.session) {
                self.sessions.remove(&session);
                self.ended_by_client.insert(session);
            }
        } else {
            self.disconnected(now, conn);
        }
    }

    /// The network drops everything on this connection. From now on, missing heartbeats are no violation.
    pub fn network_lost(&mut self, conn: ConnectionId) {
        if let Some(conn) = self.connections.get_mut(&conn) {
            conn.network_lost = true;
        }
    }

    /// The network works again for this connection. The next heartbeat is due one interval from now.
    pub fn network_restored(&mut self, now: Duration, conn: ConnectionId) {
        if let Some(conn) = self.connections.get_mut(&conn) {
            conn.network_lost = false;
            conn.last_heartbeat = now;
        }
    }

    /// Sends an event to every session that may receive it, now or when it resumes.
    pub fn dispatch(&mut self, now: Duration, name: &str, data: &Value) -> Vec<Output> {
        self.expire(now);
        let ids: Vec<String> = self.sessions.keys().cloned().collect();
        ids.iter().filter_map(|id| self.push_event(id, name, data)).collect()
    }

    /// As [`dispatch`](Peer::dispatch), only to the sessions of some bots.
    pub fn dispatch_to_bots(
        &mut self,
        now: Duration,
        bots: &[UserId],
        name: &str,
        data: &Value,
    ) -> Vec<Output> {
        self.expire(now);
        let of_bots = |session: &Session| bots.contains(&self.accounts[session.account].user());
        let ids = self.sessions.iter().filter(|(_, session)| of_bots(session)).map(|(id, _)| id.clone());
        let ids: Vec<String> = ids.collect();
        ids.iter().filter_map(|id| self.push_event(id, name, data)).collect()
    }

    /// Sends an event to one session, now or when it resumes.
    pub fn dispatch_to(&mut self, session: &str, name: &str, data: &Value) -> Vec<Output> {
        self.push_event(session, name, data).into_iter().collect()
    }

    /// Replays a recorded session: READY has this data, by shard, and no guild follows on its own.
    pub(in crate::sim) fn set_recorded_ready(&mut self, ready: BTreeMap<u32, Value>) {
        self.recorded_ready = ready;
    }

    /// The session of a shard.
    pub(in crate::sim) fn session_of_shard(&self, shard: u32) -> Option<String> {
        self.sessions.iter().find(|(_, session)| session.shard.0 == shard).map(|(id, _)| id.clone())
    }

    /// Sends a recorded event to a session, as it is.
    pub(in crate::sim) fn dispatch_text(&mut self, session: &str, name: &str, data: &str) -> Vec<Output> {
        let ready = if name == "READY" { serde_json::from_str(data).ok() } else { None };
        let text = ready.map_or_else(|| data.to_owned(), |ready| self.recorded(ready, session).to_string());
        let Some(stored) = self.sessions.get_mut(session) else { return Vec::new() };
        let event = stored.push_text(name, text, self.rules.replay_limit);
        let conn = stored.conn;
        conn.map(|conn| self.event(conn, &event)).into_iter().collect()
    }

    /// A recorded READY for a session of this peer.
    pub(super) fn recorded(&self, mut ready: Value, session: &str) -> Value {
        if ready.is_object() {
            ready["session_id"] = json!(session);
            ready["resume_gateway_url"] = json!(self.rules.resume_url);
        }
        ready
    }

    /// Closes connections without heartbeats, and removes expired sessions.
    pub fn poll(&mut self, now: Duration) -> Vec<Output> {
        self.expire(now);
        let mut outputs = Vec::new();
        for id in self.connections() {
            let Some(conn) = self.connections.get_mut(&id) else { continue };
            let silence = now.saturating_sub(conn.last_heartbeat);
            let tolerance = self.rules.heartbeat_tolerance;
            if !conn.network_lost && !conn.silence_reported {
                if silence > self.rules.heartbeat_interval + tolerance {
                    conn.silence_reported = true;
                    self.violations.push(format!("no heartbeat for {silence:?} on connection {}", id.0));
                } else if conn.heartbeat_requested.is_some_and(|requested| now > requested + tolerance) {
                    conn.heartbeat_requested = None;
                    self.violations.push(format!("no answer to a heartbeat request on connection {}", id.0));
                }
            }
            if silence > self.rules.heartbeat_interval * 2 + tolerance {
                self.counters.timeouts += 1;
                outputs.extend(self.close(now, id, 4000, "Heartbeats are missing."));
            } else if conn.close_at.is_some_and(|at| at <= now) {
                outputs.extend(self.close(now, id, 4000, "Reconnect was requested."));
            }
        }
        outputs
    }

    /// The latest time for the next call of [`poll`](Peer::poll).
    pub fn deadline(&self) -> Option<Duration> {
        let (interval, tolerance) = (self.rules.heartbeat_interval, self.rules.heartbeat_tolerance);
        // A limit is exceeded one moment after it.
        let after = tolerance + Duration::from_nanos(1);
        let times = self.connections.values().flat_map(|conn| {
            let may_report = !conn.network_lost && !conn.silence_reported;
            let report = may_report.then_some(conn.last_heartbeat + interval + after);
            let request = conn.heartbeat_requested.filter(|_| may_report).map(|at| at + after);
            [report, request, Some(conn.last_heartbeat + interval * 2 + after), conn.close_at]
        });
        times.chain(self.sessions.values().map(|session| session.expires)).flatten().min()
    }

    /// Asks clients to reconnect (op 7). Connections that remain are closed after [`Rules::reconnect_grace`].
    pub fn request_reconnect(&mut self, now: Duration, conns: &[ConnectionId]) -> Vec<Output> {
        let grace = self.rules.reconnect_grace;
        self.each(conns, |conn| conn.close_at = Some(now + grace));
        self.send_to(conns, 7, None)
    }

    /// Invalidates the sessions of connections (op 9).
    pub fn invalidate_sessions(
        &mut self,
        now: Duration,
        conns: &[ConnectionId],
        resumable: bool,
    ) -> Vec<Output> {
        for id in conns {
            let Some(conn) = self.connections.get_mut(id) else { continue };
            let Some(session) = conn.session.take() else { continue };
            conn.invalidated = true;
            if resumable {
                self.detach(now, &session);
            } else {
                self.sessions.remove(&session);
            }
        }
        self.send_to(conns, 9, Some(&json!(resumable)))
    }

    /// Closes a connection. 4007, 4009 and the codes after which a client must not reconnect end its session.
    pub fn close(&mut self, now: Duration, conn: ConnectionId, code: u16, reason: &str) -> Vec<Output> {
        let Some(closed) = self.connections.remove(&conn) else { return Vec::new() };
        if let Some(session) = closed.session {
            if matches!(code, 4004 | 4007 | 4009..=4014) {
                self.sessions.remove(&session);
            } else {
                self.detach(now, &session);
            }
        }
        vec![Output { conn, kind: OutputKind::Close(code, reason.to_owned()) }]
    }

    /// Drops a connection without a close frame. Its session can be resumed.
    pub fn drop_connection(&mut self, now: Duration, conn: ConnectionId) -> Vec<Output> {
        let exists = self.connections.contains_key(&conn);
        self.disconnected(now, conn);
        exists.then_some(Output { conn, kind: OutputKind::Drop }).into_iter().collect()
    }

    /// Ends all sessions: those without a connection now, the others together with their connection.
    pub fn forget_sessions(&mut self) {
        self.sessions.retain(|_, session| session.conn.is_some());
        self.sessions.values_mut().for_each(|session| session.ends_with_connection = true);
    }

    /// Sets whether heartbeats are left without an ACK.
    pub fn mute_acks(&mut self, mute: bool) {
        self.mute_acks = mute;
    }

    /// Leaves the heartbeats of these connections without an ACK, as long as they exist.
    pub fn mute_acks_of(&mut self, conns: &[ConnectionId], mute: bool) {
        self.each(conns, |conn| conn.acks_muted = mute);
    }

    /// Asks clients for a heartbeat (op 1).
    pub fn request_heartbeat(&mut self, now: Duration, conns: &[ConnectionId]) -> Vec<Output> {
        self.each(conns, |conn| conn.heartbeat_requested = Some(now));
        self.send_to(conns, 1, None)
    }

    /// The open connections, oldest first.
    pub fn connections(&self) -> Vec<ConnectionId> {
        self.connections.keys().copied().collect()
    }

    /// The open connections of these shards, oldest first.
    pub fn connections_of(&self, shards: &[u32]) -> Vec<ConnectionId> {
        let is_of_shard = |id: &ConnectionId| {
            let session = self.connections.get(id).and_then(|conn| conn.session.as_ref());
            let session = session.and_then(|session| self.sessions.get(session));
            session.is_some_and(|session| shards.contains(&session.shard.0))
        };
        self.connections().into_iter().filter(is_of_shard).collect()
    }

    /// The sessions with a connection, oldest connection first.
    pub fn connected_sessions(&self) -> Vec<ConnectedSession> {
        let connected = self.connections.iter().filter_map(|(connection, open)| {
            let id = open.session.clone()?;
            let session = self.sessions.get(&id)?;
            Some(ConnectedSession { connection: *connection, id, shard: session.shard, seq: session.seq })
        });
        connected.collect()
    }

    /// The number of sessions with a connection.
    pub fn live_sessions(&self) -> usize {
        self.sessions.values().filter(|session| session.conn.is_some()).count()
    }

    /// The session of a connection: its ID and its last sequence number.
    pub fn session(&self, conn: ConnectionId) -> Option<(&str, u64)> {
        let id = self.connections.get(&conn)?.session.as_ref()?;
        Some((id, self.sessions.get(id)?.seq))
    }

    /// The first bot's limit of identifies, as it is now.
    pub fn session_start_limit(&mut self, now: Duration) -> SessionStartLimit {
        self.accounts[0].session_start_limit(now)
    }

    /// The limit of identifies of a bot, as it is now. `None` if there is no such bot.
    pub fn session_start_limit_of(&mut self, now: Duration, bot: UserId) -> Option<SessionStartLimit> {
        let mut accounts = self.accounts.iter_mut();
        accounts.find(|account| account.user() == bot).map(|account| account.session_start_limit(now))
    }

    /// The counters of what has happened.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// What clients sent except heartbeats and resumes: whole frames, oldest first, without the token.
    pub fn send_events(&self) -> &[Value] {
        &self.send_events
    }

    /// The clients' violations of the documented rules, oldest first.
    pub fn violations(&self) -> &[String] {
        &self.violations
    }

    /// Returns the requests since the last call, oldest first.
    pub fn take_guild_requests(&mut self) -> Vec<GuildRequest> {
        std::mem::take(&mut self.guild_requests)
    }

    /// Adds an event to a session. Returns the output for its connection.
    pub(super) fn push_event(&mut self, id: &str, name: &str, data: &Value) -> Option<Output> {
        let session = self.sessions.get_mut(id)?;
        let data = session.visible_data(
            name,
            data,
            self.accounts[session.account].ready_data.user["id"].as_str(),
        )?;
        let event = session.push(name, &data, self.rules.replay_limit);
        let conn = session.conn?;
        Some(self.event(conn, &event))
    }

    pub(super) fn event(&mut self, conn: ConnectionId, event: &session::Event) -> Output {
        let frame = Frame { op: 0, seq: Some(event.seq), name: Some(&event.name), data: Some(&event.data) };
        self.frame(conn, frame)
    }

    pub(super) fn control(&mut self, conn: ConnectionId, op: u8, data: Option<&Value>) -> Output {
        let data = data.map(Value::to_string);
        self.frame(conn, Frame { op, data: data.as_deref(), ..Frame::default() })
    }

    pub(super) fn frame(&mut self, conn: ConnectionId, frame: Frame<'_>) -> Output {
        let text = if self.rules.vary_frames { frame.varied(&mut self.rng) } else { frame.usual() };
        Output { conn, kind: OutputKind::Text(text) }
    }

    fn each(&mut self, conns: &[ConnectionId], change: impl Fn(&mut Connection)) {
        for id in conns {
            self.connections.get_mut(id).into_iter().for_each(&change);
        }
    }

    fn send_to(&mut self, conns: &[ConnectionId], op: u8, data: Option<&Value>) -> Vec<Output> {
        conns.iter().map(|conn| self.control(*conn, op, data)).collect()
    }

    pub(super) fn detach(&mut self, now: Duration, id: &str) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        if session.ends_with_connection {
            self.sessions.remove(id);
        } else {
            session.conn = None;
            session.expires = Some(now + self.rules.resume_window);
        }
    }

    pub(super) fn expire(&mut self, now: Duration) {
        self.sessions.retain(|_, session| session.expires.is_none_or(|at| now < at));
    }
}
