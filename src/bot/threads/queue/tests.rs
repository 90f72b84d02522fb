#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{DEFAULT_LIMITS, NotPosted, Queue, TAKEN_AT_ONCE};
use crate::bot::context::{Job, LoopMessage};
use crate::bot::error::HandlerId;
use crate::bot::threads::batch::{Batch, Item, QueueSize};
use crate::error::Error;
use crate::gateway::session::{Backpressure, Dispatch};

/// Far longer than anything here takes: only a test that fails waits for it.
const LONG: Duration = Duration::from_secs(60);

fn push(batch: &mut Batch, shard: u32, data: &str) {
    batch.push_event(shard, &Dispatch::new(None, "MESSAGE_CREATE", data), 0);
}

fn publish(queue: &Queue<LoopMessage>, data: &str) -> Backpressure {
    let mut batch = Batch::default();
    push(&mut batch, 0, data);
    queue.publish(&mut batch)
}

fn job() -> LoopMessage {
    LoopMessage::Job(Job {
        id: HandlerId::new("post", Location::caller()).into(),
        work: Box::new(|_| Ok(())),
    })
}

fn soon() -> Option<Instant> {
    Some(Instant::now() + LONG)
}

#[test]
fn nothing_is_lost_and_each_shards_order_is_kept_while_the_bounds_hold() {
    const SHARDS: u32 = 4;
    const EACH: usize = 5_000;
    let limits = QueueSize { events: 64, bytes: 1 << 20 };
    let queue = Arc::new(Queue::<LoopMessage>::new(limits));
    let unhandled = Arc::new(AtomicUsize::new(0));
    let producers: Vec<_> = (0..SHARDS)
        .map(|shard| {
            let (queue, unhandled) = (Arc::clone(&queue), Arc::clone(&unhandled));
            thread::spawn(move || {
                let mut batch = Batch::default();
                for n in 0..EACH {
                    push(&mut batch, shard, &n.to_string());
                    if n % 7 == 0 || n + 1 == EACH {
                        unhandled.fetch_add(batch.len(), Ordering::SeqCst);
                        let mut flow = queue.publish(&mut batch);
                        assert!(batch.is_empty());
                        while flow == Backpressure::On {
                            queue.wait_for_room(LONG);
                            flow = queue.publish(&mut batch);
                        }
                    }
                }
            })
        })
        .collect();

    let mut next = [0; SHARDS as usize];
    let mut batch = Batch::default();
    while next.iter().any(|n| *n < EACH) {
        queue.wait(&mut batch, soon());
        assert!(!batch.is_empty(), "a minute without an event");
        for place in 0..batch.len() {
            let (Item::Event { shard, data, .. }, load) = batch.get(place).unwrap() else { panic!() };
            assert_eq!(data, next[shard as usize].to_string(), "shard {shard}");
            next[shard as usize] += 1;
            let most = unhandled.fetch_sub(1, Ordering::SeqCst);
            // Each shard may add one more batch after it found room.
            assert!(most <= limits.events + 7 * SHARDS as usize, "{most} events were waiting");
            queue.handled(load);
        }
    }
    for producer in producers {
        producer.join().unwrap();
    }
    assert_eq!(next, [EACH; SHARDS as usize]);
}

#[test]
fn the_count_bound_holds_until_enough_was_handled() {
    let queue = Queue::new(QueueSize { events: 2, bytes: 1 << 20 });
    assert_eq!(publish(&queue, "1"), Backpressure::Off);
    assert_eq!(publish(&queue, "2"), Backpressure::On);
    let mut batch = Batch::default();
    queue.wait(&mut batch, soon());
    assert_eq!(queue.publish(&mut Batch::default()), Backpressure::On, "taken is not yet handled");
    queue.handled(batch.get(0).unwrap().1);
    assert_eq!(queue.publish(&mut Batch::default()), Backpressure::Off);
}

#[test]
fn the_byte_bound_holds_for_a_single_large_event() {
    let queue = Queue::new(QueueSize { events: 100, bytes: 1000 });
    assert_eq!(publish(&queue, "small"), Backpressure::Off);
    assert_eq!(publish(&queue, &"x".repeat(2000)), Backpressure::On);
    let mut batch = Batch::default();
    queue.wait(&mut batch, soon());
    assert_eq!(batch.len(), 2, "nothing is dropped");
    queue.handled(batch.load());
    assert_eq!(queue.publish(&mut Batch::default()), Backpressure::Off);
}

#[test]
fn a_held_shard_goes_on_as_soon_as_there_is_room() {
    let queue = Arc::new(Queue::new(QueueSize { events: 1, bytes: 1 << 20 }));
    assert_eq!(publish(&queue, "1"), Backpressure::On);
    let shard = {
        let queue = Arc::clone(&queue);
        thread::spawn(move || {
            let begun = Instant::now();
            queue.wait_for_room(LONG);
            begun.elapsed()
        })
    };
    let mut batch = Batch::default();
    queue.wait(&mut batch, soon());
    queue.handled(batch.load());
    assert!(shard.join().unwrap() < LONG);
}

#[test]
fn waiting_for_room_ends_at_its_timeout() {
    let queue = Queue::new(QueueSize { events: 1, bytes: 1 << 20 });
    publish(&queue, "1");
    queue.wait_for_room(Duration::from_millis(5));
    assert_eq!(queue.publish(&mut Batch::default()), Backpressure::On);
}

#[test]
fn a_stop_releases_a_held_shard() {
    let queue = Queue::new(QueueSize { events: 1, bytes: 1 << 20 });
    publish(&queue, "1");
    queue.stop();
    let begun = Instant::now();
    queue.wait_for_room(LONG);
    assert!(begun.elapsed() < LONG);
}

#[test]
fn jobs_failures_and_a_stop_wake_the_bot_without_an_event() {
    let queue = Queue::<LoopMessage>::new(DEFAULT_LIMITS);
    let mut batch = Batch::default();
    assert!(queue.post(job()).is_ok());
    queue.wait(&mut batch, soon());
    assert!(batch.is_empty());
    assert!(queue.take_posted().unwrap().has_messages);
    assert!(queue.take_posted().is_none(), "taken once");
    let mut taken = VecDeque::new();
    assert!(!queue.take_messages(&mut taken));
    assert_eq!(taken.len(), 1);

    queue.shard_begins();
    queue.shard_ended(Some(Error::setup("broken")));
    queue.wait(&mut batch, soon());
    assert_eq!(queue.take_posted().unwrap().failures[0].to_string(), "broken");

    queue.stop();
    queue.wait(&mut batch, soon());
    assert!(queue.take_posted().unwrap().stopped.is_some());
    assert!(queue.is_stopped());
}

#[test]
fn posted_messages_are_bounded_and_each_one_taken_makes_room() {
    let queue = Queue::<u32>::new(DEFAULT_LIMITS);
    queue.set_max_messages(TAKEN_AT_ONCE + 1);
    for n in 0..=TAKEN_AT_ONCE as u32 {
        queue.post(n).unwrap();
    }
    assert!(matches!(queue.post(1000), Err(NotPosted::Full(1000, _))));
    let mut taken = VecDeque::new();
    assert!(queue.take_messages(&mut taken), "one more waits");
    for n in 0..TAKEN_AT_ONCE as u32 {
        queue.post(100 + n).unwrap();
    }
    assert!(matches!(queue.post(1000), Err(NotPosted::Full(1000, _))));
    while queue.take_messages(&mut taken) {}
    let expected = (0..=TAKEN_AT_ONCE as u32).chain(100..100 + TAKEN_AT_ONCE as u32);
    assert!(taken.iter().copied().eq(expected), "in order: {taken:?}");
}

#[test]
fn waiting_for_events_ends_at_its_deadline() {
    let queue = Queue::<LoopMessage>::new(DEFAULT_LIMITS);
    let mut batch = Batch::default();
    queue.wait(&mut batch, Some(Instant::now() + Duration::from_millis(5)));
    assert!(batch.is_empty());
}

#[test]
fn the_connected_are_waited_for_until_all_are_or_the_bot_ends() {
    let queue = Queue::<LoopMessage>::new(DEFAULT_LIMITS);
    queue.expect_shards(2);
    queue.shard_connected();
    queue.shard_connected();
    assert!(queue.wait_until_connected());

    let queue = Queue::<LoopMessage>::new(DEFAULT_LIMITS);
    queue.expect_shards(1);
    queue.close();
    assert!(!queue.wait_until_connected());
}

#[test]
fn a_closed_queue_says_what_was_left_and_takes_nothing_more() {
    let queue = Queue::<LoopMessage>::new(DEFAULT_LIMITS);
    publish(&queue, "1");
    publish(&queue, "2");
    assert!(queue.post(job()).is_ok());
    let (events, messages) = queue.close();
    assert_eq!((events, messages.len()), (2, 1));
    assert_eq!(publish(&queue, "3"), Backpressure::Off);
    assert!(queue.is_empty());
    assert!(queue.post(job()).is_err());
}
