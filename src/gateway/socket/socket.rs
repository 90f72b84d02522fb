use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant};

use tungstenite::Error as WsError;
use tungstenite::protocol::frame::coding::{Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame, FrameHeader};
use tungstenite::{Bytes, Message, Utf8Bytes, WebSocket};

use super::config::SocketConfig;
use super::connect;
use super::decompress::Decompressor;
use super::error::{OpenError, explain};
use super::stream::Stream;
use super::tcp;
use super::wakeup::Wakeup;

/// The result of a read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received {
    /// A text message.
    Text(Utf8Bytes),
    /// No complete message until the deadline.
    NoFrame,
    /// A message that is not text, and what it was.
    InvalidFrame(&'static str),
    /// The peer's close frame.
    Closed {
        /// Its code, if it has one.
        code: Option<u16>,
        /// Its reason, which is mostly empty.
        reason: String,
    },
    /// The connection is lost, with the reason. Every later read returns the same.
    Lost(String),
}

/// An open websocket. Dropping it closes the connection at once, without a close frame.
pub struct Socket {
    websocket: WebSocket<Stream>,
    write_timeout: Duration,
    max_message_bytes: usize,
    decompressor: Option<Decompressor>,
    /// The bytes of the frames that were returned.
    frame_bytes_returned: u64,
    /// A message was received that is bigger than the usual buffer.
    has_grown: bool,
    /// A write failed. A part of a frame may have been sent, and the peer would take later bytes as the rest of that frame.
    write_failed: bool,
    /// The response to a ping may not be sent yet.
    has_pong: bool,
    /// Why the connection is lost. Nothing is read after that, because tungstenite does not check frames after one that it
    /// refused.
    lost: Option<String>,
}

impl Socket {
    /// Connects, makes the TLS connection, and opens the websocket.
    ///
    /// # Errors
    ///
    /// An [`OpenError`] with the step that failed. Each step has a deadline from `config`.
    pub fn open(url: &str, config: &SocketConfig) -> Result<Socket, OpenError> {
        let mut websocket = connect::open(url, config)?;
        websocket.get_mut().tcp_mut().defer_write_errors();
        let SocketConfig { write_timeout, max_message_bytes, .. } = *config;
        Ok(Socket {
            websocket,
            write_timeout,
            max_message_bytes,
            decompressor: Decompressor::new(config.compression, max_message_bytes),
            frame_bytes_returned: 0,
            has_grown: false,
            write_failed: false,
            has_pong: false,
            lost: None,
        })
    }

    /// Reads a message that is in memory already, without a system call.
    pub fn read_buffered(&mut self) -> Received {
        self.websocket.get_mut().tcp_mut().read_memory_only();
        self.receive()
    }

    /// Reads a message, and waits for it until the deadline (or a few milliseconds longer).
    ///
    /// A part of a message is kept for the next call. [`bytes_read`](Socket::bytes_read) shows that it was received.
    pub fn read(&mut self, until: Instant) -> Received {
        self.websocket.get_mut().tcp_mut().block_until(until);
        self.receive()
    }

    /// Waits until there is something to read, until it is woken, or until the deadline. May return too early. Data that is in
    /// memory already does not count: read it [first](Socket::read_buffered). Returns whether there is something to read.
    pub(crate) fn wait(&self, wakeup: &Wakeup, until: Instant) -> bool {
        let tcp = self.websocket.get_ref().tcp();
        tcp.was_full() || wakeup.wait(tcp.tcp(), until)
    }

    /// Whether [`shrink`](Socket::shrink) has something to free.
    pub(crate) fn has_grown(&self) -> bool {
        self.has_grown
    }

    /// Frees the memory of big messages, unless a part of a message is in the buffer.
    ///
    /// tungstenite's buffer grows to the size of the biggest message and does not shrink, and a bot in a big guild receives
    /// one of many megabytes, once. Call this when nothing was received for a while.
    #[must_use]
    pub fn shrink(mut self) -> Socket {
        let is_empty = self.websocket.get_ref().frame_bytes_read() == self.frame_bytes_returned;
        if !self.has_grown || !is_empty || !self.can_send() {
            return self;
        }
        self.block_writes(Duration::ZERO);
        // The response to a ping may wait in the buffer and would be lost.
        if self.websocket.flush().is_err() {
            return self;
        }
        let websocket = connect::rebuild(self.websocket.into_inner(), self.max_message_bytes);
        Socket { websocket, has_grown: false, ..self }
    }

    /// Returns why the connection is over, if that can be seen without reading. Unread data hides the end.
    pub fn is_broken(&self) -> Option<String> {
        if self.lost.is_some() {
            return self.lost.clone();
        }
        self.websocket.get_ref().tcp().is_broken().map(|error| match error.kind() {
            ErrorKind::UnexpectedEof => explain(WsError::ConnectionClosed),
            _ => error.to_string(),
        })
    }

    /// Sends a text message, within the write timeout.
    ///
    /// The text appears in no log.
    ///
    /// # Errors
    ///
    /// `TimedOut` when the peer does not read, otherwise the error of the operating system. After an error the socket sends
    /// nothing more, but read on: the peer's close frame may still be readable.
    pub fn send(&mut self, text: &str) -> io::Result<()> {
        if !self.can_send() {
            return Err(io::Error::new(ErrorKind::NotConnected, "the websocket is closed"));
        }
        self.block_writes(self.write_timeout);
        self.write_text(text).map_err(|e| {
            self.write_failed = true;
            match self.websocket.get_mut().tcp_mut().take_write_error() {
                Some(error) => error,
                None if e.kind() == ErrorKind::WouldBlock => {
                    io::Error::new(ErrorKind::TimedOut, "the peer does not read: the write timed out")
                }
                None => e,
            }
        })
    }

    /// Sends a close frame, waits at most `linger` for the peer's close frame, and closes the connection.
    ///
    /// It does not fail: when the peer does not read, it takes at most a second.
    pub fn close(mut self, code: u16, linger: Duration) {
        if self.write_failed || self.lost.is_some() {
            return;
        }
        self.block_writes(self.write_timeout.min(CLOSE_TIMEOUT));
        let frame = CloseFrame { code: code.into(), reason: Utf8Bytes::default() };
        if self.websocket.close(Some(frame)).is_err() {
            return;
        }
        let until = tcp::after(linger);
        self.websocket.get_mut().tcp_mut().block_until(until);
        while !linger.is_zero() && Instant::now() < until {
            match self.websocket.read() {
                Ok(Message::Close(_)) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    /// The bytes that were received from the peer, parts of messages included.
    pub fn bytes_read(&self) -> u64 {
        self.websocket.get_ref().tcp().bytes_read()
    }

    fn can_send(&self) -> bool {
        !self.write_failed && self.lost.is_none() && self.websocket.can_write()
    }

    fn block_writes(&mut self, timeout: Duration) {
        self.websocket.get_mut().tcp_mut().block_until(tcp::after(timeout));
    }

    /// Writes the frame without tungstenite, which logs the frames that it sends: these may contain the token.
    fn write_text(&mut self, text: &str) -> io::Result<()> {
        self.websocket.flush().map_err(into_io)?;
        // RFC 6455 requires masks that scripts in a browser cannot predict. Here is no browser, so any mask will do.
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
                self.count(message.len());
            }
            let e = match message {
                Ok(Message::Text(text)) => return Received::Text(text),
                Ok(Message::Binary(bytes)) => match self.decompress(&bytes) {
                    Some(received) => return received,
                    None => continue,
                },
                Ok(Message::Close(frame)) => return self.closed(frame),
                // tungstenite sends the response to a ping before the next read, unless only memory may be read.
                Ok(Message::Ping(_)) => {
                    self.has_pong = true;
                    continue;
                }
                Ok(Message::Pong(_) | Message::Frame(_)) => continue,
                Err(e) => e,
            };
            return match e {
                WsError::Io(e) if e.kind() == ErrorKind::WouldBlock => {
                    self.send_pong();
                    Received::NoFrame
                }
                WsError::Utf8(_) => Received::InvalidFrame("text that is not UTF-8"),
                e => {
                    let why = explain(e);
                    self.lost = Some(why.clone());
                    Received::Lost(why)
                }
            };
        }
    }

    /// Sends the response to a ping that may wait in tungstenite's buffer: the next read may be far away. What the peer does not
    /// take now is tried again later.
    fn send_pong(&mut self) {
        if self.has_pong && self.can_send() {
            self.block_writes(Duration::ZERO);
            self.has_pong = self.websocket.flush().is_err();
        }
    }

    /// Decompresses a binary message. `None` if it is only a part of one.
    fn decompress(&mut self, bytes: &[u8]) -> Option<Received> {
        let Some(decompressor) = &mut self.decompressor else {
            return Some(Received::InvalidFrame("a binary message"));
        };
        match decompressor.read(bytes) {
            Ok(None) => None,
            Ok(Some(message)) => Some(
                Utf8Bytes::try_from(message)
                    .map_or(Received::InvalidFrame("text that is not UTF-8"), Received::Text),
            ),
            Err(why) => {
                self.lost = Some(why.clone());
                Some(Received::Lost(why))
            }
        }
    }

    /// Counts the bytes of a message as if it were one frame, as most are. The headers of further frames are not counted: the
    /// buffer then never looks empty, and [`shrink`](Socket::shrink) does nothing.
    fn count(&mut self, length: usize) {
        self.frame_bytes_returned += (FrameHeader::default().len(length as u64) + length) as u64;
        self.has_grown |= length > KEPT_BUFFER;
    }

    fn closed(&mut self, frame: Option<CloseFrame>) -> Received {
        // Sends the close frame in response, if there is time.
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

/// The memory of messages up to this size is kept.
const KEPT_BUFFER: usize = 16 * 1024;

/// The timeout to send a close frame.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
