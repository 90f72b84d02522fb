//! Timers that repeat: pure, `now` is an argument.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::time::{Duration, Instant};

use crate::bot::context::Context;
use crate::bot::error::HandlerId;
use crate::error::Result;

pub(crate) type TimerClosure<'a> = Box<dyn FnMut(&Context) -> Result + 'a>;

/// The timers of a bot.
#[derive(Default)]
pub(crate) struct Timers<'a> {
    timers: Vec<Timer<'a>>,
    /// When each timer is due, the earliest first. Empty before the bot has logged in.
    due: BinaryHeap<Reverse<Due>>,
}

pub(crate) struct Timer<'a> {
    pub(crate) label: HandlerId,
    pub(crate) closure: TimerClosure<'a>,
    period: Duration,
}

/// When a timer is due. At the same time the one that was registered first comes first.
#[derive(PartialEq, Eq)]
struct Due {
    at: Instant,
    timer: usize,
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> Ordering {
        #[cfg(test)]
        tests::COMPARED.set(tests::COMPARED.get() + 1);
        (self.at, self.timer).cmp(&(other.at, other.timer))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Timers<'a> {
    pub(crate) fn add(&mut self, label: HandlerId, period: Duration, closure: TimerClosure<'a>) {
        self.timers.push(Timer { label, closure, period });
    }

    pub(crate) fn labels(&self) -> impl Iterator<Item = &HandlerId> {
        self.timers.iter().map(|timer| &timer.label)
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
        let due = self.timers.iter().enumerate().filter_map(|(index, timer)| {
            Some(Reverse(Due { at: now.checked_add(timer.period)?, timer: index }))
        });
        self.due = due.collect();
    }

    /// The time at which the next timer is due.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.due.peek().map(|Reverse(due)| due.at)
    }

    /// The timer that has been due longest. It is set to its next time, and missed times are skipped.
    pub(crate) fn due(&mut self, now: Instant) -> Option<&mut Timer<'a>> {
        let Reverse(Due { at, timer: index }) = self.due.peek().filter(|Reverse(due)| due.at <= now)?;
        let (at, index) = (*at, *index);
        self.due.pop();
        let timer = &mut self.timers[index];
        if let Some(at) = next(at, timer.period, now) {
            self.due.push(Reverse(Due { at, timer: index }));
        }
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

    use std::cell::Cell;
    use std::panic::Location;
    use std::time::{Duration, Instant};

    use super::Timers;
    use crate::bot::error::HandlerId;

    thread_local! {
        /// How often times of timers were compared.
        pub(super) static COMPARED: Cell<u32> = const { Cell::new(0) };
    }

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
    fn ten_thousand_timers_are_not_searched_for_the_next_one() {
        let now = Instant::now();
        let periods: Vec<_> = (0..10_000).map(|n| ("each", (100 + n) * SECOND)).collect();
        let mut timers = timers(&periods, now);
        COMPARED.set(0);
        for _ in 0..1000 {
            assert_eq!(timers.deadline(), Some(now + 100 * SECOND));
            assert!(timers.due(now + 99 * SECOND).is_none());
        }
        assert_eq!(COMPARED.get(), 0, "an idle look");
        assert_eq!(ring(&mut timers, now + 109 * SECOND).len(), 10);
        // Twice the depth of the heap to remove a timer, and its depth to add it.
        assert!(COMPARED.get() < 10 * 3 * 14, "{}", COMPARED.get());
    }

    #[test]
    fn timers_due_at_the_same_time_come_in_the_order_of_their_registration() {
        let now = Instant::now();
        let names: Vec<_> = (0..20).map(|n| format!("timer {n}")).collect();
        let periods: Vec<_> = names.iter().map(|name| (name.as_str(), SECOND)).collect();
        let mut timers = timers(&periods, now);
        assert_eq!(ring(&mut timers, now + SECOND), names);
        assert_eq!(ring(&mut timers, now + 2 * SECOND), names);
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
