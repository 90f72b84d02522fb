//! The byte stream below the websocket: deadlines instead of timeouts, with or without TLS.

use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::mem;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use native_tls::TlsStream;

/// What the websocket runs on.
pub(super) struct Stream {
    secured: Secured,
    /// How much of the empty line behind the answer to the handshake has come.
    blank: usize,
    frames_read: u64,
}

enum Secured {
    Plain(Wire),
    Tls(Box<TlsStream<Wire>>),
}

impl Stream {
    pub(super) fn plain(wire: Wire) -> Stream {
        Stream { secured: Secured::Plain(wire), blank: 0, frames_read: 0 }
    }

    pub(super) fn tls(tls: TlsStream<Wire>) -> Stream {
        Stream { secured: Secured::Tls(Box::new(tls)), blank: 0, frames_read: 0 }
    }

    pub(super) fn wire_mut(&mut self) -> &mut Wire {
        match &mut self.secured {
            Secured::Plain(wire) => wire,
            Secured::Tls(tls) => tls.get_mut(),
        }
    }

    pub(super) fn wire(&self) -> &Wire {
        match &self.secured {
            Secured::Plain(wire) => wire,
            Secured::Tls(tls) => tls.get_ref(),
        }
    }

    /// How many bytes of websocket frames were read: those that followed the answer to the handshake.
    pub(super) fn frames_read(&self) -> u64 {
        self.frames_read
    }

    fn count(&mut self, mut bytes: &[u8]) {
        while let (Some(expected), Some((byte, rest))) = (BLANK_LINE.get(self.blank), bytes.split_first()) {
            self.blank = match byte == expected {
                true => self.blank + 1,
                false => usize::from(*byte == BLANK_LINE[0]),
            };
            bytes = rest;
        }
        self.frames_read += bytes.len() as u64;
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = match &mut self.secured {
            Secured::Plain(wire) => wire.read(buf),
            Secured::Tls(tls) => tls.read(buf),
        }?;
        self.count(&buf[..n]);
        Ok(n)
    }
}

impl Write for Stream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match &mut self.secured {
            Secured::Plain(wire) => wire.write(buf),
            Secured::Tls(tls) => tls.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.secured {
            Secured::Plain(wire) => wire.flush(),
            Secured::Tls(tls) => tls.flush(),
        }
    }
}

/// A TCP connection whose reads and writes last until a deadline.
///
/// They fail with `WouldBlock` when the deadline has passed, on every platform, and for no other
/// reason (but see [`forgive_writes`](Wire::forgive_writes)). The first read and the first write after a
/// deadline was set are always tried, so that what already came can be had with no time at all.
pub(super) struct Wire {
    /// OpenSSL reads a record in two steps, its length first: the buffer makes one system call of them.
    tcp: BufReader<TcpStream>,
    reading: Patience,
    writing: Patience,
    is_forgiving: bool,
    write_failure: Option<io::Error>,
    bytes_read: u64,
}

impl Wire {
    pub(super) fn new(tcp: TcpStream) -> Wire {
        Wire {
            tcp: BufReader::with_capacity(READ_BUFFER, tcp),
            reading: Patience::new(),
            writing: Patience::new(),
            is_forgiving: false,
            write_failure: None,
            bytes_read: 0,
        }
    }

    /// Lets reads and writes block until then.
    pub(super) fn block_until(&mut self, until: Instant) {
        self.reading.until(until);
        self.writing.until(until);
    }

    /// Keeps reads and writes from the operating system: only what is in memory can be read.
    pub(super) fn hold(&mut self) {
        self.reading.hold();
        self.writing.hold();
    }

    /// Makes a failed write look like one that timed out from now on, so that neither TLS nor the
    /// websocket takes it for the end: the close frame that says why may still have to be read.
    pub(super) fn forgive_writes(&mut self) {
        self.is_forgiving = true;
    }

    /// The failure that was forgiven since the last call.
    pub(super) fn take_write_failure(&mut self) -> Option<io::Error> {
        self.write_failure.take()
    }

    /// Why nothing more can be sent, as far as it shows without reading: an error, or the peer's end of the stream with
    /// nothing before it.
    pub(super) fn is_broken(&self) -> Option<io::Error> {
        let tcp = self.tcp.get_ref();
        if let Some(error) = tcp.take_error().unwrap_or_else(Some) {
            return Some(error);
        }
        if !self.tcp.buffer().is_empty() || tcp.set_nonblocking(true).is_err() {
            return None;
        }
        let peeked = tcp.peek(&mut [0]);
        match tcp.set_nonblocking(false).and(peeked) {
            Ok(0) => Some(ErrorKind::UnexpectedEof.into()),
            Ok(_) => None,
            Err(e) if is_passing(&e) => None,
            Err(e) => Some(e),
        }
    }

    /// Bytes that ever came, TLS's own included.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }
}

impl Read for Wire {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if !self.tcp.buffer().is_empty() {
            return self.tcp.read(buf);
        }
        loop {
            if let Some(timeout) = self.reading.timeout()? {
                self.tcp.get_ref().set_read_timeout(Some(timeout))?;
            }
            match self.tcp.read(buf) {
                Err(e) if is_passing(&e) => {}
                Err(e) => return Err(e),
                Ok(n) => {
                    self.bytes_read += (n + self.tcp.buffer().len()) as u64;
                    return Ok(n);
                }
            }
        }
    }
}

impl Write for Wire {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        loop {
            if let Some(timeout) = self.writing.timeout()? {
                self.tcp.get_ref().set_write_timeout(Some(timeout))?;
            }
            match self.tcp.get_mut().write(buf) {
                Err(e) if is_passing(&e) => {}
                Err(e) if self.is_forgiving => {
                    self.write_failure = Some(e);
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

/// How long one direction may block, and what the operating system was last told of it.
struct Patience {
    /// `None`: not at all, and without asking the operating system.
    until: Option<Instant>,
    untried: bool,
    told: Duration,
}

impl Patience {
    fn new() -> Patience {
        // A new socket blocks for ever.
        Patience { until: None, untried: false, told: Duration::MAX }
    }

    fn until(&mut self, until: Instant) {
        self.until = Some(until);
        self.untried = true;
    }

    fn hold(&mut self) {
        self.until = None;
    }

    /// The timeout to tell the operating system before the next call, if it has to be told anew.
    ///
    /// Fails with `WouldBlock` when there is no time left.
    fn timeout(&mut self) -> io::Result<Option<Duration>> {
        let until = self.until.ok_or(ErrorKind::WouldBlock)?;
        let left = until.saturating_duration_since(Instant::now());
        let untried = mem::take(&mut self.untried);
        if left.is_zero() && !untried {
            return Err(ErrorKind::WouldBlock.into());
        }
        // Telling is a system call of its own, and the time left is hardly ever the same twice. A
        // timeout that is too short costs one more turn of the caller's loop.
        if self.told <= left.saturating_add(LATENESS) && self.told >= left / 2 {
            return Ok(None);
        }
        // Whole milliseconds, and never the zero that the operating system refuses.
        self.told = Duration::from_millis(u64::try_from(left.as_millis()).unwrap_or(u64::MAX - 1) + 1);
        Ok(Some(self.told))
    }
}

/// Whether the call may be made again: a timeout (`WouldBlock` on Unix, `TimedOut` on Windows) or a
/// signal, which interrupts calls that have a timeout even where others are restarted.
fn is_passing(e: &io::Error) -> bool {
    matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

/// Ends the head of an HTTP answer.
const BLANK_LINE: &[u8; 4] = b"\r\n\r\n";

/// A TLS record, whole.
const READ_BUFFER: usize = 17 * 1024;

/// How late a call may return for the sake of a timeout that was told before.
const LATENESS: Duration = Duration::from_millis(5);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_usual_wait_is_told_once() {
        let mut patience = Patience::new();
        let mut told = 0;
        for _ in 0..100 {
            patience.until(Instant::now() + Duration::from_secs(100));
            told += usize::from(patience.timeout().unwrap().is_some());
        }
        assert_eq!(told, 1);
    }

    #[test]
    fn a_much_shorter_wait_is_told_and_so_is_a_much_longer_one() {
        let mut patience = Patience::new();
        for secs in [100, 10, 100] {
            patience.until(Instant::now() + Duration::from_secs(secs));
            let told = patience.timeout().unwrap().unwrap();
            assert!(told <= Duration::from_secs(secs) + LATENESS, "{told:?}");
            assert!(told > Duration::from_secs(secs / 2), "{told:?}");
        }
    }

    #[test]
    fn with_no_time_left_there_is_one_try_and_its_timeout_is_not_zero() {
        let mut patience = Patience::new();
        patience.until(Instant::now());
        assert_eq!(patience.timeout().unwrap(), Some(Duration::from_millis(1)));
        assert_eq!(patience.timeout().unwrap_err().kind(), ErrorKind::WouldBlock);
    }

    #[test]
    fn on_hold_there_is_not_even_one_try() {
        let mut patience = Patience::new();
        patience.until(Instant::now() + Duration::from_secs(100));
        patience.hold();
        assert_eq!(patience.timeout().unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}
