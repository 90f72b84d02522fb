use std::collections::VecDeque;
use std::time::{Duration, Instant, SystemTime};

use super::connection::Connection;
use super::outbox::Outbox;
use super::phase::{HELLO_TIMEOUT, Phase};
use super::reconnect::Reconnect;
use super::sequence::Sequence;
use super::types::{
    Action, Backpressure, DisconnectCause, Input, KeptSession, LostSession, Notice, Now, PreviousSession,
    SessionConfig, State, Step, Target,
};

/// The clocks may drift this far apart between two inputs before the machine counts as suspended.
const CLOCK_JUMP: Duration = Duration::from_secs(2);
/// A deadline that is missed by more than this counts as a suspend as well.
const OVERSLEPT: Duration = Duration::from_secs(5);

/// The protocol of one shard. See the [module](crate::gateway::session).
#[derive(Debug)]
pub struct Session {
    pub(super) config: SessionConfig,
    pub(super) rng: fastrand::Rng,
    pub(super) phase: Phase,
    pub(super) reconnect: Reconnect,
    /// The session that Discord may still keep.
    pub(super) info: Option<SessionInfo>,
    /// A lost session that was not yet reported.
    pub(super) lost: Option<LostSession>,
    pub(super) was_ready: bool,
    pub(super) outbox: Outbox,
    /// Nothing is read, because the program is slower than Discord.
    pub(super) paused: bool,
    last_input: Now,
    /// When the identify or resume of this connection was sent.
    pub(super) login_sent: Now,
    /// Send times of the heartbeats that are not acknowledged yet, oldest first.
    pub(super) unacknowledged: VecDeque<Now>,
    /// The number of acknowledged heartbeats.
    pub(super) acks: u64,
}

/// What Discord said about a session in READY, and how far it was received.
#[derive(Debug)]
pub(super) struct SessionInfo {
    /// A resume needs it. READY contains it, unless Discord changes its format.
    pub(super) id: Option<String>,
    pub(super) resume_url: Option<String>,
    pub(super) sequence: Sequence,
    /// An odd sequence number was logged.
    pub(super) odd_number_logged: bool,
    /// Everything that Discord sent before this time was received.
    pub(super) caught_up_at: SystemTime,
}

impl SessionInfo {
    fn new(kept: KeptSession) -> SessionInfo {
        SessionInfo {
            id: Some(kept.id),
            resume_url: kept.resume_url,
            sequence: Sequence::new(Some(kept.sequence)),
            odd_number_logged: false,
            caught_up_at: kept.caught_up_at,
        }
    }

    /// The session ID and sequence number to resume with.
    pub(super) fn position(&self) -> Option<(&str, u64)> {
        self.id.as_deref().zip(self.sequence.last())
    }
}

impl Session {
    /// Creates a session that opens its first socket at the first input.
    ///
    /// With a [kept session](PreviousSession::Kept) in the configuration it first resumes that one.
    pub fn new(mut config: SessionConfig, now: Now, seed: u64) -> Self {
        let outbox = Outbox::new(config.presence.clone());
        let (info, lost) = match config.previous.take() {
            Some(PreviousSession::Kept(kept)) => (Some(SessionInfo::new(kept)), None),
            Some(PreviousSession::Lost(lost)) => (None, Some(lost)),
            None => (None, None),
        };
        Session {
            config,
            rng: fastrand::Rng::with_seed(seed),
            phase: Phase::Disconnected { retry_at: now.mono },
            reconnect: Reconnect::default(),
            info,
            lost,
            was_ready: false,
            outbox,
            paused: false,
            last_input: now,
            login_sent: now,
            unacknowledged: VecDeque::new(),
            acks: 0,
        }
    }

    /// The latest time for the next call of [`handle`](Session::handle). `None` while the driver opens a socket, and when
    /// the session is over.
    pub fn deadline(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Disconnected { retry_at } => Some(*retry_at),
            Phase::Opening(_) | Phase::Stopped => None,
            Phase::ExpectHello { until, .. } => Some(*until),
            Phase::ExpectReady { connection, until } | Phase::ExpectResumed { connection, until } => {
                Some(connection.deadline().map_or(*until, |at| at.min(*until)))
            }
            Phase::Ready { connection, .. } => {
                match (connection.deadline(), connection.send_deadline(&self.outbox)) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                }
            }
        }
    }

    /// Returns the state of the session.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Disconnected { .. } => State::Disconnected,
            Phase::Opening(_)
            | Phase::ExpectHello { .. }
            | Phase::ExpectReady { .. }
            | Phase::ExpectResumed { .. } => State::Connecting,
            Phase::Ready { .. } => State::Ready,
            Phase::Stopped => State::Stopped,
        }
    }

    /// The time from the last heartbeat to its ACK.
    pub fn latency(&self) -> Option<Duration> {
        self.connection().and_then(Connection::latency)
    }

    /// The number of acknowledged heartbeats, of all connections.
    pub(crate) fn acks(&self) -> u64 {
        self.acks
    }

    /// A connection on which nothing was received for this long should have been replaced before.
    pub(crate) fn max_silence(&self) -> Duration {
        self.connection().and_then(Connection::max_silence).unwrap_or(2 * HELLO_TIMEOUT)
    }

    /// Whether to read even under backpressure. Before Hello nothing is sent, not even the heartbeats that keep the
    /// connection open. After Hello nothing more arrives until the session has responded to it.
    pub fn reads_under_backpressure(&self) -> bool {
        matches!(self.phase, Phase::ExpectHello { .. })
    }

    /// The number of send events that wait to be sent.
    pub fn send_queue_len(&self) -> usize {
        self.outbox.len()
    }

    /// The session ID and the last sequence number.
    pub fn position(&self) -> Option<(&str, u64)> {
        self.info.as_ref().and_then(SessionInfo::position)
    }

    /// Everything that Discord sent in this session before this time was received. `None` unless the session is
    /// [ready](State::Ready).
    pub fn caught_up_at(&self) -> Option<SystemTime> {
        match (&self.phase, &self.info) {
            (Phase::Ready { .. }, Some(info)) => Some(info.caught_up_at),
            _ => None,
        }
    }

    /// What another process needs to resume the session.
    pub fn kept(&self) -> Option<KeptSession> {
        let info = self.info.as_ref()?;
        let (id, sequence) = info.position()?;
        let mut kept = KeptSession::new(id, sequence, info.caught_up_at);
        kept.resume_url.clone_from(&info.resume_url);
        Some(kept)
    }

    /// Takes an input and returns what to do.
    pub fn handle<'t>(&mut self, now: Now, input: Input<'t>) -> Step<'t> {
        let mut step = Step::default();
        self.detect_suspend(now, &mut step);
        match input {
            Input::Timeout => {
                if let Some(connection) = self.connection_mut() {
                    connection.on_nothing_to_read();
                }
            }
            Input::Opened => self.on_opened(now),
            Input::OpenFailed(why) => self.on_open_failed(now, why, &mut step),
            Input::Postponed(retry_at) => {
                if matches!(self.phase, Phase::Opening(_)) {
                    self.phase = Phase::Disconnected { retry_at };
                }
            }
            Input::Text(text) => {
                self.on_bytes();
                self.on_text(now, text, &mut step);
            }
            Input::Bytes => self.on_bytes(),
            Input::InvalidFrame(what) => {
                let why = format!("Discord sent {what}");
                self.drop_connection(now, DisconnectCause::InvalidFrame, why, &mut step);
            }
            Input::Closed { code, reason } => self.on_closed(now, code, reason, &mut step),
            Input::SendEvent(event) => self.outbox.push(now.mono, event),
            Input::Unsent(events) => self.outbox.give_back(events),
            Input::Backpressure(backpressure) => {
                self.paused = backpressure == Backpressure::On;
                self.phase.restart_timeout(now.mono);
                let paused = self.paused;
                if let Some(connection) = self.connection_mut() {
                    connection.set_paused(now.mono, paused);
                }
            }
            Input::Stop(stop) => self.stop(stop, &mut step),
        }
        self.on_time(now, &mut step);
        step
    }

    // --- The clock -------------------------------------------------------------------------------

    /// Detects that the machine was suspended. The connection may be dead for a long time then, and a timer that fires
    /// late does not prove it: so a heartbeat is sent, and its ACK is expected soon.
    fn detect_suspend(&mut self, now: Now, step: &mut Step<'_>) {
        if now == self.last_input {
            return;
        }
        let mono = now.mono.saturating_duration_since(self.last_input.mono);
        let jumped = match now.wall.duration_since(self.last_input.wall) {
            Ok(wall) => wall.abs_diff(mono) > CLOCK_JUMP,
            Err(back) => back.duration() + mono > CLOCK_JUMP,
        };
        let overslept = self.deadline().is_some_and(|at| now.mono > at + OVERSLEPT);
        self.last_input = now;
        if !(jumped || overslept) || self.paused {
            return;
        }
        let seq = self.seq();
        if let Some(heartbeat) = self.connection_mut().and_then(|it| it.suspect(now.mono, seq)) {
            self.unacknowledged.push_back(now);
            step.actions.push(Action::Send(heartbeat));
        }
    }

    /// Does what is due at this time.
    fn on_time(&mut self, now: Now, step: &mut Step<'_>) {
        if let Phase::Disconnected { retry_at } = self.phase {
            if now.mono >= retry_at {
                self.open(step);
            }
            return;
        }
        if self.phase.timeout_at().is_some_and(|at| now.mono >= at) {
            if !self.paused || self.reads_under_backpressure() {
                let why = self.phase.timeout_reason();
                return self.drop_connection(now, DisconnectCause::LoginTimeout, why, step);
            }
            // The response may have arrived and not been read.
            self.phase.restart_timeout(now.mono);
        }
        if let Some(reason) = self.connection_mut().and_then(|it| it.zombie_reason(now.mono)) {
            return self.drop_connection(now, DisconnectCause::NoHeartbeatAck, reason.explain(), step);
        }
        let seq = self.seq();
        let (phase, outbox) = (&mut self.phase, &mut self.outbox);
        if let Some(heartbeat) = phase.connection_mut().and_then(|it| it.heartbeat(now.mono, seq)) {
            self.unacknowledged.push_back(now);
            step.actions.push(Action::Send(heartbeat));
        }
        if let Phase::Ready { connection, .. } = phase {
            while let Some(action) = connection.next_send_event(now.mono, outbox) {
                step.actions.push(action);
            }
        }
    }

    // --- Connecting ------------------------------------------------------------------------------

    fn open(&mut self, step: &mut Step<'_>) {
        let target = match &self.info {
            Some(info) if info.position().is_some() => {
                Target::Resume(info.resume_url.clone().filter(|_| self.reconnect.uses_resume_url()))
            }
            _ => Target::Identify { was_ready: self.was_ready },
        };
        self.phase = Phase::Opening(target.clone());
        step.actions.push(Action::Open(target));
    }

    fn on_opened(&mut self, now: Now) {
        if let Phase::Opening(target) = &self.phase {
            self.reconnect.record_attempt(now.mono);
            self.phase = Phase::ExpectHello {
                target: target.clone(),
                connection: Connection::new(),
                until: now.mono + HELLO_TIMEOUT,
            };
        }
    }

    fn on_open_failed(&mut self, now: Now, why: String, step: &mut Step<'_>) {
        if !matches!(self.phase, Phase::Opening(_)) {
            return;
        }
        self.reconnect.record_attempt(now.mono);
        self.reconnect.record_unreachable();
        self.schedule_retry(now, Duration::ZERO, why, step);
    }

    /// Sets the time of the next attempt: after the backoff, and not before `minimum`.
    pub(super) fn schedule_retry(&mut self, now: Now, minimum: Duration, why: String, step: &mut Step<'_>) {
        let mut retry_at = self.reconnect.next_attempt(now.mono, self.rng.f64()).max(now.mono + minimum);
        if let Some(earliest) = self.reconnect.earliest() {
            retry_at = retry_at.max(earliest);
        }
        let attempts = self.reconnect.attempts();
        step.actions.push(Action::Notice(Notice::Waiting { until: retry_at, why, attempts }));
        self.phase = Phase::Disconnected { retry_at };
    }

    // --- Accessors -------------------------------------------------------------------------------

    pub(super) fn seq(&self) -> Option<u64> {
        self.info.as_ref().and_then(|info| info.sequence.last())
    }

    pub(super) fn connection(&self) -> Option<&Connection> {
        self.phase.connection()
    }

    pub(super) fn connection_mut(&mut self) -> Option<&mut Connection> {
        self.phase.connection_mut()
    }
}
