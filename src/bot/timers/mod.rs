//! Calls that are planned for a time.

mod control;
#[cfg(feature = "cron")]
mod cron;
mod register;
pub(crate) mod schedule;
mod timers;

pub use control::Timer;
pub(crate) use control::TimerControl;
pub(crate) use timers::{PlannedTimer, Timers, once_later};
