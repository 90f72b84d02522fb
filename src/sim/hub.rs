//! The state that all threads of a simulated Discord share, and how they wait for its changes.

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::builder::Start;
use super::clock::Clock;
use super::control::Secret;
use super::fault::Faults;
use super::history::History;
use super::http::Request;
use super::limits::Limits;
use super::local_bots::LocalBots;
use super::observed::Observed;
use super::outgoing::Outgoing;
use super::peer::{ConnectionId, Output, OutputKind, Peer};
use super::pings::Pings;
use super::replay::RecordedCalls;
use super::schedule::Schedule;
use super::world::{Event, World};
use crate::deadline::deadline;
use crate::sync::{Condvar, Mutex};

/// Frames of at least this many bytes are sent slowly by `Fault::SlowBytes`.
const SLOW_FRAME_SIZE: usize = 256;

/// How often the clock thread looks at the time when nothing has a deadline.
const IDLE_TICK: Duration = Duration::from_secs(3600);
/// How often a condition is evaluated while nothing changes here: it may depend on something else in the program.
const CONDITION_INTERVAL: Duration = Duration::from_millis(50);

/// What all threads of a simulated Discord share.
pub(super) struct Hub {
    state: Mutex<State>,
    changed: Condvar,
    start: Instant,
    address: SocketAddr,
}

pub(super) struct State {
    pub(super) peer: Peer,
    pub(super) world: World,
    pub(super) clock: Clock,
    pub(super) faults: Faults,
    pub(super) schedule: Schedule,
    pub(super) limits: Limits,
    pub(super) shards: u32,
    pub(super) url: String,
    pub(super) requests: VecDeque<Request>,
    /// Violations of the HTTP rules. The peer records its own.
    pub(super) violations: Vec<String>,
    /// The index of the next message to return, by channel, and by member for ephemeral messages.
    pub(super) next_message: HashMap<u64, usize>,
    /// The messages that a test has received as the reply to an interaction.
    pub(super) returned_replies: HashSet<u64>,
    /// The index of the next modal to return, by member.
    pub(super) next_modal: HashMap<u64, usize>,
    /// The number of REST requests without a response.
    pub(super) in_flight: usize,
    /// When the last event, request or response was sent.
    pub(super) last_activity: Instant,
    /// What happened in the channels.
    pub(super) history: History,
    /// The bots of this process.
    pub(super) local_bots: LocalBots,
    pub(super) pings: Pings,
    /// For the threads that deliver interactions over HTTP.
    #[cfg(feature = "http-interactions")]
    pub(super) own_hub: Weak<Hub>,
    /// The number of restarts.
    #[cfg(feature = "http-interactions")]
    pub(super) restarts: u64,
    /// The control interface, if it is on.
    pub(super) control: Option<Control>,
    /// The recorded calls, if a session is replayed.
    pub(super) replay: Option<RecordedCalls>,
    /// Receive what happens, by the numbers of their subscriptions.
    observers: Vec<(u64, Sender<Observed>)>,
    /// The queues of the connections' writing threads.
    pub(super) senders: HashMap<ConnectionId, Sender<Outgoing>>,
    /// The connections in a black hole.
    pub(super) cut_off: HashSet<ConnectionId>,
    sockets: Vec<Weak<TcpStream>>,
    /// The sockets of the control interface, which outlive a restart.
    control_sockets: Vec<Weak<TcpStream>>,
    stopping: bool,
    /// Counts the changes.
    version: u64,
}

/// The settings of the control interface.
pub(super) struct Control {
    pub(super) secret: Secret,
    /// How long an action waits if it does not say it.
    pub(super) timeout: Duration,
    /// Whether a client has asked the program to end.
    pub(super) shutdown_requested: bool,
    /// What a reset starts with.
    pub(super) start: Box<dyn Fn(&str) -> Start + Send>,
}

/// What to do with a new connection.
pub(super) enum Admission {
    Serve,
    Refuse,
    Stop,
}

impl Hub {
    pub(super) fn new(address: SocketAddr, start: Start) -> Hub {
        let state = State::new(start, format!("ws://{address}"));
        Hub { state: Mutex::new(state), changed: Condvar::new(), start: Instant::now(), address }
    }

    /// Starts over with a new world and without sessions, at the same address. All connections end. Only possible with the
    /// control interface, which knows what to start with.
    pub(super) fn restart(&self) {
        self.change(|state, now| {
            let Some(control) = state.control.take() else { return };
            shut_down(&state.sockets);
            let mut next = State::new((control.start)(&state.url), state.url.clone());
            // Threads of old connections may still report about them.
            next.peer.continue_after(&state.peer, now);
            next.in_flight = state.in_flight;
            next.version = state.version;
            next.stopping = state.stopping;
            next.local_bots = std::mem::take(&mut state.local_bots);
            next.observers = std::mem::take(&mut state.observers);
            next.control_sockets = std::mem::take(&mut state.control_sockets);
            next.control = Some(control);
            #[cfg(feature = "http-interactions")]
            {
                next.own_hub = state.own_hub.clone();
                next.restarts = state.restarts + 1;
            }
            *state = next;
        });
    }

    /// A number that grows with each change.
    pub(super) fn version(&self) -> u64 {
        self.read(|state| state.version)
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the state and wakes all threads that wait for a change.
    pub(super) fn change<R>(&self, f: impl FnOnce(&mut State, Duration) -> R) -> R {
        let mut state = self.state.lock();
        let result = f(&mut state, self.start.elapsed());
        state.version += 1;
        drop(state);
        self.changed.notify_all();
        result
    }

    pub(super) fn read<R>(&self, f: impl FnOnce(&State) -> R) -> R {
        f(&self.state.lock())
    }

    /// Changes the state without waking a thread.
    pub(super) fn change_silently<R>(&self, f: impl FnOnce(&mut State) -> R) -> R {
        f(&mut self.state.lock())
    }

    /// Calls `f` again after each change, and from time to time, until it returns a value or the timeout is over. `f` may
    /// itself cause changes.
    pub(super) fn wait_for<R>(&self, timeout: Duration, mut f: impl FnMut() -> Option<R>) -> Option<R> {
        let end = deadline(Instant::now(), timeout);
        loop {
            let version = self.read(|state| state.version);
            if let Some(result) = f() {
                return Some(result);
            }
            let now = Instant::now();
            if now >= end {
                return None;
            }
            let next = end.min(now + CONDITION_INTERVAL);
            let mut state = self.state.lock();
            while let (true, Some(left)) =
                (state.version == version, next.checked_duration_since(Instant::now()))
            {
                state = self.changed.wait_timeout(state, left).0;
            }
        }
    }

    /// Sleeps. Returns early when the simulated Discord stops.
    pub(super) fn sleep(&self, duration: Duration) {
        let end = deadline(Instant::now(), duration);
        let mut state = self.state.lock();
        while let (false, Some(left)) = (state.stopping, end.checked_duration_since(Instant::now())) {
            state = self.changed.wait_timeout(state, left).0;
        }
    }

    /// Waits until no black hole is open, or none for this connection. Returns false when the simulated Discord stops.
    pub(super) fn wait_out_black_hole(&self, conn: Option<ConnectionId>) -> bool {
        let mut state = self.state.lock();
        while state.is_in_black_hole(conn) && !state.stopping {
            state = self.changed.wait(state);
        }
        !state.stopping
    }

    /// Ends all connections and threads.
    pub(super) fn stop(&self) {
        self.change(|state, _| {
            state.stopping = true;
            state.senders.clear();
            state.observers.clear();
            shut_down(&state.sockets);
            shut_down(&state.control_sockets);
        });
        // The accepting thread wakes only for a new connection.
        let _ = TcpStream::connect(self.address);
    }

    /// Subscribes to what happens. Returns the number of the subscription.
    pub(super) fn observe(&self, sender: Sender<Observed>) -> u64 {
        self.change_silently(|state| {
            let number = state.observers.last().map_or(0, |(number, _)| number + 1);
            state.observers.push((number, sender));
            number
        })
    }

    /// Ends a subscription. Its receiver ends after the events that happened before.
    pub(super) fn stop_observing(&self, subscription: u64) {
        self.change_silently(|state| state.observers.retain(|(number, _)| *number != subscription));
    }

    pub(super) fn connect(&self, sender: Sender<Outgoing>) -> ConnectionId {
        self.change(|state, now| {
            let (conn, outputs) = state.peer.connect(now);
            state.senders.insert(conn, sender);
            state.deliver(outputs);
            conn
        })
    }

    pub(super) fn received(&self, conn: ConnectionId, text: &str) {
        self.change(|state, now| {
            // The next frame may be an identify, and READY shows the world as it is then.
            if state.peer.session(conn).is_none() {
                for bot in state.world.bots() {
                    state.peer.set_ready_data(state.world.ready_data_of(bot));
                }
            }
            state.observe_frame(conn, true, text);
            let outputs = state.peer.receive(now, conn, text);
            state.deliver(outputs);
            for request in state.peer.take_guild_requests() {
                match request.op {
                    4 => {
                        let (state_update, server) =
                            state.world.update_voice_state(request.bot, &request.data);
                        // A voice state is visible to all sessions of the guild.
                        state.dispatch(now, state_update.into_iter().collect());
                        state.respond(&request.session, server.into_iter().collect());
                    }
                    31 => {
                        let events = state.world.requested_sounds(request.bot, &request.data);
                        state.respond(&request.session, events);
                    }
                    43 => {
                        let events = state.world.requested_channel_info(request.bot, &request.data);
                        state.respond(&request.session, events);
                    }
                    _ => {
                        let events = state.world.member_chunks(request.bot, &request.data);
                        state.respond(&request.session, events);
                    }
                }
            }
        });
    }

    pub(super) fn closed(&self, conn: ConnectionId, code: Option<u16>) {
        self.change(|state, now| {
            state.peer.client_closed(now, conn, code);
            state.remove_sender(conn, true, code);
        });
    }

    pub(super) fn disconnected(&self, conn: ConnectionId) {
        self.change(|state, now| {
            state.peer.disconnected(now, conn);
            state.remove_sender(conn, true, None);
        });
    }

    /// Does what is due at its time, until the simulated Discord stops.
    pub(super) fn run_clock(&self) {
        let mut state = self.state.lock();
        while !state.stopping {
            let now = self.start.elapsed();
            let outputs = state.peer.poll(now);
            let black_hole_is_over = state.faults.black_hole_ends.is_some_and(|end| end <= now);
            if black_hole_is_over {
                state.end_black_hole(now);
            }
            let random_fault = state.schedule.due(now);
            if black_hole_is_over || random_fault.is_some() || !outputs.is_empty() {
                state.deliver(outputs);
                if let Some(fault) = random_fault {
                    state.fault(now, fault, None);
                }
                state.version += 1;
                self.changed.notify_all();
            }
            let black_hole_ends = state.faults.black_hole_ends.filter(|end| *end != Duration::MAX);
            let random_fault = state.schedule.next_at();
            let next = state.peer.deadline().into_iter().chain(black_hole_ends).chain(random_fault).min();
            let left = next.map_or(IDLE_TICK, |at| at.saturating_sub(self.start.elapsed()));
            state = self.changed.wait_timeout(state, left).0;
        }
    }
}

impl State {
    fn new(start: Start, url: String) -> State {
        State {
            peer: start.peer,
            world: start.world,
            clock: start.clock,
            faults: Faults::default(),
            schedule: Schedule::default(),
            limits: Limits::default(),
            shards: start.shards,
            url,
            requests: VecDeque::new(),
            violations: Vec::new(),
            next_message: HashMap::new(),
            returned_replies: HashSet::new(),
            next_modal: HashMap::new(),
            in_flight: 0,
            last_activity: Instant::now(),
            history: History::default(),
            local_bots: LocalBots::default(),
            pings: Pings::default(),
            #[cfg(feature = "http-interactions")]
            own_hub: Weak::new(),
            #[cfg(feature = "http-interactions")]
            restarts: 0,
            control: None,
            replay: None,
            observers: Vec::new(),
            senders: HashMap::new(),
            cut_off: HashSet::new(),
            sockets: Vec::new(),
            control_sockets: Vec::new(),
            stopping: false,
            version: 0,
        }
    }

    /// Ends the wait for a shutdown.
    pub(super) fn request_shutdown(&mut self, _now: Duration) {
        if let Some(control) = &mut self.control {
            control.shutdown_requested = true;
        }
    }

    /// A connection has turned out to be one of the control interface.
    pub(super) fn is_of_control(&mut self, socket: &Arc<TcpStream>) {
        let is_this = |other: &Weak<TcpStream>| other.as_ptr() == Arc::as_ptr(socket);
        if let Some(index) = self.sockets.iter().position(is_this) {
            self.control_sockets.retain(|socket| socket.strong_count() > 0);
            self.control_sockets.push(self.sockets.swap_remove(index));
        }
    }

    /// Advances the clock of the world. What is due in the meantime happens, at its time.
    pub(super) fn advance(&mut self, now: Duration, by: Duration) {
        let end = self.clock.time().saturating_add(by);
        while let Some((at, events)) = self.world.do_next_due(end) {
            if at > self.clock.time() {
                self.clock.set(at);
            }
            self.dispatch(now, events);
        }
        self.clock.set(end);
    }

    /// Decides about a new connection, and keeps its socket so that it can be closed.
    pub(super) fn admit(&mut self, socket: &Arc<TcpStream>) -> Admission {
        self.sockets.retain(|socket| socket.strong_count() > 0);
        self.sockets.push(Arc::downgrade(socket));
        // The control interface stays reachable: the server refuses other requests when it has read them.
        let refuses = self.faults.refuse_connections && self.control.is_none();
        match (self.stopping, refuses) {
            (true, _) => Admission::Stop,
            (false, true) => Admission::Refuse,
            (false, false) => Admission::Serve,
        }
    }

    /// Dispatches events of the world.
    pub(super) fn dispatch(&mut self, now: Duration, events: Vec<Event>) {
        self.last_activity = Instant::now();
        for (name, data) in events {
            self.history.add(name, &data);
            self.observe(|| Observed::Event((name, data.clone())));
            #[cfg(feature = "http-interactions")]
            if self.deliver_over_http(name, &data) {
                continue;
            }
            let bots = self.world.receivers(name, &data);
            let outputs = self.peer.dispatch_to_bots(now, &bots, name, &data);
            self.deliver(outputs);
        }
    }

    /// Sends events to the only session that they are for.
    fn respond(&mut self, session: &str, events: Vec<Event>) {
        for (name, data) in events {
            let outputs = self.peer.dispatch_to(session, name, &data);
            self.deliver(outputs);
        }
    }

    /// Shows the observers what happened. Ends the subscriptions of those that are gone.
    pub(super) fn observe(&mut self, happened: impl Fn() -> Observed) {
        self.observers.retain(|(_, observer)| observer.send(happened()).is_ok());
    }

    /// Shows the observers a frame of the gateway.
    fn observe_frame(&mut self, conn: ConnectionId, by_client: bool, text: &str) {
        if self.observers.is_empty() {
            return;
        }
        let text = self.world.without_tokens(text);
        let frame = serde_json::from_str(&text).unwrap_or(Value::String(text));
        self.observe(|| Observed::Frame { connection: conn.number(), by_client, frame: frame.clone() });
    }

    /// Sends the peer's outputs to the writing threads of the connections.
    pub(super) fn deliver(&mut self, outputs: Vec<Output>) {
        for Output { conn, kind } in outputs {
            if let OutputKind::Text(text) = &kind {
                self.observe_frame(conn, false, text);
            }
            let outgoing = match &kind {
                OutputKind::Text(text)
                    if text.len() >= SLOW_FRAME_SIZE && self.faults.slow_bytes.is_some() =>
                {
                    let (per_chunk, pause) = self.faults.slow_bytes.take().unwrap_or_default();
                    Outgoing::slow_text(text, per_chunk, pause)
                }
                OutputKind::Text(text) => Outgoing::text(text),
                OutputKind::Close(code, reason) => Outgoing::close(*code, reason),
                OutputKind::Drop => Outgoing::Reset,
            };
            if let Some(sender) = self.senders.get(&conn) {
                // Sending fails when the writing thread has ended. There is no socket left then.
                let _ = sender.send(outgoing);
            }
            match kind {
                OutputKind::Text(_) => {}
                OutputKind::Close(code, _) => self.remove_sender(conn, false, Some(code)),
                OutputKind::Drop => self.remove_sender(conn, false, None),
            }
        }
    }

    /// A connection has ended. Only the first of both sides to end it counts.
    fn remove_sender(&mut self, conn: ConnectionId, by_client: bool, code: Option<u16>) {
        self.pings.closed(conn);
        if self.senders.remove(&conn).is_some() {
            self.observe(|| Observed::Closed { connection: conn.number(), by_client, code });
        }
    }

    /// Whether nothing passes on this connection, or on a new one.
    fn is_in_black_hole(&self, conn: Option<ConnectionId>) -> bool {
        self.faults.black_hole_ends.is_some()
            && (!self.faults.black_hole_has_bounds || conn.is_some_and(|conn| self.cut_off.contains(&conn)))
    }
}

fn shut_down(sockets: &[Weak<TcpStream>]) {
    for socket in sockets.iter().filter_map(Weak::upgrade) {
        // It may be closed already.
        let _ = socket.shutdown(Shutdown::Both);
    }
}
