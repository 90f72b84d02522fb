//! Conversations: threads on which waiting is ordinary code.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bot::context::{Context, Shared};
use crate::bot::event_loop::dispatch;
use crate::bot::handler::{HandlerError, Label, Problem};
use crate::bot::threads::mailbox::{Mail, Mailbox, Waited};
use crate::deadline::deadline;
use crate::error::{Error, Result};
use crate::gateway::event::{Event, InteractionCreate, MessageCreate};
use crate::id::{ChannelId, UserId};
use crate::model::Message;

/// A conversation's side of the bot: what a [`Context`] can do, and waiting.
///
/// It is given to the closure of [`spawn`](Context::spawn), which runs on a thread of its own and must not borrow.
/// Only a task can wait, so a closure on the bot's thread cannot block itself by it.
///
/// What it may wait for is declared beforehand, with [`waits_for`](crate::bot::Bot::waits_for), because intents follow from
/// it. Its mailbox opens with `spawn`: what comes before the task asks for it is kept. What a task waits for still
/// reaches the other closures.
///
/// ```no_run
/// use std::time::Duration;
/// use syncord::events::MessageCreate;
///
/// # fn main() -> syncord::Result {
/// let mut bot = syncord::Bot::from_env()?;
/// bot.waits_for::<MessageCreate>();
/// bot.on_message(|cx, message| {
///     if message.content != "!order" {
///         return Ok(());
///     }
///     let (channel, user) = (message.channel_id, message.author.id);
///     cx.spawn(move |task| {
///         task.send(channel, "What will it be?")?;
///         match task.next_message(channel, user, Duration::from_secs(60))? {
///             Some(answer) => task.reply(&answer, "Coming up.")?,
///             None => task.send(channel, "Another time, then.")?,
///         };
///         Ok(())
///     })?;
///     Ok(())
/// });
/// bot.run()?;
/// # Ok(())
/// # }
/// ```
pub struct Task<C = Context> {
    pub(super) cx: C,
    mailbox: Arc<Mailbox>,
    waits: Arc<Waits>,
}

/// What the tasks of a node may wait for.
#[derive(Debug, Default)]
pub(crate) struct Waits {
    /// Whose tasks: how an error calls it.
    pub(crate) node: String,
    pub(crate) names: Vec<&'static str>,
}

impl Waits {
    /// These, and others that hold too.
    pub(crate) fn with(&self, others: &Waits) -> Waits {
        let more = others.names.iter().filter(|name| !self.names.contains(name));
        Waits { node: self.node.clone(), names: self.names.iter().chain(more).copied().collect() }
    }
}

impl<C: AsRef<Context>> Task<C> {
    /// The next message that this user writes in this channel; `None` when the time is over.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when nothing declared that tasks wait for [`MessageCreate`], [`Error::Stopped`] when the bot
    /// stops.
    pub fn next_message(
        &self,
        channel: ChannelId,
        user: UserId,
        timeout: Duration,
    ) -> Result<Option<Message>, Error> {
        let message = self.next::<MessageCreate>(
            |message| message.channel_id == channel && message.author.id == user,
            timeout,
        )?;
        Ok(message.map(|message| message.0))
    }

    /// The next event of a type that `filter` accepts; `None` when the time is over.
    ///
    /// What it does not accept stays for later waits of this task, the oldest first. Interactions, which have to be
    /// answered, come by [`next_interaction`](Task::next_interaction) and its relatives.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when nothing declared that tasks wait for such events, or they are interactions,
    /// [`Error::Stopped`] when the bot stops.
    pub fn next<E: Event>(
        &self,
        mut filter: impl FnMut(&E) -> bool,
        timeout: Duration,
    ) -> Result<Option<E>, Error> {
        if E::NAME == InteractionCreate::NAME {
            // As a bare event it could not be answered in step with the library.
            return Err(Error::setup(
                "a task takes interactions by next_interaction, next_click or next_modal, which answer them: not by next",
            ));
        }
        self.wait(E::NAME, Label::type_name::<E>(), timeout, |mail| {
            let event = E::decode(&mail.data).ok()?;
            filter(&event).then_some(event)
        })
    }

    /// Waits for a while, or until the bot stops.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] when the bot stops.
    pub fn sleep(&self, time: Duration) -> Result<(), Error> {
        let until = deadline(Instant::now(), time);
        // There are no such events.
        match self.mailbox.wait("", until, |_| None::<()>) {
            Waited::Closed => Err(Error::Stopped),
            Waited::TimedOut | Waited::Found(()) => Ok(()),
        }
    }

    pub(super) fn wait<T>(
        &self,
        name: &str,
        type_name: &str,
        timeout: Duration,
        pick: impl FnMut(&Mail) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        if !self.mailbox.takes(name) {
            return Err(Error::setup(format!(
                "a task of {} waits for {type_name} without having said so: add .waits_for::<{type_name}>() to it",
                self.waits.node
            )));
        }
        let until = deadline(Instant::now(), timeout);
        match self.mailbox.wait(name, until, pick) {
            Waited::Found(found) => Ok(Some(found)),
            Waited::TimedOut => Ok(None),
            Waited::Closed => Err(Error::Stopped),
        }
    }
}

/// What a task is about.
pub(crate) trait Subject: AsRef<Context> + Send + 'static {
    /// The task has failed, and whoever waits for what comes of it is to be told so.
    fn failed(&self) {}
}

impl Subject for Context {}

/// Runs a closure as a task on a thread of its own.
pub(crate) fn spawn<C: Subject>(
    cx: C,
    label: Label,
    work: impl FnOnce(&Task<C>) -> Result + Send + 'static,
) -> Result<(), Error> {
    let (shared, waits) = (Arc::clone(cx.as_ref().shared()), cx.as_ref().waits());
    if shared.queue.is_stopped() {
        return Err(Error::Stopped);
    }
    let mailbox = shared.mailboxes.open(&waits.names);
    let closing = Closing { shared: Arc::clone(&shared), mailbox: Arc::clone(&mailbox) };
    shared.tasks.spawn(move || {
        let _closing = closing;
        let task = Task { cx, mailbox, waits };
        if let Err(problem) = dispatch::guard(|| work(&task).map_err(Problem::Failed)) {
            if task.is_ordinary_end(&problem) {
                return;
            }
            task.cx.failed();
            let (event, handler) = ("task".to_owned(), label.to_string());
            task.cx.as_ref().report(HandlerError { event, handler, problem });
        }
    })
}

impl<C: AsRef<Context>> Task<C> {
    /// A stop reaches a task as an error, and that is how it ends then.
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

/// Closes a task's mailbox, whether or not the task came to run.
struct Closing {
    shared: Arc<Shared>,
    mailbox: Arc<Mailbox>,
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.shared.mailboxes.close(&self.mailbox);
    }
}

impl<C> Deref for Task<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.cx
    }
}

impl<C: fmt::Debug> fmt::Debug for Task<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("cx", &self.cx)
            .field("waits_for", &self.waits.names)
            .finish_non_exhaustive()
    }
}
