#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use ureq::unversioned::transport::ShutdownHandle;

use super::{Call, CutSwitch, in_steps, use_connection};
use crate::error::Error;
use crate::rest::route::{self, Endpoint};

#[derive(Default)]
struct Socket(AtomicUsize);

impl ShutdownHandle for Socket {
    fn shutdown(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

const GATEWAY: Endpoint = route::GATEWAY_BOT;

#[test]
fn a_cut_shuts_down_the_connection_in_use_and_refuses_further_calls() {
    let switch = CutSwitch::default();
    let call = Call::begin(Some(&switch), GATEWAY).unwrap();
    let socket = Arc::new(Socket::default());
    let weak: Weak<dyn ShutdownHandle> = Arc::downgrade(&(Arc::clone(&socket) as Arc<dyn ShutdownHandle>));
    call.run(|| {
        assert!(use_connection(Some(&weak)));
        assert_eq!(switch.cut(), BTreeMap::from([("GET /gateway/bot".to_owned(), 1)]));
        assert!(!use_connection(None));
    });
    assert!(use_connection(Some(&weak)), "outside of the call");
    assert_eq!(socket.0.load(Ordering::Relaxed), 1);
    assert!(call.is_cut());
    assert!(matches!(Call::begin(Some(&switch), GATEWAY), Err(Error::Stopped)));
    assert!(Call::begin(None, GATEWAY).is_ok());
    switch.end();
    assert!(Call::begin(Some(&switch), GATEWAY).is_ok());
    let of_bot = switch.ending_with_bot();
    assert!(matches!(Call::begin(Some(&of_bot), GATEWAY), Err(Error::Stopped)));
    // The thread that cuts may be late.
    assert_eq!(switch.cut(), BTreeMap::new());
    assert!(Call::begin(Some(&switch), GATEWAY).is_ok());
}

#[test]
fn a_connection_that_no_call_uses_stays_open() {
    let switch = CutSwitch::default();
    let call = Call::begin(Some(&switch), GATEWAY).unwrap();
    let socket = Arc::new(Socket::default());
    let weak: Weak<dyn ShutdownHandle> = Arc::downgrade(&(Arc::clone(&socket) as Arc<dyn ShutdownHandle>));
    call.run(|| {
        use_connection(Some(&weak));
        use_connection(None);
    });
    drop(call);
    assert_eq!(switch.cut(), BTreeMap::new());
    assert_eq!(socket.0.load(Ordering::Relaxed), 0);
}

#[test]
fn a_pause_ends_when_the_call_is_cut() {
    let switch = CutSwitch::default();
    let call = Call::begin(Some(&switch), GATEWAY).unwrap();
    let begun = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| call.pause(Duration::from_secs(600)));
        switch.cut();
    });
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn steps_are_short_and_end_with_the_planned_cut() {
    const LONGEST: Duration = Duration::from_secs(2);
    let switch = CutSwitch::default();
    let call = Call::begin(Some(&switch), GATEWAY).unwrap();
    let mut steps = Vec::new();
    let found = call.run(|| {
        in_steps(Duration::from_secs(600), LONGEST, |step| {
            steps.push(step);
            match steps.len() {
                4 => switch.plan(Instant::now() + Duration::from_millis(300)),
                5 => drop(switch.cut()),
                _ => {}
            }
            None::<()>
        })
    });
    assert_eq!((found, &steps[..4]), (None, &[1, 2, 2, 2].map(Duration::from_secs)[..]));
    assert!(steps.len() == 5 && steps[4] < Duration::from_secs(1), "{steps:?}");
}
