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
    holder: String,
    has_failed: AtomicBool,
}

impl ResponderGuard {
    pub(crate) fn new(
        pending: &Arc<PendingInteractions>,
        responder: &Arc<InteractionResponder>,
        holder: String,
    ) -> ResponderGuard {
        responder.acquire();
        let (pending, responder) = (Arc::clone(pending), Arc::clone(responder));
        ResponderGuard { responder, pending, holder, has_failed: AtomicBool::new(false) }
    }

    /// Notes that the task that holds the interaction has failed.
    pub(crate) fn fail(&self) {
        self.has_failed.store(true, Ordering::Relaxed);
    }
}

impl Drop for ResponderGuard {
    fn drop(&mut self) {
        if !self.responder.release() {
            return;
        }
        self.pending.remove(&self.responder, true);
        let auto_defer = &self.pending.auto_defer;
        if *self.has_failed.get_mut() || thread::panicking() {
            fallback::log_no_response(&self.responder, &self.holder);
            fallback::failed(auto_defer, &self.responder);
        } else {
            fallback::no_response(auto_defer, &self.responder, &self.holder);
        }
    }
}
