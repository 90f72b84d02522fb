//! A TCP connection that waits with `poll`.
//!
//! ureq's own sets the timeouts of the socket, before each write and read if the deadline of a call is near, and needs three
//! system calls to find out whether an idle connection is still open. They come before the request leaves.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use ureq::config::Config;
use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use crate::rest::cut::Connection;

/// The minimum time for one of several addresses.
const MIN_TRY: Duration = Duration::from_millis(10);

/// The maximum time of one `poll`. On Windows, a shutdown by another thread does not end it, so it has to be looked for.
/// Elsewhere it is far beyond any timeout.
const MAX_POLL: Duration =
    if cfg!(windows) { Duration::from_millis(100) } else { Duration::from_secs(24 * 3600) };

/// Connects to the first address that responds. Each address has half of the time that is left, and the last one all of it.
///
/// # Errors
///
/// Why the last address failed.
pub(super) fn connect(addresses: &[SocketAddr], time: Duration) -> io::Result<TcpStream> {
    let begun = Instant::now();
    let mut failure = io::Error::from(ErrorKind::ConnectionRefused);
    for (n, address) in addresses.iter().enumerate() {
        let left = time.saturating_sub(begun.elapsed());
        let is_last = n + 1 == addresses.len();
        let share = if is_last { left } else { left / 2 };
        let connected = TcpStream::connect_timeout(address, share.max(MIN_TRY)).and_then(|stream| {
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            Ok(stream)
        });
        match connected {
            Ok(stream) => return Ok(stream),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// A connection without TLS.
pub(super) struct TcpTransport {
    /// Shared with what [cuts](crate::rest::cut) the calls.
    stream: Arc<TcpStream>,
    buffers: LazyBuffers,
}

impl TcpTransport {
    /// `stream` does not block.
    pub(super) fn new(stream: TcpStream, config: &Config) -> TcpTransport {
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        TcpTransport { stream: Arc::new(stream), buffers }
    }

    /// What shuts the connection down from another thread.
    pub(super) fn connection(&self) -> Connection {
        Arc::downgrade(&self.stream) as Connection
    }
}

/// Waits until the connection can be read or written, or has ended.
///
/// # Errors
///
/// A timeout, or an error of the system.
fn wait(stream: &TcpStream, flags: PollFlags, timeout: NextTimeout) -> Result<(), ureq::Error> {
    let begun = Instant::now();
    loop {
        let left = timeout.after.saturating_sub(begun.elapsed());
        if is_ready(stream, flags, left.min(MAX_POLL))? {
            return Ok(());
        }
        if begun.elapsed() >= *timeout.after {
            return Err(ureq::Error::Timeout(timeout.reason));
        }
        if cfg!(windows) && has_ended(stream) {
            return Ok(());
        }
    }
}

/// Whether the connection can be read or written, or has ended. May return false too early.
fn is_ready(stream: &TcpStream, flags: PollFlags, timeout: Duration) -> io::Result<bool> {
    let timeout = Timespec::try_from(timeout).expect("a day is a valid timeout");
    match poll(&mut [PollFd::new(stream, flags)], Some(&timeout)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether nothing more will be read, because the other side or another thread has shut the connection down.
fn has_ended(stream: &TcpStream) -> bool {
    matches!(stream.peek(&mut [0]), Ok(0))
}

impl Transport for TcpTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let begun = Instant::now();
        let mut rest = &self.buffers.output()[..amount];
        while !rest.is_empty() {
            match (&*self.stream).write(rest) {
                Ok(0) => return Err(io::Error::from(ErrorKind::WriteZero).into()),
                Ok(count) => rest = &rest[count..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let left = timeout.after.saturating_sub(begun.elapsed());
                    let timeout = NextTimeout { after: left.into(), ..timeout };
                    wait(&self.stream, PollFlags::OUT, timeout.for_write())?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let timeout = timeout.for_read();
        loop {
            wait(&self.stream, PollFlags::IN, timeout)?;
            match (&*self.stream).read(self.buffers.input_append_buf()) {
                Ok(count) => {
                    self.buffers.input_appended(count);
                    return Ok(count > 0);
                }
                // The system may be wrong.
                Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Discord sends nothing without a request, so an idle connection with anything to read has ended.
    fn is_open(&mut self) -> bool {
        is_ready(&self.stream, PollFlags::IN, Duration::ZERO).is_ok_and(|has_input| !has_input)
    }
}

impl fmt::Debug for TcpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcpTransport").field("address", &self.stream.peer_addr().ok()).finish()
    }
}

#[cfg(test)]
mod tests;
