use std::time::{Duration, Instant};

use super::{ROUNDED, Room, Window};
use crate::rest::limiter::Said;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn said(limit: u32, remaining: u32, reset_after: Duration) -> Said {
    Said { limit: Some(limit), remaining: Some(remaining), reset_after: Some(reset_after), ..Said::default() }
}

#[test]
fn the_end_is_narrowed_down_by_every_answer_of_the_window() {
    let (mut window, start) = (Window::default(), Instant::now());
    // A slow answer: the window ends between 5 and 6 seconds from the start.
    assert!(window.tell(start + millis(1000), start, &said(2, 1, millis(5000))));
    // A quick one: between 5.1 and 5.2.
    window.tell(start + millis(1200), start + millis(1100), &said(2, 0, millis(4000)));
    assert_eq!(window.room(start + millis(1300), 0), Room::From(start + millis(5200) + ROUNDED));
}

#[test]
fn rounded_ends_of_one_window_are_one_where_the_way_is_short() {
    let (mut window, start) = (Window::default(), Instant::now());
    let micros = |micros: u64| start + Duration::from_micros(micros);
    window.tell(start, start, &said(2, 1, millis(300)));
    // Less than a millisecond later a whole one is told to have passed.
    window.tell(micros(700), micros(600), &said(2, 0, millis(299)));
    assert_eq!(window.room(micros(800), 0), Room::From(micros(299_700) + ROUNDED));
}

#[test]
fn ends_that_may_be_of_two_windows_are_taken_for_the_later_one() {
    let (mut window, start) = (Window::default(), Instant::now());
    // The network is slower than the window is long.
    window.tell(start + millis(500), start, &said(2, 1, millis(100)));
    window.tell(start + millis(550), start, &said(2, 0, millis(100)));
    assert_eq!(window.room(start + millis(551), 0), Room::From(start + millis(650) + ROUNDED));
}

#[test]
fn a_new_window_is_known_by_its_end_before_the_old_one_is_surely_over() {
    let (mut window, start) = (Window::default(), Instant::now());
    window.tell(start + millis(300), start, &said(2, 0, millis(1000)));
    assert_eq!(window.room(start + millis(1100), 0), Room::From(start + millis(1300) + ROUNDED));
    window.tell(start + millis(1200), start + millis(1050), &said(2, 1, millis(990)));
    assert_eq!(window.room(start + millis(1200), 0), Room::For(1));
}

#[test]
fn the_estimate_counts_windows_for_those_ahead() {
    let (mut window, start) = (Window::default(), Instant::now());
    window.tell(start, start, &said(3, 1, millis(1000)));
    let leaves = |ahead| window.estimate(start, ahead, 0).duration_since(start);
    let first = millis(1000) + ROUNDED;
    assert_eq!(
        [0, 1, 3, 4, 7].map(leaves),
        [Duration::ZERO, first, first, first + millis(1000), first + millis(2000)]
    );
}

#[test]
fn of_an_unknown_bucket_nothing_is_estimated() {
    let (mut window, now) = (Window::default(), Instant::now());
    assert_eq!(window.estimate(now, 1000, 1), now);
    assert_eq!((window.room(now, 0), window.room(now, 1)), (Room::For(1), Room::Answered));
}
