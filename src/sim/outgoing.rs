//! What the writing thread of a gateway connection sends.

use std::time::Duration;

use super::compress::Compressor;
use super::websocket::{BINARY, CLOSE, PING, TEXT, frame};

/// The length that [`Outgoing::oversized`] announces: one byte more than 64 MiB.
const OVERSIZED: u64 = (64 << 20) + 1;

/// Something to be written to a connection.
pub(super) enum Outgoing {
    /// A text, which is compressed if the client has asked for it.
    Text(String),
    /// A text in chunks of this size, with a pause after each.
    TextSlowly {
        text: String,
        per_chunk: usize,
        pause: Duration,
    },
    /// Bytes as they are.
    Write(Vec<u8>),
    Close(Vec<u8>),
    Reset,
}

impl Outgoing {
    pub(super) fn text(text: &str) -> Outgoing {
        Outgoing::Text(text.to_owned())
    }

    pub(super) fn slow_text(text: &str, per_chunk: usize, pause: Duration) -> Outgoing {
        Outgoing::TextSlowly { text: text.to_owned(), per_chunk: per_chunk.max(1), pause }
    }

    pub(super) fn close(code: u16, reason: &str) -> Outgoing {
        Outgoing::Close(frame(CLOSE, &[&code.to_be_bytes(), reason.as_bytes()].concat()))
    }

    /// A ping with this number.
    pub(super) fn ping(number: u64) -> Outgoing {
        Outgoing::Write(frame(PING, &number.to_be_bytes()))
    }

    /// A text that is not compressed.
    pub(super) fn plain_text(text: &str) -> Outgoing {
        Outgoing::Write(frame(TEXT, text.as_bytes()))
    }

    pub(super) fn binary(bytes: &[u8]) -> Outgoing {
        Outgoing::Write(frame(BINARY, bytes))
    }

    /// The header of an oversized frame and its first bytes.
    pub(super) fn oversized() -> Outgoing {
        Outgoing::Write([&[0x80 | TEXT, 127][..], &OVERSIZED.to_be_bytes(), br#"{"t":"#].concat())
    }
}

/// The frame of a text.
pub(super) fn text_frame(text: &str, compressor: &mut Option<Compressor>) -> Vec<u8> {
    match compressor {
        Some(compressor) => frame(BINARY, &compressor.compress(text)),
        None => frame(TEXT, text.as_bytes()),
    }
}
