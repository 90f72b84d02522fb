//! How far the events of one shard were received and handled.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::alarm::Alarm;
use crate::gateway::session::{Dispatch, KeptSession};
use crate::sync::Mutex;

/// The bits of a position that hold the sequence number. No session has a trillion events.
const SEQUENCE_BITS: u32 = 40;

/// The last event up to which something is done: the number of the session in this process, and a sequence number of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position(u64);

impl Position {
    fn new(session: u64, sequence: u64) -> Position {
        Position(session << SEQUENCE_BITS | (sequence & ((1 << SEQUENCE_BITS) - 1)))
    }

    fn session(self) -> u64 {
        self.0 >> SEQUENCE_BITS
    }

    pub(super) fn sequence(self) -> u64 {
        self.0 & ((1 << SEQUENCE_BITS) - 1)
    }
}

/// What the threads know of one shard's events. The shard's thread writes what it received, the bot's thread what it handled;
/// no event takes a lock, unless it goes to lanes.
#[derive(Debug)]
pub(crate) struct Progress {
    /// The last event that was received.
    received: AtomicU64,
    /// The last event that was passed on to handlers.
    queued: AtomicU64,
    /// The last event whose handlers on the bot's thread have returned.
    handled: AtomicU64,
    /// What was handled when it was last looked at.
    seen: AtomicU64,
    /// Wakes the thread that saves.
    alarm: Arc<Alarm>,
    in_lanes: Mutex<InLanes>,
    known: Mutex<Option<Known>>,
}

/// The events that lanes have not handled yet.
#[derive(Debug, Default)]
struct InLanes {
    jobs: u64,
    /// For each job, the position before its event.
    open: BTreeMap<u64, u64>,
}

/// What is known of the shard's session.
#[derive(Debug)]
struct Known {
    /// Which session of this process it is.
    number: u64,
    session_id: String,
    resume_url: Option<String>,
    /// Everything that Discord sent before this time was handled.
    caught_up_at: SystemTime,
    /// A later such time, for when everything up to this position is handled.
    next: Option<(Position, SystemTime)>,
    /// Whether the session was confirmed since it was saved last, or is new.
    is_confirmed: bool,
    saved: Option<Position>,
}

/// What to save of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) session: KeptSession,
    /// Proves to [`Progress::saved`] what was saved.
    pub(super) position: Position,
}

impl Progress {
    /// The progress of a shard that begins with this session, if it begins with one.
    pub(super) fn new(kept: Option<&KeptSession>, alarm: &Arc<Alarm>) -> Progress {
        let start = kept.map_or(0, |kept| Position::new(0, kept.sequence).0);
        Progress {
            received: AtomicU64::new(start),
            queued: AtomicU64::new(start),
            handled: AtomicU64::new(start),
            seen: AtomicU64::new(start),
            alarm: Arc::clone(alarm),
            in_lanes: Mutex::default(),
            known: Mutex::new(kept.map(|kept| Known {
                number: 0,
                session_id: kept.id.clone(),
                resume_url: kept.resume_url.clone(),
                caught_up_at: kept.caught_up_at,
                next: None,
                is_confirmed: false,
                saved: Some(Position(start)),
            })),
        }
    }

    /// The handlers of an event on the bot's thread have returned.
    pub(super) fn handled(&self, position: u64) {
        // Sequentially consistent, as the alarm is: either the thread that saves sees this, or it is woken.
        self.handled.store(position, Ordering::SeqCst);
        self.alarm.wake();
    }

    /// The event that the bot's thread is handling goes to lanes.
    fn hold(&self) -> u64 {
        let before = self.handled.load(Ordering::Acquire);
        let mut lanes = self.in_lanes.lock();
        lanes.jobs += 1;
        let job = lanes.jobs;
        lanes.open.insert(job, before);
        job
    }

    fn release(&self, job: u64) {
        self.in_lanes.lock().open.remove(&job);
        self.alarm.wake();
    }

    /// Whether something was handled since [`changed`](Progress::changed) was called. Events without a handler do not count.
    pub(super) fn has_news(&self) -> bool {
        let session = self.position().session();
        let is_confirmed = |known: &Known| known.is_confirmed && known.number == session;
        self.last_done() != self.seen.load(Ordering::Relaxed)
            || self.known.lock().as_ref().is_some_and(is_confirmed)
    }

    /// The last event with a handler that is handled, as are all before it.
    fn last_done(&self) -> u64 {
        let handled = self.handled.load(Ordering::SeqCst);
        self.before_lanes().unwrap_or(handled)
    }

    /// The position before the oldest event that is in lanes.
    fn before_lanes(&self) -> Option<u64> {
        self.in_lanes.lock().open.first_key_value().map(|(_, before)| *before)
    }

    /// The last event that is handled, as are all before it.
    fn position(&self) -> Position {
        // In this order: an event is passed on before it counts as received, and goes to lanes before it counts as handled.
        let received = self.received.load(Ordering::Acquire);
        let queued = self.queued.load(Ordering::Acquire);
        let handled = self.handled.load(Ordering::SeqCst);
        let before_lanes = self.before_lanes();
        // Events without a handler count once all events before them are handled.
        Position(before_lanes.unwrap_or(if handled == queued { received } else { handled }))
    }

    /// What to save, if there is something new.
    pub(super) fn changed(&self) -> Option<Snapshot> {
        self.seen.store(self.last_done(), Ordering::Relaxed);
        let position = self.position();
        let mut known = self.known.lock();
        // Between two sessions, events of the old one may still wait. Its record stays as it is.
        let known = known.as_mut().filter(|known| known.number == position.session())?;
        if let Some((_, at)) = known.next.take_if(|(caught_up, _)| *caught_up <= position) {
            known.caught_up_at = at;
        }
        if known.saved == Some(position) && !known.is_confirmed {
            return None;
        }
        let mut session = KeptSession::new(known.session_id.clone(), position.sequence(), known.caught_up_at);
        session.resume_url.clone_from(&known.resume_url);
        known.is_confirmed = false;
        Some(Snapshot { session, position })
    }

    /// Saving succeeded, or has to be done again.
    pub(super) fn saved(&self, position: Position, succeeded: bool) {
        if let Some(known) = &mut *self.known.lock() {
            known.saved = succeeded.then_some(position);
        }
    }
}

/// The side of the shard's thread.
#[derive(Debug)]
pub(crate) struct Tracker {
    progress: Arc<Progress>,
    /// The number of the session.
    session: u64,
    last: u64,
}

impl Tracker {
    pub(super) fn new(progress: Arc<Progress>) -> Tracker {
        let last = progress.received.load(Ordering::Relaxed);
        Tracker { progress, session: 0, last }
    }

    /// Records an event. Returns its position, which goes with it to the bot's thread.
    pub(crate) fn received(&mut self, event: &Dispatch<'_>, is_queued: bool) -> u64 {
        let before = self.last;
        if event.name == "READY" {
            self.session += 1;
            self.last = Position::new(self.session, 0).0;
        }
        if let Some(sequence) = event.last_seq {
            self.last = Position::new(self.session, sequence).0;
        }
        if is_queued {
            let queued = self.progress.queued.load(Ordering::Relaxed);
            if queued != before {
                // Events without a handler came in between. They are handled if no event with one waits: then the bot's
                // thread writes nothing.
                let handled = &self.progress.handled;
                let _ = handled.compare_exchange(queued, before, Ordering::SeqCst, Ordering::Relaxed);
            }
            self.progress.queued.store(self.last, Ordering::Release);
        }
        self.progress.received.store(self.last, Ordering::Release);
        self.last
    }

    /// Everything that Discord sent before `session.caught_up_at` was received.
    pub(crate) fn caught_up(&self, session: &KeptSession) {
        let mut guard = self.progress.known.lock();
        match &mut *guard {
            Some(known) if known.number == self.session => {
                known.resume_url.clone_from(&session.resume_url);
                known.next.get_or_insert((Position(self.last), session.caught_up_at));
                known.is_confirmed = true;
                drop(guard);
                self.progress.alarm.wake();
            }
            _ => {
                *guard = Some(Known {
                    number: self.session,
                    session_id: session.id.clone(),
                    resume_url: session.resume_url.clone(),
                    caught_up_at: session.caught_up_at,
                    next: None,
                    is_confirmed: true,
                    saved: None,
                });
                drop(guard);
                // Not after a pause: a crash before the first save loses the session and all its events.
                self.progress.alarm.wake_from_pause();
            }
        }
    }
}

/// An event that went to lanes. It counts as handled when this is released; if it is only dropped, the event comes again after
/// a restart.
#[derive(Clone, Debug)]
pub(crate) struct Hold {
    progress: Arc<Progress>,
    job: u64,
}

impl Hold {
    pub(super) fn new(progress: &Arc<Progress>) -> Hold {
        Hold { job: progress.hold(), progress: Arc::clone(progress) }
    }

    pub(crate) fn release(self) {
        self.progress.release(self.job);
    }

    /// Releases it at the end of a scope, also when that ends by a panic.
    pub(crate) fn release_on_drop(self) -> ReleaseOnDrop {
        ReleaseOnDrop(self)
    }
}

/// Releases an event when it is dropped.
pub(crate) struct ReleaseOnDrop(Hold);

impl Drop for ReleaseOnDrop {
    fn drop(&mut self) {
        self.0.clone().release();
    }
}

#[cfg(test)]
mod tests;
