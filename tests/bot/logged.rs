//! Collects what the library logs, per thread.

use std::cell::RefCell;
use std::sync::{Mutex, Once};

use log::{LevelFilter, Log, Metadata, Record};

thread_local! {
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The lines of all threads.
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

/// Whether any thread has logged a line with this beginning.
pub(crate) fn has(beginning: &str) -> bool {
    count(beginning) > 0
}

/// How many lines with this beginning all threads have logged.
pub(crate) fn count(beginning: &str) -> usize {
    ALL.lock().unwrap().iter().filter(|line| line.starts_with(beginning)).count()
}

/// Returns the lines that this thread logged while `work` ran.
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
