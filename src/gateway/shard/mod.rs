//! A gateway connection that stays: the blocking loop that drives a [`Session`] over a socket.
//!
//! The thread that calls [`Shard::run`] (or iterates over the shard) is the only owner of the socket. It
//! reads, beats, sends and reconnects, and runs none of the user's code. This is all of the loop:
//!
#![doc = concat!("```ignore\n", include_str!("run.rs"), "```")]
//!
//! Without a bot, events can be iterated over:
//!
//! ```no_run
//! use std::sync::Arc;
//! use syncord::gateway::shard::{Shard, ShardConfig, ShardEvent};
//! use syncord::{InMemoryQueue, Intents, Token, rest::Client};
//!
//! let token = Token::new(&std::env::var("DISCORD_TOKEN")?)?;
//! let queue = InMemoryQueue::new(Client::new(token.clone()));
//! let shard = Shard::new(ShardConfig::new(token, Intents::GUILD_MESSAGES), Arc::new(queue));
//! for event in shard {
//!     if let ShardEvent::Dispatch { name, data, .. } = event? {
//!         println!("{name}: {data}");
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod health;
mod identify_queue;
mod sender;
mod sink;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

pub use health::Health;
pub use identify_queue::{Admission, IdentifyQueue};
pub use sender::ShardSender;
pub use sink::{ShardEvent, Sink};

use tungstenite::Utf8Bytes;

use self::sender::Requests;
use super::close_code::{After, CloseCode};
use super::intents::Intents;
use super::send_event::{Presence, SendEvent};
use super::session::{
    Action, Backpressure, Disconnected, Ended, Input, Notice, Now, Session, SessionConfig, State, Stop,
    Target,
};
use super::shard_id::ShardId;
use super::socket::{Received, Socket, SocketConfig};
use crate::error::Error;
use crate::token::Token;

/// Orders and stops are picked up between reads, so a read lasts no longer than this.
///
/// It is the longest that an order or a stop waits for a quiet connection, and the only reason for a
/// quiet shard to wake up.
pub const MAX_READ_TIME: Duration = Duration::from_millis(100);
/// How long a goodbye may wait for Discord's, when the session ends for good.
const GOODBYE: Duration = Duration::from_millis(500);
/// How long a connection that takes nothing any more is read for the reason.
const LAST_WORDS: Duration = Duration::from_millis(500);
const QUERY: &str = "/?v=10&encoding=json";

/// What a shard connects with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShardConfig {
    /// The bot's token.
    pub token: Token,
    /// The intents to ask for.
    pub intents: Intents,
    /// Which shard of how many.
    pub shard: ShardId,
    /// How the bot shows at first.
    pub presence: Option<Presence>,
    /// How to connect.
    pub socket: SocketConfig,
}

impl ShardConfig {
    /// The only shard, with everything else at its default.
    pub fn new(token: Token, intents: Intents) -> Self {
        ShardConfig {
            token,
            intents,
            shard: ShardId::default(),
            presence: None,
            socket: SocketConfig::default(),
        }
    }
}

/// A gateway connection that stays. See the [module](self).
pub struct Shard {
    id: ShardId,
    session: Session,
    socket: Option<Socket>,
    socket_config: SocketConfig,
    identify_queue: Arc<dyn IdentifyQueue>,
    /// A permit to identify is held and not yet used.
    permit: bool,
    requests: Requests,
    pending: VecDeque<Next>,
    health: Arc<Health>,
    now: Now,
    backpressure: Backpressure,
    bytes: u64,
    ended: bool,
    /// What ended an iteration, until it is given.
    failure: Option<Error>,
    collected: sink::Collected,
}

/// What comes next: exactly one input for the session.
enum Next {
    Timeout,
    Bytes,
    Text(Utf8Bytes),
    InvalidFrame(&'static str),
    Opened,
    OpenFailed(String),
    Postponed(Instant),
    Closed { code: Option<u16>, reason: String },
    SendEvent(SendEvent),
    Unsent(Vec<String>),
    Backpressure(Backpressure),
    Stop(Stop),
}

/// Only what drives a session reads the clocks.
impl Now {
    /// Reads both clocks.
    pub fn read() -> Self {
        Now { mono: Instant::now(), wall: SystemTime::now() }
    }
}

impl Next {
    fn input(&self) -> Input<'_> {
        match self {
            Next::Timeout => Input::Timeout,
            Next::Bytes => Input::Bytes,
            Next::Text(text) => Input::Text(text),
            Next::InvalidFrame(what) => Input::InvalidFrame(what),
            Next::Opened => Input::Opened,
            Next::OpenFailed(why) => Input::OpenFailed(why),
            Next::Postponed(at) => Input::Postponed(*at),
            Next::Closed { code, reason } => Input::Closed { code: *code, reason },
            Next::SendEvent(order) => Input::SendEvent(order),
            Next::Unsent(orders) => Input::Unsent(orders),
            Next::Backpressure(backpressure) => Input::Backpressure(*backpressure),
            Next::Stop(stop) => Input::Stop(*stop),
        }
    }
}

// The loop, which the documentation above prints.
include!("run.rs");

impl Shard {
    /// A shard that connects when it is run.
    pub fn new(config: ShardConfig, identify_queue: Arc<dyn IdentifyQueue>) -> Shard {
        let now = Now::read();
        let mut session_config = SessionConfig::new(config.token, config.intents);
        session_config.shard = config.shard;
        session_config.presence = config.presence;
        Shard {
            id: config.shard,
            session: Session::new(session_config, now, fastrand::u64(..)),
            socket: None,
            socket_config: config.socket,
            identify_queue,
            permit: false,
            requests: Requests::new(),
            pending: VecDeque::new(),
            health: Arc::new(Health::new(now.mono)),
            now,
            backpressure: Backpressure::Off,
            bytes: 0,
            ended: false,
            failure: None,
            collected: sink::Collected::default(),
        }
    }

    /// Returns a handle that sends events over the shard and stops it, from any thread.
    pub fn sender(&self) -> ShardSender {
        self.requests.sender()
    }

    /// How the shard is, readable from any thread at any time.
    pub fn health(&self) -> Arc<Health> {
        Arc::clone(&self.health)
    }

    /// Runs until it is stopped.
    ///
    /// # Errors
    ///
    /// [`Error::Gateway`] when Discord closes with a code that trying again does not mend, and whatever the
    /// [`IdentifyQueue`] refuses with; after that it may be run again, and asks again. [`Error::Stopped`] when it has ended
    /// before. A broken network is no error: the shard tries until it works.
    pub fn run(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        if self.session.state() == State::Stopped {
            return Err(Error::Stopped);
        }
        while !self.turn(sink)? {}
        Ok(())
    }

    // --- Reading ---------------------------------------------------------------------------------

    /// What is in memory already. It is no later than the last look at the clock, near enough.
    fn buffered(&mut self) -> Option<Next> {
        if !self.reads() {
            return None;
        }
        match self.socket.as_mut()?.read_buffered() {
            Received::NoFrame => None,
            received => Some(self.received(received)),
        }
    }

    fn received(&mut self, received: Received) -> Next {
        self.came();
        match received {
            Received::Text(text) => Next::Text(text),
            Received::InvalidFrame(what) => Next::InvalidFrame(what),
            Received::NoFrame => Next::Timeout,
            Received::Closed { code, reason } => self.gone(code, reason),
            Received::Lost(reason) => self.gone(None, reason),
        }
    }

    fn gone(&mut self, code: Option<u16>, reason: String) -> Next {
        self.socket = None;
        // It ended before the identify could leave.
        self.give_permit_back();
        Next::Closed { code, reason }
    }

    /// No frame came; part of one may have, or a ping.
    fn silence(&mut self) -> Next {
        if self.came() {
            return Next::Bytes;
        }
        self.socket = self.socket.take().map(Socket::slim);
        Next::Timeout
    }

    /// Whether anything came from the other side since the last call, whole frames or not.
    fn came(&mut self) -> bool {
        let bytes = self.socket.as_ref().map_or(self.bytes, Socket::bytes_read);
        let came = std::mem::replace(&mut self.bytes, bytes) != bytes;
        if came {
            self.health.heard(Instant::now());
        }
        came
    }

    fn reads(&self) -> bool {
        self.backpressure == Backpressure::Off || self.session.reads_under_backpressure()
    }

    /// Nothing is read for want of room; whether there still is a connection is looked at all the same.
    fn unread(&mut self) -> Next {
        match self.socket.as_ref().and_then(Socket::is_broken) {
            Some(reason) => self.gone(None, reason),
            None => Next::Timeout,
        }
    }

    /// Writes down how things are, for other threads.
    fn tell_health(&self) {
        self.health.is(self.session.state(), self.session.latency(), self.backpressure == Backpressure::On);
        self.requests.left(self.session.send_queue_len());
    }

    // --- Carrying out ----------------------------------------------------------------------------

    /// Does one action. True when the shard is done.
    fn carry_out(&mut self, action: Action, sink: &mut dyn Sink) -> Result<bool, Error> {
        match action {
            Action::Open(target) => {
                let opened = self.open(&target);
                // It took as long as it took: what comes of it did not happen when it began.
                self.now = Now::read();
                opened?;
            }
            Action::Send(text) => {
                self.send(&text);
            }
            Action::SendEvent(text) => {
                if !self.send(&text) {
                    self.unsent(text);
                }
            }
            Action::Identify(text) => {
                self.send(&text);
                self.permit = false;
                // Writing may have taken long, and the bucket's pause begins when the identify has left.
                self.now = Now::read();
                // It may have left even when the socket broke over it, so it counts.
                self.identify_queue.identified(self.id, self.now);
                self.health.identified();
            }
            Action::Close(code) => {
                if let Some(socket) = self.socket.take() {
                    socket.close(code, if code == 1000 { GOODBYE } else { Duration::ZERO });
                }
                self.give_permit_back();
            }
            Action::Notice(notice) => {
                self.log(&notice);
                self.health.notice(&notice);
                sink.notice(notice);
            }
            Action::Stop(ended) => {
                self.give_permit_back();
                sink.flush();
                return match ended {
                    Ended::Requested => Ok(true),
                    Ended::Refused { code, reason } => Err(refusal(code, &reason)),
                };
            }
        }
        Ok(false)
    }

    fn open(&mut self, target: &Target) -> Result<(), Error> {
        // The last look was before a pause, and this may take long.
        self.tell_health();
        let admission = match target {
            Target::Resume(url) => self.identify_queue.address(self.id, url.as_deref(), self.now),
            Target::Identify { was_ready } => self.identify_queue.identify(self.id, *was_ready, self.now),
        };
        self.health.postponed(None);
        let url = match admission {
            Admission::Connect(url) => url,
            Admission::Wait { until } => {
                self.health.postponed(Some(until));
                self.pending.push_back(Next::Postponed(until));
                return Ok(());
            }
            Admission::Refuse(error) => {
                self.pending.push_back(Next::Postponed(Instant::now()));
                return Err(error);
            }
        };
        self.permit = matches!(target, Target::Identify { .. });
        match Socket::open(&with_query(&url), &self.socket_config) {
            Ok(socket) => {
                self.bytes = socket.bytes_read();
                self.socket = Some(socket);
                self.pending.push_back(Next::Opened);
            }
            Err(error) => {
                self.give_permit_back();
                self.pending.push_back(Next::OpenFailed(error.to_string()));
                // A resume address comes from Discord, so there the main address is tried next.
                if error.is_permanent() && !matches!(target, Target::Resume(Some(_))) {
                    return Err(Error::setup(error.to_string()));
                }
            }
        }
        Ok(())
    }

    /// False when the text could not be written.
    fn send(&mut self, text: &str) -> bool {
        let Some(mut socket) = self.socket.take() else { return false };
        match socket.send(text) {
            Ok(()) => {
                self.socket = Some(socket);
                true
            }
            Err(error) => {
                self.last_words(socket, &format!("sending failed: {error}"));
                self.now = Now::read();
                false
            }
        }
    }

    /// The orders of one step are told together, behind the end of the connection that did not take them.
    fn unsent(&mut self, order: String) {
        match self.pending.back_mut() {
            Some(Next::Unsent(orders)) => orders.push(order),
            _ => self.pending.push_back(Next::Unsent(vec![order])),
        }
    }

    /// A socket that takes nothing may still hold the close frame that says why.
    fn last_words(&mut self, mut socket: Socket, failure: &str) {
        let until = Instant::now() + LAST_WORDS;
        let (code, reason) = loop {
            match socket.read(until) {
                Received::Closed { code, reason } => break (code, reason),
                Received::Lost(_) => break (None, failure.to_owned()),
                // Reading what has come takes no time, so somebody who talks on and on has to be cut short.
                _ if Instant::now() >= until => break (None, failure.to_owned()),
                Received::Text(text) => self.pending.push_back(Next::Text(text)),
                Received::InvalidFrame(what) => self.pending.push_back(Next::InvalidFrame(what)),
                Received::NoFrame => {}
            }
        };
        self.pending.push_back(Next::Closed { code, reason });
    }

    fn give_permit_back(&mut self) {
        if std::mem::take(&mut self.permit) {
            self.identify_queue.release(self.id, self.now);
        }
    }

    /// One line for each change, not for each attempt.
    fn log(&self, notice: &Notice) {
        let id = self.id;
        match notice {
            Notice::Connected { resumed: true } => log::info!("shard {id}: resumed, nothing was lost"),
            Notice::Connected { resumed: false } => log::info!("shard {id}: logged in"),
            Notice::Disconnected(Disconnected { why, reason, after, .. }) => {
                let next = match after {
                    After::Resume => "resuming",
                    After::Identify => "logging in anew",
                    After::Stop => "stopping",
                };
                let colon = if reason.is_empty() { "" } else { ": " };
                log::info!("shard {id}: {why}{colon}{reason}; {next}");
            }
            Notice::Gap(gap) => log::warn!("shard {id}: events may have been lost: {}", gap.why),
            // The first attempt follows at once, and most often that is all.
            Notice::Waiting { why, attempts: 2, .. } => {
                log::warn!("shard {id}: no connection to Discord ({why}); trying again until it works");
            }
            Notice::Waiting { why, attempts, .. } => log::debug!("shard {id}: attempt {attempts}: {why}"),
        }
    }
}

impl fmt::Debug for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shard").field("id", &self.id).field("health", &self.health).finish_non_exhaustive()
    }
}

/// Closing a shard that is dropped in the middle: the permit must not be lost to the others.
impl Drop for Shard {
    fn drop(&mut self) {
        self.give_permit_back();
    }
}

fn refusal(code: u16, reason: &str) -> Error {
    let code = CloseCode(code);
    let mut problem = code.meaning().to_owned();
    if !reason.is_empty() {
        problem = format!("{problem} (\"{reason}\")");
    }
    if let Some(cure) = code.hint() {
        problem = format!("{problem}. {cure}");
    }
    Error::Gateway { code: code.0, problem }
}

/// The same query for every connection: <https://docs.discord.com/developers/events/gateway#connecting>.
fn with_query(url: &str) -> String {
    let base = url.split('?').next().unwrap_or(url);
    format!("{}{QUERY}", base.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
