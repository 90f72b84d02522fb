//! Interactions that waiting tasks may take.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Instant;

use super::auto_defer::{AutoDefer, DeferTimer, Deferrable, Deferred};
use super::fallback;
use super::responder::InteractionResponder;
use super::unhandled::{Unhandled, UnhandledInteraction};
use crate::sync::Mutex;

/// An interaction that is offered to all tasks that wait for interactions.
///
/// If no task takes it, and nothing else responds, its user gets a message that says so.
pub(crate) struct TaskOffer {
    responder: Arc<InteractionResponder>,
    auto_defer: Arc<AutoDefer>,
    /// Where the interaction counts if no task takes it, if only a task responds to it.
    unhandled: Option<(Arc<Unhandled>, UnhandledInteraction)>,
    state: Mutex<OfferState>,
    /// The number of tasks that have not looked at it yet, and 1 until it was offered to all.
    undecided: AtomicUsize,
    /// Whether the time for the first response is over.
    is_due: AtomicBool,
}

#[derive(Debug)]
enum OfferState {
    /// No task has taken it. The timer starts when one does.
    Open(Option<DeferTimer>),
    /// A task has taken it.
    Taken,
    /// No task took it, and its user was notified.
    Declined,
}

impl TaskOffer {
    /// Creates an offer. `unhandled` says that only a task responds to the interaction: then the timer starts at
    /// once, otherwise when a task takes it.
    pub(super) fn new(
        responder: Arc<InteractionResponder>,
        auto_defer: &Arc<AutoDefer>,
        unhandled: Option<(Arc<Unhandled>, UnhandledInteraction)>,
        timer: Option<DeferTimer>,
    ) -> Arc<TaskOffer> {
        let (timer_now, timer_when_taken) = if unhandled.is_some() { (timer, None) } else { (None, timer) };
        let offer = Arc::new(TaskOffer {
            responder,
            auto_defer: Arc::clone(auto_defer),
            unhandled,
            state: Mutex::new(OfferState::Open(timer_when_taken)),
            undecided: AtomicUsize::new(1),
            is_due: AtomicBool::new(false),
        });
        if let Some(timer) = timer_now {
            let responder = Arc::clone(&offer.responder);
            auto_defer.add(timer, Arc::new(OfferDeferral { offer: Arc::downgrade(&offer), responder }));
        }
        offer
    }

    /// Notes that the time is over. Returns whether the offer is declined, because every task has rejected it.
    fn decline_if_rejected(&self) -> bool {
        self.is_due.store(true, Ordering::SeqCst);
        self.undecided.load(Ordering::SeqCst) == 0 && self.decline()
    }

    /// Notes that this number of tasks have not looked at it yet.
    pub(crate) fn add_undecided(&self, count: usize) {
        self.undecided.fetch_add(count, Ordering::SeqCst);
    }

    /// Notes that it was offered to all tasks.
    pub(crate) fn offered(&self) {
        self.reject();
    }

    /// Takes the interaction for a task. Returns `None` if the offer was declined before.
    pub(crate) fn take(&self) -> Option<Arc<InteractionResponder>> {
        let previous = {
            let mut state = self.state.lock();
            if matches!(*state, OfferState::Declined) {
                return None;
            }
            std::mem::replace(&mut *state, OfferState::Taken)
        };
        self.responder.state().handler_started(Instant::now());
        if let OfferState::Open(Some(timer)) = previous {
            self.auto_defer.add(timer, self.responder.clone());
        }
        Some(Arc::clone(&self.responder))
    }

    /// Notes that a task has looked at it and does not take it, or has ended. Call it once for each undecided task.
    pub(crate) fn reject(&self) {
        if self.undecided.fetch_sub(1, Ordering::SeqCst) == 1 && self.is_due.load(Ordering::SeqCst) {
            self.decline();
        }
    }

    /// Notifies the user that nothing responds, unless something does. Returns whether it notified.
    fn decline(&self) -> bool {
        let Some((unhandled, interaction)) = &self.unhandled else { return false };
        {
            let mut state = self.state.lock();
            if !matches!(*state, OfferState::Open(_)) {
                return false;
            }
            *state = OfferState::Declined;
        }
        unhandled.add(interaction);
        fallback::no_longer_active(&self.auto_defer, &self.responder);
        true
    }
}

impl Drop for TaskOffer {
    fn drop(&mut self) {
        self.decline();
    }
}

/// Defers an interaction that only tasks can respond to.
struct OfferDeferral {
    /// Weak, so that an offer without any tasks left is declined at once.
    offer: Weak<TaskOffer>,
    responder: Arc<InteractionResponder>,
}

impl Deferrable for OfferDeferral {
    fn is_open(&self) -> bool {
        self.responder.is_open()
    }

    fn auto_defer(&self) -> Deferred {
        let is_declined = self.offer.upgrade().is_some_and(|offer| offer.decline_if_rejected());
        if is_declined { Deferred::NotSent } else { self.responder.auto_defer() }
    }
}
