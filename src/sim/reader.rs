//! What a client sends, frame by frame. Read by hand, since a websocket library logs what it receives, and the
//! token is in it.

use std::io::{self, Read};

pub(super) const TEXT: u8 = 1;
pub(super) const BINARY: u8 = 2;
pub(super) const CLOSE: u8 = 8;
pub(super) const PING: u8 = 9;
pub(super) const PONG: u8 = 10;

/// No client has more to say at once.
const LONGEST: u64 = 16 << 20;

/// A message, whole and unmasked.
pub(super) struct Received {
    pub(super) opcode: u8,
    pub(super) payload: Vec<u8>,
}

/// Reads messages from a client ([RFC 6455, 5.2](https://www.rfc-editor.org/rfc/rfc6455#section-5.2)).
pub(super) struct Reader<R> {
    from: R,
    /// The beginning of a message that comes in several frames.
    begun: Option<Received>,
}

impl<R: Read> Reader<R> {
    pub(super) fn new(from: R) -> Self {
        Reader { from, begun: None }
    }

    /// The next message; control frames may come between the parts of another.
    pub(super) fn next(&mut self) -> io::Result<Received> {
        loop {
            let (is_last, frame) = self.frame()?;
            if frame.opcode >= CLOSE {
                return Ok(frame);
            }
            let message = match (self.begun.take(), frame.opcode) {
                (None, TEXT | BINARY) => frame,
                (Some(mut begun), 0) => {
                    begun.payload.extend(frame.payload);
                    begun
                }
                _ => return Err(broken("a part of another message")),
            };
            if is_last {
                return Ok(message);
            }
            self.begun = Some(message);
        }
    }

    /// One frame, and whether it is the last of its message.
    fn frame(&mut self) -> io::Result<(bool, Received)> {
        let [first, second] = self.bytes()?;
        let length = match second & 0x7f {
            126 => u64::from(u16::from_be_bytes(self.bytes()?)),
            127 => u64::from_be_bytes(self.bytes()?),
            length => u64::from(length),
        };
        if first & 0x70 != 0 || second & 0x80 == 0 || length > LONGEST {
            return Err(broken("a frame that no client may send"));
        }
        let mask: [u8; 4] = self.bytes()?;
        let mut payload = Vec::new();
        (&mut self.from).take(length).read_to_end(&mut payload)?;
        if payload.len() as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (byte, mask) in payload.iter_mut().zip(mask.iter().cycle()) {
            *byte ^= mask;
        }
        Ok((first & 0x80 != 0, Received { opcode: first & 0x0f, payload }))
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::{PING, Reader, TEXT};

    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [1, 2, 3, 4];
        // Every length fits the short form here.
        let length = u8::try_from(payload.len()).unwrap_or(125);
        let masked = payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask);
        [first, 0x80 | length].into_iter().chain(mask).chain(masked).collect()
    }

    fn read(bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
        let mut reader = Reader::new(bytes);
        std::iter::from_fn(|| reader.next().ok()).map(|got| (got.opcode, got.payload)).collect()
    }

    #[test]
    fn a_message_in_parts_is_put_together_around_a_ping() {
        let bytes =
            [frame(0x01, b"he"), frame(0x89, b"!"), frame(0x80, b"llo"), frame(0x81, b"bye")].concat();
        assert_eq!(read(&bytes), [(PING, b"!".to_vec()), (TEXT, b"hello".to_vec()), (TEXT, b"bye".to_vec())]);
    }

    #[test]
    fn what_no_client_may_send_ends_it() {
        for bytes in [
            &b"\x81\x02ok"[..],                                 // not masked
            &b"\x81\xff\xff\0\0\0\0\0\0\0\x01\x02\x03\x04"[..], // too long
            &frame(0xc1, b"ok"),                                // compressed
            &frame(0x80, b"ok"),                                // the end of nothing
            &frame(0x81, b"ok")[..7],                           // cut off
        ] {
            assert_eq!(read(bytes), [], "{bytes:?}");
        }
    }
}
