//! Work on other threads than the bot's, in order where order matters.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::schedule::Schedule;
use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId, Problem, caught, discard_all, guard};
use crate::bot::event_scope::EventScope;
use crate::bot::health::LanesHealth;
use crate::bot::remember::Hold;
use crate::id::{ChannelId, GuildId, UserId};
use crate::sync::{Condvar, Mutex, MutexGuard};

/// The default for the maximum number of waiting jobs.
const DEFAULT_LIMIT: usize = 1024;

/// How long an idle thread is kept.
const IDLE: Duration = Duration::from_secs(10);

/// How often a thread that waits for room checks whether the stop deadline has passed.
const CHECK_INTERVAL: Duration = Duration::from_millis(50);

/// A small pool of threads with lanes: jobs with the same key run one after the other, in the order in which they came.
/// Jobs with different keys run at the same time.
///
/// Use it for handlers that take long, so that they do not delay those on the bot's own thread. They cannot
/// borrow, and may run at the same time as others: `Send + Sync + 'static`.
///
/// At the [limit](Lanes::limit), which all lanes share, the bot's thread waits for room, and Discord has to wait in
/// turn. Nothing is lost, unless [`drop_when_full`](Lanes::drop_when_full) is set. So one busy guild can delay the
/// others: give busy handlers their own lanes. A job must not wait for a closure
/// that it has [posted](crate::bot::Handle) to the bot's thread: if all jobs do so while that thread waits for room,
/// nothing moves until the bot is stopped.
///
/// Clones share the same threads and lanes. Their threads start when there is work and end when there is none.
///
/// ```
/// use std::time::Duration;
/// use syncord::Lanes;
/// use syncord::events::MessageCreate;
///
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
/// let work = Lanes::new(8).by_channel();
/// # let mut bot = discord.bot();
/// bot.on_in::<MessageCreate>(&work, |cx, message| {
///     std::thread::sleep(Duration::from_millis(50)); // other channels are handled in the meantime
///     cx.react(message, "⏰")?;
///     Ok(())
/// });
/// # bot.during(|| {
/// #     let message = ann.says(&general, "wake me");
/// #     discord.wait_until("a reaction", |_| !general.reactions(message).is_empty())?;
/// #     Ok(())
/// # })?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "background")]
#[doc(alias = "executor")]
#[doc(alias = "thread pool")]
#[doc(alias = "worker")]
#[doc(alias = "parallel")]
#[derive(Clone)]
#[must_use]
pub struct Lanes {
    pool: Arc<Pool>,
}

/// Computes the key of a job.
type Keying = Arc<dyn Fn(&EventScope) -> u64 + Send + Sync>;

/// A job.
pub(crate) type Work = Box<dyn FnOnce() + Send>;

struct Pool {
    /// Where the lanes were created.
    at: &'static Location<'static>,
    state: Mutex<State>,
    /// A job was added, or the lanes were closed.
    work: Condvar,
    /// A job ended.
    room: Condvar,
}

struct State {
    schedule: Schedule<u64, Work>,
    settings: Settings,
    threads: usize,
    idle: usize,
    dropped: u64,
    /// Arrived when the bot had no more time to wait for room.
    late: usize,
}

#[derive(Clone)]
struct Settings {
    size: usize,
    limit: usize,
    drop_when_full: bool,
    keying: Keying,
}

/// What happened to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Yes,
    /// There was no room.
    Full,
    /// There was no room, and no more time to wait for it.
    Late,
}

impl Lanes {
    /// Creates lanes by guild, with this number of threads.
    ///
    /// # Panics
    ///
    /// If the number is zero.
    #[track_caller]
    pub fn new(threads: usize) -> Lanes {
        assert!(threads > 0, "lanes need a thread: Lanes::new(1) or more");
        let keying: Keying = Arc::new(|_: &EventScope| 0);
        let settings = Settings { size: threads, limit: DEFAULT_LIMIT, drop_when_full: false, keying };
        let state = State { schedule: Schedule::new(), settings, threads: 0, idle: 0, dropped: 0, late: 0 };
        let at = Location::caller();
        let pool = Pool { at, state: Mutex::new(state), work: Condvar::new(), room: Condvar::new() };
        Lanes { pool: Arc::new(pool) }.by_guild()
    }

    /// Uses one lane for each guild, and one for everything outside guilds. This is the default.
    pub fn by_guild(self) -> Lanes {
        self.by_key(|scope| scope.guild_id.map_or(0, GuildId::get))
    }

    /// Uses one lane for each channel, and one for everything without a channel.
    pub fn by_channel(self) -> Lanes {
        self.by_key(|scope| scope.channel_id.map_or(0, ChannelId::get))
    }

    /// Uses one lane for each user, and one for everything without a user.
    pub fn by_user(self) -> Lanes {
        self.by_key(|scope| scope.user_id.map_or(0, UserId::get))
    }

    /// Uses one lane for each key. A panic in the closure costs the event, like a panic in a handler.
    ///
    /// The key belongs to the lanes, not to this clone. Set it before the bot runs.
    pub fn by_key(self, key: impl Fn(&EventScope) -> u64 + Send + Sync + 'static) -> Lanes {
        self.pool.lock().settings.keying = Arc::new(key);
        self
    }

    /// Sets the maximum number of waiting jobs. Default: 1,024.
    pub fn limit(self, jobs: usize) -> Lanes {
        self.pool.lock().settings.limit = jobs.max(1);
        self
    }

    /// Drops and counts the jobs that have no room, instead of making the bot's thread wait.
    pub fn drop_when_full(self) -> Lanes {
        self.pool.lock().settings.drop_when_full = true;
        self
    }

    /// Number of waiting jobs.
    pub fn queued(&self) -> usize {
        self.pool.lock().schedule.queued()
    }

    /// Number of running jobs.
    pub fn running(&self) -> usize {
        self.pool.lock().schedule.running()
    }

    /// Time for which the oldest job has been waiting or running.
    pub fn oldest(&self) -> Option<Duration> {
        self.pool.lock().schedule.oldest(Instant::now())
    }

    /// Number of jobs that were dropped because there was no room.
    pub fn dropped(&self) -> u64 {
        self.pool.lock().dropped
    }

    pub(crate) fn health(&self) -> LanesHealth {
        let state = self.pool.lock();
        LanesHealth {
            name: format!("{}:{}", self.pool.at.file(), self.pool.at.line()),
            threads: state.settings.size,
            running: state.schedule.running(),
            queued: state.schedule.queued(),
            limit: state.settings.limit,
            oldest: state.schedule.oldest(Instant::now()),
            dropped: state.dropped,
        }
    }

    /// Adds a job to its lane, as soon as there is room. Drops it when `is_too_late` returns true. The error is a panic of the
    /// program's key.
    pub(crate) fn push(
        &self,
        scope: &EventScope,
        work: Work,
        is_too_late: impl Fn() -> bool,
    ) -> Result<Taken, Problem> {
        let mut state = self.pool.lock();
        while state.schedule.queued() >= state.settings.limit {
            if state.settings.drop_when_full {
                state.dropped += 1;
                if state.dropped == 1 {
                    log::warn!("lanes are full: what comes now is dropped and counted");
                }
                return Ok(Taken::Full);
            }
            if is_too_late() {
                state.late += 1;
                return Ok(Taken::Late);
            }
            state = self.pool.room.wait_timeout(state, CHECK_INTERVAL).0;
        }
        let keying = Arc::clone(&state.settings.keying);
        // `key` is user code; call it without holding the lock.
        drop(state);
        let mut key = 0;
        guard(|| {
            key = keying(scope);
            Ok(())
        })?;
        let mut state = self.pool.lock();
        state.schedule.push(Instant::now(), key, work);
        if state.idle >= state.schedule.ready() {
            self.pool.work.notify_one();
        } else if state.threads < state.settings.size {
            state.threads += 1;
            drop(state);
            self.start_thread();
        }
        Ok(Taken::Yes)
    }

    fn start_thread(&self) {
        let pool = Arc::clone(&self.pool);
        let thread = thread::Builder::new().name("syncord-lane".to_owned());
        if let Err(error) = thread.spawn(move || pool.run()) {
            log::error!("the system gives no thread for a lane: {error}; lift its limit, or use fewer");
            self.without_thread();
        }
    }

    /// A thread could not be started.
    fn without_thread(&self) {
        let mut state = self.pool.lock();
        state.threads -= 1;
        // If no other thread will run it, run the job here: late rather than never.
        while state.threads == 0 {
            let Some((key, work)) = state.schedule.take() else { return };
            state = self.pool.do_one(state, key, work);
        }
    }

    /// Waits until no job waits or runs, at most until `until`. Returns whether that was reached.
    pub(crate) fn wait_until_idle(&self, until: Instant) -> bool {
        let busy = |state: &mut State| state.schedule.queued() + state.schedule.running() > 0;
        let timeout = until.saturating_duration_since(Instant::now());
        let (mut state, _) = self.pool.room.wait_timeout_while(self.pool.lock(), timeout, busy);
        !busy(&mut state)
    }

    /// Whether no job waits or runs.
    pub(crate) fn is_idle(&self) -> bool {
        self.wait_until_idle(Instant::now())
    }

    /// Drops the waiting jobs. Returns the number of jobs left undone, including those that came too late.
    pub(crate) fn clear(&self) -> usize {
        let mut state = self.pool.lock();
        let (dropped, late) = (state.schedule.clear(), std::mem::take(&mut state.late));
        let count = dropped.len() + late;
        // Dropping a job runs code of the program, so not under the lock.
        drop(state);
        discard_all(dropped);
        count
    }

    /// Whether these are the same lanes.
    pub(crate) fn is(&self, other: &Lanes) -> bool {
        Arc::ptr_eq(&self.pool, &other.pool)
    }
}

/// Runs a handler in lanes. Its errors are reported on the bot's thread. Returns whether there was room, or the error of
/// the key.
pub(crate) fn run_in(
    lanes: &Lanes,
    cx: &Context,
    scope: &EventScope,
    event: &'static str,
    id: &HandlerId,
    work: impl FnOnce(&Context) -> Result<(), Problem> + Send + 'static,
) -> Result<Taken, Problem> {
    let (own, id) = (cx.fork(), id.clone());
    let hold = cx.hold();
    let held = hold.clone();
    let work = move || {
        let _released_at_the_end = held.map(Hold::release_on_drop);
        let began = Instant::now();
        let result = guard(|| work(&own));
        id.meter.count_elsewhere(began.elapsed(), result.as_ref().err().map(Into::into));
        if let Err(problem) = result {
            own.report(HandlerError { event: event.to_owned(), handler: id.to_string(), problem });
        }
    };
    let taken = lanes.push(scope, Box::new(work), || cx.is_out_of_time());
    // A job releases it when it has run. One that is left undone at a stop does not, so its event comes again after a restart.
    // An event that is dropped because the program wants it, or whose error is reported, has been handled.
    if let (Ok(Taken::Full) | Err(_), Some(hold)) = (&taken, hold) {
        hold.release();
    }
    taken
}

impl Pool {
    /// The loop of a thread: one job after the other, until there has been none for a while.
    fn run(&self) {
        let mut state = self.lock();
        loop {
            if let Some((key, work)) = state.schedule.take() {
                state = self.do_one(state, key, work);
                continue;
            }
            state.idle += 1;
            let (again, timeout) = self.work.wait_timeout(state, IDLE);
            state = again;
            state.idle -= 1;
            if timeout.timed_out() && state.schedule.ready() == 0 {
                state.threads -= 1;
                return;
            }
        }
    }

    /// Runs a job, without the lock.
    fn do_one<'s>(&'s self, state: MutexGuard<'s, State>, key: u64, work: Work) -> MutexGuard<'s, State> {
        drop(state);
        // The job contains the panics of its handler. Whatever else panics must not stop the lane.
        if let Err(message) = caught(work) {
            log::error!("a job in lanes panicked: {message}");
        }
        let mut state = self.lock();
        state.schedule.done(key);
        self.room.notify_all();
        state
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl fmt::Debug for Lanes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.pool.lock();
        f.debug_struct("Lanes")
            .field("threads", &state.settings.size)
            .field("queued", &state.schedule.queued())
            .field("running", &state.schedule.running())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
