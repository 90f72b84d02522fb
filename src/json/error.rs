//! What is wrong with a text.

use std::fmt;

use serde::de;

/// Why something could not be read. Boxed twice, so that what is read well carries one word of it only.
#[derive(Debug)]
pub(crate) struct Problem(Box<Box<str>>);

pub(super) type Result<T, E = Problem> = std::result::Result<T, E>;

#[cold]
pub(super) fn odd(problem: &str) -> Problem {
    Problem(Box::new(problem.into()))
}

#[cold]
pub(super) fn unexpected(expected: u8) -> Problem {
    Problem(Box::new(format!("expected `{}`", char::from(expected)).into()))
}

impl de::Error for Problem {
    #[cold]
    fn custom<T: fmt::Display>(problem: T) -> Self {
        Problem(Box::new(problem.to_string().into()))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}
