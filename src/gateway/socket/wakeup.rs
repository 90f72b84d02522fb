//! Ends a wait for a connection from another thread.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The maximum time of a wait without a [`Wakeup`]'s socket.
const MAX_WAIT_WITHOUT: Duration = Duration::from_millis(100);
/// The maximum time of any wait. Windows takes up to 24 days.
const MAX_WAIT: Duration = Duration::from_secs(24 * 3600);

/// Wakes a thread that waits for its connection.
///
/// A UDP socket on loopback that sends to itself: every platform can wait for it together with a connection.
pub(crate) struct Wakeup {
    /// `None` if the system gives none. Waits are short then, so that the thread sees in time what it is woken for.
    socket: Option<UdpSocket>,
}

impl Wakeup {
    pub(crate) fn new() -> Wakeup {
        let socket = connect().inspect_err(|e| {
            log::debug!(
                "no socket to wake a shard with: {e}; it looks for requests ten times a second instead"
            );
        });
        Wakeup { socket: socket.ok() }
    }

    /// Ends the present wait, or the next one.
    pub(crate) fn wake(&self) {
        if let Some(socket) = &self.socket {
            // It fails only while earlier wake-ups fill the buffer. Then the shard is woken by them.
            let _ = socket.send(&[0]);
        }
    }

    /// Waits until the connection has data or has ended, until it is woken, or until the deadline. May return too early.
    /// Returns whether the connection has data or has ended.
    pub(super) fn wait(&self, tcp: &TcpStream, until: Instant) -> bool {
        let longest = if self.socket.is_some() { MAX_WAIT } else { MAX_WAIT_WITHOUT };
        let timeout = until.saturating_duration_since(Instant::now()).min(longest);
        let timeout = Timespec::try_from(timeout).expect("a day is a valid timeout");
        let connection = PollFd::new(tcp, PollFlags::IN);
        let Some(socket) = &self.socket else {
            return poll(&mut [connection], Some(&timeout)).is_ok_and(|ready| ready > 0);
        };
        let mut sources = [connection, PollFd::new(socket, PollFlags::IN)];
        // An interrupted wait returns early.
        if poll(&mut sources, Some(&timeout)).is_err() {
            return false;
        }
        if !sources[1].revents().is_empty() {
            while socket.recv(&mut [0]).is_ok() {}
        }
        !sources[0].revents().is_empty()
    }
}

impl fmt::Debug for Wakeup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wakeup").field("has_socket", &self.socket.is_some()).finish()
    }
}

/// A socket that is connected to itself, and so receives nothing from others.
fn connect() -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.connect(socket.local_addr()?)?;
    socket.set_nonblocking(true)?;
    // Fails where loopback is switched off.
    socket.send(&[0])?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write;
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{MAX_WAIT_WITHOUT, Wakeup};

    const LONG: Duration = Duration::from_secs(60);

    /// Both ends of a connection.
    fn connection() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (near, listener.accept().unwrap().0)
    }

    /// A wakeup that no one has woken yet.
    fn wakeup(near: &TcpStream) -> Wakeup {
        let wakeup = Wakeup::new();
        assert!(wakeup.socket.is_some());
        // The first wait ends at once, because of the probe.
        wakeup.wait(near, Instant::now() + LONG);
        wakeup
    }

    /// How long it waits, if it may wait for a minute.
    fn waited(wakeup: &Wakeup, near: &TcpStream) -> Duration {
        let start = Instant::now();
        wakeup.wait(near, start + LONG);
        start.elapsed()
    }

    #[test]
    fn a_wait_ends_when_it_is_woken_also_if_that_was_before_it_began() {
        let (near, _far) = connection();
        let wakeup = Arc::new(wakeup(&near));
        for _ in 0..3 {
            wakeup.wake();
        }
        assert!(waited(&wakeup, &near) < LONG / 2);
        let from_another_thread = Arc::clone(&wakeup);
        let waker = thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            from_another_thread.wake();
        });
        assert!(waited(&wakeup, &near) < LONG / 2);
        waker.join().unwrap();
    }

    #[test]
    fn all_wake_ups_together_end_one_wait() {
        let (near, _far) = connection();
        let wakeup = wakeup(&near);
        // More than the buffer of a socket has room for.
        for _ in 0..10_000 {
            wakeup.wake();
        }
        assert!(waited(&wakeup, &near) < LONG / 2);
        let start = Instant::now();
        wakeup.wait(&near, start + Duration::from_millis(50));
        assert!(start.elapsed() >= Duration::from_millis(50));
    }

    #[test]
    fn a_wait_ends_with_data_and_with_the_end_of_the_connection() {
        let (near, mut far) = connection();
        let wakeup = wakeup(&near);
        far.write_all(b"x").unwrap();
        assert!(wakeup.wait(&near, Instant::now() + LONG));
        let (near, far) = connection();
        drop(far);
        assert!(wakeup.wait(&near, Instant::now() + LONG));
        let (near, _far) = connection();
        assert!(!wakeup.wait(&near, Instant::now()));
    }

    #[test]
    fn without_a_socket_a_wait_is_short() {
        let (near, _far) = connection();
        let waited = waited(&Wakeup { socket: None }, &near);
        assert!(waited >= MAX_WAIT_WITHOUT && waited < LONG / 2, "{waited:?}");
    }
}
