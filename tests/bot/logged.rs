//! What the library logs, by the thread it logs on.

use std::cell::RefCell;
use std::sync::{Mutex, Once};

use log::{LevelFilter, Log, Metadata, Record};

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Those of all threads.
static ALL: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Collector;

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        if record.target().starts_with("syncord") {
            let line = format!("{} {}", record.level(), record.args());
            ALL.lock().unwrap().push(line.clone());
            LINES.with_borrow_mut(|lines| lines.push(line));
        }
    }

    fn flush(&self) {}
}

/// Whether a line that begins like this was logged, on whatever thread and at whatever time.
pub(crate) fn has(beginning: &str) -> bool {
    ALL.lock().unwrap().iter().any(|line| line.starts_with(beginning))
}

/// What was logged on this thread while `work` ran.
pub(crate) fn during<R>(work: impl FnOnce() -> R) -> (R, Vec<String>) {
    static START: Once = Once::new();
    START.call_once(|| {
        log::set_logger(&Collector).unwrap();
        log::set_max_level(LevelFilter::Info);
    });
    LINES.take();
    let result = work();
    (result, LINES.take())
}
