#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use super::{Ask, Limiter, MANY_BUCKETS, Refusal, Said};
use crate::rest::route::{CHANNEL, CREATE_MESSAGE, Route, TRIGGER_TYPING_INDICATOR};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn said(bucket: &str, limit: u32, remaining: u32, reset_after: u64) -> Said {
    Said {
        bucket: Some(bucket.to_owned()),
        limit: Some(limit),
        remaining: Some(remaining),
        reset_after: Some(seconds(reset_after)),
        refused: None,
    }
}

fn refused(retry_after: u64, everything: bool) -> Said {
    Said { refused: Some(Refusal { retry_after: seconds(retry_after), everything }), ..Said::default() }
}

/// A limiter that has had one answer on the route.
fn taught(now: Instant, route: &Route, answer: &Said) -> Limiter {
    let mut limiter = Limiter::default();
    assert_eq!(limiter.ask(now, route), Ask::Go);
    limiter.tell(now, route, answer);
    limiter
}

#[test]
fn nothing_is_held_back_while_nothing_is_known() {
    let (mut limiter, now) = (Limiter::default(), Instant::now());
    for _ in 0..100 {
        assert_eq!(limiter.ask(now, &CREATE_MESSAGE.at(&[&1])), Ask::Go);
    }
}

#[test]
fn an_empty_bucket_waits_for_its_reset_and_is_full_then() {
    let (now, route) = (Instant::now(), CREATE_MESSAGE.at(&[&1]));
    let mut limiter = taught(now, &route, &said("a", 2, 0, 5));
    assert_eq!(limiter.ask(now + seconds(4), &route), Ask::Wait(now + seconds(5)));
    assert_eq!(limiter.ask(now + seconds(5), &route), Ask::Go);
    assert_eq!(limiter.ask(now + seconds(5), &route), Ask::Go);
    assert!(matches!(limiter.ask(now + seconds(5), &route), Ask::Wait(_)));
}

#[test]
fn requests_under_way_count_as_used() {
    let (now, route) = (Instant::now(), CREATE_MESSAGE.at(&[&1]));
    let mut limiter = taught(now, &route, &said("a", 5, 2, 5));
    assert_eq!(limiter.ask(now, &route), Ask::Go);
    assert_eq!(limiter.ask(now, &route), Ask::Go);
    assert_eq!(limiter.ask(now, &route), Ask::Wait(now + seconds(5)));
    // One of them never reached Discord: its place is free again.
    limiter.lost(now, &route);
    assert_eq!(limiter.ask(now, &route), Ask::Go);
}

#[test]
fn an_answer_that_was_overtaken_does_not_refill_the_bucket() {
    let (now, route) = (Instant::now(), CREATE_MESSAGE.at(&[&1]));
    let mut limiter = taught(now, &route, &said("a", 5, 2, 5));
    assert_eq!(limiter.ask(now, &route), Ask::Go);
    assert_eq!(limiter.ask(now, &route), Ask::Go);
    limiter.tell(now, &route, &said("a", 5, 0, 5));
    limiter.tell(now, &route, &said("a", 5, 1, 5));
    assert_eq!(limiter.ask(now, &route), Ask::Wait(now + seconds(5)));
}

#[test]
fn another_channel_is_another_bucket() {
    let now = Instant::now();
    let mut limiter = taught(now, &CREATE_MESSAGE.at(&[&1]), &said("a", 5, 0, 5));
    assert_eq!(limiter.ask(now, &CREATE_MESSAGE.at(&[&2])), Ask::Go);
}

#[test]
fn endpoints_with_one_hash_share_a_bucket() {
    let (now, typing) = (Instant::now(), TRIGGER_TYPING_INDICATOR.at(&[&1]));
    let mut limiter = taught(now, &typing, &said("a", 5, 3, 5));
    let message = CREATE_MESSAGE.at(&[&1]);
    assert_eq!(limiter.ask(now, &message), Ask::Go);
    limiter.tell(now, &message, &said("a", 5, 0, 5));
    assert_eq!(limiter.ask(now, &typing), Ask::Wait(now + seconds(5)));
}

#[test]
fn a_bucket_keeps_count_of_what_is_under_way_when_it_gets_its_name() {
    let (mut limiter, now, route) = (Limiter::default(), Instant::now(), CREATE_MESSAGE.at(&[&1]));
    for _ in 0..3 {
        assert_eq!(limiter.ask(now, &route), Ask::Go);
    }
    limiter.tell(now, &route, &said("a", 5, 3, 5));
    assert_eq!(limiter.ask(now, &route), Ask::Go);
    assert_eq!(limiter.ask(now, &route), Ask::Wait(now + seconds(5)));
}

#[test]
fn a_refusal_empties_its_bucket_alone() {
    let (now, route) = (Instant::now(), CREATE_MESSAGE.at(&[&1]));
    let mut limiter = taught(now, &route, &refused(3, false));
    assert_eq!(limiter.ask(now, &route), Ask::Wait(now + seconds(3)));
    assert_eq!(limiter.ask(now, &CHANNEL.at(&[&1])), Ask::Go);
    assert_eq!(limiter.ask(now + seconds(3), &route), Ask::Go);
}

#[test]
fn a_global_refusal_pauses_everything_until_it_is_over() {
    let (now, route) = (Instant::now(), CREATE_MESSAGE.at(&[&1]));
    let mut limiter = taught(now, &route, &refused(3, true));
    // A shorter one that comes later does not end it early.
    limiter.tell(now, &route, &refused(1, true));
    let routes = [CHANNEL.at(&[&9]), route];
    for (after, answer) in [(seconds(2), Ask::Wait(now + seconds(3))), (seconds(3), Ask::Go)] {
        for route in &routes {
            assert_eq!(limiter.ask(now + after, route), answer);
        }
    }
}

#[test]
fn a_full_window_with_requests_still_under_way_asks_for_patience_not_for_a_busy_loop() {
    let (now, route) = (Instant::now(), CREATE_MESSAGE.at(&[&1]));
    let mut limiter = taught(now, &route, &said("a", 1, 1, 5));
    assert_eq!(limiter.ask(now, &route), Ask::Go);
    let later = now + seconds(6);
    assert!(matches!(limiter.ask(later, &route), Ask::Wait(until) if until > later));
    limiter.tell(later, &route, &said("a", 1, 1, 5));
    assert_eq!(limiter.ask(later, &route), Ask::Go);
}

#[test]
fn buckets_that_limit_nothing_are_forgotten_when_there_are_many() {
    let (mut limiter, start) = (Limiter::default(), Instant::now());
    let exhausted = CREATE_MESSAGE.at(&[&0]);
    assert_eq!(limiter.ask(start, &exhausted), Ask::Go);
    limiter.tell(start, &exhausted, &said("a", 5, 0, 1000));
    for channel in 1..5000 {
        let route = CREATE_MESSAGE.at(&[&channel]);
        assert_eq!(limiter.ask(start + seconds(1), &route), Ask::Go);
        limiter.tell(start + seconds(1), &route, &said("a", 5, 4, 0));
        assert!(limiter.count <= MANY_BUCKETS + 1, "{}", limiter.count);
    }
    assert_eq!(limiter.ask(start + seconds(1), &exhausted), Ask::Wait(start + seconds(1000)));
}
