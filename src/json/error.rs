//! The parser's error.

use std::fmt;

use serde::de;

/// Why a text could not be parsed. Boxed twice, so that a `Result` holds only one pointer of it.
#[derive(Debug)]
pub(crate) struct Error(Box<Box<str>>);

pub(super) type Result<T, E = Error> = std::result::Result<T, E>;

#[cold]
pub(super) fn invalid(message: &str) -> Error {
    Error(Box::new(message.into()))
}

#[cold]
pub(super) fn unexpected(expected: u8) -> Error {
    Error(Box::new(format!("expected `{}`", char::from(expected)).into()))
}

impl de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error(Box::new(message.to_string().into()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
