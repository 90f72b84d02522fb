//! The threads of tasks: bounded, and told apart from those that may be waited for at the end.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use crate::error::Error;

/// How many tasks may run at once unless set otherwise.
const DEFAULT_MAX: usize = 64;

/// Counts the tasks that run.
pub(crate) struct Pool {
    state: Mutex<State>,
    ended: Condvar,
}

struct State {
    running: usize,
    max: usize,
}

impl Default for Pool {
    fn default() -> Self {
        let state = State { running: 0, max: DEFAULT_MAX };
        Pool { state: Mutex::new(state), ended: Condvar::new() }
    }
}

impl Pool {
    pub(crate) fn set_max(&self, max: usize) {
        self.lock().max = max;
    }

    /// Runs a task on a thread of its own.
    pub(crate) fn spawn(self: &Arc<Self>, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
        let mut state = self.lock();
        if state.running >= state.max {
            return Err(Error::Busy {
                problem: format!(
                    "{} tasks are running, and no more are allowed at once: raise bot.max_tasks(..), or give their waits shorter timeouts",
                    state.running
                ),
            });
        }
        state.running += 1;
        drop(state);
        let place = Place(Arc::clone(self));
        let body = move || {
            let _place = place;
            work();
        };
        match thread::Builder::new().name("syncord-task".to_owned()).spawn(body) {
            Ok(_) => Ok(()),
            Err(error) => {
                Err(Error::Busy { problem: format!("the system gives no thread for a task: {error}") })
            }
        }
    }

    pub(crate) fn running(&self) -> usize {
        self.lock().running
    }

    /// Waits until no task runs, at most until `until`.
    pub(crate) fn wait_until_idle(&self, until: Instant) {
        let timeout = until.saturating_duration_since(Instant::now());
        drop(self.ended.wait_timeout_while(self.lock(), timeout, |state| state.running > 0));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the pool, given back when it is dropped, with the thread or without one.
struct Place(Arc<Pool>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.ended.notify_all();
    }
}
