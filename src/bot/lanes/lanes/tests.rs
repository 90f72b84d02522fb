#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::time::{Duration, Instant};

use super::{Lanes, Taken};
use crate::bot::error::Problem;
use crate::bot::event_scope::EventScope;
use crate::id::GuildId;

const PATIENCE: Duration = Duration::from_secs(30);

fn guild(id: u64) -> EventScope {
    EventScope { guild_id: Some(GuildId::new(id)), ..EventScope::default() }
}

fn patience() -> Instant {
    Instant::now() + PATIENCE
}

#[test]
fn the_same_key_keeps_its_order_and_different_keys_run_side_by_side() {
    let lanes = Lanes::new(2);
    let order = Arc::new(Mutex::new(Vec::new()));
    // Both have to be here at once, or neither gets on.
    let meeting = Arc::new(Barrier::new(2));
    for (key, number) in [(1, 1), (1, 2), (2, 10), (1, 3), (2, 20)] {
        let (order, meeting) = (order.clone(), meeting.clone());
        let work = move || {
            if number == 1 || number == 10 {
                meeting.wait();
            }
            order.lock().unwrap().push(number);
        };
        assert_eq!(lanes.push(&guild(key), Box::new(work), || false).unwrap(), Taken::Yes);
    }
    assert!(lanes.wait_until_idle(patience()));
    let order = order.lock().unwrap().clone();
    let of = |lane: fn(&i32) -> bool| order.iter().copied().filter(lane).collect::<Vec<_>>();
    assert_eq!(of(|n| *n < 10), [1, 2, 3]);
    assert_eq!(of(|n| *n >= 10), [10, 20]);
}

/// Lanes whose only thread is held, and what lets it go.
fn held(lanes: &Lanes) -> mpsc::Sender<()> {
    let (release, wait) = mpsc::channel::<()>();
    let (began, begun) = mpsc::channel();
    let work = move || {
        began.send(()).unwrap();
        let _ = wait.recv();
    };
    assert_eq!(lanes.push(&guild(1), Box::new(work), || false).unwrap(), Taken::Yes);
    begun.recv_timeout(PATIENCE).unwrap();
    release
}

#[test]
fn waiting_and_running_jobs_are_counted() {
    let lanes = Lanes::new(1);
    let release = held(&lanes);
    lanes.push(&guild(1), Box::new(|| ()), || false).unwrap();
    lanes.push(&guild(2), Box::new(|| ()), || false).unwrap();
    assert_eq!((lanes.queued(), lanes.running()), (2, 1));
    assert!(lanes.oldest().is_some());
    drop(release);
    assert!(lanes.wait_until_idle(patience()));
    assert_eq!((lanes.queued(), lanes.running(), lanes.oldest()), (0, 0, None));
}

#[test]
fn at_the_limit_the_caller_waits_for_room() {
    let lanes = Lanes::new(1).limit(1);
    let release = held(&lanes);
    lanes.push(&guild(1), Box::new(|| ()), || false).unwrap();
    let (second, done) = mpsc::channel();
    let busy = lanes.clone();
    let pusher = std::thread::spawn(move || {
        let taken = busy.push(&guild(2), Box::new(move || second.send(()).unwrap()), || false).unwrap();
        assert_eq!(taken, Taken::Yes);
    });
    assert_eq!(done.recv_timeout(Duration::from_millis(100)), Err(mpsc::RecvTimeoutError::Timeout));
    drop(release);
    done.recv_timeout(PATIENCE).unwrap();
    pusher.join().unwrap();
    assert_eq!(lanes.dropped(), 0);
}

#[test]
fn the_wait_for_room_ends_when_it_is_too_late() {
    let lanes = Lanes::new(1).limit(1);
    let release = held(&lanes);
    lanes.push(&guild(1), Box::new(|| ()), || false).unwrap();
    assert_eq!(lanes.push(&guild(1), Box::new(|| ()), || true).unwrap(), Taken::Late);
    assert_eq!(lanes.clear(), 2);
    drop(release);
    assert!(lanes.wait_until_idle(patience()));
}

#[test]
fn at_the_limit_jobs_are_dropped_and_counted_where_that_was_chosen() {
    let lanes = Lanes::new(1).limit(1).drop_when_full();
    let release = held(&lanes);
    assert_eq!(lanes.push(&guild(1), Box::new(|| ()), || false).unwrap(), Taken::Yes);
    for _ in 0..3 {
        assert_eq!(lanes.push(&guild(2), Box::new(|| ()), || false).unwrap(), Taken::Full);
    }
    assert_eq!(lanes.dropped(), 3);
    drop(release);
    assert!(lanes.wait_until_idle(patience()));
}

#[test]
fn the_number_of_threads_is_bounded() {
    let lanes = Lanes::new(3);
    let most = Arc::new(Mutex::new((0, 0)));
    for key in 0..200 {
        let most = most.clone();
        let work = move || {
            {
                let mut most = most.lock().unwrap();
                most.0 += 1;
                most.1 = most.0.max(most.1);
            }
            std::thread::yield_now();
            most.lock().unwrap().0 -= 1;
        };
        lanes.push(&guild(key), Box::new(work), || false).unwrap();
    }
    assert!(lanes.wait_until_idle(patience()));
    assert!((1..=3).contains(&most.lock().unwrap().1));
}

#[test]
fn a_key_that_panics_is_a_problem_of_that_job_alone() {
    let lanes = Lanes::new(1).by_key(|scope| scope.guild_id.expect("a guild").get());
    let problem = lanes.push(&EventScope::default(), Box::new(|| unreachable!()), || false).unwrap_err();
    assert!(matches!(problem, Problem::Panicked(text) if text == "a guild"));
    let (done, is_done) = mpsc::channel();
    lanes.push(&guild(1), Box::new(move || done.send(()).unwrap()), || false).unwrap();
    is_done.recv_timeout(PATIENCE).unwrap();
}

#[test]
fn without_a_new_thread_the_caller_runs_the_job() {
    let lanes = Lanes::new(1);
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut state = lanes.pool.lock();
    state.threads = 1;
    for number in [1, 2, 3] {
        let order = order.clone();
        state.schedule.push(Instant::now(), 7, Box::new(move || order.lock().unwrap().push(number)));
    }
    drop(state);
    lanes.without_thread();
    assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
    assert!(lanes.is_idle());
}
