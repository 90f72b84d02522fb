use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tungstenite::Utf8Bytes;

use super::health::{ShardMeter, ShardMonitor};
use super::identify_queue::{Admission, IdentifyQueue};
use super::resume_address;
use super::sender::{Requests, ShardSender};
use super::sink::{Collected, Sink};
use crate::error::Error;
use crate::gateway::close_code::CloseCode;
use crate::gateway::intents::Intents;
use crate::gateway::send_event::UpdatePresence;
use crate::gateway::session::{
    Action, Backpressure, CLOSE_AND_END, Ended, Input, Now, PreviousSession, Session, SessionConfig, State,
    Target,
};
use crate::gateway::shard_id::ShardId;
use crate::gateway::socket::{Compression, Received, Socket, SocketConfig};
use crate::token::Token;

/// How often a shard that does not read looks for requests and for the end of its connection.
const CHECK_INTERVAL: Duration = Duration::from_millis(100);
/// When the memory of a big message is freed, if nothing is received. More may follow a big message.
const SHRINK_AFTER: Duration = Duration::from_millis(100);
/// The maximum time of a wait. While the machine is suspended no time passes for a wait, so this is how soon a suspend is
/// noticed.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// How long to wait for the peer's close frame when the session ends.
pub(super) const CLOSE_TIMEOUT: Duration = Duration::from_millis(500);
/// How long to read for the peer's close frame after a failed write.
const CLOSE_FRAME_TIMEOUT: Duration = Duration::from_millis(500);
pub(super) const QUERY: &str = "/?v=10&encoding=json";

/// What a shard connects with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShardConfig {
    /// The bot's token.
    pub token: Token,
    /// The intents to request.
    pub intents: Intents,
    /// The shard's index, and the number of shards.
    pub shard: ShardId,
    /// The presence at the start.
    pub presence: Option<UpdatePresence>,
    /// From which number of members on Discord leaves offline members out of GUILD_CREATE. `None` for Discord's default.
    pub large_threshold: Option<u8>,
    /// How to connect.
    pub socket: SocketConfig,
    /// What an earlier process left of the shard's session. It is resumed, or reported as a gap.
    pub previous: Option<PreviousSession>,
}

impl ShardConfig {
    /// Creates the configuration of a bot's only shard, with defaults for everything else.
    pub fn new(token: Token, intents: Intents) -> Self {
        ShardConfig {
            token,
            intents,
            shard: ShardId::default(),
            presence: None,
            large_threshold: None,
            socket: SocketConfig::default(),
            previous: None,
        }
    }
}

/// A gateway connection that reconnects. See the [module](crate::gateway::shard).
#[doc(alias = "gateway connection")]
#[doc(alias = "websocket")]
pub struct Shard {
    id: ShardId,
    pub(super) session: Session,
    pub(super) socket: Option<Socket>,
    socket_config: SocketConfig,
    identify_queue: Arc<dyn IdentifyQueue>,
    /// A permit to identify was granted and not yet used.
    has_permit: bool,
    pub(super) requests: Requests,
    /// Whether the latest main address has TLS, once that is known.
    is_secured: Option<bool>,
    /// The latest resume address that was refused, so that it is logged once.
    refused_address: Option<String>,
    /// The time up to which the session is caught up, as last reported to the sink.
    caught_up_at: Option<SystemTime>,
    /// Inputs that are known already.
    pub(super) pending: VecDeque<Next>,
    pub(super) meter: Arc<ShardMeter>,
    pub(super) now: Now,
    pub(super) backpressure: Backpressure,
    /// The bytes that the socket had read at the last check.
    bytes_read: u64,
    /// The iteration has ended.
    pub(super) ended: bool,
    /// The error that ended the iteration, until it is returned.
    pub(super) failure: Option<Error>,
    /// The events that the iteration returns next.
    pub(super) collected: Collected,
}

/// The next input. A text frame is borrowed by the input, so it is kept apart.
pub(super) enum Next {
    Text(Utf8Bytes),
    Input(Input<'static>),
}

impl From<Input<'static>> for Next {
    fn from(input: Input<'static>) -> Next {
        Next::Input(input)
    }
}

/// Only the driver of a session reads the clocks.
impl Now {
    /// Reads both clocks.
    pub fn read() -> Self {
        Now { mono: Instant::now(), wall: SystemTime::now() }
    }
}

impl Shard {
    /// Which shard of how many it is.
    pub fn id(&self) -> ShardId {
        self.id
    }

    /// Creates a shard. It connects when it runs.
    pub fn new(config: ShardConfig, queue: Arc<dyn IdentifyQueue>) -> Shard {
        let now = Now::read();
        let mut session_config = SessionConfig::new(config.token, config.intents);
        session_config.shard = config.shard;
        session_config.presence = config.presence;
        session_config.large_threshold = config.large_threshold;
        session_config.previous = config.previous;
        Shard {
            id: config.shard,
            session: Session::new(session_config, now, fastrand::u64(..)),
            socket: None,
            socket_config: config.socket,
            identify_queue: queue,
            has_permit: false,
            is_secured: None,
            refused_address: None,
            caught_up_at: None,
            requests: Requests::new(),
            pending: VecDeque::new(),
            meter: Arc::new(ShardMeter::new(config.shard, now.mono)),
            now,
            backpressure: Backpressure::Off,
            bytes_read: 0,
            ended: false,
            failure: None,
            collected: Collected::default(),
        }
    }

    /// Returns a handle that sends events over the shard and stops it, from any thread.
    pub fn sender(&self) -> ShardSender {
        self.requests.sender()
    }

    /// Returns what reads the health of the shard, from any thread.
    pub fn monitor(&self) -> ShardMonitor {
        ShardMonitor::new(&self.meter)
    }

    pub(crate) fn meter(&self) -> &Arc<ShardMeter> {
        &self.meter
    }

    /// Runs until it is stopped.
    ///
    /// # Errors
    ///
    /// [`Error::Gateway`] when Discord closes the connection with a code after which a retry is of no use, and the error
    /// with which the [`IdentifyQueue`] refuses; after that the shard can run again. [`Error::Stopped`] when the shard was
    /// stopped before. A broken network is not an error: the shard tries until it works.
    pub fn run(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        if self.session.state() == State::Stopped {
            return Err(Error::Stopped);
        }
        while !self.turn(sink)? {}
        Ok(())
    }

    // --- Reading ---------------------------------------------------------------------------------

    /// Reads a frame that is in memory already. The clocks are not read for it: it arrived with the frame before it.
    pub(super) fn read_buffered(&mut self) -> Option<Next> {
        if !self.reads() {
            return None;
        }
        match self.socket.as_mut()?.read_buffered() {
            Received::NoFrame => None,
            received => Some(self.on_received(received)),
        }
    }

    pub(super) fn on_received(&mut self, received: Received) -> Next {
        self.check_bytes();
        match received {
            Received::Text(text) => Next::Text(text),
            Received::InvalidFrame(what) => Input::InvalidFrame(what).into(),
            Received::NoFrame => Input::Timeout.into(),
            Received::Closed { code, reason } => self.on_connection_end(code, reason),
            Received::Lost(reason) => self.on_connection_end(None, reason),
        }
    }

    fn on_connection_end(&mut self, code: Option<u16>, reason: String) -> Next {
        self.socket = None;
        // The connection may have ended before the identify was sent.
        self.release_permit();
        Input::Closed { code, reason }.into()
    }

    /// No frame arrived, but a part of one or a ping may have.
    pub(super) fn on_no_frame(&mut self) -> Next {
        if self.check_bytes() {
            return Input::Bytes.into();
        }
        self.socket = self.socket.take().map(Socket::shrink);
        Input::Timeout.into()
    }

    /// Returns whether any bytes arrived since the last call, complete frames or not.
    fn check_bytes(&mut self) -> bool {
        let bytes_read = self.socket.as_ref().map_or(self.bytes_read, Socket::bytes_read);
        let arrived = std::mem::replace(&mut self.bytes_read, bytes_read) != bytes_read;
        if arrived {
            self.meter.set_last_received(Instant::now());
        }
        arrived
    }

    pub(super) fn reads(&self) -> bool {
        self.backpressure == Backpressure::Off || self.session.reads_under_backpressure()
    }

    /// When a wait ends at the latest.
    pub(super) fn wait_until(&self, reads: bool) -> Instant {
        let longest = match &self.socket {
            Some(_) if !reads => CHECK_INTERVAL,
            Some(socket) if socket.has_grown() => SHRINK_AFTER,
            _ => MAX_WAIT,
        };
        let latest = Instant::now() + longest;
        self.session.deadline().map_or(latest, |at| at.min(latest))
    }

    /// Nothing is read because of backpressure, but the end of the connection is noticed.
    pub(super) fn check_connection(&mut self) -> Next {
        match self.socket.as_ref().and_then(Socket::is_broken) {
            Some(reason) => self.on_connection_end(None, reason),
            None => Input::Timeout.into(),
        }
    }

    /// Updates what other threads see.
    pub(super) fn update_health(&self) {
        let paused = self.backpressure == Backpressure::On;
        self.meter.update(&self.session, paused);
        if self.socket.is_none() {
            self.meter.set_opened_at(None);
        }
        self.requests.set_waiting(self.session.send_queue_len());
    }

    /// Passes on how far the session is complete, if that has changed.
    pub(super) fn report_session(&mut self, sink: &mut dyn Sink) {
        let caught_up_at = self.session.caught_up_at();
        if caught_up_at == self.caught_up_at || caught_up_at.is_none() {
            return;
        }
        self.caught_up_at = caught_up_at;
        if let Some(mut session) = self.session.kept() {
            // An address that is refused here is of no use to another process.
            let accepted = |url: &String| self.check_resume_address(url).is_ok();
            session.resume_url = session.resume_url.filter(accepted);
            sink.caught_up(&session);
        }
    }

    // --- Actions ---------------------------------------------------------------------------------

    /// Carries out one action. Returns true when the shard is done.
    pub(super) fn carry_out(&mut self, action: Action, sink: &mut dyn Sink) -> Result<bool, Error> {
        match action {
            Action::Open(target) => {
                let opened = self.open(&target);
                // Opening a socket takes time, and the inputs that follow from it happen now.
                self.now = Now::read();
                opened?;
            }
            Action::Send(text) => {
                self.send(&text);
            }
            Action::SendEvent(text) => {
                if !self.send(&text) {
                    self.give_back(text);
                }
            }
            Action::Identify(text) => {
                self.send(&text);
                self.has_permit = false;
                // Writing may have taken long, and the pause of the bucket begins when the identify was sent.
                self.now = Now::read();
                // It counts even when the write failed, because it may have been sent.
                self.identify_queue.identified(self.id, self.now);
                self.meter.count_identify();
            }
            Action::Close(code) => {
                if let Some(socket) = self.socket.take() {
                    let is_end = code == CLOSE_AND_END;
                    socket.close(code, if is_end { CLOSE_TIMEOUT } else { Duration::ZERO });
                }
                self.release_permit();
            }
            Action::Notice(notice) => {
                super::log::notice(self.id, &notice);
                self.meter.count_notice(&notice);
                sink.notice(notice);
            }
            Action::Stop(ended) => {
                self.release_permit();
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
        // The state has changed since the last update, and opening a socket may take long.
        self.update_health();
        if let (Target::Resume(Some(_)), None) = (target, self.is_secured) {
            // The session is that of another process. The address that it left is to be as secure as the main one.
            if let Admission::Connect(main) = self.identify_queue.address(self.id, None, self.now) {
                self.is_secured = Some(resume_address::is_secure(&main));
            }
        }
        let resume = match target {
            Target::Resume(url) => url.as_deref().filter(|url| self.accepts(url)),
            Target::Identify { .. } => None,
        };
        let admission = match target {
            Target::Resume(_) => self.identify_queue.address(self.id, resume, self.now),
            Target::Identify { was_ready } => self.identify_queue.identify(self.id, *was_ready, self.now),
        };
        self.meter.set_identify_at(None);
        let url = match admission {
            Admission::Connect(url) => url,
            Admission::Wait { until } => {
                self.meter.set_identify_at(Some(until));
                self.pending.push_back(Input::Postponed(until).into());
                return Ok(());
            }
            Admission::Refuse(error) => {
                self.pending.push_back(Input::Postponed(Instant::now()).into());
                return Err(error);
            }
        };
        self.has_permit = matches!(target, Target::Identify { .. });
        if resume.is_none() {
            self.is_secured = Some(resume_address::is_secure(&url));
        }
        match Socket::open(&with_query(&url, self.socket_config.compression), &self.socket_config) {
            Ok(socket) => {
                self.bytes_read = socket.bytes_read();
                self.meter.set_opened_at(Some(Instant::now()));
                self.socket = Some(socket);
                self.pending.push_back(Input::Opened.into());
            }
            Err(error) => {
                self.release_permit();
                self.meter.count_failed_connection();
                self.pending.push_back(Input::OpenFailed(error.to_string()).into());
                if error.is_permanent() && resume.is_none() {
                    return Err(Error::setup(error.to_string()));
                }
            }
        }
        Ok(())
    }

    /// Checks an address to resume at. As long as it is not known whether the main address has TLS, it has to have it.
    fn check_resume_address(&self, url: &str) -> Result<(), String> {
        resume_address::check(url, self.is_secured.unwrap_or(true), self.socket_config.allow_plaintext)
    }

    /// Whether to resume at the address that the server named. Otherwise the main address is used.
    fn accepts(&mut self, url: &str) -> bool {
        let Err(problem) = self.check_resume_address(url) else { return true };
        if self.refused_address.as_deref() != Some(url) {
            log::warn!(
                "shard {}: the server named an address to resume at that is not used: {problem}; \
                 resuming at the main address",
                self.id
            );
            self.refused_address = Some(url.to_owned());
        }
        false
    }

    /// Returns false when the text could not be written.
    fn send(&mut self, text: &str) -> bool {
        let Some(mut socket) = self.socket.take() else { return false };
        match socket.send(text) {
            Ok(()) => {
                self.socket = Some(socket);
                true
            }
            Err(error) => {
                self.read_close_frame(socket, &format!("sending failed: {error}"));
                self.now = Now::read();
                false
            }
        }
    }

    /// Gives a send event back to the session, in one input with the others of this step. That input comes after the end of
    /// the connection that did not take them.
    fn give_back(&mut self, event: String) {
        match self.pending.back_mut() {
            Some(Next::Input(Input::Unsent(events))) => events.push(event),
            _ => self.pending.push_back(Input::Unsent(vec![event]).into()),
        }
    }

    /// Reads on after a failed write: the peer's close frame, which says why, may still be readable.
    pub(super) fn read_close_frame(&mut self, mut socket: Socket, failure: &str) {
        let until = Instant::now() + CLOSE_FRAME_TIMEOUT;
        let (code, reason) = loop {
            match socket.read(until) {
                Received::Closed { code, reason } => break (code, reason),
                Received::Lost(_) => break (None, failure.to_owned()),
                // A peer that keeps sending would keep this loop running, because its frames are read without waiting.
                _ if Instant::now() >= until => break (None, failure.to_owned()),
                Received::Text(text) => self.pending.push_back(Next::Text(text)),
                Received::InvalidFrame(what) => self.pending.push_back(Input::InvalidFrame(what).into()),
                Received::NoFrame => {}
            }
        };
        self.pending.push_back(Input::Closed { code, reason }.into());
    }

    fn release_permit(&mut self) {
        if std::mem::take(&mut self.has_permit) {
            self.identify_queue.release(self.id, self.now);
        }
    }
}

impl fmt::Debug for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shard").field("id", &self.id).field("health", &self.monitor()).finish_non_exhaustive()
    }
}

/// A permit must not be lost to the other shards when this one is dropped.
impl Drop for Shard {
    fn drop(&mut self) {
        self.release_permit();
    }
}

fn refusal(code: u16, reason: &str) -> Error {
    let code = CloseCode(code);
    let mut problem = code.meaning().to_owned();
    if !reason.is_empty() {
        problem = format!("{problem} (\"{reason}\")");
    }
    if let Some(hint) = code.hint() {
        problem = format!("{problem}. {hint}");
    }
    Error::Gateway { code: code.0, problem }
}

/// Returns the address with the query of every connection: <https://docs.discord.com/developers/events/gateway#connecting>.
pub(super) fn with_query(url: &str, compression: Compression) -> String {
    let base = url.split(['?', '#']).next().unwrap_or(url);
    let compress = compression.parameter().map(|name| format!("&compress={name}")).unwrap_or_default();
    format!("{}{QUERY}{compress}", base.trim_end_matches('/'))
}
