//! The sockets, clocks and threads around the peer and the world.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use tungstenite::handshake::derive_accept_key;

use super::fault::{Fault, Faults};
use super::http::{self, Request, Response};
use super::limits::Limits;
use super::peer::{ConnectionId, Output, OutputKind, Peer, Rules};
use super::wire::{self, Job};
use super::world::{Event, World};
use crate::deadline::deadline;
use crate::sync::{Condvar, Mutex, MutexGuard};

/// From this length on a frame is worth dripping.
const BIG_FRAME: usize = 256;

/// As good as for ever.

/// So many requests are remembered.
const REQUESTS_KEPT: usize = 10_000;

/// What all threads of a simulated Discord share.
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    start: Instant,
    address: SocketAddr,
}

pub(super) struct State {
    pub(super) peer: Peer,
    pub(super) world: World,
    pub(super) faults: Faults,
    pub(super) limits: Limits,
    pub(super) shards: u32,
    pub(super) token: String,
    pub(super) url: String,
    pub(super) requests: VecDeque<Request>,
    /// What was done against the rules of HTTP; the peer keeps its own.
    pub(super) violations: Vec<String>,
    /// How many messages were taken of each channel, and of what was said to each person alone.
    pub(super) taken: HashMap<u64, usize>,
    /// How many modals of each person were taken.
    pub(super) modals: HashMap<u64, usize>,
    /// REST requests that are not answered yet.
    pub(super) in_flight: usize,
    /// When something was last said, asked or answered.
    pub(super) active: Instant,
    wires: HashMap<ConnectionId, Sender<Job>>,
    severed: HashSet<ConnectionId>,
    sockets: Vec<Weak<TcpStream>>,
    stopping: bool,
    version: u64,
}

/// Listens, and starts the threads that accept connections and watch the clock.
pub(super) fn start(
    rules: impl FnOnce(&str) -> Rules,
    shards: u32,
    seed: u64,
    world: World,
) -> io::Result<(Arc<Shared>, Vec<JoinHandle<()>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let url = format!("ws://{address}");
    let rules = rules(&url);
    let state = State {
        token: rules.token.clone(),
        peer: Peer::new(rules, seed),
        world,
        faults: Faults::default(),
        limits: Limits::default(),
        shards,
        url,
        requests: VecDeque::new(),
        violations: Vec::new(),
        taken: HashMap::new(),
        modals: HashMap::new(),
        in_flight: 0,
        active: Instant::now(),
        wires: HashMap::new(),
        severed: HashSet::new(),
        sockets: Vec::new(),
        stopping: false,
        version: 0,
    };
    let shared = Arc::new(Shared {
        state: Mutex::new(state),
        changed: Condvar::new(),
        start: Instant::now(),
        address,
    });
    let (accepting, ticking) = (shared.clone(), shared.clone());
    let threads =
        vec![thread::spawn(move || accept(&accepting, &listener)), thread::spawn(move || ticking.tick())];
    Ok((shared, threads))
}

fn accept(shared: &Arc<Shared>, listener: &TcpListener) {
    for socket in listener.incoming() {
        let Ok(socket) = socket.map(Arc::new) else { continue };
        let welcome = shared.change(|state, _| {
            state.sockets.retain(|socket| socket.strong_count() > 0);
            state.sockets.push(Arc::downgrade(&socket));
            (!state.stopping).then_some(!state.faults.refuse)
        });
        match welcome {
            None => return,
            Some(false) => {}
            Some(true) => {
                let shared = shared.clone();
                // A client that goes away in the middle of something is no concern of this side.
                thread::spawn(move || drop(serve(&shared, &socket)));
            }
        }
    }
}

/// Answers the requests of one connection; an upgrade is its last.
fn serve(shared: &Arc<Shared>, socket: &Arc<TcpStream>) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut buffer = Vec::new();
    while let Some(request) = http::read(socket, &mut buffer)? {
        if !shared.pass_black_hole() || shared.look(|state| state.faults.refuse) {
            break;
        }
        if request.is_upgrade() {
            if upgrade(shared, socket, &request)? {
                wire::serve(shared, socket, &buffer);
                return Ok(());
            }
            continue;
        }
        let wall = wall();
        let (response, delay) = shared.change(|state, now| {
            state.in_flight += 1;
            state.active = Instant::now();
            (state.rest(&request, now, wall), state.faults.delay)
        });
        shared.sleep(delay);
        let written = if shared.pass_black_hole() { response.write(&**socket) } else { Ok(()) };
        shared.change(|state, _| {
            state.in_flight -= 1;
            state.active = Instant::now();
        });
        written?;
    }
    socket.shutdown(Shutdown::Both)
}

/// Answers an upgrade, and says whether the connection is a websocket now.
fn upgrade(shared: &Shared, socket: &TcpStream, request: &Request) -> io::Result<bool> {
    let (refused, dropped) = shared.change(|state, now| {
        state.note(request, now);
        let query = request.path.split_once('?').map_or("", |(_, query)| query);
        for wanted in ["v=10", "encoding=json"] {
            if !query.split('&').any(|pair| pair == wanted) {
                state.violations.push(format!("gateway connection to {} without {wanted}", request.path));
            }
        }
        (state.faults.refuses_upgrade(), state.faults.drops_accepted())
    });
    let key = request.header("sec-websocket-key").unwrap_or_default();
    if let Some(status) = refused {
        Response::new(status, String::new()).write(socket)?;
        return Ok(false);
    }
    Response::new(101, String::new())
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Accept", derive_accept_key(key.as_bytes()))
        .write(socket)?;
    if dropped {
        socket.shutdown(Shutdown::Both)?;
    }
    Ok(!dropped)
}

/// The time since the Unix epoch. It goes on evenly, whatever is done to the machine's clock meanwhile.
pub(super) fn wall() -> Duration {
    static ANCHOR: OnceLock<(Instant, Duration)> = OnceLock::new();
    let (then, wall) = ANCHOR.get_or_init(|| {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        (Instant::now(), wall)
    });
    *wall + then.elapsed()
}

impl Shared {
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the state and wakes all who wait for a change.
    pub(super) fn change<R>(&self, f: impl FnOnce(&mut State, Duration) -> R) -> R {
        let mut state = self.lock();
        let result = f(&mut state, self.start.elapsed());
        state.version += 1;
        drop(state);
        self.changed.notify_all();
        result
    }

    pub(super) fn look<R>(&self, f: impl FnOnce(&State) -> R) -> R {
        f(&self.lock())
    }

    /// Changes what nobody waits for.
    pub(super) fn update<R>(&self, f: impl FnOnce(&mut State) -> R) -> R {
        f(&mut self.lock())
    }

    /// Tries again after each change until there is an answer, or the time is over.
    pub(super) fn wait_for<R>(&self, timeout: Duration, mut f: impl FnMut() -> Option<R>) -> Option<R> {
        let end = deadline(Instant::now(), timeout);
        loop {
            let version = self.look(|state| state.version);
            if let Some(result) = f() {
                return Some(result);
            }
            let mut state = self.lock();
            while state.version == version {
                let left = end.checked_duration_since(Instant::now())?;
                state = self.wait(state, left);
            }
        }
    }

    /// Sleeps, unless everything ends.
    pub(super) fn sleep(&self, duration: Duration) {
        let end = deadline(Instant::now(), duration);
        let mut state = self.lock();
        while let (false, Some(left)) = (state.stopping, end.checked_duration_since(Instant::now())) {
            state = self.wait(state, left);
        }
    }

    /// Waits out a black hole; false when everything ends.
    pub(super) fn pass_black_hole(&self) -> bool {
        let mut state = self.lock();
        while state.faults.hole.is_some() && !state.stopping {
            state = self.changed.wait(state);
        }
        !state.stopping
    }

    /// Ends all connections and threads.
    pub(super) fn stop(&self) {
        self.change(|state, _| {
            state.stopping = true;
            state.wires.clear();
            for socket in state.sockets.iter().filter_map(Weak::upgrade) {
                let _ = socket.shutdown(Shutdown::Both);
            }
        });
        // The accepting thread looks up only for a connection.
        let _ = TcpStream::connect(self.address);
    }

    pub(super) fn connect(&self, jobs: Sender<Job>) -> ConnectionId {
        self.change(|state, now| {
            let (conn, outputs) = state.peer.connect(now);
            state.wires.insert(conn, jobs);
            state.deliver(outputs);
            conn
        })
    }

    pub(super) fn received(&self, conn: ConnectionId, text: &str) {
        self.change(|state, now| {
            let outputs = state.peer.receive(now, conn, text);
            state.deliver(outputs);
            for request in state.peer.take_guild_requests() {
                match request.op {
                    // Everybody sees who is in a voice channel.
                    4 => {
                        let events = state.world.voice_asked(&request.data);
                        state.happened(now, events);
                    }
                    _ => {
                        for (name, data) in state.world.members_asked(&request.data) {
                            let outputs = state.peer.answer(&request.session, name, &data);
                            state.deliver(outputs);
                        }
                    }
                }
            }
        });
    }

    pub(super) fn closed(&self, conn: ConnectionId, code: Option<u16>) {
        self.change(|state, now| {
            state.peer.client_closed(now, conn, code);
            state.wires.remove(&conn);
        });
    }

    pub(super) fn disconnected(&self, conn: ConnectionId) {
        self.change(|state, now| {
            state.peer.disconnected(now, conn);
            state.wires.remove(&conn);
        });
    }

    fn tick(&self) {
        let mut state = self.lock();
        while !state.stopping {
            let now = self.start.elapsed();
            let outputs = state.peer.poll(now);
            let healed = state.faults.hole.is_some_and(|end| end <= now);
            if healed {
                state.end_black_hole(now);
            }
            if healed || !outputs.is_empty() {
                state.deliver(outputs);
                state.version += 1;
                self.changed.notify_all();
            }
            let hole = state.faults.hole.filter(|end| *end != Duration::MAX);
            let next = state.peer.deadline().into_iter().chain(hole).min();
            let left = next.map_or(Duration::from_secs(3600), |at| at.saturating_sub(self.start.elapsed()));
            state = self.wait(state, left);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, at_most: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, at_most).0
    }
}

impl State {
    pub(super) fn note(&mut self, request: &Request, now: Duration) {
        self.requests.push_back(Request { at: now, ..request.clone() });
        if self.requests.len() > REQUESTS_KEPT {
            self.requests.pop_front();
        }
    }

    /// Dispatches what happened in the world.
    pub(super) fn happened(&mut self, now: Duration, events: Vec<Event>) {
        self.active = Instant::now();
        for (name, data) in events {
            let outputs = self.peer.dispatch(now, name, &data);
            self.deliver(outputs);
        }
    }

    /// Hands the peer's wishes to the connections' writing threads.
    pub(super) fn deliver(&mut self, outputs: Vec<Output>) {
        for Output { conn, kind } in outputs {
            let job = match &kind {
                OutputKind::Text(text) if text.len() >= BIG_FRAME && self.faults.slow.is_some() => {
                    let (per_chunk, pause) = self.faults.slow.take().unwrap_or_default();
                    Job::dripping(text, per_chunk, pause)
                }
                OutputKind::Text(text) => Job::text(text),
                OutputKind::Close(code, reason) => Job::close(*code, reason),
                OutputKind::Drop => Job::Reset,
            };
            if let Some(wire) = self.wires.get(&conn) {
                // A thread that is gone has nothing to write to.
                let _ = wire.send(job);
            }
            if !matches!(kind, OutputKind::Text(_)) {
                self.wires.remove(&conn);
            }
        }
    }

    pub(super) fn fault(&mut self, now: Duration, fault: Fault) {
        let open = self.peer.connections();
        let outputs = match fault {
            Fault::DropSocket => open.iter().flat_map(|conn| self.peer.drop_connection(now, *conn)).collect(),
            Fault::Reconnect => self.peer.request_reconnect(now),
            Fault::InvalidSession { resumable } => self.peer.invalidate_sessions(now, resumable),
            Fault::Close(code, reason) => {
                open.iter().flat_map(|conn| self.peer.close(now, *conn, code, &reason)).collect()
            }
            Fault::RequestHeartbeat => self.peer.request_heartbeat(now),
            standing => {
                self.standing(now, standing);
                Vec::new()
            }
        };
        self.deliver(outputs);
    }

    fn standing(&mut self, now: Duration, fault: Fault) {
        match fault {
            Fault::BlackHole(lasts) => {
                self.faults.hole = Some(lasts.map_or(Duration::MAX, |lasts| now.saturating_add(lasts)));
                self.severed.extend(self.peer.connections());
                self.severed.iter().for_each(|conn| self.peer.network_lost(*conn));
            }
            Fault::MuteAcks(mute) => self.peer.mute_acks(mute),
            Fault::ForgetSessions => self.peer.forget_sessions(),
            Fault::InvalidJson => self.send_all(|| Job::text("not {json")),
            Fault::BinaryFrame => self.send_all(|| Job::binary(b"\x00\xff\x83h\x02")),
            Fault::OversizedFrame => self.send_all(Job::oversized),
            Fault::SlowBytes { per_chunk, pause } => self.faults.slow = Some((per_chunk, pause)),
            Fault::HttpStatus { times, .. } | Fault::Http429 { times, .. } => {
                self.faults.http.push_back((fault, times));
            }
            Fault::Delay(delay) => self.faults.delay = delay,
            Fault::RefuseConnections(refuse) => self.faults.refuse = refuse,
            Fault::RefuseUpgrade { status, times } => self.faults.refuse_upgrade = (status, times),
            Fault::AcceptThenClose { times } => self.faults.accept_then_close = times,
            // Those that `fault` has done itself.
            _ => {}
        }
    }

    pub(super) fn clear_faults(&mut self, now: Duration) {
        self.end_black_hole(now);
        self.peer.mute_acks(false);
        self.faults = Faults::default();
    }

    fn end_black_hole(&mut self, now: Duration) {
        self.faults.hole = None;
        for conn in self.severed.drain() {
            self.peer.network_restored(now, conn);
        }
    }

    fn send_all(&self, job: impl Fn() -> Job) {
        for wire in self.wires.values() {
            let _ = wire.send(job());
        }
    }
}
