//! One gateway connection on its socket: a reading thread and a writing thread.

use std::io::{self, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::compress::Compressor;
use super::hub::Hub;
use super::outgoing::{Outgoing, text_frame};
use super::peer::ConnectionId;
use super::websocket::{BINARY, CLOSE, PING, PONG, Reader, TEXT, frame};

/// How long a client has to answer a close frame.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a client has to answer the ping before a reset.
const RESET_TIMEOUT: Duration = Duration::from_secs(1);

/// Serves a connection until it ends. `already_read` are the bytes that followed the upgrade request.
pub(super) fn serve(
    hub: &Arc<Hub>,
    socket: &Arc<TcpStream>,
    compressor: Option<Compressor>,
    already_read: &[u8],
) {
    let (sender, queue) = channel();
    let reset = Arc::new(AtomicBool::new(false));
    let conn = hub.connect(sender.clone());
    let writer = {
        let (hub, socket, reset) = (hub.clone(), socket.clone(), reset.clone());
        thread::spawn(move || write(&hub, conn, &socket, &queue, &reset, compressor))
    };
    let incoming = Incoming { hub: hub.clone(), conn, socket: socket.clone(), reset };
    receive(hub, conn, Reader::new(already_read.chain(BufReader::new(incoming))), &sender);
    drop(sender);
    hub.disconnected(conn);
    // Not joined: the writer may still have to send a close frame. The socket closes with its last owner.
    drop(writer);
}

fn receive(hub: &Hub, conn: ConnectionId, mut reader: Reader<impl Read>, sender: &Sender<Outgoing>) {
    while let Ok(message) = reader.next() {
        let answer = |opcode| sender.send(Outgoing::Write(frame(opcode, &message.payload)));
        match message.opcode {
            TEXT => match std::str::from_utf8(&message.payload) {
                Ok(text) => hub.received(conn, text),
                Err(_) => return,
            },
            // A client must not send these. The peer rejects the empty text.
            BINARY => hub.received(conn, ""),
            CLOSE => {
                let code = message.payload.first_chunk().map(|code| u16::from_be_bytes(*code));
                hub.closed(conn, code);
                // Sending fails when the writing thread has ended. No answer is needed then.
                let _ = answer(CLOSE);
                return;
            }
            PING => drop(answer(PONG)),
            PONG => hub.change(|state, _| state.pings.answered(conn, &message.payload)),
            _ => {}
        }
    }
}

fn write(
    hub: &Hub,
    conn: ConnectionId,
    mut socket: &TcpStream,
    queue: &Receiver<Outgoing>,
    reset: &AtomicBool,
    mut compressor: Option<Compressor>,
) {
    while let Ok(outgoing) = queue.recv() {
        if !hub.wait_out_black_hole(Some(conn)) {
            break;
        }
        let written = match outgoing {
            Outgoing::Text(text) => socket.write_all(&text_frame(&text, &mut compressor)),
            Outgoing::Write(bytes) => socket.write_all(&bytes),
            Outgoing::TextSlowly { text, per_chunk, pause } => {
                text_frame(&text, &mut compressor).chunks(per_chunk).try_for_each(|chunk| {
                    socket.write_all(chunk)?;
                    hub.sleep(pause);
                    Ok(())
                })
            }
            Outgoing::Close(bytes) => {
                let written = socket.write_all(&bytes);
                wait_for_reader_end(queue, CLOSE_TIMEOUT);
                written.and(Err(io::ErrorKind::ConnectionAborted.into()))
            }
            Outgoing::Reset => {
                // Closing a socket with unread bytes resets the connection. The pong is left unread for this.
                reset.store(true, Ordering::SeqCst);
                if socket.write_all(&frame(PING, b"")).is_ok() && wait_for_reader_end(queue, RESET_TIMEOUT) {
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

/// Waits until the reading thread has ended. Returns whether it has.
fn wait_for_reader_end(queue: &Receiver<Outgoing>, timeout: Duration) -> bool {
    loop {
        match queue.recv_timeout(timeout) {
            Ok(_) => {}
            Err(error) => return error == RecvTimeoutError::Disconnected,
        }
    }
}

/// The source of the reading thread.
struct Incoming {
    hub: Arc<Hub>,
    conn: ConnectionId,
    socket: Arc<TcpStream>,
    reset: Arc<AtomicBool>,
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.socket.peek(&mut [0])?;
        if self.reset.load(Ordering::SeqCst) || !self.hub.wait_out_black_hole(Some(self.conn)) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        (&*self.socket).read(buffer)
    }
}
