//! Starting tasks.

use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use super::safe::TaskSafe;
use super::task::Task;
use super::task_context::TaskContext;
use crate::bot::context::{CommandContext, ComponentContext, Context, InteractionContext, ModalContext};
use crate::bot::error::{HandlerError, HandlerId, Problem, guard};
use crate::bot::hooks::{CallFailure, ended_elsewhere};
use crate::bot::refusal::Refusal;
use crate::error::{BoxError, Error, Result};

impl Context {
    /// Starts a conversation: the closure runs on its own thread, where it can [wait](Task) for what people do.
    ///
    /// Its errors and panics are reported to [`on_error`](crate::bot::Bot::on_error).
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when the [maximum number of tasks](crate::bot::Bot::max_tasks) is running, [`Error::Stopped`] when
    /// the bot is stopping.
    #[track_caller]
    pub fn spawn(&self, work: impl FnOnce(&Task) -> Result + TaskSafe + 'static) -> Result<(), Error> {
        spawn(self.fork(), Location::caller(), work)
    }
}

impl InteractionContext {
    /// Starts a conversation about this interaction: see [`Context::spawn`]. The task may respond to it.
    ///
    /// # Errors
    ///
    /// As for [`Context::spawn`].
    #[track_caller]
    pub fn spawn(
        &self,
        work: impl FnOnce(&Task<InteractionContext>) -> Result + TaskSafe + 'static,
    ) -> Result<(), Error> {
        spawn(self.fork(), Location::caller(), work)
    }
}

impl CommandContext {
    /// Starts a conversation with the user of the command: see [`Context::spawn`]. The task may respond to it.
    ///
    /// # Errors
    ///
    /// As for [`Context::spawn`].
    #[track_caller]
    pub fn spawn(
        &self,
        work: impl FnOnce(&Task<CommandContext>) -> Result + TaskSafe + 'static,
    ) -> Result<(), Error> {
        spawn(self.fork(), Location::caller(), work)
    }
}

impl ComponentContext {
    /// Starts a conversation with the user of the component: see [`Context::spawn`]. The task may respond to it.
    ///
    /// # Errors
    ///
    /// As for [`Context::spawn`].
    #[track_caller]
    pub fn spawn(
        &self,
        work: impl FnOnce(&Task<ComponentContext>) -> Result + TaskSafe + 'static,
    ) -> Result<(), Error> {
        spawn(self.fork(), Location::caller(), work)
    }
}

impl ModalContext {
    /// Starts a conversation with the user who submitted the modal: see [`Context::spawn`]. The task may respond to it.
    ///
    /// # Errors
    ///
    /// As for [`Context::spawn`].
    #[track_caller]
    pub fn spawn(
        &self,
        work: impl FnOnce(&Task<ModalContext>) -> Result + TaskSafe + 'static,
    ) -> Result<(), Error> {
        spawn(self.fork(), Location::caller(), work)
    }
}

/// Sends a refusal to the interaction's user. Other errors are returned.
fn refused(subject: &impl TaskContext, cause: BoxError) -> Result {
    match (subject.interaction_context(), Refusal::in_error(&cause)) {
        (Some(cx), Some(refusal)) => Ok(cx.refuse(refusal)?),
        _ => Err(cause),
    }
}

/// Whether a task has refused the user, which is no failure.
fn is_refusal(problem: &Problem) -> bool {
    matches!(problem, Problem::Failed(cause) if Refusal::in_error(cause).is_some())
}

/// Runs a closure as a task on its own thread.
fn spawn<C: TaskContext>(
    cx: C,
    at: &'static Location<'static>,
    work: impl FnOnce(&Task<C>) -> Result + TaskSafe + 'static,
) -> Result<(), Error> {
    let (shared, waits) = (Arc::clone(cx.as_ref().shared()), cx.as_ref().waits());
    if shared.queue.is_stopped() {
        return Err(Error::Stopped);
    }
    let id = shared.health.handlers.closure("task", at);
    let mailbox = shared.mailboxes.open(&waits);
    let task = Task { cx, mailbox };
    // In a box, because each move on the stack of a waiting task would cost memory.
    let mut run = Box::new(Run { task, id, work: Some(work) });
    shared.tasks.spawn(move || run.run())
}

/// A task that is about to run. When it is dropped, its mailbox is closed, even if it never ran.
struct Run<C: AsRef<Context>, F> {
    task: Task<C>,
    id: Arc<HandlerId>,
    work: Option<F>,
}

impl<C: AsRef<Context>, F> Drop for Run<C, F> {
    fn drop(&mut self) {
        self.task.cx.as_ref().shared().mailboxes.close(&self.task.mailbox);
    }
}

impl<C: TaskContext, F: FnOnce(&Task<C>) -> Result> Run<C, F> {
    fn run(&mut self) {
        let Some(work) = self.work.take() else { return };
        let task = &self.task;
        let has_hooks = task.cx.as_ref().shared().has_hooks.get().is_some();
        let result = match task.cx.interaction_context().filter(|_| has_hooks) {
            // The closures around handlers decide what the user reads.
            Some(_) => guard(|| work(task).map_err(Problem::Failed)),
            None => guard(|| work(task).or_else(|cause| refused(&task.cx, cause)).map_err(Problem::Failed)),
        };
        let is_failure = |problem: &&Problem| !task.is_ordinary_end(problem) && !is_refusal(problem);
        let failed = result.as_ref().err().filter(is_failure);
        // A conversation mostly waits, so its time says nothing.
        self.id.meter.count_elsewhere(Duration::ZERO, failed.map(Into::into));
        if let Err(problem) = result {
            if task.is_ordinary_end(&problem) {
                return;
            }
            if let Some(cx) = task.cx.interaction_context() {
                if has_hooks {
                    let failure = Some(CallFailure::from(problem));
                    ended_elsewhere(cx, "task", &self.id, Duration::ZERO, failure, true);
                    return;
                }
                cx.task_failed();
            }
            let (event, handler) = ("task".to_owned(), self.id.to_string());
            task.cx.as_ref().report(HandlerError { event, handler, problem });
        }
    }
}

impl<C: AsRef<Context>> Task<C> {
    /// Whether the task ended because the bot stopped: a stop reaches it as [`Error::Stopped`].
    fn is_ordinary_end(&self, problem: &Problem) -> bool {
        match problem {
            Problem::Failed(cause) => {
                matches!(cause.downcast_ref::<Error>(), Some(Error::Stopped))
                    && self.cx.as_ref().shared().queue.is_stopped()
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Run;
    use crate::bot::context::Context;
    use crate::bot::threads::mailbox::{Mailbox, Wanted};

    #[test]
    fn a_waiting_task_holds_less_than_400_bytes_and_its_thread() {
        // Two pages of the stack and the heap of the thread itself are 10 KB, and 500 tasks may take 5 MiB.
        let sizes = [size_of::<Run<Context, [u64; 2]>>(), size_of::<Mailbox>(), size_of::<Wanted>()];
        assert!(sizes.iter().sum::<usize>() < 400, "{sizes:?}");
    }
}
