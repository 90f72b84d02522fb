//! What other threads hold of a bot.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use super::context::{Context, Job, LoopMessage, Shared};
use crate::bot::error::HandlerId;
#[cfg(feature = "sim")]
use crate::bot::lanes::Lanes;
use crate::bot::threads::batch::INTERACTION;
use crate::bot::threads::queue::NotPosted;
use crate::bot::timers::{Timer, once_later};
use crate::error::{Error, Result};
use crate::interaction::Received;

/// Controls a bot from any thread: stops it, and runs closures on its thread.
///
/// Clones control the same bot. A handle does not keep the bot running.
///
/// ```
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let general = discord.channel("general");
/// # let (mut bot, channel) = (discord.bot(), general.id());
/// let handle = bot.handle();
/// std::thread::spawn(move || {
///     // … something that takes long, then:
///     handle.post(move |cx| {
///         cx.send(channel, "done")?;
///         cx.stop();
///         Ok(())
///     })
/// });
/// # bot.on_ready(|_, _| Ok(()));
/// bot.run()?;
/// # assert_eq!(general.next_message()?.content, "done");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "shutdown")]
#[doc(alias = "ctrl-c")]
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

impl Handle {
    pub(crate) fn new(shared: &Arc<Shared>) -> Handle {
        Handle { shared: Arc::clone(shared) }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Stops the bot, as [`Context::stop`] does. A bot that does not run yet ends as soon as it is run.
    pub fn stop(&self) {
        self.shared.stop();
    }

    /// Whether the bot was asked to stop, or has ended.
    pub fn is_stopped(&self) -> bool {
        self.shared.queue.is_stopped()
    }

    /// Runs the closure on the bot's thread, between events, once the bot has logged in.
    ///
    /// Does not wait for it. Closures run in the order in which they were posted. Errors and panics are reported to
    /// [`on_error`](crate::bot::Bot::on_error).
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when the [maximum number of closures](crate::bot::Bot::max_posts) is waiting: try again later.
    /// [`Error::Stopped`] when the bot has ended, or was dropped before it ran.
    #[track_caller]
    pub fn post(&self, work: impl FnOnce(&Context) -> Result + Send + 'static) -> Result<(), Error> {
        let id = self.shared.health.handlers.closure("post", Location::caller());
        self.shared.post(LoopMessage::Job(Job { id, work: Box::new(work) }))
    }

    /// Calls the closure on the bot's thread, this long after now. The closure may not borrow; a bot that is being built has
    /// [`Bot::after`](crate::Bot::after).
    ///
    /// # Errors
    ///
    /// As for [`post`](Handle::post).
    #[doc(alias = "delay")]
    #[doc(alias = "reminder")]
    #[track_caller]
    pub fn post_after(
        &self,
        delay: Duration,
        work: impl FnOnce(&Context) -> Result + Send + 'static,
    ) -> Result<Timer, Error> {
        let id = self.shared.health.handlers.closure("post_after", Location::caller());
        let (timer, message) = once_later(HandlerId::clone(&id), delay, work);
        self.shared.post(LoopMessage::Timer(message))?;
        Ok(timer)
    }
}

impl Shared {
    /// Takes in an interaction on the thread that received it: from then on it is deferred in time.
    pub(crate) fn receive_interaction(&self, data: &str) -> Received {
        let Some(login) = self.login.get() else { return Received::default() };
        let has_waiting_task = self.mailboxes.want(INTERACTION);
        // A task may respond after the end.
        let client = &login.ending_client;
        self.interactions.receive(client, login.application_id(), data, has_waiting_task)
    }

    /// Posts a message to the bot's thread.
    pub(crate) fn post(&self, message: LoopMessage) -> Result<(), Error> {
        self.queue.post(message).map_err(|not_posted| match not_posted {
            NotPosted::Ended(_) => Error::Stopped,
            NotPosted::Full(_, count) => Error::Busy {
                problem: format!(
                    "{count} posted closures wait for the bot's thread, and no more are allowed: \
                     post again later, or raise bot.max_posts(..)"
                ),
            },
        })
    }
}

#[cfg(feature = "sim")]
impl Handle {
    /// Whether the bot has nothing to do now, apart from its timers. `None` if it cannot tell: it has tasks, or the program
    /// does not poll it.
    pub(crate) fn is_idle(&self, lanes: &[Lanes]) -> Option<bool> {
        let has_work = !self.shared.interactions.is_idle() || !lanes.iter().all(Lanes::is_idle);
        match self.shared.queue.is_idle() {
            _ if has_work => Some(false),
            Some(true) if self.shared.tasks.running() > 0 => None,
            known => known,
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("is_stopped", &self.is_stopped()).finish()
    }
}

impl Context {
    /// Controls the bot from any thread.
    pub fn handle(&self) -> Handle {
        Handle::new(self.shared())
    }
}
