//! The log lines of a test's own thread.

use std::cell::{Cell, RefCell};
use std::sync::Once;

use log::{LevelFilter, Log, Metadata, Record};

thread_local! {
    static LEVEL: Cell<LevelFilter> = const { Cell::new(LevelFilter::Off) };
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

struct Collector;

impl Log for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= LEVEL.get()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{} {}", record.target(), record.args());
            LINES.with_borrow_mut(|lines| lines.push(line));
        }
    }

    fn flush(&self) {}
}

/// Starts to record the log lines of this thread, down to this level.
pub fn listen(level: LevelFilter) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        log::set_logger(&Collector).unwrap();
        log::set_max_level(LevelFilter::Trace);
    });
    LEVEL.set(level);
}

/// The recorded lines.
pub fn lines() -> Vec<String> {
    LINES.take()
}
