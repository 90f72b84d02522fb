//! What goes into a session and what comes out.

use std::borrow::Cow;
use std::fmt;
use std::time::{Instant, SystemTime};

use crate::gateway::close_code::After;
use crate::gateway::intents::{self, Intents};
use crate::gateway::send_event::{SendEvent, UpdatePresence};
use crate::gateway::shard_id::ShardId;
use crate::token::Token;

/// What a session identifies with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionConfig {
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
    /// What an earlier process left of the shard's session.
    pub previous: Option<PreviousSession>,
}

impl SessionConfig {
    /// Creates the configuration of a bot's only shard, without a presence.
    pub fn new(token: Token, intents: Intents) -> Self {
        SessionConfig {
            token,
            intents,
            shard: ShardId::default(),
            presence: None,
            large_threshold: None,
            previous: None,
        }
    }
}

/// What an earlier process left of a shard's session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviousSession {
    /// Discord may still have the session: it is resumed.
    Kept(KeptSession),
    /// It cannot be resumed: the new session begins with a [`Gap`].
    Lost(LostSession),
}

/// A session that can be resumed in another process.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptSession {
    /// The session's ID.
    pub id: String,
    /// The address to resume at. `None` for the main address.
    pub resume_url: Option<String>,
    /// The last sequence number: Discord replays the events after it.
    pub sequence: u64,
    /// Everything that Discord sent before this time has at most this sequence number.
    pub caught_up_at: SystemTime,
}

impl KeptSession {
    /// Creates a session that is resumed at the main address.
    pub fn new(id: impl Into<String>, sequence: u64, caught_up_at: SystemTime) -> KeptSession {
        KeptSession { id: id.into(), resume_url: None, sequence, caught_up_at }
    }
}

/// What a [`Gap`] reports about the session before it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostSession {
    /// The last sequence number of the session.
    pub last_seq: Option<u64>,
    /// Everything that Discord sent before this time was received.
    pub since: SystemTime,
    /// Why it was lost.
    pub why: String,
}

impl LostSession {
    /// Creates the report of a lost session.
    pub fn new(last_seq: Option<u64>, since: SystemTime, why: impl Into<String>) -> LostSession {
        LostSession { last_seq, since, why: why.into() }
    }
}

/// The state of a session, for programs and probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// There is no connection. The session waits for the next attempt.
    Disconnected,
    /// From the opening of a socket until READY or RESUMED.
    Connecting,
    /// The session has identified or resumed.
    Ready,
    /// The session is over.
    Stopped,
}

/// The time on both clocks.
///
/// The monotonic clock decides everything. The wall clock gives the times of a [`Gap`]. When the two drift apart, the
/// machine may have been suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The monotonic clock.
    pub mono: Instant,
    /// The wall clock.
    pub wall: SystemTime,
}

/// What happened to a session.
#[derive(Clone)]
#[non_exhaustive]
pub enum Input<'t> {
    /// There was nothing to read: all that arrived was read, unless there is backpressure.
    Timeout,
    /// The socket that was requested is open.
    Opened,
    /// The socket could not be opened, for this reason.
    OpenFailed(String),
    /// The socket may not be opened before this time. It does not count as an attempt.
    Postponed(Instant),
    /// A text frame arrived.
    Text(&'t str),
    /// A part of a frame arrived, or a ping: the peer is alive.
    Bytes,
    /// A frame arrived that is not a text frame.
    InvalidFrame(&'static str),
    /// The connection ended.
    Closed {
        /// The peer's close code, if it sent one.
        code: Option<u16>,
        /// The peer's reason, or what happened to the socket.
        reason: String,
    },
    /// The program sends an event to the gateway.
    SendEvent(SendEvent),
    /// The socket broke before these send events were written, the oldest first. They go out over the next connection.
    Unsent(Vec<String>),
    /// The program is slower than Discord, so reading stops; or it has caught up and reading continues. See
    /// [`Session::reads_under_backpressure`](super::Session::reads_under_backpressure).
    Backpressure(Backpressure),
    /// The program stops the shard.
    Stop(Stop),
}

/// The data of an interaction and of a voice server contains a token, so of a frame only its length is shown.
impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Timeout => f.write_str("Timeout"),
            Input::Opened => f.write_str("Opened"),
            Input::OpenFailed(reason) => f.debug_tuple("OpenFailed").field(reason).finish(),
            Input::Postponed(until) => f.debug_tuple("Postponed").field(until).finish(),
            Input::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Input::Bytes => f.write_str("Bytes"),
            Input::InvalidFrame(what) => f.debug_tuple("InvalidFrame").field(what).finish(),
            Input::Closed { code, reason } => {
                f.debug_struct("Closed").field("code", code).field("reason", reason).finish()
            }
            Input::SendEvent(event) => f.debug_tuple("SendEvent").field(event).finish(),
            Input::Unsent(texts) => write!(f, "Unsent({} send events)", texts.len()),
            Input::Backpressure(backpressure) => f.debug_tuple("Backpressure").field(backpressure).finish(),
            Input::Stop(stop) => f.debug_tuple("Stop").field(stop).finish(),
        }
    }
}

/// Whether there is room for more events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backpressure {
    /// There is room.
    #[default]
    Off,
    /// There is no room: the shard stops reading and keeps sending heartbeats. TCP then slows Discord down.
    On,
}

/// How a shard stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The session ends and the bot goes offline at once (close code 1000).
    EndSession,
    /// Discord keeps the session for some minutes (close code 4000).
    KeepSession,
}

/// What to do now, in order, and the event to deliver after that.
#[derive(Debug, Default)]
pub struct Step<'t> {
    /// The actions, in order.
    pub actions: Vec<Action>,
    /// The event to deliver after the actions.
    pub dispatch: Option<Dispatch<'t>>,
}

/// A dispatch event: neither parsed nor copied.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dispatch<'t> {
    /// The sequence number.
    pub seq: Option<u64>,
    /// The sequence number with which a resume after this event continues. It differs from `seq` if that is wrong.
    pub last_seq: Option<u64>,
    /// The event's name, such as `MESSAGE_CREATE`.
    pub name: Cow<'t, str>,
    /// The event's index in [`EVENTS`](crate::gateway::intents::EVENTS); `None` for an event that this version does not know.
    pub index: Option<usize>,
    /// The text of the frame from the event's data on: read it with [`frame::parse`](crate::gateway::frame::parse)
    /// or [`frame::value`](crate::gateway::frame::value).
    pub data: &'t str,
}

impl<'t> Dispatch<'t> {
    /// Creates a dispatch and looks its name up in the table of events.
    pub fn new(seq: Option<u64>, name: impl Into<Cow<'t, str>>, data: &'t str) -> Self {
        let name = name.into();
        Dispatch { seq, last_seq: seq, index: intents::event_index(&name), name, data }
    }
}

/// The data of an interaction and of a voice server contains a token, so only its length is shown.
impl fmt::Debug for Dispatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatch")
            .field("seq", &self.seq)
            .field("last_seq", &self.last_seq)
            .field("name", &self.name)
            .field("index", &self.index)
            .field("data", &format_args!("{} bytes", self.data.len()))
            .finish()
    }
}

/// Something that the driver has to do.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Open a socket, then pass `Opened`, `OpenFailed` or `Postponed`.
    Open(Target),
    /// Send this text.
    Send(String),
    /// Send this text, a send event of the program. If it cannot be written, give it back with `Unsent`.
    SendEvent(String),
    /// Send this text, the identify that the permit was for.
    Identify(String),
    /// Close the socket with this code and drop it. No input follows from it.
    Close(u16),
    /// Report this to the program.
    Notice(Notice),
    /// The session is over.
    Stop(Ended),
}

/// Identify and resume contain the token, so no payload is shown.
impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Open(target) => f.debug_tuple("Open").field(target).finish(),
            Action::Send(text) => write!(f, "Send({} bytes)", text.len()),
            Action::SendEvent(text) => write!(f, "SendEvent({} bytes)", text.len()),
            Action::Identify(text) => write!(f, "Identify({} bytes)", text.len()),
            Action::Close(code) => f.debug_tuple("Close").field(code).finish(),
            Action::Notice(notice) => f.debug_tuple("Notice").field(notice).finish(),
            Action::Stop(ended) => f.debug_tuple("Stop").field(ended).finish(),
        }
    }
}

/// What a socket is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To resume, at this address or at the main one.
    Resume(Option<String>),
    /// To identify, at the main address, with a permit.
    Identify {
        /// Whether this shard was ready before.
        was_ready: bool,
    },
}

/// Why a session is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The program stopped it.
    Requested,
    /// Discord closed the connection with a code after which a retry is of no use.
    Refused {
        /// The close code.
        code: u16,
        /// Discord's reason.
        reason: String,
    },
}

/// A change of a shard's connection or session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The shard is ready: it has a new session, or the old session was resumed and everything was replayed.
    Connected {
        /// Whether the old session was resumed.
        resumed: bool,
    },
    /// The connection ended.
    Disconnected(Disconnected),
    /// Events were lost, or may have been. Comes between the last event of the old session and the READY of the new one.
    Gap(Gap),
    /// There is no connection, and the next attempt has a time.
    Waiting {
        /// The time of the next attempt.
        until: Instant,
        /// Why the connection ended or could not be made.
        why: String,
        /// The number of attempts since the last stable connection.
        attempts: u32,
    },
}

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disconnected {
    /// The peer's close code, if it sent one.
    pub code: Option<u16>,
    /// The peer's reason, or what happened to the socket.
    pub reason: String,
    /// Why the connection ended.
    pub cause: DisconnectCause,
    /// Why the connection ended, in a sentence.
    pub why: String,
    /// What the shard does next.
    pub after: After,
}

/// Why a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DisconnectCause {
    /// Discord closed it, with a close code.
    ClosedByDiscord,
    /// It broke: because of the network, or of a machine in between.
    ConnectionLost,
    /// Heartbeats were not acknowledged, or nothing at all was received.
    NoHeartbeatAck,
    /// Discord did not complete the login in time.
    LoginTimeout,
    /// Discord asked the shard to reconnect (opcode 7).
    ReconnectRequested,
    /// Discord ended or interrupted the session (opcode 9).
    InvalidSession,
    /// Discord sent something that is not a frame of the gateway.
    InvalidFrame,
}

impl DisconnectCause {
    /// All causes, in the order of their declaration.
    pub(crate) const ALL: [DisconnectCause; 7] = [
        DisconnectCause::ClosedByDiscord,
        DisconnectCause::ConnectionLost,
        DisconnectCause::NoHeartbeatAck,
        DisconnectCause::LoginTimeout,
        DisconnectCause::ReconnectRequested,
        DisconnectCause::InvalidSession,
        DisconnectCause::InvalidFrame,
    ];

    /// The cause as the value of a label: `no_heartbeat_ack`.
    pub fn name(self) -> &'static str {
        match self {
            DisconnectCause::ClosedByDiscord => "closed_by_discord",
            DisconnectCause::ConnectionLost => "connection_lost",
            DisconnectCause::NoHeartbeatAck => "no_heartbeat_ack",
            DisconnectCause::LoginTimeout => "login_timeout",
            DisconnectCause::ReconnectRequested => "reconnect_requested",
            DisconnectCause::InvalidSession => "invalid_session",
            DisconnectCause::InvalidFrame => "invalid_frame",
        }
    }
}

/// A period in which events may have been lost.
///
/// The times are those of the wall clock, so that the missed history can be fetched by REST.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The last sequence number of the lost session.
    pub last_seq: Option<u64>,
    /// Everything that Discord sent before this time was received. It is when the last acknowledged heartbeat was sent.
    pub since: SystemTime,
    /// When the new session began.
    pub until: SystemTime,
    /// Why the session was lost.
    pub why: String,
}
