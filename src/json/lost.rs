use super::error::Error;

/// Where a value is that could not be read.
#[derive(Debug)]
pub(super) struct Lost {
    /// Its first byte in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) error: Error,
}
