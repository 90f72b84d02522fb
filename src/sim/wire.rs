//! One gateway connection on its socket: a thread that reads and a thread that writes.

use std::io::{self, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::peer::ConnectionId;
use super::reader::{BINARY, CLOSE, PING, PONG, Reader, TEXT};
use super::server::Shared;

/// How long a client has to answer a close frame.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a client has to answer the ping before a reset.
const RESET_TIMEOUT: Duration = Duration::from_secs(1);

/// What the writing thread is to do.
pub(super) enum Job {
    Write(Vec<u8>),
    Drip { bytes: Vec<u8>, per_chunk: usize, pause: Duration },
    Close(Vec<u8>),
    Reset,
}

impl Job {
    pub(super) fn text(text: &str) -> Job {
        Job::Write(frame(TEXT, text.as_bytes()))
    }

    pub(super) fn dripping(text: &str, per_chunk: usize, pause: Duration) -> Job {
        Job::Drip { bytes: frame(TEXT, text.as_bytes()), per_chunk: per_chunk.max(1), pause }
    }

    pub(super) fn close(code: u16, reason: &str) -> Job {
        Job::Close(frame(CLOSE, &[&code.to_be_bytes(), reason.as_bytes()].concat()))
    }

    pub(super) fn binary(bytes: &[u8]) -> Job {
        Job::Write(frame(BINARY, bytes))
    }

    pub(super) fn oversized() -> Job {
        let length = (64_u64 << 20) + 1;
        Job::Write([&[0x80 | TEXT, 127][..], &length.to_be_bytes(), br#"{"t":"#].concat())
    }
}

/// A whole frame from a server, which is never masked
/// ([RFC 6455, 5.2](https://www.rfc-editor.org/rfc/rfc6455#section-5.2)).
fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x80 | opcode];
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(length @ 0..=125), _) => bytes.push(length),
        (_, Ok(length)) => {
            bytes.push(126);
            bytes.extend(length.to_be_bytes());
        }
        _ => {
            bytes.push(127);
            bytes.extend((payload.len() as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(payload);
    bytes
}

/// Plays a connection to its end. `read` are the bytes that came behind the upgrade.
pub(super) fn serve(shared: &Arc<Shared>, socket: &Arc<TcpStream>, read: &[u8]) {
    let (jobs, queue) = channel();
    let reset = Arc::new(AtomicBool::new(false));
    let writer = {
        let (shared, socket, reset) = (shared.clone(), socket.clone(), reset.clone());
        thread::spawn(move || write(&shared, &socket, &queue, &reset))
    };
    let conn = shared.connect(jobs.clone());
    let half = Half { shared: shared.clone(), socket: socket.clone(), reset };
    receive(shared, conn, Reader::new(read.chain(BufReader::new(half))), &jobs);
    drop(jobs);
    shared.disconnected(conn);
    // The writer may yet have to say goodbye; the socket closes with the last of its owners.
    drop(writer);
}

fn receive(shared: &Shared, conn: ConnectionId, mut reader: Reader<impl Read>, jobs: &Sender<Job>) {
    while let Ok(got) = reader.next() {
        let answer = |opcode| jobs.send(Job::Write(frame(opcode, &got.payload)));
        match got.opcode {
            TEXT => match std::str::from_utf8(&got.payload) {
                Ok(text) => shared.received(conn, text),
                Err(_) => return,
            },
            // No client may send these, and the peer will say so.
            BINARY => shared.received(conn, ""),
            CLOSE => {
                let code = got.payload.first_chunk().map(|code| u16::from_be_bytes(*code));
                shared.closed(conn, code);
                // Where the writing thread is gone already, nobody waits for an answer.
                let _ = answer(CLOSE);
                return;
            }
            PING => drop(answer(PONG)),
            _ => {}
        }
    }
}

fn write(shared: &Shared, socket: &TcpStream, queue: &Receiver<Job>, reset: &AtomicBool) {
    let mut to = socket;
    while let Ok(job) = queue.recv() {
        if !shared.pass_black_hole() {
            break;
        }
        let written = match job {
            Job::Write(bytes) => to.write_all(&bytes),
            Job::Drip { bytes, per_chunk, pause } => bytes.chunks(per_chunk).try_for_each(|chunk| {
                to.write_all(chunk)?;
                shared.sleep(pause);
                Ok(())
            }),
            Job::Close(bytes) => {
                let written = to.write_all(&bytes);
                wait_for_end(queue, CLOSE_TIMEOUT);
                written.and(Err(io::ErrorKind::ConnectionAborted.into()))
            }
            Job::Reset => {
                // A socket closed over unread bytes is reset: the pong stays unread.
                reset.store(true, Ordering::SeqCst);
                if to.write_all(&frame(PING, b"")).is_ok() && wait_for_end(queue, RESET_TIMEOUT) {
                    return;
                }
                break;
            }
        };
        if written.is_err() {
            break;
        }
    }
    let _ = socket.shutdown(Shutdown::Both);
}

/// Waits until the reading thread is gone, and says whether it is.
fn wait_for_end(queue: &Receiver<Job>, timeout: Duration) -> bool {
    loop {
        match queue.recv_timeout(timeout) {
            Ok(_) => {}
            Err(end) => return end == RecvTimeoutError::Disconnected,
        }
    }
}

/// What the reading thread reads from. What it has to say goes through the other thread.
struct Half {
    shared: Arc<Shared>,
    socket: Arc<TcpStream>,
    reset: Arc<AtomicBool>,
}

impl Read for Half {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.socket.peek(&mut [0])?;
        if self.reset.load(Ordering::SeqCst) || !self.shared.pass_black_hole() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        (&*self.socket).read(buffer)
    }
}
