//! What other threads ask of a shard.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::Next;
use crate::error::Error;
use crate::gateway::send_event::Order;
use crate::gateway::session::Stop;

/// Orders that may wait for a shard. At 120 sends a minute this is over half an hour's work.
const MOST_WAITING: usize = 4096;

enum Request {
    Order(Order),
    Stop(Stop),
}

/// Gives orders to a shard, from any thread. They are picked up within
/// [`LONGEST_READ`](super::LONGEST_READ).
#[derive(Clone)]
pub struct Orders {
    sender: Sender<Request>,
    waiting: Arc<AtomicUsize>,
}

impl fmt::Debug for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Orders").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

impl Orders {
    /// Has this sent as soon as the connection and Discord's limits allow.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] when the shard has ended, [`Error::Busy`] when thousands of orders are waiting already.
    pub fn send(&self, order: Order) -> Result<(), Error> {
        if self.waiting.load(Ordering::Relaxed) >= MOST_WAITING {
            return Err(Error::Busy {
                problem: format!(
                    "{MOST_WAITING} gateway payloads are waiting to be sent and Discord takes 120 a minute: send fewer"
                ),
            });
        }
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.sender.send(Request::Order(order)).map_err(|_| Error::Stopped)
    }

    /// Ends the shard. It is no error if it has ended already.
    pub fn stop(&self, stop: Stop) {
        // The other end is gone only when the shard is.
        let _ = self.sender.send(Request::Stop(stop));
    }
}

pub(super) struct Requests {
    orders: Orders,
    receiver: Receiver<Request>,
}

impl Requests {
    pub(super) fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        Requests { orders: Orders { sender, waiting: Arc::default() }, receiver }
    }

    pub(super) fn orders(&self) -> Orders {
        self.orders.clone()
    }

    pub(super) fn take(&self) -> Option<Next> {
        self.receiver.try_recv().ok().map(Next::from)
    }

    pub(super) fn wait(&self, timeout: Duration) -> Next {
        match self.receiver.recv_timeout(timeout) {
            Ok(request) => request.into(),
            // Never disconnected: this struct holds a sender.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Next::Time,
        }
    }

    /// So many orders of those given are still to be sent.
    pub(super) fn left(&self, in_session: usize) {
        self.orders.waiting.store(in_session, Ordering::Relaxed);
    }
}

impl From<Request> for Next {
    fn from(request: Request) -> Next {
        match request {
            Request::Order(order) => Next::Order(order),
            Request::Stop(stop) => Next::Stop(stop),
        }
    }
}
