//! What goes into a session and what comes out.

use std::borrow::Cow;
use std::fmt;
use std::time::{Instant, SystemTime};

use crate::gateway::close_code::After;
use crate::gateway::intents;
use crate::gateway::send_event::SendEvent;

/// One reading of both clocks.
///
/// The monotonic one decides everything. The wall clock stamps a [`Gap`], and a jump between the two
/// raises the suspicion that the machine slept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The monotonic clock.
    pub mono: Instant,
    /// The wall clock.
    pub wall: SystemTime,
}

/// What happened to a session.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Input<'t> {
    /// Nothing happened until the deadline: all that arrived was read, unless there is backpressure.
    Timeout,
    /// The socket that was asked for is open.
    Opened,
    /// It could not be opened, for this reason.
    OpenFailed(&'t str),
    /// The socket may not be opened before then; ask again. Counts as no attempt.
    Postponed(Instant),
    /// A text frame came.
    Text(&'t str),
    /// Some bytes of a frame came, which is a sign of life.
    Bytes,
    /// A frame arrived that is not a text frame.
    InvalidFrame(&'t str),
    /// The socket is gone, with a close code and reason if the peer gave one.
    Closed {
        /// The close code.
        code: Option<u16>,
        /// The peer's reason, or what happened to the socket.
        reason: &'t str,
    },
    /// The program sends an event to the gateway.
    SendEvent(&'t SendEvent),
    /// The socket broke before these orders were written, the oldest first: they go out over the next one.
    Unsent(&'t [String]),
    /// The program is slower than Discord, so reading stops; or it has caught up and reading continues. See
    /// [`Session::reads_under_backpressure`](super::Session::reads_under_backpressure).
    Backpressure(Backpressure),
    /// The user wants to stop.
    Stop(Stop),
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

/// What to do now, in order, and the event to hand over after that.
#[derive(Debug, Default)]
pub struct Step<'t> {
    /// The actions, in order.
    pub actions: Vec<Action>,
    /// The event to hand over once the actions are done.
    pub dispatch: Option<Dispatch<'t>>,
}

/// A dispatch event: neither parsed nor copied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dispatch<'t> {
    /// The sequence number.
    pub seq: Option<u64>,
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
        Dispatch { seq, index: intents::event_index(&name), name, data }
    }
}

/// Something for the driver to do.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Open a socket, then tell `Opened`, `OpenFailed` or `Postponed`.
    Open(Target),
    /// Send this text.
    Send(String),
    /// Send this text, a send event of the program. If it cannot be written, give it back with `Unsent`.
    SendEvent(String),
    /// Send this text, which is the identify that the permit was for.
    Identify(String),
    /// Close the socket with this code and forget it; tell nothing.
    Close(u16),
    /// Tell the user.
    Notice(Notice),
    /// The session is over for good.
    Stop(Ended),
}

/// The token is inside identify and resume, so no payload is shown.
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

/// What a socket is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To resume, at this address, or at the main one.
    Resume(Option<String>),
    /// To identify, at the main address, with a permit.
    Identify {
        /// Whether this shard was logged in before.
        was_ready: bool,
    },
}

/// Why a session ended for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The program stopped it.
    Requested,
    /// Discord closed with a code that trying again does not mend.
    Refused {
        /// The close code.
        code: u16,
        /// Discord's reason.
        reason: String,
    },
}

/// A turn in a shard's life.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Logged in with a new session, or back in the old one with everything replayed.
    Connected {
        /// Whether it is the old session.
        resumed: bool,
    },
    /// The connection ended.
    Disconnected(Disconnected),
    /// Events were lost, or may have been: comes between the last event of the old session and the READY of the new one.
    Gap(Gap),
    /// Not connected; the next attempt is made then.
    Waiting {
        /// When.
        until: Instant,
        /// What went wrong.
        why: String,
        /// How many attempts were made since the last stable connection.
        attempts: u32,
    },
}

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disconnected {
    /// The peer's close code, if it gave one.
    pub code: Option<u16>,
    /// The peer's reason, or what happened to the socket.
    pub reason: String,
    /// What it means, in a sentence.
    pub why: String,
    /// What follows.
    pub after: After,
}

/// A stretch of time whose events are lost, or may be.
///
/// The times are those of the wall clock, so that the history between them can be fetched by REST.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The last sequence number of the session that was lost.
    pub last_seq: Option<u64>,
    /// Everything that was sent before this has come: it is when the last acknowledged heartbeat left.
    pub since: SystemTime,
    /// When the new session began.
    pub until: SystemTime,
    /// Why it was lost.
    pub why: String,
}
