//! Hides the secrets of a response from ureq, which logs every byte that it receives.
//!
//! A response can repeat the token of its request's path, for example in `Location`, and the body of a webhook contains
//! its token. So the headers that the crate does not use are removed, and the body is masked: each of its bytes is
//! inverted until ureq has returned it. A compressed body is not readable in a log, so it stays as it is.

use std::fmt;

use ureq::http::Uri;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport};

use super::connect::is_api;

/// The header that marks a masked body.
pub(in crate::rest) const MASKED: &str = "x-syncord-masked";

/// The headers that are kept, in addition to those that start with [`RATE_LIMIT`].
const KEPT: [&str; 9] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "retry-after",
    "server",
    "transfer-encoding",
    "via",
];

const RATE_LIMIT: &str = "x-ratelimit-";

/// Maximum size of a head. ureq does not accept a larger one.
const MAX_HEAD: usize = 64 * 1024;

/// Inverts the bytes of a body, or restores them.
pub(in crate::rest) fn invert(body: &mut [u8]) {
    for byte in body {
        *byte = !*byte;
    }
}

/// Masks the responses of the API.
pub(super) struct MaskLayer {
    pub(super) api: Uri,
}

impl<In: Transport> Connector<In> for MaskLayer {
    type Out = Either<In, MaskTransport<In>>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(|inner| {
            // What a proxy transfers is encrypted.
            if is_api(details.uri, &self.api) {
                Either::B(MaskTransport { inner, mask: Mask::default(), input: Input::default() })
            } else {
                Either::A(inner)
            }
        }))
    }
}

pub(super) struct MaskTransport<In> {
    inner: In,
    mask: Mask,
    input: Input,
}

/// Masked bytes that ureq has not read yet.
#[derive(Default)]
struct Input {
    bytes: Vec<u8>,
    consumed: usize,
    /// Whether ureq could use the input when it last looked.
    is_progress: bool,
}

impl<In: Transport> Transport for MaskTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.mask = Mask::default();
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let has_input = self.inner.await_input(timeout)?;
        let received = self.inner.buffers().input();
        let count = received.len();
        self.mask.push(received, &mut self.input.bytes);
        self.inner.buffers().input_consume(count);
        Ok(has_input)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl<In: Transport> Buffers for MaskTransport<In> {
    fn output(&mut self) -> &mut [u8] {
        self.inner.buffers().output()
    }

    fn input(&self) -> &[u8] {
        &self.input.bytes[self.input.consumed..]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        // Only `await_input` adds input.
        &mut []
    }

    fn input_appended(&mut self, _: usize) {}

    fn input_consume(&mut self, amount: usize) {
        self.input.is_progress = amount > 0;
        self.input.consumed += amount;
        if self.input.consumed >= self.input.bytes.len() {
            self.input.bytes.clear();
            self.input.consumed = 0;
        }
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.inner.buffers().tmp_and_output()
    }

    fn can_use_input(&self) -> bool {
        !self.input().is_empty() && self.input.is_progress
    }
}

/// What the next byte of a response belongs to.
enum Mask {
    /// The head, of which this much has arrived.
    Head(Vec<u8>),
    /// A body without chunks.
    Body,
    /// The length of a chunk, or what follows it in the same line.
    ChunkLength { length: u64, is_over: bool },
    /// A chunk of which this many bytes are missing.
    Chunk(u64),
    /// The end of the line after a chunk.
    ChunkEnd,
    /// Nothing that has to be masked.
    Plain,
}

impl Default for Mask {
    fn default() -> Self {
        Mask::Head(Vec::new())
    }
}

impl Mask {
    const NEW_CHUNK: Mask = Mask::ChunkLength { length: 0, is_over: false };

    /// Adds received bytes to the output.
    fn push(&mut self, mut received: &[u8], output: &mut Vec<u8>) {
        while !received.is_empty() {
            let count = self.step(received, output);
            received = &received[count..];
        }
    }

    /// Processes bytes of one state. Returns their number, which is at least one.
    fn step(&mut self, received: &[u8], output: &mut Vec<u8>) -> usize {
        let count = match self {
            Mask::Head(_) => return self.head(received, output),
            Mask::Body | Mask::Plain => received.len(),
            Mask::Chunk(missing) => {
                let count = usize::try_from(*missing).map_or(received.len(), |most| most.min(received.len()));
                *missing -= count as u64;
                count
            }
            Mask::ChunkLength { .. } | Mask::ChunkEnd => 1,
        };
        let from = output.len();
        output.extend_from_slice(&received[..count]);
        match self {
            Mask::Body | Mask::Chunk(_) => invert(&mut output[from..]),
            _ => {}
        }
        self.advance(received[0]);
        count
    }

    /// Enters the next state, if this byte was the last one of the current state.
    fn advance(&mut self, byte: u8) {
        let next = match self {
            Mask::Chunk(0) => Mask::ChunkEnd,
            Mask::ChunkEnd if byte == b'\n' => Mask::NEW_CHUNK,
            // The trailer follows.
            Mask::ChunkLength { length: 0, .. } if byte == b'\n' => Mask::Plain,
            Mask::ChunkLength { length, .. } if byte == b'\n' => Mask::Chunk(*length),
            Mask::ChunkLength { length, is_over } => {
                match char::from(byte).to_digit(16).filter(|_| !*is_over) {
                    Some(digit) => *length = length.saturating_mul(16).saturating_add(u64::from(digit)),
                    None => *is_over = true,
                }
                return;
            }
            _ => return,
        };
        *self = next;
    }

    /// Collects a head, and adds what is kept of it to the output.
    fn head(&mut self, received: &[u8], output: &mut Vec<u8>) -> usize {
        let Mask::Head(head) = self else { return received.len() };
        let before = head.len();
        head.extend_from_slice(received);
        let Some(end) = end_of_head(head, before) else {
            if head.len() > MAX_HEAD {
                output.append(head);
                *self = Mask::Plain;
            }
            return received.len();
        };
        let rewritten = Head::read(&head[..end]);
        let count = end - before;
        output.extend(rewritten.kept);
        *self = rewritten.next;
        count
    }
}

/// The length of the head, whose first `before` bytes do not contain its end.
fn end_of_head(head: &[u8], before: usize) -> Option<usize> {
    let from = before.saturating_sub(3);
    let line_ends = (from..head.len()).filter(|at| head[*at] == b'\n');
    line_ends
        .map(|at| &head[at + 1..])
        .find_map(|rest| match rest {
            [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Some(rest.len()),
            _ => None,
        })
        .map(|behind| head.len() - behind)
}

/// The head of a response after it was read.
struct Head {
    kept: Vec<u8>,
    next: Mask,
}

impl Head {
    fn read(head: &[u8]) -> Head {
        let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
        // Version and status. The words after it can be anything.
        let words: Vec<_> = lines.next().unwrap_or_default().split(|byte| *byte == b' ').take(2).collect();
        let mut kept = words.join(&b' ');
        kept.extend(b"\r\n");
        let (mut is_chunked, mut is_compressed) = (false, false);
        for line in lines {
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
            let (name, value) = (line[..colon].to_ascii_lowercase(), line[colon + 1..].trim_ascii());
            let name = String::from_utf8_lossy(&name);
            match &*name {
                "transfer-encoding" => {
                    is_chunked |= value.to_ascii_lowercase().windows(7).any(|part| part == b"chunked");
                }
                "content-encoding" => is_compressed |= !value.eq_ignore_ascii_case(b"identity"),
                "location" => {
                    kept.extend(b"location: ");
                    kept.extend(origin(value));
                    kept.extend(b"\r\n");
                }
                _ => {}
            }
            if KEPT.contains(&&*name) || name.starts_with(RATE_LIMIT) {
                kept.extend(line);
                kept.extend(b"\r\n");
            }
        }
        let is_interim = words.get(1).is_some_and(|status| status.starts_with(b"1"));
        let is_old = words.first().is_some_and(|version| version.ends_with(b"/1.0"));
        let next = match (is_interim, is_compressed, is_chunked && !is_old) {
            (true, ..) => Mask::default(),
            (_, true, _) => Mask::Plain,
            (.., true) => Mask::NEW_CHUNK,
            _ => Mask::Body,
        };
        if matches!(next, Mask::ChunkLength { .. } | Mask::Body) {
            kept.extend(MASKED.as_bytes());
            kept.extend(b": 1\r\n");
        }
        kept.extend(b"\r\n");
        Head { kept, next }
    }
}

/// The scheme and host of a URL, for the error message about a redirect.
fn origin(url: &[u8]) -> Vec<u8> {
    let uri = Uri::try_from(url).unwrap_or_default();
    match (uri.scheme_str(), uri.host()) {
        (Some(scheme), Some(host)) => format!("{scheme}://{host}").into_bytes(),
        _ => b"(the same server)".to_vec(),
    }
}

impl<In: fmt::Debug> fmt::Debug for MaskTransport<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MaskTransport").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl fmt::Debug for MaskLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaskLayer")
    }
}

#[cfg(test)]
mod tests;
