//! Conversations: threads on which waiting is ordinary code.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bot::context::Context;
use crate::bot::error::HandlerId;
use crate::bot::event_scope::EventScope;
use crate::bot::threads::mailbox::{Candidate, EventIds, Mailbox, Waited, Wanted};
use crate::deadline::deadline;
use crate::error::{Error, Result};
use crate::gateway::event::{Event, InteractionCreate, MessageCreate};
use crate::id::{ChannelId, UserId};
use crate::model::Message;

/// A conversation: it can do what a [`Context`] can, and wait.
///
/// The closure of [`spawn`](Context::spawn) receives it. It runs on its own thread and must not borrow.
/// Only a task can wait, so a handler cannot block the bot's thread this way.
///
/// Declare what it waits for with [`waits_for`](crate::bot::Bot::waits_for), because the intents follow from
/// it. Events that come after `spawn` and before the task asks for them are kept, at most the last 1,000 and 1 MiB for all
/// tasks together. They also reach the other handlers.
///
/// A waiting task is woken by the events that it waits for and by no others.
///
/// `C` is the context that spawned it. A function for tasks of commands takes `&Task<CommandContext>`, one for tasks of events
/// `&Task`, and one for all kinds is generic: `fn greet<C: TaskContext>(task: &Task<C>)`, with
/// [`TaskContext`](crate::bot::TaskContext).
///
/// Common conversations are one call: [`confirm`](Task::confirm), [`choose`](Task::choose), [`pages`](Task::pages) and
/// [`ask`](Task::ask) send a [`Prompt`](crate::bot::Prompt) and wait for the answer.
///
/// ```
/// use std::time::Duration;
/// use syncord::events::MessageCreate;
///
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
/// # let mut bot = discord.bot();
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
/// # bot.during(|| {
/// #     ann.says(&general, "!order");
/// #     assert_eq!(general.next_message()?.content, "What will it be?");
/// #     ann.says(&general, "Tea.");
/// #     assert_eq!(general.next_message()?.content, "Coming up.");
/// #     Ok(())
/// # })?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "collector")]
#[doc(alias = "conversation")]
#[doc(alias = "wait_for")]
pub struct Task<C = Context> {
    pub(super) cx: C,
    pub(super) mailbox: Arc<Mailbox>,
}

impl<C: AsRef<Context>> Task<C> {
    /// Waits for the next message of this user in this channel. `None` after the timeout.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for [`MessageCreate`], [`Error::Stopped`] if the bot
    /// stops.
    #[doc(alias = "message collector")]
    #[doc(alias = "await messages")]
    #[doc(alias = "collector")]
    #[doc(alias = "await message")]
    pub fn next_message(
        &self,
        channel: ChannelId,
        user: UserId,
        timeout: Duration,
    ) -> Result<Option<Message>, Error> {
        let wanted = wanted::<MessageCreate>(EventScope::new().channel(channel).user(user));
        let mut fits = |message: &MessageCreate| is_of(message, channel, user);
        let message = self.wait(wanted, timeout, |candidate| pick(candidate, &mut fits));
        self.result(message, |message| message.0)
    }

    /// Waits for the next event of a type that `filter` accepts. `None` after the timeout.
    ///
    /// Events that it does not accept stay for later waits of this task, the oldest first. For interactions, which need a
    /// response, there is [`next_interaction`](Task::next_interaction) and similar methods.
    ///
    /// Each event of the type wakes the task, which then calls the filter. If the guild, channel, message or user is known,
    /// [`next_in`](Task::next_in) costs nothing for other events.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for such events, or they are interactions;
    /// [`Error::Stopped`] if the bot stops.
    pub fn next<E: Event + Send + Sync>(
        &self,
        filter: impl FnMut(&E) -> bool,
        timeout: Duration,
    ) -> Result<Option<E>, Error> {
        self.next_in(EventScope::new(), filter, timeout)
    }

    /// Waits for the next event of a type and of a scope that `filter` accepts. `None` after the timeout.
    ///
    /// The scope has the guild, channel, message or user that the event must have. It is looked up before the event is
    /// parsed, so a task costs nothing while other events arrive, however many tasks wait.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use syncord::bot::EventScope;
    /// use syncord::events::MessageReactionAdd;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.waits_for::<MessageReactionAdd>();
    /// bot.on_message(|cx, message| {
    ///     if message.author.bot {
    ///         return Ok(());
    ///     }
    ///     let channel = message.channel_id;
    ///     Ok(cx.spawn(move |task| {
    ///         let asked = task.send(channel, "Who is in?")?;
    ///         let scope = EventScope::new().message(asked.id);
    ///         let reaction = task.next_in::<MessageReactionAdd>(scope, |_| true, Duration::from_secs(60))?;
    ///         task.send(channel, if reaction.is_some() { "Good." } else { "A pity." })?;
    ///         Ok(())
    ///     })?)
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "Tonight?");
    /// #     let question = general.next_message()?;
    /// #     ann.reacts(&general, &question, "👍");
    /// #     assert_eq!(general.next_message()?.content, "Good.");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`next`](Task::next).
    #[doc(alias = "reaction collector")]
    #[doc(alias = "await reactions")]
    pub fn next_in<E: Event + Send + Sync>(
        &self,
        scope: EventScope,
        mut filter: impl FnMut(&E) -> bool,
        timeout: Duration,
    ) -> Result<Option<E>, Error> {
        if E::NAME == InteractionCreate::NAME {
            // An event alone cannot be responded to together with the library's own responses.
            return Err(Error::setup(
                "a task takes interactions by next_interaction, next_click or next_modal, which answer them: not by next",
            ));
        }
        let event = self.wait(wanted::<E>(scope), timeout, |candidate| pick(candidate, &mut filter));
        self.result(event, |event| event)
    }

    /// Waits for a while, or until the bot stops.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] if the bot stops.
    pub fn sleep(&self, time: Duration) -> Result<(), Error> {
        let until = deadline(Instant::now(), time);
        match self.cx.as_ref().shared().mailboxes.sleep(&self.mailbox, until) {
            Waited::Closed => Err(Error::Stopped),
            Waited::TimedOut | Waited::Found(()) | Waited::Undeclared(_) => Ok(()),
        }
    }

    /// Waits for what `pick` returns. Its result is a few bytes, because it is on the stack during the wait.
    pub(super) fn wait<T>(
        &self,
        wanted: Vec<Wanted>,
        timeout: Duration,
        pick: impl FnMut(&Candidate<'_>) -> Option<T>,
    ) -> Waited<Box<T>> {
        let until = deadline(Instant::now(), timeout);
        self.cx.as_ref().shared().mailboxes.wait(&self.mailbox, wanted, until, pick)
    }

    /// The result of a wait for users. A separate function, so that it takes room on the stack only after the wait.
    #[inline(never)]
    pub(super) fn result<T, U>(
        &self,
        waited: Waited<Box<T>>,
        f: impl FnOnce(T) -> U,
    ) -> Result<Option<U>, Error> {
        match waited {
            Waited::Found(found) => Ok(Some(f(*found))),
            Waited::TimedOut => Ok(None),
            Waited::Closed => Err(Error::Stopped),
            Waited::Undeclared(type_name) => Err(self.undeclared(type_name)),
        }
    }

    /// Checks that the task may wait for events of this type, before anything is sent that needs such a wait.
    pub(super) fn check_declared<E: Event>(&self) -> Result<(), Error> {
        match self.mailbox.takes(E::NAME) {
            true => Ok(()),
            false => Err(self.undeclared(HandlerId::type_name::<E>())),
        }
    }

    fn undeclared(&self, type_name: &str) -> Error {
        Error::setup(format!(
            "a task of {} waits for {type_name} and did not declare it: add .waits_for::<{type_name}>() to it",
            self.mailbox.waits().node
        ))
    }
}

/// A wait for the events of a type that have these IDs.
#[inline(never)]
pub(super) fn wanted<E: Event>(ids: impl Into<EventIds>) -> Vec<Wanted> {
    vec![Wanted { name: E::NAME, type_name: HandlerId::type_name::<E>(), ids: ids.into() }]
}

/// Whether the message is of this user in this channel.
pub(super) fn is_of(message: &Message, channel: ChannelId, user: UserId) -> bool {
    message.channel_id == channel && message.author.id == user
}

/// The event, if it can be read and `filter` accepts it.
pub(super) fn pick<E: Event + Send + Sync>(
    candidate: &Candidate<'_>,
    filter: &mut impl FnMut(&E) -> bool,
) -> Option<E> {
    let decode = || E::decode(candidate.data).ok();
    match candidate.shared::<E>() {
        Some(event) if filter(event) => decode(),
        Some(_) => None,
        None => decode().filter(filter),
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
            .field("waits_for", &self.mailbox.waits().names)
            .finish_non_exhaustive()
    }
}
