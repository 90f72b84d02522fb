//! Why a handler did not do what the user wanted, and what the library says then.

use crate::bot::context::InteractionContext;
use crate::bot::error::{HandlerId, Problem, guard};
use crate::bot::hooks::public::CommandFailure;
use crate::bot::refusal::Refusal;
use crate::command::ArgumentError;
use crate::error::Error;
use crate::interaction::ResponseError;

/// Why a handler failed or was not called.
pub(in crate::bot) enum CallFailure {
    Refused(Refusal),
    Argument(ArgumentError),
    Problem(Problem),
}

impl From<Problem> for CallFailure {
    /// A refusal that the handler returned is no failure of it.
    fn from(problem: Problem) -> Self {
        match &problem {
            Problem::Failed(cause) => match Refusal::in_error(cause) {
                Some(refusal) => CallFailure::Refused(refusal.clone()),
                None => CallFailure::Problem(problem),
            },
            _ => CallFailure::Problem(problem),
        }
    }
}

impl CallFailure {
    /// The failure, as the program sees it. `None` for an event that could not be read.
    pub(super) fn as_public(&self) -> Option<CommandFailure<'_>> {
        Some(match self {
            CallFailure::Refused(refusal) => CommandFailure::Refused(refusal),
            CallFailure::Argument(error) => CommandFailure::Argument(error),
            CallFailure::Problem(Problem::Failed(cause)) => match cause.downcast_ref() {
                Some(Error::Response(ResponseError::TooLate(late))) => CommandFailure::TooLate(late),
                _ => CommandFailure::Failed(cause),
            },
            CallFailure::Problem(Problem::Panicked(message)) => CommandFailure::Panicked(message),
            CallFailure::Problem(Problem::Unreadable(_)) => return None,
        })
    }

    /// What is reported to `on_error`.
    pub(in crate::bot) fn into_problem(self) -> Option<Problem> {
        match self {
            CallFailure::Problem(problem) => Some(problem),
            CallFailure::Refused(_) | CallFailure::Argument(_) => None,
        }
    }
}

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bot) enum End {
    /// The handler, on its own thread.
    Handler,
    /// A copy of its context, on the bot's thread.
    Copy,
}

/// Says to the user what went wrong, unless the program did, and ends the handler.
pub(in crate::bot) fn conclude(
    id: &HandlerId,
    cx: &InteractionContext,
    failure: Option<CallFailure>,
    end: End,
    is_answered: bool,
) -> Result<(), Problem> {
    let result = match failure {
        None => Ok(()),
        Some(CallFailure::Problem(problem)) => Err(problem),
        Some(CallFailure::Refused(refusal)) => {
            log::debug!("{id}: refused: {refusal}");
            say(is_answered, || cx.refuse(&refusal))
        }
        Some(CallFailure::Argument(problem)) => {
            log::info!("{id}: {problem}");
            say(is_answered, || cx.explain(&problem))
        }
    };
    let says_failed = result.is_err() && !is_answered;
    match end {
        End::Handler => cx.handler_finished(&id.what, says_failed),
        End::Copy if says_failed => cx.task_failed(),
        End::Copy => {}
    }
    result
}

fn say(is_answered: bool, say: impl FnOnce() -> Result<(), Error>) -> Result<(), Problem> {
    match is_answered {
        true => Ok(()),
        false => guard(|| say().map_err(|error| Problem::Failed(error.into()))),
    }
}
