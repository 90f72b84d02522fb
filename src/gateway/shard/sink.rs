//! Where a shard hands its events over.

use std::collections::VecDeque;
use std::time::Duration;

use super::Shard;
use crate::error::Error;
use crate::gateway::frame;
use crate::gateway::session::{Backpressure, Dispatch, Notice, State};

/// Takes what a shard hands over. It runs on the shard's thread, so nothing in it may take long.
pub trait Sink {
    /// An event. Most bots need few of them: ignore the others early.
    fn event(&mut self, event: &Dispatch<'_>);

    /// A turn in the shard's life, in order among the events.
    fn notice(&mut self, notice: Notice);

    /// All that was read has been handed over, and the shard is about to wait. Called often: it
    /// must be cheap when nothing was handed over.
    fn flush(&mut self) -> Backpressure;

    /// Called instead of reading while held: returns when there is room, or after the timeout.
    fn wait_for_room(&mut self, timeout: Duration);
}

/// What iterating over a [`Shard`] gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShardEvent {
    /// An event.
    Dispatch {
        /// Its sequence number.
        seq: Option<u64>,
        /// Its name, such as `MESSAGE_CREATE`.
        name: String,
        /// Its data, as JSON text.
        data: String,
    },
    /// A turn in the shard's life.
    Notice(Notice),
}

/// Events that wait to be taken by an iteration. Reading goes no further than the frames that one read brought.
#[derive(Default)]
pub(super) struct Collected(VecDeque<ShardEvent>);

impl Sink for Collected {
    fn event(&mut self, event: &Dispatch<'_>) {
        // A frame that is broken inside is handed over as it came.
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

/// Events as they come. Heartbeats are sent between two calls of `next`, and only then: whoever takes longer
/// than a heartbeat interval over an event runs the shard on a thread of its own.
impl Iterator for Shard {
    type Item = Result<ShardEvent, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(event) = self.collected.0.pop_front() {
                return Some(Ok(event));
            }
            if let Some(error) = self.failure.take() {
                return Some(Err(error));
            }
            if self.ended || self.session.state() == State::Stopped {
                return None;
            }
            let mut collected = std::mem::take(&mut self.collected);
            let done = self.turn(&mut collected);
            self.collected = collected;
            match done {
                Ok(done) => self.ended = done,
                // First comes what led to it.
                Err(error) => (self.ended, self.failure) = (true, Some(error)),
            }
        }
    }
}
