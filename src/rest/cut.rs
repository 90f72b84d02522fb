//! Cuts the calls of a client from another thread: a bot that stops cannot wait for a call in flight.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::ShutdownHandle;

use super::route::Endpoint;
use crate::error::Error;
use crate::sync::{Condvar, Mutex};

/// Shuts down a connection from another thread.
pub(in crate::rest) type Connection = Weak<dyn ShutdownHandle>;

/// Cuts all calls of the clients that have it: those in flight end at once, and further ones are not sent.
#[derive(Clone, Default)]
pub(crate) struct CutSwitch {
    shared: Arc<Shared>,
    /// Whether no call begins after the bot has ended.
    ends_with_bot: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Notified when the calls are cut.
    cut: Condvar,
}

#[derive(Default)]
struct State {
    /// Whether no call begins.
    is_cut: bool,
    /// When calls will be cut, once that is known.
    cut_at: Option<Instant>,
    /// Whether the bot has ended. Nothing is cut any more.
    is_over: bool,
    next: u64,
    calls: BTreeMap<u64, InFlight>,
}

struct InFlight {
    endpoint: Endpoint,
    is_cut: bool,
    /// The connection that the call reads from or writes to at the moment.
    connection: Option<Connection>,
}

/// A call in flight, until it is dropped.
pub(in crate::rest) struct Call {
    /// `None` for a client whose calls cannot be cut.
    switch: Option<CutSwitch>,
    number: u64,
}

thread_local! {
    /// The call that this thread makes. ureq makes it on the caller's thread, and passes nothing of it to a connection.
    static CURRENT: RefCell<Option<(CutSwitch, u64)>> = const { RefCell::new(None) };
}

impl CutSwitch {
    /// Cuts the calls. Returns those in flight that it cut, by endpoint, with their number.
    pub(super) fn cut(&self) -> BTreeMap<String, usize> {
        let mut state = self.shared.state.lock();
        if state.is_over {
            return BTreeMap::new();
        }
        state.is_cut = true;
        self.shared.cut.notify_all();
        let mut counts = BTreeMap::<String, usize>::new();
        let mut connections = Vec::new();
        for call in state.calls.values_mut().filter(|call| !call.is_cut) {
            call.is_cut = true;
            *counts.entry(call.endpoint.to_string()).or_default() += 1;
            connections.extend(call.connection.clone());
        }
        drop(state);
        for connection in connections.iter().filter_map(Weak::upgrade) {
            connection.shutdown();
        }
        counts
    }

    /// The same switch, for clients that make no calls any more after the bot has ended.
    pub(super) fn ending_with_bot(&self) -> CutSwitch {
        CutSwitch { shared: Arc::clone(&self.shared), ends_with_bot: true }
    }

    /// Sets when the calls will be cut, for those that can end only by themselves.
    pub(crate) fn plan(&self, at: Instant) {
        self.shared.state.lock().cut_at = Some(at);
    }

    /// Notes that the bot has ended: the program may make calls again, but what is left of the bot may not. Calls that were
    /// cut stay so.
    pub(crate) fn end(&self) {
        let mut state = self.shared.state.lock();
        (state.is_cut, state.is_over, state.cut_at) = (false, true, None);
    }
}

impl State {
    fn is_call_cut(&self, number: u64) -> bool {
        self.calls.get(&number).is_some_and(|call| call.is_cut)
    }
}

impl Call {
    /// Begins a call.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] if calls are cut, or the bot has ended.
    pub(super) fn begin(switch: Option<&CutSwitch>, endpoint: Endpoint) -> Result<Call, Error> {
        let Some(switch) = switch else { return Ok(Call { switch: None, number: 0 }) };
        let mut state = switch.shared.state.lock();
        if state.is_cut || (switch.ends_with_bot && state.is_over) {
            return Err(Error::Stopped);
        }
        let number = state.next;
        state.next += 1;
        state.calls.insert(number, InFlight { endpoint, is_cut: false, connection: None });
        Ok(Call { switch: Some(switch.clone()), number })
    }

    /// Whether the call was cut.
    pub(in crate::rest) fn is_cut(&self) -> bool {
        self.switch.as_ref().is_some_and(|switch| switch.shared.state.lock().is_call_cut(self.number))
    }

    /// Sleeps for a pause, at most until the call is cut.
    pub(super) fn pause(&self, pause: Duration) {
        match &self.switch {
            Some(switch) => {
                let state = switch.shared.state.lock();
                drop(
                    switch
                        .shared
                        .cut
                        .wait_timeout_while(state, pause, |state| !state.is_call_cut(self.number)),
                );
            }
            None => std::thread::sleep(pause),
        }
    }

    /// Runs a part of the call in which this thread uses connections.
    pub(super) fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        /// Restores the previous value, also after a panic.
        struct Restore(Option<(CutSwitch, u64)>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }
        let current = self.switch.clone().map(|switch| (switch, self.number));
        let _restore = Restore(CURRENT.replace(current));
        work()
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(switch) = &self.switch {
            switch.shared.state.lock().calls.remove(&self.number);
        }
    }
}

/// Sets the connection that this thread's call uses now. Returns `false` if the call was cut.
pub(in crate::rest) fn use_connection(connection: Option<&Connection>) -> bool {
    CURRENT.with_borrow(|current| {
        let Some((switch, number)) = current else { return true };
        let mut state = switch.shared.state.lock();
        let Some(call) = state.calls.get_mut(number) else { return true };
        call.connection = connection.cloned();
        !call.is_cut
    })
}

/// How long until this thread's call will be cut, if that is known.
fn until_cut() -> Duration {
    CURRENT.with_borrow(|current| {
        let cut_at = current.as_ref().and_then(|(switch, _)| switch.shared.state.lock().cut_at);
        cut_at.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()))
    })
}

/// Waits for something that cannot be interrupted, in steps that double from one second up to `longest`. A step that begins
/// after the stop of a bot ends when the calls are cut. `None` if the time is over, or the call was cut.
pub(in crate::rest) fn in_steps<T>(
    timeout: Duration,
    longest: Duration,
    mut wait: impl FnMut(Duration) -> Option<T>,
) -> Option<T> {
    /// So that the step ends after the cut, not just before.
    const LATER: Duration = Duration::from_millis(20);
    let begun = Instant::now();
    let mut step = longest.min(Duration::from_secs(1));
    loop {
        let left = timeout.saturating_sub(begun.elapsed());
        if left.is_zero() || !use_connection(None) {
            return None;
        }
        if let Some(value) = wait(step.min(left).min(until_cut().saturating_add(LATER))) {
            return Some(value);
        }
        step = longest.min(2 * step);
    }
}

impl fmt::Debug for CutSwitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.shared.state.lock();
        f.debug_struct("CutSwitch").field("is_cut", &state.is_cut).field("calls", &state.calls.len()).finish()
    }
}

#[cfg(test)]
mod tests;
