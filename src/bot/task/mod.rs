//! Conversations: threads on which waiting is ordinary code.

mod mailbox;
mod pool;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) use mailbox::{Mail, Mailboxes};
pub(crate) use pool::Pool;

use super::answering::Answer;
use super::context::{ComponentContext, Context, ModalContext, Shared};
use super::dispatch;
use super::handlers::{HandlerError, Label, Problem};
use crate::error::{Error, Outcome};
use crate::gateway::event::{Event, InteractionCreate, MessageCreate};
use crate::id::{ChannelId, UserId};
use crate::model::{Interaction, Message};
use mailbox::{Mailbox, Waited};

/// A conversation's side of the bot: what a [`Context`] can do, and waiting.
///
/// It is given to the closure of [`spawn`](Context::spawn), which runs on a thread of its own and must not borrow.
/// Only a task can wait, so a closure on the bot's thread cannot block itself by it.
///
/// What it may wait for is declared beforehand, with [`waits_for`](super::Bot::waits_for), because intents follow from
/// it. Its mailbox opens with `spawn`: what comes before the task asks for it is kept. What a task waits for still
/// reaches the other closures.
///
/// ```no_run
/// use std::time::Duration;
/// use syncord::events::MessageCreate;
///
/// # fn main() -> syncord::Outcome {
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
    cx: C,
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

    /// The next click on a button, or choice in a select, of this message, whoever it is by; `None` when the time is
    /// over.
    ///
    /// The task that takes it answers it; where it does not, the user is told so.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use syncord::events::InteractionCreate;
    /// # use syncord::model::component::{ActionRow, Button};
    /// # use syncord::rest::CreateMessage;
    /// # fn main() -> syncord::Outcome {
    /// # let mut bot = syncord::Bot::from_env()?;
    /// bot.waits_for::<InteractionCreate>();
    /// bot.on_message(|cx, message| {
    ///     let channel = message.channel_id;
    ///     Ok(cx.spawn(move |task| {
    ///         let row = ActionRow::new([Button::danger("yes", "Yes")]);
    ///         let asked = task.send(channel, CreateMessage::text("Sure?").component(row))?;
    ///         match task.next_click(&asked, Duration::from_secs(60))? {
    ///             Some(click) => click.update("So be it."),
    ///             None => Ok(()),
    ///         }
    ///     })?)
    /// });
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when nothing declared that tasks wait for [`InteractionCreate`], [`Error::Stopped`] when the
    /// bot stops.
    pub fn next_click(
        &self,
        message: &Message,
        timeout: Duration,
    ) -> Result<Option<ComponentContext>, Error> {
        let fits = |interaction: &Interaction| {
            interaction.component().is_some()
                && interaction.message.as_ref().is_some_and(|on| on.id == message.id)
        };
        let found = self.next_interaction(fits, timeout)?;
        Ok(found.map(|(cx, interaction, answer)| ComponentContext::new(cx, interaction, answer).held()))
    }

    /// The next modal of this custom id that is sent, whoever it is by; `None` when the time is over.
    ///
    /// Modals that are filled in by several people at a time need custom ids of their own. The task that takes it
    /// answers it; where it does not, the user is told so.
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_modal(&self, custom_id: &str, timeout: Duration) -> Result<Option<ModalContext>, Error> {
        let fits =
            |interaction: &Interaction| interaction.modal().is_some_and(|data| data.custom_id == custom_id);
        let found = self.next_interaction(fits, timeout)?;
        Ok(found.map(|(cx, interaction, answer)| ModalContext::new(cx, interaction, answer).held()))
    }

    fn next_interaction(
        &self,
        fits: impl Fn(&Interaction) -> bool,
        timeout: Duration,
    ) -> Result<Option<(Context, Arc<Interaction>, Arc<Answer>)>, Error> {
        let found = self.wait(InteractionCreate::NAME, "InteractionCreate", timeout, |mail| {
            let InteractionCreate(interaction) = InteractionCreate::decode(&mail.data).ok()?;
            let offered = mail.interaction.as_ref()?;
            fits(&interaction).then(|| (Arc::new(interaction), offered.take()))
        })?;
        Ok(found.map(|(interaction, answer)| (self.cx.as_ref().fork(), interaction, answer)))
    }

    /// The next event of a type that `filter` accepts; `None` when the time is over.
    ///
    /// What it does not accept stays for later waits of this task, the oldest first.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when nothing declared that tasks wait for such events, [`Error::Stopped`] when the bot stops.
    pub fn next<E: Event>(
        &self,
        mut filter: impl FnMut(&E) -> bool,
        timeout: Duration,
    ) -> Result<Option<E>, Error> {
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
        let until = Instant::now().checked_add(time).unwrap_or_else(far_away);
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
        let until = Instant::now().checked_add(timeout).unwrap_or_else(far_away);
        match self.mailbox.wait(name, until, pick) {
            Waited::Found(found) => Ok(Some(found)),
            Waited::TimedOut => Ok(None),
            Waited::Closed => Err(Error::Stopped),
        }
    }
}

/// Runs a closure as a task on a thread of its own.
pub(crate) fn spawn<C: AsRef<Context> + Send + 'static>(
    cx: C,
    label: Label,
    work: impl FnOnce(&Task<C>) -> Outcome + Send + 'static,
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

/// As long as anybody can mean.
fn far_away() -> Instant {
    Instant::now() + Duration::from_secs(365 * 86400)
}
