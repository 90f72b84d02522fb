#![allow(clippy::unwrap_used)]

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use super::{FIRST_COST, MOST_COST, State, TALKERS, Watchdog};

const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn words_keep_no_worker_from_the_deferrals() {
    let watchdog = Arc::new(Watchdog::default());
    let (began, begun) = mpsc::channel();
    let mut held = Vec::new();
    for _ in 0..3 * TALKERS {
        let (release, wait) = mpsc::channel::<()>();
        held.push(release);
        let began = began.clone();
        watchdog.submit(Box::new(move || {
            began.send("word").unwrap();
            let _ = wait.recv_timeout(PATIENCE);
        }));
    }
    let next = |patience| begun.recv_timeout(patience);
    (0..TALKERS).for_each(|_| assert_eq!(next(PATIENCE), Ok("word")));
    assert!(next(Duration::from_millis(50)).is_err(), "one more");
    let mut state = watchdog.lock();
    let began = began.clone();
    state.deferrals.push_back(Box::new(move || began.send("deferral").unwrap()));
    watchdog.start(state);
    assert_eq!(next(PATIENCE), Ok("deferral"));
    held.clear();
    watchdog.wait_until_idle(Instant::now() + PATIENCE);
    assert!(watchdog.is_idle());
    assert_eq!(begun.try_iter().count(), 2 * TALKERS);
}

#[test]
fn one_slow_answer_is_not_believed_more_than_it_deserves() {
    let mut state = State::default();
    for _ in 0..100 {
        state.learn(Duration::from_secs(60));
    }
    assert!(state.cost <= MOST_COST && state.cost > FIRST_COST, "{:?}", state.cost);
}

#[test]
fn where_no_thread_can_be_had_nobody_waits_in_vain() {
    let watchdog = Watchdog::default();
    let mut state = watchdog.lock();
    state.words.push_back(Box::new(|| ()));
    state.workers = 1;
    drop(state);
    watchdog.without_worker();
    assert!(watchdog.is_idle());
}
