//! Defers interactions that have no response in time, and sends fallback messages that no handler waits for.
//!
//! One thread waits for the next interaction that is due; workers send. All of them end when there is nothing to do.

mod schedule;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::sync::{Condvar, Mutex, MutexGuard};
pub(super) use schedule::DEFER_WORKERS;
use schedule::DeferSchedule;

/// The number of fallback messages that are sent at a time. They have workers in addition to those of the deferrals.
const FALLBACK_WORKERS: usize = 8;

/// How long a thread with nothing to do is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// The assumed time of a request before the first one was sent: with a long round trip, on a new connection.
const INITIAL_COST: Duration = Duration::from_millis(500);

/// The longest time that counts: a single slow request says little about the next one.
const MAX_COST: Duration = Duration::from_secs(1);

/// The maximum number of fallback messages that wait. Further ones are dropped.
const MAX_FALLBACKS: usize = 1000;

/// How long deferrals that were too late are counted at most before they are logged.
const COUNT_LATE_FOR: Duration = Duration::from_secs(10);

type Job = Box<dyn FnOnce() + Send>;

/// Something that can be deferred when it is due.
pub(super) trait Deferrable: Send + Sync {
    /// Whether it still needs a first response.
    fn is_open(&self) -> bool;

    /// Sends the deferral.
    fn auto_defer(&self) -> Deferred;
}

/// What became of a deferral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deferred {
    /// It was sent; the request took this long.
    Sent(Duration),
    /// There was nothing to send, or sending failed, which was logged.
    NotSent,
    /// Discord accepted no response any more.
    TooLate,
}

/// When an interaction is to be deferred.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeferTimer {
    pub(super) received: Instant,
    pub(super) after: Duration,
}

/// Defers interactions when they are due.
#[derive(Default)]
pub(super) struct AutoDefer {
    state: Mutex<State>,
    /// Notifies the timer thread.
    scheduled: Condvar,
    /// Notifies the workers.
    work: Condvar,
    /// Notified when everything was sent.
    idle: Condvar,
}

struct State {
    schedule: DeferSchedule<Arc<dyn Deferrable>>,
    has_timer_thread: bool,
    deferrals: VecDeque<Job>,
    fallbacks: VecDeque<Job>,
    /// The number of workers that send a deferral.
    sending_deferrals: usize,
    /// The number of workers that send a fallback message.
    sending_fallbacks: usize,
    workers: usize,
    idle_workers: usize,
    /// A moving average of the time that a request takes.
    cost: Duration,
    /// The number of deferrals that were too late, and not logged yet.
    late: usize,
    /// When the first of them ended.
    late_since: Option<Instant>,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    /// Nothing is deferred any more; fallback messages are still sent.
    Stopping,
    /// Nothing is sent any more.
    Ended,
}

impl Default for State {
    fn default() -> Self {
        State {
            schedule: DeferSchedule::default(),
            has_timer_thread: false,
            deferrals: VecDeque::new(),
            fallbacks: VecDeque::new(),
            sending_deferrals: 0,
            sending_fallbacks: 0,
            workers: 0,
            idle_workers: 0,
            cost: INITIAL_COST,
            late: 0,
            late_since: None,
            stage: Stage::Running,
        }
    }
}

impl AutoDefer {
    /// Sets the maximum number of deferrals that are sent at a time.
    pub(super) fn set_workers(&self, workers: usize) {
        self.state.lock().schedule.set_workers(workers);
    }

    /// Schedules the deferral of an interaction. It is sent at the given time, or earlier if many are due at once, and in
    /// any case before Discord's time limit.
    pub(super) fn add(self: &Arc<Self>, timer: DeferTimer, item: Arc<dyn Deferrable>) {
        let mut state = self.state.lock();
        if state.stage > Stage::Running {
            return;
        }
        state.schedule.add(timer.received, timer.after, item);
        if state.has_timer_thread {
            self.scheduled.notify_one();
            return;
        }
        state.has_timer_thread = true;
        drop(state);
        let this = Arc::clone(self);
        let thread = thread::Builder::new().name("syncord-auto-defer".to_owned());
        if let Err(error) = thread.spawn(move || this.run_timer()) {
            self.state.lock().has_timer_thread = false;
            log::error!("cannot start the thread for automatic deferral: {error}");
        }
    }

    /// Sends a fallback message on another thread.
    pub(super) fn submit(self: &Arc<Self>, fallback: Job) {
        let mut state = self.state.lock();
        if state.stage == Stage::Ended {
            return;
        }
        // While stopping there is no limit: every waiting user is notified.
        if state.fallbacks.len() >= MAX_FALLBACKS && state.stage == Stage::Running {
            drop(state);
            log::warn!("too many messages wait to be sent: the user of an interaction is not notified");
            return;
        }
        state.fallbacks.push_back(fallback);
        self.start_workers(state);
    }

    /// Stops deferring: all workers send fallback messages from now on.
    pub(super) fn stop_deferring(&self) {
        let mut state = self.state.lock();
        state.stage = state.stage.max(Stage::Stopping);
        let workers = state.schedule.workers();
        let dropped = (std::mem::take(&mut state.schedule), std::mem::take(&mut state.deferrals));
        state.schedule.set_workers(workers);
        self.scheduled.notify_one();
        self.work.notify_all();
        // The items are dropped without the lock.
        drop(state);
        drop(dropped);
    }

    /// Stops sending. Returns the number of fallback messages that were not sent.
    pub(super) fn end(&self) -> usize {
        let mut state = self.state.lock();
        state.stage = Stage::Ended;
        let dropped = std::mem::take(&mut state.fallbacks);
        self.work.notify_all();
        drop(state);
        dropped.len()
    }

    /// Whether everything was sent.
    pub(super) fn is_idle(&self) -> bool {
        self.state.lock().is_idle()
    }

    /// Waits until everything was sent, or until `deadline`.
    pub(super) fn wait_until_idle(&self, deadline: Instant) {
        let timeout = deadline.saturating_duration_since(Instant::now());
        drop(self.idle.wait_timeout_while(self.state.lock(), timeout, |state| !state.is_idle()));
    }

    /// The loop of the timer thread.
    fn run_timer(self: Arc<Self>) {
        let mut state = self.state.lock();
        loop {
            let now = Instant::now();
            let cost = state.cost;
            let due = state.schedule.take_due(now, cost, |item| item.is_open());
            if !due.is_empty() {
                state.deferrals.extend(due.into_iter().map(|item| self.deferral(item)));
                self.start_workers(state);
                state = self.state.lock();
                continue;
            }
            let next = state.schedule.next_due(cost).unwrap_or(now + IDLE_TIMEOUT);
            let (locked, wait) = self.scheduled.wait_timeout(state, next.saturating_duration_since(now));
            state = locked;
            if (wait.timed_out() || state.stage > Stage::Running) && state.schedule.is_empty() {
                state.has_timer_thread = false;
                return;
            }
        }
    }

    fn deferral(self: &Arc<Self>, item: Arc<dyn Deferrable>) -> Job {
        let this = Arc::clone(self);
        Box::new(move || {
            let deferred = item.auto_defer();
            this.state.lock().record(Instant::now(), deferred);
        })
    }

    /// Starts as many workers as the waiting jobs need.
    fn start_workers(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        let missing = state.needed_workers().saturating_sub(state.workers);
        state.workers += missing;
        drop(state);
        self.work.notify_all();
        for started in 0..missing {
            let this = Arc::clone(self);
            let thread = thread::Builder::new().name("syncord-respond".to_owned());
            if let Err(error) = thread.spawn(move || this.run_worker()) {
                log::error!("cannot start a thread that responds to interactions: {error}");
                self.workers_failed(missing - started);
                return;
            }
        }
    }

    /// Handles workers that could not be started.
    fn workers_failed(&self, count: usize) {
        let mut state = self.state.lock();
        state.workers -= count;
        if state.workers > 0 {
            return;
        }
        // No worker is left for these jobs, and `wait_until_idle` must not wait for them.
        let dropped = (std::mem::take(&mut state.deferrals), std::mem::take(&mut state.fallbacks));
        self.idle.notify_all();
        drop(state);
        let count = dropped.0.len() + dropped.1.len();
        log::error!("{count} interactions get no response, because no thread can be started");
    }

    /// Records that a job has ended, and logs the deferrals that were too late. Returns the state, locked again.
    fn finish_job(&self, is_fallback: bool) -> MutexGuard<'_, State> {
        let mut state = self.state.lock();
        let sending = if is_fallback { &mut state.sending_fallbacks } else { &mut state.sending_deferrals };
        *sending -= 1;
        let late = state.take_late(Instant::now());
        if late == 0 {
            return state;
        }
        let workers = state.schedule.workers();
        drop(state);
        log::warn!(
            "{late} interactions were not acknowledged within Discord's 3 seconds, because sending takes too long for as \
             many at once: their users see that the bot does not respond; {workers} are sent at a time, which \
             bot.max_response_threads(..) raises"
        );
        self.state.lock()
    }

    /// The loop of a worker.
    fn run_worker(&self) {
        let mut state = self.state.lock();
        loop {
            if let Some((job, is_fallback)) = state.take_job() {
                drop(state);
                // A panic must not end the worker: other jobs wait for it. Its payload is leaked, because its `Drop` could
                // panic too.
                std::mem::forget(catch_unwind(AssertUnwindSafe(job)));
                state = self.finish_job(is_fallback);
                continue;
            }
            if state.stage == Stage::Ended {
                state.workers -= 1;
                if state.is_idle() {
                    self.idle.notify_all();
                }
                return;
            }
            state.idle_workers += 1;
            if state.is_idle() {
                self.idle.notify_all();
            }
            let (locked, wait) = self.work.wait_timeout(state, IDLE_TIMEOUT);
            state = locked;
            state.idle_workers -= 1;
            if (wait.timed_out() || state.stage == Stage::Ended) && !state.has_job() {
                state.workers -= 1;
                return;
            }
        }
    }
}

impl State {
    /// The next job, and whether it is a fallback message. Deferrals come first.
    fn take_job(&mut self) -> Option<(Job, bool)> {
        if let Some(deferral) = self.deferrals.pop_front() {
            self.sending_deferrals += 1;
            return Some((deferral, false));
        }
        if self.sending_fallbacks >= self.fallback_workers() {
            return None;
        }
        let fallback = self.fallbacks.pop_front()?;
        self.sending_fallbacks += 1;
        Some((fallback, true))
    }

    fn has_job(&self) -> bool {
        let may_send_fallback = self.sending_fallbacks < self.fallback_workers();
        !self.deferrals.is_empty() || (!self.fallbacks.is_empty() && may_send_fallback)
    }

    /// The number of fallback messages that may be sent at a time.
    fn fallback_workers(&self) -> usize {
        if self.stage == Stage::Running { FALLBACK_WORKERS } else { self.schedule.workers() }
    }

    fn needed_workers(&self) -> usize {
        let busy = self.workers - self.idle_workers;
        let fallbacks = self.fallbacks.len().min(self.fallback_workers() - self.sending_fallbacks);
        (busy + self.deferrals.len() + fallbacks).min(self.schedule.workers() + FALLBACK_WORKERS)
    }

    fn record(&mut self, now: Instant, deferred: Deferred) {
        match deferred {
            Deferred::Sent(took) => self.record_cost(took),
            Deferred::NotSent => {}
            Deferred::TooLate => {
                self.late += 1;
                self.late_since.get_or_insert(now);
            }
        }
    }

    /// The number of deferrals that were too late, once all that came at once have ended.
    fn take_late(&mut self, now: Instant) -> usize {
        let is_busy = self.sending_deferrals > 0 || !self.deferrals.is_empty();
        let is_long_ago = self.late_since.is_some_and(|since| now >= since + COUNT_LATE_FOR);
        if is_busy && !is_long_ago {
            return 0;
        }
        self.late_since = None;
        std::mem::take(&mut self.late)
    }

    fn record_cost(&mut self, took: Duration) {
        self.cost = (self.cost * 3 + took.min(MAX_COST)) / 4;
    }

    fn is_idle(&self) -> bool {
        self.deferrals.is_empty() && self.fallbacks.is_empty() && self.workers == self.idle_workers
    }
}

#[cfg(test)]
mod tests;
