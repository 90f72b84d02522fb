use std::time::{Duration, Instant};

use super::{Capacity, Delay, InFlight, ROUNDED, Window};
use crate::rest::limiter::RateLimitHeaders;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn none() -> InFlight {
    InFlight::default()
}

fn one(sent_at: Instant) -> InFlight {
    let mut in_flight = InFlight::default();
    in_flight.add(sent_at);
    in_flight
}

fn headers(limit: u32, remaining: u32, reset_after: Duration) -> RateLimitHeaders {
    RateLimitHeaders {
        limit: Some(limit),
        remaining: Some(remaining),
        reset_after: Some(reset_after),
        ..RateLimitHeaders::default()
    }
}

#[test]
fn every_response_of_a_window_narrows_down_its_end() {
    let (mut window, start) = (Window::default(), Instant::now());
    // A slow response: the window ends between 5 and 6 seconds from the start.
    assert!(window.complete(start + millis(1000), start, &headers(2, 1, millis(5000)), Delay::default()));
    // A fast one: between 5.1 and 5.2.
    window.complete(
        start + millis(1200),
        start + millis(1100),
        &headers(2, 0, millis(4000)),
        Delay::default(),
    );
    assert_eq!(
        window.capacity(start + millis(1300), &none(), Delay::default()),
        Capacity::At(start + millis(5200) + ROUNDED)
    );
}

#[test]
fn rounding_does_not_make_two_windows_of_one() {
    let (mut window, start) = (Window::default(), Instant::now());
    let micros = |micros: u64| start + Duration::from_micros(micros);
    window.complete(start, start, &headers(2, 1, millis(300)), Delay::default());
    // After less than a millisecond the header is a whole millisecond lower.
    window.complete(micros(700), micros(600), &headers(2, 0, millis(299)), Delay::default());
    assert_eq!(
        window.capacity(micros(800), &none(), Delay::default()),
        Capacity::At(micros(299_700) + ROUNDED)
    );
}

#[test]
fn ends_that_may_be_of_two_windows_count_as_the_later_one() {
    let (mut window, start) = (Window::default(), Instant::now());
    // The latency is longer than the window.
    window.complete(start + millis(500), start, &headers(2, 1, millis(100)), Delay::default());
    window.complete(start + millis(550), start, &headers(2, 0, millis(100)), Delay::default());
    assert_eq!(
        window.capacity(start + millis(551), &none(), Delay::default()),
        Capacity::At(start + millis(650) + ROUNDED)
    );
}

#[test]
fn a_new_window_is_recognized_by_its_end_while_the_old_one_may_be_open() {
    let (mut window, start) = (Window::default(), Instant::now());
    window.complete(start + millis(300), start, &headers(2, 0, millis(1000)), Delay::default());
    assert_eq!(
        window.capacity(start + millis(1100), &none(), Delay::default()),
        Capacity::At(start + millis(1300) + ROUNDED)
    );
    window.complete(
        start + millis(1200),
        start + millis(1050),
        &headers(2, 1, millis(990)),
        Delay::default(),
    );
    assert_eq!(window.capacity(start + millis(1200), &none(), Delay::default()), Capacity::Available(1));
}

#[test]
fn the_estimate_counts_windows_for_the_calls_ahead() {
    let (mut window, start) = (Window::default(), Instant::now());
    window.complete(start, start, &headers(3, 1, millis(1000)), Delay::default());
    let sent_after = |ahead| window.estimate(start, ahead, &none(), Delay::default()).duration_since(start);
    let first = millis(1000) + ROUNDED;
    assert_eq!(
        [0, 1, 3, 4, 7].map(sent_after),
        [Duration::ZERO, first, first, first + millis(1000), first + millis(2000)]
    );
}

#[test]
fn an_unknown_bucket_has_no_estimate() {
    let (mut window, now) = (Window::default(), Instant::now());
    assert_eq!(window.estimate(now, 1000, &one(now), Delay::default()), now);
    assert_eq!(
        (window.capacity(now, &none(), Delay::default()), window.capacity(now, &one(now), Delay::default())),
        (Capacity::Available(1), Capacity::AfterResponse)
    );
}
