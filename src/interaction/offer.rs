use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::auto_defer::{Deferrable, Watch, Watchdog};
use super::fallback;
use super::responder::Answer;
use crate::sync::{Mutex, MutexGuard};

/// An interaction that tasks may take: when none of them does, its user is told that.
pub(crate) struct Offered {
    answer: Arc<Answer>,
    watchdog: Arc<Watchdog>,
    /// Whether nobody but tasks answers it.
    is_ours: bool,
    fate: Mutex<Fate>,
    /// How many tasks have not looked at it yet.
    undecided: AtomicUsize,
    /// Whether it has waited as long as it may.
    is_due: AtomicBool,
}

/// What became of it.
#[derive(Debug)]
enum Fate {
    /// Nobody has taken it; whoever does is watched like this from then on.
    Open(Option<Watch>),
    /// A task has it.
    Taken,
    /// Its user was told that nobody has.
    Over,
}

/// An interaction in the mailbox of one task.
pub(crate) struct Share {
    offered: Arc<Offered>,
    rejected: AtomicBool,
}

impl Offered {
    pub(super) fn new(
        answer: Arc<Answer>,
        watchdog: &Arc<Watchdog>,
        is_ours: bool,
        watch: Option<Watch>,
    ) -> Arc<Offered> {
        let (now, when_taken) = if is_ours { (watch, None) } else { (None, watch) };
        let offered = Arc::new(Offered {
            answer,
            watchdog: Arc::clone(watchdog),
            is_ours,
            fate: Mutex::new(Fate::Open(when_taken)),
            undecided: AtomicUsize::new(0),
            is_due: AtomicBool::new(false),
        });
        if let Some(watch) = now {
            let (offered, answer) = (Arc::downgrade(&offered), Arc::clone(&offered.answer));
            watchdog.add(watch, Arc::new(OfferDeferral { offered, answer }));
        }
        offered
    }

    /// It has waited as long as it may; says whether that was the end of it, because no task wants it.
    fn is_due(&self) -> bool {
        self.is_due.store(true, Ordering::SeqCst);
        self.undecided.load(Ordering::SeqCst) == 0 && self.give_up()
    }

    /// A task has looked at it and not taken it, or has ended.
    fn rejected(&self) {
        if self.undecided.fetch_sub(1, Ordering::SeqCst) == 1 && self.is_due.load(Ordering::SeqCst) {
            self.give_up();
        }
    }

    /// Tells the user that nobody answers; not when somebody does.
    fn give_up(&self) -> bool {
        {
            let mut fate = self.fate();
            if !self.is_ours || !matches!(*fate, Fate::Open(_)) {
                return false;
            }
            *fate = Fate::Over;
        }
        fallback::no_longer_active(&self.watchdog, &self.answer);
        true
    }

    fn fate(&self) -> MutexGuard<'_, Fate> {
        self.fate.lock()
    }
}

/// Defers an interaction that only tasks may take.
struct OfferDeferral {
    offered: Weak<Offered>,
    answer: Arc<Answer>,
}

impl Deferrable for OfferDeferral {
    fn is_open(&self) -> bool {
        self.answer.is_open()
    }

    fn auto_defer(&self) -> Option<Duration> {
        let is_rejected = self.offered.upgrade().is_some_and(|offered| offered.is_due());
        if is_rejected { None } else { self.answer.auto_defer() }
    }
}

impl Drop for Offered {
    fn drop(&mut self) {
        self.give_up();
    }
}

impl Share {
    /// For one task more.
    pub(crate) fn of(offered: &Arc<Offered>) -> Arc<Share> {
        offered.undecided.fetch_add(1, Ordering::SeqCst);
        Arc::new(Share { offered: Arc::clone(offered), rejected: AtomicBool::new(false) })
    }

    /// The task has found what it waited for; nothing when it is too late for that.
    pub(crate) fn take(&self) -> Option<Arc<Answer>> {
        let Offered { answer, watchdog, .. } = &*self.offered;
        let was = {
            let mut fate = self.offered.fate();
            if matches!(*fate, Fate::Over) {
                return None;
            }
            std::mem::replace(&mut *fate, Fate::Taken)
        };
        answer.lock().begin(Instant::now());
        if let Fate::Open(Some(watch)) = was {
            watchdog.add(watch, answer.clone());
        }
        Some(Arc::clone(answer))
    }

    /// The task has looked at it and not taken it.
    pub(crate) fn reject(&self) {
        if !self.rejected.swap(true, Ordering::SeqCst) {
            self.offered.rejected();
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.reject();
    }
}
