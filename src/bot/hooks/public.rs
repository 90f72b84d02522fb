//! What the closures around handlers receive.

use std::cell::Cell;
use std::fmt;
use std::time::Duration;

use crate::bot::refusal::Refusal;
use crate::command::ArgumentError;
use crate::error::BoxError;
use crate::interaction::{InteractionKind, TooLate};

/// The handler of a command, component, modal or autocomplete did not do what the user wanted: see
/// [`Bot::on_command_error`](crate::Bot::on_command_error).
///
/// Its `Display` is one line for a log.
#[derive(Debug)]
#[non_exhaustive]
pub struct CommandError<'e> {
    /// What was used: a command, component or modal, or whether it is autocomplete.
    pub kind: InteractionKind,
    /// The full name of the command, `admin ban`, or the custom ID.
    pub name: &'e str,
    /// How and where the handler was registered: `mod /admin ban at src/main.rs:12`.
    pub handler: &'e str,
    /// What went wrong.
    pub failure: CommandFailure<'e>,
    pub(super) is_silent: Cell<bool>,
}

impl CommandError<'_> {
    /// Makes the library say nothing to the user about it, as if the closure had answered.
    ///
    /// Discord shows an interaction without an answer as failed.
    pub fn keep_silent(&self) {
        self.is_silent.set(true);
    }
}

impl fmt::Display for CommandError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.name, self.handler, self.failure)
    }
}

/// How a [`CommandError`] came about.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum CommandFailure<'e> {
    /// A check, the closure of [`before_command`](crate::Bot::before_command) or the handler refused the user. See
    /// [`Refusal::library_text`] for the reasons of the library's checks.
    Refused(&'e Refusal),
    /// An option of the command, or a value in the custom ID, could not be read. The handler was not called.
    Argument(&'e ArgumentError),
    /// The handler returned this error.
    Failed(&'e BoxError),
    /// The handler panicked, with this message.
    Panicked(&'e str),
    /// The handler returned the error that Discord accepts no response any more, so the user cannot be answered.
    TooLate(&'e TooLate),
}

impl fmt::Display for CommandFailure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommandFailure::Refused(refusal) => write!(f, "refused: {refusal}"),
            CommandFailure::Argument(error) => write!(f, "not readable: {error}"),
            CommandFailure::Failed(error) => write!(f, "failed: {error}"),
            CommandFailure::Panicked(message) => write!(f, "panicked: {message}"),
            CommandFailure::TooLate(late) => {
                write!(f, "too late: the interaction was {:.1} s old", late.timing.age.as_secs_f64())
            }
        }
    }
}

/// How the use of a command, component or modal ended: see [`Bot::after_command`](crate::Bot::after_command).
#[derive(Debug)]
#[non_exhaustive]
pub struct CommandOutcome<'o> {
    /// What was used: a command, component or modal.
    pub kind: InteractionKind,
    /// The full name of the command, `admin ban`, or the custom ID.
    pub name: &'o str,
    /// How and where the handler was registered: `mod /admin ban at src/main.rs:12`.
    pub handler: &'o str,
    /// The time from before the first closure of [`before_command`](crate::Bot::before_command) to the end of the handler. In
    /// [lanes](crate::Lanes) the time in the queue is part of it.
    pub duration: Duration,
    /// What went wrong. `None` if the handler returned `Ok`.
    pub failure: Option<CommandFailure<'o>>,
}
