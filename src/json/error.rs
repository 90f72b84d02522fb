//! Errors of the reader.

use std::fmt;

/// Why something could not be read. It is boxed twice, so that a result carries only one word of it.
#[derive(Debug)]
pub(crate) struct Error(Box<Box<str>>);

/// The result of a reading.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(problem: &str) -> Error {
        Error(Box::new(problem.into()))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn unexpected(expected: u8) -> Error {
        Error::new(&format!("expected `{}`", char::from(expected)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
