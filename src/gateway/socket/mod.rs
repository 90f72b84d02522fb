//! A blocking websocket with deadlines: it opens, reads, writes and closes, and never hangs.
//!
//! Out of scope: what the frames mean, compression, and trying again.

mod connect;
mod stream;

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant};

use tungstenite::error::{CapacityError, Error as WsError, ProtocolError};
use tungstenite::protocol::frame::coding::{Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame, FrameHeader};
use tungstenite::{Bytes, Message, Utf8Bytes, WebSocket};

use self::stream::Stream;
use crate::tls::Tls;

pub(crate) use self::connect::check;
pub use self::connect::{OpenError, Stage};

/// How a websocket is opened, and what it puts up with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SocketConfig {
    /// Whom to trust.
    pub tls: Tls,
    /// Whether `ws://` may leave this machine. The token then crosses the network for all to read.
    pub allow_plaintext: bool,
    /// How long one address may take to connect; name and all addresses together may take twice that, of which each
    /// address has its share.
    pub connect_timeout: Duration,
    /// How long the TLS handshake may take, and after it the websocket handshake.
    pub handshake_timeout: Duration,
    /// How long the peer may refuse to take what is sent.
    pub write_timeout: Duration,
    /// The biggest message that is accepted. A GUILD_CREATE of a big guild has tens of megabytes.
    ///
    /// A message that comes in several frames takes up to twice its limit while it comes.
    pub max_message_bytes: usize,
}

impl Default for SocketConfig {
    fn default() -> Self {
        SocketConfig {
            tls: Tls::new(),
            allow_plaintext: false,
            connect_timeout: Duration::from_secs(10),
            handshake_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            max_message_bytes: 64 << 20,
        }
    }
}

/// What a read brought.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received {
    /// A text message.
    Text(Utf8Bytes),
    /// No whole message yet.
    NoFrame,
    /// A message that is no text, and what it was instead.
    InvalidFrame(&'static str),
    /// The peer's close frame.
    Closed {
        /// Its code; a close frame need not have one.
        code: Option<u16>,
        /// Its reason, mostly empty.
        reason: String,
    },
    /// The connection is of no more use; every later read says so again.
    Lost(String),
}

/// An open websocket. Dropping it closes the connection at once, without a close frame.
pub struct Socket {
    websocket: WebSocket<Stream>,
    write_timeout: Duration,
    max_message_bytes: usize,
    /// Bytes of the frames that were handed out.
    frames_taken: u64,
    /// A message came that the usual buffer has no room for.
    has_grown: bool,
    /// A write failed: a part of a frame may be out, and whatever followed would be taken for its rest.
    is_mute: bool,
    /// tungstenite checks nothing any more of a frame that it refused, so nothing is read after that.
    lost: Option<String>,
}

impl Socket {
    /// Connects, verifies, shakes hands.
    ///
    /// # Errors
    ///
    /// An [`OpenError`] that names the step; each step has a deadline by `config`.
    pub fn open(url: &str, config: &SocketConfig) -> Result<Socket, OpenError> {
        let mut websocket = connect::open(url, config)?;
        websocket.get_mut().wire_mut().forgive_writes();
        let SocketConfig { write_timeout, max_message_bytes, .. } = *config;
        Ok(Socket {
            websocket,
            write_timeout,
            max_message_bytes,
            frames_taken: 0,
            has_grown: false,
            is_mute: false,
            lost: None,
        })
    }

    /// Reads a message out of what is already in memory, without asking the operating system.
    pub fn read_buffered(&mut self) -> Received {
        self.websocket.get_mut().wire_mut().hold();
        self.receive()
    }

    /// Reads a message, waiting for it until then (give or take a few milliseconds).
    ///
    /// A part of a message is kept for the next call; [`bytes_read`](Socket::bytes_read) shows that it came.
    pub fn read(&mut self, until: Instant) -> Received {
        self.websocket.get_mut().wire_mut().block_until(until);
        self.receive()
    }

    /// Lets go of the memory that big messages took, unless a part of a message has come.
    ///
    /// tungstenite's buffer grows to the size of the biggest message and stays so, and a bot in a big guild gets one of
    /// many megabytes, once. Worth calling when nothing has come for a while.
    #[must_use]
    pub fn shrink(mut self) -> Socket {
        let is_empty = self.websocket.get_ref().frames_read() == self.frames_taken;
        if !self.has_grown || !is_empty || !self.can_send() {
            return self;
        }
        self.block_writes(Duration::ZERO);
        // What it has to send, the answer to a ping, would be lost with it.
        if self.websocket.flush().is_err() {
            return self;
        }
        let websocket = connect::anew(self.websocket.into_inner(), self.max_message_bytes);
        Socket { websocket, has_grown: false, ..self }
    }

    /// Whether the connection is over, and why, as far as that shows without reading: what came before its end hides it.
    pub fn is_broken(&self) -> Option<String> {
        if self.lost.is_some() {
            return self.lost.clone();
        }
        self.websocket.get_ref().wire().is_broken().map(|error| match error.kind() {
            ErrorKind::UnexpectedEof => explain(WsError::ConnectionClosed),
            _ => error.to_string(),
        })
    }

    /// Sends a text message, within the write timeout.
    ///
    /// The text shows in no log.
    ///
    /// # Errors
    ///
    /// `TimedOut` when the peer does not take it, else what the operating system said. The socket
    /// sends nothing more after an error, but read on: the close frame that explains it may have come.
    pub fn send(&mut self, text: &str) -> io::Result<()> {
        if !self.can_send() {
            return Err(io::Error::new(ErrorKind::NotConnected, "the websocket is closed"));
        }
        self.block_writes(self.write_timeout);
        self.write_text(text).map_err(|e| {
            self.is_mute = true;
            match self.websocket.get_mut().wire_mut().take_write_failure() {
                Some(failure) => failure,
                None if e.kind() == ErrorKind::WouldBlock => {
                    io::Error::new(ErrorKind::TimedOut, "the peer takes nothing: the write timed out")
                }
                None => e,
            }
        })
    }

    /// Sends a close frame, gives the peer at most `linger` to answer it, and closes the connection.
    ///
    /// The frame is an attempt: a peer that takes nothing costs a second at most.
    pub fn close(mut self, code: u16, linger: Duration) {
        if self.is_mute || self.lost.is_some() {
            return;
        }
        self.block_writes(self.write_timeout.min(CLOSE_TIMEOUT));
        let frame = CloseFrame { code: code.into(), reason: Utf8Bytes::default() };
        if self.websocket.close(Some(frame)).is_err() {
            return;
        }
        let until = connect::after(linger);
        self.websocket.get_mut().wire_mut().block_until(until);
        while !linger.is_zero() && Instant::now() < until {
            match self.websocket.read() {
                Ok(Message::Close(_)) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    /// Bytes that ever came from the peer, parts of messages included.
    pub fn bytes_read(&self) -> u64 {
        self.websocket.get_ref().wire().bytes_read()
    }

    fn can_send(&self) -> bool {
        !self.is_mute && self.lost.is_none() && self.websocket.can_write()
    }

    fn block_writes(&mut self, timeout: Duration) {
        self.websocket.get_mut().wire_mut().block_until(connect::after(timeout));
    }

    /// Writes around tungstenite, which logs the frames that go through it, and what goes out here
    /// holds the token.
    fn write_text(&mut self, text: &str) -> io::Result<()> {
        self.websocket.flush().map_err(into_io)?;
        // RFC 6455 wants masks that no script in a browser foresees; there is none here.
        let mask = fastrand::u32(..).to_ne_bytes();
        let header =
            FrameHeader { opcode: OpCode::Data(Data::Text), mask: Some(mask), ..FrameHeader::default() };
        let mut bytes = Vec::with_capacity(header.len(text.len() as u64) + text.len());
        let payload = Bytes::copy_from_slice(text.as_bytes());
        Frame::from_payload(header, payload).format(&mut bytes).map_err(into_io)?;
        let stream = self.websocket.get_mut();
        stream.write_all(&bytes)?;
        stream.flush()
    }

    fn receive(&mut self) -> Received {
        if let Some(why) = &self.lost {
            return Received::Lost(why.clone());
        }
        loop {
            let message = self.websocket.read();
            if let Ok(message) = &message {
                self.took(message.len());
            }
            let e = match message {
                Ok(Message::Text(text)) => return Received::Text(text),
                Ok(Message::Binary(_)) => return Received::InvalidFrame("a binary message"),
                Ok(Message::Close(frame)) => return self.closed(frame),
                // The answer to a ping goes out before the next read.
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => continue,
                Err(e) => e,
            };
            return match e {
                WsError::Io(e) if e.kind() == ErrorKind::WouldBlock => Received::NoFrame,
                WsError::Utf8(_) => Received::InvalidFrame("text that is not UTF-8"),
                e => {
                    let why = explain(e);
                    self.lost = Some(why.clone());
                    Received::Lost(why)
                }
            };
        }
    }

    /// Counts a message as the one frame that it mostly is. Of more than one the headers are not counted, so that from
    /// then on there seems to be something left over.
    fn took(&mut self, length: usize) {
        self.frames_taken += (FrameHeader::default().len(length as u64) + length) as u64;
        self.has_grown |= length > connect::READ_BUFFER / 2;
    }

    fn closed(&mut self, frame: Option<CloseFrame>) -> Received {
        // Answers the peer if there is time; it has stopped listening to anything else.
        let _ = self.websocket.flush();
        Received::Closed {
            code: frame.as_ref().map(|f| f.code.into()),
            reason: frame.map(|f| f.reason.to_string()).unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").field("bytes_read", &self.bytes_read()).field("lost", &self.lost).finish()
    }
}

fn into_io(e: WsError) -> io::Error {
    match e {
        WsError::Io(e) => e,
        e => io::Error::other(explain(e)),
    }
}

fn explain(e: WsError) -> String {
    match e {
        WsError::Io(e) => e.to_string(),
        WsError::Capacity(CapacityError::MessageTooLong { size, max_size }) => {
            format!("a message of {size} bytes came, and the limit is {max_size}")
        }
        WsError::ConnectionClosed
        | WsError::AlreadyClosed
        | WsError::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
            "the peer ended the connection without a close frame".into()
        }
        WsError::Protocol(e) => format!("the peer broke the websocket protocol: {e}"),
        e => e.to_string(),
    }
}

/// How long a close frame may take to leave.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
