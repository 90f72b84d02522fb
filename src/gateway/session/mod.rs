//! The protocol of one shard, with no socket, no clock and no thread.
//!
//! ```text
//!            Open                 Opened              hello
//!  Paused ─────────► Opening ───────────► ExpectHello ──────► ExpectReady ─── READY ───► Ready
//!    ▲  ▲              │ │                     │        └───► ExpectResumed ─ RESUMED ──► │
//!    │  └──Postponed───┘ │ OpenFailed          │                    │                    │
//!    └───────────────────┴── closed, op 7, op 9, zombie, silence ───┴────────────────────┘
//!                               a close code that stops, or the user  ──►  Stopped
//! ```
//!
//! [`Session::handle`] takes what happened and says what to do; [`Session::deadline`] says how long nothing
//! needs to happen. Whoever drives it waits no longer than that, gives exactly one input, and carries out
//! what comes back. The pages behind it: [gateway](https://docs.discord.com/developers/events/gateway) and
//! [close codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway).
//!
//! ```
//! use std::time::{Duration, Instant, SystemTime};
//! use syncord::gateway::session::{Action, Input, Now, Session, SessionConfig, Target};
//! use syncord::{Intents, Token};
//!
//! let now = Now { mono: Instant::now(), wall: SystemTime::now() };
//! let config = SessionConfig::new(Token::new("a.b.c")?, Intents::GUILDS);
//! let mut session = Session::new(config, now, 7);
//!
//! let step = session.handle(now, Input::Timeout);
//! assert_eq!(step.actions, [Action::Open(Target::Identify { was_ready: false })]);
//! session.handle(now, Input::Opened);
//! let step = session.handle(now, Input::Text(r#"{"op":10,"d":{"heartbeat_interval":41250}}"#));
//! assert!(matches!(&step.actions[..], [Action::Identify(_)]));
//! let step = session.handle(
//!     now,
//!     Input::Text(r#"{"t":"READY","s":1,"op":0,"d":{"session_id":"x","resume_gateway_url":"wss://r.example"}}"#),
//! );
//! assert_eq!(step.dispatch.map(|d| d.name.into_owned()).as_deref(), Some("READY"));
//!
//! // The peer vanishes: the session is resumed, at its own address.
//! let step = session.handle(now, Input::Closed { code: None, reason: "" });
//! assert_eq!(step.actions.last(), Some(&Action::Open(Target::Resume(Some("wss://r.example".into())))));
//! # Ok::<(), syncord::Error>(())
//! ```

mod connection;
mod disconnect;
mod frames;
mod heartbeat;
mod member_requests;
mod outbox;
mod payload;
mod phase;
mod reconnect;
mod send_limit;
mod types;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

pub use types::{
    Action, Backpressure, Disconnected, Dispatch, Ended, Gap, Input, Notice, Now, Step, Stop, Target,
};

use self::connection::Link;
use self::disconnect::Leave;
use self::outbox::Outbox;
use self::phase::{HELLO_PATIENCE, Phase};
use self::reconnect::Ladder;
use super::intents::Intents;
use super::send_event::Presence;
use super::shard_id::ShardId;
use crate::token::Token;

/// The two clocks may drift this far apart between two looks before the machine is suspected of having slept.
const CLOCK_JUMP: Duration = Duration::from_secs(2);
/// A deadline missed by more than this raises the same suspicion.
const OVERSLEPT: Duration = Duration::from_secs(5);

/// What a session logs in with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionConfig {
    /// The bot's token.
    pub token: Token,
    /// The intents to ask for.
    pub intents: Intents,
    /// Which shard of how many.
    pub shard: ShardId,
    /// How the bot shows at first.
    pub presence: Option<Presence>,
}

impl SessionConfig {
    /// The only shard, with no presence of its own.
    pub fn new(token: Token, intents: Intents) -> Self {
        SessionConfig { token, intents, shard: ShardId::default(), presence: None }
    }
}

/// Where a session stands, for people and probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Not connected; waits for the next attempt.
    Disconnected,
    /// Connecting, or logging in, or resuming.
    Connecting,
    /// Logged in.
    Ready,
    /// Over.
    Stopped,
}

/// The protocol of one shard. See the [module](self).
#[derive(Debug)]
pub struct Session {
    config: SessionConfig,
    rng: fastrand::Rng,
    phase: Phase,
    ladder: Ladder,
    /// The latest login, while Discord may keep its session.
    login: Option<Login>,
    /// A session that was lost and not yet reported.
    lost: Option<Lost>,
    was_ready: bool,
    outbox: Outbox,
    held: bool,
    last_look: Now,
    /// When the identify or resume of this connection left.
    login_sent: Now,
    /// When each beat left that was not acknowledged yet, oldest first.
    beats: VecDeque<Now>,
}

#[derive(Debug)]
struct Login {
    /// What a resume needs; READY always brings it.
    id: Option<String>,
    url: Option<String>,
    seq: Option<u64>,
    /// Everything that Discord sent before this has come.
    complete: Now,
}

#[derive(Debug)]
struct Lost {
    last_seq: Option<u64>,
    since: Now,
    why: String,
}

impl Session {
    /// A session that opens its first socket at the first [`Input::Timeout`].
    pub fn new(config: SessionConfig, now: Now, seed: u64) -> Self {
        let outbox = Outbox::new(config.presence.clone());
        Session {
            config,
            rng: fastrand::Rng::with_seed(seed),
            phase: Phase::Paused { until: now.mono },
            ladder: Ladder::default(),
            login: None,
            lost: None,
            was_ready: false,
            outbox,
            held: false,
            last_look: now,
            login_sent: now,
            beats: VecDeque::new(),
        }
    }

    /// When to call [`handle`](Session::handle) at the latest. None while the driver has a socket to open,
    /// and when the session is over.
    pub fn deadline(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Paused { until } => Some(*until),
            Phase::Opening(_) | Phase::Stopped => None,
            Phase::ExpectHello { until, .. } => Some(*until),
            Phase::ExpectReady { link, until } | Phase::ExpectResumed { link, until } => {
                Some(link.deadline().map_or(*until, |at| at.min(*until)))
            }
            Phase::Ready { link, .. } => match (link.deadline(), link.send_deadline(&self.outbox)) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// Where the session stands.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Paused { .. } => State::Disconnected,
            Phase::Ready { .. } => State::Ready,
            Phase::Stopped => State::Stopped,
            _ => State::Connecting,
        }
    }

    /// The time from the last heartbeat to its ACK.
    pub fn latency(&self) -> Option<Duration> {
        self.link().and_then(Link::latency)
    }

    /// Whether to read even while held: without hello nothing is sent, not even the heartbeats that keep the session.
    /// After it nothing more comes until the answer to it.
    pub fn reads_under_backpressure(&self) -> bool {
        matches!(self.phase, Phase::ExpectHello { .. })
    }

    /// How many orders wait to be sent.
    pub fn send_queue_len(&self) -> usize {
        self.outbox.len()
    }

    /// The last sequence number, and the id of the session it belongs to.
    pub fn position(&self) -> Option<(&str, u64)> {
        self.login.as_ref().and_then(Login::position)
    }

    /// Takes what happened and says what to do.
    pub fn handle<'t>(&mut self, now: Now, input: Input<'t>) -> Step<'t> {
        let mut step = Step::default();
        self.look_at_the_clocks(now, &mut step);
        match input {
            Input::Timeout => {
                if let Some(link) = self.link_mut() {
                    link.found_nothing();
                }
            }
            Input::Opened => self.opened(now),
            Input::OpenFailed(why) => self.open_failed(now, why, &mut step),
            Input::Postponed(until) => {
                if matches!(self.phase, Phase::Opening(_)) {
                    self.phase = Phase::Paused { until };
                }
            }
            Input::Text(text) => {
                self.heard();
                self.text(now, text, &mut step);
            }
            Input::Bytes => self.heard(),
            Input::InvalidFrame(what) => {
                self.leave(now, Leave::ours(format!("Discord sent {what}")), &mut step)
            }
            Input::Closed { code, reason } => self.closed(now, code, reason, &mut step),
            Input::SendEvent(order) => self.outbox.push(now.mono, order.clone()),
            Input::Unsent(orders) => self.outbox.give_back(orders),
            Input::Backpressure(backpressure) => {
                let held = backpressure == Backpressure::On;
                self.held = held;
                self.phase.wait_anew(now.mono);
                if let Some(link) = self.link_mut() {
                    link.hold(now.mono, held);
                }
            }
            Input::Stop(stop) => self.stop(stop, &mut step),
        }
        self.time(now, &mut step);
        step
    }

    // --- The clock -------------------------------------------------------------------------------

    /// Notices that the machine slept: the connection may be long dead, and no timer that fired late proves it.
    fn look_at_the_clocks(&mut self, now: Now, step: &mut Step<'_>) {
        if now == self.last_look {
            return;
        }
        let mono = now.mono.saturating_duration_since(self.last_look.mono);
        let jumped = match now.wall.duration_since(self.last_look.wall) {
            Ok(wall) => wall.abs_diff(mono) > CLOCK_JUMP,
            Err(back) => back.duration() + mono > CLOCK_JUMP,
        };
        let overslept = self.deadline().is_some_and(|at| now.mono > at + OVERSLEPT);
        self.last_look = now;
        if !(jumped || overslept) || self.held {
            return;
        }
        let seq = self.seq();
        if let Some(beat) = self.link_mut().and_then(|link| link.suspect(now.mono, seq)) {
            self.beats.push_back(now);
            step.actions.push(Action::Send(beat));
        }
    }

    fn time(&mut self, now: Now, step: &mut Step<'_>) {
        if let Phase::Paused { until } = self.phase {
            if now.mono >= until {
                self.open(step);
            }
            return;
        }
        if self.phase.until().is_some_and(|until| now.mono >= until) {
            if !self.held || self.reads_under_backpressure() {
                return self.leave(now, Leave::ours(self.phase.late()), step);
            }
            // The answer may lie unread.
            self.phase.wait_anew(now.mono);
        }
        if let Some(verdict) = self.link_mut().and_then(|link| link.verdict(now.mono)) {
            return self.leave(now, Leave::ours(verdict.explain()), step);
        }
        let seq = self.seq();
        let (phase, outbox) = (&mut self.phase, &mut self.outbox);
        if let Some(beat) = phase.link_mut().and_then(|link| link.beat(now.mono, seq)) {
            self.beats.push_back(now);
            step.actions.push(Action::Send(beat));
        }
        if let Phase::Ready { link, .. } = phase {
            while let Some(order) = link.next_order(now.mono, outbox) {
                step.actions.push(order);
            }
        }
    }

    // --- Connecting ------------------------------------------------------------------------------

    fn open(&mut self, step: &mut Step<'_>) {
        let target = match &self.login {
            Some(login) if self.position().is_some() => {
                Target::Resume(login.url.clone().filter(|_| self.ladder.at_resume_address()))
            }
            _ => Target::Identify { was_ready: self.was_ready },
        };
        self.phase = Phase::Opening(target.clone());
        step.actions.push(Action::Open(target));
    }

    fn opened(&mut self, now: Now) {
        if let Phase::Opening(target) = &self.phase {
            self.ladder.opening(now.mono);
            self.phase = Phase::ExpectHello {
                target: target.clone(),
                link: Link::new(),
                until: now.mono + HELLO_PATIENCE,
            };
        }
    }

    fn open_failed(&mut self, now: Now, why: &str, step: &mut Step<'_>) {
        if !matches!(self.phase, Phase::Opening(_)) {
            return;
        }
        self.ladder.opening(now.mono);
        self.ladder.unreached();
        self.pause(now, Duration::ZERO, why.to_owned(), step);
    }

    fn pause(&mut self, now: Now, wait: Duration, why: String, step: &mut Step<'_>) {
        let mut until = self.ladder.pause(now.mono, self.rng.f64()).max(now.mono + wait);
        if let Some(earliest) = self.ladder.earliest() {
            until = until.max(earliest);
        }
        let attempts = self.ladder.attempts();
        step.actions.push(Action::Notice(Notice::Waiting { until, why, attempts }));
        self.phase = Phase::Paused { until };
    }

    // --- Small readings --------------------------------------------------------------------------

    fn seq(&self) -> Option<u64> {
        self.login.as_ref().and_then(|login| login.seq)
    }

    fn link(&self) -> Option<&Link> {
        self.phase.link()
    }

    fn link_mut(&mut self) -> Option<&mut Link> {
        self.phase.link_mut()
    }
}

impl Login {
    /// What can be resumed.
    fn position(&self) -> Option<(&str, u64)> {
        self.id.as_deref().zip(self.seq)
    }
}

#[cfg(test)]
mod tests;
