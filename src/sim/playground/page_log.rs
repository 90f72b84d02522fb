//! The log of the program, for the page.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use log::{Level, LevelFilter, Log, Metadata, Record, SetLoggerError};

use crate::sync::Mutex;

/// Maximum number of lines that are kept.
const MAX_LINES: usize = 1000;
/// Maximum length of a line, in bytes.
const MAX_LENGTH: usize = 8192;

/// What the page shows of the log, whatever the program's own logger shows.
const PAGE_LEVEL: LevelFilter = LevelFilter::Debug;

/// The crates below this one, which log each request and each frame. The page shows those under "Traffic".
const CRATES_BELOW: [&str; 5] = ["ureq", "ureq_proto", "tungstenite", "rustls", "native_tls"];

static PAGE_LOG: PageLog = PageLog {
    program: OnceLock::new(),
    is_shown: AtomicBool::new(false),
    lines: Mutex::new(Lines { kept: VecDeque::new(), next: 0 }),
};

/// Makes this logger the program's, and shows its lines on the page of the [playground](super) too.
///
/// A program has one logger, so the playground cannot take the lines of another one: it uses its own if the program has none
/// when the bot starts, and a logger that is set after that is refused. In a program without a playground this logger works as if it had been set itself. `level` is its
/// maximum level; the page also shows what is below it, down to `debug`.
///
/// ```
/// use syncord::sim::playground::log_to_page;
///
/// let logger = env_logger::Builder::from_env("RUST_LOG").build();
/// let level = logger.filter();
/// log_to_page(logger, level)?;
/// # Ok::<(), log::SetLoggerError>(())
/// ```
///
/// # Errors
///
/// When the program has a logger already.
pub fn log_to_page(logger: impl Log + 'static, level: LevelFilter) -> Result<(), SetLoggerError> {
    log::set_logger(&PAGE_LOG)?;
    // Set once: only the first logger gets here.
    let _ = PAGE_LOG.program.set(ProgramLog { logger: Box::new(logger), level });
    log::set_max_level(level);
    Ok(())
}

/// Begins to keep lines for the page. Sets a logger if the program has none: it prints warnings and errors.
pub(crate) fn show() {
    if log::set_logger(&PAGE_LOG).is_ok() || is_page_log() {
        PAGE_LOG.is_shown.store(true, Ordering::Relaxed);
        log::set_max_level(log::max_level().max(PAGE_LEVEL));
    }
}

/// Whether the page has the program's log.
pub(in crate::sim) fn is_shown() -> bool {
    PAGE_LOG.is_shown.load(Ordering::Relaxed)
}

/// The kept lines from this number on, and the number of the next line.
pub(in crate::sim) fn lines_from(number: u64) -> (Vec<Line>, u64) {
    let lines = PAGE_LOG.lines.lock();
    (lines.kept.iter().filter(|line| line.number >= number).cloned().collect(), lines.next)
}

fn is_page_log() -> bool {
    ptr::addr_eq(ptr::from_ref(log::logger()), ptr::from_ref(&PAGE_LOG))
}

/// A line of the log.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Line {
    pub(in crate::sim) number: u64,
    /// The time since the Unix epoch.
    pub(in crate::sim) at: Duration,
    pub(in crate::sim) level: Level,
    pub(in crate::sim) target: String,
    pub(in crate::sim) text: String,
}

struct Lines {
    /// The newest lines, oldest first.
    kept: VecDeque<Line>,
    /// The number of the next line.
    next: u64,
}

impl Lines {
    fn add(&mut self, at: Duration, level: Level, target: &str, mut text: String) {
        if text.len() > MAX_LENGTH {
            let is_end = |end: &usize| text.is_char_boundary(*end);
            text.truncate((0..=MAX_LENGTH).rev().find(is_end).unwrap_or(0));
            text.push('…');
        }
        self.kept.push_back(Line { number: self.next, at, level, target: target.to_owned(), text });
        self.next += 1;
        if self.kept.len() > MAX_LINES {
            self.kept.pop_front();
        }
    }
}

/// The logger that the program has chosen.
struct ProgramLog {
    logger: Box<dyn Log>,
    level: LevelFilter,
}

struct PageLog {
    program: OnceLock<ProgramLog>,
    is_shown: AtomicBool,
    lines: Mutex<Lines>,
}

impl PageLog {
    fn shows(&self, metadata: &Metadata<'_>) -> bool {
        let is_below = metadata.target().split("::").next().is_some_and(|name| CRATES_BELOW.contains(&name));
        let level = if is_below { LevelFilter::Warn } else { PAGE_LEVEL };
        self.is_shown.load(Ordering::Relaxed) && metadata.level() <= level
    }
}

impl Log for PageLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let program = self.program.get();
        self.shows(metadata)
            || program.is_some_and(|own| metadata.level() <= own.level && own.logger.enabled(metadata))
    }

    fn log(&self, record: &Record<'_>) {
        if self.shows(record.metadata()) {
            // Formatting calls code of the program, so not under the lock.
            let text = record.args().to_string();
            let at = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
            self.lines.lock().add(at, record.level(), record.target(), text);
        }
        match self.program.get() {
            Some(own) if record.level() <= own.level => own.logger.log(record),
            Some(_) => {}
            None if record.level() <= Level::Warn => {
                // Without stderr nothing can be printed.
                let _ = writeln!(io::stderr(), "{} {}: {}", record.level(), record.target(), record.args());
            }
            None => {}
        }
    }

    fn flush(&self) {
        if let Some(own) = self.program.get() {
            own.logger.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::time::Duration;

    use log::{Level, Metadata};

    use super::{Lines, MAX_LENGTH, MAX_LINES, PAGE_LOG};

    #[test]
    fn old_lines_are_dropped_and_long_ones_cut() {
        let mut lines = Lines { kept: VecDeque::new(), next: 0 };
        for _ in 0..MAX_LINES + 5 {
            lines.add(Duration::ZERO, Level::Info, "bot", "ä".repeat(MAX_LENGTH));
        }
        assert_eq!(
            (lines.kept.len(), lines.kept[0].number, lines.next),
            (MAX_LINES, 5, MAX_LINES as u64 + 5)
        );
        assert!(lines.kept[0].text.len() < MAX_LENGTH + 5 && lines.kept[0].text.ends_with("ä…"));
    }

    #[test]
    fn nothing_is_kept_without_a_page() {
        let metadata = Metadata::builder().level(Level::Error).target("bot").build();
        assert!(!PAGE_LOG.shows(&metadata));
    }
}
