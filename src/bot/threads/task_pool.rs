//! The threads of tasks: bounded, and separate from those that the bot waits for at the end.

use std::sync::Arc;
use std::thread;

use crate::error::Error;
use crate::sync::{Mutex, MutexGuard};

/// The default for the maximum number of running tasks.
const DEFAULT_MAX: usize = 64;

/// Counts the running tasks.
pub(crate) struct Pool {
    state: Mutex<State>,
}

struct State {
    running: usize,
    max: usize,
}

impl Default for Pool {
    fn default() -> Self {
        Pool { state: Mutex::new(State { running: 0, max: DEFAULT_MAX }) }
    }
}

impl Pool {
    pub(crate) fn set_max(&self, max: usize) {
        self.lock().max = max;
    }

    /// Runs a task on its own thread.
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

    pub(crate) fn max(&self) -> usize {
        self.lock().max
    }

    pub(crate) fn running(&self) -> usize {
        self.lock().running
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

/// A place in the pool. It is returned when it is dropped, with or without a thread.
struct Place(Arc<Pool>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
    }
}
