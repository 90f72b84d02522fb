//! Answering in time what nobody else has answered, and other small sends that no closure waits for.
//!
//! One thread knows when which interaction is due; short-lived workers send. Both end when there is nothing to do.

mod schedule;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::sync::{Condvar, Mutex, MutexGuard};
use schedule::{Line, WORKERS};

/// How many words are sent at once that nobody's deadline depends on; they take no worker from the deferrals.
const TALKERS: usize = 8;

/// How long a thread with nothing to do stays.
const IDLE: Duration = Duration::from_secs(10);

/// How long a request takes, before one was sent, and the most that is believed: a single slow one says little.
const FIRST_COST: Duration = Duration::from_millis(250);
const MOST_COST: Duration = Duration::from_secs(1);

/// So many words may wait before those that come are left out.
const MOST_WAITING: usize = 1000;

type Job = Box<dyn FnOnce() + Send>;

/// Something that can be deferred when it is due.
pub(crate) trait Deferrable: Send + Sync {
    /// Whether it still needs a first response.
    fn is_open(&self) -> bool;

    /// Sends the deferral. Returns how long the request took; `None` if nothing had to be sent, or it failed.
    fn auto_defer(&self) -> Option<Duration>;
}

/// When an interaction is to be deferred.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch {
    pub(crate) received: Instant,
    pub(crate) after: Duration,
}

/// Defers interactions when they are due.
#[derive(Default)]
pub(crate) struct Watchdog {
    state: Mutex<State>,
    /// For the thread that knows what is due.
    added: Condvar,
    /// For the workers.
    work: Condvar,
    /// All was sent.
    idle: Condvar,
}

struct State {
    line: Line<Arc<dyn Deferrable>>,
    is_watching: bool,
    deferrals: VecDeque<Job>,
    words: VecDeque<Job>,
    /// How many workers are sending words.
    talking: usize,
    workers: usize,
    idle_workers: usize,
    /// How long a request has taken of late.
    cost: Duration,
    end: End,
}

/// How far it has come to an end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Open,
    /// Nobody is deferred any more; what is said goes out.
    Closing,
    /// Nothing is sent any more.
    Over,
}

impl Default for State {
    fn default() -> Self {
        State {
            line: Line::default(),
            is_watching: false,
            deferrals: VecDeque::new(),
            words: VecDeque::new(),
            talking: 0,
            workers: 0,
            idle_workers: 0,
            cost: FIRST_COST,
            end: End::Open,
        }
    }
}

impl Watchdog {
    /// Has an interaction deferred so long after it was received, unless it was answered by then: sooner where many
    /// wait, and in any case in time.
    pub(crate) fn add(self: &Arc<Self>, watch: Watch, item: Arc<dyn Deferrable>) {
        let mut state = self.lock();
        if state.end > End::Open {
            return;
        }
        state.line.add(watch.received, watch.after, item);
        if state.is_watching {
            self.added.notify_one();
            return;
        }
        state.is_watching = true;
        drop(state);
        let own = Arc::clone(self);
        let thread = thread::Builder::new().name("syncord-watchdog".to_owned());
        if let Err(error) = thread.spawn(move || own.watch()) {
            self.lock().is_watching = false;
            log::error!("the system gives no thread for answers in time: {error}");
        }
    }

    /// Has something sent that nobody waits for.
    pub(crate) fn submit(self: &Arc<Self>, word: Job) {
        let mut state = self.lock();
        if state.end == End::Over {
            return;
        }
        // Those who are told that the bot stops are as many as there are.
        if state.words.len() >= MOST_WAITING && state.end == End::Open {
            drop(state);
            log::warn!("too much waits to be sent: the user of an interaction is told nothing");
            return;
        }
        state.words.push_back(word);
        self.start(state);
    }

    /// Nobody is deferred any more: the words have all the workers.
    pub(crate) fn stop_deferring(&self) {
        let mut state = self.lock();
        state.end = state.end.max(End::Closing);
        let left = (std::mem::take(&mut state.line), std::mem::take(&mut state.deferrals));
        self.added.notify_one();
        self.work.notify_all();
        // What is dropped may want to say something.
        drop(state);
        drop(left);
    }

    /// Nothing is sent any more.
    pub(crate) fn end(&self) {
        let mut state = self.lock();
        state.end = End::Over;
        let left = std::mem::take(&mut state.words);
        self.work.notify_all();
        drop(state);
        if !left.is_empty() {
            log::warn!("the users of {} interactions were not told that the bot has ended", left.len());
        }
    }

    /// Whether nothing is still to be sent.
    pub(crate) fn is_idle(&self) -> bool {
        self.lock().is_idle()
    }

    /// Waits until nothing is still to be sent, at most until `until`.
    pub(crate) fn wait_until_idle(&self, until: Instant) {
        let timeout = until.saturating_duration_since(Instant::now());
        drop(self.idle.wait_timeout_while(self.lock(), timeout, |state| !state.is_idle()));
    }

    /// What the thread does that knows what is due.
    fn watch(self: Arc<Self>) {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let cost = state.cost;
            let due = state.line.take(now, cost, |item| item.is_open());
            if !due.is_empty() {
                state.deferrals.extend(due.into_iter().map(|item| self.job(item)));
                self.start(state);
                state = self.lock();
                continue;
            }
            let until = state.line.next(cost).unwrap_or(now + IDLE);
            let timeout = until.saturating_duration_since(now);
            let (again, waited) = self.added.wait_timeout(state, timeout);
            state = again;
            if (waited.timed_out() || state.end > End::Open) && state.line.is_empty() {
                state.is_watching = false;
                return;
            }
        }
    }

    fn job(self: &Arc<Self>, item: Arc<dyn Deferrable>) -> Job {
        let own = Arc::clone(self);
        Box::new(move || {
            if let Some(took) = item.auto_defer() {
                own.lock().learn(took);
            }
        })
    }

    /// Has what waits done, by as many workers as it takes.
    fn start(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        let missing = state.wanted().saturating_sub(state.workers);
        state.workers += missing;
        drop(state);
        self.work.notify_all();
        for _ in 0..missing {
            let own = Arc::clone(self);
            let thread = thread::Builder::new().name("syncord-answer".to_owned());
            if let Err(error) = thread.spawn(move || own.work()) {
                log::error!("the system gives no thread for answers: {error}");
                self.without_worker();
            }
        }
    }

    /// A worker could not be started.
    fn without_worker(&self) {
        let mut state = self.lock();
        state.workers -= 1;
        if state.workers > 0 {
            return;
        }
        // Nobody would ever come for it, and whoever waits for the end of it would do so in vain.
        let left = (std::mem::take(&mut state.deferrals), std::mem::take(&mut state.words));
        self.idle.notify_all();
        drop(state);
        log::error!("{} interactions are left unanswered for want of a thread", left.0.len() + left.1.len());
    }

    /// What a worker does.
    fn work(&self) {
        let mut state = self.lock();
        loop {
            if let Some((job, is_word)) = state.take() {
                drop(state);
                // A panic would take the worker away from those who wait.
                drop(catch_unwind(AssertUnwindSafe(job)));
                state = self.lock();
                state.talking -= usize::from(is_word);
                continue;
            }
            if state.end == End::Over {
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
            let (again, waited) = self.work.wait_timeout(state, IDLE);
            state = again;
            state.idle_workers -= 1;
            if (waited.timed_out() || state.end == End::Over) && !state.has_work() {
                state.workers -= 1;
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl State {
    /// The next job, and whether it is only a word: those come after the deferrals, and so many at once.
    fn take(&mut self) -> Option<(Job, bool)> {
        if let Some(deferral) = self.deferrals.pop_front() {
            return Some((deferral, false));
        }
        if self.talking >= self.talkers() {
            return None;
        }
        let word = self.words.pop_front()?;
        self.talking += 1;
        Some((word, true))
    }

    fn has_work(&self) -> bool {
        !self.deferrals.is_empty() || (!self.words.is_empty() && self.talking < self.talkers())
    }

    /// How many words may be sent at once.
    fn talkers(&self) -> usize {
        if self.end == End::Open { TALKERS } else { WORKERS }
    }

    /// How many workers there should be.
    fn wanted(&self) -> usize {
        let busy = self.workers - self.idle_workers;
        let words = self.words.len().min(self.talkers() - self.talking);
        (busy + self.deferrals.len() + words).min(WORKERS + TALKERS)
    }

    fn learn(&mut self, took: Duration) {
        self.cost = (self.cost * 3 + took.min(MOST_COST)) / 4;
    }

    fn is_idle(&self) -> bool {
        self.deferrals.is_empty() && self.words.is_empty() && self.workers == self.idle_workers
    }
}

#[cfg(test)]
mod tests;
