//! The buffer between a connection and what reads it. Only a connection with unread bytes holds memory, and gives it to the next
//! one: with many shards it stays in the processor's cache, and idle shards need none.

use std::io::{self, Read};
use std::net::TcpStream;
use std::ops::Range;

use crate::sync::Mutex;

/// Enough for four whole TLS records. Half of it takes twice the system calls where events arrive fast, and more of it gains
/// nothing.
const SIZE: usize = 66 * 1024;

/// Maximum number of unused blocks that are kept. Hardly more connections are read at the same moment.
const MAX_SPARE: usize = 8;

/// Unused blocks of memory, for all connections of the process.
static SPARE: Mutex<Vec<Box<[u8]>>> = Mutex::new(Vec::new());

/// Bytes that were received and not read yet.
///
/// OpenSSL reads a record in two steps, first its length, and tungstenite reads little at once. With the buffer they are one
/// system call.
#[derive(Default)]
pub(super) struct ReadBuffer {
    /// `None` if nothing is unread.
    block: Option<Box<[u8]>>,
    unread: Range<usize>,
}

impl ReadBuffer {
    pub(super) fn is_empty(&self) -> bool {
        self.unread.is_empty()
    }

    /// Receives bytes into an empty buffer. Returns their number, and whether they fill the buffer: there are probably more.
    pub(super) fn receive(&mut self, mut tcp: &TcpStream) -> io::Result<(usize, bool)> {
        debug_assert!(self.is_empty(), "unread bytes would be lost");
        let spare = SPARE.lock().pop();
        let mut block = spare.unwrap_or_else(|| vec![0; SIZE].into_boxed_slice());
        let received = tcp.read(&mut block);
        self.block = Some(block);
        self.unread = 0..received.as_ref().copied().unwrap_or_default();
        self.release_if_empty();
        received.map(|count| (count, count == SIZE))
    }

    /// Moves the oldest bytes to `target`. Returns their number.
    pub(super) fn read(&mut self, target: &mut [u8]) -> usize {
        let Some(block) = &self.block else { return 0 };
        let unread = &block[self.unread.clone()];
        let count = unread.len().min(target.len());
        target[..count].copy_from_slice(&unread[..count]);
        self.unread.start += count;
        self.release_if_empty();
        count
    }

    fn release_if_empty(&mut self) {
        if self.is_empty() {
            self.release();
        }
    }

    fn release(&mut self) {
        let Some(block) = self.block.take() else { return };
        let mut spare = SPARE.lock();
        if spare.len() < MAX_SPARE {
            spare.push(block);
        }
    }
}

impl Drop for ReadBuffer {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write;
    use std::net::{TcpListener, TcpStream};
    use std::time::Duration;

    use super::{ReadBuffer, SIZE};

    /// Both ends of a connection.
    fn connection() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (near, listener.accept().unwrap().0)
    }

    #[test]
    fn bytes_are_read_in_order_and_an_empty_buffer_holds_no_memory() {
        let (near, mut far) = connection();
        let mut buffer = ReadBuffer::default();
        far.write_all(b"one two").unwrap();
        assert_eq!(buffer.receive(&near).unwrap(), (7, false));
        let mut target = [0; 4];
        assert_eq!((buffer.read(&mut target), &target), (4, b"one "));
        assert!(!buffer.is_empty() && buffer.block.is_some());
        assert_eq!((buffer.read(&mut target), &target[..3]), (3, &b"two"[..]));
        assert!(buffer.is_empty() && buffer.block.is_none());
        assert_eq!(buffer.read(&mut target), 0);
    }

    #[test]
    fn neither_an_error_nor_the_end_holds_memory() {
        let (near, far) = connection();
        let mut buffer = ReadBuffer::default();
        near.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        assert!(buffer.receive(&near).is_err() && buffer.block.is_none());
        drop(far);
        assert_eq!(buffer.receive(&near).unwrap(), (0, false));
        assert!(buffer.block.is_none());
    }

    #[test]
    fn connections_that_use_the_memory_in_turns_see_only_their_own_bytes() {
        let mut connections: Vec<_> = (0..20_u8).map(|n| (n, connection(), ReadBuffer::default())).collect();
        for _ in 0..3 {
            for (n, (near, far), buffer) in &mut connections {
                far.write_all(&[*n; 10]).unwrap();
                assert_eq!(buffer.receive(near).unwrap(), (10, false));
            }
            for (n, _, buffer) in &mut connections {
                let mut target = [255; SIZE];
                let count = buffer.read(&mut target);
                assert_eq!(target[..count], [*n; 10]);
            }
        }
    }
}
