//! The errors of the reader.

use std::fmt;

/// Why a value could not be read. Boxed twice, so that a `Result` holds only one pointer of it.
#[derive(Debug)]
pub(crate) struct Error(Box<Box<str>>);

/// A result with the reader's error.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(message: &str) -> Error {
        Error(Box::new(message.into()))
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
