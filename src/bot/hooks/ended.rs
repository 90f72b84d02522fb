//! A handler that has ended on another thread, on its way to the closures on the bot's thread.

use std::time::Duration;

use super::call_failure::{CallFailure, End, conclude};
use super::hooks::Hooks;
use crate::bot::context::{InteractionContext, LoopMessage};
use crate::bot::error::{HandlerError, HandlerId};
use crate::bot::threads::queue::NotPosted;

/// A handler that has ended in a lane, or a task of a handler that has failed.
pub(in crate::bot) struct EndedCall {
    /// A copy, which keeps the interaction open.
    cx: InteractionContext,
    event: &'static str,
    id: HandlerId,
    duration: Duration,
    failure: Option<CallFailure>,
    is_task: bool,
}

impl EndedCall {
    /// Calls the closures, and says to the user what they have not said. Returns what is reported to `on_error`.
    pub(in crate::bot) fn run(self, hooks: Option<&mut Hooks<'_>>) -> Option<HandlerError> {
        let EndedCall { cx, event, id, duration, failure, is_task } = self;
        let result = match hooks {
            None => conclude(&id, &cx, failure, End::Copy, false),
            Some(hooks) if is_task => {
                let is_answered = hooks.failed(&id.to_string(), &cx, cx.kind(), failure.as_ref());
                conclude(&id, &cx, failure, End::Copy, is_answered)
            }
            Some(hooks) => hooks.ended(&id, &cx, duration, failure, End::Copy),
        };
        let problem = result.err()?;
        Some(HandlerError { event: event.to_owned(), handler: id.to_string(), problem })
    }

    /// The error, if the bot has no time for the closures any more.
    pub(in crate::bot) fn into_error(self) -> Option<HandlerError> {
        let (event, handler) = (self.event.to_owned(), self.id.to_string());
        let problem = self.failure.and_then(CallFailure::into_problem)?;
        Some(HandlerError { event, handler, problem })
    }
}

/// Passes the end of a handler or of its task to the closures on the bot's thread. If that has no room or has ended, the
/// library says to the user what it says without closures.
pub(in crate::bot) fn ended_elsewhere(
    cx: &InteractionContext,
    event: &'static str,
    id: &HandlerId,
    duration: Duration,
    failure: Option<CallFailure>,
    is_task: bool,
) {
    if let Some(CallFailure::Problem(problem)) = failure.as_ref().filter(|_| !is_task) {
        id.meter.count_failure(problem.into());
    }
    let copy = cx.fork_named(id.what.clone());
    // From now on the copy keeps the interaction open.
    match is_task {
        true => cx.hand_over(),
        false => cx.handler_finished(&id.what, false),
    }
    let shared = cx.shared().clone();
    let ended = EndedCall { cx: copy, event, id: id.clone(), duration, failure, is_task };
    let message = LoopMessage::CommandEnded(Box::new(ended));
    if let Err(NotPosted::Ended(message) | NotPosted::Full(message, _)) = shared.queue.post(message) {
        if let LoopMessage::CommandEnded(ended) = message {
            let error = ended.downcast::<EndedCall>().ok().and_then(|ended| ended.run(None));
            error.into_iter().for_each(|error| log::error!("{error}"));
        }
    }
}
