//! What a program holds of a timer.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::sync::Mutex;

/// Controls a timer of [`Bot::every`](crate::Bot::every), [`after`](crate::Bot::after) and their siblings, from any thread.
///
/// Clones control the same timer. Dropping it changes nothing.
///
/// ```
/// use std::time::Duration;
///
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let mut bot = discord.bot();
/// let mut left = 3;
/// let (timer, handle) = (bot.every(Duration::from_millis(10), |_| Ok(left -= 1)), bot.handle());
/// bot.after(Duration::from_millis(100), move |_| {
///     timer.stop();
///     handle.stop();
///     Ok(())
/// });
/// bot.run()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Timer(Arc<TimerControl>);

/// What a timer and its bot share.
#[derive(Debug, Default)]
pub(crate) struct TimerControl {
    is_stopped: AtomicBool,
    skips_missed: AtomicBool,
    is_over: AtomicBool,
    postponed: Mutex<Duration>,
}

impl Timer {
    pub(super) fn new(control: &Arc<TimerControl>) -> Timer {
        Timer(Arc::clone(control))
    }

    /// Stops the timer: it is not called any more. A call that has begun goes on.
    pub fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Release);
    }

    /// Moves its next call to a later time, by this much. What follows is counted from there for
    /// [`every`](crate::Bot::every).
    pub fn postpone(&self, by: Duration) {
        let mut postponed = self.0.postponed.lock();
        *postponed = postponed.saturating_add(by);
    }

    /// Leaves a call out if its time has passed by more than a period, or by more than a minute for a time of day: after
    /// another handler that took long, or while the machine slept. By default it is then called once, late.
    pub fn skip_missed(&self) -> &Timer {
        self.0.skips_missed.store(true, Ordering::Release);
        self
    }

    /// Whether it was stopped, or will not be called any more.
    pub fn is_over(&self) -> bool {
        self.0.is_stopped() || self.0.is_over.load(Ordering::Acquire)
    }
}

impl TimerControl {
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Acquire)
    }

    pub(super) fn skips_missed(&self) -> bool {
        self.skips_missed.load(Ordering::Acquire)
    }

    /// By how much the next call was moved, once.
    pub(super) fn take_postponed(&self) -> Duration {
        std::mem::take(&mut self.postponed.lock())
    }

    pub(super) fn set_over(&self) {
        self.is_over.store(true, Ordering::Release);
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer").field("is_over", &self.is_over()).finish_non_exhaustive()
    }
}
