//! What other threads ask of a shard.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::Next;
use crate::error::Error;
use crate::gateway::send_event::SendEvent;
use crate::gateway::session::Stop;

/// Orders that may wait for a shard. At 120 sends a minute this is over half an hour's work.
const MOST_WAITING: usize = 4096;

enum Request {
    SendEvent(SendEvent),
    Stop(Stop),
}

/// Sends events over a shard and stops it, from any thread. The shard reads its queue within
/// [`MAX_READ_TIME`](super::MAX_READ_TIME).
#[derive(Clone)]
pub struct ShardSender {
    sender: Sender<Request>,
    waiting: Arc<AtomicUsize>,
}

impl fmt::Debug for ShardSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShardSender").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl ShardSender {
    /// Sends an event as soon as the connection and Discord's limits allow.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] when the shard has ended, [`Error::Busy`] when thousands of events are waiting already.
    pub fn send(&self, event: SendEvent) -> Result<(), Error> {
        if self.waiting.load(Ordering::Relaxed) >= MOST_WAITING {
            return Err(Error::Busy {
                problem: format!(
                    "{MOST_WAITING} gateway payloads are waiting to be sent and Discord takes 120 a minute: send fewer"
                ),
            });
        }
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.sender.send(Request::SendEvent(event)).map_err(|_| Error::Stopped)
    }

    /// Ends the shard. It is no error if it has ended already.
    pub fn stop(&self, stop: Stop) {
        // The other end is gone only when the shard is.
        let _ = self.sender.send(Request::Stop(stop));
    }
}

pub(super) struct Requests {
    sender: ShardSender,
    receiver: Receiver<Request>,
}

impl Requests {
    pub(super) fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        Requests { sender: ShardSender { sender, waiting: Arc::default() }, receiver }
    }

    pub(super) fn sender(&self) -> ShardSender {
        self.sender.clone()
    }

    pub(super) fn take(&self) -> Option<Next> {
        self.receiver.try_recv().ok().map(Next::from)
    }

    pub(super) fn wait(&self, timeout: Duration) -> Next {
        match self.receiver.recv_timeout(timeout) {
            Ok(request) => request.into(),
            // Never disconnected: this struct holds a sender.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Next::Timeout,
        }
    }

    /// So many events of those given are still to be sent.
    pub(super) fn left(&self, in_session: usize) {
        self.sender.waiting.store(in_session, Ordering::Relaxed);
    }
}

impl From<Request> for Next {
    fn from(request: Request) -> Next {
        match request {
            Request::SendEvent(event) => Next::SendEvent(event),
            Request::Stop(stop) => Next::Stop(stop),
        }
    }
}
