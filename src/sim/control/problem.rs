//! Why an action of the control interface failed.

use serde_json::{Value, json};

use crate::sim::error::SimError;

/// Why an action failed.
pub(super) enum Problem {
    /// There is no such action.
    NoSuchAction(String),
    /// The arguments are malformed.
    Arguments(String),
    /// The action did not happen in the simulated Discord.
    Sim(SimError),
}

impl Problem {
    pub(super) fn arguments(problem: impl Into<String>) -> Problem {
        Problem::Arguments(problem.into())
    }

    /// There is nothing with this name or ID.
    pub(super) fn unknown(what: String, known: String) -> Problem {
        Problem::Sim(SimError::Unknown { what, known })
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> u16 {
        match self {
            Problem::NoSuchAction(_) => 404,
            Problem::Arguments(_) => 400,
            Problem::Sim(SimError::Unknown { .. }) => 404,
            Problem::Sim(SimError::Timeout { .. }) => 504,
            Problem::Sim(_) => 409,
        }
    }

    /// The body of the response.
    pub(super) fn body(&self) -> Value {
        let (kind, text) = match self {
            Problem::NoSuchAction(action) => (
                "no_such_action",
                format!("there is no action {action}: see the documentation of syncord-sim"),
            ),
            Problem::Arguments(problem) => ("arguments", problem.clone()),
            Problem::Sim(error) => (kind(error), error.to_string()),
        };
        let mut body = json!({"error": text, "kind": kind});
        if let Problem::Sim(SimError::Rejected { body: rejection, .. }) = self {
            body["discord"] = rejection.clone();
        }
        body
    }
}

fn kind(error: &SimError) -> &'static str {
    match error {
        SimError::NotPossible { .. } => "not_possible",
        SimError::Rejected { .. } => "rejected",
        SimError::Unknown { .. } => "unknown",
        SimError::Unexpected { .. } => "unexpected",
        SimError::Timeout { .. } => "timeout",
    }
}

impl From<SimError> for Problem {
    fn from(error: SimError) -> Problem {
        Problem::Sim(error)
    }
}
