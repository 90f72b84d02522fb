//! Decompresses what the gateway sends ([transport compression](https://docs.discord.com/developers/events/gateway#transport-compression)).
//!
//! All messages of a connection are one compressed stream, so each connection has its own decompressor.

use flate2::{Decompress, FlushDecompress, Status};

use super::config::Compression;

/// The end of a zlib stream's message: an empty block, by which the sender flushes.
const ZLIB_SUFFIX: [u8; 4] = [0, 0, 0xff, 0xff];

/// The memory for a message before its size is known, as a multiple of its compressed size.
const USUAL_RATIO: usize = 6;
const MIN_CAPACITY: usize = 1024;

/// The decompressor of a connection.
pub(super) struct Decompressor {
    stream: Stream,
    /// What was decompressed of the current message.
    message: Vec<u8>,
    /// The last bytes that were received.
    tail: [u8; 4],
    max_message_bytes: usize,
}

enum Stream {
    Zlib(Decompress),
    #[cfg(feature = "zstd")]
    Zstd(super::zstd::Decoder),
}

/// How far a stream came with its input.
pub(super) struct Progress {
    /// The bytes of the input that were used.
    pub(super) used: usize,
    /// The stream cannot go on.
    pub(super) is_over: bool,
}

impl Decompressor {
    /// Creates a decompressor. `None` without compression.
    pub(super) fn new(compression: Compression, max_message_bytes: usize) -> Option<Decompressor> {
        let stream = match compression {
            Compression::None => return None,
            Compression::Zlib => Stream::Zlib(Decompress::new(true)),
            #[cfg(feature = "zstd")]
            Compression::Zstd => Stream::Zstd(super::zstd::Decoder::new()),
        };
        Some(Decompressor { stream, message: Vec::new(), tail: [0; 4], max_message_bytes })
    }

    /// Reads a binary frame. Returns a message if the frame ends one.
    ///
    /// # Errors
    ///
    /// Says why the stream cannot be read on: it is damaged, or a message is too big.
    pub(super) fn read(&mut self, frame: &[u8]) -> Result<Option<Vec<u8>>, String> {
        if self.message.capacity() == 0 {
            let capacity = frame.len().saturating_mul(USUAL_RATIO).max(MIN_CAPACITY);
            self.message.reserve_exact(capacity.min(self.max_message_bytes.saturating_add(1)));
        }
        let mut input = frame;
        loop {
            let progress = self.stream.decompress(input, &mut self.message)?;
            input = &input[progress.used..];
            if self.message.len() > self.max_message_bytes {
                let max = self.max_message_bytes;
                return Err(format!("a compressed message is over the limit of {max} bytes"));
            }
            let is_full = self.message.len() == self.message.capacity();
            if input.is_empty() && !is_full {
                break;
            }
            if progress.is_over {
                return Err("the compressed stream has ended, but the connection goes on".to_owned());
            }
            if is_full {
                // Never more than the limit, and a byte by which a message that is too big is noticed.
                let left = self.max_message_bytes + 1 - self.message.len();
                self.message.reserve_exact(self.message.len().max(MIN_CAPACITY).min(left));
            }
        }
        self.note_tail(frame);
        let is_complete = match &self.stream {
            Stream::Zlib(_) => self.tail == ZLIB_SUFFIX,
            #[cfg(feature = "zstd")]
            Stream::Zstd(_) => true,
        };
        let has_message = is_complete && !self.message.is_empty();
        Ok(has_message.then(|| std::mem::take(&mut self.message)))
    }

    /// Keeps the last four bytes: the end of a message may be split into two frames.
    fn note_tail(&mut self, frame: &[u8]) {
        for byte in &frame[frame.len().saturating_sub(self.tail.len())..] {
            self.tail.rotate_left(1);
            self.tail[3] = *byte;
        }
    }
}

impl Stream {
    /// Appends to the output until the input is used or the output's capacity is full.
    fn decompress(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<Progress, String> {
        match self {
            Stream::Zlib(zlib) => {
                let before = zlib.total_in();
                let status = zlib.decompress_vec(input, output, FlushDecompress::Sync);
                let status = status.map_err(|error| format!("the zlib stream is damaged: {error}"))?;
                let used = usize::try_from(zlib.total_in() - before).unwrap_or(input.len());
                let is_stuck = status == Status::BufError && used == 0;
                Ok(Progress { used, is_over: status == Status::StreamEnd || is_stuck && !input.is_empty() })
            }
            #[cfg(feature = "zstd")]
            Stream::Zstd(zstd) => {
                let used = zstd.decompress(input, output)?;
                Ok(Progress { used, is_over: false })
            }
        }
    }
}

#[cfg(test)]
mod tests;
