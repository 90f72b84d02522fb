//! What the writing thread of a gateway connection sends.

use std::time::Duration;

use super::websocket::{BINARY, CLOSE, TEXT, frame};

/// The length that [`Outgoing::oversized`] announces: one byte more than 64 MiB.
const OVERSIZED: u64 = (64 << 20) + 1;

/// Something to be written to a connection.
pub(super) enum Outgoing {
    Write(Vec<u8>),
    WriteSlowly { bytes: Vec<u8>, per_chunk: usize, pause: Duration },
    Close(Vec<u8>),
    Reset,
}

impl Outgoing {
    pub(super) fn text(text: &str) -> Outgoing {
        Outgoing::Write(frame(TEXT, text.as_bytes()))
    }

    pub(super) fn slow_text(text: &str, per_chunk: usize, pause: Duration) -> Outgoing {
        let bytes = frame(TEXT, text.as_bytes());
        Outgoing::WriteSlowly { bytes, per_chunk: per_chunk.max(1), pause }
    }

    pub(super) fn close(code: u16, reason: &str) -> Outgoing {
        Outgoing::Close(frame(CLOSE, &[&code.to_be_bytes(), reason.as_bytes()].concat()))
    }

    pub(super) fn binary(bytes: &[u8]) -> Outgoing {
        Outgoing::Write(frame(BINARY, bytes))
    }

    /// The header of an oversized frame and its first bytes.
    pub(super) fn oversized() -> Outgoing {
        Outgoing::Write([&[0x80 | TEXT, 127][..], &OVERSIZED.to_be_bytes(), br#"{"t":"#].concat())
    }
}
