//! The byte stream below the websocket: with deadlines instead of timeouts, with or without TLS.

use std::io::{self, ErrorKind, Read, Write};
use std::mem;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use native_tls::TlsStream;

use super::read_buffer::ReadBuffer;

/// A TCP or TLS stream that counts the bytes of websocket frames.
pub(super) struct Stream {
    inner: MaybeTls,
    /// How many bytes of the blank line after the response to the handshake were read.
    blank: usize,
    frame_bytes_read: u64,
}

enum MaybeTls {
    Plain(DeadlineStream),
    Tls(Box<TlsStream<DeadlineStream>>),
}

impl Stream {
    pub(super) fn plain(tcp: DeadlineStream) -> Stream {
        Stream { inner: MaybeTls::Plain(tcp), blank: 0, frame_bytes_read: 0 }
    }

    pub(super) fn tls(tls: TlsStream<DeadlineStream>) -> Stream {
        Stream { inner: MaybeTls::Tls(Box::new(tls)), blank: 0, frame_bytes_read: 0 }
    }

    pub(super) fn tcp_mut(&mut self) -> &mut DeadlineStream {
        match &mut self.inner {
            MaybeTls::Plain(tcp) => tcp,
            MaybeTls::Tls(tls) => tls.get_mut(),
        }
    }

    pub(super) fn tcp(&self) -> &DeadlineStream {
        match &self.inner {
            MaybeTls::Plain(tcp) => tcp,
            MaybeTls::Tls(tls) => tls.get_ref(),
        }
    }

    /// The bytes of websocket frames that were read: those after the response to the handshake.
    pub(super) fn frame_bytes_read(&self) -> u64 {
        self.frame_bytes_read
    }

    fn count(&mut self, mut bytes: &[u8]) {
        while let (Some(expected), Some((byte, rest))) = (BLANK_LINE.get(self.blank), bytes.split_first()) {
            self.blank = match byte == expected {
                true => self.blank + 1,
                false => usize::from(*byte == BLANK_LINE[0]),
            };
            bytes = rest;
        }
        self.frame_bytes_read += bytes.len() as u64;
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.inner {
            MaybeTls::Plain(tcp) => tcp.read(buf),
            MaybeTls::Tls(tls) => tls.read(buf),
        }?;
        self.count(&buf[..n]);
        Ok(n)
    }
}

impl Write for Stream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match &mut self.inner {
            MaybeTls::Plain(tcp) => tcp.write(buf),
            MaybeTls::Tls(tls) => tls.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.inner {
            MaybeTls::Plain(tcp) => tcp.flush(),
            MaybeTls::Tls(tls) => tls.flush(),
        }
    }
}

/// A TCP connection whose reads and writes end by a deadline.
///
/// They fail with `WouldBlock` when the deadline has passed, on every platform, and for no other reason (but see
/// [`defer_write_errors`](DeadlineStream::defer_write_errors)). The first read and the first write after a deadline was
/// set are always tried, so that data that has arrived can be read with no time left.
pub(super) struct DeadlineStream {
    tcp: TcpStream,
    received: ReadBuffer,
    reading: Deadline,
    writing: Deadline,
    defers_write_errors: bool,
    write_error: Option<io::Error>,
    bytes_read: u64,
    /// The last read filled the buffer, so there is probably more.
    was_full: bool,
}

impl DeadlineStream {
    pub(super) fn new(tcp: TcpStream) -> DeadlineStream {
        DeadlineStream {
            tcp,
            received: ReadBuffer::default(),
            reading: Deadline::new(),
            writing: Deadline::new(),
            defers_write_errors: false,
            write_error: None,
            bytes_read: 0,
            was_full: false,
        }
    }

    /// Sets the deadline of reads and writes.
    pub(super) fn block_until(&mut self, until: Instant) {
        self.reading.set(until);
        self.writing.set(until);
    }

    /// Allows no system calls: only data that is in memory can be read.
    pub(super) fn read_memory_only(&mut self) {
        self.reading.clear();
        self.writing.clear();
    }

    /// From now on a failed write looks like one that timed out, so that TLS and the websocket do not treat it as the end of
    /// the connection: the peer's close frame may still be readable.
    pub(super) fn defer_write_errors(&mut self) {
        self.defers_write_errors = true;
    }

    /// Takes the write error that was deferred since the last call.
    pub(super) fn take_write_error(&mut self) -> Option<io::Error> {
        self.write_error.take()
    }

    /// Returns why the connection is over, if that can be seen without reading: an error, or the end of the stream with no
    /// unread data before it.
    pub(super) fn is_broken(&self) -> Option<io::Error> {
        let tcp = &self.tcp;
        if let Some(error) = tcp.take_error().unwrap_or_else(Some) {
            return Some(error);
        }
        if !self.received.is_empty() || tcp.set_nonblocking(true).is_err() {
            return None;
        }
        let peeked = tcp.peek(&mut [0]);
        match tcp.set_nonblocking(false).and(peeked) {
            Ok(0) => Some(ErrorKind::UnexpectedEof.into()),
            Ok(_) => None,
            Err(e) if is_temporary(&e) => None,
            Err(e) => Some(e),
        }
    }

    /// Whether there is probably more to read, so that waiting would be one system call too many.
    pub(super) fn was_full(&self) -> bool {
        self.was_full
    }

    /// The connection itself, to wait for.
    pub(super) fn tcp(&self) -> &TcpStream {
        &self.tcp
    }

    /// The bytes that were received, those of TLS included.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }
}

impl Read for DeadlineStream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.received.is_empty() {
            let timeout = self.reading.next_timeout()?;
            self.was_full = false;
            if let Some(timeout) = timeout {
                self.tcp.set_read_timeout(Some(timeout))?;
            }
            match self.received.receive(&self.tcp) {
                Err(e) if is_temporary(&e) => {}
                Err(e) => return Err(e),
                Ok((0, _)) => return Ok(0),
                Ok((count, is_full)) => {
                    self.bytes_read += count as u64;
                    self.was_full = is_full;
                }
            }
        }
        Ok(self.received.read(buf))
    }
}

impl Write for DeadlineStream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        loop {
            if let Some(timeout) = self.writing.next_timeout()? {
                self.tcp.set_write_timeout(Some(timeout))?;
            }
            match self.tcp.write(buf) {
                Err(e) if is_temporary(&e) => {}
                Err(e) if self.defers_write_errors => {
                    self.write_error = Some(e);
                    return Err(ErrorKind::WouldBlock.into());
                }
                result => return result,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The deadline of one direction, and the timeout that is set in the operating system.
struct Deadline {
    /// `None`: no system calls.
    until: Option<Instant>,
    /// No read or write was tried since the deadline was set.
    untried: bool,
    /// The timeout that is set in the operating system.
    timeout: Duration,
}

impl Deadline {
    fn new() -> Deadline {
        // A new socket has no timeout.
        Deadline { until: None, untried: false, timeout: Duration::MAX }
    }

    fn set(&mut self, until: Instant) {
        self.until = Some(until);
        self.untried = true;
    }

    fn clear(&mut self) {
        self.until = None;
    }

    /// Returns the timeout to set in the operating system before the next call, if it has to change.
    ///
    /// Fails with `WouldBlock` when there is no time left.
    fn next_timeout(&mut self) -> io::Result<Option<Duration>> {
        let until = self.until.ok_or(ErrorKind::WouldBlock)?;
        let left = until.saturating_duration_since(Instant::now());
        let untried = mem::take(&mut self.untried);
        if left.is_zero() && !untried {
            return Err(ErrorKind::WouldBlock.into());
        }
        // Setting the timeout costs a system call, so the present one stays while it is close enough. When it is too short,
        // the caller's loop runs once more.
        if self.timeout <= left.saturating_add(MAX_DELAY) && self.timeout >= left / 2 {
            return Ok(None);
        }
        // Whole milliseconds, and at least one: the operating system refuses zero.
        self.timeout = Duration::from_millis(u64::try_from(left.as_millis()).unwrap_or(u64::MAX - 1) + 1);
        Ok(Some(self.timeout))
    }
}

/// Whether to make the call again: after a timeout (`WouldBlock` on Unix, `TimedOut` on Windows) or a signal, which
/// interrupts calls with a timeout even where others are restarted.
fn is_temporary(e: &io::Error) -> bool {
    matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

/// The end of the head of an HTTP response.
const BLANK_LINE: &[u8; 4] = b"\r\n\r\n";

/// How late a call may return because an older timeout is kept.
const MAX_DELAY: Duration = Duration::from_millis(5);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_same_timeout_is_set_once() {
        let mut deadline = Deadline::new();
        let mut set = 0;
        for _ in 0..100 {
            deadline.set(Instant::now() + Duration::from_secs(100));
            set += usize::from(deadline.next_timeout().unwrap().is_some());
        }
        assert_eq!(set, 1);
    }

    #[test]
    fn a_much_shorter_and_a_much_longer_timeout_are_set() {
        let mut deadline = Deadline::new();
        for secs in [100, 10, 100] {
            deadline.set(Instant::now() + Duration::from_secs(secs));
            let timeout = deadline.next_timeout().unwrap().unwrap();
            assert!(timeout <= Duration::from_secs(secs) + MAX_DELAY, "{timeout:?}");
            assert!(timeout > Duration::from_secs(secs / 2), "{timeout:?}");
        }
    }

    #[test]
    fn with_no_time_left_there_is_one_try_and_its_timeout_is_not_zero() {
        let mut deadline = Deadline::new();
        deadline.set(Instant::now());
        assert_eq!(deadline.next_timeout().unwrap(), Some(Duration::from_millis(1)));
        assert_eq!(deadline.next_timeout().unwrap_err().kind(), ErrorKind::WouldBlock);
    }

    #[test]
    fn without_a_deadline_there_is_not_even_one_try() {
        let mut deadline = Deadline::new();
        deadline.set(Instant::now() + Duration::from_secs(100));
        deadline.clear();
        assert_eq!(deadline.next_timeout().unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}
