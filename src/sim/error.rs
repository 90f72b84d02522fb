//! Why something did not happen in the simulated Discord.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::error::Error;

/// Why something did not happen in the simulated Discord.
///
/// `Debug` prints the same text as `Display`, because a test that returns an error prints it with `Debug`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum SimError {
    /// Discord's own client does not offer this action: the command is not registered, the button is disabled, the value
    /// does not fit.
    NotPossible {
        /// The name of the person.
        who: String,
        /// What prevents it.
        why: String,
    },
    /// Discord rejects the action, for example because the person lacks a permission.
    Rejected {
        /// The name of the person.
        who: String,
        /// The HTTP status.
        status: u16,
        /// The [JSON error code](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes).
        code: u64,
        /// Discord's error object.
        body: Value,
    },
    /// There is nothing with this name or ID.
    Unknown {
        /// What was looked for.
        what: String,
        /// What there is instead.
        known: String,
    },
    /// Something happened that must not happen.
    Unexpected {
        /// What was expected.
        what: String,
        /// What happened instead.
        happened: String,
    },
    /// Something did not happen in time.
    Timeout {
        /// How long it was waited for.
        waited: Duration,
        /// What was waited for.
        what: String,
        /// What happened instead.
        happened: String,
    },
}

impl SimError {
    pub(super) fn not_possible(who: &str, why: String) -> SimError {
        SimError::NotPossible { who: who.to_owned(), why }
    }

    pub(super) fn unknown(what: &str, known: String) -> SimError {
        SimError::Unknown { what: what.to_owned(), known }
    }

    /// Adds a line to what happened instead.
    pub(super) fn with(mut self, line: &str) -> SimError {
        if let SimError::Timeout { happened, .. } = &mut self {
            *happened = format!("{line}\n{happened}");
        }
        self
    }

    pub(super) fn rejected(who: &str, status: u16, body: Value) -> SimError {
        let code = body["code"].as_u64().unwrap_or(0);
        SimError::Rejected { who: who.to_owned(), status, code, body }
    }
}

impl fmt::Display for SimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SimError::NotPossible { who, why } => write!(f, "{who} cannot do this: {why}"),
            SimError::Rejected { who, status, body, .. } => {
                write!(f, "Discord rejects this action of {who} with {status}: {body}")
            }
            SimError::Unknown { what, known } => {
                let known = if known.is_empty() { "nothing" } else { known };
                write!(f, "there is no {what}; there is {known}")
            }
            SimError::Unexpected { what, happened } => write!(f, "expected {what}, but got {happened}"),
            SimError::Timeout { waited, what, happened } => {
                write!(f, "waited {waited:?} for {what}, which did not happen\n{happened}")
            }
        }
    }
}

impl fmt::Debug for SimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for SimError {}

impl From<SimError> for Error {
    fn from(error: SimError) -> Error {
        Error::setup(error.to_string())
    }
}
