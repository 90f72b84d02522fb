//! When a timer is due: pure, the time of both clocks is an argument.
//!
//! Periods are counted by the monotonic clock, which stops while some systems sleep. Times of day are those of the
//! wall clock, which can be set: so they are looked at again at least once a minute.

use std::time::{Duration, Instant, SystemTime};

pub(crate) use crate::gateway::session::Now;

#[cfg(feature = "cron")]
use super::cron::CronSchedule;

/// How often a timer compares its wall time with the clock, which may be set while it waits.
const CHECK_INTERVAL: Duration = Duration::from_secs(60);

/// How late a call at a wall time may be before it counts as missed.
const MISSED_AFTER: Duration = Duration::from_secs(60);

/// When a timer is called.
#[derive(Debug)]
pub(crate) enum Schedule {
    /// Once per period.
    Every(Duration),
    /// Once, this long after its start.
    After(Duration),
    /// Once, at this time.
    At(SystemTime),
    /// At the times of a cron pattern.
    #[cfg(feature = "cron")]
    Cron(Box<CronSchedule>),
}

/// A time at which a timer is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// When to look at it.
    pub(super) at: Instant,
    /// The time that it waits for, if it is one of the wall clock.
    wall: Option<SystemTime>,
}

/// What to do with a timer whose time to look has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is due, or was at an earlier time.
    Call { is_missed: bool },
    /// The wall clock is not there yet.
    Wait(Due),
}

impl Schedule {
    /// When it is due first.
    pub(super) fn first(&self, now: Now) -> Option<Due> {
        match self {
            Schedule::Every(time) | Schedule::After(time) => {
                Some(Due { at: now.mono.checked_add(*time)?, wall: None })
            }
            Schedule::At(wall) => Some(Due::at_wall(*wall, now)),
            #[cfg(feature = "cron")]
            Schedule::Cron(cron) => Some(Due::at_wall(cron.after(now.wall)?, now)),
        }
    }

    /// When it is due after that.
    pub(super) fn next(&self, due: Due, now: Now) -> Option<Due> {
        match self {
            Schedule::Every(period) => next(due.at, *period, now.mono).map(|at| Due { at, wall: None }),
            Schedule::After(_) | Schedule::At(_) => None,
            #[cfg(feature = "cron")]
            Schedule::Cron(cron) => Some(Due::at_wall(cron.after(now.wall)?, now)),
        }
    }

    /// Whether it is really due.
    pub(super) fn look(&self, due: Due, now: Now) -> Look {
        match (self, due.wall) {
            (_, Some(wall)) if now.wall < wall => Look::Wait(Due::at_wall(wall, now)),
            (_, Some(wall)) => {
                let late = now.wall.duration_since(wall).unwrap_or_default();
                Look::Call { is_missed: late > MISSED_AFTER }
            }
            (Schedule::Every(period), None) => {
                Look::Call { is_missed: now.mono.saturating_duration_since(due.at) >= *period }
            }
            (_, None) => Look::Call { is_missed: false },
        }
    }
}

impl Due {
    fn at_wall(wall: SystemTime, now: Now) -> Due {
        let left = wall.duration_since(now.wall).unwrap_or_default();
        Due { at: now.mono + left.min(CHECK_INTERVAL), wall: Some(wall) }
    }

    /// The same, later.
    pub(super) fn postponed(self, by: Duration, now: Now) -> Option<Due> {
        match self.wall {
            Some(wall) => Some(Due::at_wall(wall.checked_add(by)?, now)),
            None => Some(Due { at: self.at.checked_add(by)?, wall: None }),
        }
    }
}

/// The first time after `now` that is a whole number of periods after `due`.
fn next(due: Instant, period: Duration, now: Instant) -> Option<Instant> {
    let late = now.saturating_duration_since(due).as_nanos();
    let missed = late / period.as_nanos().max(1);
    // More than `u64::MAX` nanoseconds are over 500 years.
    let skipped = u64::try_from(missed * period.as_nanos()).ok().map(Duration::from_nanos)?;
    due.checked_add(skipped)?.checked_add(period)
}
