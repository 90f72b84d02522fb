//! The transport compression of a gateway connection
//! ([transport compression](https://docs.discord.com/developers/events/gateway#transport-compression)).

use flate2::{Compress, Compression, FlushCompress};

/// The room for a compressed message before its size is known.
const CAPACITY: usize = 4096;

/// Compresses all texts of a connection as one stream.
pub(super) enum Compressor {
    Zlib(Compress),
    #[cfg(feature = "zstd")]
    Zstd(zstd_safe::CCtx<'static>),
}

impl Compressor {
    /// The compressor that a client asks for in the query of the gateway's address.
    pub(super) fn asked_for(query: &str) -> Option<Compressor> {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        match pairs.find(|(name, _)| *name == "compress")?.1 {
            "zlib-stream" => Some(Compressor::Zlib(Compress::new(Compression::default(), true))),
            #[cfg(feature = "zstd")]
            "zstd-stream" => Some(Compressor::Zstd(zstd_safe::CCtx::create())),
            _ => None,
        }
    }

    /// Compresses a text, up to a flush.
    pub(super) fn compress(&mut self, text: &str) -> Vec<u8> {
        match self {
            Compressor::Zlib(zlib) => {
                let mut bytes = Vec::with_capacity(CAPACITY);
                let start = zlib.total_in();
                loop {
                    let used = usize::try_from(zlib.total_in() - start).unwrap_or(text.len());
                    // Compressing into memory does not fail.
                    let _ = zlib.compress_vec(&text.as_bytes()[used..], &mut bytes, FlushCompress::Sync);
                    if bytes.len() < bytes.capacity() {
                        return bytes;
                    }
                    bytes.reserve(bytes.len());
                }
            }
            #[cfg(feature = "zstd")]
            Compressor::Zstd(zstd) => compress_zstd(zstd, text),
        }
    }
}

#[cfg(feature = "zstd")]
fn compress_zstd(zstd: &mut zstd_safe::CCtx<'static>, text: &str) -> Vec<u8> {
    use zstd_safe::zstd_sys::ZSTD_EndDirective::ZSTD_e_flush;
    use zstd_safe::{InBuffer, OutBuffer};

    let mut bytes = Vec::with_capacity(CAPACITY);
    let mut input = InBuffer::around(text.as_bytes());
    loop {
        let position = bytes.len();
        let mut output = OutBuffer::around_pos(&mut bytes, position);
        // Compressing into memory does not fail.
        if zstd.compress_stream2(&mut output, &mut input, ZSTD_e_flush).unwrap_or(0) == 0 {
            return bytes;
        }
        bytes.reserve(bytes.len().max(CAPACITY));
    }
}
