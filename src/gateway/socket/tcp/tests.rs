#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::io::ErrorKind;

use super::*;

/// Tries addresses of which none responds. Returns for how many seconds each was tried.
fn tried(addresses: u16, maximum: u64) -> Vec<u64> {
    let addresses: Vec<SocketAddr> = (0..addresses).map(|n| ([127, 0, 0, 1], n).into()).collect();
    let (left, mut tried) = (Cell::new(Duration::from_secs(maximum * 2)), Vec::new());
    let result = try_each::<()>(
        &addresses,
        Duration::from_secs(maximum),
        || left.get(),
        |_, time| {
            left.set(left.get() - time);
            tried.push(time.as_secs());
            Err(ErrorKind::TimedOut.into())
        },
    );
    assert_eq!(result.unwrap_err().unwrap().kind(), ErrorKind::TimedOut);
    tried
}

#[test]
fn addresses_that_do_not_respond_share_the_time() {
    assert_eq!(tried(1, 10), [10]);
    assert_eq!(tried(2, 10), [10, 10]);
    assert_eq!(tried(4, 10), [5, 5, 5, 5]);
    assert_eq!(tried(10, 10), [2; 10]);
    assert_eq!(tried(100, 10).len(), 14, "none is tried with no time left");
}

#[test]
fn addresses_that_refuse_leave_their_time_to_the_next() {
    let addresses: Vec<SocketAddr> = (0..5).map(|n| ([127, 0, 0, 1], n).into()).collect();
    let second = Duration::from_secs(1);
    let result = try_each(
        &addresses,
        10 * second,
        || 20 * second,
        |address, time| match address.port() {
            4 => Ok(time),
            _ => Err(ErrorKind::ConnectionRefused.into()),
        },
    );
    assert_eq!(result.unwrap(), 10 * second);
}
