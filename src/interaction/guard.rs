//! Keeps an interaction open after its handler has ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::fallback;
use super::pending::PendingInteractions;
use super::responder::InteractionResponder;

/// Keeps an interaction open until it is dropped: a task that holds it may still respond.
pub(crate) struct ResponderGuard {
    responder: Arc<InteractionResponder>,
    pending: Arc<PendingInteractions>,
    /// The name that is logged if there is no response at the end.
    task: String,
    has_failed: AtomicBool,
    /// Another guard has taken its place.
    is_handed_over: AtomicBool,
}

impl ResponderGuard {
    pub(crate) fn new(
        pending: &Arc<PendingInteractions>,
        responder: &Arc<InteractionResponder>,
        task: String,
    ) -> ResponderGuard {
        responder.holders.acquire_for_task(task.clone());
        let (pending, responder) = (Arc::clone(pending), Arc::clone(responder));
        ResponderGuard {
            responder,
            pending,
            task,
            has_failed: AtomicBool::new(false),
            is_handed_over: AtomicBool::new(false),
        }
    }

    /// Lets go of the interaction, which another guard holds too.
    pub(crate) fn hand_over(&self) {
        if !self.is_handed_over.swap(true, Ordering::Relaxed) {
            self.responder.holders.release();
        }
    }

    /// Notes that the task that holds the interaction has failed.
    pub(crate) fn fail(&self) {
        self.has_failed.store(true, Ordering::Relaxed);
    }
}

impl Drop for ResponderGuard {
    fn drop(&mut self) {
        if *self.is_handed_over.get_mut() {
            return;
        }
        let has_failed = *self.has_failed.get_mut() || thread::panicking();
        if has_failed {
            self.responder.holders.set_task_failed();
        }
        if !self.responder.holders.release() {
            return;
        }
        self.pending.remove(&self.responder, true);
        let auto_defer = &self.pending.auto_defer;
        if has_failed {
            fallback::log_no_response(&self.responder, &self.task);
            fallback::failed(auto_defer, &self.responder);
        } else {
            fallback::no_response(auto_defer, &self.responder, &self.task);
        }
    }
}
