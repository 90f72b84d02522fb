use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Entry, MAX_WAITING, Queue, Recorder};

/// A recorder whose disk takes nothing.
fn stuck() -> Recorder {
    Recorder { start: Instant::now(), queue: Arc::<Queue>::default() }
}

#[test]
fn what_waits_for_a_slow_disk_is_bounded_and_the_rest_is_counted() {
    let recorder = stuck();
    let event = "x".repeat(MAX_WAITING / 4);
    for _ in 0..7 {
        recorder.event(0, Some(1), "MESSAGE_CREATE", &event);
    }
    let mut waiting = recorder.queue.waiting.lock();
    assert!(waiting.size <= MAX_WAITING);
    assert_eq!((waiting.entries.len(), waiting.dropped.as_ref().map(|dropped| dropped.events)), (3, Some(4)));
    // The disk works again.
    waiting.entries.clear();
    waiting.size = 0;
    drop(waiting);
    recorder.event(0, Some(8), "MESSAGE_CREATE", "{}");
    let waiting = recorder.queue.waiting.lock();
    let [Entry::Dropped(dropped), Entry::Event { seq: Some(8), .. }] = waiting.entries.as_slice() else {
        panic!("{:?}", waiting.entries);
    };
    assert_eq!((dropped.events, dropped.calls, dropped.why.as_str()), (4, 0, "the disk was too slow"));
}

#[test]
fn the_end_is_not_waited_for_longer_than_allowed() {
    let recorder = stuck();
    assert!(!recorder.finish(Duration::from_millis(1)));
    recorder.event(0, None, "READY", "{}");
    assert!(recorder.queue.waiting.lock().entries.is_empty(), "what comes after the end is not recorded");
}
