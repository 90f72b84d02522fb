//! Timers that repeat: pure, `now` is an argument.

use std::time::{Duration, Instant};

use crate::bot::context::Context;
use crate::bot::error::HandlerId;
use crate::error::Result;

pub(crate) type TimerClosure<'a> = Box<dyn FnMut(&Context) -> Result + 'a>;

/// The timers of a bot.
#[derive(Default)]
pub(crate) struct Timers<'a> {
    timers: Vec<Timer<'a>>,
}

pub(crate) struct Timer<'a> {
    pub(crate) label: HandlerId,
    pub(crate) closure: TimerClosure<'a>,
    period: Duration,
    /// `None` before the bot has logged in.
    due: Option<Instant>,
}

impl<'a> Timers<'a> {
    pub(crate) fn add(&mut self, label: HandlerId, period: Duration, closure: TimerClosure<'a>) {
        self.timers.push(Timer { label, closure, period, due: None });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.timers.is_empty()
    }

    /// A timer whose period is zero, if there is one.
    pub(crate) fn zero(&self) -> Option<&HandlerId> {
        self.timers.iter().find(|timer| timer.period.is_zero()).map(|timer| &timer.label)
    }

    /// Starts all timers: each is due after one period.
    pub(crate) fn start(&mut self, now: Instant) {
        for timer in &mut self.timers {
            timer.due = now.checked_add(timer.period);
        }
    }

    /// The time at which the next timer is due.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.timers.iter().filter_map(|timer| timer.due).min()
    }

    /// The timer that has been due longest. It is set to its next time, and missed times are skipped.
    pub(crate) fn due(&mut self, now: Instant) -> Option<&mut Timer<'a>> {
        let timer = self
            .timers
            .iter_mut()
            .filter(|timer| timer.due.is_some_and(|due| due <= now))
            .min_by_key(|timer| timer.due)?;
        timer.due = timer.due.and_then(|due| next(due, timer.period, now));
        Some(timer)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::panic::Location;
    use std::time::{Duration, Instant};

    use super::Timers;
    use crate::bot::error::HandlerId;

    const SECOND: Duration = Duration::from_secs(1);

    fn timers(periods: &[(&str, Duration)], now: Instant) -> Timers<'static> {
        let mut timers = Timers::default();
        for (name, period) in periods {
            timers.add(HandlerId::new(*name, Location::caller()), *period, Box::new(|_| Ok(())));
        }
        timers.start(now);
        timers
    }

    /// The names of the timers that are due, in order.
    fn ring(timers: &mut Timers<'_>, now: Instant) -> Vec<String> {
        std::iter::from_fn(|| timers.due(now).map(|timer| timer.label.what.clone())).collect()
    }

    #[test]
    fn a_timer_is_first_due_one_period_after_the_start() {
        let now = Instant::now();
        let mut timers = timers(&[("slow", 10 * SECOND), ("quick", 3 * SECOND)], now);
        assert_eq!(timers.deadline(), Some(now + 3 * SECOND));
        assert!(ring(&mut timers, now + 2 * SECOND).is_empty());
        assert_eq!(ring(&mut timers, now + 3 * SECOND), ["quick"]);
        assert_eq!(timers.deadline(), Some(now + 6 * SECOND));
    }

    #[test]
    fn timers_keep_their_grid_when_they_run_late() {
        let now = Instant::now();
        let mut timers = timers(&[("each", 2 * SECOND)], now);
        assert_eq!(ring(&mut timers, now + Duration::from_millis(2900)), ["each"]);
        assert_eq!(timers.deadline(), Some(now + 4 * SECOND));
    }

    #[test]
    fn times_missed_in_a_long_block_do_not_come_in_a_burst() {
        let now = Instant::now();
        let mut timers = timers(&[("each", SECOND)], now);
        assert_eq!(ring(&mut timers, now + 3600 * SECOND), ["each"]);
        assert_eq!(timers.deadline(), Some(now + 3601 * SECOND));
    }

    #[test]
    fn the_timer_that_has_waited_longest_comes_first() {
        let now = Instant::now();
        let mut timers = timers(&[("three", 3 * SECOND), ("two", 2 * SECOND)], now);
        assert_eq!(ring(&mut timers, now + 3 * SECOND), ["two", "three"]);
    }

    #[test]
    fn a_timer_without_an_end_in_sight_is_never_due() {
        let now = Instant::now();
        let mut timers = timers(&[("never", Duration::MAX)], now);
        assert_eq!(timers.deadline(), None);
        assert!(timers.due(now + 1000 * SECOND).is_none());
    }

    #[test]
    fn nothing_is_due_before_the_start() {
        let mut timers = Timers::default();
        timers.add(HandlerId::new("early", Location::caller()), SECOND, Box::new(|_| Ok(())));
        assert!(timers.due(Instant::now() + 10 * SECOND).is_none());
    }
}
