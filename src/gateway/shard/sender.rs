//! The queue of what other threads ask of a shard.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::gateway::send_event::SendEvent;
use crate::gateway::session::{Input, Stop};
use crate::gateway::socket::{Socket, Wakeup};

/// The maximum number of send events that wait for a shard. At 120 payloads a minute they take over half an hour.
const MAX_WAITING: usize = 4096;

/// Sends events over a shard and stops it, from any thread. It wakes the shard, so that nothing waits for a quiet connection.
#[derive(Clone)]
pub struct ShardSender {
    sender: Sender<Input<'static>>,
    waiting: Arc<AtomicUsize>,
    wakeup: Arc<Wakeup>,
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
    /// [`Error::Stopped`] when the shard has ended, [`Error::Busy`] when thousands of events wait to be sent.
    pub fn send(&self, event: SendEvent) -> Result<(), Error> {
        if self.waiting.load(Ordering::Relaxed) >= MAX_WAITING {
            return Err(Error::Busy {
                problem: format!(
                    "{MAX_WAITING} gateway payloads are waiting to be sent and Discord takes 120 a minute: send fewer"
                ),
            });
        }
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.request(Input::SendEvent(event))
    }

    /// Stops the shard. Does nothing when it has ended.
    pub fn stop(&self, stop: Stop) {
        // Sending fails only when the shard was dropped.
        let _ = self.request(Input::Stop(stop));
    }

    fn request(&self, request: Input<'static>) -> Result<(), Error> {
        self.sender.send(request).map_err(|_| Error::Stopped)?;
        self.wakeup.wake();
        Ok(())
    }
}

/// The shard's end of the queue.
pub(super) struct Requests {
    sender: ShardSender,
    receiver: Receiver<Input<'static>>,
}

impl Requests {
    pub(super) fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        let wakeup = Arc::new(Wakeup::new());
        Requests { sender: ShardSender { sender, waiting: Arc::default(), wakeup }, receiver }
    }

    pub(super) fn sender(&self) -> ShardSender {
        self.sender.clone()
    }

    pub(super) fn take(&self) -> Option<Input<'static>> {
        self.receiver.try_recv().ok()
    }

    pub(super) fn wait(&self, timeout: Duration) -> Input<'static> {
        match self.receiver.recv_timeout(timeout) {
            Ok(request) => request,
            // The channel is never disconnected, because this struct holds a sender.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Input::Timeout,
        }
    }

    /// Waits for a request, or for something to read. May return too early. Returns whether there is something to read.
    pub(super) fn wait_with(&self, socket: &Socket, until: Instant) -> bool {
        socket.wait(&self.sender.wakeup, until)
    }

    /// Sets the number of events that still wait to be sent.
    pub(super) fn set_waiting(&self, count: usize) {
        self.sender.waiting.store(count, Ordering::Relaxed);
    }
}
