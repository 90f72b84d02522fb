#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;

use crate::bot::threads::queue::{DEFAULT_LIMITS, NotPosted, Queue};

#[test]
fn a_reservation_counts_until_it_is_used_or_dropped() {
    let queue = Queue::<u32>::new(DEFAULT_LIMITS);
    queue.set_max_messages(2);
    let reservation = queue.reserve().unwrap();
    queue.post(1).unwrap();
    assert!(queue.reserve().is_none());
    assert!(matches!(queue.post(2), Err(NotPosted::Full(2, 2))));
    reservation.post(3).unwrap();
    let mut taken = VecDeque::new();
    assert!(!queue.take_messages(&mut taken));
    assert_eq!(taken, [1, 3]);
    let (first, second) = (queue.reserve().unwrap(), queue.reserve());
    assert!(second.is_some() && queue.reserve().is_none());
    drop(first);
    assert!(queue.reserve().is_some());
}

#[test]
fn a_reservation_in_a_queue_that_has_ended_is_of_no_use() {
    let queue = Queue::<u32>::new(DEFAULT_LIMITS);
    let reservation = queue.reserve().unwrap();
    queue.close();
    assert_eq!(reservation.post(1), Err(1));
}
