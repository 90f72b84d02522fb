//! How the thread that saves is woken and ended.

use std::collections::BTreeMap;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::store::IdentifyRecord;
use crate::sync::{Condvar, Mutex};

/// Wakes the thread that saves, and waits for its end.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    /// The thread waits until something is handled. It is read for each event, and changes only when the bot was idle.
    sleeps: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    is_woken: bool,
    is_finishing: bool,
    has_ended: bool,
    /// By shard.
    identifies: BTreeMap<u32, IdentifyRecord>,
}

impl Alarm {
    /// Wakes the thread if it has nothing to do.
    pub(super) fn wake(&self) {
        if self.sleeps.load(Ordering::SeqCst) {
            let mut state = self.state.lock();
            if self.sleeps.swap(false, Ordering::SeqCst) {
                state.is_woken = true;
                self.changed.notify_all();
            }
        }
    }

    /// Wakes the thread also from its pause between two saves.
    pub(super) fn wake_from_pause(&self) {
        self.state.lock().is_woken = true;
        self.changed.notify_all();
    }

    /// What woke the thread so far is saved next, so it must not end the pause after that.
    pub(super) fn forget(&self) {
        self.state.lock().is_woken = false;
    }

    pub(super) fn add_identify(&self, record: IdentifyRecord) {
        self.state.lock().identifies.insert(record.shard, record);
        // Not after a pause: a program that crashes right after its login would identify too often.
        self.wake_from_pause();
    }

    pub(super) fn finish(&self, timeout: Duration) -> bool {
        let mut state = self.state.lock();
        state.is_finishing = true;
        self.changed.notify_all();
        self.changed.wait_timeout_while(state, timeout, |state| !state.has_ended).0.has_ended
    }

    /// Waits until the thread is woken, at most until `until`. Returns whether to end.
    pub(super) fn wait(&self, until: Instant) -> bool {
        let timeout = until.saturating_duration_since(Instant::now());
        let waits = |state: &mut State| !state.is_woken && !state.is_finishing;
        let (mut state, _) = self.changed.wait_timeout_while(self.state.lock(), timeout, waits);
        state.is_woken = false;
        state.is_finishing
    }

    /// Sleeps until something is handled, at most `timeout`, or not at all if there is news. Returns whether to end.
    pub(super) fn sleep(&self, has_news: impl FnOnce() -> bool, timeout: Duration) -> bool {
        self.sleeps.store(true, Ordering::SeqCst);
        let is_finishing = self.wait(Instant::now() + if has_news() { Duration::ZERO } else { timeout });
        let mut state = self.state.lock();
        self.sleeps.store(false, Ordering::SeqCst);
        // It is awake now, and must not end the next pause.
        state.is_woken = false;
        is_finishing
    }

    /// The thread has ended.
    pub(super) fn ended(&self) {
        self.state.lock().has_ended = true;
        self.changed.notify_all();
    }

    pub(super) fn has_identifies(&self) -> bool {
        !self.state.lock().identifies.is_empty()
    }

    pub(super) fn take_identifies(&self) -> BTreeMap<u32, IdentifyRecord> {
        mem::take(&mut self.state.lock().identifies)
    }

    pub(super) fn give_back(&self, identifies: BTreeMap<u32, IdentifyRecord>) {
        let mut state = self.state.lock();
        for (shard, record) in identifies {
            state.identifies.entry(shard).or_insert(record);
        }
    }
}
