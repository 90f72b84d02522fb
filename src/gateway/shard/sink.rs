//! Where a shard delivers its events.

use std::collections::VecDeque;
use std::time::Duration;

use crate::gateway::frame;
use crate::gateway::session::{Backpressure, Dispatch, KeptSession, Notice};

/// Receives the events of a shard. It runs on the shard's thread, so its methods must not take long.
pub trait Sink {
    /// Receives an event. Most bots need only some of the events; return early for the others.
    fn event(&mut self, event: &Dispatch<'_>);

    /// Receives a change of the shard's connection or session, in order with the events.
    fn notice(&mut self, notice: Notice);

    /// Everything that Discord sent before [`session.caught_up_at`](KeptSession::caught_up_at) was delivered, and the session
    /// can be resumed, also by another process. Called after a login and after each ACK of a heartbeat. Default: does nothing.
    fn caught_up(&mut self, session: &KeptSession) {
        let _ = session;
    }

    /// Everything that was read was delivered, and the shard is about to wait. Called often: it must be cheap when nothing
    /// was delivered. Returns whether there is room for more.
    fn flush(&mut self) -> Backpressure;

    /// Called instead of reading under backpressure. Returns when there is room, or after the timeout.
    fn wait_for_room(&mut self, timeout: Duration);
}

/// What iterating over a [`Shard`](super::Shard) returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShardEvent {
    /// A dispatch event.
    Dispatch {
        /// The sequence number.
        seq: Option<u64>,
        /// The event's name, such as `MESSAGE_CREATE`.
        name: String,
        /// The event's data, as JSON text.
        data: String,
    },
    /// A change of the shard's connection or session.
    Notice(Notice),
}

/// Collects events for an iteration. They are at most those of one read.
#[derive(Default)]
pub(super) struct Collected(VecDeque<ShardEvent>);

impl Collected {
    pub(super) fn pop(&mut self) -> Option<ShardEvent> {
        self.0.pop_front()
    }
}

impl Sink for Collected {
    fn event(&mut self, event: &Dispatch<'_>) {
        // Data that is not valid JSON is delivered as it arrived.
        let data = frame::value(event.data).unwrap_or(event.data).to_owned();
        self.0.push_back(ShardEvent::Dispatch { seq: event.seq, name: event.name.to_string(), data });
    }

    fn notice(&mut self, notice: Notice) {
        self.0.push_back(ShardEvent::Notice(notice));
    }

    fn flush(&mut self) -> Backpressure {
        Backpressure::Off
    }

    fn wait_for_room(&mut self, _timeout: Duration) {}
}
