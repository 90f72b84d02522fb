//! Work beside the bot's thread, in order where order matters.

use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::origin::EventScope;
use super::schedule::Schedule;
use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId, Problem, guard};
use crate::id::{ChannelId, GuildId, UserId};
use crate::sync::{Condvar, Mutex, MutexGuard};

/// How many jobs wait, unless set otherwise, before there is no room.
const DEFAULT_LIMIT: usize = 1024;

/// How long a thread with nothing to do stays.
const IDLE: Duration = Duration::from_secs(10);

/// How often somebody who waits for room looks whether it is too late.
const LOOK: Duration = Duration::from_millis(50);

/// A small pool of threads whose work is kept in lanes: what has the same key runs one after the other, in
/// the order in which it came; what has different keys runs side by side.
///
/// Closures that take long go here, so that those on the bot's own thread are not kept waiting. They cannot
/// borrow, and may run at the same time as others: `Send + Sync + 'static`.
///
/// At the [limit](Lanes::limit), which all lanes share, the bot's thread waits for room, and Discord is held back in
/// turn; nothing is lost. [`drop_when_full`](Lanes::drop_when_full) chooses otherwise. So one busy guild can keep the
/// others waiting: give what is expected to be busy lanes of its own. And work in lanes must not wait for a closure
/// that it has [posted](crate::bot::Handle) to the bot's thread: where all of it does so while that thread waits for room,
/// nothing moves until the bot is stopped.
///
/// Clones are the same lanes. Their threads start when there is work and end when there is none.
///
/// ```no_run
/// use std::time::Duration;
/// use syncord::events::MessageCreate;
/// use syncord::{Bot, Lanes};
///
/// # fn main() -> syncord::Result {
/// let work = Lanes::new(8).by_channel();
/// let mut bot = Bot::from_env()?;
/// bot.on_in::<MessageCreate>(&work, |cx, message| {
///     std::thread::sleep(Duration::from_secs(3)); // other channels are served meanwhile
///     cx.react(message, "⏰")?;
///     Ok(())
/// });
/// bot.run()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Lanes {
    pool: Arc<Pool>,
}

/// What decides the lane of a job.
type Keying = Arc<dyn Fn(&EventScope) -> u64 + Send + Sync>;

/// What runs in a lane.
pub(crate) type Work = Box<dyn FnOnce() + Send>;

struct Pool {
    state: Mutex<State>,
    /// A job came, or there is nothing more to come.
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
    /// Came when the bot had no more time to wait for room.
    late: usize,
}

#[derive(Clone)]
struct Settings {
    size: usize,
    limit: usize,
    drop_when_full: bool,
    keying: Keying,
}

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Yes,
    /// There was no room.
    Full,
    /// There was no room, and no more time to wait for it.
    Late,
}

impl Lanes {
    /// Lanes by guild, with so many threads.
    ///
    /// # Panics
    ///
    /// When that is none at all.
    pub fn new(threads: usize) -> Lanes {
        assert!(threads > 0, "lanes need a thread: Lanes::new(1) or more");
        let keying: Keying = Arc::new(|_: &EventScope| 0);
        let settings = Settings { size: threads, limit: DEFAULT_LIMIT, drop_when_full: false, keying };
        let state = State { schedule: Schedule::new(), settings, threads: 0, idle: 0, dropped: 0, late: 0 };
        let pool = Pool { state: Mutex::new(state), work: Condvar::new(), room: Condvar::new() };
        Lanes { pool: Arc::new(pool) }.by_guild()
    }

    /// One lane for each guild, and one for all that comes from none: as it is from the start.
    pub fn by_guild(self) -> Lanes {
        self.by_key(|origin| origin.guild_id.map_or(0, GuildId::get))
    }

    /// One lane for each channel, and one for all that comes from none.
    pub fn by_channel(self) -> Lanes {
        self.by_key(|origin| origin.channel_id.map_or(0, ChannelId::get))
    }

    /// One lane for each person, and one for all that comes from none.
    pub fn by_user(self) -> Lanes {
        self.by_key(|origin| origin.user_id.map_or(0, UserId::get))
    }

    /// One lane for each key. A panic in the closure costs the event, as one in a handler does.
    ///
    /// The keys belong to the lanes, not to this clone of them: they are said before the bot runs.
    pub fn by_key(self, key: impl Fn(&EventScope) -> u64 + Send + Sync + 'static) -> Lanes {
        self.pool.lock().settings.keying = Arc::new(key);
        self
    }

    /// Lets so many jobs wait before there is no room: 1,024 unless set.
    pub fn limit(self, jobs: usize) -> Lanes {
        self.pool.lock().settings.limit = jobs.max(1);
        self
    }

    /// Drops what there is no room for, and counts it, instead of holding the bot's thread back.
    pub fn drop_when_full(self) -> Lanes {
        self.pool.lock().settings.drop_when_full = true;
        self
    }

    /// How many jobs wait.
    pub fn queued(&self) -> usize {
        self.pool.lock().schedule.queued()
    }

    /// How many jobs run.
    pub fn running(&self) -> usize {
        self.pool.lock().schedule.running()
    }

    /// For how long the oldest job has been waiting or running.
    pub fn oldest(&self) -> Option<Duration> {
        self.pool.lock().schedule.oldest(Instant::now())
    }

    /// How many jobs were dropped because there was no room.
    pub fn dropped(&self) -> u64 {
        self.pool.lock().dropped
    }

    /// Puts a job into its lane, as soon as there is room, or drops it when `is_too_late`. What goes wrong is the
    /// program's key.
    pub(crate) fn push(
        &self,
        origin: &EventScope,
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
            state = self.pool.room.wait_timeout(state, LOOK).0;
        }
        let keying = Arc::clone(&state.settings.keying);
        // The key is the program's own code: it is asked without the lock.
        drop(state);
        let mut key = 0;
        guard(|| {
            key = keying(origin);
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
        // Where there is no other that would come to it, the work is done here: late rather than never.
        while state.threads == 0 {
            let Some((key, work)) = state.schedule.take() else { return };
            state = self.pool.do_one(state, key, work);
        }
    }

    /// Waits until nothing waits or runs, at most until `until`; says whether it came to that.
    pub(crate) fn wait_until_idle(&self, until: Instant) -> bool {
        let busy = |state: &mut State| state.schedule.queued() + state.schedule.running() > 0;
        let timeout = until.saturating_duration_since(Instant::now());
        let (mut state, _) = self.pool.room.wait_timeout_while(self.pool.lock(), timeout, busy);
        !busy(&mut state)
    }

    /// Whether nothing waits or runs.
    pub(crate) fn is_idle(&self) -> bool {
        self.wait_until_idle(Instant::now())
    }

    /// Drops what waits; says how much was left undone, with what came too late.
    pub(crate) fn clear(&self) -> usize {
        let mut state = self.pool.lock();
        let (dropped, late) = (state.schedule.clear(), std::mem::take(&mut state.late));
        // What the jobs hold may do anything when it is dropped: not under the lock.
        drop(state);
        dropped.len() + late
    }

    /// Whether these are the same lanes.
    pub(crate) fn is(&self, other: &Lanes) -> bool {
        Arc::ptr_eq(&self.pool, &other.pool)
    }
}

/// Runs work for an event in lanes; what goes wrong there is reported on the bot's thread. Says whether there was room,
/// or what went wrong on the way.
pub(crate) fn run_in(
    lanes: &Lanes,
    cx: &Context,
    origin: &EventScope,
    event: &'static str,
    label: &HandlerId,
    work: impl FnOnce(&Context) -> Result<(), Problem> + Send + 'static,
) -> Result<Taken, Problem> {
    let (own, label) = (cx.fork(), label.clone());
    let work = move || {
        if let Err(problem) = guard(|| work(&own)) {
            own.report(HandlerError { event: event.to_owned(), handler: label.to_string(), problem });
        }
    };
    lanes.push(origin, Box::new(work), || cx.is_out_of_time())
}

impl Pool {
    /// What a thread does: one job after the other, until there has been none for a while.
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

    /// Does a job, without the lock.
    fn do_one<'s>(&'s self, state: MutexGuard<'s, State>, key: u64, work: Work) -> MutexGuard<'s, State> {
        drop(state);
        work();
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
