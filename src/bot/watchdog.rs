//! Answering in time what nobody else has answered, and other small sends that no closure waits for.
//!
//! One thread knows when which interaction is due; short-lived workers send. Both end when there is nothing to do.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::answer::PATIENCE;
use super::answering::Answer;
use crate::rest::Client;

/// How many requests are under way at once.
const WORKERS: usize = 32;

/// How long a thread with nothing to do stays.
const IDLE: Duration = Duration::from_secs(10);

/// How long before Discord's patience ends an answer should have arrived.
const MARGIN: Duration = Duration::from_millis(250);

/// How long a request takes, before one was sent.
const FIRST_COST: Duration = Duration::from_millis(250);

/// So many sends may wait before those are left out that only are polite.
const MOST_WAITING: usize = 1000;

type Job = Box<dyn FnOnce() + Send>;

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

#[derive(Default)]
struct State {
    waiting: BinaryHeap<Reverse<Waiting>>,
    /// The number of the next one that waits.
    next: u64,
    is_watching: bool,
    jobs: VecDeque<Job>,
    workers: usize,
    idle_workers: usize,
    /// How long a request has taken of late.
    cost: Option<Duration>,
}

/// An interaction that may have to be deferred.
struct Waiting {
    due: Instant,
    number: u64,
    received: Instant,
    answer: Arc<Answer>,
    client: Client,
}

impl Watchdog {
    /// Has an interaction deferred when it is due, unless it was answered by then.
    pub(crate) fn add(
        self: &Arc<Self>,
        received: Instant,
        due: Instant,
        answer: &Arc<Answer>,
        client: &Client,
    ) {
        let (answer, client) = (Arc::clone(answer), client.clone());
        let mut state = self.lock();
        let number = state.next;
        state.next += 1;
        state.waiting.push(Reverse(Waiting { due, number, received, answer, client }));
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
    pub(crate) fn submit(self: &Arc<Self>, job: Job) {
        let state = self.lock();
        if state.jobs.len() < MOST_WAITING {
            self.start(state, [job]);
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
            let due = state.due(now);
            if !due.is_empty() {
                let jobs = due.into_iter().map(|waiting| self.job(waiting));
                self.start(state, jobs.collect::<Vec<_>>());
                state = self.lock();
                continue;
            }
            let until = state.waiting.peek().map_or(now + IDLE, |Reverse(first)| first.due);
            let timeout = until.saturating_duration_since(now);
            let (again, waited) =
                self.added.wait_timeout(state, timeout).unwrap_or_else(PoisonError::into_inner);
            state = again;
            if waited.timed_out() && state.waiting.is_empty() {
                state.is_watching = false;
                return;
            }
        }
    }

    fn job(self: &Arc<Self>, waiting: Waiting) -> Job {
        let own = Arc::clone(self);
        Box::new(move || {
            if let Some(took) = waiting.answer.watch(&waiting.client) {
                own.lock().learn(took);
            }
        })
    }

    fn start(self: &Arc<Self>, mut state: MutexGuard<'_, State>, jobs: impl IntoIterator<Item = Job>) {
        state.jobs.extend(jobs);
        let busy = state.workers - state.idle_workers;
        let wanted = (busy + state.jobs.len()).min(WORKERS);
        let missing = wanted.saturating_sub(state.workers);
        state.workers += missing;
        drop(state);
        self.work.notify_all();
        for _ in 0..missing {
            let own = Arc::clone(self);
            let thread = thread::Builder::new().name("syncord-answer".to_owned());
            if let Err(error) = thread.spawn(move || own.work()) {
                self.lock().workers -= 1;
                log::error!("the system gives no thread for answers: {error}");
            }
        }
    }

    /// What a worker does.
    fn work(&self) {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                // A panic would take the worker away from those who wait.
                drop(catch_unwind(AssertUnwindSafe(job)));
                state = self.lock();
                continue;
            }
            state.idle_workers += 1;
            if state.is_idle() {
                self.idle.notify_all();
            }
            let (again, waited) = self.work.wait_timeout(state, IDLE).unwrap_or_else(PoisonError::into_inner);
            state = again;
            state.idle_workers -= 1;
            if waited.timed_out() && state.jobs.is_empty() {
                state.workers -= 1;
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes out what is to be deferred now: what is due, and the first of more than could be served when they are.
    fn due(&mut self, now: Instant) -> Vec<Waiting> {
        let mut due = Vec::new();
        while self.waiting.peek().is_some_and(|Reverse(first)| first.due <= now) {
            due.extend(self.waiting.pop().map(|Reverse(first)| first));
        }
        let cost = self.cost.unwrap_or(FIRST_COST);
        let Some(Reverse(first)) = self.waiting.peek() else { return due };
        let room = room(first.received, first.due, cost);
        if self.waiting.len() > room {
            // Those that were answered meanwhile need nothing.
            self.waiting.retain(|Reverse(waiting)| waiting.answer.is_open());
        }
        while self.waiting.len() > room {
            due.extend(self.waiting.pop().map(|Reverse(first)| first));
        }
        due
    }

    fn learn(&mut self, took: Duration) {
        let cost = self.cost.unwrap_or(FIRST_COST);
        self.cost = Some((cost * 3 + took) / 4);
    }

    fn is_idle(&self) -> bool {
        self.jobs.is_empty() && self.workers == self.idle_workers
    }
}

/// How many can be served between the moment when they are due and the end of Discord's patience.
fn room(received: Instant, due: Instant, cost: Duration) -> usize {
    let slack = (received + PATIENCE).saturating_duration_since(due + MARGIN);
    let rounds = slack.as_secs_f64() / cost.as_secs_f64().max(0.001);
    // At most three seconds in milliseconds.
    WORKERS * rounds as usize
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.number).cmp(&(other.due, other.number))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Waiting {}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{WORKERS, room};

    #[test]
    fn as_many_wait_as_could_be_served_in_time() {
        let (now, ms) = (Instant::now(), Duration::from_millis);
        for (due, cost, rounds) in
            [(2000, 250, 3), (2000, 100, 7), (2000, 1000, 0), (2900, 10, 0), (3500, 10, 0), (500, 250, 9)]
        {
            assert_eq!(room(now, now + ms(due), ms(cost)), rounds * WORKERS, "{due} {cost}");
        }
        assert!(room(now, now, Duration::ZERO) > 1000);
    }
}
