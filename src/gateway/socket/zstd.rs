//! The decoder of a zstd stream.

use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer, get_error_name};

/// The largest window that a stream may ask for, as a power of two: 8 MiB. A hostile stream could ask for 2 GiB.
const MAX_WINDOW_LOG: u32 = 23;

pub(super) struct Decoder(DCtx<'static>);

impl Decoder {
    pub(super) fn new() -> Decoder {
        let mut context = DCtx::create();
        context
            .set_parameter(DParameter::WindowLogMax(MAX_WINDOW_LOG))
            .expect("every version of zstd supports this window");
        Decoder(context)
    }

    /// Appends to the output until the input is used or the output's capacity is full. Returns how many bytes of the input
    /// were used.
    pub(super) fn decompress(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<usize, String> {
        let mut input = InBuffer::around(input);
        let start = output.len();
        let mut output = OutBuffer::around_pos(output, start);
        let result = self.0.decompress_stream(&mut output, &mut input);
        result.map_err(|code| format!("the zstd stream is damaged: {}", get_error_name(code)))?;
        Ok(input.pos())
    }
}
