//! Conversations: threads on which waiting is ordinary code.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bot::context::Context;
use crate::bot::error::HandlerId;
use crate::bot::threads::mailbox::{Mail, Mailbox, Waited};
use crate::bot::waits::Waits;
use crate::deadline::deadline;
use crate::error::{Error, Result};
use crate::gateway::event::{Event, InteractionCreate, MessageCreate};
use crate::id::{ChannelId, UserId};
use crate::model::Message;

/// A conversation: it can do what a [`Context`] can, and wait.
///
/// The closure of [`spawn`](Context::spawn) receives it. It runs on a thread of its own and must not borrow.
/// Only a task can wait, so a handler cannot block the bot's thread this way.
///
/// Declare what it waits for with [`waits_for`](crate::bot::Bot::waits_for), because the intents follow from
/// it. Its mailbox opens with `spawn`: events that come before the task asks for them are kept. They also
/// reach the other handlers.
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
pub struct Task<C = Context> {
    pub(super) cx: C,
    pub(super) mailbox: Arc<Mailbox>,
    pub(super) waits: Arc<Waits>,
}

impl<C: AsRef<Context>> Task<C> {
    /// Waits for the next message of this user in this channel. `None` after the timeout.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for [`MessageCreate`], [`Error::Stopped`] if the bot
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

    /// Waits for the next event of a type that `filter` accepts. `None` after the timeout.
    ///
    /// Events that it does not accept stay for later waits of this task, the oldest first. For interactions, which need a
    /// response, there is [`next_interaction`](Task::next_interaction) and similar methods.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for such events, or they are interactions;
    /// [`Error::Stopped`] if the bot stops.
    pub fn next<E: Event>(
        &self,
        mut filter: impl FnMut(&E) -> bool,
        timeout: Duration,
    ) -> Result<Option<E>, Error> {
        if E::NAME == InteractionCreate::NAME {
            // An event alone cannot be responded to together with the library's own responses.
            return Err(Error::setup(
                "a task takes interactions by next_interaction, next_click or next_modal, which answer them: not by next",
            ));
        }
        self.wait(E::NAME, HandlerId::type_name::<E>(), timeout, |mail| {
            let event = E::decode(&mail.data).ok()?;
            filter(&event).then_some(event)
        })
    }

    /// Waits for a while, or until the bot stops.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] if the bot stops.
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
