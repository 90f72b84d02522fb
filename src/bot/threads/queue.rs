//! The bounded queue between the shards' threads and the bot's.
//!
//! A shard collects what it has read in its own batch, and publishes it when it is about to wait, so that the
//! lock is taken and the bot's thread woken once per batch. The bot's thread takes the oldest batch and works through
//! it without the lock. Emptied batches go back to the shards, so that the same memory, still in the processor's
//! cache, is used again. At the limits nothing is dropped: the shard stops reading, and TCP makes Discord wait.

#[cfg(feature = "http-interactions")]
mod reservation;

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::bot::threads::batch::{Batch, QueueSize};
use crate::deadline::deadline;
use crate::error::Error;
use crate::gateway::session::Backpressure;
use crate::sync::{Condvar, Mutex, MutexGuard};

/// The default limit of the queue. At the limit the shards stop reading.
pub(crate) const DEFAULT_LIMITS: QueueSize = QueueSize { events: 20_000, bytes: 16 << 20 };

/// The default limit of closures that were posted and do not run yet.
const DEFAULT_POSTS: usize = 10_000;

/// Maximum number of posted messages that are taken at once. The others keep counting towards the limit.
const TAKEN_AT_ONCE: usize = 64;

/// A batch smaller than this is appended to the one before it, so that slow traffic does not make thousands of batches.
const SMALL_BATCH: usize = 16 << 10;
/// Maximum number of emptied batches that are kept for the shards.
const SPARE_BATCHES: usize = 8;
/// A shard that is this far ahead yields its processor to the bot's thread, which may have no other.
const FAR_AHEAD: usize = 256 << 10;

/// Everything for the bot's thread, and what the other threads must know of it.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    /// Something was published or posted for the bot's thread.
    filled: Condvar,
    /// The bot's thread has made room.
    room: Condvar,
    /// The bot stopped, ended, or all its shards are connected.
    changed: Condvar,
    /// Whether something other than events waits. It changes only under the lock, and is read between events without it.
    urgent: AtomicBool,
}

struct State<T> {
    ready: VecDeque<Batch>,
    /// When the batch was published that the bot's thread is working through.
    taken: Option<Instant>,
    spare: Vec<Batch>,
    /// Published and not yet handled, whether or not the bot's thread has already taken it.
    load: QueueSize,
    limits: QueueSize,
    /// The load has reached the limits, and has not yet fallen to half of them. With less room, many shards would wake up for
    /// a few events each.
    is_full: bool,
    /// How long waiting events are still handled after a stop.
    grace: Duration,
    waiting: bool,
    messages: VecDeque<T>,
    /// The number of messages that have a reservation, and are not posted yet.
    reserved: usize,
    max_messages: usize,
    failures: Vec<Error>,
    stopped: Option<Instant>,
    /// The bot's thread has ended its work.
    over: bool,
    live_shards: usize,
    connected: usize,
    expected: Option<usize>,
}

/// What happened besides events.
pub(crate) struct Inbox {
    pub(crate) failures: Vec<Error>,
    pub(crate) stopped: Option<Instant>,
    /// Whether messages wait: see [`Queue::take_messages`].
    pub(crate) has_messages: bool,
}

/// The state of the queue at one moment.
pub(crate) struct QueueState {
    pub(crate) load: QueueSize,
    pub(crate) limits: QueueSize,
    /// When the oldest element was published that is not handled.
    pub(crate) oldest: Option<Instant>,
    /// How many elements of each shard were not taken yet, and when the oldest of them was published.
    pub(crate) by_shard: BTreeMap<u32, (usize, Instant)>,
    /// The number of posted messages that were not taken yet.
    pub(crate) messages: usize,
    pub(crate) expected_shards: Option<usize>,
    pub(crate) is_stopped: bool,
    pub(crate) is_over: bool,
}

/// Why a message was not posted. Contains the message.
#[derive(Debug)]
pub(crate) enum NotPosted<T> {
    /// The bot's thread has ended.
    Ended(T),
    /// This number of messages waits, which is the maximum.
    Full(T, usize),
}

impl<T> Queue<T> {
    pub(crate) fn new(limits: QueueSize) -> Queue<T> {
        Queue {
            state: Mutex::new(State {
                ready: VecDeque::new(),
                taken: None,
                spare: Vec::new(),
                load: QueueSize::default(),
                limits,
                is_full: false,
                grace: Duration::ZERO,
                waiting: false,
                messages: VecDeque::new(),
                reserved: 0,
                max_messages: DEFAULT_POSTS,
                failures: Vec::new(),
                stopped: None,
                over: false,
                live_shards: 0,
                connected: 0,
                expected: None,
            }),
            filled: Condvar::new(),
            room: Condvar::new(),
            changed: Condvar::new(),
            urgent: AtomicBool::new(false),
        }
    }

    pub(crate) fn set_limits(&self, limits: QueueSize, grace: Duration) {
        let mut state = self.lock();
        (state.limits, state.grace) = (limits, grace);
    }

    pub(crate) fn set_max_messages(&self, count: usize) {
        self.lock().max_messages = count;
    }

    // The shards' side.

    /// Publishes a shard's batch and empties it.
    pub(crate) fn publish(&self, batch: &mut Batch) -> Backpressure {
        if batch.is_empty() {
            return self.lock().flow();
        }
        let mut state = self.lock();
        if state.over {
            batch.clear();
            return Backpressure::Off;
        }
        batch.set_published(Instant::now());
        state.add_load(batch.load());
        state.push(batch);
        let (flow, far_ahead) = (state.flow(), state.load.bytes > FAR_AHEAD);
        self.notify(state);
        if far_ahead {
            thread::yield_now();
        }
        flow
    }

    /// Waits until there is room, at most `timeout`.
    pub(crate) fn wait_for_room(&self, timeout: Duration) {
        let full = |state: &mut State<T>| state.flow() == Backpressure::On && state.stopped.is_none();
        drop(self.room.wait_timeout_while(self.lock(), timeout, full));
    }

    pub(crate) fn shard_begins(&self) {
        self.lock().live_shards += 1;
    }

    pub(crate) fn shard_ended(&self, failure: Option<Error>) {
        let mut state = self.lock();
        state.live_shards -= 1;
        state.failures.extend(failure);
        self.changed.notify_all();
        self.set_urgent(state);
    }

    /// Ends the bot with an error that no shard has reported.
    pub(crate) fn fail(&self, failure: Error) {
        let mut state = self.lock();
        state.failures.push(failure);
        self.set_urgent(state);
    }

    /// Waits until no shard runs any more, at most until `until`.
    pub(crate) fn wait_for_shards(&self, until: Instant) {
        let timeout = until.saturating_duration_since(Instant::now());
        drop(self.changed.wait_timeout_while(self.lock(), timeout, |state| state.live_shards > 0));
    }

    /// Sets the number of shards, once it is known.
    pub(crate) fn expect_shards(&self, count: usize) {
        self.lock().expected = Some(count);
        self.changed.notify_all();
    }

    pub(crate) fn shard_connected(&self) {
        self.lock().connected += 1;
        self.changed.notify_all();
    }

    // Any thread.

    /// Posts something to the bot's thread.
    pub(crate) fn post(&self, message: T) -> Result<(), NotPosted<T>> {
        let mut state = self.lock();
        if state.over {
            return Err(NotPosted::Ended(message));
        }
        if state.is_full_of_messages() {
            return Err(NotPosted::Full(message, state.max_messages));
        }
        state.messages.push_back(message);
        self.set_urgent(state);
        Ok(())
    }

    /// Asks the bot to stop. Only the first call counts; it returns true.
    pub(crate) fn stop(&self) -> bool {
        let mut state = self.lock();
        let is_first = state.stopped.is_none();
        state.stopped.get_or_insert_with(Instant::now);
        self.room.notify_all();
        self.changed.notify_all();
        self.set_urgent(state);
        is_first
    }

    pub(crate) fn is_stopped(&self) -> bool {
        let state = self.lock();
        state.stopped.is_some() || state.over
    }

    /// Whether the bot was asked to stop and its grace period is over.
    pub(crate) fn is_out_of_time(&self) -> bool {
        let state = self.lock();
        state.over || state.stopped.is_some_and(|stopped| stopped.elapsed() >= state.grace)
    }

    /// The state of the queue.
    pub(crate) fn read(&self, now: Instant) -> QueueState {
        let state = self.lock();
        let mut by_shard = BTreeMap::new();
        for batch in &state.ready {
            let since = batch.published().unwrap_or(now);
            batch.count_by_shard(|shard, count| by_shard.entry(shard).or_insert((0, since)).0 += count);
        }
        let waiting = state.ready.front().and_then(Batch::published);
        QueueState {
            load: state.load,
            limits: state.limits,
            oldest: state.taken.or(waiting).filter(|_| state.load.events > 0),
            by_shard,
            messages: state.messages.len(),
            expected_shards: state.expected,
            is_stopped: state.stopped.is_some(),
            is_over: state.over,
        }
    }

    /// Waits until the bot is asked to stop, at most until `until`. Returns whether it was.
    pub(crate) fn wait_for_stop(&self, until: Instant) -> bool {
        let timeout = until.saturating_duration_since(Instant::now());
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), timeout, |state| state.stopped.is_none() && !state.over);
        state.stopped.is_some() || state.over
    }

    /// When the grace period of a bot that was asked to stop has been over for this long.
    pub(crate) fn after_grace(&self, extra: Duration) -> Instant {
        let state = self.lock();
        deadline(state.stopped.unwrap_or_else(Instant::now), state.grace.saturating_add(extra))
    }

    /// Waits until the bot has ended, at most until `until`. Returns whether it ended.
    pub(crate) fn wait_until_over(&self, until: Instant) -> bool {
        let state = self.lock();
        let left = until.saturating_duration_since(Instant::now());
        self.changed.wait_timeout_while(state, left, |state| !state.over).0.over
    }

    /// Waits until every shard has connected once. Returns false if the bot stopped or ended before that.
    pub(crate) fn wait_until_connected(&self) -> bool {
        let waits = |state: &mut State<T>| !state.all_connected() && state.stopped.is_none() && !state.over;
        let state = self.changed.wait_while(self.lock(), waits);
        state.all_connected() && !state.over
    }

    /// Wakes the bot's thread, although nothing was posted.
    pub(crate) fn wake(&self) {
        let state = self.lock();
        self.set_urgent(state);
    }

    // The bot's side.

    /// Takes what happened besides events, if there is something new.
    pub(crate) fn take_posted(&self) -> Option<Inbox> {
        if !self.urgent.load(Ordering::Acquire) {
            return None;
        }
        let mut state = self.lock();
        self.urgent.store(false, Ordering::Release);
        Some(Inbox {
            failures: std::mem::take(&mut state.failures),
            stopped: state.stopped,
            has_messages: !state.messages.is_empty(),
        })
    }

    /// Adds the oldest messages to `taken`. Returns whether more wait.
    pub(crate) fn take_messages(&self, taken: &mut VecDeque<T>) -> bool {
        let mut state = self.lock();
        let count = state.messages.len().min(TAKEN_AT_ONCE);
        taken.extend(state.messages.drain(..count));
        if state.messages.is_empty() {
            // A backlog may have been large.
            state.messages.shrink_to(TAKEN_AT_ONCE);
        }
        !state.messages.is_empty()
    }

    /// Takes the oldest published batch and returns `batch`, which is done, for reuse. Waits for one, or for a posted message,
    /// at most until `until`.
    pub(crate) fn wait(&self, batch: &mut Batch, until: Option<Instant>) {
        batch.clear();
        let mut state = self.lock();
        while state.ready.is_empty() && !self.urgent.load(Ordering::Relaxed) {
            let timeout = until.map(|until| until.saturating_duration_since(Instant::now()));
            if timeout == Some(Duration::ZERO) {
                break;
            }
            state.waiting = true;
            state = match timeout {
                Some(timeout) => self.filled.wait_timeout(state, timeout).0,
                None => self.filled.wait(state),
            };
        }
        state.waiting = false;
        state.taken = state.ready.front().and_then(Batch::published);
        if let Some(oldest) = state.ready.pop_front() {
            let done = std::mem::replace(batch, oldest);
            if state.spare.len() < SPARE_BATCHES {
                state.spare.push(done);
            }
        }
    }

    /// Makes room: this much was handled.
    pub(crate) fn handled(&self, load: QueueSize) {
        if load == QueueSize::default() {
            return;
        }
        let mut state = self.lock();
        let has_room = state.remove_load(load);
        drop(state);
        if has_room {
            self.room.notify_all();
        }
    }

    /// How much may be handled before [`handled`](Queue::handled) should be called in the middle of a batch.
    pub(crate) fn step(&self) -> QueueSize {
        let limits = self.lock().limits;
        QueueSize { events: (limits.events / 8).max(1), bytes: (limits.bytes / 8).max(1) }
    }

    /// Whether every published batch was taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().ready.is_empty()
    }

    pub(crate) fn live_shards(&self) -> usize {
        self.lock().live_shards
    }

    /// The bot's thread has ended its work. Returns the number of events, and what else, that will not be handled.
    pub(crate) fn close(&self) -> (usize, Vec<T>) {
        let mut state = self.lock();
        state.over = true;
        state.stopped.get_or_insert_with(Instant::now);
        let events = state.ready.iter().map(Batch::len).sum();
        state.ready.clear();
        (state.load, state.is_full) = (QueueSize::default(), false);
        self.room.notify_all();
        self.changed.notify_all();
        (events, std::mem::take(&mut state.messages).into())
    }

    fn set_urgent(&self, state: MutexGuard<'_, State<T>>) {
        self.urgent.store(true, Ordering::Release);
        self.notify(state);
    }

    /// Whether everything was handled and the bot's thread waits for more. `None` if everything was handled, but the thread
    /// does something else.
    #[cfg(feature = "sim")]
    pub(crate) fn is_idle(&self) -> Option<bool> {
        let state = self.lock();
        let is_empty = state.ready.is_empty() && state.messages.is_empty();
        match (is_empty, state.waiting, state.load.events) {
            (true, true, _) => Some(true),
            (true, false, 0) => None,
            _ => Some(false),
        }
    }

    /// Wakes the bot's thread, if it waits. The lock is released first: the thread would be woken only to wait for it.
    fn notify(&self, mut state: MutexGuard<'_, State<T>>) {
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        if waiting {
            self.filled.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock()
    }
}

impl<T> State<T> {
    fn is_full_of_messages(&self) -> bool {
        self.messages.len() + self.reserved >= self.max_messages
    }

    /// Takes the content of the batch and leaves an empty one.
    fn push(&mut self, batch: &mut Batch) {
        let small = batch.load().bytes < SMALL_BATCH;
        match self.ready.back_mut() {
            Some(last) if small && last.load().bytes < SMALL_BATCH => last.take_from(batch),
            _ => {
                let empty = self.spare.pop().unwrap_or_default();
                self.ready.push_back(std::mem::replace(batch, empty));
            }
        }
    }

    fn add_load(&mut self, load: QueueSize) {
        self.load.add(load);
        self.is_full |= self.load.events >= self.limits.events || self.load.bytes >= self.limits.bytes;
    }

    /// Returns whether there is room again.
    fn remove_load(&mut self, load: QueueSize) -> bool {
        self.load.remove(load);
        let is_half = self.load.events <= self.limits.events / 2 && self.load.bytes <= self.limits.bytes / 2;
        is_half && std::mem::take(&mut self.is_full)
    }

    fn flow(&self) -> Backpressure {
        if self.is_full { Backpressure::On } else { Backpressure::Off }
    }

    fn all_connected(&self) -> bool {
        self.expected.is_some_and(|expected| self.connected >= expected)
    }
}

#[cfg(test)]
mod tests;
