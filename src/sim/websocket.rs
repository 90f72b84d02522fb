//! WebSocket frames ([RFC 6455, 5.2](https://www.rfc-editor.org/rfc/rfc6455#section-5.2)), as bytes.
//!
//! Written by hand instead of with a library, for two reasons. [Faults](super::Fault) need raw frames: oversized ones,
//! and ones that arrive in pieces. And a library logs the frames that it receives, which contain the token.

use std::io::{self, Read};

pub(super) const TEXT: u8 = 1;
pub(super) const BINARY: u8 = 2;
pub(super) const CLOSE: u8 = 8;
pub(super) const PING: u8 = 9;
pub(super) const PONG: u8 = 10;

const CONTINUATION: u8 = 0;

/// Maximum length of a client's frame.
const MAX_LENGTH: u64 = 16 << 20;

/// Builds a whole frame of a server. These are never masked.
pub(super) fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
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

/// A message, complete and unmasked.
pub(super) struct Received {
    pub(super) opcode: u8,
    pub(super) payload: Vec<u8>,
}

/// Reads a client's messages.
pub(super) struct Reader<R> {
    source: R,
    /// The first frames of a message whose last frame has not arrived.
    partial: Option<Received>,
}

impl<R: Read> Reader<R> {
    pub(super) fn new(source: R) -> Self {
        Reader { source, partial: None }
    }

    /// Returns the next message. Control frames may come between the frames of another message.
    pub(super) fn next(&mut self) -> io::Result<Received> {
        loop {
            let (is_last, frame) = self.frame()?;
            if frame.opcode >= CLOSE {
                return Ok(frame);
            }
            let message = match (self.partial.take(), frame.opcode) {
                (None, TEXT | BINARY) => frame,
                (Some(mut partial), CONTINUATION) => {
                    partial.payload.extend(frame.payload);
                    partial
                }
                _ => return Err(invalid("a frame that does not continue the message")),
            };
            if is_last {
                return Ok(message);
            }
            self.partial = Some(message);
        }
    }

    /// Reads one frame, and whether it is the last one of its message.
    fn frame(&mut self) -> io::Result<(bool, Received)> {
        let [first, second] = self.bytes()?;
        let length = match second & 0x7f {
            126 => u64::from(u16::from_be_bytes(self.bytes()?)),
            127 => u64::from_be_bytes(self.bytes()?),
            length => u64::from(length),
        };
        let (has_reserved_bits, is_masked) = (first & 0x70 != 0, second & 0x80 != 0);
        if has_reserved_bits || !is_masked || length > MAX_LENGTH {
            return Err(invalid("a frame that a client must not send"));
        }
        let mask: [u8; 4] = self.bytes()?;
        let mut payload = Vec::new();
        (&mut self.source).take(length).read_to_end(&mut payload)?;
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
        self.source.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::{PING, Reader, TEXT};

    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [1, 2, 3, 4];
        // The tests use only lengths that fit into the short form.
        let length = u8::try_from(payload.len()).unwrap_or(125);
        let masked = payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask);
        [first, 0x80 | length].into_iter().chain(mask).chain(masked).collect()
    }

    fn read(bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
        let mut reader = Reader::new(bytes);
        std::iter::from_fn(|| reader.next().ok()).map(|got| (got.opcode, got.payload)).collect()
    }

    #[test]
    fn a_fragmented_message_is_joined_around_a_ping() {
        let bytes =
            [frame(0x01, b"he"), frame(0x89, b"!"), frame(0x80, b"llo"), frame(0x81, b"bye")].concat();
        assert_eq!(read(&bytes), [(PING, b"!".to_vec()), (TEXT, b"hello".to_vec()), (TEXT, b"bye".to_vec())]);
    }

    #[test]
    fn invalid_frames_end_the_connection() {
        for bytes in [
            &b"\x81\x02ok"[..],                                 // not masked
            &b"\x81\xff\xff\0\0\0\0\0\0\0\x01\x02\x03\x04"[..], // too long
            &frame(0xc1, b"ok"),                                // reserved bit set
            &frame(0x80, b"ok"),                                // continues no message
            &frame(0x81, b"ok")[..7],                           // cut off
        ] {
            assert_eq!(read(bytes), [], "{bytes:?}");
        }
    }
}
