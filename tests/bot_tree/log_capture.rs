//! Captures the log lines of the library on all threads.

use std::sync::{Mutex, Once};

use log::{LevelFilter, Log, Metadata, Record};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Collector;

impl Log for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("syncord")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{} {} {}", record.level(), record.target(), record.args());
            LINES.lock().unwrap().push(line);
        }
    }

    fn flush(&self) {}
}

/// Starts to capture.
pub(crate) fn listen() {
    static START: Once = Once::new();
    START.call_once(|| {
        log::set_logger(&Collector).unwrap();
        log::set_max_level(LevelFilter::Info);
    });
}

/// Removes and returns the lines of one test, because other tests run at the same time.
pub(crate) fn take(is_own: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = LINES.lock().unwrap();
    let (own, rest) = lines.drain(..).partition(|line| is_own(line));
    *lines = rest;
    own
}
