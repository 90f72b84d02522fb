//! Looks up the addresses of a host, for REST and the gateway.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A lookup on another thread, because the system's resolver has no timeout. If the lookup is dropped before its end, its
/// result is dropped.
pub(crate) struct Lookup(Receiver<io::Result<Vec<SocketAddr>>>);

/// A call of the system's resolver.
pub(crate) type Call = Box<dyn FnOnce() + Send>;

/// Makes the call on a new thread.
pub(crate) fn on_thread(call: Call) -> io::Result<()> {
    thread::Builder::new().name("syncord-lookup".to_owned()).spawn(call).map(drop)
}

impl Lookup {
    /// Starts a lookup. `spawn` makes the call on another thread, as [`on_thread`] does.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub(crate) fn start(
        host: &str,
        port: u16,
        spawn: impl FnOnce(Call) -> io::Result<()>,
    ) -> io::Result<Lookup> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let host = host.to_owned();
        let call = move || {
            // Fails if the lookup was dropped.
            let _ = sender.send((host.as_str(), port).to_socket_addrs().map(Iterator::collect));
        };
        spawn(Box::new(call)).map_err(|error| {
            let problem = format!("the system gives no thread for the lookup, raise its limit: {error}");
            io::Error::new(error.kind(), problem)
        })?;
        Ok(Lookup(receiver))
    }

    /// Waits for the result. `None` if there is none in this time.
    pub(crate) fn wait(&self, timeout: Duration) -> Option<io::Result<Vec<SocketAddr>>> {
        match self.0.recv_timeout(timeout) {
            Ok(result) => Some(result),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                Some(Err(io::Error::other("the system's resolver panicked")))
            }
        }
    }
}
