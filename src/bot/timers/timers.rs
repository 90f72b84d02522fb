//! The timers of a bot: pure, `now` is an argument.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::control::{Timer, TimerControl};
use super::schedule::{Due, Look, Now, Schedule};
use crate::bot::context::{Context, NewTimer};
use crate::bot::error::HandlerId;
use crate::error::Result;

pub(crate) type TimerClosure<'a> = Box<dyn FnMut(&Context) -> Result + 'a>;

/// The timers of a bot.
#[derive(Default)]
pub(crate) struct Timers<'a> {
    /// Places of timers that are over are used again.
    timers: Vec<Option<PlannedTimer<'a>>>,
    free: Vec<usize>,
    /// How many were added, which is the order of those that are due at the same time.
    added: u64,
    /// When each timer is due, the earliest first. Empty before the bot has logged in.
    due: BinaryHeap<Reverse<Entry>>,
    /// A timer that was called for the last time. It is removed after its call.
    last_call: Option<usize>,
}

/// A timer and its closure.
pub(crate) struct PlannedTimer<'a> {
    pub(crate) id: HandlerId,
    pub(crate) closure: TimerClosure<'a>,
    schedule: Schedule,
    control: Arc<TimerControl>,
    order: u64,
}

/// A timer that is called once, for a bot that runs.
pub(crate) fn once_later(
    id: HandlerId,
    delay: Duration,
    work: impl FnOnce(&Context) -> Result + Send + 'static,
) -> (Timer, NewTimer) {
    let control = Arc::new(TimerControl::default());
    let timer = Timer::new(&control);
    (timer, NewTimer { id, closure: Box::new(once(work)), schedule: Schedule::After(delay), control })
}

/// A closure that calls another one, the first time only.
pub(super) fn once(work: impl FnOnce(&Context) -> Result) -> impl FnMut(&Context) -> Result {
    let mut work = Some(work);
    move |cx| work.take().map_or(Ok(()), |work| work(cx))
}

/// When a timer is looked at. At the same time the one that was added first comes first.
#[derive(PartialEq, Eq)]
struct Entry {
    due: Due,
    order: u64,
    place: usize,
}

impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        #[cfg(test)]
        tests::COMPARED.set(tests::COMPARED.get() + 1);
        (self.due.at, self.order).cmp(&(other.due.at, other.order))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Timers<'a> {
    /// Adds a timer. Returns its place.
    pub(crate) fn add(
        &mut self,
        id: HandlerId,
        schedule: Schedule,
        closure: TimerClosure<'a>,
        control: Arc<TimerControl>,
    ) -> usize {
        let timer = PlannedTimer { id, closure, schedule, control, order: self.added };
        self.added += 1;
        if let Some(place) = self.free.pop() {
            self.timers[place] = Some(timer);
            return place;
        }
        self.timers.push(Some(timer));
        self.timers.len() - 1
    }

    /// Adds a timer that starts now.
    pub(crate) fn add_started(&mut self, timer: NewTimer, now: Now) {
        let NewTimer { id, closure, schedule, control } = timer;
        let place = self.add(id, schedule, closure, control);
        self.plan_first(place, now);
    }

    pub(crate) fn handler_ids(&self) -> impl Iterator<Item = &HandlerId> {
        self.timers.iter().flatten().map(|timer| &timer.id)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.timers.len() == self.free.len()
    }

    /// A timer whose period is zero, if there is one.
    pub(crate) fn zero(&self) -> Option<&HandlerId> {
        let is_zero =
            |timer: &&PlannedTimer<'_>| matches!(timer.schedule, Schedule::Every(period) if period.is_zero());
        self.timers.iter().flatten().find(is_zero).map(|timer| &timer.id)
    }

    /// Starts all timers.
    pub(crate) fn start(&mut self, now: Now) {
        for place in 0..self.timers.len() {
            self.plan_first(place, now);
        }
    }

    fn plan_first(&mut self, place: usize, now: Now) {
        let first = self.timers[place].as_ref().and_then(|timer| timer.schedule.first(now));
        self.plan(place, first);
    }

    /// Plans the next look at a timer. One that has no next time is over.
    fn plan(&mut self, place: usize, due: Option<Due>) {
        let Some(timer) = &self.timers[place] else { return };
        match due {
            Some(due) => self.due.push(Reverse(Entry { due, order: timer.order, place })),
            None => self.remove(place),
        }
    }

    fn remove(&mut self, place: usize) {
        if let Some(timer) = self.timers[place].take() {
            timer.control.set_over();
            self.free.push(place);
        }
    }

    /// The time at which the next timer is looked at.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.due.peek().map(|Reverse(entry)| entry.due.at)
    }

    /// The timer that has been due longest. It is set to its next time, and missed times are skipped.
    pub(crate) fn due(&mut self, now: Now) -> Option<&mut PlannedTimer<'a>> {
        if let Some(place) = self.last_call.take() {
            self.remove(place);
        }
        loop {
            let Reverse(entry) = self.due.peek().filter(|Reverse(entry)| entry.due.at <= now.mono)?;
            let (due, place) = (entry.due, entry.place);
            self.due.pop();
            let Some(timer) = &self.timers[place] else { continue };
            if timer.control.is_stopped() {
                self.remove(place);
                continue;
            }
            let postponed = timer.control.take_postponed();
            if !postponed.is_zero() {
                let later = due.postponed(postponed, now);
                self.plan(place, later);
                continue;
            }
            let is_missed = match timer.schedule.look(due, now) {
                Look::Call { is_missed } => is_missed,
                Look::Wait(due) => {
                    self.plan(place, Some(due));
                    continue;
                }
            };
            let next = timer.schedule.next(due, now);
            if is_missed && timer.control.skips_missed() {
                self.plan(place, next);
                continue;
            }
            match next {
                Some(_) => self.plan(place, next),
                None => self.last_call = Some(place),
            }
            return self.timers[place].as_mut();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::cell::Cell;
    use std::panic::Location;
    use std::time::{Duration, Instant};

    use std::sync::Arc;
    use std::time::SystemTime;

    use super::Timers;
    use crate::bot::context::NewTimer;
    use crate::bot::error::HandlerId;
    use crate::bot::timers::control::{Timer, TimerControl};
    use crate::bot::timers::schedule::{Now, Schedule};

    thread_local! {
        /// How often times of timers were compared.
        pub(super) static COMPARED: Cell<u32> = const { Cell::new(0) };
    }

    const SECOND: Duration = Duration::from_secs(1);

    /// Both clocks at this time.
    fn at(mono: Instant) -> Now {
        Now { mono, wall: SystemTime::UNIX_EPOCH }
    }

    fn add(timers: &mut Timers<'_>, name: &str, schedule: Schedule) -> Timer {
        let control = Arc::new(TimerControl::default());
        let id = HandlerId::new(name.to_owned(), Location::caller());
        timers.add(id, schedule, Box::new(|_| Ok(())), Arc::clone(&control));
        Timer::new(&control)
    }

    fn timers(periods: &[(&str, Duration)], now: Instant) -> Timers<'static> {
        let mut timers = Timers::default();
        for (name, period) in periods {
            add(&mut timers, name, Schedule::Every(*period));
        }
        timers.start(at(now));
        timers
    }

    /// The names of the timers that are due, in order.
    fn ring(timers: &mut Timers<'_>, now: Instant) -> Vec<String> {
        std::iter::from_fn(|| timers.due(at(now)).map(|timer| timer.id.what.clone())).collect()
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
            assert!(timers.due(at(now + 99 * SECOND)).is_none());
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
        assert!(timers.due(at(now + 1000 * SECOND)).is_none());
    }

    #[test]
    fn nothing_is_due_before_the_start() {
        let mut timers = Timers::default();
        add(&mut timers, "early", Schedule::Every(SECOND));
        assert!(timers.due(at(Instant::now() + 10 * SECOND)).is_none());
    }

    #[test]
    fn a_timer_for_once_is_called_once_and_its_place_is_used_again() {
        let now = Instant::now();
        let mut timers = Timers::default();
        let once = add(&mut timers, "once", Schedule::After(SECOND));
        timers.start(at(now));
        assert_eq!(ring(&mut timers, now + 5 * SECOND), ["once"]);
        assert!(once.is_over() && timers.is_empty());
        for _ in 0..100 {
            let control = Arc::default();
            let id = HandlerId::new("later", Location::caller());
            let closure = Box::new(|_: &_| Ok(()));
            timers.add_started(NewTimer { id, closure, schedule: Schedule::After(SECOND), control }, at(now));
            assert_eq!(ring(&mut timers, now + SECOND), ["later"]);
        }
        assert_eq!(timers.timers.len(), 1);
    }

    #[test]
    fn a_stopped_timer_is_not_called_and_a_postponed_one_later() {
        let now = Instant::now();
        let mut timers = Timers::default();
        let (first, second) = (
            add(&mut timers, "first", Schedule::Every(SECOND)),
            add(&mut timers, "second", Schedule::Every(SECOND)),
        );
        timers.start(at(now));
        second.postpone(2 * SECOND);
        second.postpone(SECOND);
        assert_eq!(ring(&mut timers, now + SECOND), ["first"]);
        first.stop();
        assert!(ring(&mut timers, now + 3 * SECOND).is_empty());
        assert_eq!(ring(&mut timers, now + 4 * SECOND), ["second"]);
        assert_eq!(timers.deadline(), Some(now + 5 * SECOND), "counted from there");
        assert!(first.is_over() && !second.is_over());
    }

    #[test]
    fn missed_times_are_made_up_for_once_or_skipped() {
        let now = Instant::now();
        let mut timers = Timers::default();
        add(&mut timers, "late", Schedule::Every(SECOND));
        add(&mut timers, "never late", Schedule::Every(SECOND)).skip_missed();
        timers.start(at(now));
        assert_eq!(ring(&mut timers, now + Duration::from_millis(1500)), ["late", "never late"]);
        assert_eq!(ring(&mut timers, now + 60 * SECOND), ["late"]);
        assert_eq!(ring(&mut timers, now + 61 * SECOND), ["late", "never late"]);
    }

    #[test]
    fn a_time_of_day_follows_the_wall_clock() {
        let now = Instant::now();
        let wall = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let at = |seconds: u64, wall_seconds: u64| Now {
            mono: now + Duration::from_secs(seconds),
            wall: wall(wall_seconds),
        };
        let mut timers = Timers::default();
        add(&mut timers, "noon", Schedule::At(wall(1000)));
        add(&mut timers, "past", Schedule::At(wall(90)));
        add(&mut timers, "long past", Schedule::At(wall(10))).skip_missed();
        timers.start(at(0, 100));
        let mut ring = |now: Now| timers.due(now).map(|timer| timer.id.what.clone());
        assert_eq!(ring(at(0, 100)).as_deref(), Some("past"));
        assert_eq!(ring(at(0, 100)), None);
        // The clock is set back, and then forward.
        assert_eq!(ring(at(899, 50)), None);
        assert_eq!(ring(at(960, 110)), None);
        assert_eq!(ring(at(1020, 1000)).as_deref(), Some("noon"));
        assert_eq!(ring(at(9999, 9999)), None);
        assert!(timers.is_empty());
    }
}
