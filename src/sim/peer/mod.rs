//! Discord's side of the gateway for one bot, without I/O.
//!
//! A [`Peer`] holds all sessions and connections of a bot. It is told what happened and when (`now` is
//! the time since any fixed start) and answers with what is to be sent; sockets, clocks and threads are
//! its user's. Whatever a client does against the documented rules is kept in
//! [`violations`](Peer::violations).
//!
//! ```
//! use std::time::Duration;
//! use syncord::sim::peer::{Peer, Rules, OutputKind};
//!
//! let mut peer = Peer::new(Rules { token: "right".into(), ..Rules::default() }, 1);
//! let (conn, outputs) = peer.connect(Duration::ZERO);
//! assert!(matches!(&outputs[0].kind, OutputKind::Text(hello) if hello.contains("heartbeat_interval")));
//!
//! let identify = r#"{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}"#;
//! let outputs = peer.receive(Duration::from_secs(1), conn, identify);
//! assert_eq!(outputs[0].kind, OutputKind::Close(4004, "Authentication failed.".into()));
//! ```

mod frame;
mod members;
mod receive;
mod rules;
mod session;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};

use self::frame::Frame;
pub use self::rules::{Counters, ReadyData, Rules, SessionStartLimit};
use self::session::Session;

/// One connection to a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(u64);

/// Something to be done to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Which one.
    pub conn: ConnectionId,
    /// What.
    pub kind: OutputKind,
}

/// What is to be done to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// Send this text frame.
    Text(String),
    /// Close with this code and reason. The peer has forgotten the connection already.
    Close(u16, String),
    /// Drop the socket without a word. The peer has forgotten the connection already.
    Drop,
}

/// Something that was asked of a guild and taken: whoever knows the guild answers it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GuildRequest {
    /// The session that asked.
    pub session: String,
    /// By which opcode: 4 for a place in a voice channel, 8 for members.
    pub op: u8,
    /// What it asked for, as it was sent.
    pub data: Value,
}

/// Discord's side of the gateway.
pub struct Peer {
    rules: Rules,
    rng: Rng,
    ready_data: ReadyData,
    connections: BTreeMap<ConnectionId, Connection>,
    sessions: BTreeMap<String, Session>,
    /// Sessions that the client itself ended with 1000 or 1001.
    ended: BTreeSet<String>,
    last_conn: u64,
    /// When each bucket was last identified for.
    buckets: BTreeMap<u32, Duration>,
    budget_ends: Duration,
    token_reset: bool,
    mute_acks: bool,
    counters: Counters,
    send_events: Vec<Value>,
    /// When each guild was last asked for all its members.
    roll_calls: BTreeMap<String, Duration>,
    requests: Vec<GuildRequest>,
    violations: Vec<String>,
}

struct Connection {
    /// When the last heartbeat came; at first, when HELLO was sent.
    beat: Duration,
    /// The sequence number that the client is known to have.
    seen: Option<u64>,
    /// When a heartbeat was asked for that did not come yet.
    asked: Option<Duration>,
    /// This silence is in the violations already.
    blamed: bool,
    /// The client cannot be heard, so its silence says nothing.
    severed: bool,
    /// When this side closes, and with what.
    close_at: Option<Duration>,
    sends: VecDeque<Duration>,
    presences: VecDeque<Duration>,
    session: Option<String>,
    /// It was told that its session is invalid; what it sent before it heard so is no mistake.
    invalidated: bool,
}

impl Peer {
    /// A peer with nothing connected. The seed decides session ids and, if they vary, frames.
    pub fn new(rules: Rules, seed: u64) -> Peer {
        Peer {
            budget_ends: rules.session_start_limit.reset_after,
            rng: Rng::with_seed(seed),
            ready_data: ReadyData::default(),
            connections: BTreeMap::new(),
            sessions: BTreeMap::new(),
            ended: BTreeSet::new(),
            last_conn: 0,
            buckets: BTreeMap::new(),
            token_reset: false,
            mute_acks: false,
            counters: Counters::default(),
            send_events: Vec::new(),
            roll_calls: BTreeMap::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            rules,
        }
    }

    /// Sets what later sessions are greeted with.
    pub fn set_ready_data(&mut self, ready_data: ReadyData) {
        self.ready_data = ready_data;
    }

    /// A client connected: it gets HELLO.
    pub fn connect(&mut self, now: Duration) -> (ConnectionId, Vec<Output>) {
        self.counters.connections += 1;
        self.last_conn += 1;
        let id = ConnectionId(self.last_conn);
        let conn = Connection {
            beat: now,
            seen: None,
            asked: None,
            blamed: false,
            severed: false,
            close_at: None,
            sends: VecDeque::new(),
            presences: VecDeque::new(),
            session: None,
            invalidated: false,
        };
        self.connections.insert(id, conn);
        let interval = u64::try_from(self.rules.heartbeat_interval.as_millis()).unwrap_or(u64::MAX);
        let hello = json!({"heartbeat_interval": interval, "_trace": ["[\"simulated\",{}]"]});
        (id, vec![self.control(id, 10, Some(&hello))])
    }

    /// The client's connection is gone without a close frame: its session can be resumed.
    pub fn disconnected(&mut self, now: Duration, conn: ConnectionId) {
        if let Some(session) = self.connections.remove(&conn).and_then(|conn| conn.session) {
            self.detach(now, &session);
        }
    }

    /// The client closed: 1000 and 1001 end its session, any other code keeps it.
    pub fn client_closed(&mut self, now: Duration, conn: ConnectionId, code: Option<u16>) {
        if matches!(code, Some(1000 | 1001)) {
            if let Some(session) = self.connections.remove(&conn).and_then(|conn| conn.session) {
                self.sessions.remove(&session);
                self.ended.insert(session);
            }
        } else {
            self.disconnected(now, conn);
        }
    }

    /// The network swallows everything on this connection from now on, so the client's silence is not its fault.
    pub fn network_lost(&mut self, conn: ConnectionId) {
        if let Some(conn) = self.connections.get_mut(&conn) {
            conn.severed = true;
        }
    }

    /// The network carries this connection again; its next heartbeat counts from now.
    pub fn network_restored(&mut self, now: Duration, conn: ConnectionId) {
        if let Some(conn) = self.connections.get_mut(&conn) {
            conn.severed = false;
            conn.beat = now;
        }
    }

    /// Something happened: every session that may see it gets it, now or by replay.
    pub fn dispatch(&mut self, now: Duration, name: &str, data: &Value) -> Vec<Output> {
        self.expire(now);
        let ids: Vec<String> = self.sessions.keys().cloned().collect();
        ids.iter().filter_map(|id| self.dispatch_to(id, name, data)).collect()
    }

    /// Does what time asks for: silent clients are closed, old sessions forgotten.
    pub fn poll(&mut self, now: Duration) -> Vec<Output> {
        self.expire(now);
        let mut outputs = Vec::new();
        for id in self.connections() {
            let Some(conn) = self.connections.get_mut(&id) else { continue };
            let silence = now.saturating_sub(conn.beat);
            let tolerance = self.rules.heartbeat_tolerance;
            if !conn.severed && !conn.blamed {
                if silence > self.rules.heartbeat_interval + tolerance {
                    conn.blamed = true;
                    self.violations.push(format!("no heartbeat for {silence:?} on connection {}", id.0));
                } else if conn.asked.is_some_and(|asked| now > asked + tolerance) {
                    conn.asked = None;
                    self.violations.push(format!("a requested heartbeat stayed out on connection {}", id.0));
                }
            }
            if silence > self.rules.heartbeat_interval * 2 + tolerance {
                self.counters.timeouts += 1;
                outputs.extend(self.close(now, id, 4000, "Heartbeats stayed out."));
            } else if conn.close_at.is_some_and(|at| at <= now) {
                outputs.extend(self.close(now, id, 4000, "Reconnect was asked for."));
            }
        }
        outputs
    }

    /// When [`poll`](Peer::poll) is to be called next, at the latest.
    pub fn deadline(&self) -> Option<Duration> {
        let (interval, tolerance) = (self.rules.heartbeat_interval, self.rules.heartbeat_tolerance);
        // "Longer than" and not "as long as", so the moment after.
        let after = Duration::from_nanos(1);
        let connections = self.connections.values().flat_map(|conn| {
            let blame = (!conn.severed && !conn.blamed).then_some(conn.beat + interval + tolerance + after);
            let asked = conn.asked.filter(|_| !conn.severed && !conn.blamed).map(|at| at + tolerance + after);
            [blame, asked, Some(conn.beat + interval * 2 + tolerance + after), conn.close_at]
        });
        connections.chain(self.sessions.values().map(|session| session.expires)).flatten().min()
    }

    /// Asks every client to reconnect (op 7), and closes those that have not after a while.
    pub fn request_reconnect(&mut self, now: Duration) -> Vec<Output> {
        let grace = self.rules.reconnect_grace;
        self.connections.values_mut().for_each(|conn| conn.close_at = Some(now + grace));
        self.broadcast(7, None)
    }

    /// Tells every client that its session is invalid (op 9), and whether it can be resumed.
    pub fn invalidate_sessions(&mut self, now: Duration, resumable: bool) -> Vec<Output> {
        for id in self.connections() {
            let Some(conn) = self.connections.get_mut(&id) else { continue };
            let Some(session) = conn.session.take() else { continue };
            conn.invalidated = true;
            if resumable {
                self.detach(now, &session);
            } else {
                self.sessions.remove(&session);
            }
        }
        self.broadcast(9, Some(&json!(resumable)))
    }

    /// Closes a connection. 4007, 4009 and the codes after which a client must not come back end its session.
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

    /// Drops a connection without a word; its session can be resumed.
    pub fn drop_connection(&mut self, now: Duration, conn: ConnectionId) -> Vec<Output> {
        let known = self.connections.contains_key(&conn);
        self.disconnected(now, conn);
        known.then_some(Output { conn, kind: OutputKind::Drop }).into_iter().collect()
    }

    /// Forgets all sessions: those without a connection now, the others as soon as they lose theirs.
    pub fn forget_sessions(&mut self) {
        self.sessions.retain(|_, session| session.conn.is_some());
        self.sessions.values_mut().for_each(|session| session.doomed = true);
    }

    /// Leaves heartbeats unanswered from now on, or no longer.
    pub fn mute_acks(&mut self, mute: bool) {
        self.mute_acks = mute;
    }

    /// Asks every client for a heartbeat (op 1).
    pub fn request_heartbeat(&mut self, now: Duration) -> Vec<Output> {
        self.connections.values_mut().for_each(|conn| conn.asked = Some(now));
        self.broadcast(1, None)
    }

    /// The open connections, oldest first.
    pub fn connections(&self) -> Vec<ConnectionId> {
        self.connections.keys().copied().collect()
    }

    /// How many connections have a session.
    pub fn live_sessions(&self) -> usize {
        self.sessions.values().filter(|session| session.conn.is_some()).count()
    }

    /// The session on a connection, if there is one: its id and its last sequence number.
    pub fn session(&self, conn: ConnectionId) -> Option<(&str, u64)> {
        let id = self.connections.get(&conn)?.session.as_ref()?;
        Some((id, self.sessions.get(id)?.seq))
    }

    /// The login budget as it stands now.
    pub fn session_start_limit(&mut self, now: Duration) -> SessionStartLimit {
        while now >= self.budget_ends {
            self.rules.session_start_limit.remaining = self.rules.session_start_limit.total;
            self.budget_ends += rules::BUDGET_PERIOD;
        }
        SessionStartLimit { reset_after: self.budget_ends - now, ..self.rules.session_start_limit }
    }

    /// How often what happened.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// What the clients sent besides heartbeats and resumes, whole frames, in order, without the token.
    pub fn send_events(&self) -> &[Value] {
        &self.send_events
    }

    /// What clients did against the documented rules, in order.
    pub fn violations(&self) -> &[String] {
        &self.violations
    }

    /// What was asked of a guild since this was last called, in order.
    pub fn take_guild_requests(&mut self) -> Vec<GuildRequest> {
        std::mem::take(&mut self.requests)
    }

    fn dispatch_to(&mut self, id: &str, name: &str, data: &Value) -> Option<Output> {
        let session = self.sessions.get_mut(id)?;
        let data = session.view(name, data, self.ready_data.user["id"].as_str())?;
        let event = session.push(name, &data, self.rules.replay_limit);
        let conn = session.conn?;
        Some(self.event(conn, &event))
    }

    fn event(&mut self, conn: ConnectionId, event: &session::Event) -> Output {
        let frame = Frame { op: 0, seq: Some(event.seq), name: Some(&event.name), data: Some(&event.data) };
        self.frame(conn, frame)
    }

    fn control(&mut self, conn: ConnectionId, op: u8, data: Option<&Value>) -> Output {
        let data = data.map(Value::to_string);
        self.frame(conn, Frame { op, data: data.as_deref(), ..Frame::default() })
    }

    fn frame(&mut self, conn: ConnectionId, frame: Frame<'_>) -> Output {
        let text = if self.rules.vary_frames { frame.varied(&mut self.rng) } else { frame.usual() };
        Output { conn, kind: OutputKind::Text(text) }
    }

    fn broadcast(&mut self, op: u8, data: Option<&Value>) -> Vec<Output> {
        self.connections().into_iter().map(|conn| self.control(conn, op, data)).collect()
    }

    fn detach(&mut self, now: Duration, id: &str) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        if session.doomed {
            self.sessions.remove(id);
        } else {
            session.conn = None;
            session.expires = Some(now + self.rules.resume_window);
        }
    }

    fn expire(&mut self, now: Duration) {
        self.sessions.retain(|_, session| session.expires.is_none_or(|at| now < at));
    }
}
