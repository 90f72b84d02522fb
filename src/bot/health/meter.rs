//! What is counted of handlers and events.
//!
//! Counting costs next to nothing. A counter that only one thread changes is changed without an atomic addition, and the
//! clock is read once for each call of a handler: a call begins when the one before it ended.

use std::fmt::Display;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::bot::threads::batch::Name;
use crate::counters::Counter;
use crate::gateway::intents::EVENTS;

/// The default of [`Bot::slow_handler_after`](crate::Bot::slow_handler_after).
pub(super) const SLOW: Duration = Duration::from_secs(1);

/// The default of [`Bot::stuck_handler_after`](crate::Bot::stuck_handler_after).
const STUCK: Duration = Duration::from_secs(60);

/// From then on a call that still runs is reported.
const LONG: Duration = Duration::from_secs(10);

/// How often slow calls of one handler are logged at most.
const SLOW_LOG_INTERVAL: Duration = Duration::from_secs(60);

/// How a call of a handler failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It returned an error.
    Error,
    Panic,
    /// Its event could not be read, so it was not called.
    Unreadable,
}

/// What is counted of one handler.
#[derive(Debug, Default)]
pub(crate) struct HandlerMeter {
    /// Its place in the list of handlers.
    place: AtomicU32,
    pub(super) calls: Counter,
    pub(super) errors: Counter,
    pub(super) panics: Counter,
    pub(super) unreadable: Counter,
    pub(super) slow: Counter,
    pub(super) nanos: Counter,
    /// When a slow call was logged, in nanoseconds since the start, plus one; 0 if none was.
    slow_logged_at: AtomicU64,
}

impl HandlerMeter {
    pub(super) fn set_place(&self, place: u32) {
        self.place.store(place, Ordering::Relaxed);
    }

    /// Counts a call on a thread other than the bot's.
    pub(crate) fn count_elsewhere(&self, took: Duration, failure: Option<Failure>) {
        self.calls.add(1);
        self.nanos.add(nanos(took));
        if let Some(failure) = failure {
            self.count_failure(failure);
        }
    }

    pub(crate) fn count_failure(&self, failure: Failure) {
        match failure {
            Failure::Error => self.errors.add(1),
            Failure::Panic => self.panics.add(1),
            Failure::Unreadable => self.unreadable.add(1),
        }
    }

    /// Whether a slow call at this time is logged.
    fn may_log_slow(&self, now: u64) -> bool {
        let logged_at = self.slow_logged_at.load(Ordering::Relaxed);
        let may_log = logged_at == 0 || now.saturating_sub(logged_at) >= nanos(SLOW_LOG_INTERVAL);
        if may_log {
            self.slow_logged_at.store(now.max(1), Ordering::Relaxed);
        }
        may_log
    }
}

/// The calls of handlers on the bot's thread. Only that thread changes it, except the settings.
#[derive(Debug)]
pub(crate) struct CallMeter {
    created_at: Instant,
    /// When the last call ended, in nanoseconds since `created_at`. The next call begins then.
    now: AtomicU64,
    /// When the running call began, plus one; 0 between calls.
    running_since: AtomicU64,
    /// The place of the handler that was called last.
    running: AtomicU32,
    /// The `running_since` of the last call that was reported while it ran.
    reported: AtomicU64,
    slow_after: AtomicU64,
    stuck_after: AtomicU64,
    /// How often the handlers of each event were called.
    pub(crate) delivered: EventCounts,
}

impl Default for CallMeter {
    fn default() -> Self {
        CallMeter {
            created_at: Instant::now(),
            now: AtomicU64::new(0),
            running_since: AtomicU64::new(0),
            running: AtomicU32::new(0),
            reported: AtomicU64::new(0),
            slow_after: AtomicU64::new(nanos(SLOW)),
            stuck_after: AtomicU64::new(nanos(STUCK)),
            delivered: EventCounts::default(),
        }
    }
}

/// What a [`CallMeter`] counts of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counts {
    All,
    /// The handler runs in lanes, which count the call. Only what keeps it out of them is counted here.
    Time,
}

impl CallMeter {
    pub(crate) fn set_slow_after(&self, after: Duration) {
        self.slow_after.store(nanos(after), Ordering::Relaxed);
    }

    pub(crate) fn set_stuck_after(&self, after: Duration) {
        self.stuck_after.store(nanos(after), Ordering::Relaxed);
    }

    pub(super) fn stuck_after(&self) -> Duration {
        Duration::from_nanos(self.stuck_after.load(Ordering::Relaxed))
    }

    /// Reads the clock, so that the next call begins now. Used after everything that is no call and may take long.
    pub(crate) fn read_clock(&self) {
        self.now.store(nanos(self.created_at.elapsed()), Ordering::Relaxed);
    }

    /// The end of the last call, or the last reading of the clock.
    pub(crate) fn now(&self) -> Duration {
        Duration::from_nanos(self.now.load(Ordering::Relaxed))
    }

    /// Measures a call of a handler.
    pub(crate) fn measure<T, P>(
        &self,
        handler: &HandlerMeter,
        name: &dyn Display,
        counts: Counts,
        call: impl FnOnce() -> Result<T, P>,
    ) -> Result<T, P>
    where
        for<'p> Failure: From<&'p P>,
    {
        let began = self.now.load(Ordering::Relaxed);
        self.running.store(handler.place.load(Ordering::Relaxed), Ordering::Relaxed);
        self.running_since.store(began + 1, Ordering::Release);
        let result = call();
        self.running_since.store(0, Ordering::Relaxed);
        let ended = nanos(self.created_at.elapsed());
        self.now.store(ended, Ordering::Relaxed);
        let took = ended.saturating_sub(began);
        if counts == Counts::All {
            handler.calls.add_alone(1);
            handler.nanos.add_alone(took);
        }
        if let Err(problem) = &result {
            handler.count_failure(problem.into());
        }
        if took >= self.slow_after.load(Ordering::Relaxed) {
            slow(handler, name, took, ended);
        }
        result
    }

    /// The place of the handler that runs now, and for how long it has been running.
    pub(super) fn running(&self, now: Instant) -> Option<(usize, Duration)> {
        let since = self.running_since.load(Ordering::Acquire).checked_sub(1)?;
        let place = self.running.load(Ordering::Relaxed);
        let now = nanos(now.saturating_duration_since(self.created_at));
        Some((place as usize, Duration::from_nanos(now.saturating_sub(since))))
    }

    /// Whether a call runs now.
    pub(crate) fn is_running(&self) -> bool {
        self.running_since.load(Ordering::Relaxed) != 0
    }

    /// The place of the handler that has been running for ten seconds, and for how long, once for each call.
    pub(crate) fn long_call(&self, now: Instant) -> Option<(usize, Duration)> {
        let since = self.running_since.load(Ordering::Acquire);
        let (place, time) = self.running(now).filter(|(_, time)| *time >= LONG)?;
        (self.reported.swap(since, Ordering::Relaxed) != since).then_some((place, time))
    }
}

/// Counts and logs a slow call.
#[cold]
fn slow(handler: &HandlerMeter, name: &dyn Display, took: u64, now: u64) {
    handler.slow.add_alone(1);
    if handler.may_log_slow(now) {
        log::warn!(
            "{name} took {:.1?}, and all other handlers waited for it: run it in lanes or as a task ({} slow calls so far; \
             logged once a minute at most)",
            Duration::from_nanos(took),
            handler.slow.get()
        );
    }
}

/// The number of events, by name.
#[derive(Debug)]
pub(crate) struct EventCounts {
    known: [Counter; EVENTS.len()],
    unknown: Counter,
}

impl Default for EventCounts {
    fn default() -> Self {
        EventCounts { known: [const { Counter::new() }; EVENTS.len()], unknown: Counter::new() }
    }
}

impl EventCounts {
    /// Counts an event, on the only thread that does so.
    pub(crate) fn count_alone(&self, name: Name<'_>) {
        match name {
            Name::Known(index) => self.known[index].add_alone(1),
            Name::Unknown(_) => self.unknown.add_alone(1),
        }
    }

    /// The count of the event at this place of [`EVENTS`].
    pub(crate) fn of_known(&self, place: usize) -> u64 {
        self.known[place].get()
    }

    /// The counts in the order of [`EVENTS`], and then that of all unknown events.
    pub(super) fn read(&self) -> impl Iterator<Item = u64> {
        self.known.iter().chain([&self.unknown]).map(Counter::get)
    }
}

/// What is counted of the events of one shard.
#[derive(Debug, Default)]
pub(crate) struct ShardEvents {
    /// Only the shard's thread counts.
    pub(crate) received: EventCounts,
    /// Events and notices that were passed to the bot's thread. Only the shard's thread counts.
    pub(crate) queued: Counter,
    /// Those of them whose handlers were called. Only the bot's thread counts.
    pub(crate) handled: Counter,
}

/// The nanoseconds of a duration. `u64` has room for 584 years of them.
fn nanos(duration: Duration) -> u64 {
    duration.as_secs().saturating_mul(1_000_000_000).saturating_add(duration.subsec_nanos().into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::thread;
    use std::time::{Duration, Instant};

    use super::{CallMeter, Counts, Failure, HandlerMeter, SLOW_LOG_INTERVAL, nanos};
    use crate::bot::error::{Problem, guard};

    /// Measures a call that ends like this.
    fn call(calls: &CallMeter, handler: &HandlerMeter, ends: impl FnOnce() -> Result<(), Problem>) {
        let _ = calls.measure(handler, &"the handler", Counts::All, || guard(ends));
    }

    #[test]
    fn each_way_to_fail_has_its_own_count() {
        let (calls, handler) = (CallMeter::default(), HandlerMeter::default());
        let unreadable = || serde_json::from_str::<u8>("x").unwrap_err();
        call(&calls, &handler, || Ok(()));
        call(&calls, &handler, || Err(Problem::Failed("no".into())));
        call(&calls, &handler, || panic!("no"));
        call(&calls, &handler, || Err(Problem::Unreadable(unreadable())));
        let counts = [&handler.calls, &handler.errors, &handler.panics, &handler.unreadable, &handler.slow];
        assert_eq!(counts.map(crate::counters::Counter::get), [4, 1, 1, 1, 0]);
    }

    #[test]
    fn another_thread_sees_which_call_runs_and_for_how_long() {
        let (calls, handler) = (CallMeter::default(), HandlerMeter::default());
        handler.set_place(7);
        calls.read_clock();
        let began = Instant::now();
        call(&calls, &handler, || {
            let later = began + Duration::from_secs(100);
            let seen = thread::scope(|scope| scope.spawn(|| calls.running(later)).join().unwrap());
            let (place, time) = seen.unwrap();
            assert_eq!((place, time.as_secs()), (7, 100));
            Ok(())
        });
        assert_eq!(calls.running(Instant::now()), None);
    }

    #[test]
    fn a_call_that_does_not_return_is_reported_once() {
        let (calls, handler) = (CallMeter::default(), HandlerMeter::default());
        handler.set_place(7);
        calls.read_clock();
        let began = Instant::now();
        let reported =
            |seconds| calls.long_call(began + Duration::from_secs(seconds)).map(|(place, _)| place);
        for _ in 0..2 {
            call(&calls, &handler, || {
                assert_eq!([5, 11, 12, 100].map(reported), [None, Some(7), None, None]);
                Ok(())
            });
            assert_eq!(reported(200), None);
        }
    }

    #[test]
    fn a_call_begins_when_the_one_before_it_ended() {
        let (calls, first, second) = (CallMeter::default(), HandlerMeter::default(), HandlerMeter::default());
        calls.read_clock();
        calls.set_slow_after(Duration::from_millis(20));
        call(&calls, &first, || {
            thread::sleep(Duration::from_millis(20));
            Ok(())
        });
        assert_eq!((first.slow.get(), calls.now() >= Duration::from_millis(20)), (1, true));
        calls.set_slow_after(Duration::from_secs(30));
        call(&calls, &second, || Ok(()));
        assert_eq!((second.slow.get(), second.calls.get()), (0, 1));
        assert!(first.nanos.get() + second.nanos.get() <= nanos(calls.now()));
    }

    #[test]
    fn slow_calls_of_a_handler_are_logged_once_a_minute() {
        let handler = HandlerMeter::default();
        let minute = nanos(SLOW_LOG_INTERVAL);
        let logged = [5, 6, minute, minute + 5, minute + 6, 3 * minute].map(|now| handler.may_log_slow(now));
        assert_eq!(logged, [true, false, false, true, false, true]);
    }

    #[test]
    fn a_handler_in_lanes_is_not_counted_twice() {
        let (calls, handler) = (CallMeter::default(), HandlerMeter::default());
        calls.measure(&handler, &"the handler", Counts::Time, || Ok::<_, Problem>(())).unwrap();
        handler.count_elsewhere(Duration::from_millis(3), Some(Failure::Panic));
        assert_eq!((handler.calls.get(), handler.panics.get(), handler.nanos.get()), (1, 1, 3_000_000));
    }
}
