#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::panic::Location;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::Running;
use crate::bot::context::{Handle, Shared};
use crate::bot::error::HandlerId;
use crate::bot::fixture::{Number, batch, login, shared};
use crate::bot::handler::Handlers;
use crate::bot::threads::batch::QueueSize;
use crate::bot::threads::queue::DEFAULT_LIMITS;
use crate::bot::timers::Timers;
use crate::bot::timers::schedule::Schedule;
use crate::bot::tree::Router;
use crate::error::Error;
use crate::gateway::session::Backpressure;

const NOW: Duration = Duration::ZERO;
const LONG: Duration = Duration::from_secs(60);

struct Bench {
    shared: Arc<Shared>,
    calls: RefCell<Vec<String>>,
}

impl Bench {
    fn new() -> Bench {
        Bench { shared: shared(DEFAULT_LIMITS), calls: RefCell::default() }
    }

    fn note(&self, what: impl Into<String>) {
        self.calls.borrow_mut().push(what.into());
    }

    /// A bot that records the numbers it receives.
    fn running(&self) -> Running<'_> {
        self.running_with(Timers::default())
    }

    fn running_with<'a>(&'a self, timers: Timers<'a>) -> Running<'a> {
        let mut handlers = Handlers::new();
        handlers.add(HandlerId::of::<Number>(Location::caller()), |_, n: &Number| {
            self.note(n.0.to_string());
            Ok(())
        });
        Running::new(
            Arc::clone(&self.shared),
            login().client.clone(),
            handlers,
            Router::default(),
            timers,
            LONG,
            None,
        )
    }

    fn send(&self, numbers: std::ops::Range<u32>) -> Backpressure {
        let numbers: Vec<String> = numbers.map(|n| n.to_string()).collect();
        let events: Vec<_> = numbers.iter().map(|n| ("MESSAGE_CREATE", n.as_str())).collect();
        self.shared.queue.publish(&mut batch(&events))
    }

    fn calls(&self) -> Vec<String> {
        self.calls.borrow().clone()
    }
}

#[test]
fn a_poll_handles_at_most_one_event_and_says_whether_it_did() {
    let bench = Bench::new();
    let mut running = bench.running();
    assert!(!running.poll(NOW).unwrap());
    bench.send(1..3);
    assert!(running.poll(NOW).unwrap());
    assert_eq!(bench.calls(), ["1"]);
    assert!(running.poll(LONG).unwrap());
    assert!(!running.poll(NOW).unwrap());
    assert_eq!(bench.calls(), ["1", "2"]);
    bench.shared.queue.shard_ended(None);
}

#[test]
fn events_queued_before_a_stop_are_still_handled() {
    let bench = Bench::new();
    let running = bench.running();
    bench.send(0..100);
    running.handle().stop();
    bench.shared.queue.shard_ended(None);
    running.run().unwrap();
    assert_eq!(bench.calls().len(), 100);
}

#[test]
fn events_beyond_the_grace_period_are_dropped() {
    let bench = Bench::new();
    let mut running = bench.running();
    running.grace = NOW;
    bench.send(0..100);
    running.handle().stop();
    bench.shared.queue.shard_ended(None);
    running.run().unwrap();
    assert!(bench.calls().is_empty());
}

#[test]
fn a_fatal_error_comes_after_the_events_before_it_and_only_once() {
    let bench = Bench::new();
    let mut running = bench.running();
    bench.send(1..3);
    bench.shared.queue.shard_ended(Some(Error::setup("broken")));
    assert!(running.poll(NOW).unwrap() && running.poll(NOW).unwrap());
    assert_eq!(running.poll(LONG).unwrap_err().to_string(), "broken");
    assert!(running.is_over());
    assert!(!running.poll(LONG).unwrap());
    assert_eq!(bench.calls(), ["1", "2"]);
}

#[test]
fn a_failing_shard_stops_the_others() {
    let bench = Bench::new();
    bench.shared.queue.shard_begins();
    let mut running = bench.running();
    bench.shared.queue.shard_ended(Some(Error::setup("broken")));
    assert!(!running.poll(NOW).unwrap());
    assert!(running.handle().is_stopped());
    assert!(!running.is_over(), "the other shard is still saying goodbye");
    bench.shared.queue.shard_ended(Some(Error::setup("broken too")));
    assert_eq!(running.run().unwrap_err().to_string(), "broken");
}

#[test]
fn shards_that_do_not_end_are_left_to_themselves() {
    let bench = Bench::new();
    let running = bench.running();
    running.handle().stop();
    running.run().unwrap();
    assert_eq!(bench.shared.queue.live_shards(), 1);
}

/// How long this thread has had a processor, where the system says so.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
}

#[test]
fn a_running_task_next_to_a_stuck_shard_is_waited_for() {
    let bench = Bench::new();
    let mut running = bench.running();
    let (let_go, held) = std::sync::mpsc::channel::<()>();
    let begin = move |cx: &crate::Context| {
        cx.spawn(move |_| {
            let _ = held.recv();
            Ok(())
        })?;
        Ok(())
    };
    running.handle().post(begin).unwrap();
    assert!(running.poll(NOW).unwrap());
    running.handle().stop();
    assert!(!running.poll(super::SHARDS_TIMEOUT).unwrap());
    let before = processor_time();
    assert!(!running.poll(Duration::from_millis(500)).unwrap());
    if let (Some(before), Some(after)) = (before, processor_time()) {
        assert!(after - before < Duration::from_millis(100), "{:?}", after - before);
    }
    drop(let_go);
    running.run().unwrap();
}

#[test]
fn a_posted_closure_runs_here_and_before_the_events_that_wait() {
    let bench = Bench::new();
    let mut running = bench.running();
    bench.send(1..3);
    let handle = running.handle();
    let here = thread::current().id();
    thread::spawn(move || {
        handle.post(move |cx| {
            assert_eq!(thread::current().id(), here);
            cx.stop();
            Ok(())
        })
    })
    .join()
    .unwrap()
    .unwrap();
    assert!(running.poll(NOW).unwrap());
    assert!(running.handle().is_stopped());
    assert!(bench.calls().is_empty());
    bench.shared.queue.shard_ended(None);
}

#[test]
fn closures_that_post_themselves_for_ever_do_not_starve_the_events() {
    fn again(handle: &Handle) {
        let next = handle.clone();
        // It fails only when the bot has ended.
        let _ = handle.post(move |_| {
            again(&next);
            Ok(())
        });
    }
    let bench = Bench::new();
    let mut running = bench.running();
    again(&running.handle());
    bench.send(0..10);
    for _ in 0..40 {
        running.poll(NOW).unwrap();
    }
    assert_eq!(bench.calls().len(), 10);
    bench.shared.queue.shard_ended(None);
}

#[test]
fn closures_beyond_the_maximum_are_refused_until_some_have_run() {
    let bench = Bench::new();
    bench.shared.queue.set_max_messages(100);
    let mut running = bench.running();
    let handle = running.handle();
    let (sender, ran) = std::sync::mpsc::channel();
    let post = |n: u32| {
        let sender = sender.clone();
        handle.post(move |_| Ok(sender.send(n)?))
    };
    let posted = (0..100_000).filter(|n| post(*n).is_ok()).count();
    assert_eq!(posted, 100);
    let error = post(0).unwrap_err();
    assert!(
        matches!(error, Error::Busy { .. }) && error.to_string().contains("bot.max_posts(..)"),
        "{error}"
    );
    assert!(running.poll(NOW).unwrap());
    post(100_000).unwrap();
    while running.poll(NOW).unwrap() {}
    assert!(ran.try_iter().eq((0..100).chain([100_000])));
    bench.shared.queue.shard_ended(None);
}

#[test]
fn closures_posted_before_the_login_run_after_it_and_cost_nothing_until_then() {
    let shared = Shared::new();
    shared.queue.shard_begins();
    let mut running = Running::new(
        Arc::clone(&shared),
        login().client.clone(),
        Handlers::new(),
        Router::default(),
        Timers::default(),
        LONG,
        None,
    );
    let (sender, ran) = std::sync::mpsc::channel();
    for n in 0..200 {
        let sender = sender.clone();
        running.handle().post(move |_| Ok(sender.send(n)?)).unwrap();
    }
    let before = processor_time();
    assert!(!running.poll(Duration::from_millis(500)).unwrap());
    if let (Some(before), Some(after)) = (before, processor_time()) {
        assert!(after - before < Duration::from_millis(100), "{:?}", after - before);
    }
    assert!(shared.login.set(login()).is_ok());
    shared.queue.wake();
    while running.poll(NOW).unwrap() {}
    assert!(ran.try_iter().eq(0..200));
    shared.queue.shard_ended(None);
}

#[test]
fn timers_and_messages_take_turns() {
    let bench = Bench::new();
    let (sender, ran) = std::sync::mpsc::channel();
    let mut timers = Timers::default();
    let ticks = sender.clone();
    timers.add(
        HandlerId::new("every", Location::caller()),
        Schedule::Every(Duration::from_nanos(1)),
        Box::new(move |_| Ok(ticks.send("tick")?)),
        Arc::default(),
    );
    let mut running = bench.running_with(timers);
    for _ in 0..3 {
        let sender = sender.clone();
        running.handle().post(move |_| Ok(sender.send("message")?)).unwrap();
    }
    for _ in 0..6 {
        assert!(running.poll(LONG).unwrap());
    }
    assert!(ran.try_iter().eq(["tick", "message"].repeat(3)));
    drop(running);
}

#[test]
fn a_timer_that_is_always_due_does_not_starve_the_events() {
    let bench = Bench::new();
    let mut timers = Timers::default();
    timers.add(
        HandlerId::new("every", Location::caller()),
        Schedule::Every(Duration::from_nanos(1)),
        Box::new(|_| {
            bench.note("tick");
            Ok(())
        }),
        Arc::default(),
    );
    let mut running = bench.running_with(timers);
    running.poll(Duration::from_millis(1)).unwrap();
    bench.calls.borrow_mut().clear();
    bench.send(0..3);
    for _ in 0..6 {
        assert!(running.poll(LONG).unwrap());
    }
    let calls = bench.calls();
    assert_eq!(calls.iter().filter(|what| *what == "tick").count(), 3, "{calls:?}");
    assert_eq!(calls.iter().filter(|what| *what != "tick").count(), 3, "{calls:?}");
    drop(running);
}

#[test]
fn nothing_runs_before_the_login() {
    let shared = Shared::new();
    shared.queue.shard_begins();
    let mut timers = Timers::default();
    timers.add(
        HandlerId::new("every", Location::caller()),
        Schedule::Every(Duration::from_nanos(1)),
        Box::new(|_| unreachable!()),
        Arc::default(),
    );
    let mut running = Running::new(
        Arc::clone(&shared),
        login().client.clone(),
        Handlers::new(),
        Router::default(),
        timers,
        LONG,
        None,
    );
    running.handle().post(|_| unreachable!()).unwrap();
    assert!(!running.poll(Duration::from_millis(2)).unwrap());
    running.handle().stop();
    shared.queue.shard_ended(None);
    running.run().unwrap();
}

#[test]
fn room_is_made_in_the_middle_of_a_large_batch() {
    let bench = Bench { shared: shared(QueueSize { events: 80, bytes: 1 << 20 }), calls: RefCell::default() };
    let mut running = bench.running();
    assert_eq!(bench.send(0..80), Backpressure::On);
    // A shard that was held goes on when half of the queue is free.
    for _ in 0..30 {
        running.poll(NOW).unwrap();
    }
    assert_eq!(bench.shared.queue.publish(&mut batch(&[])), Backpressure::On);
    for _ in 0..10 {
        running.poll(NOW).unwrap();
    }
    assert_eq!(bench.shared.queue.publish(&mut batch(&[])), Backpressure::Off);
    bench.shared.queue.shard_ended(None);
}

#[test]
fn dropping_it_stops_the_bot() {
    let bench = Bench::new();
    let running = bench.running();
    let handle = running.handle();
    bench.shared.queue.shard_ended(None);
    drop(running);
    assert!(handle.is_stopped());
    assert!(matches!(Handle::new(&bench.shared).post(|_| Ok(())), Err(Error::Stopped)));
}
