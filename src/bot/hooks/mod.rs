//! Closures that are called around the handlers of commands, components, modals and autocomplete: before, after, and for errors.

mod call_failure;
mod ended;
mod hooks;
mod public;
mod setup;

pub(in crate::bot) use call_failure::{CallFailure, End, conclude};
pub(in crate::bot) use ended::{EndedCall, ended_elsewhere};
pub(in crate::bot) use hooks::Hooks;
pub use public::{CommandError, CommandFailure, CommandOutcome};
