#![allow(clippy::unwrap_used)]

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use super::{AutoDefer, COUNT_LATE_FOR, Deferred, FALLBACK_WORKERS, INITIAL_COST, MAX_COST, State};

/// A limit that is reached only if the test hangs.
const TIMEOUT: Duration = Duration::from_secs(30);

#[test]
fn fallback_messages_do_not_delay_deferrals() {
    let auto_defer = Arc::new(AutoDefer::default());
    let (started, starts) = mpsc::channel();
    let mut blockers = Vec::new();
    for _ in 0..3 * FALLBACK_WORKERS {
        let (blocker, blocked) = mpsc::channel::<()>();
        blockers.push(blocker);
        let started = started.clone();
        auto_defer.submit(Box::new(move || {
            started.send("fallback").unwrap();
            let _ = blocked.recv_timeout(TIMEOUT);
        }));
    }
    let next = |timeout| starts.recv_timeout(timeout);
    (0..FALLBACK_WORKERS).for_each(|_| assert_eq!(next(TIMEOUT), Ok("fallback")));
    assert!(next(Duration::from_millis(50)).is_err(), "one more than allowed");
    let mut state = auto_defer.state.lock();
    let started = started.clone();
    state.deferrals.push_back(Box::new(move || started.send("deferral").unwrap()));
    auto_defer.start_workers(state);
    assert_eq!(next(TIMEOUT), Ok("deferral"));
    blockers.clear();
    auto_defer.wait_until_idle(Instant::now() + TIMEOUT);
    assert!(auto_defer.is_idle());
    assert_eq!(starts.try_iter().count(), 2 * FALLBACK_WORKERS);
}

#[test]
fn the_cost_of_a_slow_request_is_capped() {
    let mut state = State::default();
    for _ in 0..100 {
        state.record_cost(Duration::from_secs(60));
    }
    assert!(state.cost <= MAX_COST && state.cost > INITIAL_COST, "{:?}", state.cost);
}

#[test]
fn late_deferrals_that_came_at_once_are_counted_together() {
    let (mut state, now) = (State::default(), Instant::now());
    (0..3).for_each(|_| state.deferrals.push_back(Box::new(|| ())));
    (0..3).for_each(|_| drop(state.take_job()));
    let mut counted = Vec::new();
    for _ in 0..3 {
        state.record(now, Deferred::TooLate);
        state.sending_deferrals -= 1;
        counted.push(state.take_late(now));
    }
    assert_eq!(counted, [0, 0, 3]);
    // A bot that always sends a deferral logs them as well.
    state.sending_deferrals = 1;
    state.record(now, Deferred::TooLate);
    assert_eq!([Duration::ZERO, COUNT_LATE_FOR].map(|after| state.take_late(now + after)), [0, 1]);
}

#[test]
fn if_no_worker_can_be_started_waiting_for_idle_ends() {
    let auto_defer = AutoDefer::default();
    let mut state = auto_defer.state.lock();
    state.fallbacks.push_back(Box::new(|| ()));
    state.workers = 1;
    drop(state);
    auto_defer.workers_failed(1);
    assert!(auto_defer.is_idle());
}

#[test]
fn many_workers_that_cannot_be_started_leave_the_others_to_work() {
    let auto_defer = AutoDefer::default();
    let mut state = auto_defer.state.lock();
    state.fallbacks.push_back(Box::new(|| ()));
    state.workers = 8;
    drop(state);
    auto_defer.workers_failed(7);
    let state = auto_defer.state.lock();
    assert_eq!((state.workers, state.fallbacks.len()), (1, 1));
}
