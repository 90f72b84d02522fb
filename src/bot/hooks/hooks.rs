//! The closures around handlers, and how they are called.

use std::cell::Cell;
use std::time::Duration;

use super::call_failure::{CallFailure, End, conclude};
use super::public::{CommandError, CommandOutcome};
use crate::bot::context::InteractionContext;
use crate::bot::error::{HandlerError, HandlerId, Problem, guard};
use crate::error::Result;
use crate::interaction::InteractionKind;

pub(super) type Before<'a> = Box<dyn FnMut(&InteractionContext) -> Result + 'a>;
pub(super) type OnError<'a> = Box<dyn FnMut(&InteractionContext, &CommandError<'_>) -> Result + 'a>;
pub(super) type After<'a> = Box<dyn FnMut(&InteractionContext, &CommandOutcome<'_>) -> Result + 'a>;

/// The closures around handlers. They run on the bot's thread.
#[derive(Default)]
pub(in crate::bot) struct Hooks<'a> {
    pub(super) before: Vec<(HandlerId, Before<'a>)>,
    pub(super) on_error: Option<(HandlerId, OnError<'a>)>,
    pub(super) after: Vec<(HandlerId, After<'a>)>,
}

impl Hooks<'_> {
    /// The names of the closures.
    pub(in crate::bot) fn handler_ids(&self) -> impl Iterator<Item = &HandlerId> {
        let before = self.before.iter().map(|(id, _)| id);
        let after = self.after.iter().map(|(id, _)| id);
        before.chain(self.on_error.iter().map(|(id, _)| id)).chain(after)
    }

    /// Calls the closures before a handler, in their order, until one refuses the user or fails.
    pub(in crate::bot) fn before(&mut self, cx: &InteractionContext) -> Result<(), CallFailure> {
        self.before.iter_mut().try_for_each(|(_, before)| Ok(guard(|| before(cx).map_err(Problem::Failed))?))
    }

    /// The handler has ended, or was not called. The result is for `on_error`.
    pub(in crate::bot) fn ended(
        &mut self,
        id: &HandlerId,
        cx: &InteractionContext,
        duration: Duration,
        failure: Option<CallFailure>,
        end: End,
    ) -> Result<(), Problem> {
        let handler = id.to_string();
        let is_answered = self.failed(&handler, cx, cx.kind(), failure.as_ref());
        let (kind, name) = (cx.kind(), cx.name());
        let outcome = CommandOutcome {
            kind,
            name: &name,
            handler: &handler,
            duration,
            failure: failure.as_ref().and_then(CallFailure::as_public),
        };
        for (id, after) in &mut self.after {
            report(id, cx, guard(|| after(cx, &outcome).map_err(Problem::Failed)));
        }
        conclude(id, cx, failure, end, is_answered)
    }

    /// Calls the closure for errors, if there is a failure. Returns whether it has answered the user.
    pub(in crate::bot) fn failed(
        &mut self,
        handler: &str,
        cx: &InteractionContext,
        kind: InteractionKind,
        failure: Option<&CallFailure>,
    ) -> bool {
        let failure = failure.and_then(CallFailure::as_public);
        let (Some((id, on_error)), Some(failure)) = (&mut self.on_error, failure) else { return false };
        let name = cx.name();
        let error = CommandError { kind, name: &name, handler, failure, is_silent: Cell::new(false) };
        let answers = cx.answers();
        report(id, cx, guard(|| on_error(cx, &error).map_err(Problem::Failed)));
        if error.is_silent.get() {
            cx.keep_silent();
        }
        error.is_silent.get() || cx.answers() > answers
    }
}

/// Reports that a closure itself has failed.
fn report(id: &HandlerId, cx: &InteractionContext, result: Result<(), Problem>) {
    if let Err(problem) = result {
        id.meter.count_failure((&problem).into());
        cx.report(HandlerError { event: "command".to_owned(), handler: id.to_string(), problem });
    }
}
