//! A running bot: the side of its own thread.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::bot::context::{Context, Handle, LoopMessage, Shared};
use crate::bot::event_loop::dispatch;
use crate::bot::event_loop::unhandled::Unhandled;
use crate::bot::handler::{EventFilter, Handlers};
use crate::bot::health::StopReport;
use crate::bot::health::meter::ShardEvents;
use crate::bot::lanes::Lanes;
use crate::bot::threads::batch::{Batch, Item, QueueSize};
use crate::bot::timers::Timers;
use crate::bot::timers::schedule::Now;
use crate::bot::tree::Router;
use crate::cache::Cache;
use crate::error::Error;
use crate::rest::Client;

/// How long the shards may take to close their connections. After that the bot does not wait for them.
const SHARDS_TIMEOUT: Duration = Duration::from_secs(2);

/// How often to check, after a stop, whether lanes and tasks have ended: their end wakes no thread.
const CHECK_INTERVAL: Duration = Duration::from_millis(10);

/// Time at the end of the grace period in which waiting users are notified that the bot stops: at most this much of the
/// period, and this much after it.
const NOTIFY_TIME: Duration = Duration::from_secs(1);

/// How long the last save may take. After that the bot does not wait for it.
const LAST_SAVE: Duration = Duration::from_secs(2);

/// A value that lives as long as the bot runs.
pub(crate) type RunGuard = Box<dyn Any>;

/// A bot that was [started](crate::bot::Bot::start). Its handlers run when it is polled.
///
/// The connection has its own threads: rare polling delays handlers, but never a heartbeat. Dropping it stops the bot.
///
/// ```
/// use std::time::Duration;
///
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
/// let mut asked = 0;
/// # let mut bot = discord.bot();
/// # bot.on_ready(|_, _| {
/// #     ann.says(&general, "How is the game?");
/// #     Ok(())
/// # });
/// bot.on_message(|cx, message| {
///     asked += 1;
///     cx.reply(message, "The game goes on.")?;
/// #   cx.stop();
///     Ok(())
/// });
/// let mut running = bot.start()?;
/// while !running.is_over() {
///     // … draw a frame …
///     running.poll(Duration::from_millis(16))?;
/// }
/// # assert_eq!(general.next_message()?.content, "The game goes on.");
/// # Ok(())
/// # }
/// ```
pub struct Running<'a> {
    shared: Arc<Shared>,
    rest: Client,
    handlers: Handlers<'a>,
    router: Router<'a>,
    timers: Timers<'a>,
    grace: Duration,
    batch: Batch,
    /// Number of entries of the batch that were handled.
    place: usize,
    /// Handled, but not yet reported to the queue.
    handled: QueueSize,
    step: QueueSize,
    messages: VecDeque<LoopMessage>,
    /// Whether more messages wait in the queue.
    has_more_messages: bool,
    /// Whether the last thing done was not an event. Then an event comes next, so that events never starve.
    did_message: bool,
    /// Whether the last of these was a timer. Then a message comes next.
    did_timer: bool,
    cx: Option<Context>,
    /// The counters of the shards, from the first one of this process on.
    shards: Vec<(u32, Arc<ShardEvents>)>,
    stopped: Option<Instant>,
    failure: Option<Error>,
    /// Whether the time is over. Everything that still comes stays unhandled.
    gave_up: bool,
    /// What came too late.
    unhandled: Unhandled,
    over: bool,
    /// Which events have a handler, if others come too, for the cache.
    handled_events: Option<EventFilter>,
    _run_guard: Option<RunGuard>,
}

impl<'a> Running<'a> {
    pub(crate) fn new(
        shared: Arc<Shared>,
        rest: Client,
        handlers: Handlers<'a>,
        router: Router<'a>,
        timers: Timers<'a>,
        grace: Duration,
        run_guard: Option<RunGuard>,
    ) -> Self {
        let step = shared.queue.step();
        Running {
            shared,
            rest,
            handlers,
            router,
            timers,
            grace,
            batch: Batch::default(),
            place: 0,
            handled: QueueSize::default(),
            step,
            messages: VecDeque::new(),
            has_more_messages: false,
            did_message: false,
            did_timer: false,
            cx: None,
            shards: Vec::new(),
            stopped: None,
            failure: None,
            gave_up: false,
            unhandled: Unhandled::default(),
            over: false,
            handled_events: None,
            _run_guard: run_guard,
        }
    }

    /// Counts only these events as delivered to handlers.
    pub(crate) fn counting(mut self, handled: Option<EventFilter>) -> Self {
        self.handled_events = handled;
        self
    }

    /// Handles at most one event, timer or posted closure. Waits at most `timeout` for it. Returns whether it handled one.
    /// Once the bot [is over](Running::is_over) it returns at once.
    ///
    /// # Errors
    ///
    /// The errors of [`run`](Running::run), once.
    pub fn poll(&mut self, timeout: Duration) -> Result<bool, Error> {
        self.shared.health.calls.read_clock();
        self.advance(Instant::now().checked_add(timeout))
    }

    /// Handles events until the bot is stopped.
    ///
    /// # Errors
    ///
    /// The error that ended the bot: [`Error::Token`], [`Error::Intents`], [`Error::Gateway`], [`Error::IdentifyBudget`] or
    /// [`Error::Setup`]. A broken network is not an error: the bot retries until it works.
    pub fn run(mut self) -> Result<(), Error> {
        while !self.over {
            self.advance(None)?;
        }
        Ok(())
    }

    /// Whether the bot has ended, because it was stopped or failed.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Controls the bot from any thread.
    pub fn handle(&self) -> Handle {
        Handle::new(&self.shared)
    }

    /// The REST client, for calls outside of handlers. Its clones work on any thread, before the login, and after the bot has
    /// ended.
    pub fn rest(&self) -> &Client {
        &self.rest
    }

    /// The [cache](crate::cache) of the bot. It knows nothing if the bot has [none](crate::Bot::cache).
    pub fn cache(&self) -> &Cache {
        self.shared.cache()
    }

    /// What the stop of the bot has dropped. `None` before the bot has ended.
    pub fn stop_report(&self) -> Option<StopReport> {
        self.shared.health.stop_report.get().cloned()
    }

    /// Does one thing, if there is one. Otherwise it waits for one, at most until `until`.
    fn advance(&mut self, until: Option<Instant>) -> Result<bool, Error> {
        loop {
            if self.over {
                return Ok(false);
            }
            self.take_posted();
            if self.stopped.is_some_and(|stopped| self.is_finished(stopped)) {
                self.finish();
                return self.failure.take().map_or(Ok(false), Err);
            }
            if self.stopped.is_some_and(|stopped| self.is_out_of_time(stopped)) {
                self.give_up();
            } else if self.do_one() {
                return Ok(true);
            }
            if self.stopped.is_some_and(|stopped| self.are_shards_gone(stopped)) && self.is_handled() {
                // Only lanes and tasks are still running.
                self.wait_for_others([until, self.grace_ends()].into_iter().flatten().min());
                if until.is_some_and(|until| Instant::now() >= until) {
                    return Ok(false);
                }
                continue;
            }
            self.fetch([until, self.own_deadline()].into_iter().flatten().min());
            let nothing_came = self.batch.is_empty();
            if nothing_came && until.is_some_and(|until| Instant::now() >= until) {
                // The next call handles what else arrived.
                return Ok(false);
            }
        }
    }

    /// Takes over what other threads have posted.
    fn take_posted(&mut self) {
        let Some(posted) = self.shared.queue.take_posted() else { return };
        self.has_more_messages |= posted.has_messages;
        self.stopped = posted.stopped;
        if let (None, Some(login)) = (&self.cx, self.shared.login.get()) {
            self.cx = Some(Context::new(Arc::clone(&self.shared), Arc::clone(login)));
            self.shards =
                self.shared.shards().into_iter().map(|shard| (shard.id.index, shard.events)).collect();
            self.timers.start(Now::read());
        }
        let failed = !posted.failures.is_empty();
        for failure in posted.failures {
            match &self.failure {
                // One error is enough to end the bot; those of the other shards are often the same.
                Some(_) => log::debug!("another shard ended: {failure}"),
                None => self.failure = Some(failure),
            }
        }
        if self.stopped.is_none() && (failed || self.shared.queue.live_shards() == 0) {
            self.shared.stop();
            self.stopped = Some(Instant::now());
        }
    }

    /// Runs one closure, or the handlers of one event.
    fn do_one(&mut self) -> bool {
        if !std::mem::take(&mut self.did_message) {
            self.did_message = self.do_message();
            return self.did_message || self.do_event();
        }
        if self.place >= self.batch.len() {
            // There may be events that were not fetched yet.
            self.fetch(Some(Instant::now()));
        }
        self.do_event() || self.do_message()
    }

    /// Takes the next batch when the last one is done. Waits for it at most until `until`.
    fn fetch(&mut self, until: Option<Instant>) {
        self.tell_handled();
        self.shared.queue.wait(&mut self.batch, until);
        self.shared.health.calls.read_clock();
        self.place = 0;
    }

    fn do_message(&mut self) -> bool {
        if self.cx.is_none() {
            return false;
        }
        if self.messages.is_empty() && self.has_more_messages {
            self.has_more_messages = self.shared.queue.take_messages(&mut self.messages);
        }
        // Timers and messages take turns.
        let is_turn_of_timers = !std::mem::take(&mut self.did_timer);
        if is_turn_of_timers && self.do_timer() {
            return true;
        }
        if let (Some(cx), Some(message)) = (&self.cx, self.messages.pop_front()) {
            dispatch::message(&mut self.handlers, &mut self.router, &mut self.timers, cx, message);
            return true;
        }
        !is_turn_of_timers && self.do_timer()
    }

    /// Runs the closure of a timer that is due, if there is one.
    fn do_timer(&mut self) -> bool {
        let Some(cx) = &self.cx else { return false };
        if self.stopped.is_some() || self.timers.is_empty() {
            return false;
        }
        let Some(timer) = self.timers.due(Now::read()) else { return false };
        dispatch::timer(&mut self.handlers, cx, timer);
        self.did_timer = true;
        true
    }

    fn do_event(&mut self) -> bool {
        let (Some(cx), Some((item, load))) = (&self.cx, self.batch.get(self.place)) else { return false };
        let began = self.shared.health.calls.now();
        dispatch::item(&mut self.handlers, &mut self.router, cx, &item);
        let (Item::Event { shard, .. } | Item::Notice { shard, .. }) = item;
        if let Item::Event { name, position, .. } = item {
            if self.handled_events.as_ref().is_none_or(|handled| handled.has_handler(name)) {
                self.shared.health.calls.delivered.count_alone(name);
            }
            self.shared.interactions.handlers_ended(name.text(), self.shared.health.calls.now() - began);
            if let Some(remembered) = self.shared.remembered.get() {
                remembered.handled(shard, position);
            }
        }
        self.place += 1;
        self.count_handled(shard);
        self.handled.add(load);
        if self.handled.events >= self.step.events || self.handled.bytes >= self.step.bytes {
            self.tell_handled();
        }
        true
    }

    fn count_handled(&self, shard: u32) {
        let first = self.shards.first().map_or(0, |(index, _)| *index);
        if let Some((_, events)) = self.shards.get(shard.wrapping_sub(first) as usize) {
            events.handled.add_alone(1);
        }
    }

    fn tell_handled(&mut self) {
        self.shared.queue.handled(std::mem::take(&mut self.handled));
    }

    /// The next deadline of the bot's thread itself.
    fn own_deadline(&self) -> Option<Instant> {
        match self.stopped {
            None => self.timers.deadline(),
            // Everything is handled: only the shards are still running.
            Some(stopped) => stopped.checked_add(SHARDS_TIMEOUT),
        }
    }

    /// Whether a bot that was stopped at that time has nothing more to do, or no more time for it.
    fn is_finished(&self, stopped: Instant) -> bool {
        let others_are_idle = || {
            self.shared.tasks.running() == 0
                && self.shared.interactions.is_idle()
                && self.handlers.lanes.iter().all(Lanes::is_idle)
        };
        // Before the login no event can be handled.
        self.are_shards_gone(stopped)
            && (self.cx.is_none()
                || stopped.elapsed() >= self.grace
                || (others_are_idle() && self.is_handled()))
    }

    /// Whether a bot that was stopped at that time no longer waits for its shards.
    fn are_shards_gone(&self, stopped: Instant) -> bool {
        self.shared.queue.live_shards() == 0 || stopped.elapsed() >= SHARDS_TIMEOUT
    }

    /// Whether a bot that was stopped at that time calls no more handlers: the end of the grace period is reserved for
    /// notifying users who would otherwise get no response.
    fn is_out_of_time(&self, stopped: Instant) -> bool {
        let since = stopped.elapsed();
        let notify_time = NOTIFY_TIME.min(self.grace / 4);
        self.gave_up
            || since >= self.grace
            || (since >= self.grace - notify_time && self.shared.interactions.has_uncalled_handler())
    }

    /// Whether nothing waits for this thread.
    fn is_handled(&self) -> bool {
        self.place >= self.batch.len()
            && self.messages.is_empty()
            && !self.has_more_messages
            && self.shared.queue.is_empty()
    }

    fn grace_ends(&self) -> Option<Instant> {
        self.stopped.and_then(|stopped| stopped.checked_add(self.grace))
    }

    /// Waits for lanes and tasks, and for what they post to this thread, at most until `until`.
    fn wait_for_others(&mut self, until: Option<Instant>) {
        let next_check = Instant::now() + CHECK_INTERVAL;
        self.fetch(Some(until.map_or(next_check, |until| until.min(next_check))));
    }

    /// The time is over: what is still waiting stays unhandled.
    fn give_up(&mut self) {
        self.gave_up = true;
        self.unhandled.events += self.batch.len().saturating_sub(self.place);
        while self.has_more_messages {
            self.has_more_messages = self.shared.queue.take_messages(&mut self.messages);
        }
        self.unhandled.add_messages(self.messages.drain(..));
        self.batch.clear();
        self.place = 0;
        self.shared.interactions.notify_uncalled();
    }

    /// Whether a shard has, or had, a session, or the bot was ready for requests over HTTP.
    fn has_begun(&self) -> bool {
        #[cfg(feature = "http-interactions")]
        if self.shared.http.endpoint.get().is_some() {
            return true;
        }
        let now = Instant::now();
        self.shared.shards().iter().any(|shard| {
            let health = shard.meter.read(now);
            health.new_sessions + health.resumed_sessions > 0
        })
    }

    /// Ends the work, and reports what was dropped. Waiting users are notified, in a second at most.
    fn finish(&mut self) {
        self.over = true;
        self.give_up();
        let (events, messages) = self.shared.queue.close();
        self.unhandled.events += events;
        self.unhandled.add_messages(messages);
        let waiting_jobs = self.handlers.lanes.iter().map(Lanes::clear).sum();
        if self.stopped.is_some_and(|stopped| stopped.elapsed() >= self.grace) {
            // Those of lanes and tasks.
            self.shared.cut_calls();
        }
        let end = self.grace_ends().and_then(|end| end.checked_add(NOTIFY_TIME));
        // A handler that has used up that time leaves half of it.
        let end = end.unwrap_or_else(Instant::now).max(Instant::now() + NOTIFY_TIME / 2);
        let (interactions, unnotified) =
            self.shared.interactions.shut_down(end.min(Instant::now() + NOTIFY_TIME));
        // The program may go on to use the client.
        self.shared.cut.end();
        if self.shared.remembered.get().is_some_and(|remembered| !remembered.finish(LAST_SAVE)) {
            log::warn!("the sessions could not be saved within {LAST_SAVE:?}: a restart may repeat events");
        }
        if self.shared.recorder.get().is_some_and(|recorder| !recorder.finish(LAST_SAVE)) {
            log::warn!("the end of the recording could not be written within {LAST_SAVE:?}");
        }
        let report = StopReport {
            took: self.stopped.map_or(Duration::ZERO, |stopped| stopped.elapsed()),
            events: self.unhandled.events,
            posts: self.unhandled.posts,
            waiting_jobs,
            running_jobs: self.handlers.lanes.iter().map(Lanes::running).sum(),
            tasks: self.shared.tasks.running(),
            prompts: self.shared.health.open_prompts.load(Ordering::Relaxed),
            interactions,
            unnotified,
            rest_calls: self.shared.health.rest_calls_cut(),
            shards: self.shared.queue.live_shards(),
        };
        // A bot that has never begun has nothing to report. If its login failed, the error is to be seen first.
        if self.has_begun() || !report.is_empty() {
            let level = if report.is_empty() { log::Level::Info } else { log::Level::Warn };
            log::log!(level, "{report}");
        }
        // Set once: a bot ends once.
        let _ = self.shared.health.stop_report.set(report);
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        self.shared.stop();
        self.grace = Duration::ZERO;
        self.shared.queue.wait_for_shards(Instant::now() + SHARDS_TIMEOUT);
        self.finish();
    }
}

impl fmt::Debug for Running<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("is_over", &self.over).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
